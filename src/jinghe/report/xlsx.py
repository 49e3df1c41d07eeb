"""Tables as a workbook (XLSX 报告): a list of tables, then one sheet each, its method below; numbers are numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinghe.report.titled import TitledTable

__all__ = ["write_xlsx"]

_CONTENTS = {"zh": ("目录", "表", "标题"), "en": ("Contents", "Table", "Title")}
_NUMBER = re.compile(r"[-−]?[0-9][0-9,]*(\.[0-9]+)?(%?)")
_FONT = "宋体"
_LINE, _NARROWEST = 1.45, 48  # height of a line in font sizes; letters in a line of the note below a narrow table


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
    contents.column_dimensions["A"].width, contents.column_dimensions["B"].width = 12, 76
    _put(contents, 1, 1, title, font=Font(name=_FONT, bold=True, size=14))
    for at, line in enumerate(lead, start=2):
        _put_lines(contents, at, line, columns=2, width=88, font=Font(name=_FONT, size=11))
    _fit_page(contents)
    start = len(lead) + 3
    _put(contents, start, 1, head, font=Font(name=_FONT, bold=True))
    _put(contents, start, 2, words, font=Font(name=_FONT, bold=True))
    for number, table in enumerate(tables, start=1):
        sheet = book.create_sheet(f"{head}{number}" if lang == "zh" else f"{head} {number}")
        _put(contents, start + number, 1, sheet.title)
        _put(contents, start + number, 2, table.title)
        contents.cell(start + number, 1).hyperlink = f"#'{sheet.title}'!A1"
        _put_table(sheet, table, table.caption(number, lang))
    book.properties.creator = ""
    book.save(path)


def _put_table(sheet: Any, table: TitledTable, caption: str) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter

    thick, thin = Side(style="medium"), Side(style="thin")
    _put(sheet, 1, 1, caption, font=Font(name=_FONT, bold=True, size=12))
    for at, (text, numeric) in enumerate(zip(table.header, table.numeric, strict=True), start=1):
        cell = _put(sheet, 2, at, text, font=Font(name=_FONT, bold=True))
        side = "right" if numeric else "left"
        cell.border = Border(top=thick, bottom=thin)
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal=side)
    last = 2 + len(table.rows)
    for row, line in enumerate(table.rows, start=3):
        for at, (text, numeric) in enumerate(zip(line, table.numeric, strict=True), start=1):
            cell = _put_number(sheet, row, at, text) if numeric else _put(sheet, row, at, text)
            cell.alignment = Alignment(horizontal="right" if numeric else "left", vertical="top", wrap_text=not numeric)
            if row == last:
                cell.border = Border(bottom=thick)
    widths = [min(60, max(map(_length, column)) + 3) for column in zip(table.header, *table.rows, strict=True)]
    for at, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    columns, width = len(widths), sum(widths)
    if width < _NARROWEST:  # a few empty columns beside
        columns, width = columns + -(-(_NARROWEST - width) // 9), _NARROWEST
    for at, words in enumerate(filter(None, (table.methods, *table.notes)), start=last + 1):
        _put_lines(sheet, at, words, columns=columns, width=width, font=Font(name=_FONT, size=9))
    sheet.freeze_panes = "A3"
    _fit_page(sheet)


def _put_lines(sheet: Any, row: int, text: str, *, columns: int, width: int, font: Any) -> None:
    """Write words over several columns, broken into lines that all can be seen."""
    from openpyxl.styles import Alignment

    _put(sheet, row, 1, text, font=font).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
    sheet.row_dimensions[row].height = _LINE * font.sz * math.ceil(_length(text) * font.sz / 11 / max(1, width - 2))


def _fit_page(sheet: Any) -> None:
    """Print on A4, as wide as the page."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.paperSize, sheet.page_setup.orientation = sheet.PAPERSIZE_A4, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0


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
