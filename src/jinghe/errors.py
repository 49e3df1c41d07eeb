"""Faults: where, what was found, which rule, how to mend it — in Chinese and English (差错)."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

__all__ = [
    "CompactError",
    "DataError",
    "JingheError",
    "Place",
    "Problem",
    "RuleError",
    "attempt",
    "problem",
    "read_messages",
]

_V = TypeVar("_V")
_T = TypeVar("_T")

_MESSAGES = Path(__file__).with_name("messages.csv")


@cache
def read_messages() -> dict[str, dict[str, str]]:
    """Return the message catalogue, one row per code: level, found, rule and remedy in zh and en.

    >>> read_messages()["weights-sum"]["level"]
    'error'
    """
    with _MESSAGES.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fault stands (位置): file, line and path inside the compact; each may be unknown."""

    file: str = ""
    line: int | None = None
    path: str = ""

    def __str__(self) -> str:
        spot = f"{self.file}:{self.line}" if self.file and self.line else self.file
        return " ".join(part for part in (spot, self.path) if part)


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault with its place (问题). Its words come from `messages.csv` by code."""

    code: str
    place: Place
    values: tuple[tuple[str, str], ...] = ()

    @property
    def level(self) -> str:
        """`error` blocks the result, `warning` travels with it, `note` only informs."""
        return read_messages()[self.code]["level"]

    def text(self, lang: str) -> str:
        """Say place, found value, rule and remedy in `lang` (zh or en)."""
        row = read_messages()[self.code]
        parts = [row[f"{part}_{lang}"].format_map(dict(self.values)) for part in ("found", "rule", "remedy")]
        gap = "" if lang == "zh" else " "
        head = f"{self.place}{'：' if lang == 'zh' else ': '}" if str(self.place) else ""
        return head + gap.join(part for part in parts if part)

    def at(self, *, file: str | None = None, line: int | None = None, path: str | None = None) -> Problem:
        """Return the same fault at a more exact place; what is not given stays."""
        place = Place(
            file if file is not None else self.place.file,
            line if line is not None else self.place.line,
            path if path is not None else self.place.path,
        )
        return replace(self, place=place)


def problem(code: str, path: str = "", *, file: str = "", line: int | None = None, **values: object) -> Problem:
    """Make a problem from its code, its place and the values its sentences name.

    >>> problem("weights-sum", "contest.weights", sum="0.95", missing="0.05").text("en")[:35]
    'contest.weights: the weights sum to'
    """
    return Problem(code, Place(file, line, path), tuple((key, str(value)) for key, value in values.items()))


class JingheError(Exception):
    """Root of all user-facing errors; it carries every problem found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(item.text("en") for item in self.problems))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.problems,)  # so that it crosses to another process whole


class CompactError(JingheError):
    """A compact cannot be read or breaks a rule."""


class DataError(JingheError):
    """Observations, registers or tables cannot be used as they are."""


class RuleError(JingheError):
    """A contest, agreement or contract cannot be applied to this period."""


def attempt(
    problems: list[Problem],
    read: Callable[[_V], _T],
    value: _V,
    *,
    file: str = "",
    line: int | None = None,
    path: str = "",
) -> _T | None:
    """Read a value; a user fault is added to `problems` at its place, None stands in, and reading goes on.

    >>> found: list[Problem] = []
    >>> attempt(found, lambda text: int(text), "12", path="contest"), found
    (12, [])
    """
    try:
        return read(value)
    except JingheError as error:
        problems += [p.at(file=file or None, line=line, path=path or None) for p in error.problems]
        return None
