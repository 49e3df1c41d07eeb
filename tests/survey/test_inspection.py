"""What came back, inspected."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from jinghe.labels import Text
from jinghe.survey import Between, Frame, Instrument, Item, Plan, Within, check_survey

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
    answers.answers["unit"][:] = np.repeat([0, 1, 2], [30, 29, 1])
    plan = replace(PLAN, between=(), frame=Frame({"unit": {"a": 40, "b": 40, "c": 2}}))

    codes = [item.code for item in check_survey(answers.instrument, answers, plan=plan)]

    flags = ["survey-straight-lining", "survey-speeding", *["survey-ceiling"] * 3]
    assert codes == ["survey-unit-small", *["survey-unanimous"] * 3, *flags]  # one unit is hidden, one its company


def test_a_faulty_questionnaire_is_told_before_anything_else(tree, answers):
    broken = Instrument("q", "1", TITLE, (Item("a", "rank", TITLE),))

    assert [item.code for item in check_survey(broken, answers)] == ["survey-kind-unknown"]


def test_a_group_of_one_mind_is_told_by_name(make_answers):
    answers = make_answers(60)
    answers.answers["t1"][answers.answers["unit"] == 1] = 4

    found = [item for item in check_survey(answers.instrument, answers, plan=PLAN) if item.code == "survey-unanimous"]

    assert [item.place.path for item in found] == ["t1"]
    assert "“乙局”的 20 人答案全部相同" in found[0].text("zh")


def test_whatever_would_stop_the_report_is_told_before(make_answers):
    """A blank in the question of the weights stopped the report of a survey that had been called sound."""
    answers = make_answers(90)
    answers.answers["unit"][:2] = -1
    weighed = replace(PLAN, frame=Frame({"unit": {"a": 40, "b": 40, "c": 40}}))

    assert "survey-weight-blank" in [item.code for item in check_survey(answers.instrument, answers, plan=weighed)]

    answers.answers["t2"][5:] = -1
    closed = [item.place.path for item in check_survey(answers.instrument, answers, plan=PLAN) if item.level == "error"]
    assert closed == ["compare[0].outcomes", "within[0].items"]


def test_choices_of_one_mind_are_told_and_hidden_groups_are_not(make_answers):
    answers = make_answers(60)
    answers.answers["met"][:] = np.repeat([0, 1, 0, 1], [30, 18, 6, 6])
    answers.answers["unit"][:] = np.repeat([0, 1, 2], [30, 18, 12])
    found = [item for item in check_survey(answers.instrument, answers, plan=PLAN) if item.code == "survey-unanimous"]

    assert [item.text("zh").split(" ")[0] for item in found] == ["met：“甲局”的", "met：“乙局”的"]

    answers.answers["unit"][:] = np.repeat([0, 1, 2], [30, 25, 5])
    found = [item.text("zh") for item in check_survey(answers.instrument, answers, plan=replace(PLAN, between=()))]

    assert not any("乙局" in text or "丙局" in text for text in found)


def test_too_few_answers_and_more_answers_than_staff_are_faults(make_answers):
    few = [item.code for item in check_survey(make_answers(9).instrument, make_answers(9), plan=PLAN)]
    frame = Frame({"unit": {"a": 40, "b": 40, "c": 12}})
    many = [
        item.code
        for item in check_survey(make_answers(90).instrument, make_answers(90), plan=replace(PLAN, frame=frame))
    ]

    assert few[0] == "survey-too-few"
    assert many[0] == "survey-turnout"
