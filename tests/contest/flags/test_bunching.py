import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinghe.contest.flags import (
    Untested,
    find_bunching,
    find_density_jump,
    find_density_power,
    find_excess_mass,
    probe_bunching,
    probe_density,
)

TARGETS = {"growth": "target"}
YEARS = tuple(map(str, range(2012, 2022)))


def attain(rng, n, share, near=2.0):
    """The reference's experiment: attainment normal(102, 8), a share of the near misses moved just over 100."""
    x = rng.normal(102, 8, n)
    moved = (x < 100) & (x >= 100 - near) & (rng.random(n) < share)
    x[moved] = 100 + 0.9 * rng.random(moved.sum())
    return x - 100


def test_the_window_by_hand():
    # 1 just below, 6 just above, none further away: π = ½
    found = find_bunching([-0.4, 0.0, 0.1, 0.2, 0.3, 0.5, 0.9, 1.0, -1.5])

    assert (found.below, found.above) == (1, 6)
    assert found.effect == pytest.approx(6 / 7 - 0.5)
    assert found.p == pytest.approx(8 / 128)


def test_a_density_that_merely_rises_is_no_bunching():
    # outer windows 10 below and 90 above: the slope expects π = 1/(1 + e^−β) of the inner window above
    outer = [-4.0] * 10 + [4.0] * 90
    beta = np.log(90.5 / 10.5) / 8

    assert find_bunching([-0.5, 0.5, *outer]).effect == pytest.approx(0.5 - 1 / (1 + np.exp(-beta)))


def test_nothing_near_is_no_effect():
    assert np.isnan(find_bunching([5.0]).effect)
    assert find_bunching([]).p == 1


@settings(max_examples=30)
@given(st.lists(st.integers(-30, 30), max_size=40), st.floats(0.1, 10))
def test_bunching_knows_no_unit(tenths, factor):
    gaps = np.array(tenths) / 10

    assert find_bunching(gaps * factor, width=factor)[:2] == find_bunching(gaps)[:2]


def test_the_jump_of_a_density_by_hand():
    # two figures just above of four inside, h = 1: K*(0.1) = (6 − 1.2)·0.9 = 4.32
    found = find_density_jump([0.1, 0.1, 5.0, -5.0], bandwidth=1.0)

    z = np.array([4.32, 4.32, 0, 0])
    assert (found.effect, found.inside) == (pytest.approx(1), 2)
    assert found.t == pytest.approx(z.mean() / (z.std(ddof=1) / 2))


def test_no_figures_near_have_no_jump():
    assert np.isnan(find_density_jump([5.0, 6.0, 7.0, 8.0], bandwidth=1.0).p)
    assert np.isnan(find_density_jump([5.0] * 9).p)


def test_excess_mass_counts_bins_too_many():
    even = np.arange(-100, 100) / 10 + 0.05  # ten a bin
    assert find_excess_mass(even) == pytest.approx(0, abs=1e-9)
    assert find_excess_mass([*even, *[0.5] * 15]) == pytest.approx(1.5, abs=1e-9)
    assert np.isnan(find_excess_mass([]))


def test_figures_moved_over_their_target_are_found_for_the_indicator_and_the_city(scope, years, rng):
    target = np.full((11, 10), 100.0)
    table = target + rng.normal(2, 8, (11, 10))
    table[0] = 100 + rng.uniform(0, 0.9, 10)
    found = list(probe_bunching(scope(years("growth", table), years("target", target), periods=YEARS), TARGETS))

    tested = {probe.jurisdiction: probe for probe in found if not isinstance(probe, Untested)}
    assert found[0].indicator == "growth"
    assert tested["A"].p == pytest.approx(0.5**10, rel=1)
    assert sum(isinstance(probe, Untested) for probe in found) >= 8
    assert tested["A"].evidence.en.startswith("All targets of City A, 2012–2021: of 10 figures within a point")


def test_coarse_rounding_moves_no_figure_over_the_line(scope, years, rng):
    # growth near 6 % printed to one decimal: steps of 1.7 % of the target; the window widens to whole steps
    target = np.full((11, 10), 6.0)
    table = rng.normal(6.0, 0.5, (11, 10))
    periods = {"periods": YEARS}
    [pooled, *_] = probe_bunching(
        scope(years("growth", table, decimals=1), years("target", target), **periods), TARGETS
    )
    [dense] = probe_density(scope(years("growth", table, decimals=1), years("target", target), **periods), TARGETS)

    assert pooled.n == pytest.approx(15, abs=10)
    assert pooled.p > 0.05
    assert type(dense) is Untested  # too coarse for a density


def test_figures_printed_too_coarsely_are_left_out(scope, years):
    found = list(
        probe_bunching(scope(years("growth", [[5.0]] * 11, decimals=0), years("target", [[5.0]] * 11)), TARGETS)
    )

    assert [type(one) for one in found] == [Untested]


def test_where_less_is_better_the_other_side_is_looked_at(scope, years, rng):
    target, under = np.full((11, 10), 100.0), 100 - rng.uniform(0.01, 0.9, (11, 10))
    table = scope(years("growth", under), years("target", target), periods=YEARS, directions={"growth": -1})

    [pooled, *_] = probe_bunching(table, TARGETS)

    assert (pooled.n, pooled.effect) == (110, pytest.approx(0.5))


def test_a_density_is_tested_where_figures_are_fine(scope, years, rng):
    table = 100 + attain(rng, 110, 0.6).reshape(11, 10)

    [found] = probe_density(
        scope(years("growth", table), years("target", np.full((11, 10), 100.0)), periods=YEARS), TARGETS
    )

    assert found.p < 0.05
    assert 0 < found.power < 1
    assert found.effect > 0


@pytest.mark.slow
def test_the_size_of_window_and_density_is_at_most_6_percent(rng):
    for n in (55, 220, 1100):
        gaps = [attain(rng, n, 0.0) for _ in range(4000)]
        assert np.mean([find_bunching(one).p <= 0.05 for one in gaps]) <= 0.06
        assert np.mean([find_density_jump(one).p <= 0.05 for one in gaps]) <= 0.06


@pytest.mark.slow
def test_the_power_is_of_the_kind_the_reference_found(rng):
    # the reference, binomial window: 17/53 % at n = 55, 64/100 % at 220, 100 % at 1,100, for shares 0.3/0.6
    def power(n, share, test, near=2.5):
        return np.mean([test(attain(rng, n, share, near)).p <= 0.05 for _ in range(1000)])

    found = {(n, s): power(n, s, find_bunching) for n in (55, 220, 1100) for s in (0.3, 0.6)}
    assert found[55, 0.3] == pytest.approx(0.17, abs=0.1)
    assert found[55, 0.6] == pytest.approx(0.53, abs=0.1)
    assert found[220, 0.3] == pytest.approx(0.64, abs=0.1)
    assert min(found[220, 0.6], found[1100, 0.3], found[1100, 0.6]) > 0.95
    assert power(220, 0.3, find_density_jump) > 0.5


@pytest.mark.slow
def test_the_power_told_for_the_density_is_the_power_found(rng):
    found = [find_density_jump(attain(rng, 220, 0.3, near=1.0)) for _ in range(2000)]
    told = find_density_power(
        round(np.mean([one.inside for one in found])), float(np.mean([one.bandwidth for one in found]))
    )

    assert np.mean([one.p <= 0.05 for one in found]) == pytest.approx(told, abs=0.06)
