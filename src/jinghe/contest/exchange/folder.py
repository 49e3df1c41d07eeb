"""From exchanged tables to a case folder (导入为案例): a compact that scores, to be completed by hand."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from jinghe.contest.exchange.bridge import make_panel, make_region, make_rules
from jinghe.contest.exchange.framework import Framework
from jinghe.panel import dump_panel
from jinghe.units import Period

__all__ = ["write_case"]

_TOP = "000000"  # the principal, whom such tables do not name
_PLACES = ("code", "name_zh", "name_en", "level", "parent", "valid_from", "valid_to", "column", "row", "source")
_GROUPS = ("group", "name_zh", "name_en", "kind", "jurisdiction", "share", "valid_from", "valid_to", "source", "note")


def write_case(framework: Framework, folder: Path, *, vintage: date, title: str) -> None:
    """Write a framework as a case: compact.yaml, sources.yaml and the tables of region and observations.

    Tree, weights, denominators and goalposts are those of the framework; missing figures take the median, scales are
    min–max to [1, 100] and aggregates arithmetic means until somebody says otherwise. In force are the years of the
    figures.

    Args:
        framework: as read, checked.
        folder: a new folder, or an empty one.
        vintage: the day on which the figures became known.
        title: of the compact and of its source.
    Raises:
        DataError: a period cannot be read.
        OSError: the folder holds something, or cannot be written.
    """
    source, region = "imported", make_region(framework)
    entries = tuple(replace(one, unit=one.unit or "—") for one in framework.entries)  # a compact asks for units
    framework = replace(framework, entries=entries)
    panel = make_panel(framework, source=source, vintage=vintage)
    years = sorted({Period.of(name).start.year for name in framework.periods})
    rules = make_rules(framework, steps=[{"impute": {"method": "median"}}, {"normalise": {"to": [1, 100]}}])
    tables = {"jurisdictions": "data/jurisdictions.csv"} | ({"groups": "data/groups.csv"} if region.groups else {})
    compact = {
        "compact": "imported",
        "version": "1",
        "title": title,
        "principal": _TOP,
        "in_force": {"from": f"{years[0]}-01-01", "to": f"{years[-1] + 1}-01-01"},
        "region": tables,
        "data": {"observations": "data/observations.csv"},
        "contest": rules | {"tree": {code: _nest(below) for code, below in rules["tree"].items()}},
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "data").mkdir()
    _write(folder / "compact.yaml", compact)
    _write(folder / "sources.yaml", {source: {"title": title, "kind": "computed"}})
    places = [(_TOP, title, title, "province", "", "", "", "", "", source)]
    places += [
        (one.code, one.name.zh, one.name.en, one.level, _TOP, "", "", "", "", source) for one in region.jurisdictions
    ]
    _write_rows(folder / "data/jurisdictions.csv", _PLACES, places)
    joined = [
        (g.id, g.name.zh, g.name.en, g.kind, member.jurisdiction, "", "", "", source, "")
        for g in region.groups
        for member in g.members
    ]
    if joined:
        _write_rows(folder / "data/groups.csv", _GROUPS, joined)
    dump_panel(panel, folder / "data/observations.csv")


def _nest(below: Mapping[str, Any]) -> dict[str, Any] | list[str]:
    """Children as a compact writes them: ids in a list, inner nodes with what is below them."""
    if all(value is None for value in below.values()):
        return list(below)
    return {code: None if value is None else _nest(value) for code, value in below.items()}


def _write(path: Path, tree: object) -> None:
    """JSON is YAML, too."""
    path.write_text(json.dumps(tree, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _write_rows(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
