"""Does a document have the shape that the dictionary gives it (结构检查)? All faults at once, each with its line."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jinghe.compact.dictionary import Branch, read_branches
from jinghe.compact.document import Document, Step, Steps
from jinghe.compact.path import nearest_word, show_path
from jinghe.errors import JingheError, Problem, problem
from jinghe.labels import Text
from jinghe.units import Money, Period, read_share

__all__ = ["Shaped", "shape"]

_TYPES = {
    "map": Text("一组“键: 值”", "keys with values"),
    "list": Text("一个列表", "a list"),
    "tree": Text("一层层的映射，末端为指标代号的列表", "nested keys that end in lists of indicator ids"),
    "text": Text("中英文文字 {zh: …, en: …}", "words such as {zh: …, en: …}"),
    "string": Text("文字", "words"),
    "id": Text("由字母、数字、连字符或下划线组成的代号", "an id of letters, digits, hyphens and underscores"),
    "integer": Text("不小于 0 的整数", "a whole number, 0 or more"),
    "number": Text("数", "a number"),
    "share": Text("0 到 1 之间的份额", "a share from 0 to 1"),
    "boolean": Text("true 或 false", "true or false"),
    "date": Text("日期，如 2021-03-31", "a date such as 2021-03-31"),
    "code": Text("由 6 至 12 位数字组成的行政区代码", "a jurisdiction code of 6 to 12 digits"),
    "period": Text("期间，如 2021 或 2021-01..2021-09", "a period such as 2021 or 2021-01..2021-09"),
    "file": Text("契约文件夹内的文件路径", "the path of a file inside the folder"),
    "money": Text("带单位的金额，如 2000 万元", "an amount with its unit, such as 20000000 CNY"),
}
_TYPES |= {"group": _TYPES["id"], "source": _TYPES["id"], "path": _TYPES["string"]}
_WRONG = object()


@dataclass(frozen=True, slots=True)
class Shaped:
    """A tree with every value in its type (成形的树), the faults found, and which places cannot be used."""

    tree: dict[str, Any]
    problems: tuple[Problem, ...]
    spoiled: frozenset[Steps]

    def is_sound(self, *steps: Step) -> bool:
        """Is nothing at or below a place, and nothing around it, wrong or missing?"""
        return not any(at[: len(steps)] == steps or steps[: len(at)] == at for at in self.spoiled)


def shape(document: Document, *, kind: str = "") -> Shaped:
    """Check a document against the dictionary and give every value its type.

    A code, period, version or other word that YAML read as a number or a date is taken as it is written, so that
    `140100` and `2023.10` lose nothing. A key without a value counts as absent. An unknown key is told and left out.

    Args:
        document: as `parse_document` read it.
        kind: "" for the compact, agreement or sources.
    Returns:
        The tree, all faults in the order of the file, and the places that are wrong or lack something.
    """
    walk = _Walk(document)
    tree = walk.map(document.tree, read_branches()[kind], ())
    ordered = sorted(walk.problems, key=lambda item: item.place.line or 0)
    return Shaped(tree, tuple(ordered), frozenset(walk.spoiled))


@dataclass(frozen=True, slots=True)
class _Walk:
    document: Document
    problems: list[Problem] = field(default_factory=list)
    spoiled: set[Steps] = field(default_factory=set)

    def value(self, found: Any, branch: Branch, steps: Steps) -> Any:
        """Give one value its type; `_WRONG` when it has another."""
        kind = branch.entry.type if branch.entry else "map"
        if kind == "any":
            return found
        if kind == "tree":
            return found if _is_tree(found) else self.wrong(found, kind, steps)
        if kind == "map":
            return self.map(found, branch, steps) if isinstance(found, dict) else self.wrong(found, kind, steps)
        if kind.startswith("dated ") and isinstance(found, dict):
            return self.dated(found, branch, kind.removeprefix("dated "), steps)
        if kind.startswith("list") and not isinstance(found, list):
            return self.wrong(found, "list", steps)
        if kind == "list":
            return self.each(found, lambda item, at: self.value(item, branch.below["[]"], at), steps)
        if kind.startswith("list "):
            return self.each(found, lambda item, at: self.scalar(item, branch, kind.removeprefix("list "), at), steps)
        return self.scalar(found, branch, kind.removeprefix("dated "), steps)

    def map(self, found: dict[Any, Any], branch: Branch, steps: Steps) -> dict[str, Any]:
        shaped: dict[str, Any] = {}
        for key, value in found.items():
            below = branch.at(key)
            if below is None:
                self.say("key-unknown", (*steps, key), found=key, nearest=nearest_word(key, branch.keys))
            elif value is not None:
                shaped[key] = self.value(value, below, (*steps, key))
        for key in branch.keys:
            one = branch.below[key].entry
            if one and one.required and found.get(key) is None:
                self.say("key-missing", (*steps, key), found=key, label_zh=one.label.zh, label_en=one.label.en)
                self.spoiled.add((*steps, key))
        return {key: value for key, value in shaped.items() if value is not _WRONG}

    def each(self, found: list[Any], read: Callable[[Any, Steps], Any], steps: Steps) -> list[Any]:
        shaped = [read(item, (*steps, n)) for n, item in enumerate(found)]
        return [None if item is _WRONG else item for item in shaped]  # places keep their numbers

    def dated(self, found: dict[Any, Any], branch: Branch, kind: str, steps: Steps) -> Any:
        if not found or not all(isinstance(day, date) for day in found):
            day = next((day for day in found if not isinstance(day, date)), "{}")
            return self.wrong(day, "date", (*steps, day) if found else steps)
        return {day: self.scalar(value, branch, kind, (*steps, day)) for day, value in found.items()}

    def scalar(self, found: Any, branch: Branch, kind: str, steps: Steps) -> Any:
        if kind == "any":
            return found
        spot = self.document.spots.get(steps)
        try:
            value = _READERS[kind](found, spot.printed if spot and spot.printed is not None else str(found))
        except (JingheError, TypeError, ValueError):
            return self.wrong(found, kind, steps)
        choices = branch.entry.choices if branch.entry else ()
        if choices and value not in choices:
            near = nearest_word(value, choices)
            self.spoiled.add(steps)
            return self.say("choice-wrong", steps, found=value, choices=", ".join(choices), nearest=near)
        return value

    def wrong(self, found: Any, kind: str, steps: Steps) -> object:
        kinds = {dict: "{…}", list: "[…]", type(None): "—"}
        self.spoiled.add(steps)
        words = _TYPES[kind]
        shown = kinds.get(type(found), found)
        return self.say("type-wrong", steps, found=shown, expected_zh=words.zh, expected_en=words.en)

    def say(self, code: str, steps: Steps, **values: object) -> object:
        path, line = show_path(self.document.tree, steps), self.document.line(steps)
        self.problems.append(problem(code, path, file=self.document.file, line=line, **values))
        return _WRONG


def _is_tree(found: Any) -> bool:
    if isinstance(found, list):
        return bool(found) and all(isinstance(leaf, str) for leaf in found)
    leaves = (None,)  # an indicator beside inner nodes: `air:` with nothing below it
    return isinstance(found, dict) and bool(found) and all(one in leaves or _is_tree(one) for one in found.values())


def _text(found: Any, printed: str) -> Any:
    if isinstance(found, dict):
        sides = [words for side, words in found.items() if side in ("zh", "en") and isinstance(words, str) and words]
        if not found or len(sides) < len(found):
            raise TypeError
        return found
    return _string(found, printed)


def _string(found: Any, printed: str) -> str:
    if isinstance(found, dict | list) or found is None or not printed.strip():
        raise TypeError
    return printed


def _match(pattern: str) -> Callable[[Any, str], str]:
    def read(found: Any, printed: str) -> str:
        if not re.fullmatch(pattern, _string(found, printed)):
            raise TypeError
        return printed

    return read


def _number(found: Any, _printed: str) -> float:
    if isinstance(found, bool) or not isinstance(found, int | float) or not math.isfinite(found):
        raise TypeError
    return found


def _integer(found: Any, printed: str) -> int:
    if not isinstance(_number(found, printed), int) or found < 0:
        raise TypeError
    return int(found)


def _share(found: Any, printed: str) -> Any:
    if isinstance(found, bool):
        raise TypeError
    read_share(_string(found, printed))
    return found


def _boolean(found: Any, _printed: str) -> bool:
    if not isinstance(found, bool):
        raise TypeError
    return found


def _date(found: Any, printed: str) -> date:
    return found if isinstance(found, date) else date.fromisoformat(_string(found, printed))


def _period(found: Any, printed: str) -> str:
    return Period.of(_string(found, printed)).name


def _money(found: Any, printed: str) -> str:
    Money.of(_string(found, printed))
    return printed


def _file(found: Any, printed: str) -> str:
    if _string(found, printed).startswith(("/", "\\")) or ".." in re.split(r"[/\\]", printed) or ":" in printed:
        raise TypeError
    return printed


_ID = _match(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_READERS: Mapping[str, Callable[[Any, str], Any]] = {
    "text": _text, "string": _string, "id": _ID, "group": _ID, "source": _ID, "path": _string, "file": _file,
    "integer": _integer, "number": _number, "share": _share, "boolean": _boolean, "date": _date,
    "code": _match(r"\d{6,12}"), "period": _period, "money": _money,
}  # fmt: skip
