"""What standards feed (供给数据): the simulator's stock per field and the contest's figure per jurisdiction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jinghe.errors import RuleError, problem
from jinghe.panel import Observation
from jinghe.standards.catalogue import Catalogue
from jinghe.standards.gaps import restrict
from jinghe.standards.match import Crosswalk
from jinghe.units import Period

__all__ = ["INDICATOR", "Stock", "find_figures", "find_stock"]

INDICATOR = "standards_harmonised"


@dataclass(frozen=True, slots=True)
class Stock:
    """Share of standards with a counterpart (标准一体化存量): in all, by field; and how many items have no field."""

    total: float
    fields: tuple[tuple[str, float], ...]
    unplaced: int


def find_stock(a: Catalogue, b: Catalogue, crosswalk: Crosswalk) -> Stock:
    """Return S ∈ [0, 1], the share of both catalogues' items with a reviewed exact or close counterpart.

    S = (matched of a + matched of b)/(|a| + |b|); S_d the same over the items of function d. Blocked pairs do not
    count. It starts the simulator's stock of standards (parameter `standards`, one value: `total`).
    Assumption: ours, that close pairs count whole.
    """
    a, b, crosswalk = restrict(a, b, crosswalk)
    matched = _matched(crosswalk)
    places = [(catalogue.curie(item) in matched, item) for catalogue in (a, b) for item in catalogue.items]
    fields = sorted({name for _, item in places for name in item.functions})

    def share(flags: list[bool]) -> float:
        return sum(flags) / len(flags) if flags else 0.0

    by_field = [(name, share([flag for flag, item in places if name in item.functions])) for name in fields]
    unplaced = sum(not item.functions for _, item in places)
    return Stock(share([flag for flag, _ in places]), tuple(by_field), unplaced)


def find_figures(
    a: Catalogue, b: Catalogue, crosswalk: Crosswalk, *, period: Period, known_on: date, source: str
) -> tuple[Observation, ...]:
    """Return one observation per jurisdiction for the contest: percent of its own standards with a counterpart.

    Args:
        a: one catalogue, with its jurisdiction.
        b: the other.
        crosswalk: reviewed exact and close pairs count, blocked ones do not.
        period: the period the figure is for.
        known_on: the day of the crosswalk, as vintage.
        source: source id of the crosswalk.
    Raises:
        RuleError: a catalogue without jurisdiction or without items.
    """
    a, b, crosswalk = restrict(a, b, crosswalk)
    empty = [c.prefix for c in (a, b) if not c.jurisdiction or not c.items]
    if empty:
        raise RuleError([problem("standard-jurisdiction", name, found=name) for name in empty])
    matched = _matched(crosswalk)

    def figure(catalogue: Catalogue) -> Observation:
        shared = [item for item in catalogue.items if catalogue.curie(item) in matched]
        words = (catalogue.jurisdiction, INDICATOR, period.name)
        note = f"{len(shared)}/{len(catalogue.items)}"
        value = 100 * len(shared) / len(catalogue.items)
        return Observation(*words, value, "%", known_on, "estimated", "jinghe", source, note)

    return tuple(figure(catalogue) for catalogue in (a, b))


def _matched(crosswalk: Crosswalk) -> set[str]:
    pairs = [match for match in crosswalk.select("exactMatch", "closeMatch") if not match.is_blocked]
    return {name for match in pairs for name in (match.subject, match.object)}
