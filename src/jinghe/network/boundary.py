"""What borders do to ties (边界效应): groups that form by themselves, provinces as groups, who bridges them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

__all__ = ["brokerage", "external_internal", "find_communities", "modularity"]

_Array = NDArray[np.float64]


def modularity(weight: sparse.csr_array, *, groups: Sequence[Hashable]) -> float:
    """Q = Σ_g (w_gg/2m − (d_g/2m)²): ties inside the groups beyond what their degrees alone would give.

    Not a number without ties. Source: Newman, Physical Review E 70 (2004) 056131.
    """
    whole = float(weight.sum())
    if not whole:
        return float("nan")
    member = _members(groups)
    inside = float((member.T @ weight @ member).diagonal().sum())
    strength = member.T @ np.asarray(weight.sum(axis=1)).ravel()
    return inside / whole - float(((strength / whole) ** 2).sum())


def external_internal(weight: sparse.csr_array, *, groups: Sequence[Hashable]) -> float:
    """E–I = (external − internal) / (external + internal): −1 when no tie crosses a border, +1 when all do.

    Not a number without ties. Source: Krackhardt & Stern, Social Psychology Quarterly 51 (1988) 123–140.
    """
    whole, member = float(weight.sum()), _members(groups)
    inside = float((member.T @ weight @ member).diagonal().sum())
    return (whole - 2 * inside) / whole if whole else float("nan")


def find_communities(weight: sparse.csr_array, *, seed: int) -> tuple[tuple[int, ...], ...]:
    """Find groups with many ties inside by the Louvain method (networkx), largest first; a local optimum.

    Source: Blondel et al., J. Statistical Mechanics (2008) P10008.
    """
    import networkx as nx

    graph = nx.from_scipy_sparse_array(weight)
    found = nx.community.louvain_communities(graph, weight="weight", seed=seed)
    return tuple(tuple(sorted(rows)) for rows in sorted(found, key=lambda rows: (-len(rows), min(rows))))


def brokerage(adjacency: sparse.csr_array, *, groups: Sequence[Hashable]) -> dict[str, NDArray[np.int64]]:
    """Count the pairs each actor joins that have no tie of their own, by the groups of the three.

    coordinator: all three in one group; itinerant: the two ends in one group, the broker in another; gatekeeper: the
    broker with one end; liaison: all three in different groups.

    Returns:
        Four arrays (n,), one per role.
    Source: Gould & Fernandez, Sociological Methodology 19 (1989) 89–126, for ties without direction.
    """
    codes, n = np.unique(np.asarray([str(group) for group in groups]), return_inverse=True)[1], adjacency.shape[0]
    counts = {role: np.zeros(n, dtype=np.int64) for role in ("coordinator", "itinerant", "gatekeeper", "liaison")}
    for broker in range(n):
        ends = adjacency.indices[adjacency.indptr[broker] : adjacency.indptr[broker + 1]]
        apart = np.triu(adjacency[ends][:, ends].toarray() == 0, k=1)
        first, second = (codes[ends[side]] for side in np.nonzero(apart))
        own, same = codes[broker], first == second
        counts["coordinator"][broker] = (same & (first == own)).sum()
        counts["itinerant"][broker] = (same & (first != own)).sum()
        counts["gatekeeper"][broker] = (~same & ((first == own) | (second == own))).sum()
        counts["liaison"][broker] = (~same & (first != own) & (second != own)).sum()
    return counts


def _members(groups: Sequence[Hashable]) -> sparse.csr_array:
    codes = np.unique(np.asarray([str(group) for group in groups]), return_inverse=True)[1]
    return sparse.csr_array((np.ones(len(codes)), (np.arange(len(codes)), codes)))
