"""Ranks from scores (名次)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Ranking", "find_ranks"]

_TIE = 1e-9  # scores closer than this are equal: below any meaning, above the noise of floating point

_Array = NDArray[np.float64]
_Ranks = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """Ranks with their methodological uncertainty (名次): all arrays in the order of `codes`.

    `rank` is the nominal rank, ties at the lowest number, 0 = no score. `low`–`high` covers at least `coverage` of
    the draws. `probability[i, k − 1]` is the share of draws in which city i is k-th, `above[i, j]` that in which it is
    above city j.
    """

    codes: tuple[str, ...]
    rank: _Ranks
    low: _Ranks
    high: _Ranks
    probability: _Array
    coverage: float
    draws: int
    above: _Array


def find_ranks(scores: _Array) -> _Ranks:
    """Rank by score, highest first; ties share the lowest number (并列取最小名次); NaN gets 0.

    Args:
        scores: shape (n,) or (d, n), unrounded; scores within 1e-9 of the next one are tied with it.
    Returns:
        Integer ranks of the same shape.

    >>> find_ranks(np.array([70.0, 90.0, 70.0, np.nan])).tolist()
    [2, 1, 2, 0]
    """
    order = np.argsort(-scores, axis=-1)  # equals share a rank, in whatever order they come
    ordered = np.take_along_axis(scores, order, axis=-1)
    places = np.arange(scores.shape[-1])
    starts = np.ones(scores.shape, dtype=bool)
    starts[..., 1:] = ordered[..., :-1] - ordered[..., 1:] > _TIE
    firsts = np.maximum.accumulate(np.where(starts, places, 0), axis=-1) + 1
    ranks = np.empty(scores.shape, dtype=np.int64)
    np.put_along_axis(ranks, order, np.where(np.isnan(ordered), 0, firsts), axis=-1)
    return ranks
