"""What matters (敏感度): Morris effects and Sobol' shares of the mean function, replication noise removed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from jinghe.errors import RuleError, problem
from jinghe.exhibit import Column, Table
from jinghe.exploration.design import LEVELS, Designs
from jinghe.exploration.factor import Array
from jinghe.labels import Text

__all__ = ["Effects", "Shares", "decompose", "screen", "tabulate_effects", "tabulate_shares"]

_RESAMPLES = 400


@dataclass(frozen=True, slots=True, eq=False)
class Effects:
    """Morris elementary effects (筛选), shape (d,) each, per unit of quantile.

    `mean` μ, `strength` μ* = mean |effect| with its bootstrap standard error, `spread` σ (curvature and interactions),
    `noise`: the standard deviation that replications alone put into one effect; a μ* of its size is no evidence.
    """

    mean: Array
    strength: Array
    strength_error: Array
    spread: Array
    noise: Array
    trajectories: int


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """Sobol' shares of the variance of the mean outcome (方差份额), shape (d,), with 95 % intervals (d, 2).

    `first` is what a factor explains alone, `total` what would stay if all others were known. `variance` is that of the
    mean function; `noise` is what R replications add to the variance of simulated means and has been taken out.
    """

    first: Array
    total: Array
    first_interval: Array
    total_interval: Array
    variance: float
    noise: float
    rows: int


class _Terms(NamedTuple):
    mean: Array
    square: Array
    first: Array
    total: Array


def screen(designs: Designs, values: Array, *, seed: int = 1) -> Effects:
    """Find elementary effects e_i = (ȳ after − ȳ before)/(± Δ) on Morris trajectories.

    σ² is the variance of the effects less that of the noise; differences are paired on common random numbers, so the
    noise of an effect is the standard error of a paired mean over Δ.

    Args:
        designs: of the method `morris`.
        values: shape (N, R) or (N,).
        seed: of the bootstrap of trajectories.
    Raises:
        RuleError: another design; `sensitivity-undefined` where a value is missing.
    Source: Morris (1991), Technometrics 33; μ*: Campolongo, Cariboni & Saltelli (2007).
    """
    values = _complete(designs, values, method="morris")
    d = len(designs.factors)
    walks = designs.unit.reshape(-1, d + 1, d)
    runs = values.reshape(len(walks), d + 1, -1)
    moved = np.diff(walks, axis=1)
    steps = np.diff(runs, axis=1) / (np.sign(moved.sum(axis=2)) * LEVELS / (2 * (LEVELS - 1)))[..., None]
    order = np.argmax(np.abs(moved), axis=2)
    effects, lucks = np.empty((len(walks), d)), np.zeros((len(walks), d))
    rows = np.arange(len(walks))[:, None]
    effects[rows, order] = steps.mean(axis=2)
    if (r := steps.shape[2]) > 1:
        lucks[rows, order] = steps.var(axis=2, ddof=1) / r
    luck = lucks.mean(axis=0)
    spread = np.sqrt(np.maximum(effects.var(axis=0, ddof=1) - luck, 0.0)) if len(walks) > 1 else np.full(d, np.nan)
    picks = np.random.default_rng(seed % 2**64).integers(len(walks), size=(_RESAMPLES, len(walks)))
    error = np.abs(effects)[picks].mean(axis=1).std(axis=0, ddof=1)
    return Effects(effects.mean(axis=0), np.abs(effects).mean(axis=0), error, spread, np.sqrt(luck), len(walks))


def decompose(designs: Designs, values: Array, *, seed: int = 1) -> Shares:
    """Estimate S_i = E[f(B)(f(AB_i) − f(A))]/V and T_i = E[(f(A) − f(AB_i))²]/2V of the mean outcome f(x) = E_r y_r.

    A product of means over the same R replications holds their noise; it is taken out without bias by
    f(x) f(z) = x̄ z̄ − cov_r(x, z)/R, the mean product over pairs of different replications, whether or not designs share
    their draws.

    Args:
        designs: of the method `saltelli`, N rows each of A, B and AB_i.
        values: shape (N (d + 2), R) or, without noise, (N (d + 2),).
        seed: of the bootstrap of rows.
    Raises:
        RuleError: another design; a missing value; `sensitivity-flat` when nothing moves the mean.
    Source: Saltelli et al. (2010), Computer Physics Communications 181, table 2, (b) and (f); the correction is ours.
    """
    values = _complete(designs, values, method="saltelli")
    d = len(designs.factors)
    n = len(designs.unit) // (d + 2)
    runs = values.reshape(d + 2, n, -1)
    runs = runs - runs[:2].mean(axis=(0, 1))  # what a replication does to all designs alike is no signal
    a, b, mixed = runs[0], runs[1], runs[2:]
    square_a, square_b = _product(a, a), _product(b, b)
    terms = _Terms(
        mean=(a.mean(axis=1) + b.mean(axis=1)) / 2,
        square=(square_a + square_b) / 2,
        first=np.stack([_product(b, ab) - _product(b, a) for ab in mixed], axis=1),
        total=np.stack([(square_a + _product(ab, ab)) / 2 - _product(a, ab) for ab in mixed], axis=1),
    )
    variance, first, total = _read(terms, np.ones((1, n)) / n)
    simulated = float(np.concatenate([a.mean(axis=1), b.mean(axis=1)]).var())
    if not variance[0] > 1e-12 * max(simulated, 1e-300):
        raise RuleError([problem("sensitivity-flat")])
    rng = np.random.default_rng(seed % 2**64)
    weights = rng.multinomial(n, np.full(n, 1 / n), size=_RESAMPLES) / n
    _, firsts, totals = _read(terms, weights)
    intervals = [np.nanquantile(one, [0.025, 0.975], axis=0).T for one in (firsts, totals)]
    noise = max(simulated - float(variance[0]), 0.0)
    return Shares(first[0], total[0], intervals[0], intervals[1], float(variance[0]), noise, n)


def tabulate_effects(designs: Designs, effects: Effects, *, outcome: Text) -> Table:
    """Lay Morris effects out, the strongest first."""
    words: tuple[Text, ...] = (
        Text("因素", "Factor"),
        Text("强度 μ*", "Strength μ*"),
        Text("其标准误", "Its s.e."),
        Text("方向 μ", "Mean μ"),
    )
    words += (Text("非线性与交互 σ", "Spread σ"), Text("重复抽样噪声", "Replication noise"))
    order = np.argsort(-effects.strength)
    parts = (effects.strength, effects.strength_error, effects.mean, effects.spread, effects.noise)
    rows = tuple((designs.factors[i].label, *(float(part[i]) for part in parts)) for i in order)
    title = Text(f"影响“{outcome.zh}”的因素（Morris 筛选）", f"What moves “{outcome.en}” (Morris screening)")
    method = Text(
        f"{effects.trajectories} 条轨迹，按分位数每单位计；σ 已扣除重复抽样噪声。",
        f"{effects.trajectories} trajectories, per unit of quantile; replication noise is taken out of σ.",
    )
    return Table("effects", title, _columns(words), rows, method)


def tabulate_shares(designs: Designs, shares: Shares, *, outcome: Text) -> Table:
    """Lay Sobol' shares out, the largest total first."""
    words: tuple[Text, ...] = (
        Text("因素", "Factor"),
        Text("单独 S", "Alone S"),
        Text("下限", "low"),
        Text("上限", "high"),
    )
    words += (Text("总 ST", "Total ST"), Text("下限", "low"), Text("上限", "high"))
    rows = tuple(
        (
            designs.factors[i].label,
            *_cells(shares.first, shares.first_interval, i),
            *_cells(shares.total, shares.total_interval, i),
        )
        for i in np.argsort(-shares.total)
    )
    title = Text(
        f"“{outcome.zh}”的方差由何而来（Sobol' 份额）", f"Where the variance of “{outcome.en}” comes from (Sobol')"
    )
    part = shares.noise / (shares.noise + shares.variance)
    method = Text(
        f"{shares.rows} 组样本；对均值函数估计，重复抽样噪声（占模拟均值方差的 {part:.1%}）已剔除；95% 自助区间。",
        f"{shares.rows} rows, of the mean function: replication noise ({part:.1%} of the variance of simulated means) "
        "is taken out; 95 % bootstrap intervals.",
    )
    return Table("shares", title, _columns(words), rows, method)


