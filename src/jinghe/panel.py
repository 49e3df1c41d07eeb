"""Observations: jurisdiction × indicator × period × vintage, each with unit, source and status (面板)."""

from __future__ import annotations

import csv
import hashlib
import io
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any

from jinghe.errors import DataError, Place, Problem, attempt, problem
from jinghe.source import check_columns, read_rows
from jinghe.units import Period, Reading, convert, read_date, read_number

__all__ = [
    "COLUMNS",
    "OPTIONAL",
    "STATUSES",
    "Coercion",
    "Observation",
    "Panel",
    "PanelReading",
    "dump_panel",
    "read_panel",
]

COLUMNS = ("jurisdiction", "indicator", "period", "value", "unit", "vintage", "status", "reporter", "source", "note")
OPTIONAL = ("se",)  # columns that a table may leave out
STATUSES = ("synthetic", "assumed", "estimated", "reported", "revised", "verified")


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure as somebody published it on some day (观测值).

    `printed` keeps the figure as the source prints it; `value` is its number, NaN when marked missing.
    `status`: reported, verified, estimated, revised, assumed or synthetic. `source` is a source id of the case.
    `se` is the standard error (标准误) in the figure's unit, where the source prints one.
    """

    jurisdiction: str
    indicator: str
    period: str
    value: float
    unit: str
    vintage: date
    status: str
    reporter: str
    source: str
    note: str = ""
    printed: str = ""
    se: float | None = None

    @property
    def key(self) -> tuple[str, str, str, date, str]:
        """What makes it unique: jurisdiction, indicator, period, vintage, reporter."""
        return (self.jurisdiction, self.indicator, self.period, self.vintage, self.reporter)

    @property
    def precedence(self) -> tuple[date, bool, int, str]:
        """What is read first: the later vintage, a figure before a gap, the stronger status, the reporter's name."""
        strength = STATUSES.index(self.status) if self.status in STATUSES else -1
        return (self.vintage, not math.isnan(self.value), strength, self.reporter)


@dataclass(frozen=True, slots=True)
class Coercion:
    """A change made while reading (转换): line, rule and the figure before and after."""

    line: int
    rule: str
    before: str
    after: str


@dataclass(frozen=True)
class Panel:
    """An append-only set of observations (面板数据). Look-ups take the latest vintage, or one known by a day.

    What is found does not depend on the order of the observations: see `Observation.precedence`.
    """

    observations: tuple[Observation, ...] = ()
    _latest: dict[tuple[str, str, str], Observation] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        latest: dict[tuple[str, str, str], Observation] = {}
        for item in self.observations:
            key = (item.jurisdiction, item.indicator, _period_name(item.period))
            if key not in latest or latest[key].precedence <= item.precedence:
                latest[key] = item
        object.__setattr__(self, "_latest", latest)

    def find(self, jurisdiction: str, indicator: str, period: str) -> Observation | None:
        """Return the latest observation, or None; the period may be written in any way `Period.of` reads."""
        return self._latest.get((jurisdiction, indicator, _period_name(period)))

    def as_of(self, day: date) -> Panel:
        """What was known on that day (可知版次)."""
        return Panel(tuple(item for item in self.observations if item.vintage <= day))

    def append(self, items: Iterable[Observation]) -> Panel:
        """Return a panel with more observations. Raises DataError when one is already there."""
        known = {item.key for item in self.observations}
        added: list[Observation] = []
        clashes: list[Problem] = []
        for item in items:
            if item.key in known:
                clashes.append(_clash("observation-known", item))
            known.add(item.key)
            added.append(item)
        if clashes:
            raise DataError(clashes)
        return Panel((*self.observations, *added))

    @property
    def vintage(self) -> date | None:
        """The latest day on which a figure became known."""
        return max((item.vintage for item in self.observations), default=None)

    @property
    def digest(self) -> str:
        """SHA-256 over all observations, whatever their order: the data part of a result's key."""
        rows = sorted(
            repr(_EVERYTHING(item)) + ("" if item.se is None else repr(item.se)) for item in self.observations
        )
        return hashlib.sha256("\n".join(rows).encode()).hexdigest()

    def __len__(self) -> int:
        return len(self.observations)


