"""One period under a compact."""

from dataclasses import replace
from datetime import date

import pytest

from jinghe.errors import RuleError
from jinghe.operation import assess, known_by, latest_period
from jinghe.panel import Panel
from jinghe.units import Money, Period

YEAR = Period.of("2021")
SPLIT = ("rule: top, top: 2", "rule: tau_best, top: 1")
POOLS = ("  prizes:\n", "  pools: {west: ['990100', '990300'], others: rest}\n  prizes:\n")


@pytest.fixture(scope="module")
def found(toy):
    compact, panel = toy
    return assess(compact, panel=panel, period=YEAR, seed=7)


def test_an_assessment_holds_all_that_one_period_yields(toy, found):
    compact, _ = toy

    assert ["990100", "990200", "990300"] == sorted(found.scores.codes)
    assert {"toy-park", "toy-rank-transfer"} == {s.agreement for s in found.settlements}
    assert len(compact.contracts) == len(found.lights)
    assert () == found.unsettled
    assert found.scores.rank.tolist() == found.ranking.rank.tolist()
    assert found.flags == found.examination.flags


def test_the_same_seed_gives_the_same_assessment(toy, found):
    compact, panel = toy

    again = assess(compact, panel=panel, period=YEAR, seed=7)

    assert found.ranking.probability.tolist() == again.ranking.probability.tolist()
    assert found.standing.uncertainty.combined.above.tolist() == again.standing.uncertainty.combined.above.tolist()


def test_a_prize_for_all_that_may_be_first_rests_on_the_confidence_sets_of_the_figures(rewrite):
    compact, panel = rewrite(SPLIT)

    found = assess(compact, panel=panel, period=YEAR, seed=7)

    sets = found.standing.uncertainty.sets
    may_be_first = {code for code, low in zip(found.scores.codes, sets.low, strict=True) if low == 1}
    assert may_be_first == {one.jurisdiction for one in found.awards}
    assert Money.of("3000000 CNY") == sum((one.amount for one in found.awards), Money())
    assert all("90%" in one.ground.en for one in found.awards)


def test_a_prize_of_a_pool_goes_to_its_best(rewrite):
    compact, panel = rewrite(POOLS, ("rule: top, top: 2", "rule: top, top: 1, pool: west"))

    found = assess(compact, panel=panel, period=YEAR, seed=7)

    assert ["990100"] == [one.jurisdiction for one in found.awards], "B, first of all, is in the other pool"
    assert {"west": [1, 2], "others": [1]} == {p.pool.id: sorted(p.ranking.rank.tolist()) for p in found.standing.pools}


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
    without_progress = replace(compact, progress=())

    assert date(2023, 3, 31) == known_by(compact, panel)
    assert date(2022, 11, 11) == known_by(without_progress, Panel()), "the last joint item"
    assert compact.in_force[0] == known_by(replace(without_progress, items=()), Panel())
