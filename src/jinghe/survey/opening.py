"""Open a survey (打开调查): plan, questionnaire and answers from the files that the plan names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jinghe.errors import DataError, Problem, problem
from jinghe.survey.collection import read_responses
from jinghe.survey.instrument import Instrument
from jinghe.survey.plan import Plan, read_plan
from jinghe.survey.responses import Responses, join_waves
from jinghe.survey.xlsform import read_xlsform

__all__ = ["Survey", "open_survey"]


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """Plan, questionnaire and answers together (调查), with everything found while reading."""

    plan: Plan
    instrument: Instrument
    responses: Responses
    problems: tuple[Problem, ...]


def open_survey(tree: Mapping[str, Any], *, folder: Path, instrument: Instrument | None = None) -> Survey:
    """Open a survey from its plan.

    Args:
        tree: the plan, as `read_plan` reads it. Earlier waves are put together with the last (`join_waves`).
        folder: where the files it names stand.
        instrument: the questionnaire, where it is not an XLSForm workbook (YAML is read by the caller).
    Raises:
        DataError: the plan, the questionnaire or the file of answers cannot be read.
    """
    plan = read_plan(tree)
    missing = [key for key in ("instrument", "responses") if not getattr(plan, key)]
    if faults := [
        problem("survey-key-missing", key, key=key) for key in missing if not (key == "instrument" and instrument)
    ]:
        raise DataError(faults)
    asked = instrument or read_xlsform(folder / plan.instrument)
    named = [(read_xlsform(folder / file) if file else asked, answers) for file, answers in plan.waves]
    readings = [read_responses(folder / answers, own) for own, answers in (*named, (asked, plan.responses))]
    problems = [fault for reading in readings for fault in reading.problems]
    responses = readings[-1].responses
    if plan.waves:
        responses, notes = join_waves([reading.responses for reading in readings])
        problems += notes
    return Survey(plan, asked, replace(responses, synthetic=plan.synthetic), tuple(problems))
