"""The indicator tree compiled for arrays (指标树的数组形式): columns, nodes from the bottom up, parents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.indicator import Node

__all__ = ["Tree"]


@dataclass(frozen=True, slots=True)
class Tree:
    """An indicator tree of any depth, compiled (编译后的指标树).

    `leaves` are the columns of every figure matrix; `nodes` the inner nodes, children before parents, the root last;
    `children` the ids below each inner node; `depths` how far each id lies below the root, which is at 1.
    """

    leaves: tuple[str, ...]
    nodes: tuple[str, ...]
    children: Mapping[str, tuple[str, ...]]
    depths: Mapping[str, int]

    @classmethod
    def of(cls, root: Node) -> Tree:
        """Compile a tree of nodes.

        >>> tree = Tree.of(Node("index", (Node("growth", (Node("gdp"), Node("rd"))), Node("air"))))
        >>> tree.leaves, tree.nodes, tree.parents
        (('gdp', 'rd', 'air'), ('growth', 'index'), (3, 3, 4, 4, -1))
        """
        below = {node.id: tuple(child.id for child in node.children) for node in root.walk()}
        nodes = tuple(name for name in reversed(below) if below[name])
        depths = {root.id: 1}
        for name in reversed(nodes):
            depths |= dict.fromkeys(below[name], depths[name] + 1)
        return cls(root.leaves, nodes, {name: below[name] for name in nodes}, depths)

    @property
    def root(self) -> str:
        """The node whose value is the score."""
        return self.nodes[-1]

    @property
    def ids(self) -> tuple[str, ...]:
        """All ids: the leaves, then the inner nodes from the bottom up."""
        return (*self.leaves, *self.nodes)

    @property
    def parents(self) -> tuple[int, ...]:
        """For each of `ids` the place of its parent in `ids`; −1 for the root."""
        place = {name: k for k, name in enumerate(self.ids)}
        above = {child: place[node] for node, below in self.children.items() for child in below}
        return tuple(above.get(name, -1) for name in self.ids)

    def effective_weights(self, weights: Mapping[str, float]) -> dict[str, float]:
        """Multiply the weights down the tree (有效权重): what an id counts when all means are arithmetic.

        Args:
            weights: weight of each id among its siblings, not necessarily summing to 1.
        Returns:
            id → its part of the whole, the root 1; the ids below a node sum to it, or are 0 where all weigh 0.
        """
        found = {self.root: 1.0}
        for node in reversed(self.nodes):
            mass = sum(weights[child] for child in self.children[node])
            found |= {child: found[node] * weights[child] / mass if mass > 0 else 0.0 for child in self.children[node]}
        return found

    def leaf_weights(self, weights: Mapping[str, float]) -> NDArray[np.float64]:
        """The effective weights of the leaves, shape (m,), in the order of `leaves`."""
        found = self.effective_weights(weights)
        return np.array([found[leaf] for leaf in self.leaves])
