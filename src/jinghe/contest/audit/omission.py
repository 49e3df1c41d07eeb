"""What if an indicator were left out (逐一剔除指标)? Scores and ranks without each, all at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.aggregate import MEANS, aggregate_tree
from jinghe.contest.chain import Stages, find_weights
from jinghe.contest.rank import find_ranks
from jinghe.contest.steps import Steps

__all__ = ["Omissions", "find_omissions"]

_WEIGHED = (*MEANS, "mazziotta_pareto")  # where weight 0 is the same as absence

_Array = NDArray[np.float64]
_Ranks = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Omissions:
    """Scores without each leaf (剔除结果): `totals` and `ranks` (m, n), in the order of `leaves`; `nominal` (n,).

    A rank of 0 is none: without the leaf nothing is left to score by.
    """

    leaves: tuple[str, ...]
    nominal: _Ranks
    totals: _Array
    ranks: _Ranks

    @property
    def shifts(self) -> _Array:
        """Places lost without the leaf, (m, n): negative = better without it; NaN where there is no rank."""
        both = (self.ranks > 0) & (self.nominal > 0)
        return np.where(both, self.ranks - self.nominal, np.nan)

    @property
    def mean(self) -> _Array:
        """Mean of |places| per leaf, (m,); NaN where no one is ranked."""
        known = ~np.isnan(self.shifts)
        whole = np.nan_to_num(np.abs(self.shifts)).sum(axis=1)
        return np.where(known.any(axis=1), whole / np.maximum(known.sum(axis=1), 1), np.nan)

    @property
    def most(self) -> _Array:
        """Largest |places| per leaf, (m,)."""
        known = ~np.isnan(self.shifts)
        return np.where(known.any(axis=1), np.nan_to_num(np.abs(self.shifts)).max(axis=1, initial=0.0), np.nan)


def find_omissions(stages: Stages, *, steps: Steps) -> Omissions:
    """Score without each leaf in turn; its weight goes to its siblings, an emptied node's to that node's siblings.

    What was screened, imputed, treated and normalised stands. Weights that the figures give are found anew, unless a
    base window froze them.

    Args:
        stages: the chain's run.
        steps: the settings of that run.
    Returns:
        Scores and ranks; with weighted means all leaves are left out in one pass of the tree.
    Raises:
        RuleError: without a leaf figures do not suit a scheme or an aggregate.
    """
    tree = stages.tree
    means = {node: steps.mean(node, depth=tree.depths[node]) for node in tree.nodes}
    found = any(steps.weighing.find(node) != "given" for node in tree.nodes) and not steps.weighing.base
    if found or any(means[node] not in _WEIGHED for node in tree.nodes):
        totals = np.array([_leave_out(stages, steps, means, k) for k in range(len(tree.leaves))])
    else:
        m = len(tree.leaves)
        gone = {
            leaf: np.where(np.arange(m) == k, 0.0, stages.weights[leaf])[:, None] for k, leaf in enumerate(tree.leaves)
        }
        weights: dict[str, _Array | float] = {**stages.weights, **gone}
        nodes = aggregate_tree(
            stages.normalised, tree=tree, weights=weights, aggregations=means, synthesis=steps.synthesis
        )
        totals = nodes[tree.root]
    return Omissions(tree.leaves, find_ranks(stages.total), totals, find_ranks(totals))


def _leave_out(stages: Stages, steps: Steps, means: Mapping[str, str], k: int) -> _Array:
    figures = stages.normalised.copy()
    figures[:, k] = np.nan
    frozen = bool(steps.weighing.base)
    weights = stages.weights if frozen else find_weights(figures, tree=stages.tree, steps=steps, weights=stages.weights)
    nodes = aggregate_tree(figures, tree=stages.tree, weights=weights, aggregations=means, synthesis=steps.synthesis)
    return nodes[stages.tree.root]
