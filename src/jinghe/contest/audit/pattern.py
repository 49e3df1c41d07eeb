"""Do neighbours score alike (空间格局)? Moran's I of the total and of its branches, with the power at this n."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jinghe.contest.regional import Moran, find_moran, make_weights
from jinghe.contest.score import Scores
from jinghe.errors import attempt
from jinghe.region import Region

__all__ = ["Pattern", "find_patterns"]

_MOST = 1000  # cities; the permutations take time with the square of their number


@dataclass(frozen=True, slots=True)
class Pattern:
    """Moran's I of one node (节点的莫兰指数)."""

    node: str
    moran: Moran


def find_patterns(scores: Scores, *, region: Region, seed: int) -> tuple[Pattern, ...]:
    """Find Moran's I of the scores at the root and right below it.

    A pattern is neither good nor bad: it says how far a score follows the place of a city. Contests of cities side by
    side in one plain show one, and so do spillovers.

    Args:
        scores: the scored contest.
        region: whose borders make neighbours.
        seed: of the permutations.
    Returns:
        One per node that varies over five cities or more with a neighbour; none for more than 1,000 cities.
    """
    found = []
    for node in (scores.root, *scores.root.children):
        values = scores.nodes[node.id]
        known = np.flatnonzero(~np.isnan(values))
        weights = make_weights([scores.codes[row] for row in known], region.borders)
        if known.size <= _MOST:
            moran = attempt([], lambda pair: find_moran(pair[0], weights=pair[1], seed=seed), (values[known], weights))
            found += [Pattern(node.id, moran)] if moran else []
    return tuple(found)
