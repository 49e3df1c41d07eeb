"""Figures to check, as sections."""

import pytest

from jinghe.compact import load_compact
from jinghe.contest import Examination, Flag
from jinghe.contest.flags import Probe, Untested
from jinghe.contest.mirror import Confirmation
from jinghe.labels import Text
from jinghe.report.doubts import show_confirmations, show_doubts

SAID = Text("依据", "evidence")


@pytest.fixture(scope="module")
def compact():
    return load_compact("toy")


def probe(power):
    return Probe("digit-heaping", "990100", "gdp", "2021", 0.5, 0.001, 12, power, SAID, SAID)


def show(compact, *flags, probes=(), untested=()):
    found = Examination(flags, probes, untested, 0.05)
    return show_doubts(found, contest=compact.contest, region=compact.region)


def test_a_flag_stands_with_its_p_q_power_and_n(compact):
    raised = Flag("digit-heaping", "990100", "gdp", "2021", 0.5, SAID, SAID, 0.001, 0.01, 0.4, 12)

    flags, _ = show(compact, raised, probes=(probe(0.4),)).tables

    city, indicator, period, kind, *rest = flags.rows[0]
    assert ("City A", "Gross regional product", "2021", "round last digits") == (
        city.en,
        indicator.en,
        period,
        kind.en,
    )
    assert [SAID, 0.001, 0.01, 0.4, 12, SAID] == rest


def test_an_identity_that_fails_has_no_test_behind_it(compact):
    raised = Flag("sum-identity", "990000", "", "2021", 0.5, SAID, SAID)

    (row,) = show(compact, raised).tables[0].rows

    assert (None, None, None, None) == row[5:9]
    assert row[1] is None


def test_tests_are_counted_by_kind_with_their_power_and_why_others_could_not_run(compact):
    why = [Untested("digit-heaping", "990100", "gdp", "2021", n, Text(f"只有 {n}", f"only {n}")) for n in (3, 7)]

    section = show(compact, probes=(probe(0.2), probe(0.4), probe(0.9)), untested=tuple(why))

    (table,) = section.tables
    assert [("round last digits", 3, 0, 0.4, 2, "only 7")] == [(r[0].en, *r[1:5], r[5].en) for r in table.rows]
    assert "不是结论" in section.lead.zh


def test_the_words_accuse_nobody(compact):
    raised = Flag("jump", "990100", "gdp", "2021", 0.5, SAID, SAID, 0.001, 0.01, 0.4, 12)
    text = str(show(compact, raised, probes=(probe(0.1),)).as_dict())

    assert [] == [word for word in ("造假", "作弊", "舞弊", "fraud", "cheat", "fake") if word in text]


def test_what_one_side_claims_is_said_to_wait(compact):
    found = [
        Confirmation("T1", "confirmed", 10.0, 0.4, 0.8, ("990100", "990200"), ()),
        Confirmation("T2", "claimed", None, None, 0.0, ("990200",), ("990300",)),
    ]
    titles = {item.id: item.title for item in compact.items}

    section = show_confirmations(found, titles=titles, region=compact.region)

    assert [("confirmed", 0.8, None), ("waits for a partner", 0.0, "City C")] == [
        (row[1].en, row[4], row[5] and row[5].en) for row in section.tables[0].rows
    ]
    assert section.lead.en.startswith("1 of 2 items wait")
