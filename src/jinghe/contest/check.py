"""Is a contest sound? (规则核对) Everything that can be told without figures, all faults at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jinghe.contest.contest import Contest
from jinghe.contest.spec import unknown
from jinghe.errors import Problem, attempt, problem
from jinghe.region import Region

__all__ = ["check_contest"]

_NORMALISE = "contest.steps[normalise]"


def check_contest(contest: Contest, *, region: Region, on: date) -> list[Problem]:
    """Check a contest against its region, on a day and on every later day on which a weight changes.

    Args:
        contest: the contest as read.
        region: whose groups the rules may name.
        on: the first day of interest, for a compact the day it comes into force.
    Returns:
        Every fault found while reading and here: unknown indicators and nodes, unused indicators (a warning), weights
        that do not sum to 1, unusable goalposts or scale, unknown groups.
    """
    faults = list(contest.faults)
    if any(p.place.path == "contest.tree" and p.code != "node-duplicate" for p in faults):
        return faults  # without a tree nothing below can be judged
    faults += [*_check_tree(contest), *_check_weights(contest, on), *_check_steps(contest)]
    for name in contest.steps.groups:
        attempt(faults, region.group, name, path="contest.steps[impute].groups")
    return faults


def _check_tree(contest: Contest) -> Iterator[Problem]:
    declared = [item.id for item in contest.indicators]
    leaves = contest.root.leaves
    strange = (leaf for leaf in leaves if leaf not in declared)
    yield from (unknown("indicator-unknown", leaf, declared, path="contest.tree") for leaf in strange)
    read = {name for leaf in leaves if leaf in declared for name, _ in contest.indicator(leaf).series} | set(leaves)
    yield from (problem("indicator-unused", f"contest.indicators.{i}", found=i) for i in declared if i not in read)


def _check_weights(contest: Contest, on: date) -> list[Problem]:
    nodes = [node.id for node in contest.root.walk()][1:]
    faults = [unknown("node-unknown", n, nodes, path=f"contest.weights.{n}") for n in contest.weights if n not in nodes]
    if any(p.place.path.startswith("contest.weights.") for p in contest.faults):
        return faults  # an unreadable weight has been told; the sums would be told wrongly
    for day in sorted({on, *(day for day in contest.change_dates() if day > on)}):
        found: list[Problem] = []
        attempt(found, contest.weights_on, day)
        faults += [p for p in found if p not in faults]
    return faults


def _check_steps(contest: Contest) -> Iterator[Problem]:
    steps = contest.steps
    declared = [item.id for item in contest.indicators]
    branches = [node.id for node in contest.branches]
    for name in steps.goalposts:
        if name not in declared:
            yield unknown("indicator-unknown", name, declared, path=f"{_NORMALISE}.goalposts.{name}")
    if steps.normalisation == "goalposts":
        bare = [leaf for leaf in contest.root.leaves if leaf not in steps.goalposts]
        yield from (problem("goalposts-missing", f"{_NORMALISE}.goalposts", indicator=leaf) for leaf in bare)
    for name in steps.aggregations:
        if name not in branches:
            yield unknown("node-unknown", name, branches, path=f"contest.steps[aggregate].{name}")
    geometric = [name for name in branches if contest.aggregation(name) == "geometric"]
    if geometric and steps.scale[0] <= 0:
        yield problem("geometric-positive", f"{_NORMALISE}.to", low=f"{steps.scale[0]:g}", node=geometric[0])
