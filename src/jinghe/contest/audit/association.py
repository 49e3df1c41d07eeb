"""How two orders or two columns of figures agree (相关与一致): over what both have, NaN where it is undefined."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["correlate_pair", "find_kendall", "find_least_correlation", "find_spearman", "find_swaps"]

_TIE = 1e-9  # as for ranks: closer scores are equal
_LEAST = 3

_Array = NDArray[np.float64]


def correlate_pair(one: _Array, two: _Array) -> float:
    """Correlate two columns over the rows that both have (相关系数); NaN below three rows or without variation.

    >>> round(correlate_pair(np.array([1.0, 2.0, 3.0, np.nan]), np.array([2.0, 4.0, 6.0, 1.0])), 12)
    1.0
    """
    known = ~np.isnan(one) & ~np.isnan(two)
    if known.sum() < _LEAST:
        return float("nan")
    columns = [column[known] - column[known].mean() for column in (one, two)]
    sizes = [float(np.sqrt(column @ column)) for column in columns]
    levels = [float(np.abs(column[known]).max()) * np.sqrt(known.sum()) for column in (one, two)]
    if any(size <= 1e-12 * level for size, level in zip(sizes, levels, strict=True)):
        return float("nan")
    return float(np.clip(columns[0] @ columns[1] / (sizes[0] * sizes[1]), -1.0, 1.0))


def find_kendall(one: _Array, two: _Array) -> float:
    """Compare two orders pair by pair (Kendall τ_b): (agreeing − opposed) / √(untied in one · untied in the other).

    >>> find_kendall(np.array([1.0, 2.0, 3.0]), np.array([1.0, 3.0, 2.0])).__round__(4)
    0.3333
    """
    known = ~np.isnan(one) & ~np.isnan(two)
    a, b = _signs(one[known]), _signs(two[known])
    scale = np.sqrt(float((a * a).sum()) * float((b * b).sum()))
    return float((a * b).sum() / scale) if scale > 0 else float("nan")


def find_spearman(one: _Array, two: _Array) -> float:
    """Correlate two orders by their mid-ranks (Spearman ρ)."""
    known = ~np.isnan(one) & ~np.isnan(two)
    if known.sum() < _LEAST:
        return float("nan")
    return correlate_pair(_signs(one[known]).sum(axis=1), _signs(two[known]).sum(axis=1))


def find_swaps(before: _Array, after: _Array) -> list[tuple[int, int]]:
    """List the pairs (i, j) with i above j before and below it after; ties on either side are no swap.

    >>> find_swaps(np.array([3.0, 2.0, 1.0]), np.array([3.0, 1.0, 2.0]))
    [(1, 2)]
    """
    opposed = (_signs(before) > 0) & (_signs(after) < 0)
    return [(int(i), int(j)) for i, j in zip(*np.nonzero(opposed), strict=True)]


def find_least_correlation(n: int) -> float:
    """Find the smallest |r| that n rows tell from none at 5 %, two-sided: t / √(t² + n − 2); NaN below three rows.

    >>> round(find_least_correlation(11), 3)
    0.602
    """
    from scipy.special import stdtrit  # heavy: only where figures are audited

    if n < _LEAST:
        return float("nan")
    t = float(stdtrit(n - 2, 0.975))
    return t / float(np.sqrt(t * t + n - 2))


def _signs(values: _Array) -> _Array:
    """+1 where the row's value is above the column's, −1 below, 0 equal; NaN compares as equal."""
    gaps = values[:, None] - values[None, :]
    return (gaps > _TIE).astype(float) - (gaps < -_TIE)
