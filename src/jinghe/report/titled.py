"""A table ready for paper (待排印的表): title, printed cells, the line on its method."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jinghe.report.format import show_cell, words

__all__ = ["CAPTIONS", "TitledTable", "title_exhibit"]

CAPTIONS = {"zh": "表 {number}　{title}", "en": "Table {number}. {title}"}


@dataclass(frozen=True, slots=True)
class TitledTable:
    """One table in one language (表): every cell as it is printed.

    `numeric` tells which columns hold numbers; `figure` is the data of a figure that stands below, if any.
    """

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    methods: str
    notes: tuple[str, ...] = ()
    figure: Mapping[str, Any] = field(default_factory=dict)

    def caption(self, number: int, lang: str) -> str:
        """Return the numbered title.

        >>> TitledTable("样本", (), (), (), "").caption(1, "zh")
        '表 1　样本'
        """
        return CAPTIONS[lang].format(number=number, title=self.title)


def title_exhibit(table: Mapping[str, Any], lang: str) -> TitledTable:
    """Put a table of the result document (`jinghe.exhibit`) into one language, its numbers rounded for the eye."""
    columns = table["columns"]
    rows = [
        tuple(show_cell(cell, column, lang) for cell, column in zip(row, columns, strict=True)) for row in table["rows"]
    ]
    return TitledTable(
        title=words(table["title"], lang),
        header=tuple(words(column["label"], lang) for column in columns),
        rows=tuple(rows),
        numeric=tuple(column["kind"] != "text" for column in columns),
        methods=words(table["method"], lang) if table["method"] else "",
        notes=tuple(words(note, lang) for note in table["notes"]),
    )
