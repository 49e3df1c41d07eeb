import numpy as np
import pytest

from jinghe.contest.flags import Untested, find_ratchet, probe_ratchet

YEARS = tuple(map(str, range(2012, 2022)))


def contest(rng, periods, slope, spread=1.0):
    level = rng.normal(7, spread, 11)
    results, targets = np.zeros((11, periods)), np.zeros((11, periods))
    targets[:, 0] = level
    for t in range(periods):
        results[:, t] = level + rng.normal(0, 1, 11)
        if t + 1 < periods:
            targets[:, t + 1] = level + slope * (results[:, t] - level) + rng.normal(0, 0.5, 11)
    return results, targets


def test_targets_that_follow_results_are_found(rng):
    found = find_ratchet(*contest(rng, 10, 0.5))

    assert abs(found.slope - 0.5) < 2.5 * found.error
    assert found.p < 1e-6
    assert (found.n, found.df) == (99, 99 - 11 - 9 + 1 - 2)


def test_too_few_results_are_no_test(rng):
    assert find_ratchet(*contest(rng, 2, 0.5)) is None
    assert find_ratchet(np.ones((11, 5)), np.ones((11, 5))) is None


def test_the_plain_regression_would_find_a_ratchet_in_targets_set_at_random(rng):
    results, targets = rng.normal(7, 1, (11, 10)), rng.normal(7, 0.5, (11, 10))
    rise, gap = np.diff(targets, axis=1).ravel(), (results - targets)[:, :-1].ravel()
    slope, error = np.polyfit(gap, rise, 1, cov=True)

    assert slope[0] / np.sqrt(error[0, 0]) > 3  # the reference's regression, fooled by T on both sides
    assert find_ratchet(results, targets).p > 0.05


def test_the_probe_tells_what_a_result_costs(scope, years, rng):
    results, targets = contest(rng, 10, 0.5)
    [found] = probe_ratchet(scope(years("g", results), years("t", targets), periods=YEARS), {"g": "t"})
    [few] = probe_ratchet(scope(years("g", results[:, :1]), years("t", targets[:, :1])), {"g": "t"})

    assert (found.code, found.jurisdiction) == ("ratchet", "P")
    assert "Please look at how targets are set." in found.evidence.en
    assert found.power > 0.8
    assert (type(few), few.n) == (Untested, 11)


@pytest.mark.slow
def test_the_size_is_at_most_6_percent_also_when_cities_differ_and_aim_at_their_targets(rng):
    def p(periods, spread, response):
        level = rng.normal(7, spread, (11, 1))
        targets = level + rng.normal(0, 0.5, (11, periods))
        return find_ratchet(level + response * (targets - level) + rng.normal(0, 1, (11, periods)), targets).p

    for case in ((4, 0.0, 0.0), (6, 1.0, 0.0), (12, 1.0, 1.0)):
        assert np.mean([p(*case) <= 0.05 for _ in range(3000)]) <= 0.06
