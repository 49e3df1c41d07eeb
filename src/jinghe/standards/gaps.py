"""Where two catalogues do not meet (缺口): items without counterpart, blocked pairs, structural conflicts, supply."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from jinghe.standards.catalogue import Catalogue, Heading, Item
from jinghe.standards.match import NO_TERM, Crosswalk, Match

__all__ = ["Gaps", "Side", "Supply", "find_gaps", "index_items", "restrict"]


@dataclass(frozen=True, slots=True)
class Side:
    """What one catalogue lacks in the other (一方缺口).

    unmatched: items without any counted match. absent: those of them that a reviewer found to have no counterpart.
    unjudged: the rest of them, about which nobody has said anything yet.
    """

    unmatched: tuple[Item, ...]
    absent: tuple[Item, ...]
    unjudged: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Supply:
    """A standard that one side could take over (要素互补): the taker has no standard of its own for a function."""

    taker: str
    giver: str
    function: Heading
    item: Item


@dataclass(frozen=True, slots=True)
class Gaps:
    """All gaps between two catalogues (缺口清单)."""

    sides: tuple[Side, Side]
    blocked: tuple[Match, ...]
    conflicts: tuple[Match, ...]
    merged: tuple[tuple[str, int], ...]
    supplies: tuple[Supply, ...]


def index_items(catalogues: Sequence[Catalogue]) -> dict[str, tuple[Catalogue, Item]]:
    """Return every item, with its catalogue, under the name that a crosswalk gives it: `prefix:code`."""
    return {catalogue.curie(item): (catalogue, item) for catalogue in catalogues for item in catalogue.items}


def restrict(a: Catalogue, b: Catalogue, crosswalk: Crosswalk) -> tuple[Catalogue, Catalogue, Crosswalk]:
    """Leave out drafts, replaced and abolished standards, and every row that names an item of neither catalogue."""
    a, b = a.keep_live(), b.keep_live()
    names = {NO_TERM, *(c.curie(item) for c in (a, b) for item in c.items)}
    rows = tuple(match for match in crosswalk.matches if match.subject in names and match.object in names)
    return a, b, replace(crosswalk, matches=rows)


def find_gaps(a: Catalogue, b: Catalogue, crosswalk: Crosswalk) -> Gaps:
    """Compare two catalogues through a reviewed crosswalk from a to b.

    conflicts: exact and close pairs outside the one-to-one pairing of subsystems that holds most pairs (assignment
    problem); both catalogues count alike. merged: items that several items of the other side go into (n:1).
    supplies: for a declared function without standards, the other side's unmatched items of that function.

    Args:
        a: the catalogue of the subjects.
        b: the catalogue of the objects.
        crosswalk: reviewed rows count, others do not.
    """
    a, b, crosswalk = restrict(a, b, crosswalk)
    sides = (_side(a, crosswalk), _side(b, crosswalk))
    counts = Counter(match.object for match in crosswalk.counted)
    return Gaps(
        sides,
        tuple(match for match in crosswalk.counted if match.is_blocked),
        _conflicts(a, b, crosswalk.select("exactMatch", "closeMatch")),
        tuple((name, number) for name, number in sorted(counts.items()) if number > 1),
        (*_supplies(a, b, sides[1]), *_supplies(b, a, sides[0])),
    )


def _side(catalogue: Catalogue, crosswalk: Crosswalk) -> Side:
    matched = {name for match in crosswalk.counted for name in (match.subject, match.object)}
    without = {name for match in crosswalk.absences for name in (match.subject, match.object)} - {NO_TERM}
    unmatched = tuple(item for item in catalogue.items if catalogue.curie(item) not in matched)
    absent = tuple(item for item in unmatched if catalogue.curie(item) in without)
    return Side(unmatched, absent, tuple(item for item in unmatched if catalogue.curie(item) not in without))


def _conflicts(a: Catalogue, b: Catalogue, pairs: Sequence[Match]) -> tuple[Match, ...]:
    from scipy.optimize import linear_sum_assignment

    place = {name: item.subsystem for name, (_, item) in index_items((a, b)).items()}
    placed = [(match, place[match.subject], place[match.object]) for match in pairs]
    placed = [(match, row, column) for match, row, column in placed if row and column]
    rows, columns = sorted({row for _, row, _ in placed}), sorted({column for *_, column in placed})
    table = np.zeros((len(rows), len(columns)))
    for _, row, column in placed:
        table[rows.index(row), columns.index(column)] += 1
    chosen = {(rows[i], columns[j]) for i, j in zip(*linear_sum_assignment(-table), strict=True)}
    return tuple(match for match, row, column in placed if (row, column) not in chosen)


def _supplies(taker: Catalogue, giver: Catalogue, side: Side) -> list[Supply]:
    covered = {name for item in taker.items for name in item.functions}
    return [
        Supply(taker.prefix, giver.prefix, heading, item)
        for heading in taker.list_headings("function")
        if heading.id not in covered
        for item in side.unmatched
        if heading.id in item.functions
    ]
