import math
from datetime import date

import numpy as np
import pytest

from jinghe.contest.mirror import Claim, Reporters, estimate_items, fit_reporters

BIAS = [0.3, *[0.0] * 10]
DEVIATION = [0.5, *[0.1] * 10]


def test_the_one_city_that_inflates_is_the_only_one_found(make_claims):
    # the reference's experiment: 11 cities, 240 projects, one inflates by 0.30 log points, sd 0.5 (it found 0.51)
    found = fit_reporters(make_claims(BIAS, DEVIATION))

    assert np.flatnonzero(found.find_p() < 0.05 / 11).tolist() == [0]
    assert abs(found.bias[0] - 0.3) < 2 * found.error[0]
    assert found.deviation[0] == pytest.approx(0.5, abs=0.1)
    assert np.abs(found.bias[1:]).max() < 0.1
    assert np.all((found.deviation[1:] > 0.05) & (found.deviation[1:] < 0.15))


def test_a_constant_bias_and_equal_noise_are_found_by_hand():
    # A reports e^0.2 times as much as B and as C on every item: no noise is left
    claims = [
        Claim(f"{pair}{k}", code, (k + 1) * math.exp(0.2 * (code == "A")), "亿元", date(2023, 1, 1))
        for pair in ("AB", "AC", "BC")
        for k in range(6)
        for code in pair
    ]

    found = fit_reporters(claims)

    assert found.bias == pytest.approx([0.2, 0, 0], abs=1e-6)
    assert found.reports.tolist() == [12, 12, 12]
    assert found.deviation.max() < 0.01


def test_no_small_variance_collapses(make_claims):
    for seed in range(3):
        found = fit_reporters(make_claims([0.0] * 11, DEVIATION, projects=60, seed=seed))
        assert found.deviation.min() > 0.01


def test_the_best_estimate_leans_on_the_better_ruler():
    reporters = Reporters(("A", "B"), np.array([0.1, 0.0]), np.zeros(2), np.array([0.3, 0.1]), np.array([9, 9]))
    claims = [Claim("p", code, value, "亿元", date(2023, 1, 1)) for code, value in (("A", 120.0), ("B", 100.0))]

    [(item, value, error)] = estimate_items(claims, reporters=reporters)

    w = 0.1**2 / (0.1**2 + 0.3**2)
    assert (item, value) == ("p", pytest.approx(math.exp(w * (math.log(120) - 0.1) + (1 - w) * math.log(100))))
    assert error == pytest.approx(1 / math.sqrt(1 / 0.3**2 + 1 / 0.1**2))


def test_partners_that_inflate_together_are_not_found(make_claims):
    found = fit_reporters(make_claims([0.3] * 11, [0.1] * 11))

    assert np.abs(found.bias).max() < 0.1


def test_reports_that_nobody_mirrors_and_zeros_are_left_out_and_counted():
    day = date(2023, 1, 1)
    claims = [Claim("p", "A", 3, "亿元", day), Claim("q", "A", 3, "亿元", day), Claim("q", "B", 0, "亿元", day)]

    found = fit_reporters([*claims, Claim("p", "B", 3, "人", day)])

    assert (found.codes, found.left_out, estimate_items(claims, reporters=found)) == ((), 4, ())


def test_nobody_reports():
    assert fit_reporters([]).find_p().tolist() == []


@pytest.mark.slow
def test_without_any_bias_at_most_6_percent_of_reporters_look_biased(make_claims):
    for deviation, projects in (([0.2] * 11, 240), ([0.2] * 11, 80), (DEVIATION, 240), ([0.1, 0.4] * 5 + [0.2], 120)):
        cases = [make_claims([0.0] * 11, deviation, projects=projects, seed=seed) for seed in range(40)]
        p = [fit_reporters(claims).find_p() for claims in cases]
        assert np.mean(np.concatenate(p) <= 0.05) <= 0.06
