"""Size, mean and SD of answers (离散程度), alone and by group, weighted or not."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jinghe.survey.responses import Grouping

__all__ = ["Spread", "find_sd", "find_spread", "find_spreads"]

_Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spread:
    """How many answers, their mean and SD; NaN where there are too few."""

    n: int
    mean: float
    sd: float


def find_sd(values: _Floats) -> float:
    """Return the SD over n − 1, exactly 0 where all values are one; the mean of 0.1s is not quite 0.1.

    >>> find_sd(np.full(3, 0.1)), float(np.full(3, 0.1).std(ddof=1)) > 0
    (0.0, True)
    """
    return float(values.std(ddof=1)) if np.ptp(values) > 0 else 0.0


def find_spread(values: _Floats, *, weights: _Floats | None = None) -> Spread:
    """Return n, mean and SD of numbers without gaps.

    SD² = Σw(x − m)² / Σw · n / (n − 1); with equal weights Σ(x − m)² / (n − 1).

    >>> find_spread(np.array([1.0, 2, 3]))
    Spread(n=3, mean=2.0, sd=1.0)
    """
    n = len(values)
    if not n:
        return Spread(0, math.nan, math.nan)
    if weights is None:
        return Spread(n, float(values.mean()), find_sd(values) if n > 1 else math.nan)
    mean = float(weights @ values / weights.sum())
    square = float(weights @ (values - mean) ** 2 / weights.sum())
    return Spread(n, mean, math.sqrt(square * n / (n - 1)) if n > 1 else math.nan)


def find_spreads(score: _Floats, grouping: Grouping, *, weights: _Floats | None = None) -> tuple[Spread, ...]:
    """Return the spread of every group at once; missing scores are left out."""
    known, count = ~np.isnan(score), len(grouping.names)
    labels, values = grouping.labels[known], score[known]
    each = np.ones(len(values)) if weights is None else weights[known]
    n, whole = np.bincount(labels, minlength=count), np.bincount(labels, each, minlength=count)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.bincount(labels, each * values, minlength=count) / whole
        square = np.bincount(labels, each * (values - mean[labels]) ** 2, minlength=count) / whole
        sd = np.sqrt(square * n / (n - 1))
    rows = zip(n.tolist(), mean.tolist(), sd.tolist(), strict=True)
    return tuple(Spread(a, b, c if a > 1 else math.nan) for a, b, c in rows)
