"""The whole chain on arrays (计分链): from raw figures to the score, every stage kept.

A figure matrix has a row per city and a column per leaf of the tree, NaN where a figure is missing. What is dropped
becomes NaN; its weight goes to its siblings, since every aggregate leaves missing children out. Nothing here knows of
compacts or panels: `score` feeds the chain, and uncertainty feeds it again with other settings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.aggregate import aggregate_tree, combine
from jinghe.contest.normalise import Scaling, normalise_matrix
from jinghe.contest.prepare import Context, prepare, treat_columns
from jinghe.contest.scheme import weigh
from jinghe.contest.spec import unknown
from jinghe.contest.steps import Steps
from jinghe.contest.treat import Treatment
from jinghe.contest.tree import Tree
from jinghe.errors import JingheError, RuleError, problem

__all__ = ["Stages", "find_weights", "normalise_columns", "run_chain"]

_Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Stages:
    """All stages of one run (各步结果). Matrices have shape (n, m); each holds the figures as its step leaves them.

    `donors` says where imputed cells come from (see `Imputed`), `draws` (d, n, m) holds multiple imputations;
    `treatments` one per leaf. `fit` marks the cities and `covered` the leaves that pass the screen, `kept` the leaves
    that count in the end. `aims` are targets or figures of the reference city, `base` (b, m) the treated figures of the
    base window. `weights` are those in force among siblings, `nodes` the values of inner nodes.
    """

    tree: Tree
    raw: _Array
    screened: _Array
    denominated: _Array
    imputed: _Array
    treated: _Array
    normalised: _Array
    donors: NDArray[np.int64]
    draws: _Array | None
    treatments: tuple[Treatment, ...]
    covered: NDArray[np.bool_]
    fit: NDArray[np.bool_]
    kept: NDArray[np.bool_]
    order: tuple[str, ...]
    aims: Sequence[float | None]
    base: _Array | None
    weights: Mapping[str, float]
    nodes: Mapping[str, _Array]

    @property
    def total(self) -> _Array:
        """The score: the value of the root, shape (n,)."""
        return self.nodes[self.tree.root]

    def entering(self, step: str) -> _Array:
        """The figures as they come to a step on figures, shape (n, m)."""
        made = {"screen": self.screened, "denominate": self.denominated, "impute": self.imputed, "treat": self.treated}
        before = self.order[: self.order.index(step)]
        return made[before[-1]] if before else self.raw


_NOTHING = Context()


def run_chain(
    raw: _Array,
    *,
    tree: Tree,
    steps: Steps,
    weights: Mapping[str, float],
    directions: Sequence[int],
    context: Context = _NOTHING,
) -> Stages:
    """Run all steps on a figure matrix, the early ones in the order of `steps.order`.

    Args:
        raw: shape (n, m), columns as `tree.leaves`, NaN where missing.
        tree: the compiled tree.
        steps: the settings.
        weights: weight of every id among its siblings; they need not sum to 1.
        directions: +1 or −1 per leaf.
        context: denominators, groups, history, reference city and base windows.
    Returns:
        Every stage; a city or node without anything to go by is NaN.
    Raises:
        RuleError: a weight is missing, for an unknown node, or negative; shapes do not fit; figures do not suit an
            aggregate or a weighting scheme.
    """
    raw = np.asarray(raw, dtype=float)
    _check_input(raw, tree, weights, directions)
    early = prepare(raw, tree=tree, steps=steps, context=context)
    treated = early.made["treat"]
    aims = _find_aims(treated, tree, steps, context.reference)
    scale = partial(normalise_columns, tree=tree, steps=steps, directions=directions, aims=aims)
    base = None if context.base is None else treat_columns(context.base, treatments=early.treatments)
    normalised = scale(treated, base=base)
    sample = normalised
    if context.weigh_base is not None:
        sample = scale(
            treat_columns(context.weigh_base, treatments=early.treatments), base=treated if base is None else base
        )
    weights = find_weights(sample, tree=tree, steps=steps, weights=weights)
    means = {node: steps.mean(node, depth=tree.depths[node]) for node in tree.nodes}
    nodes = aggregate_tree(normalised, tree=tree, weights=weights, aggregations=means, synthesis=steps.synthesis)
    return Stages(
        tree=tree,
        raw=raw,
        screened=early.made["screen"],
        denominated=early.made["denominate"],
        imputed=early.made["impute"],
        treated=treated,
        normalised=normalised,
        donors=early.filled.donor,
        draws=early.filled.draws,
        treatments=early.treatments,
        covered=early.covered,
        fit=early.fit,
        kept=np.asarray((~np.isnan(normalised)).any(axis=0)),
        order=steps.order,
        aims=aims,
        base=base,
        weights=weights,
        nodes=nodes,
    )


def normalise_columns(
    values: _Array,
    *,
    tree: Tree,
    steps: Steps,
    directions: Sequence[int],
    aims: Sequence[float | None] | None = None,
    base: _Array | None = None,
) -> _Array:
    """Normalise every column as `steps` say for its leaf; see `normalise`.

    Args:
        values: treated figures, shape (n, m).
        tree: names the columns.
        steps: methods, scale, goalposts and targets.
        directions: +1 or −1 per leaf.
        aims: target or figure of the reference city per leaf; None takes the targets of `steps`.
        base: treated figures of the base window, shape (b, m).
    Returns:
        Shape (n, m).
    """
    scalings = [
        Scaling(
            steps.scaling(leaf),
            directions[k],
            steps.goalposts.get(leaf),
            steps.targets.get(leaf) if aims is None else aims[k],
        )
        for k, leaf in enumerate(tree.leaves)
    ]
    return normalise_matrix(values, scalings=scalings, to=steps.scale, base=base)


def find_weights(values: _Array, *, tree: Tree, steps: Steps, weights: Mapping[str, float]) -> dict[str, float]:
    """Weigh the children of every node whose scheme is not given, from the bottom up (逐级赋权).

    Args:
        values: normalised figures, shape (n, m): this period's, or those of the base window that freezes the weights.
        tree: the compiled tree.
        steps: the schemes, and the means that give the values of inner nodes.
        weights: the given weights.
    Returns:
        id → weight among its siblings; a node below which nothing has a figure keeps the given ones.
    Raises:
        RuleError: a scheme finds nothing to weigh by, or negative figures; the node is named.
    """
    found = dict(weights)
    if all(steps.weighing.find(node) == "given" for node in tree.nodes):
        return found
    known = {leaf: values[:, k] for k, leaf in enumerate(tree.leaves)}
    for node in tree.nodes:
        below = tree.children[node]
        scheme, columns = steps.weighing.find(node), [known[name] for name in below]
        figures = np.column_stack(columns)
        try:
            if scheme != "given" and not np.isnan(figures).all():
                found |= zip(below, weigh(figures, scheme=scheme).tolist(), strict=True)
            mean = steps.mean(node, depth=tree.depths[node])
            shares = [found[name] for name in below]
            known[node] = combine(columns, shares, method=mean, synthesis=steps.synthesis)
        except JingheError as error:
            raise RuleError(p.at(path=f"{p.place.path}.{node}") for p in error.problems) from None
    return found


def _find_aims(treated: _Array, tree: Tree, steps: Steps, reference: int | None) -> list[float | None]:
    found: list[float | None] = []
    for k, leaf in enumerate(tree.leaves):
        own = None if reference is None else float(treated[reference, k])
        found.append(own if steps.scaling(leaf) == "reference" else steps.targets.get(leaf))
    return found


def _check_input(raw: _Array, tree: Tree, weights: Mapping[str, float], directions: Sequence[int]) -> None:
    below = tree.ids[:-1]
    strange = [name for name in weights if name not in tree.ids]
    faults = [unknown("node-unknown", name, tree.ids, path=f"contest.weights.{name}") for name in strange]
    faults += [problem("weight-missing", "contest.weights", node=name) for name in below if name not in weights]
    odd = [name for name in below if name in weights and not 0 <= weights[name] < np.inf]
    faults += [problem("contest-range", f"contest.weights.{n}", found=weights[n], low="0", high="∞") for n in odd]
    if raw.ndim != 2 or raw.shape[1] != len(tree.leaves) or len(directions) != len(tree.leaves):
        faults.append(problem("figures-shape", "contest.tree", found=raw.shape, leaves=len(tree.leaves)))
    if np.isinf(raw).any():
        faults.append(problem("figures-infinite", "contest.tree", count=int(np.isinf(raw).sum())))
    if faults:
        raise RuleError(faults)
