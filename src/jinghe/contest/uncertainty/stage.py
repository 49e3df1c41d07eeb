"""Everything before the weights (加权前状态), and the scores of many draws of weights at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.aggregate import MEANS, Synthesis, aggregate_tree, combine
from jinghe.contest.indicator import Node
from jinghe.contest.tree import Tree

__all__ = ["Stage", "find_leaf_weights", "narrow", "transform"]

_Array = NDArray[np.float64]
_POWERS = {"arithmetic": 1.0, "geometric": 0.0, "harmonic": -1.0}


@dataclass(frozen=True, eq=False)
class Stage:
    """One state of the plan up to normalisation (上游状态), and how it is aggregated.

    Columns of `normalised` (n, m) are the leaves of the whole tree, NaN where a leaf was dropped or a figure is
    missing; `weights` are nominal, 0 for what was dropped.
    """

    tree: Tree
    normalised: _Array
    weights: Mapping[str, float]
    aggregations: Mapping[str, str]
    synthesis: Synthesis = Synthesis()  # noqa: RUF009 - frozen

    @cached_property
    def nominal(self) -> _Array:
        """Scores with the nominal weights, shape (n,). Raises RuleError where a figure does not suit its aggregate."""
        return aggregate_tree(
            self.normalised,
            tree=self.tree,
            weights=self.weights,
            aggregations=self.aggregations,
            synthesis=self.synthesis,
        )[self.tree.root]

    @cached_property
    def live(self) -> tuple[bool, ...]:
        """Which leaves have a figure at all."""
        return tuple(bool(one) for one in np.atleast_1d(~np.isnan(self.normalised).all(axis=0)))

    @cached_property
    def power(self) -> float | None:
        """The power p of the mean when every node takes the same kind, else None."""
        powers = {self.find_power(node) for node in self.tree.nodes}
        return powers.pop() if len(powers) == 1 else None

    @cached_property
    def whole(self) -> NDArray[np.bool_]:
        """Which rows have a figure in every leaf that counts."""
        return np.asarray(~np.isnan(self.normalised[:, list(self.live)]).any(axis=1) & any(self.live))

    @cached_property
    def is_flat(self) -> bool:
        """Is the tree one mean of its leaves: one kind of mean, and no gaps in rows that have any figure?"""
        empty = np.isnan(self.normalised).all(axis=1)
        return self.power is not None and bool((self.whole | empty).all())

    def score(self, weights: Mapping[str, _Array]) -> _Array:
        """Score draws of weights.

        One kind of mean and no gaps: f⁻¹(W f(X)) with the effective leaf weights W, one matrix product. Otherwise node
        by node, a missing child's weight going to its siblings row by row, as in `aggregate_tree`.

        Args:
            weights: id → shape (d,), for every id but the root.
        Returns:
            Shape (d, n).
        """
        if not self.is_flat:
            return self._climb(weights)
        return self.collapse(find_leaf_weights(self.tree, weights, self.live))

    def collapse(self, leaf_weights: _Array) -> _Array:
        """Score draws of effective leaf weights, shape (d, m), where `is_flat`."""
        assert self.power is not None
        self.nominal  # noqa: B018 - tells figures that do not suit the mean
        return np.asarray(_restore(leaf_weights @ self.terms, self.power))

    @cached_property
    def terms(self) -> _Array:
        """f(x) of every leaf, shape (m, n), 1 put for leaves that do not count."""
        assert self.power is not None
        return np.ascontiguousarray(transform(np.where(self.live, self.normalised, 1.0), self.power).T)

    def find_power(self, node: str) -> float | None:
        """The power of a node's mean: 1 arithmetic, 0 geometric, −1 harmonic; None where it is no mean."""
        method = self.aggregations[node]
        return _POWERS.get(method, self.synthesis.power) if method in MEANS else None

    def _climb(self, weights: Mapping[str, _Array]) -> _Array:
        self.nominal  # noqa: B018
        found: dict[str, _Array] = {}
        for node in self.tree.nodes:
            power = self.find_power(node)
            found[node] = self._join(node, weights, found) if power is None else self._mean(node, power, weights, found)
        return found[self.tree.root]

    def _join(self, node: str, weights: Mapping[str, _Array], found: Mapping[str, _Array]) -> _Array:
        names = self.tree.children[node]
        children = [found[name] if name in found else self.column(name) for name in names]
        shares = [weights[name][:, None] for name in names]
        return combine(children, shares, method=self.aggregations[node], synthesis=self.synthesis)

    def _mean(self, node: str, power: float, weights: Mapping[str, _Array], found: Mapping[str, _Array]) -> _Array:
        shape = (len(next(iter(weights.values()))), len(self.normalised))
        total, mass = np.zeros(shape), np.zeros(shape)
        if leaves := [name for name in self.tree.children[node] if name not in found]:
            terms, known = _mask(np.stack([self.column(name) for name in leaves]), power)
            share = np.column_stack([weights[name] for name in leaves])
            total += share @ terms
            mass += share @ known
        for name in self.tree.children[node]:
            if name in found:
                terms, known = _mask(found[name], power)
                total += weights[name][:, None] * terms
                mass += weights[name][:, None] * known
        mean = np.full(shape, np.nan)
        np.divide(total, mass, out=mean, where=mass > 0)
        return _restore(mean, power)

    def list_held(self, node: str) -> list[str]:
        """The children of a node that count: with a weight, and with figures."""
        live = dict(zip(self.tree.leaves, self.live, strict=True))
        return [
            n for n in self.tree.children[node] if self.weights[n] > 0 and (live[n] if n in live else self.list_held(n))
        ]

    def column(self, leaf: str) -> _Array:
        """The normalised figures of a leaf, shape (n,)."""
        return np.asarray(self.normalised[:, self.tree.leaves.index(leaf)])