def _columns(words: tuple[Text, ...]) -> tuple[Column, ...]:
    return (Column(words[0]), *(Column(word, "number", 3) for word in words[1:]))


def _cells(values: Array, intervals: Array, at: int) -> tuple[float, ...]:
    return float(values[at]), float(intervals[at, 0]), float(intervals[at, 1])


def _complete(designs: Designs, values: Array, *, method: str) -> Array:
    if designs.method != method:
        raise RuleError([problem("design-other", found=designs.method, needed=method)])
    values = np.asarray(values, dtype=float)
    values = values[:, None] if values.ndim == 1 else values
    missing = int((~np.isfinite(values)).any(axis=1).sum())
    if missing:
        raise RuleError([problem("sensitivity-undefined", found=missing, of=len(values))])
    return values


def _product(x: Array, z: Array) -> Array:
    """Estimate f(x) f(z) row by row, free of the noise that both share."""
    r = x.shape[1]
    means = x.mean(axis=1) * z.mean(axis=1)
    if r == 1:
        return np.asarray(means)
    covariance = ((x - x.mean(axis=1, keepdims=True)) * (z - z.mean(axis=1, keepdims=True))).sum(axis=1) / (r - 1)
    return np.asarray(means - covariance / r)


def _read(terms: _Terms, weights: Array) -> tuple[Array, Array, Array]:
    variance = weights @ terms.square - (weights @ terms.mean) ** 2
    scale = np.where(variance > 0, variance, np.nan)[:, None]
    return variance, (weights @ terms.first) / scale, (weights @ terms.total) / scale
