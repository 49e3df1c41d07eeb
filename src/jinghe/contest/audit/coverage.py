"""What the figures cover (数据覆盖): gaps, zeros, and cities that cannot be told apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["FEW", "ZEROS", "Coverage", "find_coverage"]

FEW, ZEROS = 0.65, 0.5

_Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Coverage:
    """What a figure matrix covers (覆盖情况): shares of known cells by city (n,) and by indicator (m,).

    `zeros` is the share of known figures that are 0. `twins` are pairs of cities with the same figures throughout;
    `silent` the cities without any figure; `flat` the indicators whose figures are all equal.
    """

    whole: float
    by_city: _Array
    by_indicator: _Array
    zeros: _Array
    twins: tuple[tuple[int, int], ...]
    silent: tuple[int, ...]
    flat: tuple[int, ...]


def find_coverage(figures: _Array) -> Coverage:
    """Describe a figure matrix before anything is done to it.

    Args:
        figures: shape (n, m), NaN where missing.
    Returns:
        The coverage; shares over nothing are NaN.
    Source: 65 % per city and per indicator, and at most half zeros, are rules of thumb of the JRC and of COINr.

    >>> find_coverage(np.array([[1.0, 0.0], [2.0, np.nan]])).by_city.tolist()
    [1.0, 0.5]
    """
    known = ~np.isnan(figures)
    n, m = figures.shape
    counts = known.sum(axis=0)
    zeros = np.divide((figures == 0).sum(axis=0), counts, out=np.full(m, np.nan), where=counts > 0)
    return Coverage(
        whole=float(known.mean()) if known.size else float("nan"),
        by_city=known.mean(axis=1) if m else np.full(n, np.nan),
        by_indicator=known.mean(axis=0) if n else np.full(m, np.nan),
        zeros=zeros,
        twins=_find_twins(figures),
        silent=tuple(np.flatnonzero(~known.any(axis=1)).tolist()),
        flat=tuple(k for k, column in enumerate(figures.T) if np.unique(column[~np.isnan(column)]).size == 1),
    )


def _find_twins(figures: _Array) -> tuple[tuple[int, int], ...]:
    """Pairs of rows that are equal cell by cell, gaps included; rows without figures are nobody's twins."""
    rows: dict[bytes, list[int]] = {}
    for row in np.flatnonzero(~np.isnan(figures).all(axis=1)).tolist():
        rows.setdefault((np.nan_to_num(figures[row], nan=np.inf) + 0.0).tobytes(), []).append(row)
    return tuple((one, two) for same in rows.values() for k, one in enumerate(same) for two in same[k + 1 :])
