"""Titled tables that any room can hand to report, workbench and files (展示表): bilingual, unrounded, with a method."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinghe.labels import Text

__all__ = ["Cell", "Column", "Section", "Table"]

Cell = Text | str | int | float | None
_KINDS = ("text", "number", "share", "money")


@dataclass(frozen=True, slots=True)
class Column:
    """A column (列): heading, kind of its cells — text, number, share (0–1), money (fen) — and digits to show."""

    label: Text
    kind: str = "text"
    digits: int = 2

    def __post_init__(self) -> None:
        assert self.kind in _KINDS, self.kind


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a title and the line on its method (表): cells keep full precision; None is undefined.

    `figure` is the data of a picture of it as a JSON-able tree, where there is one; its `kind` says which.

    >>> Table("t", Text("表", "Table"), (Column(Text("值", "Value"), "number"),), ((0.5,), (None,))).as_dict()["rows"]
    [[0.5], [None]]
    """

    id: str
    title: Text
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    method: Text | None = None
    notes: tuple[Text, ...] = ()
    figure: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        assert all(len(row) == len(self.columns) for row in self.rows), f"{self.id}: a row is too short or too long"

    def as_dict(self) -> dict[str, Any]:
        """Return it as a JSON-able tree; not-a-number becomes null, the key `figure` only where there is one."""
        return {
            "id": self.id,
            "title": self.title.as_dict(),
            "columns": [{"label": c.label.as_dict(), "kind": c.kind, "digits": c.digits} for c in self.columns],
            "rows": [[_plain(cell) for cell in row] for row in self.rows],
            "method": self.method.as_dict() if self.method else None,
            "notes": [note.as_dict() for note in self.notes],
        } | ({"figure": dict(self.figure)} if self.figure else {})


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report made of tables (章节): what it shows, in one sentence, and what a reader must know.

    `figure` is the data of a picture as a JSON-able tree, where there is one; its `kind` says which.
    """

    id: str
    title: Text
    lead: Text
    tables: tuple[Table, ...]
    notes: tuple[Text, ...] = ()
    figure: Mapping[str, Any] | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return it as a JSON-able tree; the key `figure` only where there is one."""
        return {
            "id": self.id,
            "title": self.title.as_dict(),
            "lead": self.lead.as_dict(),
            "tables": [table.as_dict() for table in self.tables],
            "notes": [note.as_dict() for note in self.notes],
        } | ({"figure": dict(self.figure)} if self.figure else {})


def _plain(cell: Cell) -> Any:
    if isinstance(cell, Text):
        return cell.as_dict()
    return None if isinstance(cell, float) and not math.isfinite(cell) else cell
