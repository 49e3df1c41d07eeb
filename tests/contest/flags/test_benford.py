import numpy as np
import pytest

from jinghe.contest.flags import Untested, find_benford, find_benford_power, probe_benford, tell_unfit
from jinghe.contest.flags.benford import BENFORD


def test_powers_of_two_follow_the_law():
    deviation, p = find_benford([2.0**k for k in range(900)])

    assert deviation < 0.002
    assert p > 0.99


def test_numbers_drawn_evenly_do_not():
    deviation, p = find_benford(np.arange(100.0, 1000.0))

    assert deviation == pytest.approx(np.abs(1 / 9 - BENFORD).mean())
    assert p < 1e-20


def test_exact_powers_of_ten_begin_with_one():
    assert find_benford([10.0**k for k in range(-5, 16)])[0] == pytest.approx((1 - BENFORD[0] + BENFORD[1:].sum()) / 9)


def test_it_is_used_only_where_it_may_be(make_figure):
    def amounts(values, unit="亿元"):
        return [make_figure("A", "x", float(x), unit=unit) for x in values]

    wide = np.geomspace(1, 500, 300)
    assert tell_unfit(amounts(wide)) is None
    assert tell_unfit(amounts(wide, "%")).en == "ratios, rates and indices do not follow the law of first digits"
    assert tell_unfit(amounts(wide[:299])).en == "299 figures; 300 are needed"
    assert tell_unfit(amounts(np.geomspace(1, 99, 300))).en == "the largest is not 100 times the smallest"
    assert tell_unfit(amounts([0, *wide])).en == "not all figures are positive"
    assert tell_unfit([]) is not None


def test_figures_that_may_be_tested_are(scope, years, rng):
    table = 10 ** rng.uniform(0, 3, (11, 30))
    periods = tuple(map(str, range(1992, 2022)))

    [found] = probe_benford(scope(years("x", table, unit="亿元"), periods=periods))
    [unfit] = probe_benford(scope(years("x", table, unit="%"), periods=periods))

    assert (found.n, found.code) == (330, "first-digits")
    assert found.p > 0.01
    assert found.power == pytest.approx(find_benford_power(330))
    assert type(unfit) is Untested


@pytest.mark.slow
def test_the_size_is_at_most_6_percent_and_the_power_as_told(rng):
    def made_up(n):
        values, mask = 10 ** rng.uniform(0, 3, n), rng.random(n) < 0.3
        values[mask] = rng.integers(1, 10, mask.sum()) * 10.0 + 0.5
        return find_benford(values)[1]

    assert np.mean([find_benford(10 ** rng.uniform(0, 3, 300))[1] <= 0.05 for _ in range(4000)]) <= 0.06
    assert np.mean([made_up(300) <= 0.05 for _ in range(1000)]) == pytest.approx(find_benford_power(300), abs=0.06)
