"""Read an agreement from its YAML tree (读取协议): every fault at its path, all at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

from jinghe.errors import CompactError, JingheError, Problem, problem
from jinghe.labels import Text
from jinghe.sharing.agreement import (
    Agreement,
    Choice,
    Clause,
    Crediting,
    DatedValue,
    Exit,
    Member,
    Parameter,
    Party,
    Seal,
    Series,
    Termination,
    Value,
    When,
    is_money,
)
from jinghe.sharing.shape import check_shape
from jinghe.source import Source, read_source
from jinghe.units import Period, convert, read_number, read_share

__all__ = ["read_agreement", "template_paths"]

_T = TypeVar("_T")
# How well a value is known where the file does not say: by the kind of its source.
_STRENGTH = {"official": "official", "press": "press", "assumed": "assumed", "synthetic": "synthetic"}
_RATIO = re.compile(r"[+-]?[0-9]{1,18}/0*[1-9][0-9]{0,17}")


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
    if misshapen := check_shape(tree, file=file):
        raise CompactError(misshapen)
    own = {key: read_source(key, item) for key, item in (tree.get("sources") or {}).items()}
    known = {**sources, **own}
    effective = tree.get("effective") or {}
    found: list[Problem] = []

    def gather(readers: Sequence[tuple[str, Callable[[], _T]]]) -> list[_T]:
        items, faults = _gather(readers)
        found.extend(faults)
        return items

    dates = gather([(f"effective.{key}", partial(_date, effective.get(key))) for key in ("from", "to")])
    items = (tree.get("parameters") or {}).items()
    parameters = gather([(f"parameters.{key}", partial(_parameter, key, item, known)) for key, item in items])
    replay = gather([("replay", partial(_period, item)) for item in tree.get("replay") or ()])
    series = gather([(f"data.{key}", partial(_series, key, item)) for key, item in (tree.get("data") or {}).items()])
    clauses = gather([(f"clauses.{item['id']}", partial(_clause, item)) for item in tree["clauses"]])
    members = gather([(f"members.{key}", partial(_member, key, item)) for key, item in _members(tree)])
    termination = gather([("termination", partial(_termination, tree.get("termination") or {}))])
    sealed = gather([("sealed", partial(_seal, tree.get("sealed")))])
    if found:
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
        sources=known,
        parameters={item.id: item for item in parameters},
        data={item.name: item for item in series},
        clauses=tuple(clauses),
        rounding=tuple(str(role) for role in tree["rounding"]),
        members=tuple(members),
        termination=termination[0],
        sealed=sealed[0],
        notes=tuple(Text.of(item) for item in tree.get("notes") or ()),
        crediting=_crediting(tree.get("credit")),
        calendar={str(key): int(days) for key, days in (tree.get("calendar") or {}).items()},
        replay=tuple(replay),
        dated_by=str(effective.get("source") or ""),
        template=str(tree.get("template") or ""),
        file=file,
    )


@cache
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
        return Party(role, str(tree.get("code") or ""), name, str(tree.get("kind") or "member"))
    return Party(role, str(tree))


def _members(tree: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """The members as a list of codes, or as codes with their days."""
    listed = tree.get("members") or {}
    if isinstance(listed, Mapping):
        return [(str(code), days or {}) for code, days in listed.items()]
    return [(str(code), {}) for code in listed]


def _member(code: str, tree: Mapping[str, Any]) -> Member:
    return Member(code, _date(tree.get("from")), _date(tree.get("to")))


def _termination(tree: Mapping[str, Any]) -> Termination:
    exits = tuple(Exit(str(item["party"]), _day(item["on"]), str(item["source"])) for item in tree.get("exits") or ())
    days = tree.get("notice_days")
    notice = None if days is None else int(days)
    return Termination(str(tree.get("rule") or ""), str(tree.get("residual") or ""), notice, exits)


def _seal(tree: Mapping[str, Any] | None) -> Seal | None:
    return Seal(_day(tree["on"]), str(tree["digest"])) if tree else None


def _crediting(tree: Mapping[str, Any] | None) -> Crediting | None:
    return Crediting(str(tree["indicator"]), str(tree["mode"])) if tree else None


def _series(name: str, tree: Mapping[str, Any]) -> Series:
    return Series(
        name=name,
        indicator=str(tree["indicator"]),
        of=str(tree["of"]),
        unit=str(tree["unit"]),
        label=Text.of(tree.get("label") or str(tree["indicator"])),
        every=str(tree.get("every") or "period"),
        at=tuple(_period(item) for item in tree.get("at") or ()),
        lag=int(tree.get("lag") or 0),
        negative=str(tree.get("negative") or "refuse"),
    )


def _clause(tree: Mapping[str, Any]) -> Clause:
    phrase, when = tree.get("phrase"), tree.get("when")
    return Clause(
        id=str(tree["id"]),
        block=str(tree["block"]),
        label=Text.of(tree.get("label") or str(tree["id"])),
        text=Text.of(tree["text"]),
        source=str(tree["source"]),
        bindings=dict(tree.get("with") or {}),
        phrase=Text.of(phrase) if phrase else None,
        topic=str(tree.get("topic") or ""),
        priority=int(tree.get("priority") or 0),
        exception_of=str(tree.get("exception_of") or ""),
        when=_when(when) if when else None,
    )


def _when(tree: Mapping[str, Any]) -> When:
    days = _date(tree.get("from")), _date(tree.get("to"))
    return When(*days, str(tree.get("holds") or ""), str(tree.get("fails") or ""))


def _parameter(name: str, tree: Mapping[str, Any], sources: Mapping[str, Source]) -> Parameter:
    unit = str(tree["unit"])
    choices = tuple(_choice(item) for item in tree.get("choices") or ())
    values = tuple(_dated(item, unit, sources) for item in tree.get("values") or ())
    question = Text.of(tree["question"]) if tree.get("question") else None
    return Parameter(name, unit, Text.of(tree.get("label") or name), values, bool(tree.get("open")), question, choices)


def _choice(tree: Any) -> Choice:
    if isinstance(tree, Mapping):
        return Choice(str(tree["value"]), Text.of(tree), str(tree.get("source") or ""))
    return Choice(str(tree), Text.of(str(tree)))


def _dated(tree: Mapping[str, Any], unit: str, sources: Mapping[str, Source]) -> DatedValue:
    raw, source = tree["value"], str(tree["source"])
    printed = ", ".join(str(item) for item in raw) if isinstance(raw, list | tuple) else str(raw)
    kind = sources[source].kind if source in sources else ""
    confidence = str(tree.get("confidence") or _STRENGTH.get(kind, "secondary"))
    days = _date(tree.get("from")), _date(tree.get("to"))
    return DatedValue(days[0], _value(raw, unit), printed, source, days[1], confidence)


def _value(raw: Any, unit: str) -> Value:
    if unit == "list":
        return tuple(str(item) for item in (raw if isinstance(raw, list | tuple) else [raw]))
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
    if _RATIO.fullmatch(str(raw)) and not is_money(unit):
        return Fraction(str(raw))
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
