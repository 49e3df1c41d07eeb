"""Which indicators say the same, or pull against their own node (重复与相斥), from correlations in the tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.audit.association import correlate_pair, find_least_correlation
from jinghe.contest.tree import Tree

__all__ = ["BONDS", "Bond", "find_bonds", "find_size_bonds"]

BONDS = ("redundant", "doubled", "opposed", "weak", "elsewhere", "size")
_SAME, _WEAK, _SIZE = 0.9, 0.3, 0.6
_LEAST = 4  # rows; with three a correlation of 0.99 is chance
_SLACK = 1e-9

_Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bond:
    """A correlation that asks for a look (需看的相关): of `one` with `other`, under or with the node `node`.

    redundant: siblings above 0.9. doubled: leaves of different nodes above 0.9. opposed: siblings that are negative
    beyond chance. weak: an item below 0.3 with its own node. elsewhere: a leaf nearer to another node than to its own.
    size: an undivided leaf above ±0.6 with a denominator. `least` is the |r| that n rows tell from none at 5 %.
    """

    kind: str
    one: str
    other: str
    r: float
    n: int
    least: float


def find_bonds(values: Mapping[str, _Array], *, tree: Tree) -> tuple[Bond, ...]:
    """Find the correlations in a tree that ask for a look.

    Correlations of an item with its node include the item itself, as in audits of the JRC.

    Args:
        values: every id of the tree → (n,), normalised leaves and the values of nodes.
        tree: the compiled tree.
    Returns:
        The bonds, siblings first; fewer than four rows, or no variation, make none.
    Source: thresholds 0.9 (COINr) and 0.3, and the comparison with other nodes, of the JRC's audits.
    """
    return (*_find_siblings(values, tree), *_find_doubles(values, tree), *_find_parents(values, tree))


def find_size_bonds(figures: Mapping[str, _Array], *, sizes: Mapping[str, _Array]) -> tuple[Bond, ...]:
    """Find undivided figures that follow the size of the city, |r| > 0.6: a denominator may be missing."""
    found = (_measure("size", leaf, name, column, size) for leaf, column in figures.items()
             for name, size in sizes.items())  # fmt: skip
    return tuple(bond for bond in found if abs(bond.r) > _SIZE)


def _find_siblings(values: Mapping[str, _Array], tree: Tree) -> Iterator[Bond]:
    for node in tree.nodes:
        for one, other in combinations(tree.children[node], 2):
            bond = _measure("redundant", one, other, values[one], values[other])
            if bond.r > _SAME:
                yield bond
            elif bond.r < -bond.least:
                yield _measure("opposed", one, other, values[one], values[other])


def _find_doubles(values: Mapping[str, _Array], tree: Tree) -> Iterator[Bond]:
    above = _parents(tree)
    for one, other in combinations(tree.leaves, 2):
        if above[one] != above[other]:
            bond = _measure("doubled", one, other, values[one], values[other])
            if bond.r > _SAME:
                yield bond


def _find_parents(values: Mapping[str, _Array], tree: Tree) -> Iterator[Bond]:
    above = _parents(tree)
    homes = [node for node in tree.nodes if any(child in tree.leaves for child in tree.children[node])]
    for name, node in above.items():
        own = _measure("weak", name, node, values[name], values[node])
        if len(tree.children[node]) < 2 or np.isnan(own.r):
            continue
        if own.r < _WEAK:
            yield own
        rivals = [home for home in homes if name in tree.leaves and home not in _lineage(name, above)]
        bonds = [_measure("elsewhere", name, home, values[name], values[home]) for home in rivals]
        best = max((bond for bond in bonds if not np.isnan(bond.r)), key=lambda bond: bond.r, default=None)
        if best and best.r > max(own.r, best.least) + _SLACK:
            yield best


def _measure(kind: str, one: str, other: str, left: _Array, right: _Array) -> Bond:
    n = int((~np.isnan(left) & ~np.isnan(right)).sum())
    r = correlate_pair(left, right) if n >= _LEAST else float("nan")
    return Bond(kind, one, other, r, n, find_least_correlation(n))


def _parents(tree: Tree) -> dict[str, str]:
    return {child: node for node in tree.nodes for child in tree.children[node]}


def _lineage(name: str, above: Mapping[str, str]) -> list[str]:
    found = [name]
    while found[-1] in above:
        found.append(above[found[-1]])
    return found
