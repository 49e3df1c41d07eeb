"""How far coders agree (编码一致性): coefficients with bootstrap intervals, and what to beware of."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jinghe.coding.coefficients import METRICS, NAMES, find_coefficients, find_patterns
from jinghe.coding.record import Ratings
from jinghe.errors import Problem, RuleError, problem
from jinghe.labels import Text

__all__ = ["LABELS", "PARADOX", "Agreement", "Coefficient", "agree", "agree_on_codes"]

LABELS = {
    "observed": Text("观察一致率", "observed agreement"),
    "alpha": Text("克里彭多夫 α", "Krippendorff's α"),
    "ac1": Text("格韦特 AC1", "Gwet's AC1"),
    "kappa": Text("科恩 κ（多人为康格 κ）", "Cohen's κ (Conger's for more than two coders)"),
    "fleiss": Text("弗莱斯 κ（两人为斯科特 π）", "Fleiss' κ (Scott's π for two coders)"),
    "brennan_prediger": Text("布伦南–普雷迪格系数", "Brennan–Prediger coefficient"),
}
PARADOX = (0.8, 0.3)  # observed agreement from here, and AC1 − κ beyond here, is called the paradox; ours
_WARNINGS = {
    "constant": Text(
        "只出现一个类别，没有变化：α 与 κ 无法定义，AC1 为 1 只说明大家都没有用到其他类别。",
        "Only one category occurs: α and κ are undefined, and an AC1 of 1 says only that nobody used another.",
    ),
    "paradox": Text(
        "κ 悖论：观察一致率高而 κ 低，因为绝大多数片段属同一类别；α、κ 须与 AC1 一并看。",
        "The κ paradox: agreement is high and κ low, since nearly all segments fall into one category; read α and κ "
        "together with AC1.",
    ),
}


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One coefficient with its percentile interval (系数): NaN when undefined; `undefined` draws had no variation."""

    name: str
    value: float
    low: float
    high: float
    undefined: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement on one code or variable (一致性): coefficients, base, shares of the categories, warnings."""

    code: str
    coefficients: tuple[Coefficient, ...]
    units: int
    paired: int
    coders: int
    shares: tuple[float, ...]
    draws: int
    seed: int
    warnings: tuple[Text, ...] = ()

    def get(self, name: str) -> Coefficient:
        """Return a coefficient by its name in `LABELS`."""
        return next(one for one in self.coefficients if one.name == name)


def agree(
    ratings: NDArray[np.float64],
    *,
    categories: Sequence[float],
    metric: str = "nominal",
    draws: int = 1000,
    seed: int = 0,
    level: float = 0.95,
    code: str = "",
) -> Agreement:
    """Measure agreement on one variable, with intervals from a bootstrap over units.

    Args:
        ratings: shape (units, coders), NaN where missing.
        categories: every declared value, in order; those nobody used count, too (AC1 and Brennan–Prediger).
        metric: of α: nominal, ordinal or interval; the other coefficients are nominal.
        draws: bootstrap samples of units.
        seed: with `code` it fixes the samples, so that one code's interval does not depend on others.
        level: of the percentile interval.
        code: what is measured.
    Returns:
        Coefficients with intervals; warnings when nothing varies and when κ is low for want of variation.
    Raises:
        RuleError: one coder only, fewer than two categories, a rating that is none of them, no unit rated twice.
    """
    values = np.array(sorted(categories) if metric != "nominal" else list(categories), dtype=float)
    numbers = _number(np.asarray(ratings, dtype=float), values, metric, code)
    patterns = find_patterns(numbers, values)
    point = find_coefficients(patterns, patterns.counts[None, :].astype(float), metric=metric)
    weights = _draw(patterns.counts, draws, f"{seed}:{code}")
    samples = find_coefficients(patterns, weights, metric=metric) if draws else {name: np.empty(0) for name in NAMES}
    used = [(patterns.rows == k).any() for k in range(len(values))]
    total = (numbers >= 0).sum(axis=1)
    shares = [float(((numbers == k).sum(1)[total > 0] / total[total > 0]).mean()) for k in range(len(values))]
    coefficients = tuple(_interval(name, float(point[name][0]), samples[name], level) for name in NAMES)
    return Agreement(
        code,
        coefficients,
        len(numbers),
        int((total >= 2).sum()),
        numbers.shape[1],
        tuple(shares),
        draws,
        seed,
        _warn(coefficients, constant=sum(used) < 2),
    )


def agree_on_codes(ratings: Ratings, *, draws: int = 1000, seed: int = 0, level: float = 0.95) -> tuple[Agreement, ...]:
    """Measure agreement on every code apart: applied or not, segment by segment.

    A code nobody could pair (no segment read by two coders) is an error of the material, not of the code.
    """
    values = ratings.values.astype(float)
    values[values < 0] = np.nan
    return tuple(
        agree(values[:, :, k], categories=(0, 1), draws=draws, seed=seed, level=level, code=code)
        for k, code in enumerate(ratings.codes)
    )


def _number(ratings: NDArray[np.float64], values: NDArray[np.float64], metric: str, code: str) -> NDArray[np.int64]:
    found: list[Problem] = []
    if metric not in METRICS:
        found.append(problem("choice-unknown", code, found=metric, expected=", ".join(METRICS)))
    if ratings.ndim != 2 or ratings.shape[1] < 2:
        raise RuleError([problem("coders-few", code, found=ratings.shape[-1] if ratings.ndim else 0)])
    if len(set(values)) < 2 or len(set(values)) < len(values):
        found.append(problem("categories-few", code, found=", ".join(f"{v:g}" for v in values)))
    numbers = np.full(ratings.shape, -1, dtype=np.int64)
    for number, value in enumerate(values):
        numbers[ratings == value] = number
    strange = sorted({f"{value:g}" for value in ratings[(numbers < 0) & ~np.isnan(ratings)]})
    if strange:
        expected = ", ".join(f"{value:g}" for value in values)
        found.append(problem("rating-undeclared", code, found=", ".join(strange), expected=expected))
    if not found and not ((numbers >= 0).sum(axis=1) >= 2).any():
        found.append(problem("ratings-unpaired", code))
    if found:
        raise RuleError(found)
    return numbers


def _draw(counts: NDArray[np.int64], draws: int, purpose: str) -> NDArray[np.float64]:
    """Resample units: as many as there are, by pattern. Counter-based, keyed by purpose."""
    key = int.from_bytes(hashlib.sha256(purpose.encode()).digest()[:16], "big")
    rng = np.random.Generator(np.random.Philox(key=key))
    return rng.multinomial(counts.sum(), counts / counts.sum(), size=draws).astype(float)


def _interval(name: str, value: float, sample: NDArray[np.float64], level: float) -> Coefficient:
    defined = sample[~np.isnan(sample)]
    if not len(defined):
        return Coefficient(name, value, np.nan, np.nan, len(sample))
    low, high = np.quantile(defined, [(1 - level) / 2, (1 + level) / 2])
    return Coefficient(name, value, float(low), float(high), len(sample) - len(defined))


def _warn(coefficients: Sequence[Coefficient], *, constant: bool) -> tuple[Text, ...]:
    by_name = {one.name: one.value for one in coefficients}
    if constant:
        return (_WARNINGS["constant"],)
    agreed, gap = PARADOX
    if by_name["observed"] >= agreed and by_name["ac1"] - by_name["kappa"] > gap:
        return (_WARNINGS["paradox"],)
    return ()
