"""Closed forms the model must reproduce (极限情形): tournament, spillovers, credit inside a ranking, residual claim."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import exp, inf, lgamma, log, log1p, pi, sqrt

import numpy as np
from scipy.integrate import quad
from scipy.special import betainc, ndtr

from jinghe.errors import Problem, RuleError, problem
from jinghe.simulation.draws import Array

__all__ = [
    "bass_share",
    "beta",
    "credit_gain",
    "curvature",
    "describe_no_equilibrium",
    "neutrality",
    "orbit_drift",
    "sharing_efficiency",
    "sharing_effort",
    "spillover_effort",
    "tipping_point",
    "tournament_effort",
]

_FAMILIES: dict[str, tuple[Callable[[float], float], Callable[[float], float], float]] = {
    # density, distribution function, bound beyond which nothing counts
    "normal": (lambda x: exp(-x * x / 2) / sqrt(2 * pi), lambda x: float(ndtr(x)), 12.0),
    "uniform": (lambda x: 0.5, lambda x: (x + 1) / 2, 1.0),
    "gumbel": (lambda x: exp(-x - exp(-x)), lambda x: exp(-exp(-x)), 40.0),
}


def beta(n: int, k: int, *, noise: str = "normal") -> float:
    """Marginal chance of promotion per unit of effort in the symmetric contest (边际晋升概率) β(n, k).

    β = ∫ f² (n−1) C(n−2, k−1) F^(n−1−k) (1−F)^(k−1) dx, for noise of scale 1; scale σ gives β/σ.

    Args:
        n: contestants, at least 2.
        k: promotions, 1 ≤ k ≤ n−1.
        noise: normal (standard deviation 1), uniform (on [−1, 1]) or gumbel (scale 1).
    Returns:
        β, per unit of effort.
    Raises:
        RuleError: k outside 1…n−1.
    Source: Lazear & Rosen (1981), extended to k of n; reference values β(2,1) = 0.282095, β(11,3) = 0.307017.

    >>> round(beta(2, 1), 6), round(beta(11, 3), 6)
    (0.282095, 0.307017)
    """
    _check_slots(n, k)
    return _integrate(n, k, noise)


@cache
def _integrate(n: int, k: int, noise: str) -> float:
    density, distribution, bound = _FAMILIES[noise]
    scale = log(n - 1) + lgamma(n - 1) - lgamma(k) - lgamma(n - k)

    def integrand(x: float) -> float:
        below = distribution(x)
        if not 0 < below < 1:
            return 0.0
        return density(x) ** 2 * exp(scale + (n - 1 - k) * log(below) + (k - 1) * log1p(-below))

    lower = -bound if noise != "gumbel" else -4.0  # exp(−exp(4)) is nothing
    return float(quad(integrand, lower, bound, epsabs=1e-13, epsrel=1e-12, limit=200)[0])


def curvature(n: int, k: int) -> float:
    """Largest second derivative of the chance of promotion in own effort, rivals equal, normal noise of scale 1.

    max over d of P″(d), P″(d) = ∫ φ(x) (x² − 1) G(x + d) dx, G(s) = P(fewer than k of n−1 rivals exceed s).
    The payoff V·P − c a²/2 is concave, and the symmetric equilibrium exists, when c > V·curvature/σ².

    >>> round(curvature(2, 1), 3)
    0.121
    """
    _check_slots(n, k)
    x = np.linspace(-9.0, 9.0, 361)
    shift = np.linspace(-6.0, 6.0, 1201)[:, None]
    weight = np.exp(-(x**2) / 2) / sqrt(2 * pi) * (x**2 - 1) * (x[1] - x[0])
    return float((betainc(n - k, k, ndtr(x + shift)) @ weight).max())


def tournament_effort(n: int, k: int, *, prize: float, effort_cost: float, noise: float) -> float:
    """Effort in the symmetric tournament (LRn): a* = V β(n, k) / (c σ).

    Args:
        n: contestants.
        k: promotions.
        prize: V ≥ 0, value of a promotion.
        effort_cost: c > 0 in c a²/2.
        noise: σ > 0, standard deviation of the normal noise.
    Returns:
        a*, in units of effort.
    Raises:
        RuleError: `promotion-slots`; `equilibrium-none` when c ≤ V·curvature(n, k)/σ², for two officials 0.121 V/σ².
    Source: Lazear & Rosen (1981).

    >>> round(tournament_effort(2, 1, prize=1, effort_cost=1, noise=1), 6)
    0.282095
    """
    return spillover_effort(n, k, prize=prize, effort_cost=effort_cost, noise=noise, spillover=0.0)


def spillover_effort(n: int, k: int, *, prize: float, effort_cost: float, noise: float, spillover: float) -> float:
    """Effort when part of what one does helps the rivals (ZHOU): a* = (1 − r/(n−1)) V β(n, k) / (c σ).

    Args: as `tournament_effort`, and
        spillover: r, spread equally over the n−1 rivals; negative when effort hurts them.
    Source: 周黎安《晋升博弈中政府官员的激励与合作》, 经济研究 2004(6), extended to n officials on a complete graph.

    >>> round(spillover_effort(2, 1, prize=1, effort_cost=1, noise=1, spillover=0.5), 6)
    0.141047
    """
    share = 1 - spillover / (n - 1)
    bound = curvature(n, k) * prize * share**2 / noise**2
    if effort_cost <= bound:
        raise RuleError([describe_no_equilibrium(prize=prize, effort_cost=effort_cost, noise=noise, bound=bound)])
    return share * prize * beta(n, k) / (effort_cost * noise)


def describe_no_equilibrium(*, prize: float, effort_cost: float, noise: float, bound: float) -> Problem:
    """Say that no pure equilibrium is assured: the noise is too small for this prize."""
    path, cost = "simulate.parameters", f"{effort_cost:g}"
    return problem("equilibrium-none", path, prize=f"{prize:g}", cost=cost, noise=f"{noise:g}", bound=f"{bound:.3g}")


def neutrality(n: int) -> float:
    """Worth in the ranking of a credit given to both partners, per unit of face value (NEUT): (n−2)/(n−1).

    First order in the credit; exact zero for n = 2, where both move together.

    >>> neutrality(2), neutrality(11)
    (0.0, 0.9)
    """
    return (n - 2) / (n - 1)


def credit_gain(n: int, k: int, *, credit: float) -> float:
    """Gain in the chance of promotion when two of n equal contestants both get `credit` standard deviations (NEUT).

    ∫ φ(x) [Φ(x) P(B < k) + (1 − Φ(x)) P(B < k−1)] dx − k/n: Φ(x) is the chance to beat the partner, and
    B ~ Binomial(n−2, 1 − Φ(x + credit)) counts the other rivals ahead.

    >>> credit_gain(2, 1, credit=0.2) == 0
    True
    >>> round(credit_gain(11, 3, credit=0.2), 4)
    0.0575
    """
    _check_slots(n, k)
    if n == 2:
        return 0.0
    x = np.linspace(-9.0, 9.0, 361)
    ahead, beaten = 1 - ndtr(x + credit), ndtr(x)
    chance = beaten * _fewer(n - 2, ahead, k) + (1 - beaten) * _fewer(n - 2, ahead, k - 1)
    return float((np.exp(-(x**2) / 2) / sqrt(2 * pi) * chance).sum() * (x[1] - x[0])) - k / n


def sharing_effort(*, sharing: float, productivity: float, effort_cost: float) -> float:
    """Effort out of the residual claim alone (SHARE): a = s θ / c.

    Source: administrative subcontracting without a contest; reference §1.6.

    >>> sharing_effort(sharing=0.4, productivity=1.0, effort_cost=1.0)
    0.4
    """
    return sharing * productivity / effort_cost


def sharing_efficiency(sharing: float) -> float:
    """Surplus under the residual share s, relative to the first best (SHARE): s (2 − s).

    >>> round(sharing_efficiency(0.4), 2)
    0.64
    """
    return sharing * (2 - sharing)


def bass_share(t: float, *, p: float, q: float) -> float:
    """Share of adopters after t years when the hazard is p + q F (BASS): (1 − e^{−(p+q)t})/(1 + (q/p) e^{−(p+q)t}).

    >>> round(bass_share(0, p=0.01, q=0.1), 6), round(bass_share(1e4, p=0.01, q=0.1), 6)
    (0.0, 1.0)
    """
    left = exp(-(p + q) * t)
    return (1 - left) / (1 + q / p * left)


def tipping_point(*, friction: float, value: float, trust: float) -> float:
    """Joint effort, in attention units, below which cooperation dies out (TIP): c_u = F/(T J − 1), none if T J ≤ 1.

    Source: reference §1.9: effort c earns J T ĉ and costs F a unit and c²/2.

    >>> round(tipping_point(friction=0.4, value=3.0, trust=0.8), 6)
    0.285714
    """
    return friction / (trust * value - 1) if trust * value > 1 else inf


def orbit_drift(game: tuple[float, float, float, float], *, start: tuple[float, float], years: float) -> float:
    """Largest change of what the replicator of two populations conserves, x′ = x(1−x)(a y − b), y′ = y(1−y)(d − e x).

    H = d log x + (e − d) log(1 − x) + b log y + (a − b) log(1 − y) stays: orbits are closed. Runge–Kutta, steps of
    0.01.

    Source: reference §1.8.
    """
    a, b, d, e = game

    def field(z: Array) -> Array:
        x, y = z
        return np.array([x * (1 - x) * (a * y - b), y * (1 - y) * (d - e * x)])

    def conserved(z: Array) -> float:
        x, y = z
        return float(d * np.log(x) + (e - d) * np.log(1 - x) + b * np.log(y) + (a - b) * np.log(1 - y))

    z, step, worst = np.array(start), 0.01, 0.0
    first = conserved(z)
    for _ in range(int(years / step)):
        k1 = field(z)
        k2 = field(z + step / 2 * k1)
        k3 = field(z + step / 2 * k2)
        z = z + step / 6 * (k1 + 2 * k2 + 2 * k3 + field(z + step * k3))
        worst = max(worst, abs(conserved(z) - first))
    return worst


def _fewer(trials: int, chance: Array, k: int) -> Array:
    """P(Binomial(trials, chance) < k)."""
    if k <= 0:
        return np.zeros_like(chance)
    if k > trials:
        return np.ones_like(chance)
    return np.asarray(betainc(trials - k + 1, k, 1 - chance))


def _check_slots(n: int, k: int) -> None:
    if n < 2 or not 1 <= k <= n - 1:
        raise RuleError([problem("promotion-slots", "simulate.parameters.promotion_slots", found=k, most=n - 1, n=n)])
