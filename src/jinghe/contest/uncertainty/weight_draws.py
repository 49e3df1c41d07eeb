"""Weights drawn around the nominal ones (权重抽样), tile by tile, each parent node with its own stream."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.stream import open_stream
from jinghe.contest.tree import Tree

__all__ = ["TILE", "draw_box", "draw_dirichlet", "draw_simplex"]

TILE = 1024  # draws made at once; draw d is row d % TILE of tile d // TILE, whatever the blocks are

_Array = NDArray[np.float64]
_Weights = Mapping[str, float]


def draw_dirichlet(
    tree: Tree,
    *,
    weights: _Weights,
    under: Collection[str],
    concentration: float,
    seed: int,
    tile: int,
    purpose: str = "weights",
) -> dict[str, _Array]:
    """Draw the children of the nodes `under` from Dirichlet(κ w): E = w, Var = w (1 − w)/(κ + 1); 0 stays 0.

    Args:
        tree: the compiled tree.
        weights: nominal weight of each id among its siblings.
        under: the parents whose children are drawn.
        concentration: κ > 0.
        seed: any integer.
        tile: which 1,024 draws.
        purpose: the stream.
    Returns:
        id → shape (TILE,), for the children of those nodes; siblings sum to 1.
    """
    found: dict[str, _Array] = {}
    for node in under:
        live = [name for name in tree.children[node] if weights[name] > 0]
        found |= {name: np.zeros(TILE) for name in tree.children[node]}
        if len(live) == 1:
            found[live[0]] = np.ones(TILE)
        elif live:
            mass = sum(weights[name] for name in live)
            alpha = [concentration * weights[name] / mass for name in live]
            sample = open_stream(seed, f"{purpose}:{node}", tile=tile).dirichlet(alpha, size=TILE)
            found |= {name: sample[:, k] for k, name in enumerate(live)}
    return found


def draw_box(
    tree: Tree,
    *,
    weights: _Weights,
    under: Collection[str],
    within: float,
    seed: int,
    tile: int,
    purpose: str = "weights",
) -> dict[str, _Array]:
    """Draw w_k (1 + q u_k), u_k uniform on [−1, 1), rescaled so that siblings sum to 1 (±q 的箱形扰动).

    Arguments as for `draw_dirichlet`; `within` is q, 0 < q ≤ 1.
    Source: the noise of COINr's get_noisy_weights, which rescales in its aggregation.
    """
    found: dict[str, _Array] = {}
    for node in under:
        names = tree.children[node]
        uniform = open_stream(seed, f"{purpose}:{node}", tile=tile).random((TILE, len(names)))
        drawn = np.array([weights[name] for name in names]) * (1 + within * (2 * uniform - 1))
        mass = drawn.sum(axis=1, keepdims=True)
        drawn = np.divide(drawn, mass, out=np.zeros_like(drawn), where=mass > 0)
        found |= {name: drawn[:, k] for k, name in enumerate(names)}
    return found


def draw_simplex(
    tree: Tree, *, weights: _Weights, under: Collection[str], seed: int, tile: int, purpose: str = "simplex"
) -> dict[str, _Array]:
    """Draw all weights as likely as any other: Dirichlet(1, …, 1) over the children with a positive nominal weight."""
    found: dict[str, _Array] = {}
    for node in under:
        live = [name for name in tree.children[node] if weights[name] > 0]
        found |= {name: np.zeros(TILE) for name in tree.children[node]}
        if live:
            sample = open_stream(seed, f"{purpose}:{node}", tile=tile).dirichlet(np.ones(len(live)), size=TILE)
            found |= {name: sample[:, k] for k, name in enumerate(live)}
    return found
