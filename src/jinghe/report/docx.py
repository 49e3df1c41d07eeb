"""Tables as a Word document (DOCX 报告): three-line tables, numbered titles, the method below each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from jinghe.report.figures.likert import likert_colours, paint_likert, place_likert
from jinghe.report.format import words
from jinghe.report.titled import TitledTable

__all__ = ["write_docx"]

_BODY, _HEAD, _LATIN = "宋体", "黑体", "Times New Roman"
_PAGE_CM, _NARROW_CM, _PADDING_CM, _WIDE_COLUMNS, _KEPT_ROWS = 17.0, 1.05, 0.42, 9, 20
_LANGUAGES = {"zh": "zh-CN", "en": "en-US"}


def write_docx(
    path: Path, tables: Sequence[TitledTable], *, title: str, lead: Sequence[str] = (), lang: str = "zh"
) -> None:
    """Write a document: title, lead paragraphs, then every table with its number, title, method and notes.

    Chinese text is set in Song and Hei, Latin in Times New Roman; a table keeps its header over a page break.

    Args:
        path: the file to write.
        tables: in order.
        title: of the document.
        lead: paragraphs before the first table.
        lang: zh or en: how captions are numbered and the language of the text.
    """
    from docx import Document
    from docx.shared import Cm

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm((21 - _PAGE_CM) / 2)
    _set_styles(document, lang)
    document.core_properties.title = title
    document.core_properties.author = document.core_properties.comments = ""
    _say(document, title, size=16, bold=True, font=_HEAD, centre=True, after=10)
    for words_ in lead:
        _say(document, words_, size=10.5, after=6)
    for number, table in enumerate(tables, start=1):
        _say(document, table.caption(number, lang), size=10.5, bold=True, font=_HEAD, centre=True, before=12, keep=True)
        _put_table(document, table)
        for words_ in filter(None, (table.methods, *table.notes)):
            _say(document, words_, size=8, before=2)
        if table.figure.get("rows"):
            _put_likert(document, table, lang)
    document.save(str(path))


def _set_styles(document: Any, lang: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style = document.styles["Normal"]
    style.font.size = Pt(10.5)
    _set_font(style.font, style.element.get_or_add_rPr(), _BODY)
    language = style.element.rPr.makeelement(qn("w:lang"), {})
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), _LANGUAGES["zh"])
    style.element.rPr.append(language)
    document.core_properties.language = _LANGUAGES[lang]


def _set_font(font: Any, properties: Any, east: str) -> None:
    """Set both fonts; without eastAsia Word falls back to whatever the reader's computer has."""
    from docx.oxml.ns import qn

    font.name = _LATIN
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), east)


def _say(
    place: Any,
    text: str,
    *,
    size: float,
    bold: bool = False,
    font: str = _BODY,
    centre: bool = False,
    before: float = 0,
    after: float = 0,
    keep: bool = False,
) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = place.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(size)
    _set_font(run.font, run._element.get_or_add_rPr(), font)  # noqa: SLF001 - python-docx has no other way to eastAsia
    layout = paragraph.paragraph_format
    layout.space_before, layout.space_after, layout.keep_with_next = Pt(before), Pt(after), keep
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return run


def _put_table(document: Any, table: TitledTable) -> None:
    from docx.enum.table import WD_TABLE_ALIGNMENT

    grid = document.add_table(rows=1 + len(table.rows), cols=len(table.header))
    grid.alignment, grid.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    size = 7.5 if len(table.header) > _WIDE_COLUMNS else 9
    widths, short = _widths(table), len(table.rows) <= _KEPT_ROWS
    _set_widths(grid, widths)
    for at, line in enumerate((table.header, *table.rows)):
        row = grid.rows[at]
        _keep_together(row, header=at == 0)
        for cell, text, numeric in zip(row.cells, line, table.numeric, strict=True):
            _fill(cell, text, size=size, bold=at == 0, numeric=numeric, keep=short or at == len(table.rows))
    _rule(grid.rows[0], top=12, bottom=6)
    _rule(grid.rows[-1], top=0 if table.rows else 12, bottom=12)


def _set_widths(grid: Any, widths: Sequence[float]) -> None:
    """Set the width of columns and of every cell: Word reads the one, others the other."""
    from docx.shared import Cm

    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def _fill(cell: Any, text: str, *, size: float, bold: bool, numeric: bool, keep: bool) -> None:
    """Write a cell; `keep` holds its row on one page with the next, so that the method stays with the table."""
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(size)
    _set_font(run.font, run._element.get_or_add_rPr(), _HEAD if bold else _BODY)  # noqa: SLF001 - as above
    paragraph.paragraph_format.space_after, paragraph.paragraph_format.keep_with_next = Pt(0), keep
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if numeric else WD_ALIGN_PARAGRAPH.LEFT
    _shrink_mark(paragraph, size)


