"""Approximate Bayesian computation (近似贝叶斯计算, ABC-SMC): populations that come closer to the figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jinghe.errors import JingheError, RuleError, problem
from jinghe.exploration.design import Designs
from jinghe.exploration.factor import Array, Factor
from jinghe.exploration.history import Target
from jinghe.exploration.model import Model
from jinghe.labels import Text

__all__ = ["Posterior", "fit_posterior", "weigh_quantile"]

_PILOT = 200  # draws of the prior that set the scales and the first tolerance


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """A weighted population (后验样本): quantiles (P, d), weights summing to 1, tolerance reached, simulations used.

    `tolerances` of all rounds; `stopped`: why the last was the last.
    """

    factors: tuple[Factor, ...]
    unit: Array
    weights: Array
    tolerances: tuple[float, ...]
    simulations: int
    stopped: Text

    @property
    def effective(self) -> float:
        """Effective sample size, 1/Σ w²."""
        return float(1 / (self.weights**2).sum())

    def summary(self, factor: Factor) -> tuple[float, float, float, float]:
        """Mean, standard deviation and the 5–95 % interval of an ordered factor's values."""
        at = self.factors.index(factor)
        values = np.array(factor.values(self.unit[:, at]), dtype=float)
        mean = float(self.weights @ values)
        spread = float(np.sqrt(self.weights @ (values - mean) ** 2))
        return mean, spread, weigh_quantile(values, self.weights, 0.05), weigh_quantile(values, self.weights, 0.95)


def fit_posterior(
    model: Model,
    factors: Sequence[Factor],
    *,
    targets: Sequence[Target],
    population: int = 200,
    rounds: int = 8,
    most: int = 50_000,
    plausible: Callable[[Array], Array] | None = None,
    seed: int = 1,
    progress: Callable[[float], None] | None = None,
) -> Posterior:
    """Sample settings whose one simulated region looks like the observed one, ever more strictly.

    Distance = √ mean_k ((s_k − z_k)/scale_k)², scale² = error² + discrepancy² + variance over prior draws (median
    absolute deviation, in normal units). Round 1 draws from the prior; each later round perturbs members of the last
    with a normal kernel of twice their weighted covariance, keeps what is within the median of the last distances,
    and weighs it by 1/Σ w K. The prior is uniform in quantiles of the factors, cut to `plausible` points.

    Args:
        model: run once per proposal, each on a replication of its own.
        factors: what is uncertain.
        targets: figures to be matched.
        population: members P.
        rounds: at most; stops early when `most` simulations are used.
        most: simulations in all.
        plausible: points (N, d) → booleans, such as `Match.plausible`.
        seed: of the proposals.
        progress: called with the share of the rounds done, or of the simulations where that is more.
    Raises:
        RuleError: `targets-none`; `posterior-nothing`, when the prior gives no defined statistics.
    Source: Beaumont et al. (2009), Biometrika 96; Toni et al. (2009), J. R. Soc. Interface 6.
    """
    if not targets or not factors:
        raise RuleError([problem("targets-none")])
    run = _Run(model, tuple(factors), tuple(targets), most, plausible, np.random.default_rng(seed % 2**64))
    unit, distances = run.start(population)
    weights = np.full(population, 1 / population)
    tolerances = [float(distances.max())]
    stopped = Text("已达设定的轮数", "the rounds were used up")
    for number in range(1, rounds):
        if progress:
            progress(max(number / rounds, run.used / most))
        closer = run.step(unit, weights, tolerance=float(np.median(distances)))
        if closer is None:
            stopped = Text("模拟次数已用尽", "the simulations were used up")
            break
        unit, weights, distances = closer
        tolerances.append(float(distances.max()))
    return Posterior(run.factors, unit, weights, tuple(tolerances), run.used, stopped)


