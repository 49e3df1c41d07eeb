"""Tables for downloading: the library's own, and the ones that only the workbench shows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from jinghe.report.tables import TABLES, list_tables, write_csv
from jinghe_web.models import CaseResult

__all__ = ["csv_table", "table_names"]

_RISKY = ("=", "+", "-", "@", "\t", "\r")
_OBSERVED = (
    "jurisdiction",
    "indicator",
    "period",
    "printed",
    "value",
    "unit",
    "vintage",
    "status",
    "reporter",
    "source",
    "note",
)
_SOURCE = ("title", "kind", "published", "address", "note")


def table_names() -> list[str]:
    """Return the names of all tables that can be downloaded."""
    return [*TABLES, "observations", "sources"]


def csv_table(result: CaseResult, name: str) -> str | None:
    """Write a table as CSV for a spreadsheet; None when there is no such table.

    The text begins with a byte-order mark, and a cell that a spreadsheet would take for a formula gets an
    apostrophe before it; numbers stay numbers.
    """
    if name in list_tables(result.document):
        rows: Iterable[Iterable[object]] = csv.reader(io.StringIO(write_csv(name, result.document)))
    elif name == "observations":
        rows = [_OBSERVED, *result.observations.values_list(*_OBSERVED)]
    elif name == "sources":
        rows = [
            ("id", *_SOURCE),
            *((key, *(source[part] for part in _SOURCE)) for key, source in result.document["sources"].items()),
        ]
    else:
        return None
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerows([_safe(cell) for cell in row] for row in rows)
    return "\ufeff" + buffer.getvalue()


def _safe(cell: object) -> object:
    """Put an apostrophe before text that would run as a formula."""
    if not isinstance(cell, str) or not cell.startswith(_RISKY):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell
