"""The lay-out of COINr (COINr 格式): a table iData with a row per unit, a table iMeta with a row per series."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from jinghe.contest.exchange.cells import Value, open_book, read_amount, read_word, save_book, take_sheet
from jinghe.contest.exchange.framework import KINDS, Entry, Framework, Row, check_framework, find_levels
from jinghe.errors import DataError, Problem, attempt, problem
from jinghe.source import check_columns, read_rows

__all__ = ["read_coinr_tables", "read_coinr_workbook", "write_coinr_tables", "write_coinr_workbook"]

_META = ("Level", "iCode", "iName", "Direction", "Weight", "Unit", "Target", "Denominator", "Parent", "Type")
_NEEDED = ("iCode", "Direction", "Weight", "Parent", "Type")
_DATA = ("uName", "uCode", "Time")
_Line = tuple[int, Mapping[str, Any]]


def read_coinr_workbook(path: Path, *, data: str = "iData", meta: str = "iMeta", period: str = "") -> Framework:
    """Read a workbook with the sheets iData and iMeta.

    Args:
        path: an .xlsx file.
        data: the sheet with uCode, uName, Time (may be left out), group columns, denominators and indicators.
        meta: the sheet with iCode, Type, Parent, Direction, Weight and, where known, iName, Unit, Target, Denominator.
        period: of the rows, where there is no column Time.
    Returns:
        The framework, checked.
    Raises:
        DataError: with every fault of both sheets.
    """
    book, file = open_book(path), path.name
    return _read(
        _lines(take_sheet(book, meta, file=file)), _lines(take_sheet(book, data, file=file)), (meta, data), period
    )


def read_coinr_tables(data: Path, meta: Path, *, period: str = "") -> Framework:
    """Read iData and iMeta from two CSV files; otherwise as `read_coinr_workbook`."""
    return _read(read_rows(meta, ("iCode",)), read_rows(data, ("uCode",)), (meta.name, data.name), period)


def write_coinr_workbook(
    framework: Framework, path: Path, *, extra: Mapping[str, Sequence[Sequence[Value]]] | None = None
) -> None:
    """Write the sheets iData and iMeta, and further sheets behind them; reading them gives the framework back."""
    save_book(path, {"iData": _data_rows(framework), "iMeta": _meta_rows(framework), **(extra or {})})


def write_coinr_tables(framework: Framework, *, data: Path, meta: Path) -> None:
    """Write iData and iMeta as two CSV files, as COINr's own read.csv takes them."""
    for path, rows in ((data, _data_rows(framework)), (meta, _meta_rows(framework))):
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(
                ["" if cell is None else cell for cell in row] for row in rows
            )


def _lines(cells: Sequence[Sequence[Any]]) -> list[_Line]:
    header = [read_word(cell) for cell in cells[0]] if cells else []
    rows = (dict(zip(header, line, strict=False)) for line in cells[1:])
    return [(number, {key: cell for key, cell in row.items() if key}) for number, row in enumerate(rows, start=2)
            if any(cell is not None for cell in row.values())]  # fmt: skip


def _read(meta: Sequence[_Line], data: Sequence[_Line], files: tuple[str, str], period: str) -> Framework:
    faults: list[Problem] = []
    for lines, file, columns in ((meta, files[0], _NEEDED), (data, files[1], ("uCode",))):
        header = list(lines[0][1]) if lines else []
        attempt(faults, partial(check_columns, columns=columns, file=file), header)
    if faults:
        raise DataError(faults)
    entries = [attempt(faults, partial(_entry, file=files[0]), line) for line in meta]
    known = [entry for entry in entries if entry]
    here = set(data[0][1])
    wanted = [one.code for one in known if one.kind in ("Indicator", "Denominator", "Other", "Group")]
    faults += [
        problem("exchange-series", f"iMeta.{code}", file=files[1], found=code) for code in wanted if code not in here
    ]
    rows = [attempt(faults, partial(_row, known, period, file=files[1]), line) for line in data]
    if faults:
        raise DataError(faults)
    return check_framework(Framework(tuple(known), tuple(row for row in rows if row)), file=files[0])


def _entry(line: _Line, *, file: str) -> Entry:
    number, cells = line
    code, kind = read_word(cells.get("iCode")), read_word(cells.get("Type"))
    faults: list[Problem] = [] if code else [problem("cell-empty", column="iCode")]
    if kind not in KINDS:
        faults.append(problem("choice-unknown", "Type", found=kind, expected=", ".join(KINDS)))

    def amount(column: str) -> float | None:
        return attempt(faults, lambda value: read_amount(value, file=file, path=column), cells.get(column))

    direction, weight, target = amount("Direction"), amount("Weight"), amount("Target")
    if kind in ("Indicator", "Aggregate") and direction not in (None, 1, -1):
        faults.append(problem("choice-unknown", "Direction", found=direction, expected="1, -1"))
    if weight is not None and weight < 0:
        faults.append(problem("contest-range", "Weight", found=weight, low="0", high="∞"))
    if faults:
        raise DataError(p.at(file=file, line=number, path=f"{code} {p.place.path}".strip()) for p in faults)
    name, unit, below, parent = (
        "" if (word := read_word(cells.get(column))) == "NA" else word
        for column in ("iName", "Unit", "Denominator", "Parent")
    )
    return Entry(code, name or code, kind, parent, int(direction or 1), weight, unit, target, below)


def _row(entries: Sequence[Entry], period: str, line: _Line, *, file: str) -> Row:
    number, cells = line
    faults: list[Problem] = []
    code, time = read_word(cells.get("uCode")), read_word(cells.get("Time")) or period
    if not code:
        faults.append(problem("cell-empty", column="uCode"))
    if not time:
        faults.append(problem("cell-empty", column="Time"))
    figures: dict[str, float] = {}
    for entry in entries:
        if entry.kind not in ("Aggregate", "Group"):
            value = attempt(faults, partial(read_amount, file=file, path=entry.code), cells.get(entry.code))
            figures |= {} if value is None else {entry.code: value}
    groups = {entry.code: read_word(cells.get(entry.code)) for entry in entries if entry.kind == "Group"}
    if faults:
        raise DataError(p.at(file=file, line=number, path=f"{code} {p.place.path}".strip()) for p in faults)
    return Row(
        code, read_word(cells.get("uName")) or code, time, figures, {k: word for k, word in groups.items() if word}
    )


def _data_rows(framework: Framework) -> list[list[Value]]:
    groups = [entry.code for entry in framework.of_kind("Group")]
    series = [entry.code for kind in ("Denominator", "Other", "Indicator") for entry in framework.of_kind(kind)]
    rows: list[list[Value]] = [[*_DATA[:2], *groups, _DATA[2], *series]]
    for row in framework.rows:
        time: Value = int(row.period) if row.period.isdigit() else row.period
        named = [row.groups.get(code) for code in groups]
        rows.append([row.name, row.code, *named, time, *(row.figures.get(code) for code in series)])
    return rows


def _meta_rows(framework: Framework) -> list[list[Value]]:
    levels = find_levels(framework)
    order = sorted(framework.entries, key=lambda entry: levels.get(entry.code, 99))
    rows: list[list[Value]] = [list(_META)]
    for one in order:
        counts = (one.direction, one.weight) if one.code in levels else (None, None)
        words = (one.unit or None, one.target, one.denominator or None, one.parent or None, one.kind)
        rows.append([levels.get(one.code), one.code, one.name, *counts, *words])
    return rows