def narrow(stage: Stage, node: str) -> Stage:
    """Take one node with all below it; its values are those that it has in the whole. A leaf stands alone."""
    tree = stage.tree

    def grow(name: str) -> Node:
        return Node(name, tuple(grow(child) for child in tree.children.get(name, ())))

    if node in tree.leaves:
        part, means, weights = (
            Tree.of(Node(f"{node} alone", (Node(node),))),
            {f"{node} alone": "arithmetic"},
            {node: 1.0},
        )
    else:
        part = Tree.of(grow(node))
        means = {name: stage.aggregations[name] for name in part.nodes}
        weights = {name: stage.weights[name] for name in part.ids[:-1]}
    columns = [tree.leaves.index(leaf) for leaf in part.leaves]
    return Stage(part, stage.normalised[:, columns], weights, means, stage.synthesis)


def find_leaf_weights(tree: Tree, weights: Mapping[str, _Array], live: Sequence[bool]) -> _Array:
    """Multiply draws of weights down the tree, what is not live giving its weight to its siblings.

    Args:
        tree: the compiled tree.
        weights: id → shape (d,), for every id but the root.
        live: which leaves count, in the order of `tree.leaves`.
    Returns:
        Shape (d, m), rows sum to 1; NaN where a draw leaves nothing.
    """
    draws = len(next(iter(weights.values())))
    held: dict[str, _Array] = {leaf: np.full(draws, float(one)) for leaf, one in zip(tree.leaves, live, strict=True)}
    mass: dict[str, _Array] = {}
    for node in tree.nodes:
        mass[node] = np.sum([weights[name] * held[name] for name in tree.children[node]], axis=0)
        held[node] = (mass[node] > 0).astype(float)
    found = {tree.root: np.where(mass[tree.root] > 0, 1.0, np.nan)}
    for node in reversed(tree.nodes):
        share = found[node] / np.where(mass[node] > 0, mass[node], 1.0)
        found |= {name: share * weights[name] * held[name] for name in tree.children[node]}
    return np.column_stack([found[leaf] for leaf in tree.leaves])


def transform(values: _Array, power: float) -> _Array:
    """Put figures on the scale on which their mean is linear: x, ln x, or xᵖ."""
    return values if power == 1 else np.log(values) if power == 0 else np.asarray(values**power)


def _restore(values: _Array, power: float) -> _Array:
    return values if power == 1 else np.exp(values) if power == 0 else np.asarray(values ** (1 / power))


def _mask(values: _Array, power: float) -> tuple[_Array, _Array]:
    known = ~np.isnan(values)
    return np.where(known, transform(np.where(known, values, 1.0), power), 0.0), known.astype(float)