def weigh_quantile(values: Array, weights: Array, level: float) -> float:
    """The smallest value at which the weights below and at it reach a level.

    >>> weigh_quantile(np.array([1.0, 2.0, 3.0]), np.array([0.2, 0.2, 0.6]), 0.5)
    3.0
    """
    order = np.argsort(values)
    reached = np.cumsum(weights[order]) >= level * weights.sum() - 1e-12
    return float(values[order][np.argmax(reached)])


@dataclass(slots=True)
class _Run:
    """A run of the sampler: simulations are numbered on, so that no draw serves twice."""

    model: Model
    factors: tuple[Factor, ...]
    targets: tuple[Target, ...]
    most: int
    plausible: Callable[[Array], Array] | None
    rng: np.random.Generator
    used: int = 0
    scales: Array | None = None

    def start(self, population: int) -> tuple[Array, Array]:
        """Draw from the prior until there is a population, and set the scales."""
        unit = self._draw_prior(max(population, _PILOT))
        found = np.array([self._simulate(point) for point in unit])
        known = np.isfinite(found).all(axis=1)
        if known.sum() < population:
            raise RuleError([problem("posterior-nothing", found=int(known.sum()), needed=population)])
        found, unit = found[known], unit[known]
        middle = np.median(found, axis=0)
        spread = 1.4826 * np.median(np.abs(found - middle), axis=0)
        own = np.array([np.hypot(target.error, target.discrepancy) for target in self.targets])
        self.scales = np.maximum(np.hypot(spread, own), 1e-12)
        distances = self._measure(found)
        best = np.argsort(distances)[:population]
        return unit[best], distances[best]

    def step(self, unit: Array, weights: Array, *, tolerance: float) -> tuple[Array, Array, Array] | None:
        """Fill a population within a tolerance; None when the simulations run out first."""
        count, d = unit.shape
        spread = 2 * np.atleast_2d(np.cov(unit.T, aweights=weights)) + 1e-10 * np.eye(d)
        root, inverse = np.linalg.cholesky(spread), np.linalg.inv(spread)
        kept, near = np.empty((count, d)), np.empty(count)
        filled = 0
        while filled < count:
            if self.used >= self.most:
                return None
            point = unit[self.rng.choice(count, p=weights)] + root @ self.rng.standard_normal(d)
            if not self._is_possible(point[None])[0]:
                continue
            distance = float(self._measure(self._simulate(point)[None])[0])
            if distance <= tolerance:
                kept[filled], near[filled] = point, distance
                filled += 1
        gaps = kept[:, None] - unit[None]
        kernel = np.exp(-0.5 * np.einsum("ijk,kl,ijl->ij", gaps, inverse, gaps))
        fresh = 1 / (kernel @ weights)
        return kept, fresh / fresh.sum(), near

    def _draw_prior(self, count: int) -> Array:
        found = np.empty((0, len(self.factors)))
        tried = 0
        while len(found) < count:
            points = self.rng.random((4 * count, len(self.factors)))
            found, tried = np.concatenate([found, points[self._is_possible(points)]]), tried + 1
            if tried > 250 and len(found) < count:
                raise RuleError([problem("posterior-nothing", found=len(found), needed=count)])
        return found[:count]

    def _is_possible(self, points: Array) -> NDArray[np.bool_]:
        within = ((points >= 0) & (points <= 1)).all(axis=1)
        if self.plausible is not None:
            within = within & np.asarray(self.plausible(points), dtype=bool)
        return np.asarray(within, dtype=bool)

    def _simulate(self, point: Array) -> Array:
        number, self.used = self.used, self.used + 1
        changes = Designs(self.factors, point[None], "draw").changes(0)
        try:
            found = self.model(changes, number, 1)
        except JingheError:  # a setting without an equilibrium cannot have given the figures
            return np.full(len(self.targets), np.nan)
        return np.array([float(found[target.outcome][0]) for target in self.targets])

    def _measure(self, found: Array) -> Array:
        assert self.scales is not None, "start comes first"
        observed = np.array([target.observed for target in self.targets])
        gaps = np.sqrt((((found - observed) / self.scales) ** 2).mean(axis=1))
        return np.where(np.isfinite(gaps), gaps, np.inf)
