"""History matching (历史匹配): waves that rule out what cannot have given the figures, never more than that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from jinghe.errors import RuleError, problem
from jinghe.exploration.design import Designs
from jinghe.exploration.factor import Array, Factor
from jinghe.exploration.model import Model
from jinghe.exploration.sweep import Progress, sweep

__all__ = ["Emulator", "Match", "Target", "Wave", "fit_emulator", "implausibility", "match_history"]

_CANDIDATES = 20_000
_CUT = 3.0  # Pukelsheim's three-sigma rule
_FEW = 50  # candidates below which another wave says nothing


@dataclass(frozen=True, slots=True)
class Target:
    """A figure to be matched (目标统计量): the outcome it is of, what was observed, its standard error.

    `discrepancy`: standard deviation of what the model leaves out, an assumption to be stated.
    """

    outcome: str
    observed: float
    error: float
    discrepancy: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Emulator:
    """A quadratic surface of a mean outcome over quantiles (响应面), with what it leaves unexplained."""

    coefficients: Array
    variance: Array  # (XᵀX)⁻¹, for the error of the surface itself
    residual: float
    luck: float

    def predict(self, unit: Array) -> tuple[Array, Array]:
        """Mean and variance of the surface at points (N, d)."""
        basis = _basis(unit)
        spread = self.residual * (1 + np.einsum("ij,jk,ik->i", basis, self.variance, basis))
        return np.asarray(basis @ self.coefficients), np.asarray(spread)


@dataclass(frozen=True, slots=True, eq=False)
class Wave:
    """One wave (一轮): points run, emulators by target, share of the prior space not ruled out after it."""

    points: int
    emulators: Mapping[str, Emulator]
    left: float


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """What is not ruled out yet (历史匹配结果).

    `kept`: candidates (N, d) in quantiles; `ranges`: their least and greatest value by path. `left` is their share of
    the prior space; 0 means that no setting tried can have given the figures.
    """

    factors: tuple[Factor, ...]
    targets: tuple[Target, ...]
    waves: tuple[Wave, ...]
    kept: Array

    @property
    def left(self) -> float:
        """Share of the prior space that is left."""
        return self.waves[-1].left

    @property
    def ranges(self) -> dict[str, tuple[float, float]]:
        """Least and greatest quantile left, by path; empty when nothing is."""
        if not len(self.kept):
            return {}
        ends = zip(self.kept.min(axis=0).tolist(), self.kept.max(axis=0).tolist(), strict=True)
        return {factor.path: pair for factor, pair in zip(self.factors, ends, strict=True)}

    def plausible(self, unit: Array) -> Array:
        """Which points (N, d) no wave rules out, shape (N,) of booleans."""
        kept = np.ones(len(unit), dtype=bool)
        for wave in self.waves:
            kept &= implausibility(wave.emulators, self.targets, unit) <= _CUT
        return kept


def match_history(
    model: Model,
    factors: Sequence[Factor],
    *,
    targets: Sequence[Target],
    waves: int = 3,
    points: int = 0,
    replications: int = 50,
    seed: int = 1,
    progress: Progress | None = None,
) -> Match:
    """Rule out settings wave by wave: run points left, emulate, cut where implausibility exceeds 3 for any target.

    I²(x) = (z − m(x))²/(V_obs + V_model + V_emulator(x) + V_luck): the region was observed once, so the spread of
    single replications V_luck counts in full.

    Args:
        model: what is run.
        factors: what is uncertain.
        targets: figures to be matched.
        waves: at most; fewer when fewer than 50 of 20,000 candidates are left.
        points: runs a wave; default: five times the terms of the quadratic surface.
        replications: of each point.
        seed: of candidates and choice.
        progress: called with the share done of all waves.
    Raises:
        RuleError: `targets-none`; a target that varies nowhere or is undefined in too many points.
    Source: Craig et al. (1997); Vernon, Goldstein & Bower (2010), Bayesian Analysis 5; the emulator is ours and simple.
    """
    if not targets or not factors:
        raise RuleError([problem("targets-none")])
    rng = np.random.default_rng(seed % 2**64)
    d = len(factors)
    count = points or 5 * (1 + d + d * (d + 1) // 2)
    prior = rng.random((_CANDIDATES, d))
    kept, found = prior, list[Wave]()
    match = Match(tuple(factors), tuple(targets), (), prior)
    for number in range(waves):
        chosen = kept[rng.permutation(len(kept))[:count]]
        designs = Designs(tuple(factors), chosen, "wave")
        names = tuple(dict.fromkeys(target.outcome for target in targets))
        tell = None if progress is None else partial(_tell, progress, number, waves)
        ran = sweep(model, designs=designs, replications=replications, outcomes=names, progress=tell)
        emulators = {name: fit_emulator(chosen, ran.values(name), name=name) for name in names}
        found.append(Wave(len(chosen), emulators, 0.0))
        match = Match(match.factors, match.targets, tuple(found), prior)
        kept = prior[match.plausible(prior)]
        found[-1] = Wave(len(chosen), emulators, len(kept) / len(prior))
        match = Match(match.factors, match.targets, tuple(found), kept)
        if len(kept) < _FEW:
            break
    return match


def _tell(progress: Progress, number: int, waves: int, share: float) -> None:
    progress((number + share) / waves)


def implausibility(emulators: Mapping[str, Emulator], targets: Sequence[Target], unit: Array) -> Array:
    """Greatest implausibility over the targets at points (N, d), shape (N,)."""
    worst = np.zeros(len(unit))
    for target in targets:
        mean, variance = emulators[target.outcome].predict(unit)
        total = variance + emulators[target.outcome].luck + target.error**2 + target.discrepancy**2
        gap = np.abs(target.observed - mean)
        worst = np.maximum(worst, np.divide(gap, np.sqrt(total), out=np.where(gap > 0, np.inf, 0.0), where=total > 0))
    return np.asarray(worst)


def fit_emulator(unit: Array, values: Array, *, name: str = "") -> Emulator:
    """Fit a quadratic surface to the means of points (N, d) × replications (N, R) by least squares.

    Raises RuleError `target-undefined` when too few points define the outcome.
    """
    means = np.array([row[np.isfinite(row)].mean() if np.isfinite(row).any() else np.nan for row in values])
    known = np.isfinite(means)
    basis = _basis(unit[known])
    spare = len(basis) - basis.shape[1]
    if spare < 2:
        raise RuleError([problem("target-undefined", found=name, of=len(unit), known=int(known.sum()))])
    coefficients = np.asarray(np.linalg.lstsq(basis, means[known], rcond=None)[0], dtype=float)
    residual = float(((means[known] - basis @ coefficients) ** 2).sum() / spare)
    luck = float(np.nanmean(np.nanvar(values[known], axis=1, ddof=1)))
    return Emulator(coefficients, np.asarray(np.linalg.pinv(basis.T @ basis), dtype=float), residual, luck)


def _basis(unit: Array) -> Array:
    """1, x_i, x_i x_j with x centred."""
    x = 2 * unit - 1
    d = x.shape[1]
    pairs = [x[:, i] * x[:, j] for i in range(d) for j in range(i, d)]
    return np.column_stack([np.ones(len(x)), x, *pairs])
