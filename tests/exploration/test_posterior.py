from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from jinghe.errors import RuleError
from jinghe.exploration.factor import Factor
from jinghe.exploration.history import Target
from jinghe.exploration.posterior import fit_posterior, weigh_quantile
from jinghe.labels import Text


class Mean:
    """The mean of 25 draws of N(θ, 1): with a flat prior the posterior is N(z, 1/25)."""

    identity, outcomes = "mean", ("mean",)

    def __call__(self, changes, first, count):
        luck = [
            np.random.Generator(np.random.Philox(key=[5, r])).standard_normal() / 5 for r in range(first, first + count)
        ]
        return {"mean": changes["theta"] + np.array(luck)}


THETA = Factor("theta", False, Text("θ", "θ"), dist="uniform", numbers={"low": -4, "high": 4})


def test_the_posterior_of_a_normal_mean_is_the_known_one() -> None:
    found = fit_posterior(Mean(), [THETA], targets=[Target("mean", 0.7, 0.0)], population=300, rounds=6, seed=3)

    mean, spread, low, high = found.summary(THETA)
    # 300 weighted draws: s.e. of the mean .2/√300 = .012; the last tolerance widens the spread by a few percent
    assert mean == pytest.approx(0.7, abs=0.05)
    assert spread == pytest.approx(0.2, rel=0.15)
    assert (low, high) == pytest.approx(stats.norm(0.7, 0.2).ppf([0.05, 0.95]), abs=0.07)
    assert list(found.tolerances) == sorted(found.tolerances, reverse=True)
    assert found.weights.sum() == pytest.approx(1)
    assert 100 < found.effective <= 300


@pytest.mark.slow
def test_an_informative_prior_shifts_it_as_it_should() -> None:
    prior = Factor("theta", False, Text("θ", "θ"), dist="normal", numbers={"mean": 0, "sd": 0.2, "low": -2, "high": 2})

    found = fit_posterior(Mean(), [prior], targets=[Target("mean", 0.8, 0.0)], population=300, rounds=12, seed=1)

    # precisions are equal: the mean lies half way, the spread is .2/√2
    assert found.summary(prior)[0] == pytest.approx(0.4, abs=0.05)
    assert found.summary(prior)[1] == pytest.approx(0.2 / np.sqrt(2), rel=0.2)


def test_only_plausible_points_are_sampled() -> None:
    found = fit_posterior(
        Mean(), [THETA], targets=[Target("mean", 0.0, 0.0)], population=100, rounds=3, plausible=lambda u: u[:, 0] > 0.5
    )

    assert found.unit.min() > 0.5


def test_it_stops_when_simulations_run_out_and_says_so() -> None:
    found = fit_posterior(Mean(), [THETA], targets=[Target("mean", 0.0, 0.0)], population=50, rounds=50, most=1500)

    assert found.simulations <= 1500
    assert "used up" in found.stopped.en
    assert len(found.tolerances) < 50


def test_the_same_seed_gives_the_same_population() -> None:
    a, b = (
        fit_posterior(Mean(), [THETA], targets=[Target("mean", 0.0, 0.0)], population=40, rounds=2) for _ in range(2)
    )

    np.testing.assert_array_equal(a.unit, b.unit)


def test_weighted_quantiles_are_those_of_repeated_values() -> None:
    values, weights = np.array([3.0, 1.0, 2.0]), np.array([1, 2, 1]) / 4

    assert [1.0, 1.0, 2.0, 3.0] == [weigh_quantile(values, weights, level) for level in (0.05, 0.5, 0.75, 0.95)]


def test_a_prior_that_gives_nothing_is_refused(analytic) -> None:
    for function in (lambda c: {"y": np.nan}, lambda c: None):
        with pytest.raises(RuleError) as caught:
            fit_posterior(analytic(function), [THETA], targets=[Target("y", 0, 1)], population=20)
        assert "posterior-nothing" == caught.value.problems[0].code
    with pytest.raises(RuleError):
        fit_posterior(Mean(), [], targets=[])
