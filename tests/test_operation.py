"""One period under a compact."""

from dataclasses import replace
from datetime import date

import pytest

from jinghe.compact import load_compact, load_panel
from jinghe.errors import RuleError
from jinghe.operation import assess, known_by, latest_period, settle_all
from jinghe.panel import Panel
from jinghe.units import Period


@pytest.fixture(scope="module")
def toy():
    compact = load_compact("toy")
    return compact, load_panel(compact).panel


@pytest.fixture(scope="module")
def shanxi():
    compact = load_compact("shanxi")
    return compact, load_panel(compact).panel


def test_an_assessment_holds_all_that_one_period_yields(toy):
    compact, panel = toy

    found = assess(compact, panel=panel, period=Period.of("2021"), seed=7)

    assert ["990100", "990200", "990300"] == sorted(found.scores.codes)
    assert {"toy-park", "toy-rank-transfer"} == {s.agreement for s in found.settlements}
    assert len(compact.contracts) == len(found.lights)
    assert () == found.unsettled


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


def test_the_default_period_is_the_year_with_the_most_complete_figures(shanxi):
    """2021 alone has growth, output and R&D of all eleven cities; later years have a few."""
    compact, panel = shanxi

    assert "2021" == latest_period(compact, panel).name


def test_without_figures_there_is_no_default_period(toy):
    with pytest.raises(RuleError) as caught:
        latest_period(toy[0], Panel())

    assert ["period-without-figures"] == [p.code for p in caught.value.problems]


def test_lights_are_read_on_the_last_day_known_so_that_a_run_repeats(toy):
    compact, panel = toy

    assert date(2023, 3, 31) == known_by(compact, panel)
    assert date(2022, 11, 11) == known_by(replace_progress(compact), Panel()), "the last joint item"
    assert compact.in_force[0] == known_by(replace(replace_progress(compact), items=()), Panel())


def replace_progress(compact):
    return replace(compact, progress=())
