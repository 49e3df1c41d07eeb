"""Weights to staff counts and their price."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from jinghe.errors import DataError
from jinghe.survey import Frame, check_frame, check_turnout, kish, post_stratify, rake, rake_table, read_frame


def codes(action):
    with pytest.raises(DataError) as found:
        action()
    return [item.code for item in found.value.problems]


def test_raking_gives_the_numbers_of_the_reference():
    counts = np.array([[84, 200], [600, 1522.0]])
    fitted = rake_table(counts, [[1203, 1203], [0.4 * 2406, 0.6 * 2406]])

    assert fitted.round(4).tolist() == [[490.3444, 712.6556], [472.0556, 730.9444]]
    deff, n_eff = kish(np.repeat((fitted / counts).ravel(), counts.ravel().astype(int)))
    assert (round(n_eff, 2), round(deff, 4)) == (945.24, 2.5454)


@pytest.mark.slow
@given(arrays(float, (3, 4), elements=st.integers(1, 50)), st.integers(0, 1000))
def test_raked_margins_fit_and_odds_ratios_stay(counts, seed):
    rng = np.random.default_rng(seed)
    rows, columns = rng.uniform(1, 9, 3), rng.uniform(1, 9, 4)
    columns *= rows.sum() / columns.sum()

    fitted = rake_table(counts, [rows, columns])

    assert np.allclose(fitted.sum(1), rows, rtol=1e-9)
    assert np.allclose(fitted.sum(0), columns, rtol=1e-9)
    odds = [x[0, 0] * x[1, 1] / x[0, 1] / x[1, 0] for x in (counts, fitted)]
    assert odds[0] == pytest.approx(odds[1], rel=1e-6)


def test_post_stratification_is_staff_over_respondents(make_answers):
    answers = make_answers(90)
    weights = post_stratify(answers, Frame({"unit": {"a": 60, "b": 30, "c": 10}}))
    counts = np.bincount(answers.answers["unit"])

    assert weights.values.mean() == pytest.approx(1)
    for at, staff in enumerate((60, 30, 10)):
        expected = staff / 100 * 90 / counts[at]
        assert np.allclose(weights.values[answers.answers["unit"] == at], expected)


def test_equal_regions_cost_more_than_half_of_the_sample():
    deff, n_eff = kish(np.repeat([0.5 / 284, 0.5 / 2122], [284, 2122]))

    assert (round(deff, 4), round(n_eff, 1)) == (2.4014, 1001.9)


def test_trimming_bounds_the_largest_weight(make_answers):
    frame = Frame({"unit": {"a": 98, "b": 1, "c": 1}})
    free, cut = (rake(make_answers(90), frame, trim=trim) for trim in (None, 1.5))

    assert cut.values.max() / cut.values.mean() < free.values.max()
    assert cut.deff < free.deff
    assert "1.5" in cut.method.zh


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda a: a["unit"].__setitem__(slice(None), np.zeros(len(a["unit"]), dtype=int)), "survey-rake-empty"),
        (lambda a: a["unit"].__setitem__(0, -1), "survey-weight-blank"),
    ],
)
def test_answers_that_cannot_be_weighted_say_so(make_answers, change, code):
    answers = make_answers(30)
    change(answers.answers)

    assert codes(lambda: rake(answers, Frame({"unit": {"a": 1, "b": 1, "c": 1}}))) == [code]


def test_zeros_that_keep_totals_from_being_met_are_told():
    counts = np.array([[1.0, 0], [0, 1]])

    assert codes(lambda: rake_table(counts, [[3, 1], [1, 3]])) == ["survey-rake-unsettled"]


def test_post_stratification_takes_one_question(make_answers):
    frame = Frame({"unit": {"a": 1, "b": 1, "c": 1}, "met": {"yes": 1, "no": 2}})

    assert codes(lambda: post_stratify(make_answers(30), frame)) == ["survey-frame-margins"]


def test_staff_counts_are_read_and_checked(small):
    frame = read_frame({"margins": {"unit": {"a": 40, "b": "1,200", "c": 2}}, "source": "名册"})

    found = check_frame(frame, small)

    assert frame.margins["unit"]["b"] == 1200
    assert [(item.code, item.level, item.place.path) for item in found] == [
        ("survey-unit-small", "note", "margins.unit.c")
    ]
    assert codes(lambda: read_frame({"margins": {"unit": {"a": "many"}}})) == ["count-unreadable"]
    assert codes(lambda: read_frame({})) == ["survey-key-missing"]


def test_staff_counts_that_do_not_fit_the_questionnaire_are_named(small):
    frame = Frame({"unit": {"a": 40, "d": 20}, "met": {"yes": 20, "no": 20}})

    assert [item.code for item in check_frame(frame, small)] == ["survey-frame-total", *["survey-frame-option"] * 3]


def test_options_that_are_not_shown_weigh_together(make_answers):
    answers = make_answers(60)
    answers.answers["unit"][:] = np.repeat([0, 1, 2], [40, 18, 2])
    frame = Frame({"unit": {"a": 60, "b": 30, "c": 10}})

    found = rake(answers, frame, merged={"unit": np.array([False, True, True])})

    assert found.values[40:] == pytest.approx(np.full(20, 40 / 100 * 60 / 20))
    assert "合为一层" in found.method.zh


def test_the_method_tells_the_design_effect_too_coarsely_to_count_people(make_answers):
    method = rake(make_answers(90), Frame({"unit": {"a": 8, "b": 1, "c": 1}})).method

    assert "设计效应约 1.98，有效样本量约 45" in method.zh


def test_people_behind_whom_there_is_no_staff_are_not_dropped(make_answers):
    with pytest.raises(DataError) as found:
        rake(make_answers(90), Frame({"unit": {"a": 60, "b": 40, "c": 0}}))

    assert [(item.code, dict(item.values)["found"]) for item in found.value.problems] == [("survey-weight-zero", "c")]


def test_more_answers_than_staff_are_told(make_answers):
    margins = {"unit": {"a": 60, "b": 40, "c": 20}}

    assert [one.code for one in check_turnout(Frame(margins), make_answers(90))] == ["survey-turnout"]
    assert check_turnout(Frame(margins, assumed=True), make_answers(90)) == []
