"""Results as tables: each says its method and passes its own recalculation."""

from __future__ import annotations

import numpy as np
import pytest

from jinghe.errors import DataError
from jinghe.labels import Text
from jinghe.survey import (
    compare,
    compare_within,
    judge_quality,
    measure_reliability,
    score_reliability,
    tabulate_comparisons,
    tabulate_contrasts,
    tabulate_quality,
    tabulate_reliability,
    tabulate_repetition,
    verify_tables,
)

TITLE = Text("表", "Table")


@pytest.mark.parametrize("test", ["welch", "student", "mann-whitney", "brunner-munzel"])
def test_comparisons_of_any_kind_pass_and_say_which_test(answers, test):
    found = tabulate_comparisons(answers, compare(answers, ["t1", "trust_score"], by="unit", test=test), title=TITLE)

    verify_tables([found])
    assert len(found.rows) == 12
    assert "Holm" in found.methods.zh
    assert any("95%" in words for words in (found.methods.en,))


def test_the_case_prints_what_its_published_figures_are(case):
    found = tabulate_comparisons(case.responses, compare(case.responses, ["meaning"], by="circle"), title=TITLE)

    assert [line[1:5] for line in found.lines("zh")] == [
        ["成都圈", "284", "4.54", "0.68"],
        ["重庆圈", "2122", "4.48", "0.77"],
    ]


def test_results_of_two_tests_make_no_table(answers):
    mixed = [*compare(answers, ["t1"], by="unit"), *compare(answers, ["t1"], by="unit", test="student")]

    for found in (mixed, []):
        with pytest.raises(DataError) as raised:
            tabulate_comparisons(answers, found, title=TITLE)
        assert [item.code for item in raised.value.problems] == ["survey-results-mixed"]


@pytest.mark.parametrize("correction", ["gg", "hf", "none"])
def test_repeated_measures_say_their_error_term_and_epsilon(case, correction):
    within = compare_within(case.responses, ("research", "planning", "execution"), correction=correction)
    tables = [
        tabulate_repetition(case.responses, within, title=TITLE),
        tabulate_contrasts(case.responses, within, title=TITLE),
    ]

    verify_tables(tables)
    assert "误差项为题项×答卷人" in tables[0].methods.zh
    assert "ε(GG)=0.5898" in tables[0].methods.en
    assert "n − 1" in tables[1].methods.zh


def test_reliability_prints_alpha_and_omega(answers):
    measured = measure_reliability(answers, "trust_score")
    found = tabulate_reliability(answers, measured, title=TITLE)

    verify_tables([found])
    assert f"α={measured.alpha:.3f}" in found.methods.en
    assert f"ω={measured.omega:.3f}" in found.methods.zh


def test_undefined_results_are_dashes_and_pass(make_answers):
    answers = make_answers(60)
    for name in ("t1", "t2", "t3"):
        answers.answers[name][:] = 3
    tables = [
        tabulate_comparisons(answers, compare(answers, ["t1"], by="unit"), title=TITLE),
        tabulate_repetition(answers, compare_within(answers, ("t1", "t2", "t3")), title=TITLE),
        tabulate_contrasts(answers, compare_within(answers, ("t1", "t2", "t3")), title=TITLE),
    ]

    verify_tables(tables)
    assert tables[0].lines("en")[0][5] == "—"


def test_quality_prints_sums_and_no_person(answers):
    tables = tabulate_quality(answers, judge_quality(answers))

    verify_tables(tables)
    assert [table.id for table in tables] == ["quality.items", "quality.lines"]
    assert len(tables[0].rows) == len(answers.instrument.questions())
    assert np.isfinite(judge_quality(answers).median_seconds)


def test_an_interval_below_zero_is_printed_with_a_minus_sign(answers):
    found = score_reliability(np.array([[1.0, 5], [2, 1], [3, 4], [4, 2], [5, 3]]), items=("t1", "t2"))

    methods = tabulate_reliability(answers, found, title=TITLE).methods.zh

    assert "α=−" in methods
    assert "[-" not in methods
