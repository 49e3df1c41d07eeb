"""Weighted means up the indicator tree, and their exact split back down (合成与分解)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.indicator import Node

__all__ = ["AGGREGATIONS", "aggregate", "average", "decompose"]

AGGREGATIONS = ("arithmetic", "geometric")

_Array = NDArray[np.float64]


def average(children: Sequence[_Array], weights: Sequence[_Array | float], *, method: str) -> _Array:
    """Average children that are present: Σ w_k x_k / Σ w_k, or exp(Σ w_k ln x_k / Σ w_k) for the geometric mean.

    A missing child is left out cell by cell, so its weight goes to the others of the same parent.

    Args:
        children: k arrays of shape (n,) or (d, n), NaN where missing; positive for the geometric mean.
        weights: k weights, floats or arrays of shape (d, 1).
        method: arithmetic or geometric.
    Returns:
        Shape (n,) or (d, n); NaN where nothing with a weight is present.

    >>> average([np.array([1.0, 4.0]), np.array([3.0, np.nan])], [0.5, 0.5], method="arithmetic").tolist()
    [2.0, 4.0]
    """
    total: _Array | float = 0.0
    mass: _Array | float = 0.0
    for child, weight in zip(children, weights, strict=True):
        present = ~np.isnan(child)
        term = np.log(child) if method == "geometric" else child
        total = total + weight * np.where(present, term, 0.0)
        mass = mass + weight * present
    mean = np.full(np.shape(total), np.nan)
    np.divide(total, mass, out=mean, where=np.asarray(mass) > 0)
    return np.exp(mean) if method == "geometric" else mean


def aggregate(
    root: Node, *, leaves: Mapping[str, _Array], weights: Mapping[str, _Array | float], methods: Mapping[str, str]
) -> dict[str, _Array]:
    """Compute every node of the tree from its leaves.

    Args:
        root: the tree.
        leaves: normalised values per leaf, shape (n,).
        weights: weight of each node among its siblings: floats, or arrays of shape (d, 1) for d draws at once.
        methods: arithmetic or geometric, per inner node.
    Returns:
        node → shape (n,) or (d, n), leaves and root included.
    """
    found: dict[str, _Array] = {}
    for node in reversed(list(root.walk())):
        if node.children:
            names = [child.id for child in node.children]
            found[node.id] = average([found[n] for n in names], [weights[n] for n in names], method=methods[node.id])
        else:
            found[node.id] = leaves[node.id]
    return found


def decompose(children: _Array, weights: _Array, *, method: str, floor: float) -> _Array:
    """Split one mean into the parts of its children, so that the parts sum to the mean exactly.

    Arithmetic: part_k = w_k x_k. Geometric, by the logarithmic mean above the floor b of the scale:
    part_k = w_k [b + L(M, b) ln(x_k / b)], L(M, b) = (M − b) / ln(M / b), L(b, b) = b.
    The sum is b + L(M, b) ln(M / b) = M. Parts are never negative, since x_k ≥ b, and no logarithm of zero occurs,
    since b > 0. Weights are those of the children that are present, rescaled to sum to 1.

    Args:
        children: x, shape (k,), NaN where missing.
        weights: w, shape (k,).
        method: arithmetic or geometric.
        floor: b, the lower end of the scale; used by the geometric split only, then positive.
    Returns:
        Shape (k,), 0 for missing children.
    Source: Ang, B. W. (2005), The LMDI approach to decomposition analysis, Energy Policy 33, additive form.

    >>> parts = decompose(np.array([1.0, 100.0]), np.array([0.5, 0.5]), method="geometric", floor=1.0)
    >>> [round(float(part), 9) for part in parts]
    [0.5, 9.5]
    """
    present = ~np.isnan(children) & (weights > 0)
    mass = weights[present].sum()
    share = np.where(present, weights, 0.0) / (mass if mass > 0 else 1.0)
    if method == "arithmetic":
        return np.where(present, share * np.where(present, children, 0.0), 0.0)
    logs = np.log(np.where(present, children, floor) / floor)
    height = float(share @ logs)
    slope = floor * (np.expm1(height) / height if height else 1.0)
    return np.asarray(share * (floor + slope * logs), dtype=float)
