"""From words to answers: every rule with its message."""

from __future__ import annotations

import numpy as np
import pytest

from jinghe.survey.encode import Collected, encode

BASE = {
    "unit": ["a", "b", "c", "a"],
    "met": ["yes", "no", "yes", ""],
    "times": ["3", "", "2", ""],
    "t1": ["1", "2", "3", "4"],
    "t2": ["1", "2", "3", "5"],
    "t3": ["5", "4", "3", ""],
    "why": ["order", "order will", "", "will"],
    "more": ["", "好", "", ""],
}


def read(
    small, *, ids=("r1", "r2", "r3", "r4"), days=("2024-03-01T10:11:12.000+08:00", "", "", ""), tokens=0, **changed
):
    collected = Collected("f.csv", [2, 3, 4, 5], BASE | changed, ids, days, [90.0, 60.0, np.nan, 30.0], tokens)
    reading = encode(collected, small)
    return reading.responses, [(item.code, item.level, item.place.line, item.place.path) for item in reading.problems]


def test_good_answers_are_read_without_a_word(small):
    responses, problems = read(small)

    assert problems == []
    assert responses.n == 4
    assert responses.values("t1").tolist() == [1, 2, 3, 4]
    assert responses.answers["why"].tolist() == [[True, False], [True, True], [False, False], [False, True]]
    assert str(responses.days[0]) == "2024-03-01"


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"t1": ["1", "9", "9", "4"]}, ("survey-code-unknown", "error", 3, "t1")),
        ({"why": ["order", "gold", "", ""]}, ("survey-code-unknown", "error", 3, "why")),
        ({"times": ["often", "", "2", ""]}, ("survey-number-wrong", "error", 2, "times")),
        ({"times": ["1.5", "", "2", ""]}, ("survey-number-wrong", "error", 2, "times")),
        ({"times": ["120", "", "2", ""]}, ("survey-constraint-broken", "warning", None, "times")),
        ({"times": ["3", "4", "2", ""]}, ("survey-answer-skipped", "warning", None, "times")),
        ({"unit": ["a", "b", "", "a"]}, ("survey-background-blank", "warning", None, "unit")),
        ({"ids": ("r1", "r2", "r1", "r4")}, ("survey-respondent-repeated", "warning", 4, "")),
        ({"tokens": 4}, ("survey-token-linked", "warning", None, "")),
        ({"days": ("spring", "", "", "")}, ("survey-day-wrong", "warning", 2, "")),
    ],
)
def test_each_fault_has_its_rule_and_its_message(small, changed, problem):
    _, problems = read(small, **changed)

    assert problems == [problem]


def test_what_is_wrong_becomes_missing_and_nothing_else(small):
    responses, _ = read(small, t1=["1", "9", "x", "4"], times=["120", "4", "2", ""])

    assert responses.values("t1").tolist()[::3] == [1, 4]
    assert np.isnan(responses.values("t1")[1:3]).all()
    assert np.isnan(responses.values("times")[[0, 1]]).all()
    assert responses.values("times")[2] == 2


def test_of_one_respondent_the_last_row_counts(small):
    responses, _ = read(small, ids=("r1", "r2", "r1", "r4"))

    assert responses.n == 3
    assert responses.values("t1").tolist() == [2, 3, 4]


def test_rows_without_an_id_are_all_kept(small):
    responses, problems = read(small, ids=("", "", "", ""))

    assert (responses.n, problems) == (4, [])


def test_labels_are_taken_for_codes_where_they_are_clear(small):
    responses, problems = read(small, met=["是", "no", "yes", ""])

    assert problems == []
    assert responses.answers["met"].tolist() == [0, 1, 0, -1]


def test_a_missing_column_is_named(small):
    columns = {name: column for name, column in BASE.items() if name != "more"}

    reading = encode(Collected("f.csv", [2, 3, 4, 5], columns, [""] * 4, [""] * 4, [np.nan] * 4), small)

    assert [(item.code, item.place.path) for item in reading.problems] == [("survey-column-missing", "more")]


def test_many_wrong_words_are_named_a_few_at_a_time(small):
    words = [f"x{k}" for k in range(12)]
    blank = {name: [""] * 12 for name in BASE}
    collected = Collected("f.csv", list(range(2, 14)), blank | {"t1": words}, [""] * 12, words, [np.nan] * 12)

    problems = encode(collected, small).problems

    told = [dict(item.values) for item in problems if item.code == "survey-code-unknown"]
    assert [(one["found"], one["count"]) for one in told] == [*((word, "1") for word in words[:5]), ("…", "7")]
    assert [dict(item.values)["count"] for item in problems if item.code == "survey-day-wrong"] == ["12"]


def test_repeated_respondents_are_told_once_with_their_number(small):
    reading = encode(Collected("f.csv", [2, 3, 4, 5], BASE, ["r", "r", "r", "s"], [""] * 4, [np.nan] * 4), small)

    assert [dict(item.values)["count"] for item in reading.problems] == ["2"]
    assert reading.responses.n == 2
