"""Joint items and who gets the credit for them (协同事项与分计)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.spec import read_choice
from jinghe.errors import DataError, Problem, attempt, problem
from jinghe.labels import Text
from jinghe.source import read_rows
from jinghe.units import Period, read_number

__all__ = ["RULES", "STATUSES", "Credits", "ItemCredit", "JointItem", "credit_items", "read_items", "share_item"]

RULES = ("equal", "contribution")
STATUSES = ("planned", "negotiating", "started", "completed", "in_force", "restated")
_DATE_KINDS = ("event", "as_of", "year", "target_year", "unknown")
_WORDS = ("id", "lead", "field", "quantity", "unit", "source", "note")  # taken as they are
_COLUMNS = (*_WORDS, "on", "date_kind", "partners", "title_zh", "title_en", "status", "contributions")


@dataclass(frozen=True, slots=True)
class JointItem:
    """One thing several cities do together (协同事项), as printed. `on` is None when no date is printed."""

    id: str
    on: Period | None
    date_kind: str
    lead: str
    partners: tuple[str, ...]
    field: str
    title: Text
    quantity: str
    unit: str
    status: str
    contributions: tuple[tuple[str, float], ...]
    source: str
    note: str = ""

    @property
    def parties(self) -> tuple[str, ...]:
        """The lead and the partners, each once."""
        return tuple(dict.fromkeys((self.lead, *self.partners)))

    def is_inside(self, window: Period) -> bool:
        """Does the whole printed date lie in the window? A target year is a hope, not a date, and lies in none."""
        if self.on is None or self.date_kind == "target_year":
            return False
        return window.start <= self.on.start and self.on.end <= window.end


@dataclass(frozen=True, slots=True)
class ItemCredit:
    """What one contestant gets for one item (分计): credit = points × share. `rule` is the one that was applied."""

    id: str
    title: Text
    status: str
    jurisdiction: str
    points: float
    share: float
    credit: float
    rule: str
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class Credits:
    """Credit of all contestants (分计结果) with what fell back to equal shares and what nobody could claim."""

    codes: tuple[str, ...]
    totals: NDArray[np.float64]
    items: tuple[ItemCredit, ...]
    fallback: tuple[str, ...] = ()
    unclaimed: tuple[str, ...] = ()


def share_item(item: JointItem, *, rule: str, codes: Sequence[str]) -> tuple[str, dict[str, float]]:
    """Split one item among the contestants that take part.

    equal: φ_i = 1/n; contribution: φ_i = c_i / Σc, over the contestants among the parties. Who prints no contribution
    beside others who do has contributed nothing. Without any contribution the split is equal. The province and
    parties from outside get no credit and leave the others' undiminished (Assumption: ours).

    Args:
        item: the joint item.
        rule: `equal` or `contribution`.
        codes: the contestants.
    Returns:
        The rule that was applied, and the share 0–1 of each contestant that takes part; shares sum to 1.

    >>> given = (("A", 3.0), ("B", 1.0))
    >>> road = JointItem("r", None, "unknown", "A", ("B", "P"), "", Text.of("r"), "", "", "started", given, "s")
    >>> share_item(road, rule="contribution", codes=("A", "B"))
    ('contribution', {'A': 0.75, 'B': 0.25})
    """
    parties = [code for code in item.parties if code in codes]
    given = dict(item.contributions)
    whole = sum(given.get(code, 0.0) for code in parties)
    if rule == "contribution" and whole > 0:
        return "contribution", {code: given.get(code, 0.0) / whole for code in parties}
    return "equal", {code: 1 / len(parties) for code in parties}


def credit_items(
    items: Iterable[JointItem], *, rule: str, codes: Sequence[str], points: Mapping[str, float] | None = None
) -> Credits:
    """Credit joint items to contestants: credit_i = Σ_items points(status) · φ_i.

    Args:
        items: the joint items to be credited.
        rule: `equal` or `contribution`, see `share_item`.
        codes: the contestants, in order.
        points: points per status; a status without points earns none. Default: every item earns 1.
    Returns:
        Totals of shape (n,), every item's split, the ids that fell back to equal shares and those without a contestant.
    Source: Moulin (2002), Axiomatic cost and surplus sharing: equal and proportional shares. Efficiency and symmetry
    hold among the contestants, the dummy property under contribution.
    """
    lines: list[ItemCredit] = []
    fallback, unclaimed = [], []
    for item in items:
        worth = 1.0 if points is None else points.get(item.status, 0.0)
        applied, shares = share_item(item, rule=rule, codes=codes)
        if not shares:
            unclaimed.append(item.id)
        elif applied != rule:
            fallback.append(item.id)
        for code, share in shares.items():
            lines.append(
                ItemCredit(item.id, item.title, item.status, code, worth, share, worth * share, applied, item.source)
            )
    totals = np.array([sum(line.credit for line in lines if line.jurisdiction == code) for code in codes], dtype=float)
    return Credits(tuple(codes), totals, tuple(lines), tuple(fallback), tuple(unclaimed))


def read_items(path: Path, *, name: str = "") -> tuple[JointItem, ...]:
    """Read `joint_items.csv`.

    Args:
        path: the file, columns as in `docs`: partners `;`-separated, contributions `code:number;…` or empty.
        name: how messages name the file.
    Returns:
        The items in file order.
    Raises:
        DataError: with every fault of every line.
    """
    shown = name or path.name
    items: list[JointItem] = []
    problems: list[Problem] = []
    lines: dict[str, int] = {}
    for line, row in read_rows(path, _COLUMNS, name=shown):
        item = attempt(problems, _item, row, file=shown, line=line, path=row["id"])
        if row["id"] in lines:
            values = {"found": row["id"], "first": lines[row["id"]]}
            problems.append(problem("item-duplicate", row["id"], file=shown, line=line, **values))
        lines.setdefault(row["id"], line)
        items += [item] if item else []
    if problems:
        raise DataError(problems)
    return tuple(items)


def _item(row: Mapping[str, str]) -> JointItem:
    partners = tuple(code.strip() for code in row["partners"].split(";") if code.strip())
    faults = [problem("cell-empty", column=column) for column in ("id", "lead") if not row[column]]
    on = attempt(faults, Period.of, row["on"]) if row["on"] else None
    kind = attempt(faults, partial(read_choice, choices=_DATE_KINDS), row["date_kind"] or "unknown")
    status = attempt(faults, partial(read_choice, choices=STATUSES), row["status"])
    title = attempt(faults, Text.of, {"zh": row["title_zh"], "en": row["title_en"]})
    given = attempt(faults, partial(_contributions, parties=(row["lead"], *partners)), row["contributions"])
    if faults or not (kind and status and title) or given is None:
        raise DataError(faults)
    words = {key: row[key] for key in _WORDS}
    return JointItem(on=on, date_kind=kind, partners=partners, title=title, status=status, contributions=given, **words)


def _contributions(text: str, *, parties: Sequence[str]) -> tuple[tuple[str, float], ...]:
    found: dict[str, float] = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        code, _, number = part.partition(":")
        value = read_number(number).value
        if value is None or value < 0 or code.strip() not in parties or code.strip() in found:
            raise DataError([problem("item-contribution", found=part, parties=", ".join(parties))])
        found[code.strip()] = float(value)
    return tuple(found.items())
