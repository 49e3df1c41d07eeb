"""The surveys of a case (问卷调查, C6–C7): opened by their plans, put as sections, synthetic ones marked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinghe.compact import Compact, read_tree
from jinghe.errors import DataError
from jinghe.exhibit import Section
from jinghe.labels import Text
from jinghe.survey import LIMITS, Survey, exhibit_tables, make_tables, open_survey

__all__ = ["open_surveys", "show_survey"]

_SYNTHETIC = Text(
    "作答为合成数据，只为演示工具，不代表任何真实作答。",
    "The answers are synthetic; they show the tool and stand for nobody's view.",
)


def open_surveys(compact: Compact) -> tuple[tuple[str, Survey], ...]:
    """Open every survey that a compact names. Raises DataError with the faults of the first that is not sound."""
    return tuple((one["id"], _open(compact, one)) for one in compact.evidence.get("surveys") or ())


def _open(compact: Compact, one: Mapping[str, Any]) -> Survey:
    named = {"instrument": one["instrument"], "responses": one["responses"]}
    survey = open_survey(read_tree(compact.folder / one["plan"]) | named, folder=compact.folder)
    if faults := [fault for fault in survey.problems if fault.level == "error"]:
        raise DataError(faults)
    return survey


def show_survey(name: str, survey: Survey) -> Section:
    """Put a survey's tables and comparisons as a section; small groups are hidden, every table is recalculated."""
    tables = make_tables(survey.responses, plan=survey.plan)
    lead = Text(
        f"答卷 {survey.responses.n} 份；不足 {survey.plan.k} 人的组不显示。",
        f"{survey.responses.n} responses; groups of fewer than {survey.plan.k} are not shown.",
    )
    section = exhibit_tables(tables, id=f"survey-{name}", title=survey.plan.title, lead=lead)
    notes = (_SYNTHETIC,) if survey.responses.synthetic else ()
    handled = tuple(Text(one.text("zh"), one.text("en")) for one in survey.problems)
    return Section(section.id, section.title, section.lead, section.tables, (*notes, LIMITS, *handled, *section.notes))
