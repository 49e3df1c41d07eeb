"""The verbs of a survey (调查的动作): check what came back, and make every table of a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from jinghe.errors import DataError, Problem, problem
from jinghe.labels import Text
from jinghe.survey.comparison import Comparison, compare
from jinghe.survey.cut import tabulate_means, tabulate_sample
from jinghe.survey.instrument import Instrument, check_instrument
from jinghe.survey.plan import Between, Plan, check_plan
from jinghe.survey.quality import Quality, judge_quality
from jinghe.survey.repetition import compare_within
from jinghe.survey.responses import Responses, take_scores
from jinghe.survey.results import (
    tabulate_comparisons,
    tabulate_contrasts,
    tabulate_quality,
    tabulate_reliability,
    tabulate_repetition,
)
from jinghe.survey.scale import measure_reliability
from jinghe.survey.table import Table, verify_tables
from jinghe.survey.tabulate import tabulate_battery, tabulate_item, tabulate_multiple
from jinghe.survey.weighting import Weights, check_frame, rake

__all__ = ["all_cuts", "check_survey", "make_comparisons", "make_tables"]


def check_survey(
    instrument: Instrument, responses: Responses | None = None, *, plan: Plan | None = None
) -> list[Problem]:
    """List everything wrong or remarkable: faults of questionnaire, plan and staff counts, flags of quality.

    What was found while reading a file comes with `Reading.problems`.
    """
    found = check_instrument(instrument)
    if found:
        return found
    if plan is not None:
        found += check_plan(plan, instrument)
        found += check_frame(plan.frame, instrument, k=plan.k) if plan.frame and not found else []
    if responses is not None:
        k = plan.k if plan else 0
        if responses.n < k:
            found.append(problem("survey-too-few", found=responses.n, k=k))
        found += _quality_flags(judge_quality(responses))
    return found


def _quality_flags(quality: Quality) -> Iterator[Problem]:
    for line in quality.lines:
        if line.identical:
            yield problem(
                "survey-straight-lining", line.battery, count=line.identical, n=line.n, share=f"{line.share:.1%}"
            )
    if quality.fast.any():
        yield problem("survey-speeding", count=int(quality.fast.sum()), median=f"{quality.median_seconds:.0f}")
    for item in quality.items:
        if item.ceiling:
            yield problem("survey-ceiling", item.item, share=f"{item.top:.1%}")


def make_tables(responses: Responses, *, plan: Plan | None = None) -> tuple[Table, ...]:
    """Make every table of a report: sample, answers, means by group, reliability, comparisons, quality.

    Every table is recalculated from what it prints before it leaves.

    Args:
        responses: the answers.
        plan: cuts, threshold, weights and comparisons; without one only whole-sample tables.
    Returns:
        The tables, in the order of the report.
    Raises:
        DataError: the plan does not fit, fewer than k answered, or a table contradicts itself.
    """
    plan = plan or Plan()
    faults = check_plan(plan, responses.instrument)
    if responses.n < plan.k:
        faults.append(problem("survey-too-few", found=responses.n, k=plan.k))
    if faults:
        raise DataError(faults)
    weights = rake(responses, plan.frame, trim=plan.trim) if plan.frame else None
    cuts = all_cuts(plan)
    tables = [*tabulate_sample(responses, cuts=cuts, k=plan.k, frame=plan.frame)] if cuts else []
    tables += [table for block in _blocks(responses) for table in _block_tables(responses, block, plan, weights)]
    tables += _plain_tables(responses, weights)
    tables += _scale_tables(responses, plan, weights)
    tables += make_comparisons(responses, plan=plan)
    tables += tabulate_quality(responses, judge_quality(responses))
    return verify_tables(tables)


def all_cuts(plan: Plan) -> tuple[tuple[str, ...], ...]:
    """List every cut a report prints, those of its comparisons included."""
    return tuple(dict.fromkeys((*plan.cuts, *((between.by,) for between in plan.between))))


def _blocks(responses: Responses) -> Iterator[tuple[Text, tuple[str, ...]]]:
    """Batteries by their options, and every other rating item on its own."""
    instrument = responses.instrument
    rating = [item for item in instrument.questions() if instrument.is_rating(item.id)]
    labels = {battery.id: battery.label for battery in instrument.batteries}
    groups: dict[tuple[str, str], list[str]] = {}
    for item in rating:
        groups.setdefault((item.battery or f" {item.id}", item.choices), []).append(item.id)
    for (name, _), items in groups.items():
        yield labels.get(name) or instrument.item(items[0]).label, tuple(items)


def _block_tables(
    responses: Responses, block: tuple[Text, tuple[str, ...]], plan: Plan, weights: Weights | None
) -> Iterator[Table]:
    title, names = block
    yield tabulate_battery(responses, names, title=title, weights=weights)
    yield from _means(responses, names, title, plan, weights)


def _means(
    responses: Responses, names: Sequence[str], title: Text, plan: Plan, weights: Weights | None
) -> tuple[Table, ...]:
    cuts = all_cuts(plan)
    return tabulate_means(responses, names, cuts=cuts, title=title, k=plan.k, weights=weights) if cuts else ()


def _plain_tables(responses: Responses, weights: Weights | None) -> Iterator[Table]:
    """Choices that are no rating; background questions stand in the sample."""
    for item in responses.instrument.questions():
        if item.kind == "select_multiple":
            yield tabulate_multiple(responses, item.id, weights=weights)
        elif item.kind == "select_one" and not item.cut and not responses.instrument.is_rating(item.id):
            yield tabulate_item(responses, item.id, weights=weights)


def _scale_tables(responses: Responses, plan: Plan, weights: Weights | None) -> Iterator[Table]:
    for item in responses.instrument.questions():
        if item.kind in {"integer", "decimal"}:
            yield from _means(responses, (item.id,), item.label, plan, weights)
    for scale in responses.instrument.scales:
        if int((~np.isnan(take_scores(responses, scale.id))).sum()) >= plan.k:
            title = Text(f"信度：{scale.label.zh}", f"Reliability: {scale.label.en}")
            yield tabulate_reliability(responses, measure_reliability(responses, scale.id), title=title)
        yield from _means(responses, (scale.id,), scale.label, plan, weights)


def make_comparisons(responses: Responses, *, plan: Plan) -> tuple[Table, ...]:
    """Make the tables of comparisons that a plan asks for, between groups and within respondents; unweighted."""
    tables = [
        tabulate_comparisons(responses, _compare(responses, between, plan), title=between.title)
        for between in plan.between
    ]
    for within in plan.within:
        found = compare_within(
            responses,
            within.items,
            correction=within.correction,
            posthoc=within.posthoc,
            adjustment=within.adjustment,
        )
        tables.append(tabulate_repetition(responses, found, title=within.title))
        title = Text(f"{within.title.zh}：事后比较", f"{within.title.en}: post hoc")
        tables.append(tabulate_contrasts(responses, found, title=title))
    return verify_tables(tables)


def _compare(responses: Responses, between: Between, plan: Plan) -> tuple[Comparison, ...]:
    return compare(
        responses,
        between.outcomes,
        by=between.by,
        cuts=all_cuts(plan),
        test=between.test,
        adjustment=between.adjustment,
        bound=between.bound,
        k=plan.k,
    )
