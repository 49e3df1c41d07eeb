"""SSSOM/TSV in and out (对照表文件): what is written comes back byte for byte.

Source: SSSOM 1.1, SSSOM/TSV serialisation. The metadata block is kept line by line, since each is somebody's statement;
the rows are tab-separated, quoted only where needed, LF at every end.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from jinghe.errors import DataError, Problem, problem
from jinghe.source import check_columns
from jinghe.standards.match import Crosswalk, Match

__all__ = ["REQUIRED", "format_sssom", "parse_sssom", "read_sssom", "write_sssom"]

REQUIRED = ("subject_id", "predicate_id", "object_id", "mapping_justification")


def read_sssom(path: Path) -> Crosswalk:
    """Read a crosswalk from a `.sssom.tsv` file. Raises DataError: no such file, not UTF-8, no table."""
    if not path.is_file():
        raise DataError([problem("file-missing", file=path.name, found=path.name)])
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DataError([problem("file-encoding", file=path.name, found=path.name)]) from None
    return parse_sssom(text, file=path.name)


def parse_sssom(text: str, *, file: str = "") -> Crosswalk:
    r"""Read a crosswalk from text; rows are taken as they are, `check_crosswalk` judges them.

    Raises DataError: a required column is missing, quotes are open, or a row has surplus cells.

    >>> parse_sssom("subject_id\tpredicate_id\tobject_id\tmapping_justification\n").columns[0]
    'subject_id'
    """
    header, body = [], text
    while body.startswith("#"):
        line, _, body = body.partition("\n")
        header.append(line.removesuffix("\r"))
    reader = csv.reader(io.StringIO(body, newline=""), delimiter="\t", strict=True)
    found: list[Problem] = []
    matches = []
    try:
        columns = next(reader, [])
        check_columns(columns, REQUIRED, file=file)
        for cells in reader:
            number = len(header) + reader.line_num
            if len(cells) > len(columns):
                surplus = " ".join(cells[len(columns) :])
                found.append(problem("row-long", file=file, line=number, found=surplus))
            elif cells:
                row = dict(zip(columns, cells + [""] * (len(columns) - len(cells)), strict=True))
                matches.append(Match({name: cell for name, cell in row.items() if cell}, number))
    except csv.Error as error:
        raise DataError([problem("table-broken", file=file, found=error)]) from None
    if found:
        raise DataError(found)
    return Crosswalk(tuple(header), tuple(columns), tuple(matches))


def format_sssom(crosswalk: Crosswalk) -> str:
    """Write a crosswalk as SSSOM/TSV text: the metadata block as it was, then the rows in their order."""
    rows = (crosswalk.columns, *([match.get(name) for name in crosswalk.columns] for match in crosswalk.matches))
    return "".join(f"{line}\n" for line in (*crosswalk.header, *("\t".join(map(_quote, row)) for row in rows)))


def write_sssom(crosswalk: Crosswalk, path: Path) -> None:
    """Write a crosswalk to a file."""
    path.write_bytes(format_sssom(crosswalk).encode())


def _quote(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in '\t"\n\r') else cell
