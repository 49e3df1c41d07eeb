"""Statistic ↔ degrees of freedom ↔ p (统计量、自由度与 p 值), for printed values that are intervals."""

from __future__ import annotations

import math
from itertools import product

from scipy import special

from jinghe.recalc.printed import Interval

__all__ = ["p_interval", "p_value", "statistic_for", "statistic_interval"]

_MANY = 1e12  # stands for infinitely many degrees of freedom


def p_value(test: str, statistic: float, df: tuple[float, ...] = ()) -> float:
    """Return the two-sided p of t, r and z, the upper p of F and χ².

    t: 2·T_ν(−|t|); r: the same at t = r√(ν / (1 − r²)); z: 2·Φ(−|z|); F: 1 − F(F; ν₁, ν₂); χ²: 1 − F(χ²; ν).

    >>> round(p_value("F", 2.35, (2, 4810)), 4), round(p_value("t", 0.07, (2404,)), 3)
    (0.0955, 0.944)
    """
    x, df = abs(statistic), tuple(min(v, _MANY) for v in df)
    if math.isinf(x):
        return 0.0
    if test == "z":
        return float(2 * special.ndtr(-x))
    if test == "chi2":
        return float(special.chdtrc(df[0], x))
    if test == "F":
        return float(special.fdtrc(df[0], df[1], x))
    if test == "r":
        x = x * math.sqrt(df[0] / (1 - x * x)) if x < 1 else math.inf
    return 0.0 if math.isinf(x) else float(2 * special.stdtr(df[0], -x))


def statistic_for(test: str, p: float, df: tuple[float, ...] = ()) -> float:
    """Return the size of the statistic that has this p: the inverse of `p_value`; ∞ for p = 0 (1 for r).

    >>> round(statistic_for("F", 0.003, (2, 4810)), 2)
    5.82
    """
    df = tuple(min(v, _MANY) for v in df)
    if p <= 0:
        return 1.0 if test == "r" else math.inf
    if p >= 1:
        return 0.0
    if test == "z":
        return float(-special.ndtri(p / 2))
    if test == "chi2":
        return float(special.chdtri(df[0], p))
    if test == "F":
        x = float(special.betaincinv(df[1] / 2, df[0] / 2, p))  # keeps its digits in the tail, unlike 1 − p
        return df[1] * (1 - x) / (df[0] * x) if x > 0 else math.inf
    t = float(-special.stdtrit(df[0], p / 2))
    return t / math.sqrt(df[0] + t * t) if test == "r" else t


def p_interval(test: str, statistic: Interval, df: tuple[Interval, ...] = ()) -> Interval:
    """Return every p that a printed statistic and printed degrees of freedom allow.

    p falls in the size of the statistic; over df the corners are taken, and points between them for F.
    """
    size = statistic.magnitude()
    found = [p_value(test, x, at) for x in (size.low, size.high) for at in product(*map(_points, df))]
    return Interval(min(found), max(found))


def statistic_interval(test: str, p: Interval, df: tuple[Interval, ...] = ()) -> Interval:
    """Return every size of the statistic whose p lies in the interval."""
    found = [statistic_for(test, x, at) for x in (p.low, p.high) for at in product(*map(_points, df))]
    return Interval(min(found), max(found))


def _points(df: Interval) -> tuple[float, ...]:
    if df.low == df.high:
        return (df.low,)
    top = min(df.high, _MANY)
    inner = tuple(x for x in (2.0, 3.0, 5.0, 10.0, 30.0, 100.0, 1000.0) if df.low < x < top)
    return (df.low, *inner, top)
