"""What came back from a survey, inspected (收回核查): faults of questionnaire, plan and answers, flags of quality."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from jinghe.errors import DataError, Problem, problem
from jinghe.survey.base import share_bases
from jinghe.survey.instrument import Instrument, check_instrument
from jinghe.survey.overview import make_tables
from jinghe.survey.plan import Plan, all_cuts, all_sets, check_plan
from jinghe.survey.protection import protect_answers, protect_each
from jinghe.survey.quality import Quality, judge_quality
from jinghe.survey.responses import Grouping, Responses, group_respondents
from jinghe.survey.spread import find_spreads
from jinghe.survey.weighting import check_frame

__all__ = ["check_survey"]


def check_survey(
    instrument: Instrument, responses: Responses | None = None, *, plan: Plan | None = None
) -> list[Problem]:
    """List everything wrong or remarkable: faults of questionnaire, plan and staff counts, flags of quality.

    The tables of a sound plan are made, so that whatever would stop them is told. What was found while reading a file
    comes with `Reading.problems`.
    """
    found = check_instrument(instrument)
    if found:
        return found
    if plan is not None:
        found += check_plan(plan, instrument)
        found += check_frame(plan.frame, instrument, k=plan.k) if plan.frame and not found else []
    if responses is not None:
        if plan is not None and not any(one.level == "error" for one in found):
            found += _check_answers(responses, plan)
            responses = share_bases(responses, all_sets(plan, instrument), cuts=all_cuts(plan), k=plan.k)
        found += _quality_flags(judge_quality(responses))
    return found


def _check_answers(responses: Responses, plan: Plan) -> list[Problem]:
    """What only the answers tell of a sound plan: whatever would stop its tables, and groups of one mind."""
    try:
        make_tables(responses, plan=plan)
    except DataError as error:
        return list(error.problems)
    found: list[Problem] = []
    choices = [item.id for item in responses.instrument.questions() if item.kind == "select_one" and not item.cut]
    cuts = all_cuts(plan)
    ratings = [name for name in choices if responses.instrument.is_rating(name)]
    decided = protect_each(responses, ratings, cuts=cuts, k=plan.k)
    for name in choices:
        hidden = decided.get(name) if name in ratings else protect_answers(responses, name, cuts=cuts, k=plan.k)
        for cut, gone in zip(cuts, hidden or (), strict=False):
            found += _unanimous(responses, name, group_respondents(responses, cut), gone)
    return found


def _unanimous(responses: Responses, name: str, grouping: Grouping, hidden: NDArray[np.bool_]) -> Iterator[Problem]:
    """Groups that are shown and gave one answer: their mean, or share of 100 %, is everybody's answer."""
    answers = np.where(responses.answers[name] < 0, np.nan, responses.answers[name])
    for group, spread, gone in zip(grouping.names, find_spreads(answers, grouping), hidden, strict=True):
        if not gone and spread.sd == 0:
            yield problem("survey-unanimous", name, n=spread.n, group_zh=group.zh, group_en=group.en)


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
