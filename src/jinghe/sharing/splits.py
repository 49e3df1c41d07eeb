"""One amount divided among parties (分配): by fixed shares, by points, by a claims, game or river rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from jinghe.labels import Text
from jinghe.sharing.agreement import Clause
from jinghe.sharing.blocks import river_points, share_fixed, share_points, solution_points
from jinghe.sharing.ops import Number, total
from jinghe.sharing.trace import Input
from jinghe.sharing.work import WHOLE, Result, Slot, Work

__all__ = ["divide"]

_POINTS = Text("点数", "points")
_NOBODY = Text("", "")


def divide(clause: Clause, work: Work) -> Iterator[Result]:
    """Divide the base of a clause; its holder pays the parts, or its collector receives them.

    What comes back to the holder itself, or is nobody's share, is kept.
    """
    holds = "holder" in clause.bindings
    anchor = work.facts.key(str(clause.bindings["holder" if holds else "collector"]))
    slots = work.slots(clause)
    base = [slot for slot in slots if slot.key == "base"]
    whole = total([item.value for slot in base for item in slot.at(WHOLE)])
    names, weights, extra = _weights(clause, slots, whole, work)
    if clause.block == "share_river":
        whole = total([item.value for item in extra if item.name.startswith("costs")])
    weights = [replace(item, detail={**item.detail, "place": str(at)}) for at, item in enumerate(weights)]
    numbers = [item.value for item in weights]
    if clause.block == "share_fixed":
        parts = share_fixed(whole, shares=numbers)[:-1]
    else:
        parts = share_points(whole, points=numbers, ops=work.facts.ops)
    given = tuple(item for slot in base for item in slot.at(WHOLE))
    steps = tuple(item for slot in slots for items in slot.steps.values() for item in items)
    rest = [replace(item, name="other") for item in weights] if work.facts.ops.is_exact else []
    for place, (name, value) in enumerate(zip(names, parts, strict=True)):
        if name == anchor:
            continue
        inputs = (*given, weights[place], *rest[:place], *rest[place + 1 :], *extra)
        payer, payee = (anchor, name) if holds else (name, anchor)
        yield Result(clause, name, value, inputs, steps=steps, payer=payer, payee=payee, base=whole, anchor=anchor)


def _weights(
    clause: Clause, slots: Sequence[Slot], whole: Number, work: Work
) -> tuple[list[str], list[Input], tuple[Input, ...]]:
    """Find who shares, each one's share or points, and the inputs behind computed points."""
    if clause.block == "share_fixed":
        shares: Mapping[str, str] = clause.bindings["shares"]
        items = [work.facts.parameter("share", str(name)) for name in shares.values()]
        return [work.facts.key(str(role)) for role in shares], items, ()
    named = {seat: item for slot in slots if slot.key != "base" for seat, item in _points(slot, work).items()}
    if clause.block == "share_points":
        return list(named), [replace(item, name="point") for item in named.values()], ()
    fixed = work.fixed(clause)
    rule = str(fixed["rule"].value)
    extra = (*named.values(), *fixed.values())
    if clause.block == "share_game":
        worth, order = fixed["worth"].value, fixed["order"].value
        assert isinstance(worth, tuple)  # check_agreement has seen to both
        assert isinstance(order, tuple)
        keys = [work.facts.key(str(role)) for role in order]
        found: Sequence[Number] = [work.facts.ops.number(x) for x in solution_points(rule, worth=worth)]
        return keys, [_point(clause, number) for number in found], extra
    figures = [item.value for item in named.values()]
    if clause.block == "share_river":
        found = _computed(lambda row: river_points(rule, costs=row), figures, work)
    else:
        found = _computed(lambda row: solution_points(rule, claims=row[:-1], estate=row[-1]), [*figures, whole], work)
    return list(named), [_point(clause, number) for number in found], extra


def _points(slot: Slot, work: Work) -> dict[str, Input]:
    """The points of one role, or of each party."""
    if slot.part:
        return {work.facts.key(slot.part): slot.at(WHOLE)[0]}
    return {seat: cell[0] for seat, cell in slot.cells.items()}


def _computed(
    find: Callable[[Sequence[Number]], Sequence[Fraction]], figures: Sequence[Number], work: Work
) -> list[Number]:
    """Apply a rule of `games` to exact figures, or to those of every replication."""
    if work.facts.ops.is_exact or not any(isinstance(x, np.ndarray) for x in figures):
        return [work.facts.ops.number(x) for x in find(figures)]
    rows = np.stack(np.broadcast_arrays(*figures), axis=-1)
    return list(np.array([[float(x) for x in find(row)] for row in rows]).T)


def _point(clause: Clause, number: Number) -> Input:
    return Input("point", "computed", number, "1", _POINTS, clause.source, _NOBODY)
