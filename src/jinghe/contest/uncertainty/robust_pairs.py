"""Who is ahead whatever the weights (稳健次序): proved over a whole box of weights, not sampled."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.uncertainty.stage import Stage, transform
from jinghe.errors import Problem, RuleError, problem

__all__ = ["RobustPairs", "check_robust_pairs", "find_robust_pairs"]

_Array = NDArray[np.float64]
_TIE = 1e-9
_ROUNDS = 50  # of Dinkelbach's method, which converges faster than linearly


@dataclass(frozen=True, slots=True, eq=False)
class RobustPairs:
    """Pairs decided for every weight in the box (稳健对): `ahead[i, j]`, i is ahead of j whatever the weights.

    `margin[i, j]`: the least lead of i over j inside the box, on the scale of the mean at the root (scores, their
    logarithms …); NaN where one of the two has gaps, so that nothing is proved.
    """

    ahead: NDArray[np.bool_]
    margin: _Array
    within: float


def find_robust_pairs(stage: Stage, *, within: float) -> RobustPairs:
    """Find the pairs whose order holds for all weights in the box.

    Box: at every node the children's weights are within w (1 ± q) and sum to 1. f(mean) = Σ w_k f(x_k) is linear in the
    weights of its node, and the weights of different nodes vary apart, so that the least lead climbs the tree: at each
    node it is the linear programme min Σ w_k m_k, m_k the least lead of child k, solved exactly by filling up the
    smallest m_k first. Below a geometric mean a node of leaves may take another mean: its least lead is the logarithm
    of min Σ w a_i / Σ w a_j, a linear-fractional programme, solved by Dinkelbach's method over the same programmes.

    Args:
        stage: see `check_robust_pairs`.
        within: q, 0 ≤ q ≤ 1; 1 lets weights vanish or double.
    Returns:
        The proved pairs, and by how much.
    Raises:
        RuleError: the tree is not of that kind (`robust-pairs-mean`).
    Source: Dinkelbach (1967), Management Science 13(7), 492–498, for the ratio; the rest is elementary.
    """
    if faults := check_robust_pairs(stage):
        raise RuleError(faults)
    assert 0 <= within <= 1
    rows = range(len(stage.nominal))
    margin = np.array([_find_leads(stage, stage.tree.root, row, within) for row in rows])
    return RobustPairs(margin > _TIE, margin, within)


def check_robust_pairs(stage: Stage) -> list[Problem]:
    """List why nothing is proved: relative aggregates, or mixed means but for one of leaves below a geometric one."""
    tree, powers = stage.tree, {node: stage.find_power(node) for node in stage.tree.nodes}
    for node in tree.nodes:
        for child in tree.children[node]:
            alike = child in tree.leaves or powers[child] == powers[node]
            ratio = powers[node] == 0 and not set(tree.children.get(child, ())) - set(tree.leaves)
            if powers[node] is None or powers.get(child, 0) is None or not (alike or ratio):
                means = ", ".join(sorted(set(stage.aggregations.values())))
                return [problem("robust-pairs-mean", "contest.steps[aggregate]", found=means)]
    return []


def _find_leads(stage: Stage, node: str, row: int, within: float) -> _Array:
    """The least lead of one contestant over each other at a node, on the scale of its own mean, more being better."""
    power = stage.find_power(node)
    assert power is not None
    leads = []
    for name in stage.list_held(node):
        if name in stage.tree.leaves:
            terms = transform(stage.column(name), power) * (-1 if power < 0 else 1)
            leads.append(terms[row] - terms)
        elif stage.find_power(name) == power:
            leads.append(_find_leads(stage, name, row, within))
        else:
            leads.append(_find_log_ratios(stage, name, row, within))
    columns = np.column_stack(leads)
    return np.asarray((columns * _minimise(columns, _share(stage, node), within)).sum(axis=1))


def _find_log_ratios(stage: Stage, node: str, row: int, within: float) -> _Array:
    power = stage.find_power(node)
    assert power, "only a power mean differs from the geometric mean above it"
    figures = np.column_stack([stage.column(name) for name in stage.list_held(node)]) ** power
    own, weights = np.broadcast_to(figures[row], figures.shape), _share(stage, node)
    above, below = (own, figures) if power > 0 else (figures, own)
    ratio = (above @ weights) / (below @ weights)
    for _ in range(_ROUNDS):
        best = _minimise(above - ratio[:, None] * below, weights, within)
        lower = (above * best).sum(axis=1) / (below * best).sum(axis=1)
        if np.array_equal(lower, ratio, equal_nan=True):
            break
        ratio = lower
    return np.asarray(np.log(ratio) / abs(power))


def _share(stage: Stage, node: str) -> _Array:
    weights = np.array([stage.weights[name] for name in stage.list_held(node)])
    return np.asarray(weights / weights.sum())


def _minimise(leads: _Array, weights: _Array, within: float) -> _Array:
    """The weights in the box that make Σ w_k m_k least, row by row, shape (n, k)."""
    low, high = weights * (1 - within), np.minimum(weights * (1 + within), 1.0)
    order = np.argsort(leads, axis=1)
    room = (high - low)[order]
    extra = np.clip(1 - low.sum() - (np.cumsum(room, axis=1) - room), 0, room)
    found = np.broadcast_to(low, leads.shape).copy()
    np.put_along_axis(found, order, np.take_along_axis(found, order, axis=1) + extra, axis=1)
    return found
