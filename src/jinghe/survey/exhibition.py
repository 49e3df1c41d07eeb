"""Survey tables for report and workbench (展示): as printed, so that nothing finer than the printed cell leaves."""

from __future__ import annotations

from collections.abc import Sequence

from jinghe import exhibit
from jinghe.labels import LANGUAGES, Text
from jinghe.survey.table import Table, verify_tables

__all__ = ["exhibit_tables"]

_BLANK = "\u00a0"  # an empty cell, not an undefined one
_KINDS = {"text": "text", "share": "share"}


def exhibit_tables(tables: Sequence[Table], *, id: str, title: Text, lead: Text) -> exhibit.Section:  # noqa: A002
    """Turn survey tables into a section of the report; every cell is the printed text. Raises DataError.

    Args:
        tables: as `make_tables` made them; they are recalculated once more.
        id: of the section.
        title: of the section.
        lead: what it shows, in a sentence.
    """
    return exhibit.Section(id, title, lead, tuple(map(_exhibit, verify_tables(tables))))


def _exhibit(table: Table) -> exhibit.Table:
    zh, en = (table.lines(lang) for lang in LANGUAGES)
    rows = tuple(
        tuple(Text(a or _BLANK, b or _BLANK) for a, b in zip(one, two, strict=True))
        for one, two in zip(zh, en, strict=True)
    )
    columns = tuple(exhibit.Column(column.label, _KINDS.get(column.form, "number")) for column in table.columns)
    return exhibit.Table(table.id, table.title, columns, rows, table.methods, table.notes, table.figure or None)
