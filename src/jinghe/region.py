"""Jurisdictions, their groups and their borders (区域): codes of GB/T 2260, dated and fractional membership."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import TypeVar

from jinghe.errors import DataError, Problem, attempt, problem
from jinghe.labels import Text
from jinghe.source import read_rows
from jinghe.units import read_count, read_date, read_share

__all__ = ["GROUP_KINDS", "LEVELS", "Group", "Jurisdiction", "Membership", "Region", "check_region", "read_region"]

LEVELS = ("country", "province", "prefecture", "county")
GROUP_KINDS = ("cluster", "zone", "circle", "pool")


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """One administrative unit (行政区) by its GB/T 2260 code, valid from one day to before another.

    `column` and `row` place it on the schematic tile map of the case (示意图), not on the ground.
    """

    code: str
    name: Text
    level: str
    parent: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    column: int | None = None
    row: int | None = None
    source: str = ""

    def is_valid(self, on: date) -> bool:
        """Does the code stand on that day?"""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True, slots=True)
class Membership:
    """A jurisdiction in a group (成员): its share 0–1, or None when only a part of unknown size belongs."""

    jurisdiction: str
    share: Fraction | None
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    note: str = ""

    def is_valid(self, on: date) -> bool:
        """Is it a member on that day?"""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True, slots=True)
class Group:
    """A cluster, zone, circle or pool of jurisdictions (群、区、圈、组)."""

    id: str
    name: Text
    kind: str
    members: tuple[Membership, ...]

    def codes(self, on: date) -> tuple[str, ...]:
        """Codes of the members of that day, whole and partial, in file order."""
        return tuple(m.jurisdiction for m in self.members if m.is_valid(on))


@dataclass(frozen=True, slots=True)
class Region:
    """Who takes part (区域): jurisdictions, groups and undirected borders.

    The principal (发包方) may be among the jurisdictions with another level; `contestants` leaves it out.
    """

    jurisdictions: tuple[Jurisdiction, ...]
    groups: tuple[Group, ...] = ()
    borders: tuple[tuple[str, str], ...] = ()

    def jurisdiction(self, code: str, *, on: date | None = None) -> Jurisdiction:
        """Find by code, of several rows the one valid on that day, else the first.

        Raises DataError naming the nearest code.
        """
        rows = [item for item in self.jurisdictions if item.code == code]
        if not rows:
            raise DataError([self.unknown(code)])
        return next((item for item in rows if on is not None and item.is_valid(on)), rows[0])

    def unknown(self, code: str, path: str = "") -> Problem:
        """Make the problem for a code outside the region."""
        words = [j.code for j in self.jurisdictions]
        by_name = {j.name.zh: j.code for j in self.jurisdictions} | {j.name.en: j.code for j in self.jurisdictions}
        near = by_name.get(code) or next(iter(get_close_matches(code, words, 1, 0)), "—")
        return problem("jurisdiction-unknown", path, found=code, nearest=near)

    def contestants(self, level: str = "prefecture", *, on: date | None = None) -> tuple[str, ...]:
        """Codes of one level (参赛地区), in file order, each once; with `on` only those that stand on that day."""
        return tuple(
            dict.fromkeys(j.code for j in self.jurisdictions if j.level == level and (on is None or j.is_valid(on)))
        )

    def group(self, group_id: str) -> Group:
        """Find a group by id. Raises DataError when there is none."""
        for item in self.groups:
            if item.id == group_id:
                return item
        raise DataError([problem("group-unknown", found=group_id, expected=", ".join(g.id for g in self.groups))])

    def neighbours(self, code: str) -> tuple[str, ...]:
        """Codes that share a border with `code`."""
        return tuple(b if a == code else a for a, b in self.borders if code in (a, b))

    def name(self, code: str, lang: str) -> str:
        """Name a jurisdiction; a code that is not in the region (a pool, an outside party) shows itself."""
        return next((j.name.get(lang) for j in self.jurisdictions if j.code == code), code)

    def names(self, codes: Iterable[str], lang: str) -> str:
        """Name several, joined as the language joins."""
        return ("、" if lang == "zh" else ", ").join(self.name(code, lang) for code in codes)


def check_region(region: Region) -> list[Problem]:
    """List codes that stand twice on one day, and members whose shares in groups of one kind exceed 1 on some day."""
    faults: list[Problem] = []
    for rows in _together(region.jurisdictions, key=lambda j: j.code):
        if any(_overlap(a, b) for a, b in combinations(rows, 2)):
            faults.append(problem("jurisdiction-repeated", "region", found=rows[0].code, name=rows[0].name.zh))
    joined = [(group, member) for group in region.groups for member in group.members]
    for pairs in _together(joined, key=lambda pair: (pair[0].id, pair[1].jurisdiction)):
        if any(_overlap(a, b) for (_, a), (_, b) in combinations(pairs, 2)):
            group, member = pairs[0]
            faults.append(problem("member-repeated", group.id, found=member.jurisdiction, group=group.id))
    for pairs in _together(joined, key=lambda pair: (pair[0].kind, pair[1].jurisdiction)):
        for group, member in sorted(pairs, key=lambda pair: pair[1].valid_from or date.min):
            day = member.valid_from or date.min
            total = sum((m.share or Fraction(0) for _, m in pairs if m.is_valid(day)), Fraction(0))
            if total > 1:
                faults.append(_exceed(group, member, total))
                break
    return faults


def read_region(folder: Path, *, jurisdictions: str, groups: str = "", adjacency: str = "") -> Region:
    """Read a region from its CSV tables; the tables of groups and of borders may be left out.

    Args:
        folder: where the paths below start.
        jurisdictions: code, name_zh, name_en, level, parent, valid_from, valid_to, column, row, source.
        groups: group, name_zh, name_en, kind, jurisdiction, share, valid_from, valid_to, source, note.
        adjacency: a, b, source; one line per border.
    Returns:
        The region, checked by `check_region`.
    Raises:
        DataError: with the faults of all three tables.
    """
    problems: list[Problem] = []
    units = _read_table(problems, folder, jurisdictions, _UNIT_COLUMNS)
    joined = _read_table(problems, folder, groups, _GROUP_COLUMNS)
    borders = _read_table(problems, folder, adjacency, ("a", "b", "source"))
    read = (attempt(problems, _read_jurisdiction, row, file=jurisdictions, line=line) for line, row in units)
    region = Region(
        tuple(place for place in read if place),
        _gather_groups(problems, joined, file=groups),
        tuple((row["a"], row["b"]) for _, row in borders),
    )
    codes = {row["code"] for _, row in units}
    problems += [
        region.unknown(row[column], column).at(file=file, line=line)
        for file, rows, columns in ((groups, joined, ("jurisdiction",)), (adjacency, borders, ("a", "b")))
        for line, row in rows
        for column in columns
        if codes and row[column] not in codes
    ]
    problems += _check_borders(borders, file=adjacency)
    files = {"jurisdiction-repeated": jurisdictions}
    problems += [p.at(file=files.get(p.code, groups)) for p in check_region(region)]
    if problems:
        raise DataError(problems)
    return region


_UNIT_COLUMNS = ("code", "name_zh", "name_en", "level", "parent", "valid_from", "valid_to", "column", "row", "source")
_MEMBER_COLUMNS = ("jurisdiction", "share", "valid_from", "valid_to", "source", "note")
_GROUP_COLUMNS = ("group", "name_zh", "name_en", "kind", *_MEMBER_COLUMNS)
_Row = dict[str, str]


_Item = TypeVar("_Item")


def _together(items: Iterable[_Item], *, key: Callable[[_Item], object]) -> Iterable[list[_Item]]:
    found: dict[object, list[_Item]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return found.values()


def _exceed(group: Group, member: Membership, total: Fraction) -> Problem:
    on = member.valid_from or "…"
    return problem("shares-exceed", group.id, found=member.jurisdiction, kind=group.kind, sum=total, on=on)


def _overlap(a: Jurisdiction | Membership, b: Jurisdiction | Membership) -> bool:
    starts, ends = (a.valid_from, b.valid_from), (a.valid_to, b.valid_to)
    return max(day or date.min for day in starts) < min(day or date.max for day in ends)


def _read_table(problems: list[Problem], folder: Path, name: str, columns: tuple[str, ...]) -> list[tuple[int, _Row]]:
    if not name:
        return []
    return attempt(problems, lambda path: read_rows(path, columns, name=name), folder / name) or []


def _read_span(faults: list[Problem], row: _Row) -> tuple[date | None, date | None]:
    first, end = (
        attempt(faults, read_date, row[key], path=key) if row[key] else None for key in ("valid_from", "valid_to")
    )
    if first and end and end <= first:
        faults.append(problem("dates-reversed", "valid_to", first=first, last=end))
    return first, end


def _read_name(faults: list[Problem], row: _Row) -> Text | None:
    return attempt(faults, Text.of, {"zh": row["name_zh"], "en": row["name_en"]}, path="name_zh")


def _read_choice(faults: list[Problem], row: _Row, column: str, choices: tuple[str, ...]) -> str:
    if row[column] not in choices:
        faults.append(problem("choice-unknown", column, found=row[column], expected=", ".join(choices)))
    return row[column]


def _read_jurisdiction(row: _Row) -> Jurisdiction:
    faults: list[Problem] = [] if row["code"] else [problem("cell-empty", "code", column="code")]
    name = _read_name(faults, row)
    level = _read_choice(faults, row, "level", LEVELS)
    span = _read_span(faults, row)
    column, line = (attempt(faults, read_count, row[key], path=key) if row[key] else None for key in ("column", "row"))
    if faults or name is None:
        raise DataError(faults)
    return Jurisdiction(row["code"], name, level, row["parent"], *span, column, line, row["source"])


def _read_member(row: _Row) -> tuple[Group, Membership]:
    faults: list[Problem] = [] if row["group"] else [problem("cell-empty", "group", column="group")]
    name = _read_name(faults, row)
    kind = _read_choice(faults, row, "kind", GROUP_KINDS)
    span = _read_span(faults, row)
    share = attempt(faults, read_share, row["share"], path="share") if row["share"] else None
    if faults or name is None:
        raise DataError(faults)
    return Group(row["group"], name, kind, ()), Membership(
        row["jurisdiction"], share, *span, row["source"], row["note"]
    )


def _gather_groups(problems: list[Problem], rows: list[tuple[int, _Row]], *, file: str) -> tuple[Group, ...]:
    heads: dict[str, Group] = {}
    members: dict[str, list[Membership]] = {}
    for line, row in rows:
        pair = attempt(problems, _read_member, row, file=file, line=line)
        if pair is None:
            continue
        head, member = pair
        if heads.setdefault(head.id, head) != head:
            problems.append(problem("group-differs", "group", file=file, line=line, group=head.id))
        members.setdefault(head.id, []).append(member)
    return tuple(replace(head, members=tuple(members[key])) for key, head in heads.items())


def _check_borders(rows: list[tuple[int, _Row]], *, file: str) -> list[Problem]:
    """A border has two sides and stands once; neighbours would otherwise be counted twice."""
    faults, seen = [], set()
    for line, row in rows:
        pair = frozenset((row["a"], row["b"]))
        if pair in seen or len(pair) == 1:
            faults.append(problem("border-repeated", "a", file=file, line=line, a=row["a"], b=row["b"]))
        seen.add(pair)
    return faults
