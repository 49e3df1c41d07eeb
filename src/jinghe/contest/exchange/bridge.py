"""From exchanged tables to a contest and back (与竞赛互换): rules, panel and region, or the tables of a score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.exchange.cells import Value
from jinghe.contest.exchange.coinr import write_coinr_workbook
from jinghe.contest.exchange.framework import Entry, Framework, Row
from jinghe.contest.score import Scores
from jinghe.labels import Text
from jinghe.panel import Observation, Panel
from jinghe.region import Group, Jurisdiction, Membership, Region
from jinghe.units import Period

__all__ = ["make_framework", "make_panel", "make_region", "make_rules", "write_contest_workbook"]

_Array = NDArray[np.float64]
_FIGURES = ("Denominator", "Indicator", "Other")


def make_rules(framework: Framework, *, steps: Sequence[Any] = ()) -> dict[str, Any]:
    """Write the metadata as `contest:` of a compact, for `read_contest`.

    Weights are rescaled to sum to 1 among siblings; siblings without any weight get none and weigh the same. Targets
    stay out: put those that shall count under `steps`. Goalposts are taken over.

    Args:
        framework: as read, checked.
        steps: the steps as in a compact; the division by denominators is put first unless they have it.
    Returns:
        indicators, tree, labels, weights and steps.
    """
    below = {entry.code: entry.denominator for entry in framework.of_kind("Indicator") if entry.denominator}
    listed = list(steps)
    if below and not any(isinstance(step, Mapping) and "denominate" in step for step in listed):
        listed.insert(0, {"denominate": below})
    posts = {entry.code: list(entry.posts) for entry in framework.of_kind("Indicator") if entry.posts}
    if posts and not any(isinstance(step, Mapping) and "normalise" in step for step in listed):
        listed.append({"normalise": {"default": "minmax", "goalposts": posts}})
    series = {entry.code: entry.name for entry in framework.of_kind("Denominator")}
    return {
        "indicators": {entry.code: _indicator(entry) for entry in framework.of_kind("Indicator")},
        "tree": {framework.root.code: _branch(framework, framework.root.code)},
        "labels": {entry.code: entry.name for entry in framework.of_kind("Aggregate")} | series,
        "weights": dict(_weights(framework)),
        "steps": listed,
    }


def make_panel(framework: Framework, *, source: str, vintage: date, status: str = "reported") -> Panel:
    """Make observations of all figures; a missing one makes none.

    Args:
        framework: as read.
        source: id of the source they are from.
        vintage: the day on which they became known.
        status: one of `jinghe.panel.STATUSES`.
    Raises:
        DataError: a period cannot be read.
    """
    units = {entry.code: entry.unit for entry in framework.entries}
    periods = {name: Period.of(name).name for name in framework.periods}
    return Panel(
        tuple(
            Observation(
                row.code, series, periods[row.period], value, units.get(series, ""), vintage, status, "", source
            )
            for row in framework.rows
            for series, value in row.figures.items()
        )
    )


def make_region(framework: Framework, *, level: str = "prefecture") -> Region:
    """Make the region: a jurisdiction per unit, and a group `column:value` per value of every group column."""
    units = {row.code: row for row in framework.rows}
    groups: dict[str, list[str]] = {}
    for row in units.values():
        for column, value in row.groups.items():
            groups.setdefault(f"{column}:{value}", []).append(row.code)
    joined = [
        Group(
            name, Text(name.split(":", 1)[1], name.split(":", 1)[1]), "pool", tuple(Membership(c, None) for c in codes)
        )
        for name, codes in groups.items()
    ]
    return Region(tuple(Jurisdiction(row.code, Text.of(row.name), level) for row in units.values()), tuple(joined))


def make_framework(scores: Scores, *, region: Region, lang: str) -> Framework:
    """Make the tables of a scored contest: the figures as measured, before any step; names in one language.

    A city's groups stand in one column per kind of group, the first group of that kind.
    """
    contest, period = scores.contest, scores.period
    weights, tree = contest.weights_on(period.last), scores.stages.tree
    parents = {child: node for node in tree.nodes for child in tree.children[node]}
    kinds = {group.kind: group for group in region.groups}
    sizes = {name: scores.context.denominators[leaf] for leaf, name in contest.steps.denominators.items()}
    entries = [
        Entry(leaf, contest.label(leaf).get(lang), "Indicator", parents[leaf], contest.indicator(leaf).direction,
              weights[leaf], contest.indicator(leaf).unit.get(lang), contest.steps.targets.get(leaf),
              contest.steps.denominators.get(leaf, ""), contest.steps.goalposts.get(leaf))
        for leaf in tree.leaves
    ]  # fmt: skip
    entries += [
        Entry(node, contest.label(node).get(lang), "Aggregate", parents.get(node, ""), weight=weights[node])
        for node in reversed(tree.nodes)  # from the top, so that children keep their order
    ]
    entries += [Entry(name, contest.label(name).get(lang), "Denominator") for name in sizes]
    entries += [Entry(kind, kind, "Group") for kind in kinds]
    columns = sizes | {leaf: scores.stages.raw[:, k] for k, leaf in enumerate(tree.leaves)}
    rows = [
        Row(code, region.name(code, lang), period.name, _known(columns, row), dict(_groups(region, code, period.last)))
        for row, code in enumerate(scores.codes)
    ]
    return Framework(tuple(entries), tuple(rows))


def write_contest_workbook(scores: Scores, path: Path, *, region: Region, lang: str) -> None:
    """Write a scored contest as a workbook: iData, iMeta, then a sheet per stage with all its figures.

    Sheets Denominated, Imputed, Screened and Treated hold what each step leaves; Normalised the scaled figures;
    Aggregated all nodes and the rank. Numbers have 16 digits, all that the workbook writer gives.
    """
    stages = scores.stages
    matrices = {"Screened": stages.screened, "Denominated": stages.denominated, "Imputed": stages.imputed,
                "Treated": stages.treated, "Normalised": stages.normalised}  # fmt: skip
    extra = {name: _sheet(scores, dict(zip(stages.tree.leaves, one.T, strict=True))) for name, one in matrices.items()}
    extra["Aggregated"] = _sheet(scores, dict(stages.nodes) | {"Rank": np.where(scores.rank > 0, scores.rank, np.nan)})
    write_coinr_workbook(make_framework(scores, region=region, lang=lang), path, extra=extra)


def _indicator(entry: Entry) -> dict[str, Any]:
    words = {"label": entry.name, "direction": "positive" if entry.direction > 0 else "negative"}
    return words | ({"unit": {"zh": entry.unit, "en": entry.unit}} if entry.unit else {})


def _branch(framework: Framework, code: str) -> dict[str, Any]:
    children = framework.children(code)
    return {one.code: _branch(framework, one.code) if one.kind == "Aggregate" else None for one in children}


def _weights(framework: Framework) -> Iterator[tuple[str, float]]:
    for node in framework.of_kind("Aggregate"):
        children = framework.children(node.code)
        mass = sum(child.weight or 0.0 for child in children)
        if mass > 0:
            yield from ((child.code, (child.weight or 0.0) / mass) for child in children)


def _known(columns: Mapping[str, _Array], row: int) -> dict[str, float]:
    return {name: float(column[row]) for name, column in columns.items() if not np.isnan(column[row])}


def _groups(region: Region, code: str, on: date) -> Iterator[tuple[str, str]]:
    for group in reversed(region.groups):
        if code in group.codes(on):
            yield group.kind, group.id


def _sheet(scores: Scores, columns: Mapping[str, _Array]) -> list[list[Value]]:
    rows: list[list[Value]] = [["uCode", *columns]]
    rows += [[code, *(float(column[row]) for column in columns.values())] for row, code in enumerate(scores.codes)]
    return rows
