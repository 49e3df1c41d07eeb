"""Which ranks some weights would give (名次可接受度): every weighting as likely as any other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.rank import find_ranks
from jinghe.contest.uncertainty.distribution import RankDistribution, Tally, tally_ranks
from jinghe.contest.uncertainty.stage import Stage
from jinghe.contest.uncertainty.weight_draws import TILE, draw_simplex

__all__ = ["Acceptability", "find_acceptability"]

_Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Acceptability:
    """What the choice of weights alone can do (可接受度).

    `ranks.probability[i, k − 1]` is the share of all weightings under which i is k-th; `central` the mean weights, by
    id, under which i is first, shape (n,), NaN where it never is.
    """

    ranks: RankDistribution
    central: Mapping[str, _Array]


def find_acceptability(
    stage: Stage, *, codes: tuple[str, ...], draws: int = 10_000, coverage: float = 0.90, seed: int
) -> Acceptability:
    """Sample the simplex of weights at every node uniformly, and count ranks.

    Args:
        stage: the plan's state before the weights; children with the nominal weight 0 stay out.
        codes: the contestants.
        draws: how many.
        coverage: of the rank intervals.
        seed: any integer.
    Returns:
        Rank acceptability indices and central weights.
    Source: Lahdelma & Salminen (2001), SMAA-2, Operations Research 49(3), 444–454. Assumption: the simplex of each node
    is sampled on its own, so that effective leaf weights are not uniform on the simplex of all leaves.
    """
    tree, nominal = stage.tree, find_ranks(stage.nominal)
    names = tree.ids[:-1]
    counts: Tally | None = None
    sums, times = np.zeros((len(names), len(codes))), np.zeros(len(codes))
    for tile in range(-(-draws // TILE)):
        weights = draw_simplex(tree, weights=stage.weights, under=tree.nodes, seed=seed, tile=tile)
        keep = draws - tile * TILE
        ranks = find_ranks(stage.score(weights)[:keep])
        found = tally_ranks(ranks, nominal=nominal)
        counts = found if counts is None else counts + found
        first = (ranks == 1).astype(float)
        sums += np.stack([weights[name][:keep] for name in names]) @ first
        times += first.sum(axis=0)
    assert counts is not None, "at least one draw"
    mean = np.divide(sums, times, out=np.full(sums.shape, np.nan), where=times > 0)
    described = counts.describe(codes=codes, rank=nominal, coverage=coverage)
    return Acceptability(described, dict(zip(names, mean, strict=True)))
