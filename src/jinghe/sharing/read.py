"""Read an agreement from its YAML tree (读取协议): every fault at its path, all at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from jinghe.errors import CompactError, JingheError, Problem, problem
from jinghe.labels import Text
from jinghe.sharing.agreement import (
    Agreement,
    Choice,
    Clause,
    DatedValue,
    Parameter,
    Party,
    Series,
    Value,
    is_money,
)
from jinghe.sharing.shape import check_shape
from jinghe.source import Source, read_source
from jinghe.units import Period, convert, read_number, read_share

__all__ = ["read_agreement", "template_paths"]

_T = TypeVar("_T")


def read_agreement(tree: Mapping[str, Any], *, sources: Mapping[str, Source], file: str = "") -> Agreement:
    """Read an agreement from its YAML tree.

    Args:
        tree: the parsed file.
        sources: the case's sources; those of the agreement itself go before them.
        file: how messages name the file.
    Returns:
        The agreement; whether it makes sense in a region is for `check_agreement`.
    Raises:
        CompactError: fields missing or unknown, or values that cannot be read, all at once.
    """
    if found := check_shape(tree, file=file):
        raise CompactError(found)
    own = {key: read_source(key, item) for key, item in (tree.get("sources") or {}).items()}
    effective = tree.get("effective") or {}
    items = (tree.get("parameters") or {}).items()
    dates, undated = _gather([(f"effective.{key}", partial(_date, effective.get(key))) for key in ("from", "to")])
    parameters, unread = _gather([(f"parameters.{key}", partial(_parameter, key, item)) for key, item in items])
    replay, unnamed = _gather([("replay", partial(_period, item)) for item in tree.get("replay") or ()])
    if found := [*undated, *unread, *unnamed]:
        raise CompactError(item.at(file=file) for item in found)
    return Agreement(
        id=str(tree["agreement"]),
        title=Text.of(tree["title"]),
        text=Text.of(tree.get("text") or tree["title"]),
        status=str(tree["status"]),
        book=str(tree["book"]),
        parties={str(role): _party(str(role), item) for role, item in tree["parties"].items()},
        start=dates[0],
        end=dates[1],
        sources={**sources, **own},
        parameters={item.id: item for item in parameters},
        data={key: _series(key, item) for key, item in (tree.get("data") or {}).items()},
        clauses=tuple(_clause(item) for item in tree["clauses"]),
        rounding=tuple(str(role) for role in tree["rounding"]),
        notes=tuple(Text.of(item) for item in tree.get("notes") or ()),
        calendar={str(key): int(days) for key, days in (tree.get("calendar") or {}).items()},
        replay=tuple(replay),
        dated_by=str(effective.get("source") or ""),
        template=str(tree.get("template") or ""),
        file=file,
    )


def template_paths() -> tuple[Path, ...]:
    """List the agreement templates that come with the package, by name."""
    return tuple(sorted((Path(__file__).parent / "templates").glob("*.yaml")))


def _gather(readers: Sequence[tuple[str, Callable[[], _T]]]) -> tuple[list[_T], list[Problem]]:
    """Read them all: what could be read, and every fault at its path."""
    found: list[Problem] = []
    items: list[_T] = []
    for path, read in readers:
        try:
            items.append(read())
        except JingheError as error:
            found += [item.at(path=path) for item in error.problems]
    return items, found


def _party(role: str, tree: Any) -> Party:
    if isinstance(tree, Mapping):
        name = Text.of(tree) if tree.get("zh") or tree.get("en") else None
        return Party(role, str(tree.get("code") or ""), name)
    return Party(role, str(tree))


def _series(name: str, tree: Mapping[str, Any]) -> Series:
    label = Text.of(tree.get("label") or str(tree["indicator"]))
    every = str(tree.get("every") or "period")
    return Series(name, str(tree["indicator"]), str(tree["of"]), str(tree["unit"]), label, every)


def _clause(tree: Mapping[str, Any]) -> Clause:
    phrase = tree.get("phrase")
    return Clause(
        id=str(tree["id"]),
        block=str(tree["block"]),
        label=Text.of(tree.get("label") or str(tree["id"])),
        text=Text.of(tree["text"]),
        source=str(tree["source"]),
        bindings=dict(tree["with"]),
        phrase=Text.of(phrase) if phrase else None,
    )


def _parameter(name: str, tree: Mapping[str, Any]) -> Parameter:
    unit = str(tree["unit"])
    choices = tuple(_choice(item) for item in tree.get("choices") or ())
    values = tuple(_dated(item, unit) for item in tree.get("values") or ())
    question = Text.of(tree["question"]) if tree.get("question") else None
    return Parameter(name, unit, Text.of(tree.get("label") or name), values, bool(tree.get("open")), question, choices)


def _choice(tree: Any) -> Choice:
    if isinstance(tree, Mapping):
        return Choice(str(tree["value"]), Text.of(tree), str(tree.get("source") or ""))
    return Choice(str(tree), Text.of(str(tree)))


def _dated(tree: Mapping[str, Any], unit: str) -> DatedValue:
    raw = tree["value"]
    printed = ", ".join(str(item) for item in raw) if isinstance(raw, list | tuple) else str(raw)
    return DatedValue(_date(tree.get("from")), _value(raw, unit), printed, str(tree["source"]))


def _value(raw: Any, unit: str) -> Value:
    if isinstance(raw, list | tuple):
        return tuple(_number(item, unit) for item in raw)
    if unit == "choice":
        return str(raw)
    if unit == "date":
        return _day(raw)
    return _number(raw, unit)


def _number(raw: Any, unit: str) -> Fraction:
    if unit == "share":
        return read_share(str(raw))
    reading = read_number(str(raw))
    if reading.value is None:
        raise CompactError([problem("number-unreadable", found=raw)])
    if not is_money(unit):
        return reading.value
    return convert(reading.value, reading.unit or unit.split("/", 1)[0], "分")


def _period(raw: Any) -> str:
    return Period.of(str(raw)).name


def _date(raw: Any) -> date | None:
    return None if raw is None else _day(raw)


def _day(raw: Any) -> date:
    try:
        return raw if isinstance(raw, date) else date.fromisoformat(str(raw))
    except ValueError:
        raise CompactError([problem("date-unreadable", found=raw)]) from None
