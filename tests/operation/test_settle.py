"""Agreements of one period."""

from jinghe.operation import settle_all
from jinghe.panel import Panel
from jinghe.units import Period


def test_statements_of_the_assessment_are_zero_sum(toy):
    compact, panel = toy

    done, _ = settle_all(compact, panel=panel, period=Period.of("2022"))

    assert [0] * len(done) == [sum(m.fen for m in s.net.values()) for s in done]


def test_published_statements_are_replayed_beside_the_scored_period(shanxi):
    compact, panel = shanxi

    done, undone = settle_all(compact, panel=panel, period=Period.of("2021"))

    assert ["2010-03", "2010-01..2010-09"] == [s.period.name for s in done]
    assert () == undone


def test_an_agreement_that_cannot_be_settled_is_listed_with_its_reason(toy):
    compact, _ = toy

    done, undone = settle_all(compact, panel=Panel(), period=Period.of("2021"))

    assert () == done
    assert {"toy-park", "toy-rank-transfer"} == {u.agreement.id for u in undone}
    assert all(u.problems for u in undone)
