"""Sheets of a workbook as rows of words (工作表): what Excel makes of codes is undone, nothing is executed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from jinghe.errors import DataError, problem
from jinghe.source import check_columns

__all__ = ["open_workbook", "read_sheet", "save_sheets"]

_Rows = list[tuple[int, dict[str, str]]]


def open_workbook(path: Path) -> Any:
    """Open a workbook for reading. Raises DataError when there is none or it cannot be read."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    if not path.is_file():
        raise DataError([problem("file-missing", file=path.name, found=path.name)])
    try:
        return load_workbook(path, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, OSError, ValueError):
        raise DataError([problem("survey-workbook", file=path.name, found=path.name)]) from None


def read_sheet(book: Any, name: str, columns: Sequence[str], *, file: str, optional: bool = False) -> _Rows:
    """Read a sheet as (line, row) pairs; the first row holds the columns, blank rows are left out.

    Args:
        book: as `open_workbook` opened it.
        name: of the sheet; "" is the first one.
        columns: those it must have.
        file: how messages name the file.
        optional: whether the sheet may be missing.
    Raises:
        DataError: the sheet or a column is missing.
    """
    names = {title.strip().lower(): title for title in book.sheetnames}
    if name and name not in names:
        if optional:
            return []
        raise DataError([problem("survey-sheet-missing", file=file, found=name)])
    sheet = book[names[name]] if name else book.worksheets[0]
    lines = [tuple(map(_word, row)) for row in sheet.iter_rows(values_only=True)]
    header = lines[0] if lines else ()
    named = [cell for cell in header if cell]
    check_columns(named, list(dict.fromkeys((*columns, *named))), file=file)
    rows = [
        (line, {key: cell for key, cell in zip(header, cells, strict=True) if key})
        for line, cells in enumerate(lines[1:], start=2)
    ]
    return [(line, row) for line, row in rows if any(row.values())]


def _word(value: Any) -> str:
    """A code typed as 1 comes back as the number 1, sometimes 1.0; as a date it is a day."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value).strip()


def save_sheets(path: Path, sheets: Mapping[str, tuple[Sequence[str], Iterable[Mapping[str, str]]]]) -> None:
    """Write sheets of words; a word that looks like a formula stays a word."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    book.remove(book.active)
    for name, (columns, rows) in sheets.items():
        sheet = book.create_sheet(name)
        for line, cells in enumerate((columns, *([row.get(key, "") for key in columns] for row in rows)), start=1):
            for at, word in enumerate(cells, start=1):
                cell = sheet.cell(line, at)
                if word:
                    cell.value, cell.data_type = word, "s"
                    cell.font = Font(bold=line == 1)
        sheet.freeze_panes = "A2"
    book.save(path)
