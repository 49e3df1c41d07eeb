"""Find results in a pasted table (从粘贴的表格提取): columns by their names, rows by blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from jinghe.errors import DataError, problem
from jinghe.labels import Text
from jinghe.recalc.claim import Claim, Group
from jinghe.recalc.printed import Printed, read_printed
from jinghe.recalc.validity import check_values
from jinghe.recalc.values import read_df, read_p
from jinghe.units import read_count
from jinghe.units.numbers import plain

__all__ = ["extract_table"]

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "n": ("n", "人数", "样本量", "样本数", "频数"),
    "mean": ("m", "mean", "均值", "平均数", "平均值", "平均分"),
    "sd": ("sd", "s.d.", "std", "标准差"),
    "mean_sd": ("m±sd", "m(sd)", "mean±sd", "mean(sd)", "x±s", "均值±标准差", "平均数±标准差", "均值(标准差)"),
    "F": ("f", "f值"),
    "t": ("t", "t值"),
    "chi2": ("χ2", "χ²", "x2", "x²", "卡方", "卡方值"),
    "r": ("r", "相关系数"),
    "z": ("z", "z值"),
    "df": ("df", "自由度"),
    "p": ("p", "p值", "sig", "sig.", "显著性", "p-value", "pvalue"),
}
_TESTS = ("t", "F", "chi2", "r", "z")
_PAIR = re.compile(r"([-+0-9.]+)\s*(?:±|\(|\+/-)\s*([0-9.]+)\)?")
_Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class _Grid:
    columns: tuple[str, ...]  # what each column is; `` for labels and unknown ones
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def cells(self, row: Sequence[str]) -> _Row:
        return {name: cell for name, cell in zip(self.columns, row, strict=True) if name and cell}

    def labels(self, row: Sequence[str]) -> list[str]:
        return [cell for name, cell in zip(self.columns, row, strict=True) if not name]


def extract_table(
    text: str, *, n: int | None = None, items: int | None = None, scale: tuple[int, int] | None = None
) -> tuple[Claim, ...]:
    """Read claims from a pasted table: two groups a block, phases side by side, a statistic a row, or bare means.

    Args:
        text: rows by lines, cells by tabs, bars, commas or two spaces; the header first.
        n: respondents, where the table does not print them.
        items: whole-number answers per score, where known.
        scale: range of a score, where known.

    Returns:
        Claims named `table.1` …; the number of tails is left open.

    Raises:
        DataError: no column that can be checked, or a cell that is no number.
    """
    grid = _read_grid(text)
    known = set(grid.columns)
    if {"mean", "sd", "n"} <= known and known & {"t", "p"}:
        found = list(_blocks(grid))
    elif "F" in known and "mean" not in known and grid.columns.count("") > 2:
        found = list(_phases(grid))
    elif known & set(_TESTS):
        found = list(_statistics(grid))
    else:
        found = [Claim("", "means", groups=tuple(_group(grid, row, 0) for row in grid.rows))]
    claims = tuple(
        replace(claim, id=f"table.{k}", items=items, scale=scale, n=claim.n or n)
        for k, claim in enumerate(found, start=1)
    )
    if faults := [fault for claim in claims for fault in check_values(claim, at=claim.id)]:
        raise DataError(faults)
    return claims


def _read_grid(text: str) -> _Grid:
    lines = [plain(line) if "\t" not in line else line.strip("\n") for line in text.splitlines() if line.strip()]
    rows = [_split(line) for line in lines if not re.fullmatch(r"[\s|:+-]+", line)]
    for at, row in enumerate(rows):
        columns = tuple(map(_column, row))
        if sum(bool(name) for name in columns) >= 2:
            width = len(row)
            body = [tuple((list(cells) + [""] * width)[:width]) for cells in rows[at + 1 :] if _has_number(cells)]
            grid = _Grid(columns, tuple(row), tuple(body))
            return _unpair(grid)
    raise DataError([problem("claim-table-unreadable")])


def _split(line: str) -> list[str]:
    line = line.strip("|") if "|" in line else line
    mark = next((mark for mark in ("\t", "|", ",") if mark in line), None)
    return [plain(cell) for cell in (line.split(mark) if mark else re.split(r"\s{2,}", line.strip()))]


def _column(cell: str) -> str:
    word = re.sub(r"\s", "", cell).lower()
    return next((name for name, words in _COLUMNS.items() if word in words), "")


def _has_number(cells: Sequence[str]) -> bool:
    return any(re.search(r"[0-9]", cell) for cell in cells) and not cells[0].startswith(("注", "Note"))


def _unpair(grid: _Grid) -> _Grid:
    """Split a column `M±SD` in two."""
    if "mean_sd" not in grid.columns:
        return grid
    at = grid.columns.index("mean_sd")

    def widen(row: tuple[str, ...]) -> tuple[str, ...]:
        match = _PAIR.fullmatch(row[at].replace(" ", ""))
        return (*row[:at], *(match.groups() if match else (row[at], "")), *row[at + 1 :])

    columns = (*grid.columns[:at], "mean", "sd", *grid.columns[at + 1 :])
    header = (*grid.header[:at], "M", "SD", *grid.header[at + 1 :])
    return _Grid(columns, header, tuple(map(widen, grid.rows)))


def _number(cell: str | None) -> tuple[Printed | None, str | None]:
    """A cell may carry stars behind its number."""
    if not cell:
        return None, None
    stars = re.search(r"\*+$", cell)
    return read_printed(cell.rstrip("* ")), stars[0] if stars else None


def _p(cell: str | None) -> Printed | None:
    return read_p(cell.rstrip("* ")) if cell else None


def _group(grid: _Grid, row: Sequence[str], number: int) -> Group:
    cells, labels = grid.cells(row), [label for label in grid.labels(row) if label]
    name = labels[-1] if labels else str(number + 1)
    n = read_count(cells["n"]) if "n" in cells else None
    return Group(Text.of(name), n, _number(cells.get("mean"))[0], _number(cells.get("sd"))[0])


def _blocks(grid: _Grid) -> Iterator[Claim]:
    """A block starts where t or p is printed and takes one more row; other blocks are bare means."""
    block: list[Sequence[str]] = []
    for row in (*grid.rows, None):
        starts = row is None or {"t", "p"} & set(grid.cells(row))
        if starts and block:
            yield _block(grid, block)
            block = []
        if row is not None:
            block.append(row)


def _block(grid: _Grid, rows: Sequence[Sequence[str]]) -> Claim:
    groups = tuple(_group(grid, row, k) for k, row in enumerate(rows))
    cells, labels = grid.cells(rows[0]), [label for label in grid.labels(rows[0]) if label]
    if len(groups) != 2:
        return Claim("", "means", groups=groups)
    t, stars = _number(cells.get("t"))
    place = Text.of(labels[0]) if len(labels) > 1 else Text("", "")
    return Claim("", "t_ind", place=place, groups=groups, statistic=t, df=_df(cells), p=_p(cells.get("p")), stars=stars)


def _phases(grid: _Grid) -> Iterator[Claim]:
    """One row of means, a column each phase, then F and p."""
    labels = [at for at, name in enumerate(grid.columns) if not name]
    for row in grid.rows:
        places = [at for at in labels if re.search(r"[0-9]", row[at])]
        groups = tuple(Group(Text.of(grid.header[at] or str(at)), None, _number(row[at])[0]) for at in places)
        cells = grid.cells(row)
        if len(groups) < 2 or "F" not in cells:
            continue
        f, stars = _number(cells["F"])
        yield Claim("", "f_rm", groups=groups, statistic=f, df=_df(cells), p=_p(cells.get("p")), stars=stars)


def _statistics(grid: _Grid) -> Iterator[Claim]:
    for row in grid.rows:
        cells, label = grid.cells(row), " ".join(cell for cell in grid.labels(row) if cell)
        for test in _TESTS:
            if test in cells:
                value, stars = _number(cells[test])
                place = Text.of(label) if label else Text("", "")
                yield Claim("", test, place=place, statistic=value, df=_df(cells), p=_p(cells.get("p")), stars=stars)


def _df(cells: _Row) -> tuple[Printed, ...]:
    return read_df(re.sub(r"[;/]", ",", cells["df"].strip("() "))) if "df" in cells else ()
