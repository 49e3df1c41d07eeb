"""The lay-out of the COIN Tool (COIN Tool 格式): the sheets Database and Framework of the JRC's workbook.

Database: indicators stand in columns from E on; rows 7–16 hold weight, direction, lower and upper goalpost, index,
sub-index, pillar, sub-pillar, name and code; units follow from row 17, name in B, code in C; n/a is missing. A level
that the tool does not use has the same code throughout. Framework: from row 5, code in C, weight in E, name in H.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from jinghe.contest.exchange.cells import Value, open_book, read_amount, read_word, save_book, take_sheet
from jinghe.contest.exchange.framework import Entry, Framework, Row, check_framework
from jinghe.errors import DataError, Problem, attempt, problem

__all__ = ["read_coin_tool", "write_coin_tool"]

_WEIGHT, _DIRECTION, _LOWER, _UPPER, _INDEX, _NAME, _CODE, _FIRST = 6, 7, 8, 9, 10, 14, 15, 16  # rows, from 0
_LEVELS = ("Index", "si.", "p.", "sp.")  # rows 11–14: how the tool begins codes of each level
_LEFT, _UNIT_NAME, _UNIT_CODE = 4, 1, 2  # columns, from 0
_HEAD = 4  # Framework: rows above the first entry
_LABELS = ("Weight", "Direction", "Lower goalpost", "Upper goalpost", "Index", "Sub-index", "Pillar", "Sub-pillar",
           "Indicator name", "Indicator code")  # fmt: skip


def read_coin_tool(path: Path, *, period: str) -> Framework:
    """Read a workbook of the COIN Tool.

    Args:
        path: an .xlsx or .xlsm file with a filled sheet Database; Framework gives names and weights of aggregates.
        period: of the figures; the tool holds one.
    Returns:
        The framework, checked. Levels that are not used are left out.
    Raises:
        DataError: with every fault.
    Source: the positions are those that COINr 1.1.14 reads.
    """
    book, file = open_book(path), path.name
    base = take_sheet(book, "Database", file=file)
    frame = take_sheet(book, "Framework", file=file) if "framework" in {n.lower() for n in book.sheetnames} else []
    codes = [read_word(_at(base, _CODE, k)) for k in range(_LEFT, max(map(len, base), default=0))]
    columns = [(_LEFT + k, code) for k, code in enumerate(codes) if code and code != "--"]
    if not columns:
        raise DataError([problem("exchange-empty", "Database", file=file)])
    faults: list[Problem] = []
    lines = _find_lines(base, [k for k, _ in columns])
    entries = [_indicator(base, k, code, lines, file, faults) for k, code in columns]
    rows = [row for line in range(_FIRST, len(base)) if (row := _unit(base, line, columns, period, file, faults))]
    filled = {code for row in rows for code in row.figures}
    kept = [entry for entry in entries if entry.code in filled]
    aggregates = _aggregates(base, [k for k, code in columns if code in filled], lines, frame, file, faults)
    if faults:
        raise DataError(faults)
    return check_framework(Framework((*kept, *aggregates), tuple(rows)), file=file)


def write_coin_tool(framework: Framework, path: Path, *, period: str) -> None:
    """Write the sheets Database and Framework of one period, for copying into the tool.

    Raises:
        DataError: the tree has more than four levels above the indicators, or leaves at different depths
            (`exchange-levels`); the tool has no room for them.
    """
    paths = {entry.code: _climb(framework, entry) for entry in framework.of_kind("Indicator")}
    depths = {len(above) for above in paths.values()}
    if len(depths) != 1 or max(depths) > len(_LEVELS):
        found = ", ".join(map(str, sorted(depths)))
        raise DataError([problem("exchange-levels", "Framework", found=found, most=len(_LEVELS))])
    leaves = framework.of_kind("Indicator")
    grid: list[list[Value]] = [[None] * (_LEFT + len(leaves)) for _ in range(_FIRST)]
    for line, label in enumerate(_LABELS, start=_WEIGHT):
        grid[line][_LEFT - 1] = label
    for k, one in enumerate(leaves, start=_LEFT):
        low, high = one.posts or (None, None)
        above = [_mark(code, len(paths[one.code]) - 1 - step) for step, code in enumerate(paths[one.code])]
        spare = [above[-1]] * (len(_LEVELS) - len(above))  # an unused level repeats the index
        for line, value in enumerate((one.weight, one.direction, low, high, above[-1], *spare, *above[-2::-1], one.name,
                                      one.code), start=_WEIGHT):  # fmt: skip
            grid[line][k] = value
    for row in (row for row in framework.rows if row.period == period):
        figures = [row.figures.get(one.code, "n/a") for one in leaves]
        grid.append([None, row.name, row.code, None, *figures])
    frame: list[list[Value]] = [[] for _ in range(_HEAD - 1)]
    frame.append([None, None, "Code", None, "Weight", None, None, "Dimension/indicator"])
    depth = {code: len(above) - 1 - step for above in paths.values() for step, code in enumerate(above)}
    for one in framework.of_kind("Aggregate"):
        frame.append([None, None, _mark(one.code, depth[one.code]), None, one.weight, None, None, one.name])
    save_book(path, {"Database": grid, "Framework": frame})


def _find_lines(base: Sequence[Sequence[Any]], columns: Sequence[int]) -> list[int]:
    """Rows of the levels in use, from the index down: one with the same code throughout is not."""
    lines = [_INDEX]
    for line in range(_INDEX + 1, _NAME):
        codes = [read_word(_at(base, line, k)) for k in columns]
        if len(set(codes)) > 1:
            lines.append(line)
    return lines


def _indicator(
    base: Sequence[Sequence[Any]], k: int, code: str, lines: Sequence[int], file: str, faults: list[Problem]
) -> Entry:
    def amount(line: int) -> float | None:
        return attempt(faults, lambda cell: read_amount(cell, file=file, path=code, line=line + 1), _at(base, line, k))

    weight, direction, low, high = (amount(line) for line in (_WEIGHT, _DIRECTION, _LOWER, _UPPER))
    if direction not in (None, 1, -1):
        faults.append(problem("choice-unknown", code, file=file, found=direction, expected="1, -1"))
        direction = 1
    posts = (low, high) if low is not None and high is not None and low < high else None
    name, parent = read_word(_at(base, _NAME, k)) or code, _unmark(read_word(_at(base, lines[-1], k)))
    return Entry(code, name, "Indicator", parent, int(direction or 1), weight, posts=posts)


def _aggregates(
    base: Sequence[Sequence[Any]], columns: Sequence[int], lines: Sequence[int], frame: Sequence[Sequence[Any]],
    file: str, faults: list[Problem],
) -> list[Entry]:  # fmt: skip
    words = ((read_word(_at(frame, line, 2)), line) for line in range(_HEAD, len(frame)))
    names = {_unmark(code): (read_word(_at(frame, line, 7)), _at(frame, line, 4)) for code, line in words}
    above: dict[str, str] = {}
    for k in columns:
        path = [_unmark(read_word(_at(base, line, k))) for line in lines]
        above[path[0]] = ""
        above |= {child: node for node, child in pairwise(path)}
    found = []
    for code, parent in above.items():
        name, weight = names.get(code, ("", None))
        known = attempt(faults, partial(read_amount, file=file, path=code), weight)
        found.append(Entry(code, name or code, "Aggregate", parent, weight=1.0 if known is None else known))
    return found


def _unit(
    base: Sequence[Sequence[Any]], line: int, columns: Sequence[tuple[int, str]], period: str, file: str,
    faults: list[Problem],
) -> Row | None:  # fmt: skip
    code = read_word(_at(base, line, _UNIT_CODE))
    if not code or code == "--":
        return None
    figures: dict[str, float] = {}
    for k, series in columns:
        read = partial(read_amount, file=file, path=f"{code} {series}", line=line + 1)
        value = attempt(faults, read, _at(base, line, k))
        figures |= {} if value is None else {series: value}
    return Row(code, read_word(_at(base, line, _UNIT_NAME)) or code, period, figures)


def _climb(framework: Framework, entry: Entry) -> list[str]:
    """Codes above an indicator, the nearest first."""
    parents = {one.code: one.parent for one in framework.entries}
    found = [entry.parent]
    while parents[found[-1]]:
        found.append(parents[found[-1]])
    return found


def _at(cells: Sequence[Sequence[Any]], line: int, k: int) -> Any:
    return cells[line][k] if line < len(cells) and k < len(cells[line]) else None


def _mark(code: str, level: int) -> str:
    """Begin a code as the tool does for its level, counted from the index; level 1 of two is a pillar, not a sub-index.

    The tool tells levels by these beginnings, and takes them in any depth.
    """
    head = "Index." if level == 0 else _LEVELS[level]
    return code if code.startswith(_LEVELS[level]) else head + code


def _unmark(code: str) -> str:
    """Take a beginning off that `_mark` put on; the tool's own numbers (p.01) keep it."""
    for head in ("Index.", *_LEVELS[1:]):
        rest = code.removeprefix(head)
        if rest != code and rest and not rest.isdigit():
            return rest
    return code
