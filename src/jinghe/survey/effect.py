"""Effect sizes with intervals, equivalence, and many comparisons at once (效应量、等效性检验与多重比较)."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jinghe.errors import DataError, problem
from jinghe.labels import Text
from jinghe.survey.spread import find_sd

__all__ = [
    "ADJUSTMENTS",
    "Effect",
    "Equivalence",
    "adjust",
    "find_dz",
    "find_g",
    "find_partial_eta",
    "find_rank_biserial",
    "judge_equivalence",
]

ADJUSTMENTS: Mapping[str, Text] = {
    "holm": Text("Holm 法", "Holm"),
    "bh": Text("Benjamini–Hochberg 法（控制错误发现率）", "Benjamini–Hochberg (false discovery rate)"),
    "none": Text("未校正", "none"),
}
_Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Effect:
    """An effect size with its 95 % interval (效应量)."""

    name: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Equivalence:
    """Two one-sided tests against ± `bound` SDs (等效性检验): p is the larger of the two."""

    bound: float
    p: float


def adjust(p: Sequence[float], *, method: str = "holm") -> tuple[float, ...]:
    """Adjust p for the number of comparisons: `holm` (1979), `bh` (Benjamini & Hochberg 1995) or `none`.

    An undefined p stays so and does not count. Raises DataError.

    >>> adjust([0.04, 0.01, 0.03]), [round(x, 2) for x in adjust([0.04, 0.01, 0.03], method="bh")]
    ((0.06, 0.03, 0.06), [0.04, 0.03, 0.04])
    """
    if method not in ADJUSTMENTS:
        raise DataError([problem("choice-unknown", "adjust", found=method, expected=", ".join(ADJUSTMENTS))])
    known = [at for at, value in enumerate(p) if not math.isnan(value)]
    if method == "none" or len(known) < 2:
        return tuple(p)
    fitted, found = _FITS[method](np.array([p[at] for at in known])), list(p)
    for at, value in zip(known, fitted, strict=True):
        found[at] = float(value)
    return tuple(found)


def _holm(p: _Floats) -> _Floats:
    """Multiply the i-th smallest by m − i + 1, never below the one before, at most 1."""
    order = np.argsort(p, kind="stable")
    raised = np.minimum(1.0, np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1)))
    return np.asarray(raised[np.argsort(order, kind="stable")])


def _benjamini_hochberg(p: _Floats) -> _Floats:
    from scipy.stats import false_discovery_control

    return np.asarray(false_discovery_control(p, method="bh"))


_FITS: Mapping[str, Callable[[_Floats], _Floats]] = {"holm": _holm, "bh": _benjamini_hochberg}


def find_g(difference: float, *, sd: float, n: tuple[int, int]) -> Effect:
    """Return Hedges' g = J(ν) · difference / SD, ν = n₁ + n₂ − 2, with the interval of the non-central t.

    J(ν) = Γ(ν/2) / (√(ν/2) Γ((ν − 1)/2)). The SD is the pooled one, whatever the test.

    >>> found = find_g(0.06, sd=0.75994, n=(284, 2122))
    >>> round(found.value, 4), round(found.low, 3), round(found.high, 3)
    (0.0789, -0.045, 0.203)
    """
    df, root = sum(n) - 2, math.sqrt(1 / n[0] + 1 / n[1])
    shrink = _small_sample(df)
    d = _ratio(difference, sd)
    low, high = _noncentral(d / root, df)
    return Effect("g", shrink * d, shrink * low * root, shrink * high * root)


def find_dz(differences: _Floats) -> Effect:
    """Return d_z = mean / SD of the differences within people, with the interval of the non-central t."""
    n = len(differences)
    d = _ratio(float(differences.mean()), find_sd(differences))
    low, high = _noncentral(d * math.sqrt(n), n - 1)
    return Effect("dz", d, low / math.sqrt(n), high / math.sqrt(n))


def _small_sample(df: float) -> float:
    return math.exp(math.lgamma(df / 2) - math.lgamma((df - 1) / 2)) / math.sqrt(df / 2) if df > 1 else math.nan


def _ratio(value: float, sd: float) -> float:
    return value / sd if sd > 0 else math.nan


def _noncentral(t: float, df: float) -> tuple[float, float]:
    """The non-centralities at which t is the 97.5 and the 2.5 per cent point."""
    from scipy.special import nctdtr

    if not math.isfinite(t):
        return math.nan, math.nan
    width = 6 * math.sqrt(1 + t * t / (2 * df))

    def end(p: float) -> float:
        return _root(lambda at: float(nctdtr(df, at, t)) - p, t - width, t + width)

    return end(0.975), end(0.025)


def _root(excess: Callable[[float], float], low: float, high: float) -> float:
    """Return where it changes sign; NaN where it does not, or where scipy gives up (non-centralities of thousands)."""
    from scipy.optimize import brentq

    if not excess(low) > 0 > excess(high):
        return math.nan
    try:
        return float(brentq(excess, low, high, xtol=1e-12))
    except ValueError:
        return math.nan


def find_partial_eta(f: float, df: tuple[float, float]) -> Effect:
    """Return partial η² = ν₁F / (ν₁F + ν₂), with the interval δ / (δ + ν₁ + ν₂ + 1) of the non-central F.

    An interval whose lower end would lie below 0 starts at 0.
    """
    from scipy.special import ncfdtr

    if not math.isfinite(f):
        return Effect("η²p", math.nan, math.nan, math.nan)

    def end(p: float) -> float:
        def excess(at: float) -> float:
            return float(ncfdtr(*df, at, f)) - p

        top = 10.0 + 4 * df[0] * f
        while excess(top) > 0:
            top *= 2
        at = _root(excess, 0.0, top) if excess(0.0) > 0 else 0.0
        return at / (at + sum(df) + 1)

    low, high = end(0.975), end(0.025)
    return Effect("η²p", df[0] * f / (df[0] * f + df[1]), low, high)


def find_rank_biserial(first: _Floats, second: _Floats) -> Effect:
    """Return r = 2 P̂ − 1, P̂ = P(X > Y) + ½ P(X = Y), with the Brunner–Munzel variance and t interval, cut at ±1.

    Source: Kerby 2014 (simple difference formula); Brunner & Munzel 2000 for the variance.

    >>> find_rank_biserial(np.array([3.0, 4, 5]), np.array([1.0, 2, 3.5])).value.round(4)
    np.float64(0.7778)
    """
    from scipy.special import stdtrit
    from scipy.stats import rankdata

    n, m = len(first), len(second)
    ranks = rankdata(np.concatenate([first, second]))
    above, below = ranks[:n] - rankdata(first), ranks[n:] - rankdata(second)
    share = above.mean() / m
    s = (above.var(ddof=1) / n / m**2, below.var(ddof=1) / m / n**2)
    error, df = math.sqrt(sum(s)), sum(s) ** 2 / (s[0] ** 2 / (n - 1) + s[1] ** 2 / (m - 1)) if sum(s) else math.inf
    half = float(stdtrit(df, 0.975)) * error if error else 0.0
    low, high = (max(-1.0, min(1.0, 2 * (share + sign * half) - 1)) for sign in (-1, 1))
    return Effect("r", 2 * share - 1, low, high)


def judge_equivalence(difference: float, *, error: float, df: float, sd: float, bound: float) -> Equivalence:
    """Test whether two means lie within `bound` SDs of each other (TOST).

    p = max of P(T > (difference + Δ) / SE) and P(T < (difference − Δ) / SE), Δ = bound · SD, at the df of the test.

    Source: Schuirmann 1987.
    """
    from scipy.special import stdtr

    if not error > 0:
        return Equivalence(bound, math.nan)
    gap = bound * sd
    return Equivalence(bound, float(max(stdtr(df, -(difference + gap) / error), stdtr(df, (difference - gap) / error))))
