"""Who cannot be told apart (并列组): bands of contestants of whom none is above another nearly always."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["find_tie_groups"]


def find_tie_groups(
    above: NDArray[np.float64], *, rank: NDArray[np.int64], alpha: float = 0.05
) -> tuple[tuple[int, ...], ...]:
    """Split contestants into bands that the draws keep apart.

    i and j are tied when neither is above the other in at least 1 − α of the draws; a band is a connected set of tied
    contestants, so that its ends need not be tied with each other.

    Args:
        above: P(i above j), shape (n, n).
        rank: nominal ranks, for the order; 0 = not ranked and in no band.
        alpha: 0 ≤ α < 0.5.
    Returns:
        Bands of row numbers, best first, inside by nominal rank, then row.

    >>> above = np.array([[0, 0.99, 1], [0.01, 0, 0.6], [0, 0.4, 0]])
    >>> find_tie_groups(above, rank=np.array([1, 2, 3]))
    ((0,), (1, 2))
    """
    assert 0 <= alpha < 0.5
    apart = above >= 1 - alpha
    tied = ~(apart | apart.T)
    left = [int(row) for row in np.lexsort((np.arange(len(rank)), rank)) if rank[row] > 0]
    bands: list[tuple[int, ...]] = []
    while left:
        band, edge = set[int](), {left[0]}
        while edge:
            band |= edge
            edge = {row for row in left if row not in band and tied[row, list(edge)].any()}
        bands.append(tuple(row for row in left if row in band))
        left = [row for row in left if row not in band]
    return tuple(bands)
