"""What came back from a survey, inspected (收回核查): faults of questionnaire, plan and answers, flags of quality."""

from __future__ import annotations

from collections.abc import Iterator

from jinghe.errors import Problem, problem
from jinghe.survey.instrument import Instrument, check_instrument
from jinghe.survey.plan import Plan, all_cuts, check_plan
from jinghe.survey.quality import Quality, judge_quality
from jinghe.survey.responses import Grouping, Responses, group_respondents
from jinghe.survey.spread import find_spreads
from jinghe.survey.weighting import check_frame, check_turnout

__all__ = ["check_survey"]


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
        found += _check_answers(responses, plan if not any(one.level == "error" for one in found) else None)
        found += _quality_flags(judge_quality(responses))
    return found


def _check_answers(responses: Responses, plan: Plan | None) -> list[Problem]:
    """What only the answers tell of a sound plan: too few, more than there are staff, groups of one mind."""
    if plan is None:
        return []
    found = [problem("survey-too-few", found=responses.n, k=plan.k)] if responses.n < plan.k else []
    found += check_turnout(plan.frame, responses) if plan.frame else []
    for cut in all_cuts(plan):
        grouping = group_respondents(responses, cut)
        for item in responses.instrument.questions():
            if responses.instrument.is_rating(item.id):
                found += _unanimous(responses, item.id, grouping, plan.k)
    return found


def _unanimous(responses: Responses, name: str, grouping: Grouping, k: int) -> Iterator[Problem]:
    """Groups that may be shown and gave one answer: their mean is everybody's answer."""
    for group, spread in zip(grouping.names, find_spreads(responses.values(name), grouping), strict=True):
        if spread.n >= k and spread.sd == 0:
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
