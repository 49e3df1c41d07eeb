"""Scores as plain tables, long and wide, and wide figures in (得分表与宽表): CSV or Parquet by the suffix."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from jinghe.contest.exchange.cells import Value, read_amount
from jinghe.contest.rank import find_ranks
from jinghe.contest.score import Scores
from jinghe.contest.tree import Tree
from jinghe.errors import DataError, Problem, attempt, problem
from jinghe.panel import Observation, Panel
from jinghe.region import Region
from jinghe.source import check_columns, read_rows
from jinghe.units import Period

__all__ = ["LONG_COLUMNS", "Origin", "read_wide", "tabulate_long", "tabulate_wide", "write_long", "write_wide"]

LONG_COLUMNS = ("jurisdiction", "name", "period", "node", "label", "parent", "level", "weight", "raw", "unit", "score",
                "rank", "imputed")  # fmt: skip
_TEXT = ("jurisdiction", "name", "period", "node", "label", "parent", "unit")
_WHOLE = ("level", "rank", "imputed")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where figures without their own words come from (出处): source id, day known, status, reporter."""

    source: str
    vintage: date
    status: str = "reported"
    reporter: str = ""


def tabulate_long(scores: Scores, *, region: Region, lang: str) -> list[dict[str, Value]]:
    """List every score of every node, one row each, the total first.

    Columns are `LONG_COLUMNS`: weight among siblings after dropping, raw figure and unit of indicators, rank in that
    node (none where there is no score), imputed 0 or 1. Nothing is rounded; what was dropped is not there.
    """
    contest, tree = scores.contest, Tree.of(scores.root)
    parents = {child: node for node in tree.nodes for child in tree.children[node]}
    found: list[dict[str, Value]] = []
    for node in reversed(tree.ids):
        ranks, k = find_ranks(scores.nodes[node]), scores.leaves.index(node) if node in scores.leaves else None
        for row, code in enumerate(scores.codes):
            cells: list[Value] = [
                code,
                region.name(code, lang),
                scores.period.name,
                node,
                contest.label(node).get(lang),
            ]
            cells += [parents.get(node, ""), tree.depths[node], scores.weights[node]]
            cells += [None, None] if k is None else [_number(scores.raw[row, k]), contest.unit(node).get(lang)]
            cells += [_number(scores.nodes[node][row]), int(ranks[row]) or None]
            cells.append(None if k is None else int(scores.imputed[row, k]))
            found.append(dict(zip(LONG_COLUMNS, cells, strict=True)))
    return found


def tabulate_wide(scores: Scores, *, region: Region, lang: str) -> list[dict[str, Value]]:
    """List the scores of every city in one row: jurisdiction, name, period, rank, then a column per node."""
    nodes, found = list(reversed(Tree.of(scores.root).ids)), list[dict[str, Value]]()
    for row, code in enumerate(scores.codes):
        cells: list[Value] = [code, region.name(code, lang), scores.period.name, int(scores.rank[row]) or None]
        cells += [_number(scores.nodes[node][row]) for node in nodes]
        found.append(dict(zip(("jurisdiction", "name", "period", "rank", *nodes), cells, strict=True)))
    return found


def write_long(scores: Scores, path: Path, *, region: Region, lang: str) -> None:
    """Write `tabulate_long` to .csv or .parquet."""
    _write(tabulate_long(scores, region=region, lang=lang), path)


def write_wide(scores: Scores, path: Path, *, region: Region, lang: str) -> None:
    """Write `tabulate_wide` to .csv or .parquet."""
    _write(tabulate_wide(scores, region=region, lang=lang), path)


def read_wide(path: Path, *, units: Mapping[str, str], origin: Origin, period: str = "") -> Panel:
    """Read figures with a row per city, or per city and period, and a column per indicator.

    Long tables are read by `jinghe.panel.read_panel`.

    Args:
        path: .csv or .parquet with the column jurisdiction, perhaps period, and one column per key of `units`; others
            are not read.
        units: series → unit.
        origin: where the figures come from.
        period: of all rows, where there is no such column.
    Returns:
        The panel; empty cells, NA and n/a make no observation.
    Raises:
        DataError: with every fault: no file, a missing column, a cell that is no number, a city twice in one period.
    """
    rows = _read_parquet(path) if path.suffix == ".parquet" else read_rows(path, ("jurisdiction", *units))
    check_columns(list(rows[0][1]) if rows else ["jurisdiction", *units], ("jurisdiction", *units), file=path.name)
    faults: list[Problem] = []
    found: list[Observation] = []
    seen: set[tuple[str, str]] = set()
    for line, cells in rows:
        name, code = str(cells.get("period") or period), str(cells["jurisdiction"] or "").strip()
        own: list[Problem] = [] if code else [problem("cell-empty", column="jurisdiction")]
        when = attempt(own, Period.of, name)
        if (code, name) in seen:
            own.append(problem("exchange-unit-repeated", found=code, period=name))
        seen.add((code, name))
        found += _observe(cells, (code, when.name if when else name), units, origin, own)
        faults += [p.at(file=path.name, line=line) for p in own]
    if faults:
        raise DataError(faults)
    return Panel(tuple(found))


def _observe(
    cells: Mapping[str, Any], key: tuple[str, str], units: Mapping[str, str], origin: Origin, faults: list[Problem]
) -> Iterator[Observation]:
    code, period = key
    for series, unit in units.items():
        cell = cells.get(series)
        value = attempt(faults, partial(read_amount, file="", path=series), cell)
        if value is not None:
            words = (unit, origin.vintage, origin.status, origin.reporter, origin.source)
            yield Observation(code, series, period, value, *words, printed=cell if isinstance(cell, str) else "")


def _read_parquet(path: Path) -> list[tuple[int, dict[str, Any]]]:
    import polars as pl  # heavy: only where Parquet is wanted

    if not path.is_file():
        raise DataError([problem("file-missing", file=path.name, found=path.name)])
    try:
        return list(enumerate(pl.read_parquet(path).to_dicts(), start=2))
    except pl.exceptions.PolarsError as error:
        raise DataError([problem("table-broken", file=path.name, found=error)]) from None


def _write(rows: Sequence[Mapping[str, Value]], path: Path) -> None:
    columns = list(rows[0])
    if path.suffix == ".parquet":
        import polars as pl

        kinds = {name: pl.String if name in _TEXT else pl.Int64 if name in _WHOLE else pl.Float64 for name in columns}
        pl.DataFrame(list(rows), schema=kinds).write_parquet(path)
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _number(value: np.floating[Any] | float) -> float | None:
    return None if np.isnan(value) else float(value)
