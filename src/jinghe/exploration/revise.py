"""Change a compact quickly (改动规则): only what a path leads to is read again, and siblings make room for a weight."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from jinghe.compact import Compact, replace_values
from jinghe.compact.path import parse_path
from jinghe.contest import Node, read_contest
from jinghe.contest.uncertainty.plan import set_value
from jinghe.contest.weight import DatedWeight, find_in_force, read_weight
from jinghe.contract import read_contract
from jinghe.errors import CompactError

__all__ = ["complete_weights", "revise", "switch_weight"]

_WEIGHTS = "contest.weights."
_PARAMETERS = "simulate.parameters."


def revise(compact: Compact, changes: Mapping[str, Any]) -> Compact:
    """Return a compact with other values at some paths, as `replace_values` would, without reading its files again.

    Weights that are not named make room in proportion (`complete_weights`). Parameters, weights, other rules of the
    contest, contracts and the platform are changed in memory; where any other path is named, or a value is refused,
    `replace_values` does or says it. Changed in memory, files and digest stay those of the compact, and the check as a
    whole is left to where a range is read (`read_space`).

    Args:
        compact: stays as it is.
        changes: path → value, as `replace_values` takes them.
    Raises:
        CompactError: an unknown path, a value that cannot be read.
    """
    completed = complete_weights(compact, changes)
    changed = compact
    for path, value in completed.items():
        revised = _revise_one(changed, path, value)
        if revised is None:
            return replace_values(compact, completed)
        changed = revised
    return changed


def complete_weights(compact: Compact, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Add to changed weights what their siblings must become, so that they sum to 1 on every day.

    w_o ← w_o (1 − Σ named)/Σ others, day by day; equal shares where the others weigh nothing. Where the named alone
    exceed 1 the others weigh 0, and the reader of weights refuses the sum. `X@day` holds from that day on for good.
    """
    named = {path: value for path, value in changes.items() if path.startswith(_WEIGHTS)}
    if not named or compact.contest is None:
        return dict(changes)
    found = {path: value for path, value in changes.items() if path not in named}
    nodes = {node.id: node for node in compact.contest.root.walk()}
    unknown = {path: value for path, value in named.items() if _node(path) not in nodes}
    weights = {_node(path): _dated(compact, path, v) for path, v in named.items() if path not in unknown}
    for parent in compact.contest.branches:
        if set(weights) & {child.id for child in parent.children}:
            found |= dict(_make_room(compact, parent, weights))
    start = _first_day(compact)
    return found | unknown | {f"{_WEIGHTS}{node}": _plain(dict(w), start) for node, w in weights.items()}


def switch_weight(compact: Compact, node: str, *, value: float, on: date) -> dict[date, float]:
    """Return a node's weight that is what it was until a day and another from then on, whatever was planned later."""
    contest = compact.need_contest()
    days = {_first_day(compact), *contest.change_dates()}
    return {day: contest.weight(node, day) for day in sorted(days) if day < on} | {on: value}


def _first_day(compact: Compact) -> date:
    return min([compact.in_force[0], *compact.need_contest().change_dates()])


def _node(path: str) -> str:
    return path.removeprefix(_WEIGHTS).partition("@")[0]


def _dated(compact: Compact, path: str, value: Any) -> DatedWeight:
    day = path.partition("@")[2]
    given = switch_weight(compact, _node(path), value=value, on=date.fromisoformat(day)) if day else value
    return _read(given, path)


def _read(given: Any, path: str) -> DatedWeight:
    """Read a weight; numbers as they are, for the reader refuses those that print with an exponent."""
    row = given if isinstance(given, Mapping) else {date.min: given}
    if all(type(day) is date and type(share) in (int, float) for day, share in row.items()):
        return tuple(sorted((day, float(share)) for day, share in row.items()))
    return read_weight(given, path=path)


def _make_room(compact: Compact, parent: Node, weights: Mapping[str, DatedWeight]) -> Iterator[tuple[str, Any]]:
    contest, start = compact.need_contest(), _first_day(compact)
    mine = [child.id for child in parent.children if child.id in weights]
    others = [child.id for child in parent.children if child.id not in weights]
    days = {start, *contest.change_dates(), *(day for node in mine for day, _ in weights[node])} - {date.min}
    rows: dict[str, dict[date, float]] = {node: {} for node in others}
    for day in sorted(days):
        old = contest.weights_on(day)
        left = max(1 - sum(find_in_force(weights[node], day) or 0.0 for node in mine), 0.0)
        total = sum(old[node] for node in others)
        for node in others:
            rows[node][day] = left * (old[node] / total if total else 1 / len(others))
    return ((f"{_WEIGHTS}{node}", _plain(row, start)) for node, row in rows.items())


def _plain(row: dict[date, float], start: date) -> Any:
    """One number where it never changes."""
    return next(iter(row.values())) if min(row) <= start and len(set(row.values())) == 1 else row


def _revise_one(compact: Compact, path: str, value: Any) -> Compact | None:
    """Change one place in memory; None where the files must be read again."""
    plan, contest = compact.simulate, compact.contest
    tokens = parse_path(path) or ()
    words, kinds = [word for _, word in tokens], [kind for kind, _ in tokens]
    if path.startswith(_PARAMETERS):
        return replace(compact, simulate=replace(plan, parameters={**plan.parameters, words[-1]: value}))
    if path == "simulate.horizon":
        return replace(compact, simulate=replace(plan, horizon=value))
    if contest and path.startswith(_WEIGHTS):
        if _node(path) not in {node.id for node in contest.root.walk()}:
            return None
        weights = {**contest.weights, _node(path): _read(value, path)}
        return replace(compact, contest=replace(contest, weights=weights))
    if contest and path.startswith("contest.") and path != "contest.weights":
        tree = set_value(contest.tree, path, value)
        found = read_contest(tree) if tree is not None else None
        return replace(compact, contest=replace(found, weights=contest.weights)) if found and not found.faults else None
    if words[:1] == ["platform"] and kinds == ["name"] * len(kinds) and len(kinds) > 1:
        return replace(compact, platform=_put(compact.platform, words[1:], value))
    if words[:1] == ["contracts"] and kinds == ["name", "item", "name"]:
        return _revise_contract(compact, words[1], words[2], value)
    return None


def _revise_contract(compact: Compact, name: str, key: str, value: Any) -> Compact | None:
    at = next((number for number, contract in enumerate(compact.contracts) if contract.id == name), None)
    if at is None:
        return None
    before = compact.contracts[at]
    try:
        read = read_contract({**compact.tree["contracts"][at], key: value}, principal=compact.principal)
    except CompactError:
        return None
    if not hasattr(before, key):
        return None
    contract = replace(before, **{key: getattr(read, key)})
    return replace(compact, contracts=(*compact.contracts[:at], contract, *compact.contracts[at + 1 :]))


def _put(tree: Mapping[str, Any], keys: list[str], value: Any) -> dict[str, Any]:
    key, *rest = keys
    return {**tree, key: _put(tree.get(key) or {}, rest, value) if rest else value}
