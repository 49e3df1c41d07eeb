"""Where a figure, a date or a rule comes from (来源), and the rows of the table that holds it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinghe.errors import DataError, problem
from jinghe.labels import Text

__all__ = ["KINDS", "Source", "check_columns", "read_rows", "read_source", "write_rows"]

KINDS = {
    "official": Text("官方", "official"),
    "press": Text("报刊", "press"),
    "web": Text("网页", "web"),
    "repost": Text("转载（待补官方原件）", "re-post (official copy to be found)"),
    "paper": Text("论文", "paper"),
    "computed": Text("计算", "computed"),
    "assumed": Text("假定", "assumed"),
    "synthetic": Text("合成", "synthetic"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """One citable source (来源): what it is, of which kind, published when, and where to read it."""

    id: str
    title: str
    kind: str
    published: str = ""
    address: str = ""
    note: str = ""

    def cite(self, lang: str) -> str:
        """Name the source with its kind, date and address.

        >>> Source("s1", "晋政发〔2018〕30号", "official", "2018-07-29").cite("en")
        '晋政发〔2018〕30号, 2018-07-29 [official]'
        """
        kind = KINDS[self.kind].get(lang)
        if lang == "zh":
            return "，".join(part for part in (self.title, self.published, self.address) if part) + f"［{kind}］"
        return ", ".join(part for part in (self.title, self.published, self.address) if part) + f" [{kind}]"


def read_source(source_id: str, tree: Mapping[str, Any]) -> Source:
    """Read one entry of `sources.yaml` or of an agreement's `sources`. Raises DataError on no title or no such kind."""
    words = tree if isinstance(tree, Mapping) else {}
    cells = {key: str(words.get(key) or "").strip() for key in ("title", "kind", "published", "address", "note")}
    path = f"sources.{source_id}"
    faults = [] if cells["title"] else [problem("text-empty", f"{path}.title", found="")]
    if cells["kind"] not in KINDS:
        faults.append(problem("choice-unknown", f"{path}.kind", found=cells["kind"], expected=", ".join(KINDS)))
    if faults:
        raise DataError(faults)
    return Source(source_id, **cells)


def read_rows(path: Path, columns: Sequence[str], *, name: str = "") -> list[tuple[int, dict[str, str]]]:
    """Read a CSV file as (line, row) pairs: cells stripped, a missing last cell empty, blank rows left out.

    Args:
        path: a UTF-8 file, with or without byte-order mark.
        columns: the columns it must have; others are kept too.
        name: how messages name the file.
    Returns:
        The line on which each row ends, and the row.
    Raises:
        DataError: no such file, not UTF-8, not CSV, a column is missing, or rows have more cells than columns.
    """
    shown = name or path.name
    if not path.is_file():
        raise DataError([problem("file-missing", file=shown, found=shown)])
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restval="", strict=True)
            check_columns(reader.fieldnames or (), columns, file=shown)
            rows = [(reader.line_num, row) for row in reader]
    except UnicodeDecodeError:
        raise DataError([problem("file-encoding", file=shown, found=shown)]) from None
    except csv.Error as error:
        raise DataError([problem("table-broken", file=shown, found=error)]) from None
    surplus = [(line, "".join(row.pop(None, ()))) for line, row in rows]
    if any(cells for _, cells in surplus):
        raise DataError([problem("row-long", file=shown, line=line, found=cells) for line, cells in surplus if cells])
    stripped = ((line, {key: cell.strip() for key, cell in row.items()}) for line, row in rows)
    return [(line, row) for line, row in stripped if any(row.values())]


def write_rows(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    r"""Write a table as CSV text; what is None stays empty.

    >>> write_rows(["code", "memo"], [["C1", None], ["C2", "a, b"]])
    'code,memo\nC1,\nC2,"a, b"\n'
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerows([columns, *rows])
    return buffer.getvalue()


def check_columns(found: Sequence[str], columns: Sequence[str], *, file: str) -> None:
    """Raise DataError naming every one of `columns` that is not among those found, or stands there twice."""
    if twice := [column for column in columns if found.count(column) > 1]:
        raise DataError([problem("column-repeated", file=file, line=1, found=column) for column in twice])
    missing = [column for column in columns if column not in found]
    if missing:
        expected = ", ".join(columns)
        raise DataError([problem("column-missing", file=file, line=1, found=c, expected=expected) for c in missing])