def _shrink_mark(paragraph: Any, size: float) -> None:
    """Set the size of the paragraph's end, which otherwise keeps an empty cell tall."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark, height = OxmlElement("w:rPr"), OxmlElement("w:sz")
    height.set(qn("w:val"), str(round(2 * size)))
    mark.append(height)
    paragraph._p.get_or_add_pPr().append(mark)  # noqa: SLF001 - python-docx has no other way


def _widths(table: TitledTable) -> list[float]:
    """Share the page among the columns: room for every longest piece, for whole cells, for whole headers, the rest."""
    letter = 0.135 if len(table.header) > _WIDE_COLUMNS else 0.165
    columns = list(zip(table.header, *table.rows, strict=True))
    pieces = [letter * max(map(_longest_piece, column)) + _PADDING_CM for column in columns]
    if sum(pieces) >= _PAGE_CM:
        return [width * _PAGE_CM / sum(pieces) for width in pieces]
    cells = [letter * max(map(_length, column[1:]), default=0) + _PADDING_CM for column in columns]
    heads = [max(letter * _length(column[0]) + _PADDING_CM, _NARROW_CM) for column in columns]
    widths = pieces
    for wanted in (cells, heads):
        lack = [max(0.0, want - width) for want, width in zip(wanted, widths, strict=True)]
        part = min(1.0, (_PAGE_CM - sum(widths)) / (sum(lack) or 1.0))
        widths = [width + part * more for width, more in zip(widths, lack, strict=True)]
    return [width + (_PAGE_CM - sum(widths)) / len(widths) for width in widths]


def _longest_piece(text: str) -> int:
    """Numbers and Latin words are never broken; of Chinese a few signs stand in a line at least."""
    chinese = min(4, sum(ord(letter) > 255 for letter in text))
    return max([2 * chinese, *(_length(word) for word in re.findall(r"[^\s\u2e80-\uffff]+", text))])


def _length(text: str) -> int:
    return sum(2 if ord(letter) > 255 else 1 for letter in text)


def _keep_together(row: Any, *, header: bool) -> None:
    from docx.oxml import OxmlElement

    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no other way
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))


def _rule(row: Any, *, top: int, bottom: int) -> None:
    """Draw lines above and below a row, in eighths of a point; 0 leaves it as it is."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for cell in row.cells:
        properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001 - python-docx has no other way
        borders = properties.first_child_found_in("w:tcBorders")
        if borders is None:
            borders = OxmlElement("w:tcBorders")
            properties.append(borders)
        for name, size in (("w:top", top), ("w:bottom", bottom)):
            if size:
                edge = OxmlElement(name)
                for key, value in (("w:val", "single"), ("w:sz", str(size)), ("w:color", "000000")):
                    edge.set(qn(key), value)
                borders.append(edge)


def _put_likert(document: Any, table: TitledTable, lang: str) -> None:
    """Show the answers as bars: a line of text and a painted bar per item, then the legend."""
    from docx.shared import Cm, Pt, RGBColor

    rows = [row for row in table.figure["rows"] if row["n"]]
    if not rows:
        return
    placed, middle = place_likert([row["shares"] for row in rows])
    _say(document, "", size=4)
    grid = document.add_table(rows=len(rows), cols=2)
    grid.autofit = False
    _set_widths(grid, (6.0, 11.0))
    for row, spans, line in zip(rows, placed, grid.rows, strict=True):
        _keep_together(line, header=False)
        _fill(line.cells[0], words(row["label"], lang), size=8, bold=False, numeric=True, keep=True)
        _fill(line.cells[1], "", size=8, bold=False, numeric=False, keep=True)
        line.cells[1].paragraphs[0].add_run().add_picture(BytesIO(paint_likert(spans, middle)), Cm(10.5), Cm(0.45))
    legend = document.add_paragraph()
    legend.paragraph_format.left_indent = Cm(6.0)
    options = table.figure["options"]
    for option, colour in zip(options, likert_colours(len(options)), strict=True):
        mark = legend.add_run("■ ")
        mark.font.color.rgb, mark.font.size = RGBColor.from_string(colour[1:].upper()), Pt(9)
        run = legend.add_run(f"{words(option, lang)}　")
        run.font.size = Pt(8)
        _set_font(run.font, run._element.get_or_add_rPr(), _BODY)  # noqa: SLF001 - as above
