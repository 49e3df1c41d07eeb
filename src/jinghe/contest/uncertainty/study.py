"""A contest whose plan varies (不确定性研究): its upstream states, each run once, and the scores of any draw."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.chain import Stages
from jinghe.contest.contest import Contest
from jinghe.contest.perturbation import Perturbation
from jinghe.contest.rank import find_ranks
from jinghe.contest.tree import Tree
from jinghe.contest.uncertainty.plan import NORMALISATION, apply_choices, list_options
from jinghe.contest.uncertainty.stage import Stage, find_leaf_weights, narrow

__all__ = ["Draw", "Rescore", "Study", "list_perturbations"]

_Array = NDArray[np.float64]
_Numbers = NDArray[np.int64]
_ROOM = 1 << 29  # bytes of kept runs, and of kept stages; older ones are run again when they come back

Rescore = Callable[[Contest], Stages]
Draw = Callable[[Stage], Mapping[str, _Array]]
_Kept = TypeVar("_Kept")


class _Run(NamedTuple):
    """What is kept of a run of the chain: columns and weights, 0 for what holds no figure."""

    tree: Tree
    normalised: _Array
    weights: Mapping[str, float]


@dataclass(frozen=True, eq=False)
class Study:
    """A contest, what varies in it, and how to run its chain.

    `rescore` runs the chain under a variant of the contest; `replicates`, where given, run it on figures redrawn within
    their errors, and are one more choice, the last. Only kinds of mean change without a new run, unless the figures
    themselves weigh. Rows of all scores are the contestants, whatever a variant drops. Scores are those of `node`, by
    default the root.
    """

    contest: Contest
    perturbations: tuple[Perturbation, ...]
    rescore: Rescore
    replicates: tuple[Rescore, ...] = ()
    node: str = ""
    _variants: dict[tuple[int, ...], Contest] = field(default_factory=dict, repr=False)
    _runs: dict[tuple[int, ...], _Run] = field(default_factory=dict, repr=False)
    _stages: dict[tuple[int, ...], Stage] = field(default_factory=dict, repr=False)

    @property
    def choosing(self) -> tuple[Perturbation, ...]:
        """The perturbations that choose among plans, in order."""
        return tuple(one for one in self.perturbations if not one.is_weights)

    @property
    def weighing(self) -> tuple[Perturbation, ...]:
        """The perturbations that draw weights, in order."""
        return tuple(one for one in self.perturbations if one.is_weights)

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many options each choice has, the figures last where they are redrawn."""
        sizes = tuple(len(list_options(one)) for one in self.choosing)
        return (*sizes, len(self.replicates)) if self.replicates else sizes

    @property
    def nominal(self) -> Stage:
        """The plan as written, on the figures as published."""
        return self.stage((-1,) * len(self.sizes))

    @property
    def rank(self) -> _Numbers:
        """Nominal ranks."""
        return find_ranks(self.nominal.nominal)

    def stage(self, options: tuple[int, ...]) -> Stage:
        """The upstream state of one combination of options, −1 = as written."""
        if options not in self._stages:
            contest = self._choose(options[: len(self.choosing)])
            run, steps = self._run(options, contest), contest.steps
            means = {node: steps.mean(node, depth=run.tree.depths[node]) for node in run.tree.nodes}
            found = Stage(run.tree, run.normalised, run.weights, means, steps.synthesis)
            found = narrow(found, self.node) if self.node else found
            _keep(self._stages, options, found, size=found.normalised.nbytes)
        return self._stages[options]

    def score(self, options: _Numbers, draw: Draw) -> _Array:
        """Score a block of draws, rows of the same options together.

        Args:
            options: shape (d, choices), numbers of options.
            draw: gives the weights of every id but the root, shape (d,), around those of a stage.
        Returns:
            Shape (d, n).
        """
        keys, groups = np.unique(options, axis=0, return_inverse=True)
        scores = np.empty((len(options), len(self.nominal.normalised)))
        drawn: dict[tuple[float, ...], Mapping[str, _Array]] = {}
        leaf: dict[tuple[object, ...], _Array] = {}
        for number, key in enumerate(keys):
            stage, rows = self.stage(tuple(int(k) for k in key)), np.flatnonzero(groups.ravel() == number)
            about = tuple(stage.weights.values())
            weights = drawn[about] = drawn.get(about) or draw(stage)
            if not stage.is_flat:
                scores[rows] = stage.score({name: weight[rows] for name, weight in weights.items()})
                continue
            if (about, stage.live) not in leaf:
                leaf[about, stage.live] = find_leaf_weights(stage.tree, weights, stage.live)
            scores[rows] = stage.collapse(leaf[about, stage.live][rows])
        return scores

    def _choose(self, options: tuple[int, ...]) -> Contest:
        """The contest with these options of its choices, read once, whatever the figures."""
        if options not in self._variants:
            chosen = [(one, k) for one, k in zip(self.choosing, options, strict=True) if k >= 0]
            self._variants[options] = apply_choices(self.contest, chosen)
        return self._variants[options]

    def _run(self, options: tuple[int, ...], contest: Contest) -> _Run:
        weighed = contest.steps.weighing != type(contest.steps.weighing)()
        late = [one.path.startswith("contest.steps[aggregate]") and not weighed for one in self.choosing]
        key = tuple(-2 if after else k for after, k in zip(late, options, strict=False)) + options[len(late) :]
        rescore = self.replicates[options[-1]] if self.replicates and options[-1] >= 0 else self.rescore
        if key not in self._runs:
            run = rescore(contest)
            _keep(self._runs, key, _Run(run.tree, run.normalised, _drop(run)), size=run.normalised.nbytes)
        return self._runs[key]


def _keep(kept: dict[tuple[int, ...], _Kept], key: tuple[int, ...], found: _Kept, *, size: int) -> None:
    """Keep what was found, and let the oldest go when there is no room."""
    if len(kept) * size > _ROOM:
        kept.pop(next(iter(kept)))
    kept[key] = found


def _drop(run: Stages) -> dict[str, float]:
    """Give what holds no figure the weight 0, so that weights are drawn around those that count."""
    held = dict(zip(run.tree.leaves, run.kept, strict=True))
    held |= {node: not np.isnan(values).all() for node, values in run.nodes.items()}
    return {name: weight if held[name] else 0.0 for name, weight in run.weights.items() if name in held}


def list_perturbations(contest: Contest) -> tuple[Perturbation, ...]:
    """What varies: `contest.uncertainty`, or else the weights and normalisations that `contest.rank` names."""
    if contest.perturbations:
        return contest.perturbations
    names = contest.uncertainty.normalisations
    weights = Perturbation("contest.weights", dirichlet=contest.uncertainty.concentration)
    return (weights, Perturbation(NORMALISATION, choices=names)) if len(names) > 1 else (weights,)
