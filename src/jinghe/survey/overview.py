"""Every table of a survey report (调查报告各表), under one decision on what stays hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from jinghe.errors import DataError, problem
from jinghe.labels import Text
from jinghe.survey.base import share_bases
from jinghe.survey.comparison import compare
from jinghe.survey.cut import tabulate_choices, tabulate_means, tabulate_sample
from jinghe.survey.omnibus import compare_all
from jinghe.survey.plan import Between, Plan, all_cuts, all_sets, check_plan
from jinghe.survey.protection import Decisions, find_closed, link_scores, protect_each, protect_sample
from jinghe.survey.quality import judge_quality, tabulate_quality
from jinghe.survey.repetition import compare_within
from jinghe.survey.responses import Responses, take_scores
from jinghe.survey.results import (
    tabulate_comparisons,
    tabulate_contrasts,
    tabulate_omnibus,
    tabulate_reliability,
    tabulate_repetition,
)
from jinghe.survey.scale import measure_reliability
from jinghe.survey.table import Table, verify_tables
from jinghe.survey.tabulate import tabulate_battery, tabulate_item, tabulate_multiple, tabulate_scores, tabulate_unshown
from jinghe.survey.weighting import Weights, check_frame, check_turnout, rake

__all__ = ["make_comparisons", "make_tables"]


def make_tables(responses: Responses, *, plan: Plan | None = None) -> tuple[Table, ...]:
    """Make every table of a report: sample, answers, means by group, reliability, comparisons, quality.

    Every table is recalculated from what it prints before it leaves.

    Args:
        responses: the answers.
        plan: cuts, threshold, weights and comparisons; without one only whole-sample tables.
    Returns:
        The tables, in the order of the report, each with an id of its own.
    Raises:
        DataError: the plan does not fit, fewer than k answered, or a table contradicts itself.
    """
    report = _prepare(responses, plan or Plan())
    responses, k, cuts = report.responses, report.plan.k, report.cuts
    tables = [*tabulate_sample(responses, cuts=cuts, k=k, frame=report.plan.frame)] if cuts else []
    tables += [table for block in _blocks(report) for table in _block_tables(report, block)]
    tables += _choice_tables(report)
    tables += _score_tables(report)
    tables += _comparisons(report)
    tables += tabulate_quality(responses, judge_quality(responses), k=k, closed=report.closed)
    if unshown := [item.id for item in responses.instrument.questions() if _is_unshown(report, item.id)]:
        tables.append(tabulate_unshown(responses, unshown, k=k))
    return verify_tables(_name_apart(tables))


@dataclass(frozen=True, slots=True, eq=False)
class _Report:
    """What all tables of one report share; `closed` names items and scales of which nothing may be printed."""

    responses: Responses
    plan: Plan
    cuts: tuple[tuple[str, ...], ...]
    weights: Weights | None
    closed: frozenset[str]
    decided: dict[str, tuple[NDArray[np.bool_], ...]] = field(default_factory=dict)

    def decide(self, names: Sequence[str]) -> Decisions:
        """Decide what stays hidden of scores, once for all tables of the report."""
        asked = [name for name in names if name not in self.decided]
        family = link_scores(self.responses.instrument, asked) if asked else ()
        plain = {(one.by,) for one in self.plan.between}
        found = protect_each(self.responses, family, cuts=self.cuts, k=self.plan.k, weights=self.weights, plain=plain)
        self.decided.update(found)
        return self.decided

    def shows(self, name: str) -> bool:
        """Tell whether enough people answered an item or a scale, and its number gives nobody away."""
        if name in self.closed:
            return False
        scale = self.responses.instrument.scale(name)
        known = ~np.isnan(take_scores(self.responses, name)) if scale else self.responses.answered(name)
        return int(known.sum()) >= self.plan.k


def _prepare(responses: Responses, plan: Plan) -> _Report:
    faults = check_plan(plan, responses.instrument)
    if plan.frame and not faults:
        faults += [one for one in check_frame(plan.frame, responses.instrument, k=plan.k) if one.level == "error"]
        faults += check_turnout(plan.frame, responses)
    if responses.n < plan.k:
        faults.append(problem("survey-too-few", found=responses.n, k=plan.k))
    if faults:
        raise DataError(faults)
    cuts = all_cuts(plan)
    closed = find_closed(responses, cuts=cuts, k=plan.k)
    closed |= {scale.id for scale in responses.instrument.scales if closed & set(scale.items)}
    weights = _weigh(responses, plan)
    sets = [names for names in all_sets(plan, responses.instrument) if not closed & set(names)]
    return _Report(share_bases(responses, sets, cuts=cuts, k=plan.k, weights=weights), plan, cuts, weights, closed)


def _weigh(responses: Responses, plan: Plan) -> Weights | None:
    """Weigh to the staff counts of the plan; options whose groups stay hidden form one stratum, unanswered ones too."""
    if plan.frame is None:
        return None
    cuts = all_cuts(plan)
    hidden = dict(zip(cuts, protect_sample(responses, cuts=cuts, k=plan.k) or (), strict=True))
    merged = {}
    for name in plan.frame.margins:
        counts = np.bincount(responses.answers[name] + 1, minlength=1 + len(responses.instrument.options(name)))[1:]
        small = np.isin(np.arange(len(counts)), np.flatnonzero(hidden[(name,)]))
        merged[name] = small | (counts == 0) if small.any() else small
    return rake(responses, plan.frame, trim=plan.trim, merged=merged)


def _name_apart(tables: Sequence[Table]) -> list[Table]:
    """Number the ids that would stand twice."""
    met: Counter[str] = Counter()
    named = []
    for table in tables:
        met[table.id] += 1
        named.append(replace(table, id=f"{table.id}.{met[table.id]}") if met[table.id] > 1 else table)
    return named


def _is_unshown(report: _Report, name: str) -> bool:
    """Background questions stand in the sample, texts nowhere."""
    item = report.responses.instrument.item(name)
    return not item.cut and item.kind != "text" and not report.shows(name)


def _blocks(report: _Report) -> Iterator[tuple[Text, tuple[str, ...]]]:
    """Batteries by their options, and every other rating item on its own."""
    instrument = report.responses.instrument
    rating = [item for item in instrument.questions() if instrument.is_rating(item.id) and report.shows(item.id)]
    labels = {battery.id: battery.label for battery in instrument.batteries}
    groups: dict[tuple[str, str], list[str]] = {}
    for item in rating:
        groups.setdefault((item.battery or f" {item.id}", item.choices), []).append(item.id)
    for (name, _), items in groups.items():
        yield labels.get(name) or instrument.item(items[0]).label, tuple(items)


def _block_tables(report: _Report, block: tuple[Text, tuple[str, ...]]) -> Iterator[Table]:
    title, names = block
    yield tabulate_battery(report.responses, names, title=title, weights=report.weights, k=report.plan.k)
    yield from _means(report, names, title)


def _means(report: _Report, names: Sequence[str], title: Text) -> tuple[Table, ...]:
    if not report.cuts:
        return ()
    cuts, hidden = report.cuts, report.decide(names)
    return tabulate_means(
        report.responses, names, cuts=cuts, title=title, k=report.plan.k, weights=report.weights, hidden=hidden
    )


def _choice_tables(report: _Report) -> Iterator[Table]:
    """Choices that are no rating; background questions stand in the sample."""
    responses, weights, k = report.responses, report.weights, report.plan.k
    for item in responses.instrument.questions():
        if item.cut or not item.kind.startswith("select") or responses.instrument.is_rating(item.id):
            continue
        if report.shows(item.id):
            tabulate = tabulate_multiple if item.kind == "select_multiple" else tabulate_item
            yield tabulate(responses, item.id, weights=weights, k=k)
            if report.cuts:
                yield from tabulate_choices(responses, item.id, cuts=report.cuts, k=k, weights=weights)


def _score_tables(report: _Report) -> Iterator[Table]:
    """Numbers and scales: over everybody, by group, and how reliable a scale is."""
    responses, instrument = report.responses, report.responses.instrument
    numbers = [item.id for item in instrument.questions() if item.kind in {"integer", "decimal"}]
    names = [name for name in (*numbers, *(scale.id for scale in instrument.scales)) if report.shows(name)]
    if names and not report.cuts:
        yield tabulate_scores(responses, names, weights=report.weights, k=report.plan.k)
    for name in names:
        label = instrument.label(name)
        if instrument.scale(name):
            title = Text(f"信度：{label.zh}", f"Reliability: {label.en}")
            yield tabulate_reliability(responses, measure_reliability(responses, name), title=title)
        yield from _means(report, (name,), label)


def make_comparisons(responses: Responses, *, plan: Plan) -> tuple[Table, ...]:
    """Make the tables of comparisons that a plan asks for, between groups and within respondents; unweighted."""
    return verify_tables(_name_apart(_comparisons(_prepare(responses, plan))))


def _comparisons(report: _Report) -> list[Table]:
    plan, responses = report.plan, report.responses
    named = [(f"compare[{at}].outcomes", name) for at, one in enumerate(plan.between) for name in one.outcomes]
    named += [(f"within[{at}].items", name) for at, one in enumerate(plan.within) for name in one.items]
    closed = [(path, name) for path, name in named if not report.shows(name)]
    if closed:
        raise DataError([problem("survey-item-closed", path, found=name, k=plan.k) for path, name in closed])
    tables = [table for between in plan.between for table in _between_tables(report, between)]
    for within in plan.within:
        found = compare_within(
            responses,
            within.items,
            correction=within.correction,
            posthoc=within.posthoc,
            adjustment=within.adjustment,
            k=plan.k,
        )
        tables.append(tabulate_repetition(responses, found, title=within.title))
        title = Text(f"{within.title.zh}：事后比较", f"{within.title.en}: post hoc")
        tables.append(tabulate_contrasts(responses, found, title=title))
    return tables


def _between_tables(report: _Report, between: Between) -> Iterator[Table]:
    """The groups together where there are more than two, then every pair."""
    responses, by, outcomes, title = report.responses, between.by, between.outcomes, between.title
    decided, at = report.decide(outcomes), report.cuts.index((by,))
    hidden = {name: decided[name][at] for name in outcomes if name in decided}
    way, adjustment = between.test, between.adjustment
    every = compare_all(responses, outcomes, by=by, test=way, adjustment=adjustment, hidden=hidden)
    if every:
        yield tabulate_omnibus(responses, every, title=Text(f"{title.zh}：总检验", f"{title.en}: all groups together"))
    pairs = compare(
        responses,
        outcomes,
        by=by,
        test=way,
        adjustment=adjustment,
        bound=between.bound,
        k=report.plan.k,
        hidden=hidden,
    )
    yield tabulate_comparisons(responses, pairs, title=title)
