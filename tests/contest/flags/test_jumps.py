import numpy as np
import pytest

from jinghe.contest.flags import Untested, find_changes, find_jump, probe_jumps

YEARS = tuple(map(str, range(2012, 2022)))


def test_a_jump_by_hand():
    # earlier changes 1, 2, 3: mean 2, s = 1; t = (9 − 2)/√(4/3) on 2 df; robust z = 0.6745 (9 − 2.5)/1
    found = find_jump([1.0, 2.0, 3.0, 9.0])

    assert (found.effect, found.t) == (7, pytest.approx(7 / np.sqrt(4 / 3)))
    assert found.p == pytest.approx(0.0262, abs=1e-4)
    assert found.z == pytest.approx(0.6745 * 6.5)


def test_without_change_before_nothing_can_be_told():
    assert np.isnan(find_jump([1.0, 1.0, 1.0, 5.0]).p)


def test_what_happens_to_all_is_nobodys_jump():
    growth = np.array([[0.05, 0.06, 0.05, 0.5]] * 6) + np.arange(6)[:, None] / 1000
    found, logs = find_changes(np.exp(np.cumsum(np.column_stack([np.zeros(6), growth]), axis=1)))

    assert logs
    assert np.abs(found).max() < 0.01


def test_each_is_held_against_the_median_of_the_others(rng):
    for n in (5, 6, 11):
        table = rng.normal(size=(n, 2)) - 10  # not positive: changes in points
        change = np.diff(table, axis=1)[:, 0]
        expected = [change[k] - np.median(np.delete(change, k)) for k in range(n)]

        assert find_changes(table)[0][:, 0] == pytest.approx(expected)


def test_rates_that_may_be_negative_change_in_points():
    found, logs = find_changes(np.array([[1.0, -2.0, 3.0]]))

    assert (logs, found.tolist()) == (False, [[-3.0, 5.0]])


def test_the_city_that_breaks_with_its_past_is_found(scope, years, rng):
    table = np.exp(np.cumsum(rng.normal(0.06, 0.01, (11, 10)), axis=1)) * 1000
    table[3, -1] *= 1.2
    found = list(probe_jumps(scope(years("gdp", table, unit="亿元"), periods=YEARS)))

    assert min(found, key=lambda one: one.p).jurisdiction == "D"
    assert found[3].p < 0.001
    assert found[3].evidence.en.startswith("gdp of City D, 2021: the change exceeds the mean of the 8 before by +")
    assert 0 < found[3].power < 1


def test_too_few_periods_are_counted(scope, years):
    found = list(probe_jumps(scope(years("gdp", [[1.0, 2.0, 3.0, 5.0]] * 11), periods=YEARS[-4:])))

    assert len(found) == 11
    assert {type(one) for one in found} == {Untested}
    assert found[0].n == 4


@pytest.mark.slow
def test_the_size_is_at_most_6_percent(rng):
    def p(periods):
        return find_jump(find_changes(np.exp(np.cumsum(rng.normal(0.05, 0.03, (11, periods)), axis=1)))[0][0]).p

    for periods in (5, 7, 11):
        assert np.mean([p(periods) <= 0.05 for _ in range(3000)]) <= 0.06
