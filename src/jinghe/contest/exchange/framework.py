"""Data and metadata as index builders exchange them (数据与元数据表): what COINr calls iData and iMeta."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from jinghe.errors import DataError, Problem, problem

__all__ = ["KINDS", "Entry", "Framework", "Row", "check_framework", "find_levels"]

KINDS = ("Indicator", "Aggregate", "Denominator", "Group", "Other")
_TREE = ("Indicator", "Aggregate")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of metadata (元数据): an indicator, an aggregate, a denominator, a group column or another series.

    `weight` counts among siblings and need not sum to 1; `direction` is +1 or −1; `posts` are goalposts, if known.
    """

    code: str
    name: str
    kind: str = "Indicator"
    parent: str = ""
    direction: int = 1
    weight: float | None = None
    unit: str = ""
    target: float | None = None
    denominator: str = ""
    posts: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one unit in one period (数据行); a series that is not in `figures` is missing."""

    code: str
    name: str
    period: str
    figures: Mapping[str, float] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Framework:
    """Metadata and data together (指标框架); entries and rows keep the order of the file."""

    entries: tuple[Entry, ...]
    rows: tuple[Row, ...]

    def of_kind(self, kind: str) -> tuple[Entry, ...]:
        """The entries of one kind."""
        return tuple(entry for entry in self.entries if entry.kind == kind)

    @property
    def root(self) -> Entry:
        """The aggregate at the top."""
        return next(entry for entry in self.entries if entry.kind in _TREE and not entry.parent)

    def children(self, code: str) -> tuple[Entry, ...]:
        """The entries right below an aggregate, in the order of the file."""
        return tuple(entry for entry in self.entries if entry.kind in _TREE and entry.parent == code)

    @property
    def periods(self) -> tuple[str, ...]:
        """The periods of the rows, in order of appearance."""
        return tuple(dict.fromkeys(row.period for row in self.rows))


def check_framework(framework: Framework, *, file: str) -> Framework:
    """Return the framework if it holds together; indicators without an aggregate above are an error.

    Raises:
        DataError: with every fault: no tree, more than one top, a code twice, an unknown parent or denominator, a
            parent that is no aggregate, a ring, an aggregate without children, a unit twice in one period.
    """
    faults = [p.at(file=file) for p in (*_check_tree(framework), *_check_rows(framework))]
    if faults:
        raise DataError(faults)
    return framework


def find_levels(framework: Framework) -> dict[str, int]:
    """Number the levels as COINr does (层级): an indicator is at 1, an aggregate one above its highest child."""
    found: dict[str, int] = {}

    def climb(code: str) -> int:
        below = [climb(child.code) for child in framework.children(code)]
        found[code] = max(below, default=0) + 1
        return found[code]

    climb(framework.root.code)
    return found


def _check_tree(framework: Framework) -> Iterator[Problem]:
    codes = [entry.code for entry in framework.entries]
    for code in dict.fromkeys(code for code in codes if codes.count(code) > 1):
        yield problem("node-duplicate", "iMeta", found=code)
    branches = [entry.code for entry in framework.of_kind("Aggregate")]
    sizes = [entry.code for entry in framework.of_kind("Denominator")]
    tree = [entry for entry in framework.entries if entry.kind in _TREE]
    tops = [entry.code for entry in tree if not entry.parent]
    if len(tops) != 1 or tops[0] not in branches:
        yield problem("tree-root", "iMeta", found=", ".join(tops) or "—")
    for entry in tree:
        if entry.parent and entry.parent not in branches:
            yield _unknown(entry.parent, branches, f"iMeta.{entry.code}.Parent")
        if entry.denominator and entry.denominator not in sizes:
            yield _unknown(entry.denominator, sizes, f"iMeta.{entry.code}.Denominator")
        if _is_ring(entry, tree):
            yield problem("exchange-ring", f"iMeta.{entry.code}", found=entry.code)
    parents = {entry.parent for entry in tree}
    yield from (problem("exchange-barren", f"iMeta.{code}", found=code) for code in branches if code not in parents)


def _check_rows(framework: Framework) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for row in framework.rows:
        if (row.code, row.period) in seen:
            yield problem("exchange-unit-repeated", f"iData.{row.code}", found=row.code, period=row.period)
        seen.add((row.code, row.period))
    if not framework.rows:
        yield problem("exchange-empty", "iData")


def _is_ring(entry: Entry, tree: Sequence[Entry]) -> bool:
    above = {one.code: one.parent for one in tree}
    at, steps = entry.parent, 0
    while at and at != entry.code and steps <= len(tree):
        at, steps = above.get(at, ""), steps + 1
    return bool(at) and at == entry.code


def _unknown(found: str, known: Sequence[str], path: str) -> Problem:
    near = next(iter(get_close_matches(found, known, 1, 0)), "—")
    return problem("node-unknown", path, found=found, choices=", ".join(known) or "—", nearest=near)
