"""Tables as a workbook (XLSX 报告): a list of tables, then one sheet each, its method below; numbers are numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinghe.report.titled import TitledTable

__all__ = ["write_xlsx"]

_CONTENTS = {"zh": ("目录", "表", "标题"), "en": ("Contents", "Table", "Title")}
_NUMBER = re.compile(r"[-−]?[0-9][0-9,]*(\.[0-9]+)?(%?)")
_FONT = "宋体"


def write_xlsx(
    path: Path, tables: Sequence[TitledTable], *, title: str, lead: Sequence[str] = (), lang: str = "zh"
) -> None:
    """Write a workbook. Numbers are stored as printed, so that no cell holds more than the table shows.

    Args:
        path: the file to write.
        tables: in order.
        title: of the workbook.
        lead: lines below the title.
        lang: zh or en: names of sheets and captions.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    name, head, words = _CONTENTS[lang]
    contents = book.active
    contents.title = name
    _put(contents, 1, 1, title, font=Font(name=_FONT, bold=True, size=14))
    for at, line in enumerate(lead, start=2):
        _put(contents, at, 1, line)
    start = len(lead) + 3
    _put(contents, start, 1, head, font=Font(name=_FONT, bold=True))
    _put(contents, start, 2, words, font=Font(name=_FONT, bold=True))
    for number, table in enumerate(tables, start=1):
        sheet = book.create_sheet(f"{head}{number}" if lang == "zh" else f"{head} {number}")
        _put(contents, start + number, 1, sheet.title)
        _put(contents, start + number, 2, table.title)
        contents.cell(start + number, 1).hyperlink = f"#'{sheet.title}'!A1"
        _put_table(sheet, table, table.caption(number, lang))
    contents.column_dimensions["B"].width = 60
    book.save(path)


def _put_table(sheet: Any, table: TitledTable, caption: str) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter

    thick, thin = Side(style="medium"), Side(style="thin")
    _put(sheet, 1, 1, caption, font=Font(name=_FONT, bold=True, size=12))
    for at, text in enumerate(table.header, start=1):
        cell = _put(sheet, 2, at, text, font=Font(name=_FONT, bold=True))
        cell.border, cell.alignment = Border(top=thick, bottom=thin), Alignment(wrap_text=True, vertical="center")
    last = 2 + len(table.rows)
    for row, line in enumerate(table.rows, start=3):
        for at, (text, numeric) in enumerate(zip(line, table.numeric, strict=True), start=1):
            cell = _put_number(sheet, row, at, text) if numeric else _put(sheet, row, at, text)
            if row == last:
                cell.border = Border(bottom=thick)
    for at, words in enumerate((table.methods, *table.notes), start=last + 1):
        _put(sheet, at, 1, words, font=Font(name=_FONT, size=9))
    for at, text in enumerate(table.header, start=1):
        wide = max(_length(line[at - 1]) for line in (table.header, *table.rows)) if table.rows else _length(text)
        sheet.column_dimensions[get_column_letter(at)].width = min(60, wide + 3)
    sheet.freeze_panes = "A3"


def _put(sheet: Any, row: int, column: int, text: str, *, font: Any = None) -> Any:
    """Write words; what looks like a formula stays words."""
    from openpyxl.styles import Font

    cell = sheet.cell(row, column)
    if text:
        cell.value, cell.data_type = text, "s"
    cell.font = font or Font(name=_FONT)
    return cell


def _put_number(sheet: Any, row: int, column: int, text: str) -> Any:
    match = _NUMBER.fullmatch(text)
    if not match:
        return _put(sheet, row, column, text)
    value = float(text.replace("−", "-").replace(",", "").rstrip("%"))
    decimals = len(match[1] or ".") - 1
    pattern = "0" + ("." + "0" * decimals if decimals else "")
    cell = _put(sheet, row, column, "")
    cell.value = round(value / 100, decimals + 2) if match[2] else int(value) if not decimals else value
    cell.number_format = pattern + match[2]
    return cell


def _length(text: str) -> int:
    return sum(2 if ord(letter) > 255 else 1 for letter in text)
