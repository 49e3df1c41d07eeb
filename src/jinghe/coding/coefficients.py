"""Chance-corrected agreement (一致性系数) from patterns of ratings, for many weightings of the patterns at once.

A pattern is one distinct row of ratings. Everything but ordinal α is a function of sums over units, so that a bootstrap
over units is a matrix product of pattern counts with a few columns, whatever the number of units.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["METRICS", "NAMES", "Patterns", "find_coefficients", "find_patterns"]

_Array = NDArray[np.float64]
METRICS = ("nominal", "ordinal", "interval")
NAMES = ("observed", "alpha", "ac1", "kappa", "fleiss", "brennan_prediger")


@dataclass(frozen=True, slots=True, eq=False)
class Patterns:
    """Distinct rows of ratings (评定模式), shape (p, raters), −1 where missing; their numbers; the categories."""

    rows: NDArray[np.int64]
    counts: NDArray[np.int64]
    values: _Array


def find_patterns(ratings: NDArray[np.int64], values: _Array) -> Patterns:
    """Reduce ratings of shape (units, raters), category numbers or −1, to their distinct rows."""
    base = len(values) + 1
    if base ** ratings.shape[1] < 2**62:  # one number a row sorts many times faster than rows
        keys = (ratings + 1) @ base ** np.arange(ratings.shape[1], dtype=np.int64)
        _, first, counts = np.unique(keys, return_index=True, return_counts=True)
        return Patterns(ratings[first], counts, values)
    rows, counts = np.unique(ratings, axis=0, return_counts=True)
    return Patterns(rows, counts, values)


def find_coefficients(patterns: Patterns, weights: _Array, *, metric: str = "nominal") -> Mapping[str, _Array]:
    """Return every coefficient under each weighting.

    With r_k the raters of a unit that chose category k, r = Σ r_k and q declared categories:
    observed p_a = mean over units with r ≥ 2 of Σ r_k(r_k − 1)/(r(r − 1)); all but α are (p_a − p_e)/(1 − p_e) with
    AC1: p_e = Σ π_k(1 − π_k)/(q − 1), π_k = mean over units of r_k/r (Gwet 2008);
    Fleiss: p_e = Σ π_k² (for two raters Scott's π); Brennan–Prediger: p_e = 1/q;
    κ: p_e = Σ p̄_k² − Σ s_k²/R over the raters' own shares (Conger 1980; for two raters Cohen's κ);
    α = 1 − (n − 1) Σ o_ck δ_ck / Σ n_c n_k δ_ck over units with r ≥ 2, o the coincidences with weight 1/(r − 1),
    δ nominal 1, interval (v_c − v_k)², ordinal (Σ_{g=c..k} n_g − (n_c + n_k)/2)² (Krippendorff 2011).

    Args:
        patterns: distinct rows.
        weights: how often each occurs, shape (draws, p).
        metric: of α; the others are nominal.
    Returns:
        Arrays of shape (draws,); NaN where undefined (no variation).
    """
    q, raters = len(patterns.values), patterns.rows.shape[1]
    chosen = (patterns.rows[:, :, None] == np.arange(q)).astype(float)  # (p, raters, q)
    counts = chosen.sum(axis=1)
    total = counts.sum(axis=1)
    paired, rated = total >= 2, total >= 1
    agreed = np.where(paired, (counts * (counts - 1)).sum(1) / np.maximum(total * (total - 1), 1), 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        observed = (weights @ agreed) / (weights @ paired)
        shares = (weights @ (counts / np.maximum(total, 1)[:, None])) / (weights @ rated)[:, None]
        own = (weights @ chosen.reshape(len(chosen), -1)).reshape(-1, raters, q)
        own = own / own.sum(axis=2, keepdims=True)
        conger = (own.mean(axis=1) ** 2).sum(1) - own.var(axis=1, ddof=1).sum(1) / raters
        chance = {
            "ac1": (shares * (1 - shares)).sum(1) / (q - 1),
            "kappa": conger,
            "fleiss": (shares**2).sum(1),
            "brennan_prediger": np.full(len(weights), 1 / q),
        }
        found = {name: _correct(observed, expected) for name, expected in chance.items()}
        alpha = _alpha(counts * paired[:, None], total, weights, patterns.values, metric)
    return {"observed": observed, "alpha": alpha, **found}


def _correct(observed: _Array, expected: _Array) -> _Array:
    room = 1 - expected
    return np.where(room > 1e-12, (observed - expected) / np.where(room > 1e-12, room, 1), np.nan)


def _alpha(counts: _Array, total: _Array, weights: _Array, values: _Array, metric: str) -> _Array:
    pairs = counts[:, :, None] * counts[:, None, :]
    pairs[:, range(len(values)), range(len(values))] -= counts
    pairs /= np.maximum(total - 1, 1)[:, None, None]
    margins = weights @ counts
    n = margins.sum(axis=1)
    if metric == "ordinal":
        together = (weights @ pairs.reshape(len(pairs), -1)).reshape(-1, len(values), len(values))
        distance = _ordinal(margins)
        apart, expected = (together * distance).sum((1, 2)), np.einsum("bi,bij,bj->b", margins, distance, margins)
    else:
        gaps = values[:, None] - values[None, :]
        fixed = gaps**2 if metric == "interval" else (gaps != 0).astype(float)
        apart, expected = weights @ (pairs * fixed).sum((1, 2)), np.einsum("bi,ij,bj->b", margins, fixed, margins)
    return np.where(expected > 0, 1 - (n - 1) * apart / np.where(expected > 0, expected, 1), np.nan)


def _ordinal(margins: _Array) -> _Array:
    """Return δ of shape (draws, q, q): the ranks that lie between two categories, squared."""
    middle = np.cumsum(margins, axis=1) - margins / 2
    return np.asarray((middle[:, :, None] - middle[:, None, :]) ** 2)
