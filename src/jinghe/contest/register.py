"""Joint items: what cities do together, as registered (协同事项登记)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from jinghe.contest.spec import read_choice
from jinghe.errors import DataError, Problem, attempt, problem
from jinghe.labels import Text
from jinghe.source import read_rows
from jinghe.units import Period, read_number

__all__ = ["STATUSES", "JointItem", "read_items"]

STATUSES = ("planned", "negotiating", "started", "completed", "in_force", "restated")
_DATE_KINDS = ("event", "as_of", "year", "target_year", "unknown")
_COLUMNS = ("id", "lead", "field", "quantity", "unit", "source", "note", "on", "date_kind", "partners", "title_zh",
            "title_en", "status", "contributions")  # fmt: skip


@dataclass(frozen=True, slots=True)
class JointItem:
    """One thing several cities do together (协同事项), as printed. `on` is None when no date is printed.

    `standing` and `factor` come from the partners' own reports, see `confirm_items`: what is only claimed earns
    nothing, and an item on which reports differ earns `factor` of its points.
    """

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
    standing: str = ""
    factor: float = 1.0

    @property
    def parties(self) -> tuple[str, ...]:
        """The lead and the partners, each once."""
        return tuple(dict.fromkeys((self.lead, *self.partners)))

    def is_inside(self, window: Period) -> bool:
        """Does the whole printed date lie in the window? A target year is a hope, not a date, and lies in none."""
        if self.on is None or self.date_kind == "target_year":
            return False
        return window.start <= self.on.start and self.on.end <= window.end


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
    return JointItem(
        *(row["id"], on, kind, row["lead"], partners, row["field"], title, row["quantity"], row["unit"], status),
        contributions=given,
        source=row["source"],
        note=row["note"],
    )


def _contributions(text: str, *, parties: Sequence[str]) -> tuple[tuple[str, float], ...]:
    found: dict[str, float] = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        code, _, number = part.partition(":")
        value = read_number(number).value
        if value is None or value < 0 or code.strip() not in parties or code.strip() in found:
            raise DataError([problem("item-contribution", found=part, parties=", ".join(parties))])
        found[code.strip()] = float(value)
    return tuple(found.items())
