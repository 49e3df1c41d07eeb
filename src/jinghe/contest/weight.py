"""Dated weights of the indicator tree (权重): which is in force, and where the weight of a dropped node goes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from jinghe.contest.indicator import Node
from jinghe.errors import CompactError, Problem, RuleError, attempt, problem
from jinghe.units import read_date, read_share

__all__ = ["DatedWeight", "Remainder", "find_in_force", "read_weight", "redistribute", "resolve_weights"]

_TOLERANCE = 1e-9

DatedWeight = tuple[tuple[date, float], ...]


@dataclass(frozen=True, slots=True)
class Remainder:
    """What stays of a tree (剩余指标树): root None when nothing does; `emptied` nodes lost all that was below them."""

    root: Node | None
    weights: dict[str, float]
    emptied: tuple[str, ...]


def read_weight(value: Any, *, path: str) -> DatedWeight:
    """Read a weight, plain or dated; a plain one stands for always. Raises CompactError with every fault.

    >>> read_weight({"2021-01-01": 0.6, "2023-01-01": "50%"}, path="")[1]
    (datetime.date(2023, 1, 1), 0.5)
    """
    entries = value.items() if isinstance(value, Mapping) else [(date.min, value)]
    found: dict[date, float] = {}
    faults: list[Problem] = []
    for day, share in entries:
        known = attempt(faults, read_date, day, path=path)
        weight = attempt(faults, read_share, share, path=path)
        found |= {known: float(weight)} if known and weight is not None else {}
    if faults:
        raise CompactError(faults)
    return tuple(sorted(found.items()))


def find_in_force(weight: DatedWeight, on: date) -> float | None:
    """Return the weight of the latest date not after `on`, or None before the first date."""
    return next((share for day, share in reversed(weight) if day <= on), None)


def resolve_weights(root: Node, *, weights: Mapping[str, DatedWeight], on: date) -> dict[str, float]:
    """Give every node its weight among its siblings on that day; the root weighs 1.

    Siblings without a weight share equally what the others leave: without any, w = 1/k.

    Args:
        root: the indicator tree.
        weights: dated weights per node, 0–1.
        on: the day; for a period, its last day.
    Returns:
        node → weight; the children of every node sum to 1.
    Raises:
        RuleError: with every node whose children's weights do not sum to 1, or have no weight in force.
    """
    found = {root.id: 1.0}
    faults: list[Problem] = []
    for parent in root.walk():
        if parent.children:
            place = "" if parent is root else parent.id
            found |= attempt(faults, partial(_siblings, weights=weights, on=on, place=place), parent) or {}
    if faults:
        raise RuleError(faults)
    return found


def redistribute(root: Node, *, weights: Mapping[str, float], drop: Collection[str]) -> Remainder:
    """Take leaves out of the tree; their weight goes to their siblings in proportion, an emptied node's likewise.

    w_j' = w_j / Σ_{kept siblings} w. A node whose remaining children all weigh 0 counts as emptied.

    >>> tree = Node("index", (Node("a"), Node("b"), Node("c")))
    >>> redistribute(tree, weights={"a": 0.5, "b": 0.25, "c": 0.25}, drop={"a"}).weights
    {'index': 1.0, 'b': 0.5, 'c': 0.5}
    """
    emptied: list[str] = []

    def visit(node: Node, weight: float) -> tuple[Node | None, dict[str, float]]:
        if not node.children:
            return (None, {}) if node.id in drop else (node, {node.id: weight})
        visited = [visit(child, weights[child.id]) for child in node.children]
        kept = [child for child, _ in visited if child]
        mass = sum(weights[child.id] for child in kept)
        if not kept or mass <= 0:
            emptied.append(node.id)
            return None, {}
        scale = 1.0 if len(kept) == len(node.children) else mass
        below = {name: w for child, part in visited if child for name, w in part.items()}
        below |= {child.id: weights[child.id] / scale for child in kept}
        return Node(node.id, tuple(kept)), {node.id: weight} | below

    left, found = visit(root, 1.0)
    return Remainder(left, found, tuple(emptied))


def _siblings(parent: Node, *, weights: Mapping[str, DatedWeight], on: date, place: str) -> dict[str, float]:
    names = [child.id for child in parent.children]
    early = [name for name in names if name in weights and find_in_force(weights[name], on) is None]
    if early:
        raise RuleError(problem("weight-not-in-force", f"contest.weights.{name}", node=name, on=on) for name in early)
    given = {name: share for name in names if (share := find_in_force(weights.get(name, ()), on)) is not None}
    rest = 1 - sum(given.values())
    free = [name for name in names if name not in given]
    if free and given and abs(rest) <= _TOLERANCE:
        raise RuleError(problem("weight-missing", "contest.weights", node=name) for name in free)
    if (free and rest < 0) or (not free and abs(rest) > _TOLERANCE):
        dated = any(len(weights[name]) > 1 for name in given)
        where = "; ".join(filter(None, (place, on.isoformat() if dated else "")))
        shown = f"{1 - rest:.10g}" + (f" [{where}]" if where else "")
        raise RuleError([problem("weights-sum", "contest.weights", sum=shown, missing=f"{rest:.10g}")])
    return {name: given.get(name, rest / len(free) if free else 0.0) for name in names}
