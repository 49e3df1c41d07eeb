"""Is a contest sound? (规则核对) What can be told without figures, and what they lack, all faults at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from math import prod

from jinghe.contest.ahp import judge
from jinghe.contest.contest import Contest
from jinghe.contest.pool import check_pools
from jinghe.contest.register import JointItem
from jinghe.contest.spec import unknown
from jinghe.contest.tree import Tree
from jinghe.contest.uncertainty.plan import apply_choices, check_plan
from jinghe.contest.uncertainty.study import list_perturbations
from jinghe.errors import Problem, attempt, problem
from jinghe.panel import Panel
from jinghe.region import Region

__all__ = ["check_contest", "check_inputs"]

_NORMALISE = "contest.steps[normalise]"
_WEIGH = "contest.steps[weigh]"
_AGGREGATE = "contest.steps[aggregate]"
_COMBINATIONS = 256  # of choices that are all looked at; of more none is
_UNSIGNED = ("entropy", "variation")  # defined for figures that are not negative
_POSITIVE = ("geometric", "harmonic", "mazziotta_pareto")  # defined for positive figures only


def check_contest(contest: Contest, *, region: Region, on: date) -> list[Problem]:
    """Check a contest against its region, on a day and on every later day on which a weight changes.

    Args:
        contest: the contest as read.
        region: whose groups the rules may name.
        on: the first day of interest, for a compact the day it comes into force.
    Returns:
        Every fault found while reading and here: unknown indicators and nodes, unused indicators (a warning), weights
        that do not sum to 1 or come from two places, unusable goalposts, targets, scale or judgements, unknown groups.
    """
    faults = list(contest.faults)
    if any(p.place.path == "contest.tree" and p.code != "node-duplicate" for p in faults):
        return faults  # without a tree nothing below can be judged
    faults += [*_check_tree(contest), *_check_weights(contest, on), *_check_weighing(contest), *_check_names(contest)]
    faults += [*_check_normalise(contest), *_check_aggregate(contest)]
    for name in contest.steps.groups:
        attempt(faults, region.group, name, path="contest.steps[impute].groups")
    if contest.steps.reference:
        attempt(faults, region.jurisdiction, contest.steps.reference, path=f"{_NORMALISE}.reference")
    for code in _list_codes(contest):
        attempt(faults, region.jurisdiction, code, path="contest.credit")
    if contest.level not in {one.level for one in region.jurisdictions}:
        faults.append(problem("contestants-missing", "contest.level", level=contest.level, on=on))
    plan = check_plan(contest, on=on)
    faults += plan or _check_draws(contest, faults)
    faults += check_pools(contest.pools, region=region, codes=region.contestants(contest.level, on=on), on=on)
    pools = [rule.id for rule in contest.pools]
    faults += [
        problem("prize-pool", f"contest.prizes[{prize.id}].pool", found=prize.pool, choices=", ".join(pools) or "—")
        for prize in contest.prizes
        if prize.pool and prize.pool not in pools
    ]
    return faults


def check_inputs(contest: Contest, *, panel: Panel, items: Sequence[JointItem]) -> list[Problem]:
    """List what the rules name and the data do not have, each a warning: without it nothing is scored or compared.

    Args:
        contest: the rules.
        panel: whose series measures, denominators, identities and flags name.
        items: the register, whose ids `contest.credit` names.
    Returns:
        `series-missing` and `item-missing`, each with the nearest name.
    """
    if set(contest.root.leaves) - {item.id for item in contest.indicators}:
        return []  # `check_contest` tells that; what is not defined reads nothing
    known, listed = list(dict.fromkeys(one.indicator for one in panel.observations)), [item.id for item in items]
    measured = {name: "contest.indicators" for name, _ in contest.series}
    compared = {name: "contest.identities" for one in contest.identities for name in (one.ratio, one.of, one.over)}
    tested = {name: "contest.flags.targets" for pair in contest.flags.targets.items() for name in pair}
    beside = {name: "contest.flags.checks" for one in contest.flags.checks for name in (one.figure, one.beside)}
    divided = {item: "contest.credit" for table in (contest.credit.schedule, contest.credit.worths) for item in table}
    series = (beside | tested | compared | measured).items()
    return [
        *(unknown("series-missing", name, known, path=path) for name, path in series if name not in known),
        *(unknown("item-missing", name, listed, path=path) for name, path in divided.items() if name not in listed),
    ]


def _list_codes(contest: Contest) -> list[str]:
    """The parties that negotiated shares and tables of worths name."""
    schedules, worths = contest.credit.schedule.values(), contest.credit.worths.values()
    named = [code for shares in schedules for code in shares] + [code for game in worths for code in game.parties]
    return list(dict.fromkeys(named))


def _check_tree(contest: Contest) -> Iterator[Problem]:
    declared = [item.id for item in contest.indicators]
    leaves = contest.root.leaves
    strange = (leaf for leaf in leaves if leaf not in declared)
    yield from (unknown("indicator-unknown", leaf, declared, path="contest.tree") for leaf in strange)
    read = {name for leaf in leaves if leaf in declared for name, _ in contest.indicator(leaf).series} | set(leaves)
    read |= set(contest.steps.denominators.values())
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


def _check_weighing(contest: Contest) -> Iterator[Problem]:
    weighing = contest.steps.weighing
    branches = {node.id: node for node in contest.branches}
    yield from _strange(weighing.schemes, branches, code="node-unknown", path=_WEIGH)
    yield from _strange(weighing.judgements, branches, code="node-unknown", path=f"{_WEIGH}.judgements")
    for name, node in branches.items():
        judged, scheme = weighing.judgements.get(name), weighing.find(name)
        given = [child.id for child in node.children if child.id in contest.weights]
        sources = [*(["judgements"] if judged else []), *([scheme] if scheme != "given" else []), *given[:1]]
        if scheme in _UNSIGNED and not judged and contest.steps.ends[0] < 0:
            yield problem("weight-negative", f"{_WEIGH}.{name}", scheme=scheme, found=f"{contest.steps.ends[0]:g}")
        if len(sources) > 1:
            yield problem("weight-twice", f"{_WEIGH}.{name}", node=name, sources=", ".join(sources))
        if judged and len(judged) != len(node.children):
            path = f"{_WEIGH}.judgements.{name}"
            yield problem("ahp-size", path, rows=len(judged), count=len(node.children), node=name)
        elif judged and (ratio := judge(judged).ratio) >= 0.1:
            yield problem("ahp-inconsistent", f"{_WEIGH}.judgements.{name}", node=name, found=f"{ratio:.3f}")


def _check_names(contest: Contest) -> Iterator[Problem]:
    steps = contest.steps
    leaves = contest.root.leaves
    declared = [item.id for item in contest.indicators]
    yield from _strange(steps.denominators, leaves, code="indicator-unknown", path="contest.steps[denominate]")
    yield from _strange(steps.goalposts, declared, code="indicator-unknown", path=f"{_NORMALISE}.goalposts")
    yield from _strange(steps.normalisations, leaves, code="indicator-unknown", path=f"{_NORMALISE}.methods")
    yield from _strange(steps.targets, leaves, code="indicator-unknown", path=f"{_NORMALISE}.targets")
    branches = [node.id for node in contest.branches]
    yield from _strange(steps.aggregations, branches, code="node-unknown", path=_AGGREGATE)


def _check_normalise(contest: Contest) -> Iterator[Problem]:
    steps = contest.steps
    methods = {leaf: steps.scaling(leaf) for leaf in contest.root.leaves}
    for leaf, method in methods.items():
        if method == "goalposts" and leaf not in steps.goalposts:
            yield problem("goalposts-missing", f"{_NORMALISE}.goalposts", indicator=leaf)
        if method == "target" and leaf not in steps.targets:
            yield problem("target-missing", f"{_NORMALISE}.targets", indicator=leaf)
        if steps.base and method in ("rank", "borda"):
            yield problem("base-unfit", f"{_NORMALISE}.base", indicator=leaf, method=method)
    if "reference" in methods.values() and not steps.reference:
        yield problem("reference-missing", f"{_NORMALISE}.reference")


def _check_aggregate(contest: Contest) -> Iterator[Problem]:
    steps = contest.steps
    depths = Tree.of(contest.root).depths
    deepest = max(depths[node.id] for node in contest.branches)
    if len(steps.levels) > deepest:
        yield problem("levels-many", f"{_AGGREGATE}.levels", found=len(steps.levels), most=deepest)
    positive = [node.id for node in contest.branches if _needs_positive(contest, node.id)]
    low = steps.scale[0]
    if positive and low <= 0:
        yield problem("geometric-positive", f"{_NORMALISE}.to", low=f"{low:g}", node=positive[0])
    loose = [leaf for leaf in contest.root.leaves if steps.scaling(leaf) == "zscore_open"]
    if positive and loose:
        yield problem("scale-open", f"{_NORMALISE}", indicator=loose[0], node=positive[0])


def _needs_positive(contest: Contest, node: str) -> bool:
    mean, power = contest.aggregation(node), contest.steps.power
    return mean in _POSITIVE or (mean == "generalised" and power != 1)


def _check_draws(contest: Contest, known: Sequence[Problem]) -> list[Problem]:
    """What does not stand under some combination of choices that will be drawn, each fault once."""
    varied = [one for one in list_perturbations(contest) if one.choices]
    place = "contest.uncertainty" if contest.perturbations else "contest.rank.normalisations"
    sizes = [range(len(one.choices)) for one in varied]
    found: list[Problem] = []
    for numbers in product(*sizes) if prod(map(len, sizes)) <= _COMBINATIONS else ():
        variant = apply_choices(contest, list(zip(varied, numbers, strict=True)))
        found += [p for p in (*_check_normalise(variant), *_check_aggregate(variant)) if p not in known]
    return list(dict.fromkeys(p.at(path=place) for p in found))


def _strange(found: Mapping[str, object], known: Iterable[str], *, code: str, path: str) -> Iterator[Problem]:
    words = list(known)
    yield from (unknown(code, name, words, path=f"{path}.{name}") for name in found if name not in words)
