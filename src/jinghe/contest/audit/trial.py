"""The chain with other cities (试算): the same rules on some of the rows, on rows twice, or on changed figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.chain import Stages, run_chain
from jinghe.contest.impute import History
from jinghe.contest.prepare import Context
from jinghe.contest.score import Scores
from jinghe.contest.steps import Steps
from jinghe.contest.tree import Tree

__all__ = ["Trial", "take_rows"]

_Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """Everything the chain takes (计分链输入), so that it can be run with other cities; arguments of `run_chain`."""

    raw: _Array
    tree: Tree
    steps: Steps
    weights: Mapping[str, float]
    directions: Sequence[int]
    context: Context = field(default_factory=Context)

    @classmethod
    def of(cls, scores: Scores) -> Trial:
        """Take it from a scored contest."""
        contest, tree = scores.contest, scores.stages.tree
        directions = [contest.indicator(leaf).direction for leaf in tree.leaves]
        weights = contest.weights_on(scores.period.last)
        return cls(scores.stages.raw, tree, contest.steps, weights, directions, scores.context)

    def run(self, rows: Sequence[int], *, raw: _Array | None = None) -> Stages:
        """Run the chain on these rows, in this order; a row may stand twice. Base windows stay whole.

        Args:
            rows: row numbers.
            raw: their figures, shape (len(rows), m); by default as they are.
        Raises:
            RuleError: see `run_chain`.
        """
        figures = self.raw[list(rows)] if raw is None else raw
        return run_chain(
            figures,
            tree=self.tree,
            steps=self.steps,
            weights=self.weights,
            directions=self.directions,
            context=take_rows(self.context, rows),
        )


def take_rows(context: Context, rows: Sequence[int]) -> Context:
    """Take the same rows of everything that belongs to cities; base windows and what belongs to periods stay.

    A reference city that is not among the rows leaves None.
    """
    chosen = list(rows)
    places = {old: [new for new, row in enumerate(chosen) if row == old] for old in set(chosen)}
    history = context.history
    return replace(
        context,
        denominators={leaf: sizes[chosen] for leaf, sizes in context.denominators.items()},
        groups=[[new for old in members for new in places.get(old, ())] for members in context.groups],
        history=None if history is None else History(history.times, history.figures[:, chosen], history.now),
        reference=None if context.reference is None else next(iter(places.get(context.reference, ())), None),
    )
