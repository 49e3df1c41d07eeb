"""Cells of sheets (单元格): what spreadsheets make of codes is undone, and no text turns into a formula."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from jinghe.errors import DataError, problem

__all__ = ["Value", "open_book", "read_amount", "read_word", "save_book", "take_sheet"]

Value = str | float | int | None
_BLANK = ("", "na", "n/a", "nan", "--", "—")


def open_book(path: Path) -> Any:
    """Open a workbook, values in place of formulas. Raises DataError when there is none or it cannot be read."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    if not path.is_file():
        raise DataError([problem("file-missing", file=path.name, found=path.name)])
    try:
        return load_workbook(path, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, OSError, ValueError):
        raise DataError([problem("exchange-workbook", file=path.name, found=path.name)]) from None


def take_sheet(book: Any, name: str, *, file: str) -> list[tuple[Any, ...]]:
    """Take the cells of a sheet, row by row; capitals in its name do not matter.

    Raises:
        DataError: there is no such sheet.
    """
    names = {title.strip().lower(): title for title in book.sheetnames}
    if name.lower() not in names:
        found = ", ".join(book.sheetnames)
        raise DataError([problem("exchange-sheet", file=file, missing=name, found=found)])
    return list(book[names[name.lower()]].iter_rows(values_only=True))


def read_word(value: Any) -> str:
    """Read a cell as a word: 1.0 is 1, a date is its day, nothing is empty.

    >>> read_word(2018.0), read_word(" AUT "), read_word(None)
    ('2018', 'AUT', '')
    """
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def read_amount(value: Any, *, file: str, path: str, line: int | None = None) -> float | None:
    """Read a cell as a number; empty, NA and n/a are missing.

    Raises:
        DataError: it is neither, or not finite (`number-unreadable`).
    """
    if value is None or (isinstance(value, str) and value.strip().lower() in _BLANK):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.inf
    if isinstance(value, bool) or math.isinf(number):
        raise DataError([problem("number-unreadable", path, file=file, line=line, found=value)])
    return None if math.isnan(number) else number


def save_book(path: Path, sheets: Mapping[str, Iterable[Sequence[Value]]]) -> None:
    """Write sheets; words stay words, missing cells stay empty, numbers keep 16 digits."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for line, cells in enumerate(rows, start=1):
            for at, value in enumerate(cells, start=1):
                if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
                    continue
                cell = sheet.cell(line, at)
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"
    book.save(path)
