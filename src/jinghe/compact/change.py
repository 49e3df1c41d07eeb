"""Read and change a compact by path (取值与改动): edits, reforms and alternatives all go this way."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from copy import deepcopy
from datetime import date
from typing import Any

from jinghe.compact.build import build, complete
from jinghe.compact.case import Case
from jinghe.compact.check import can_stand, check_draft
from jinghe.compact.compact import Compact
from jinghe.compact.dictionary import find_field
from jinghe.compact.document import Document, Steps
from jinghe.compact.edit import insert_key, replace_each, replace_value
from jinghe.compact.path import find_steps, parse_path, show_path, take, unknown_path
from jinghe.errors import CompactError, Problem, problem

__all__ = ["check_alternatives", "get_value", "replace_values"]


def get_value(compact: Compact, path: str) -> Any:
    """Return the value at a path; `field@2023-01-01` gives a dated field's value in force on that day.

    Args:
        compact: where to look.
        path: in the path language; `agreements[id].…` leads into an agreement.
    Returns:
        Plain values: str, int, float, bool, date, list, dict; a plain value stands for always.
    Raises:
        CompactError: nothing stands there (with the nearest path), or nothing is in force yet.
    """
    steps, day = _aim(compact.tree, path)
    value = deepcopy(take(compact.tree, steps))
    if day is None or not isinstance(value, dict):
        return value
    begun = [start for start in value if start <= day]
    if not begun:
        raise CompactError([problem("value-not-in-force", path, found=day, first=min(value))])
    return value[max(begun)]


def replace_values(compact: Compact, values: Mapping[str, Any]) -> Compact:
    """Return a compact with other values at some paths, checked as a whole; the text keeps its comments and order.

    `field` takes the value from the beginning, whatever dates it had; `field@2023-01-01` takes it from that day on.
    An optional field that is not written yet is added. Nothing else moves: of weights, all that change are named, or
    they no longer sum to 1.

    Args:
        compact: stays as it is.
        values: path → new value.
    Returns:
        The changed compact.
    Raises:
        CompactError: an unknown path (with the nearest one), or every fault of the changed compact.
    """
    faults: list[Problem] = []
    case = _replace_apart(compact.case, values)
    if case is None:
        case = compact.case
        for path, value in values.items():
            try:
                case = _replace(case, path, value, start=compact.in_force[0])
            except CompactError as error:
                faults += error.problems
    draft = build(case)
    faults += [item for item in (*draft.problems, *check_draft(draft)) if item.level == "error"]
    if faults:
        raise CompactError(faults)
    return complete(draft)


def check_alternatives(compact: Compact) -> list[Problem]:
    """List what is wrong with the alternatives to be simulated, each at its place in the compact."""
    found: list[Problem] = []
    for at, alternative in enumerate(compact.simulate.alternatives):
        steps: Steps = ("simulate", "alternatives", at, "set")
        line, path = compact.case.compact.document.line(steps), show_path(compact.tree, steps)
        try:
            replace_values(compact, alternative.set)
        except CompactError as error:
            found += [item.at(file=compact.case.compact.document.file, line=line, path=path) for item in error.problems]
    return found


def _aim(tree: dict[str, Any], path: str) -> tuple[Steps, date | None]:
    """Find a place, or the dated field of `field@day` and its day. Raises CompactError naming the nearest path."""
    steps = find_steps(tree, path)
    head, mark, day = path.rpartition("@")
    if steps is None and mark and (parse_path(path) or [("", "")])[-1][0] == "date":
        field = find_steps(tree, head)
        kind = find_field(field) if field else None
        if field and kind and kind.type.startswith("dated "):
            with suppress(ValueError):
                return field, date.fromisoformat(day)
    if steps is None:
        raise CompactError([unknown_path(tree, path)])
    return steps, None


def _replace_apart(case: Case, values: Mapping[str, Any]) -> Case | None:
    """Replace values that all exist and lie apart, reading each file once only; None where they do not."""
    found = {steps: value for path, value in values.items() if (steps := find_steps(case.tree, path))}
    if len(found) < len(values) or any(a != b and a == b[: len(a)] for a in found for b in found):
        return None
    by_file: dict[str, tuple[Document, dict[Steps, Any]]] = {}
    for steps, value in found.items():
        sheet, place = case.find_sheet(steps)
        by_file.setdefault(sheet.document.file, (sheet.document, {}))[1][place] = value
    return case.with_texts({file: replace_each(document, edits) for file, (document, edits) in by_file.items()})


def _replace(case: Case, path: str, value: Any, *, start: date) -> Case:
    if find_steps(case.tree, path) is None and (can_stand(case.tree, path) or _is_new_weight(path)):
        parent, _, key = path.rpartition(".")
        sheet, steps = case.find_sheet((*(find_steps(case.tree, parent) or ()), key))
        return case.with_texts({sheet.document.file: insert_key(sheet.document, steps, value)})
    found, day = _aim(case.tree, path)
    sheet, steps = case.find_sheet(found)
    if day is None:
        text = replace_value(sheet.document, steps, value)
    elif isinstance(take(case.tree, found), dict):
        text = insert_key(sheet.document, (*steps, day), value)
    else:
        dated = value if day <= start else {start: take(case.tree, found), day: value}
        text = replace_value(sheet.document, steps, dated)
    return case.with_texts({sheet.document.file: text})


def _is_new_weight(path: str) -> bool:
    """Is it the weight of a node that had none? Whether there is such a node is for the contest to say."""
    tokens = parse_path(path) or ()
    return tokens[:2] == (("name", "contest"), ("name", "weights")) and [kind for kind, _ in tokens[2:]] == ["name"]
