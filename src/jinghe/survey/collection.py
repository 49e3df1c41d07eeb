"""Files of answers in and out (收集格式): ODK and Kobo CSV, XLSX, LimeSurvey CSV.

A file is recognised by its columns. ODK and Kobo write `group/item` or `group-item`, several options in one cell or as
`item/option` with 1 and 0; LimeSurvey writes `item`, `battery[item]` and `item[option]` with Y, or `code. question`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import numpy as np

from jinghe.errors import DataError, problem
from jinghe.source import check_columns
from jinghe.survey.encode import Collected, Reading, encode
from jinghe.survey.instrument import Instrument, Item
from jinghe.survey.responses import Responses
from jinghe.survey.sheet import open_workbook, read_sheet, save_sheets

__all__ = ["FORMATS", "read_responses", "write_responses"]

FORMATS = ("odk", "xlsx", "limesurvey")
_IDS = ("_uuid", "KEY", "meta/instanceID", "meta-instanceID", "instanceID", "_id", "id")
_DAYS = ("today", "_submission_time", "SubmissionDate", "submitdate", "datestamp", "end", "endtime")
_STARTS, _ENDS = ("start", "startdate", "starttime"), ("end", "submitdate", "datestamp", "endtime")
_CHOSEN = {"1", "Y", "y", "yes", "true", "True", "TRUE", "是"}
_Row = dict[str, str]


def read_responses(path: Path, instrument: Instrument) -> Reading:
    """Read a file of answers and code it by the questionnaire.

    Raises:
        DataError: no such file, not readable, no rows, or not one column of the questionnaire.
    """
    rows = _read_table(path) if path.suffix.lower() != ".xlsx" else _read_workbook(path)
    if not rows:
        raise DataError([problem("survey-rows-missing", file=path.name, found=path.name)])
    columns = list(rows[0][1])
    found = {item.id: _find(item, columns, instrument) for item in instrument.questions()}
    if not any(found.values()):
        known = ", ".join(item.id for item in instrument.questions())
        raise DataError([problem("survey-columns-foreign", file=path.name, found=", ".join(columns[:8]), known=known)])
    return encode(_collect(path.name, rows, {name: read for name, read in found.items() if read}), instrument)


def _read_workbook(path: Path) -> list[tuple[int, _Row]]:
    return read_sheet(open_workbook(path), "", (), file=path.name)


def _read_table(path: Path) -> list[tuple[int, _Row]]:
    """Read CSV; Kobo separates cells by semicolons, others by commas."""
    if not path.is_file():
        raise DataError([problem("file-missing", file=path.name, found=path.name)])
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = file.readline()
            file.seek(0)
            mark = max(",;\t", key=head.count)
            reader = csv.reader(file, delimiter=mark, strict=True)
            header = [_heading(cell) for cell in next(reader, [])]
            named = [cell for cell in header if cell]
            check_columns(named, list(dict.fromkeys(named)), file=path.name)
            lines = [(reader.line_num, cells) for cells in reader if any(cells)]
    except UnicodeDecodeError:
        raise DataError([problem("file-encoding", file=path.name, found=path.name)]) from None
    except csv.Error as error:
        raise DataError([problem("table-broken", file=path.name, found=error)]) from None
    if long := [(line, cells[len(header)]) for line, cells in lines if any(cells[len(header) :])]:
        raise DataError([problem("row-long", file=path.name, line=line, found=cell) for line, cell in long])
    blank = [""] * len(header)
    return [
        (line, dict(zip(header, [cell.strip() for cell in (cells + blank)[: len(header)]], strict=True)))
        for line, cells in lines
    ]


def _heading(cell: str) -> str:
    """`G1Q2[SQ1]. How often …` keeps its code."""
    cell = cell.strip()
    match = re.match(r"([\w-]+(?:\[[\w-]+\])?)\.\s", cell)
    return match[1] if match else cell


def _find(item: Item, columns: Sequence[str], instrument: Instrument) -> Callable[[_Row], str] | None:
    """Find where an item stands: its own column, or one column per option."""
    names = [item.id, f"{item.battery}[{item.id}]"] if item.battery else [item.id]
    own = next((name for name in columns if name in names or re.split(r"[/-]", name)[-1] == item.id), "")
    if not own and "-" in item.id:
        own = next((name for name in columns if name.endswith((f"/{item.id}", f"-{item.id}"))), "")
    if own:
        return lambda row: row[own]
    if item.kind != "select_multiple":
        return None
    places = {choice.code: _find_option(item.id, choice.code, columns) for choice in instrument.options(item.id)}
    known = {code: name for code, name in places.items() if name}
    return (lambda row: " ".join(code for code, name in known.items() if row[name] in _CHOSEN)) if known else None


def _find_option(item: str, code: str, columns: Sequence[str]) -> str:
    ends = (f"{item}/{code}", f"{item}[{code}]")
    return next((name for name in columns if name in ends or name.endswith(tuple(f"/{end}" for end in ends))), "")


def _collect(file: str, rows: Sequence[tuple[int, _Row]], found: Mapping[str, Callable[[_Row], str]]) -> Collected:
    columns = rows[0][1]
    taken = [row for _, row in rows]

    def first(names: Iterable[str]) -> list[str]:
        name = next((name for name in names if name in columns), "")
        return [row[name] if name else "" for row in taken]

    clock = [_seconds(word) for word in first(("interviewtime",))]
    spent = [_between(start, end) for start, end in zip(first(_STARTS), first(_ENDS), strict=True)]
    return Collected(
        file=file,
        lines=[line for line, _ in rows],
        items={name: [read(row) for row in taken] for name, read in found.items()},
        ids=first(_IDS),
        days=first(_DAYS),
        seconds=[b if np.isnan(a) else a for a, b in zip(clock, spent, strict=True)],
        tokens=sum(bool(word) for word in first(("token",))),
    )


def _seconds(word: str) -> float:
    try:
        return float(word) if word else float("nan")
    except ValueError:
        return float("nan")


def _between(start: str, end: str) -> float:
    try:
        return (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds()
    except (TypeError, ValueError):  # no time at all, or only one of them knows its zone
        return float("nan")


def write_responses(
    responses: Responses, path: Path, *, style: str = "odk", items: Sequence[str] | None = None
) -> None:
    """Write answers as `odk` (CSV that Kobo reads too), `xlsx` or `limesurvey`; codes, days, and a number per row.

    The number is the row's place and nothing else; how long a respondent took is never written. `items` limits the
    columns; without it all are written.

    Raises:
        DataError: no such format.
    """
    if style not in FORMATS:
        raise DataError([problem("choice-unknown", "style", found=style, expected=", ".join(FORMATS))])
    lime = style == "limesurvey"
    columns = {"id" if lime else "_id": [str(at + 1) for at in range(responses.n)]}
    columns["submitdate" if lime else "today"] = ["" if day == "NaT" else day for day in responses.days.astype(str)]
    for item in responses.instrument.questions():
        if items is None or item.id in items:
            columns |= _written(responses, item, lime=lime)
    rows = list(zip(*columns.values(), strict=True))
    if style == "xlsx":
        save_sheets(path, {"responses": (tuple(columns), [dict(zip(columns, row, strict=True)) for row in rows])})
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def _written(responses: Responses, item: Item, *, lime: bool) -> dict[str, list[str]]:
    values, codes = responses.answers[item.id], [choice.code for choice in responses.instrument.options(item.id)]
    if item.kind == "select_multiple" and lime:
        return {f"{item.id}[{code}]": ["Y" if x else "" for x in values[:, at]] for at, code in enumerate(codes)}
    if item.kind == "select_multiple":
        named = np.array(codes, dtype=object)
        return {item.id: [" ".join(named[row]) for row in values]}
    name = f"{item.battery}[{item.id}]" if lime and item.battery else item.id
    if item.kind == "select_one":
        return {name: [[*codes, ""][value] for value in values]}
    if item.kind == "text":
        return {name: list(values)}
    return {name: ["" if np.isnan(value) else f"{value:.15g}" for value in values]}
