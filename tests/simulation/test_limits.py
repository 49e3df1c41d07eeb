from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import comb, ndtr

from jinghe.errors import RuleError
from jinghe.simulation.limits import (
    bass_share,
    beta,
    credit_gain,
    curvature,
    describe_no_equilibrium,
    neutrality,
    orbit_drift,
    sharing_efficiency,
    sharing_effort,
    spillover_effort,
    tipping_point,
    tournament_effort,
)

# Reference §1.1, normal noise of standard deviation 1, as printed there.
PRINTED = {
    (2, 1): 0.282095,
    (3, 1): 0.282095,
    (11, 1): 0.144221,
    (11, 2): 0.2408,
    (11, 3): 0.307017,
    (11, 5): 0.3695,
    (16, 4): 0.300261,
    (21, 3): 0.2135,
}


@pytest.mark.parametrize("contest, printed", PRINTED.items())
def test_beta_gives_the_reference_values(contest, printed) -> None:
    digits = len(str(printed)) - 2

    assert printed == pytest.approx(beta(*contest), abs=max(1e-6, 0.51 * 10**-digits))


@pytest.mark.parametrize("n, k", [(2, 1), (5, 2), (11, 3), (21, 3)])
def test_beta_is_the_mean_of_the_promoted_order_statistics(n, k) -> None:
    """Another way, by normal order statistics: β = (1/n) Σ over promoted places of their means."""

    def weighted(x: float, m: int) -> float:
        f, F = np.exp(-x * x / 2) / np.sqrt(2 * np.pi), ndtr(x)
        return x * f * m * comb(n, m, exact=True) * F ** (m - 1) * (1 - F) ** (n - m)

    means = [quad(weighted, -10, 10, args=(m,))[0] for m in range(n - k + 1, n + 1)]

    assert sum(means) / n == pytest.approx(beta(n, k), abs=1e-9)


@pytest.mark.parametrize("n", [2, 5, 11])
def test_beta_of_uniform_noise_is_one_half_for_one_slot(n) -> None:
    assert beta(n, 1, noise="uniform") == pytest.approx(0.5, abs=1e-12)


@pytest.mark.parametrize("n", [2, 5, 11, 333])
def test_beta_of_gumbel_noise_is_the_logit_formula(n) -> None:
    assert beta(n, 1, noise="gumbel") == pytest.approx((n - 1) / n**2, abs=1e-12)


@given(st.integers(2, 30), st.data())
def test_beta_is_symmetric_in_promotions_and_their_complement(n, data) -> None:
    k = data.draw(st.integers(1, n - 1))

    assert beta(n, k) == pytest.approx(beta(n, n - k), abs=1e-10)


@pytest.mark.parametrize("n, k", [(1, 1), (5, 0), (5, 5)])
def test_promotions_must_leave_somebody_out(n, k) -> None:
    with pytest.raises(RuleError) as caught:
        beta(n, k)

    [found] = caught.value.problems
    assert found.code == "promotion-slots"
    assert f"{k} promotions among {n} contestants" in found.text("en")
    assert found.text("zh").startswith(f"simulate.parameters.promotion_slots：{n} 个参赛者中晋升名额为 {k}。")


def test_curvature_of_two_is_the_largest_slope_of_the_normal_density() -> None:
    """g is the density of N(0, 2): its slope is largest one standard deviation out."""
    exact = np.exp(-0.5) / (2 * np.sqrt(2 * np.pi))

    assert exact == pytest.approx(curvature(2, 1), abs=2e-6)  # the maximum is taken on a grid of 0.01


def test_tournament_effort_of_two_is_the_lazear_rosen_formula() -> None:
    assert tournament_effort(2, 1, prize=3, effort_cost=2, noise=1.5) == pytest.approx(
        3 / (2 * np.sqrt(np.pi) * 1.5 * 2), abs=1e-12
    )


