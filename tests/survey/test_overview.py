"""The verbs: check, tables, compare."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from jinghe.errors import DataError
from jinghe.labels import Text
from jinghe.survey import Between, Frame, Plan, Within, check_survey, make_comparisons, make_tables
from jinghe.survey.overview import all_cuts

TITLE = Text("题", "Title")
PLAN = Plan(
    cuts=(("unit",),),
    between=(Between(TITLE, ("t1", "trust_score"), "unit"),),
    within=(Within(TITLE, ("t1", "t2", "t3")),),
)


def test_a_survey_in_order_has_notes_at_most(answers):
    found = check_survey(answers.instrument, answers, plan=PLAN)

    assert {item.level for item in found} <= {"note"}


def test_flags_and_small_units_are_noted(make_answers):
    answers = make_answers(60)
    answers.answers["t1"][:], answers.answers["t2"][:], answers.answers["t3"][:] = 4, 4, 4
    answers.seconds[0] = 1
    plan = replace(PLAN, frame=Frame({"unit": {"a": 40, "b": 40, "c": 2}}))

    codes = [item.code for item in check_survey(answers.instrument, answers, plan=plan)]

    assert codes == ["survey-unit-small", "survey-straight-lining", "survey-speeding", *["survey-ceiling"] * 3]


def test_all_tables_of_a_plan_are_made_verified_and_json(answers):
    tables = make_tables(answers, plan=PLAN)
    kinds = {table.id.split(".")[0] for table in tables}
    answered, analysed = {"sample", "battery", "means", "item", "multiple"}, {"scale", "compare", "within", "posthoc"}

    assert kinds == answered | analysed | {"quality"}
    assert len({table.id for table in tables}) == len(tables)
    assert json.dumps([table.as_dict() for table in tables], allow_nan=False)
    assert all(table.methods.zh.startswith("方法：") and table.methods.en.startswith("Method:") for table in tables)


def test_every_table_of_the_case_says_it_is_synthetic(case):
    tables = make_tables(case.responses, plan=case.plan)

    assert len(tables) == 21
    assert all("合成数据" in table.methods.zh for table in tables)


def test_no_table_shows_a_group_below_the_threshold(make_answers):
    answers = make_answers(60)
    answers.answers["unit"][:] = np.repeat([0, 1, 2], [40, 18, 2])
    tables = make_tables(answers, plan=Plan(cuts=(("unit",),)))

    for table in tables:
        for row in (row for row in table.rows if {"乙局", "丙局"} & {getattr(cell, "zh", "") for cell in row.cells}):
            assert row.hidden


def test_text_answers_are_never_printed(make_answers):
    answers = make_answers(30)
    answers.answers["more"][:] = "可识别的内容"

    assert "可识别的内容" not in json.dumps([t.as_dict() for t in make_tables(answers)], ensure_ascii=False)


def test_too_few_answers_and_a_plan_that_does_not_fit_are_refused_together(make_answers):
    with pytest.raises(DataError) as found:
        make_tables(make_answers(6), plan=Plan(cuts=(("t1",),)))

    assert [item.code for item in found.value.problems] == ["survey-item-unknown", "survey-too-few"]


def test_a_faulty_questionnaire_is_told_before_anything_else(tree, answers):
    from jinghe.survey import Instrument, Item

    broken = Instrument("q", "1", TITLE, (Item("a", "rank", TITLE),))

    assert [item.code for item in check_survey(broken, answers)] == ["survey-kind-unknown"]


def test_comparisons_alone_are_made_and_all_cuts_count(answers):
    tables = make_comparisons(answers, plan=PLAN)

    assert [table.id.split(".")[0] for table in tables] == ["compare", "within", "posthoc"]
    assert all_cuts(Plan(between=PLAN.between)) == (("unit",),)


def test_weights_are_used_and_named(answers):
    tables = make_tables(answers, plan=replace(PLAN, frame=Frame({"unit": {"a": 8, "b": 1, "c": 1}}, "名册")))
    battery = next(table for table in tables if table.id.startswith("battery"))

    assert "名册" in battery.methods.zh
    assert "设计效应" in battery.methods.zh
