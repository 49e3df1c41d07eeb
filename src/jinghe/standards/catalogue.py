"""A catalogue of standards (标准体系明细表): items, their functions and subsystems, and how they are read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from jinghe.errors import DataError, Problem, attempt, problem
from jinghe.labels import Text
from jinghe.source import read_rows
from jinghe.units import read_date, read_number

__all__ = ["COLUMNS", "STATUSES", "TIERS", "Catalogue", "Heading", "Item", "read_catalogue", "read_headings"]

COLUMNS = ("code", "title_zh", "title_en", "parent", "subsystem", "functions", "status", "source")
STATUSES = {
    "": Text("未载明", "not stated"),
    "draft": Text("起草中", "draft"),
    "in_force": Text("现行", "in force"),
    "replaced": Text("被代替", "replaced"),
    "abolished": Text("废止", "abolished"),
}
TIERS = {
    "basic": Text("基础领域", "basic field"),
    "key": Text("重点领域", "key field"),
    "other": Text("其他领域", "other field"),
}
_HEADINGS = ("catalogue", "kind", "id", "name_zh", "name_en", "tier", "need", "source", "note")
_LIVE = ("", "in_force")
_DAYS = ("issued_on", "in_force_on", "ended_on", "needed_on")
_KINDS = ("function", "subsystem")
_ENCODINGS = ("utf-16", "gb18030", "big5")


@dataclass(frozen=True, slots=True)
class Item:
    """One standard of a catalogue (标准条目). A date not printed is None, a status not printed is ""."""

    code: str
    title: Text
    subsystem: str = ""
    functions: tuple[str, ...] = ()
    parent: str = ""
    status: str = ""
    issued_on: date | None = None
    in_force_on: date | None = None
    ended_on: date | None = None
    needed_on: date | None = None
    clauses: tuple[str, ...] = ()
    scope: str = ""
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A function (职能) or subsystem (分体系) of a catalogue. Ids are shared: equal ids mean the same field."""

    kind: str
    id: str
    name: Text
    tier: str = ""
    need: float | None = None
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The standards of one owner (标准体系). `prefix` stands before a code where a crosswalk names an item."""

    prefix: str
    owner: Text
    items: tuple[Item, ...]
    headings: tuple[Heading, ...] = ()
    jurisdiction: str = ""

    def find(self, code: str) -> Item | None:
        """Return the item with this code, or None."""
        return next((item for item in self.items if item.code == code), None)

    def list_headings(self, kind: str) -> tuple[Heading, ...]:
        """Return the functions or the subsystems that the owner declares, those without standards included."""
        return tuple(heading for heading in self.headings if heading.kind == kind)

    def find_heading(self, kind: str, heading_id: str) -> Heading | None:
        """Return a declared function or subsystem, or None."""
        return next((item for item in self.list_headings(kind) if item.id == heading_id), None)

    def keep_live(self) -> Catalogue:
        """Return the catalogue without drafts and without standards that were replaced or abolished."""
        return replace(self, items=tuple(item for item in self.items if item.status in _LIVE))

    def curie(self, item: Item) -> str:
        """Name an item as a crosswalk does: `prefix:code`."""
        return f"{self.prefix}:{item.code}"


def read_headings(path: Path) -> dict[str, tuple[Heading, ...]]:
    """Read the declared functions and subsystems, by catalogue.

    Columns: catalogue, kind (function | subsystem), id, name_zh, name_en, tier (basic | key | other or empty), need
    (a positive number or empty), source, note.
    Raises DataError with every fault.
    """
    found: list[Problem] = []
    headings: dict[str, list[Heading]] = {}
    for line, row in _rows(path, _HEADINGS):
        known = headings.setdefault(row["catalogue"], [])
        own = [*_choose(row, "kind", _KINDS), *_choose(row, "tier", ("", *TIERS))]
        if any((item.kind, item.id) == (row["kind"], row["id"]) for item in known):
            own.append(problem("standard-repeated", found=row["id"]))
        name = attempt(own, Text.of, {"zh": row["name_zh"], "en": row["name_en"]}, path=row["id"]) or Text("", "")
        need = attempt(own, _need, row["need"], path=row["id"]) if row["need"] else None
        known.append(Heading(row["kind"], row["id"], name, row["tier"], need, row["source"], row["note"]))
        found += [fault.at(file=path.name, line=line) for fault in own]
    if found:
        raise DataError(found)
    return {name: tuple(items) for name, items in headings.items()}


def read_catalogue(
    path: Path, *, prefix: str, owner: Text, headings: Sequence[Heading] = (), jurisdiction: str = ""
) -> Catalogue:
    """Read a catalogue from CSV (columns of `COLUMNS`, and dates, clauses, scope and note where there are any).

    Args:
        path: a UTF-8 file; for another encoding the message says which one it seems to be.
        prefix: the prefix of its items in a crosswalk.
        owner: who keeps it.
        headings: declared functions and subsystems; when given, items may name no others.
        jurisdiction: its GB/T 2260 code, wanted where the catalogue feeds the contest.
    Returns:
        The catalogue.
    Raises:
        DataError: with every fault: encoding, codes, parents that form a ring, unknown headings, statuses and dates.
    """
    found: list[Problem] = []
    items: dict[str, Item] = {}
    rows = _rows(path, COLUMNS)
    parents = {row["code"]: row["parent"] for _, row in rows}
    for line, row in rows:
        own = _check_code(row["code"], parents, items)
        items[row["code"]] = _item(row, headings, own)
        found += [fault.at(file=path.name, line=line) for fault in own]
    if found:
        raise DataError(found)
    return Catalogue(prefix, owner, tuple(items.values()), tuple(headings), jurisdiction)


def _rows(path: Path, columns: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    try:
        return read_rows(path, columns)
    except DataError as error:
        if error.problems[0].code != "file-encoding":
            raise
        raise DataError([problem("standard-encoding", file=path.name, found=_name_encoding(path))]) from None


def _name_encoding(path: Path) -> str:
    """Name the first encoding that reads the whole file; UTF-16 only with its mark, since it reads nearly anything."""
    data = path.read_bytes()
    for name in _ENCODINGS:
        if name == "utf-16" and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            data.decode(name)
        except UnicodeDecodeError:
            continue
        return name.upper()
    return "?"


def _item(row: Mapping[str, str], headings: Sequence[Heading], found: list[Problem]) -> Item:
    functions, clauses = (_split(row.get(name, "")) for name in ("functions", "clauses"))
    if headings:
        for kind, names in (("function", functions), ("subsystem", (row["subsystem"],))):
            known = [heading.id for heading in headings if heading.kind == kind]
            unknown = [name for name in names if name and name not in known]
            found += [problem("choice-unknown", row["code"], found=n, expected=", ".join(known)) for n in unknown]
    found += _choose(row, "status", STATUSES)
    issued, begin, end, needed = (_day(row, name, found) for name in _DAYS)
    if begin and end and end <= begin:
        found.append(problem("dates-reversed", row["code"], first=begin, last=end))
    title = attempt(found, Text.of, {"zh": row["title_zh"], "en": row["title_en"]}, path=row["code"])
    return Item(
        row["code"],
        title or Text("", ""),
        row["subsystem"],
        functions,
        row["parent"],
        row["status"],
        issued,
        begin,
        end,
        needed,
        tuple(sorted(set(clauses))),
        *(row.get(name, "") for name in ("scope", "source", "note")),
    )


def _check_code(code: str, parents: Mapping[str, str], before: Collection[str]) -> list[Problem]:
    found = [] if re.fullmatch(r"[^\s|:]+", code) else [problem("standard-code", found=code)]
    if code in before:
        found.append(problem("standard-repeated", found=code))
    if parents[code] and parents[code] not in parents:
        found.append(problem("standard-parent", code, found=parents[code]))
    elif _returns(code, parents):
        found.append(problem("standard-ring", found=code))
    return found


def _returns(code: str, parents: Mapping[str, str]) -> bool:
    """Do the parents of an item lead back to it?"""
    above, seen = parents[code], set[str]()
    while above and above not in seen:
        if above == code:
            return True
        seen.add(above)
        above = parents.get(above, "")
    return False


def _choose(row: Mapping[str, str], name: str, choices: Iterable[str]) -> list[Problem]:
    if row[name] in choices:
        return []
    return [problem("choice-unknown", name, found=row[name], expected=", ".join(filter(None, choices)))]


def _day(row: Mapping[str, str], name: str, found: list[Problem]) -> date | None:
    return attempt(found, read_date, row[name], path=name) if row.get(name) else None


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _need(text: str) -> float:
    value = read_number(text).value
    if value is None or value <= 0:
        raise DataError([problem("standard-need", found=text)])
    return float(value)