@dataclass(frozen=True, slots=True)
class PanelReading:
    """A panel as read from a file (读取结果), with every coercion and every fault."""

    panel: Panel
    coercions: tuple[Coercion, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_panel(path: Path, *, units: Mapping[str, str] | None = None, name: str = "") -> PanelReading:
    """Read observations from CSV or Parquet; faulty rows are reported, sound rows kept.

    Args:
        path: a `.csv` or `.parquet` file with the columns of `COLUMNS`, and those of `OPTIONAL` where it has them.
        units: the unit each indicator must have; figures in a convertible unit are converted and listed. Without it
            a figure that carries another unit than its row is converted to the row's.
        name: how messages name the file.
    Returns:
        The panel, the coercions made and the problems found.
    Raises:
        DataError: the file or a column is missing, or it cannot be read as a table.
    """
    shown = name or path.name
    read = _read_parquet if path.suffix == ".parquet" else read_rows
    items: list[Observation] = []
    coercions: list[Coercion] = []
    problems: list[Problem] = []
    first: dict[tuple[str, str, str, date, str], int] = {}
    for line, row in read(path, COLUMNS, name=shown):
        found: list[Problem] = []
        item, changed = _observe(row, line=line, units=units or {}, problems=found)
        if item and item.key in first:
            found.append(_clash("observation-duplicate", item, first=first[item.key]))
        elif item:
            first[item.key] = line
            items.append(item)
            coercions += changed
        problems += [p.at(file=shown, line=line) for p in found]
    return PanelReading(Panel(tuple(items)), tuple(coercions), tuple(problems))


def dump_panel(panel: Panel, path: Path) -> None:
    """Write observations to CSV or Parquet, figures as printed, so that reading gives the same panel back."""
    columns = COLUMNS + (OPTIONAL if any(item.se is not None for item in panel.observations) else ())
    rows = [
        {name: str(getattr(item, name)) for name in COLUMNS}
        | {"value": _print(item)}
        | ({"se": "" if item.se is None else repr(item.se)} if "se" in columns else {})
        for item in panel.observations
    ]
    if path.suffix == ".parquet":
        import polars as pl  # heavy: only where Parquet is wanted

        pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String)).write_parquet(path)
        return
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(buffer.getvalue(), encoding="utf-8", newline="")


_EVERYTHING = attrgetter(*(item.name for item in fields(Observation) if item.name != "se"))  # which few figures have


@cache
def _period_name(period: str) -> str:
    try:
        return Period.of(period).name
    except DataError:
        return period


def _print(item: Observation) -> str:
    return item.printed or ("—" if math.isnan(item.value) else repr(item.value))


def _clash(code: str, item: Observation, *, first: int = 0) -> Problem:
    words = {"jurisdiction": item.jurisdiction, "indicator": item.indicator, "period": item.period, "first": str(first)}
    return Problem(code, Place(path=item.indicator), tuple(words.items()))


def _read_parquet(path: Path, columns: Sequence[str], *, name: str) -> list[tuple[int, dict[str, str]]]:
    import polars as pl

    if not path.is_file():
        raise DataError([problem("file-missing", file=name, found=name)])
    try:
        table = pl.read_parquet(path)
    except pl.exceptions.PolarsError as error:
        raise DataError([problem("table-broken", file=name, found=error)]) from None
    check_columns(table.columns, columns, file=name)
    cells = ({key: "" if cell is None else str(cell).strip() for key, cell in row.items()} for row in table.to_dicts())
    return list(enumerate(cells, start=2))


def _observe(
    row: Mapping[str, str], *, line: int, units: Mapping[str, str], problems: list[Problem]
) -> tuple[Observation | None, list[Coercion]]:
    """Read one row; every fault of it goes to `problems`, and then there is no observation."""
    path = row["indicator"]
    for column in ("jurisdiction", "indicator"):
        if not row[column]:
            problems.append(problem("cell-empty", path, column=column))
    if row["status"] not in STATUSES:
        problems.append(problem("choice-unknown", path, found=row["status"], expected=", ".join(STATUSES)))
    period = attempt(problems, Period.of, row["period"], path=path)
    vintage = attempt(problems, read_date, row["vintage"], path=path)
    figure = attempt(problems, read_number, row["value"], path=path)
    unit = units.get(row["indicator"]) or row["unit"] or (figure.unit if figure else "")
    number = attempt(problems, lambda read: _in_unit(read, row["unit"], unit), figure, path=path) if figure else None
    own = (figure.unit if figure else "") or row["unit"]
    se = attempt(problems, lambda text: _read_error(text, row["unit"] or own, unit), row.get("se", ""), path=path)
    if problems or not (figure and period and vintage and number is not None):
        return None, []
    converted = own != unit and figure.value is not None
    printed = row["value"] if not converted or figure.unit else f"{row['value']} {own}"
    rules = (*figure.coercions, "unit-converted") if converted else figure.coercions
    after = "" if math.isnan(number) else f"{number:.15g} {unit}".strip()
    before = f"{row['value']} {row['unit']}".strip()
    cells: dict[str, Any] = {name: row[name] for name in COLUMNS} | {"period": period.name, "value": number}
    cells |= {"unit": unit, "vintage": vintage, "printed": printed, "se": None if math.isnan(number) else se}
    return Observation(**cells), [Coercion(line, rule, before, after) for rule in rules]


def _read_error(text: str, row_unit: str, unit: str) -> float | None:
    """Read a standard error into the figure's unit; None for an empty cell or a gap."""
    error = read_number(text) if text else Reading(None)
    if error.value is not None and error.value < 0:
        raise DataError([problem("standard-error-negative", found=text)])
    return None if error.value is None else _in_unit(error, row_unit, unit)


def _in_unit(figure: Reading, row_unit: str, unit: str) -> float:
    if figure.value is None:
        return math.nan
    return float(convert(figure.value, figure.unit or row_unit, unit))
