"""What weighs on paper and what decides in fact (名义权重与实际影响)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.audit.association import correlate_pair
from jinghe.contest.normalise import has_spread
from jinghe.contest.tree import Tree

__all__ = ["Influence", "find_correlation_ratio", "find_influence"]

_DEGREES = (1, 2, 3)

_Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Influence:
    """What an id of the tree counts (影响): `weight` in the whole, on paper; `r` and `ratio` with the total, in fact.

    `share` is its part of the ratios of its siblings, to be held against `own`, its weight among them. NaN where it
    does not vary.
    """

    id: str
    node: str
    weight: float
    own: float
    r: float
    ratio: float
    share: float


def find_correlation_ratio(x: _Array, y: _Array) -> float:
    """Find how much of the variance of y the curve E(y | x) explains (相关比): S = 1 − Σ (y − ŷ)² / Σ (y − ȳ)².

    ŷ is the polynomial of degree 1, 2 or 3 with the least leave-one-out error, so that S ≥ r². Without any relation
    S is about 1/(n − 1) by chance.

    Args:
        x: shape (n,).
        y: shape (n,).
    Returns:
        In [0, 1]; NaN below four rows or where x or y does not vary.
    Source: Paruolo, Saisana & Saltelli (2013), Ratings and rankings: voodoo or science?, J. R. Stat. Soc. A 176(3);
    the polynomials are ours.

    >>> x = np.array([-2.0, -1.0, 0.0, 1.0, 2.0, 3.0])
    >>> round(find_correlation_ratio(x, x**2), 12)
    1.0
    """
    known = ~np.isnan(x) & ~np.isnan(y)
    n = int(known.sum())
    if n < 4 or not has_spread(x[known]) or not has_spread(y[known]):
        return float("nan")
    a, b = x[known], y[known] - y[known].mean()
    a = (a - a.min()) / (a.max() - a.min()) * 2 - 1
    errors = [_fit(np.polynomial.legendre.legvander(a, degree), b) for degree in _DEGREES if n >= degree + 3]
    return float(np.clip(1 - min(errors)[1] / (b @ b), 0.0, 1.0))


def find_influence(values: Mapping[str, _Array], *, tree: Tree, weights: Mapping[str, float]) -> tuple[Influence, ...]:
    """Hold the weight of every id but the root against what it explains of the total.

    Args:
        values: every id → (n,), normalised leaves and the values of nodes.
        tree: the compiled tree.
        weights: weight of each id among its siblings.
    Returns:
        One per id, from the top down.
    """
    whole, total = tree.effective_weights(weights), values[tree.root]
    found = []
    for node in reversed(tree.nodes):
        below = tree.children[node]
        mass = sum(weights[child] for child in below)
        ratios = {child: find_correlation_ratio(values[child], total) for child in below}
        told = float(np.nansum(list(ratios.values())))
        for child in below:
            share = ratios[child] / told if told > 0 else float("nan")
            own = weights[child] / mass if mass > 0 else 0.0
            r = correlate_pair(values[child], total)
            found.append(Influence(child, node, whole[child], own, r, ratios[child], share))
    return tuple(found)


def _fit(design: _Array, y: _Array) -> tuple[float, float]:
    """Leave-one-out error and residual sum of squares of a least-squares fit; a row that decides alone makes it ∞."""
    q, r = np.linalg.qr(design)
    if np.abs(np.diag(r)).min() <= 1e-9 * np.abs(r).max():
        return np.inf, float(y @ y)  # x takes fewer values than the curve has terms
    rest, pull = y - q @ (q.T @ y), (q * q).sum(axis=1)
    if pull.max() > 1 - 1e-9:
        return np.inf, float(rest @ rest)
    return float(((rest / (1 - pull)) ** 2).sum()), float(rest @ rest)
