"""A survey from its plan."""

from __future__ import annotations

import pytest

from jinghe.compact import read_tree
from jinghe.errors import DataError
from jinghe.survey import make_tables, open_survey, read_instrument, write_responses, write_xlsform


def test_a_survey_is_opened_from_its_files(answers, tmp_path):
    write_xlsform(answers.instrument, tmp_path / "q.xlsx")
    write_responses(answers, tmp_path / "a.csv")

    found = open_survey({"instrument": "q.xlsx", "responses": "a.csv", "synthetic": True}, folder=tmp_path)

    assert found.problems == ()
    assert found.responses.synthetic
    assert found.responses.n == 90


def test_a_questionnaire_may_be_given(answers, tmp_path):
    write_responses(answers, tmp_path / "a.csv")

    assert open_survey({"responses": "a.csv"}, folder=tmp_path, instrument=answers.instrument).plan.k == 10


def test_earlier_waves_are_put_together_and_what_one_lacks_is_named(answers, tree, tmp_path):
    older = [item for item in tree["items"] if item["id"] != "why"]
    write_xlsform(read_instrument(tree | {"version": "0", "items": older}), tmp_path / "old.xlsx")
    write_xlsform(answers.instrument, tmp_path / "q.xlsx")
    write_responses(answers, tmp_path / "a.csv")
    write_responses(answers, tmp_path / "old.csv", items=[item["id"] for item in older])
    plan = {"instrument": "q.xlsx", "responses": "a.csv"}

    found = open_survey(plan | {"waves": [{"instrument": "old.xlsx", "responses": "old.csv"}]}, folder=tmp_path)

    assert [(item.code, item.place.path) for item in found.problems] == [("survey-item-wave", "why")]
    assert found.responses.n == 180
    assert found.responses.answered("why")[:90].sum() == 0
    with pytest.raises(DataError) as refused:
        open_survey(plan | {"waves": [{"instrument": "old.xlsx"}, "old.csv"]}, folder=tmp_path)
    assert [item.code for item in refused.value.problems] == ["survey-key-missing", "survey-shape"]


def test_files_that_are_not_named_are_asked_for(tmp_path):
    with pytest.raises(DataError) as found:
        open_survey({}, folder=tmp_path)

    assert [(item.code, item.place.path) for item in found.value.problems] == [
        ("survey-key-missing", "instrument"),
        ("survey-key-missing", "responses"),
    ]


@pytest.mark.slow
def test_the_case_shows_what_weights_cost_and_what_fixture_b_gives(case_folder):
    tables = {}
    for name in ("survey_equal", "survey_b"):
        found = open_survey(read_tree(case_folder / f"{name}.yaml"), folder=case_folder)
        tables |= {table.id: table for table in make_tables(found.responses, plan=found.plan)}

    assert "设计效应约 2.40，有效样本量约 1002" in tables["means.meaning.circle"].methods.zh
    assert tables["means.meaning.circle"].lines("zh")[2][3] == "4.51"
    assert tables["within.research.planning.execution"].lines("zh")[0][4:8] == ["2.39", "1.93", "4644.93", "0.094"]


def test_the_case_opens_without_a_word(case):
    assert case.problems == ()
    assert case.responses.n == 2406
