"""How dense, how centred, who stands between (网络测度)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

__all__ = [
    "betweenness",
    "degree_centralisation",
    "degrees",
    "density",
    "find_core",
    "spread_of_betweenness",
    "transitivity",
]

_Array = NDArray[np.float64]


def density(adjacency: sparse.csr_array) -> float:
    """Share of the possible ties that exist: 2m / (n(n − 1)); not a number below two actors."""
    n = adjacency.shape[0]
    return float(adjacency.sum() / (n * (n - 1))) if n > 1 else float("nan")


def degrees(adjacency: sparse.csr_array) -> _Array:
    """Number of partners of each actor, (n,)."""
    return np.asarray(adjacency.sum(axis=1), dtype=np.float64).ravel()


def degree_centralisation(degree: _Array) -> float:
    """Freeman's C_D = Σ(max d − d_i) / ((n − 1)(n − 2)), 0 on a ring, 1 on a star; not a number below three actors.

    >>> round(degree_centralisation(np.array([3.0, 1, 1, 1])), 6)
    1.0
    """
    n = len(degree)
    return float((degree.max() - degree).sum() / ((n - 1) * (n - 2))) if n > 2 else float("nan")


def betweenness(adjacency: sparse.csr_array) -> _Array:
    """Share of the shortest paths between all other pairs that run through each actor, (n,), from 0 to 1.

    Brandes' accumulation for all sources at once, level by level. Memory: five dense (n, n) arrays.
    Source: Brandes, A faster algorithm for betweenness centrality, J. Mathematical Sociology 25 (2001) 163–177.
    """
    n = adjacency.shape[0]
    if n < 3:
        return np.full(n, np.nan)
    paths, distance, level = np.eye(n), np.where(np.eye(n, dtype=bool), 0, -1).astype(np.int32), 0
    fresh = np.eye(n)
    while fresh.any():
        fresh = np.where(distance < 0, adjacency @ fresh, 0.0)
        level += 1
        distance[fresh > 0] = level
        paths += fresh
    passing = np.zeros((n, n))
    for depth in range(level - 1, 0, -1):
        share = np.divide(1.0 + passing, paths, out=np.zeros((n, n)), where=distance == depth)
        passing += np.where(distance == depth - 1, paths * (adjacency @ share), 0.0)
    np.fill_diagonal(passing, 0.0)
    return np.asarray(passing.sum(axis=1) / ((n - 1) * (n - 2)))


def spread_of_betweenness(between: _Array) -> float:
    """Freeman's C_B = Σ(max b − b_i) / (n − 1): 1 when one actor stands between all others."""
    return float((between.max() - between).sum() / (len(between) - 1)) if len(between) > 2 else float("nan")


def transitivity(adjacency: sparse.csr_array) -> float:
    """Share of the paths of two ties that are closed by a third; not a number where there is no such path."""
    degree = degrees(adjacency)
    open_or_closed = float((degree * (degree - 1)).sum())
    closed = float((adjacency @ adjacency).multiply(adjacency).sum())
    return closed / open_or_closed if open_or_closed else float("nan")


def find_core(adjacency: sparse.csr_array) -> tuple[tuple[int, ...], float] | None:
    """Find the core of the discrete core–periphery model: the rows in the core, and the fit.

    The fit is the correlation of the ties with the pattern "1 if either end is in the core". Search: the best prefix of
    the actors by degree, then single flips as long as one helps; a local optimum.

    Returns:
        None where every tie or no tie exists: then there is nothing to correlate.
    Source: Borgatti & Everett, Models of core/periphery structures, Social Networks 21 (2000) 375–395.
    """
    degree, n = degrees(adjacency), adjacency.shape[0]
    pairs, ties = n * (n - 1) / 2, degree.sum() / 2
    if n < 3 or ties in (0, pairs):
        return None

    def fit(touched: _Array, size: _Array) -> _Array:
        wanted = size * (n - 1) - size * (size - 1) / 2
        spread = ties * (pairs - ties) * wanted * (pairs - wanted)
        above = pairs * touched - ties * wanted
        return np.asarray(np.divide(above, np.sqrt(spread), out=np.full(len(size), -1.0), where=spread > 0))

    order = np.argsort(-degree, kind="stable")
    place = np.empty(n, dtype=int)
    place[order] = np.arange(n)
    edges = sparse.triu(adjacency, k=1).tocoo()
    first = np.bincount(np.minimum(place[edges.row], place[edges.col]), minlength=n)
    best = fit(np.cumsum(first), np.arange(1.0, n + 1))
    core = np.isin(np.arange(n), order[: int(best.argmax()) + 1])
    found = float(best.max())
    while True:
        outside, sign = adjacency @ (~core).astype(float), np.where(core, -1.0, 1.0)
        touched = float(degree[core].sum() - (adjacency @ core.astype(float))[core].sum() / 2)
        flips = fit(touched + sign * outside, core.sum() + sign)
        if flips.max() <= found + 1e-12:
            return tuple(int(row) for row in np.flatnonzero(core)), found
        core[int(flips.argmax())] ^= True
        found = float(flips.max())
