"""What differs between two compacts, in words (差异): place by place, dated values from the day on they differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from jinghe.compact.case import Table
from jinghe.compact.compact import Compact
from jinghe.compact.dictionary import find_field
from jinghe.compact.document import Steps
from jinghe.compact.path import name_items, show_path, take
from jinghe.compact.wording import say_change, say_row_change
from jinghe.labels import Text

__all__ = ["Change", "diff"]

# What makes a row of each table the same row; observations are no part of a compact.
_KEYS = {
    "region.jurisdictions": ("code", "valid_from"),
    "region.groups": ("group", "jurisdiction", "valid_from"),
    "region.adjacency": ("a", "b"),
    "data.joint_items": ("id",),
    "data.progress": ("contract", "on"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference (改动): where, the value before and after (None: not there), and a sentence."""

    path: str
    before: Any
    after: Any
    text: Text


def diff(a: Compact, b: Compact) -> tuple[Change, ...]:
    """List the differences of two compacts, in the order of their files.

    Lists are matched by id, dated values by the days from which they differ while in force; what stands on one side
    only is told once, not field by field. Tables are compared row by row; observations and sources are no rules.

    Args:
        a: before.
        b: after.
    Returns:
        The changes; none when the two say the same.
    """
    changes = list(_compare(a, b, (), ()))
    for path, keys in _KEYS.items():
        changes += _compare_tables(a, b, path, keys)
    return tuple(changes)


def _compare(a: Compact, b: Compact, at: Steps, to: Steps) -> Iterator[Change]:
    """Compare what stands at `at` in a and at `to` in b; the steps differ where a list was reordered."""
    before, after = take(a.tree, at), take(b.tree, to)
    field = find_field(to)
    if before == after:
        return
    if field and field.type.startswith("dated "):
        yield from _compare_dated(a, b, at, to)
    elif isinstance(before, dict) and isinstance(after, dict) and not (field and field.type == "text"):
        yield from _compare_parts(a, b, (at, {key: key for key in before}), (to, {key: key for key in after}))
    elif _is_named(before) and _is_named(after):
        yield from _compare_parts(a, b, (at, _number(before)), (to, _number(after)))
    else:
        yield Change(show_path(b.tree, to), before, after, say_change(b, to, before=before, after=after, earlier=a))


def _compare_parts(
    a: Compact, b: Compact, at: tuple[Steps, Mapping[Any, Any]], to: tuple[Steps, Mapping[Any, Any]]
) -> Iterator[Change]:
    """Match the parts of two mappings or lists by name; each side gives its place and the step to each name."""
    (place, parts), (goal, others) = at, to
    for name, step in parts.items():
        if name in others:
            yield from _compare(a, b, (*place, step), (*goal, others[name]))
        else:
            steps = (*place, step)
            before = take(a.tree, steps)
            yield Change(show_path(a.tree, steps), before, None, say_change(a, steps, before=before, after=None))
    for name, step in others.items():
        if name not in parts:
            steps = (*goal, step)
            after = take(b.tree, steps)
            yield Change(show_path(b.tree, steps), None, after, say_change(b, steps, before=None, after=after))


def _compare_dated(a: Compact, b: Compact, at: Steps, to: Steps) -> Iterator[Change]:
    before, after = take(a.tree, at), take(b.tree, to)
    first = min(a.in_force[0], b.in_force[0])
    begun = {max(day, first) for value in (before, after) if isinstance(value, dict) for day in value}
    said: tuple[Any, Any] | None = None
    for day in sorted({first, *begun}):
        pair = (_in_force(before, day), _in_force(after, day))
        if pair != said and pair[0] != pair[1]:
            on = day if begun else None
            path = show_path(b.tree, to) + (f"@{on}" if on else "")
            yield Change(path, *pair, say_change(b, to, before=pair[0], after=pair[1], on=on, earlier=a))
        said = pair


def _in_force(value: Any, day: date) -> Any:
    if not isinstance(value, dict):
        return value
    begun = [start for start in value if start <= day]
    return value[max(begun)] if begun else None


def _is_named(value: Any) -> bool:
    names = name_items(value) if isinstance(value, list) else []
    return bool(names) and all(names) and len(set(names)) == len(names)


def _number(items: list[Any]) -> dict[str, int]:
    return {name: at for at, name in enumerate(name_items(items))}


def _compare_tables(a: Compact, b: Compact, path: str, keys: tuple[str, ...]) -> Iterator[Change]:
    before, after = _rows(a.case.tables, path, keys), _rows(b.case.tables, path, keys)
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        shown = f"{path}[{' '.join(filter(None, key))}]"
        if old is None or new is None:
            text = say_row_change(b if new else a, path, row=new or old or {}, added=new is not None)
            yield Change(shown, old, new, text)
            continue
        for column in dict.fromkeys((*old, *new)):
            pair = (old.get(column, ""), new.get(column, ""))
            if pair[0] != pair[1]:
                yield Change(f"{shown}.{column}", *pair, say_row_change(b, path, row=new, column=column, change=pair))


def _rows(tables: tuple[Table, ...], path: str, keys: tuple[str, ...]) -> dict[tuple[str, ...], dict[str, str]]:
    rows = next((table.rows for table in tables if table.path == path), ())
    return {tuple(row.get(key, "") for key in keys): row for _, row in rows}