def test_no_equilibrium_when_noise_is_too_small_for_the_prize() -> None:
    with pytest.raises(RuleError) as caught:
        tournament_effort(2, 1, prize=1, effort_cost=0.12, noise=1)

    [found] = caught.value.problems
    assert found.text("en") == (
        "simulate.parameters: no pure equilibrium: "
        "noise 1 is too small for the prize 1 (effort cost 0.12, bound 0.121). "
        "A pure equilibrium is assured when the effort cost c exceeds V·P″max/σ² (0.121·V/σ² for two officials). "
        "Raise the noise or the effort cost or lower the prize."
    )
    assert "噪声 1 相对晋升奖励 1 过小" in found.text("zh")


def test_equilibrium_stands_just_above_the_bound() -> None:
    assert tournament_effort(2, 1, prize=1, effort_cost=0.122, noise=1) == pytest.approx(0.282095 / 0.122, abs=1e-5)


def test_description_of_no_equilibrium_keeps_its_numbers() -> None:
    found = describe_no_equilibrium(prize=2, effort_cost=0.1, noise=0.5, bound=0.968)

    assert dict(found.values) == {"prize": "2", "cost": "0.1", "noise": "0.5", "bound": "0.968"}


def test_spillover_takes_away_what_it_gives_the_rival() -> None:
    numbers = {"prize": 1.0, "effort_cost": 1.0, "noise": 1.0}

    assert spillover_effort(11, 3, spillover=0.4, **numbers) == pytest.approx(0.2947, abs=5e-5)
    assert spillover_effort(2, 1, spillover=-0.3, **numbers) > tournament_effort(2, 1, **numbers)
    assert spillover_effort(2, 1, spillover=1.0, **numbers) == 0


@pytest.mark.parametrize("n, worth", [(2, 0.0), (3, 0.5), (11, 0.9)])
def test_credit_to_both_partners_is_worth_less_in_a_small_ranking(n, worth) -> None:
    assert worth == neutrality(n)


@pytest.mark.parametrize("n, k, simulated", [(11, 3, 0.0573), (3, 1, 0.0271), (2, 1, 0.0)])
def test_gain_of_a_shared_credit_is_the_simulated_one_of_the_reference(n, k, simulated) -> None:
    """The reference printed Monte-Carlo values; theirs differ from the exact ones by less than 2e-4."""
    assert simulated == pytest.approx(credit_gain(n, k, credit=0.2), abs=2e-4)


@pytest.mark.parametrize("n, k", [(3, 1), (11, 3), (21, 20)])
def test_gain_of_a_small_shared_credit_is_neutrality_times_beta(n, k) -> None:
    credit = 1e-4

    assert credit_gain(n, k, credit=credit) / credit == pytest.approx(neutrality(n) * beta(n, k), abs=1e-4)


def test_residual_claim_alone_gives_its_share_of_productivity() -> None:
    assert sharing_effort(sharing=0.4, productivity=1.5, effort_cost=2.0) == pytest.approx(0.3)
    assert sharing_efficiency(1.0) == 1.0
    assert sharing_efficiency(0.4) == pytest.approx(0.64)


def test_adoption_solves_the_equation_of_bass() -> None:
    p, q, step = 0.02, 0.3, 1e-4

    for t in (1.0, 5.0, 20.0):
        share = bass_share(t, p=p, q=q)
        slope = (bass_share(t + step, p=p, q=q) - bass_share(t - step, p=p, q=q)) / (2 * step)
        assert slope == pytest.approx((p + q * share) * (1 - share), abs=1e-8)


def test_cooperation_cannot_tip_where_joint_work_is_worth_too_little() -> None:
    assert tipping_point(friction=0.4, value=1.0, trust=0.9) == float("inf")
    assert tipping_point(friction=0.4, value=2.0, trust=1.0) == pytest.approx(0.4)


def test_orbits_of_two_populations_are_closed() -> None:
    assert orbit_drift((2.0, 1.0, 1.0, 2.0), start=(0.3, 0.4), years=5) < 1e-6
    assert orbit_drift((2.0, 1.0, 1.5, 2.0), start=(0.8, 0.2), years=5) < 1e-6
