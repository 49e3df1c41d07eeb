"""Benefit of the doubt (疑惑有利法): every city is weighed in its own favour, and still may not beat the best."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jinghe.errors import RuleError, problem

__all__ = ["Doubt", "weigh_in_favour"]

_Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Doubt:
    """Scores in [0, 1] of shape (n,), and the weights of shape (n, k) that give each city its best score (有利权重)."""

    scores: _Array
    weights: _Array


def weigh_in_favour(values: _Array) -> Doubt:
    """Score every row by its own best weights: max_w Σ_k w_k x_ik subject to Σ_k w_k x_jk ≤ 1 for all j, w ≥ 0.

    A figure that the row itself lacks has no weight; one that another row lacks counts 0 there, so that this row
    does not set the standard in it. The score is unique, the weights need not be.

    Args:
        values: shape (n, k), ≥ 0, NaN where missing.
    Returns:
        Scores and weights; NaN for a row without figures. At least one row scores 1.
    Raises:
        RuleError: a figure is negative (`mean-positive`).
    Source: Melyn & Moesen (1991); Cherchye et al. (2007), Social Indicators Research 82; solved by HiGHS.
    """
    from scipy.optimize import linprog  # heavy: only where this aggregate is asked for

    if np.nanmin(values, initial=0.0) < 0:
        found = f"{np.nanmin(values):g}"
        raise RuleError([problem("mean-positive", method="benefit_of_doubt", found=found)])
    known = ~np.isnan(values)
    size = np.max(values, axis=0, where=known, initial=0.0)
    figures = np.where(known, values, 0.0) / np.where(size > 0, size, 1.0)  # the program is the same in any unit
    scores, weights = np.full(len(values), np.nan), np.full(values.shape, np.nan)
    for row in np.flatnonzero(known.any(axis=1)):
        bounds = [(0.0, None if usable else 0.0) for usable in known[row] & (size > 0)]
        solved = linprog(-figures[row], A_ub=figures, b_ub=np.ones(len(values)), bounds=bounds, method="highs")
        scores[row], weights[row] = -solved.fun, solved.x / np.where(size > 0, size, 1.0)
    return Doubt(scores, weights)
