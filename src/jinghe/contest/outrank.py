"""Aggregates that compare cities with each other or with an ideal (多准则排序).

Each takes figures of shape (n, k), more being better and NaN missing, and k weights. What a city lacks is left out of
its own comparisons, and the weights of the others are rescaled, so that the order of rows and columns never matters.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["copeland", "grey", "outrank", "promethee", "topsis"]

_NOISE = 1e-12  # relative; figures closer than this differ by floating point only
_BLOCK = 2**18  # comparisons at once

_Array = NDArray[np.float64]


def topsis(values: _Array, weights: _Array) -> _Array:
    """Measure the closeness to the ideal (逼近理想解): C = D⁻ / (D⁺ + D⁻).

    D± are the Euclidean distances of the weighted row w_k x_ik to the best and the worst figure of each column.

    Args:
        values: shape (n, k).
        weights: shape (k,).
    Returns:
        Shape (n,), in [0, 1]; NaN for a row without figures, and for all rows when no column varies.
    Source: Hwang & Yoon (1981), Multiple Attribute Decision Making, ch. 3, Euclidean distances.

    >>> topsis(np.array([[1.0, 1.0], [3.0, 3.0], [2.0, 2.0]]), np.array([0.5, 0.5])).tolist()
    [0.0, 1.0, 0.5]
    """
    own = _own_weights(values, weights)
    best, worst = _extremes(values)
    far_from_best = np.sqrt(np.nansum((own * (values - best)) ** 2, axis=1))
    far_from_worst = np.sqrt(np.nansum((own * (values - worst)) ** 2, axis=1))
    return _divide(far_from_worst, far_from_best + far_from_worst)


def grey(values: _Array, weights: _Array, *, distinguishing: float = 0.5) -> _Array:
    """Grade the likeness to the best figures (灰色关联度): γ_i = Σ w_k (δ + ρ Δ) / (d_ik + ρ Δ) / Σ w_k.

    d_ik = |max_i x_ik − x_ik|, δ and Δ its smallest and largest value over the whole matrix.

    Args:
        values: shape (n, k), on one scale.
        weights: shape (k,).
        distinguishing: ρ, in (0, 1].
    Returns:
        Shape (n,), in (0, 1]; NaN for a row without figures, and for all rows when no column varies.
    Source: Deng (1982), Control problems of grey systems, Systems & Control Letters 1(5); ρ = 0.5 by custom.
    """
    gaps = _extremes(values)[0] - values
    most = float(np.nanmax(gaps)) if not np.isnan(gaps).all() else 0.0
    if most <= 0:
        return np.full(len(values), np.nan)
    likeness = (float(np.nanmin(gaps)) + distinguishing * most) / (gaps + distinguishing * most)
    known = ~np.isnan(values)
    return _divide(np.nansum(weights * likeness, axis=1), (weights * known).sum(axis=1))


def outrank(values: _Array, weights: _Array) -> _Array:
    """Compare all pairs (成对比较): a_ij = (weight for i − weight for j) / weight of the columns that both have.

    A column where the two are equal within 1e-12 counts for neither. a_ij = −a_ji exactly, whatever is missing; 0
    where the two have no column in common.

    Returns:
        Shape (n, n), in [−1, 1].
    """
    n, k = values.shape
    for_row = np.empty((n, n))
    bar = values + _NOISE * np.nanmax(np.abs(values), axis=0, initial=0.0)
    size = max(1, _BLOCK // (n * k))
    for start in range(0, n, size):  # in blocks of rows that stay in the cache
        wins = values[start : start + size, None, :] > bar  # NaN beats no one, and no one beats NaN
        for_row[start : start + size] = wins.astype(float) @ weights
    known = (~np.isnan(values)).astype(float)
    return _divide(for_row - for_row.T, (known * weights) @ known.T, empty=0.0)


def copeland(values: _Array, weights: _Array) -> _Array:
    """Count the pairwise wins less the losses (Copeland 得分): c_i = Σ_j sign(a_ij), a from `outrank`.

    Args:
        values: shape (n, k).
        weights: shape (k,).
    Returns:
        Shape (n,), whole numbers from −(n − 1) to n − 1 that sum to 0; NaN for a row without figures.
    Source: Copeland (1951); Munda & Nardo (2009), Applied Economics 41(12). Missing values: ours, symmetric.

    >>> copeland(np.array([[3.0, 1.0], [2.0, 2.0], [1.0, np.nan]]), np.array([0.6, 0.4])).tolist()
    [2.0, 0.0, -2.0]
    """
    duel = outrank(values, weights)
    wins = np.sign(np.where(np.abs(duel) > _NOISE, duel, 0.0)).sum(axis=1)
    return np.where(np.isnan(values).all(axis=1), np.nan, wins)


def promethee(values: _Array, weights: _Array, *, preference: tuple[float, float] | None = None) -> _Array:
    """Net outranking flow (PROMETHEE II 净流量): φ_i = Σ_j (π_ij − π_ji) / (n − 1).

    π_ij = Σ_k w_k H(x_ik − x_jk) / Σ_k w_k over the columns that both have. H(d) is 1 for d > 0 and else 0 (usual);
    with `preference` = (q, p) it rises from 0 at q to 1 at p.

    Args:
        values: shape (n, k).
        weights: shape (k,).
        preference: thresholds of indifference and of strict preference, 0 ≤ q < p, in the unit of the figures.
    Returns:
        Shape (n,), in [−1, 1], summing to 0; NaN for a row without figures; n counts rows that have some.
    Source: Brans & Vincke (1985), Management Science 31(6), criteria of type I and V.
    """
    some = ~np.isnan(values).all(axis=1)
    duel = outrank(values, weights) if preference is None else _prefer(values, weights, preference)
    flow = duel.sum(axis=1) / max(int(some.sum()) - 1, 1)
    return np.where(some, flow, np.nan)


def _prefer(values: _Array, weights: _Array, preference: tuple[float, float]) -> _Array:
    low, high = preference
    flow = np.zeros((len(values), len(values)))
    for column, weight in zip(values.T, weights, strict=True):
        gaps = column[:, None] - column[None, :]
        flow += weight * np.nan_to_num(np.clip((gaps - low) / (high - low), 0.0, 1.0))
    known = (~np.isnan(values)).astype(float)
    return _divide(flow - flow.T, (known * weights) @ known.T, empty=0.0)


def _own_weights(values: _Array, weights: _Array) -> _Array:
    """Rescale the weights row by row to the columns that are present, keeping their sum."""
    known = ~np.isnan(values)
    if known.all():
        return np.broadcast_to(weights, values.shape)
    mass = (weights * known).sum(axis=1, keepdims=True)
    return np.asarray(weights * np.divide(weights.sum(), mass, out=np.full(mass.shape, np.nan), where=mass > 0))


def _extremes(values: _Array) -> tuple[_Array, _Array]:
    known = ~np.isnan(values)
    top = np.max(values, axis=0, where=known, initial=-np.inf)
    bottom = np.min(values, axis=0, where=known, initial=np.inf)
    some = known.any(axis=0)
    return np.where(some, top, np.nan), np.where(some, bottom, np.nan)


def _divide(above: _Array, below: _Array, *, empty: float = np.nan) -> _Array:
    return np.asarray(np.divide(above, below, out=np.full(np.shape(above), empty), where=below > 0))
