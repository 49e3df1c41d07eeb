"""Does a node measure one thing (内部结构)? Principal components and Cronbach's alpha of its children."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.normalise import has_spread
from jinghe.contest.scheme import correlate

__all__ = ["Components", "find_alpha", "find_components"]

_Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Components:
    """Principal components of correlations (主成分): `spreads` (c,), the largest first, and `loadings` (k, c).

    A column that does not vary has loadings of 0. `shares` of the variance; `strong` counts eigenvalues above 1.
    """

    spreads: _Array
    loadings: _Array

    @property
    def shares(self) -> _Array:
        """Share of the variance of each component."""
        squares = self.spreads**2
        return np.asarray(squares / squares.sum())

    @property
    def strong(self) -> int:
        """How many eigenvalues are above 1: in a node that measures one thing there is one."""
        return int((self.spreads**2 > 1 + 1e-9).sum())


def find_components(values: _Array) -> Components | None:
    """Find the principal components of the correlations of columns, over the rows that each pair has.

    spread_c = √λ_c of R; each vector has length 1 and a sum that is not negative.

    Args:
        values: shape (n, k).
    Returns:
        The components of the columns that vary; None when fewer than two do.
    Source: OECD/JRC Handbook (2008), ch. 4; a negative eigenvalue of pairwise correlations counts as 0.

    >>> found = find_components(np.array([[1.0, 1.0], [2.0, 3.0], [3.0, 2.0]]))
    >>> [round(float(x), 4) for x in found.shares]
    [0.75, 0.25]
    """
    live = np.array([has_spread(column) for column in values.T])
    if live.sum() < 2:
        return None
    roots, vectors = np.linalg.eigh(correlate(values[:, live]))
    found = np.zeros((values.shape[1], int(live.sum())))
    found[live] = (vectors * np.where(vectors.sum(axis=0) >= 0, 1.0, -1.0))[:, ::-1]
    return Components(np.sqrt(np.maximum(roots[::-1], 0.0)), found)


def find_alpha(values: _Array) -> float:
    """Find Cronbach's alpha (克朗巴哈系数): α = k/(k − 1) · (1 − Σ_k s_kk / Σ_jk s_jk), s the covariances.

    Covariances are over the rows that each pair has, as in COINr.

    Args:
        values: shape (n, k); alpha hangs on the units of the columns unless they are normalised.
    Returns:
        At most 1; negative when columns oppose each other; NaN for fewer than two columns, a pair with fewer than two
        rows, or a sum that does not vary.
    Source: Cronbach (1951), Psychometrika 16(3).

    >>> find_alpha(np.array([[1.0, 1.0], [2.0, 2.0], [4.0, 4.0]]))
    1.0
    """
    k = values.shape[1]
    known = (~np.isnan(values)).astype(float)
    count = known.T @ known
    if k < 2 or count.min() < 2:
        return float("nan")
    figures = np.nan_to_num(values - np.nanmean(values, axis=0))
    means = (figures.T @ known) / count
    spread = (figures.T @ figures - count * means * means.T) / (count - 1)
    whole, own = float(spread.sum()), float(np.trace(spread))
    if whole <= 1e-12 * own:
        return float("nan")
    return float(k / (k - 1) * (1 - own / whole))
