"""Repeated measures: fixtures A and B of the reference, statsmodels and scipy."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.anova import AnovaRM

from jinghe.compact import read_tree
from jinghe.errors import DataError
from jinghe.survey import compare_within, find_epsilon, read_responses, repeat_measures

PHASES = ("research", "planning", "execution")


def test_fixture_a_gives_the_numbers_of_the_reference(case):
    found = compare_within(case.responses, PHASES)

    assert [round(x, 4) for x in found.means] == [4.4879, 4.4900, 4.5021]
    assert (round(found.f, 4), round(found.p_uncorrected, 5)) == (5.9593, 0.0026)
    assert (round(found.epsilon[0], 4), round(found.p, 5)) == (0.5898, 0.01077)
    pairs = {(pair.first, pair.second): (round(-pair.t, 3), round(pair.p, 4)) for pair in found.contrasts}
    assert pairs == {(0, 2): (2.642, 0.0083), (1, 2): (2.331, 0.0198), (0, 1): (1.147, 0.2514)}


def test_fixture_b_gives_the_numbers_of_the_reference(case, case_folder):
    reading = read_responses(case_folder / "responses" / "fixture_b.csv", case.instrument)
    found = compare_within(reading.responses, PHASES)

    assert (round(found.f, 4), round(found.p_uncorrected, 4)) == (2.3858, 0.0921)
    assert (round(found.epsilon[0], 4), round(found.p, 4)) == (0.9657, 0.0941)
    assert [(round(-pair.t, 3), round(pair.p, 4)) for pair in found.contrasts] == [
        (0.314, 0.7533),
        (1.856, 0.0636),
        (1.803, 0.0715),
    ]


def test_f_is_that_of_statsmodels_and_friedman_that_of_scipy():
    data = np.random.default_rng(2).normal(0, 1, (30, 4)) + np.arange(4) * 0.2
    found = repeat_measures(data)
    long = pd.DataFrame({"y": data.ravel(), "s": np.repeat(range(30), 4), "c": np.tile(range(4), 30)})
    theirs = AnovaRM(long, "y", "s", within=["c"]).fit().anova_table.iloc[0]

    assert found.f == pytest.approx(theirs["F Value"], abs=1e-10)
    assert found.p_uncorrected == pytest.approx(theirs["Pr > F"], abs=1e-10)
    friedman = stats.friedmanchisquare(*data.T)
    assert found.friedman[::2][:2] == pytest.approx((friedman.statistic, friedman.pvalue), abs=1e-10)


@pytest.mark.slow
@given(st.integers(0, 10**6), st.integers(4, 30))
def test_two_items_are_a_paired_t_test(seed, n):
    data = np.random.default_rng(seed).normal(0, 1, (n, 2))
    found, t = repeat_measures(data), stats.ttest_rel(*data.T)

    assert found.f == pytest.approx(t.statistic**2, rel=1e-9)
    assert found.p == pytest.approx(t.pvalue, abs=1e-10)
    assert found.contrasts[0].t == pytest.approx(t.statistic, rel=1e-9)
    assert found.epsilon == (1.0, 1.0)


@pytest.mark.slow
@given(st.integers(0, 10**6), st.integers(3, 6))
def test_epsilon_lies_between_its_bounds(seed, k):
    rng = np.random.default_rng(seed)
    data = rng.normal(0, 1, (40, k)) * rng.uniform(0.2, 3, k)
    gg, hf = find_epsilon(data)

    assert 1 / (k - 1) - 1e-9 <= gg <= hf <= 1


def test_epsilon_by_hand():
    contrasts = np.array([[1, -1, 0], [1, 1, -2]]) / np.sqrt([[2], [6]])
    data = np.random.default_rng(9).normal(0, 1, (25, 3)) * [1, 2, 4]
    values = np.linalg.eigvalsh(contrasts @ np.cov(data, rowvar=False) @ contrasts.T)

    assert find_epsilon(data)[0] == pytest.approx(values.sum() ** 2 / (2 * (values**2).sum()), abs=1e-12)


def test_a_pooled_error_term_is_that_of_the_anova():
    data = np.random.default_rng(3).normal(0, 1, (20, 3))
    found = repeat_measures(data, posthoc="pooled", adjustment="none")
    error = found.squares[1] / found.df[1]

    for pair in found.contrasts:
        assert pair.t == pytest.approx(pair.difference / (2 * error / 20) ** 0.5, rel=1e-12)
        assert pair.df == found.df[1] == 38
    assert sum(pair.t**2 for pair in found.contrasts) == pytest.approx(3 * found.f, rel=1e-9)


def test_identical_answers_give_nothing_instead_of_a_number():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = repeat_measures(np.repeat([[3.0], [4.0], [5.0]], 3, axis=1))

    assert np.isnan([found.f, found.p, *found.friedman]).all()


@pytest.mark.parametrize("wrong", [{"correction": "box"}, {"posthoc": "tukey"}, {"adjustment": "x"}])
def test_a_wrong_choice_is_refused(wrong):
    with pytest.raises(DataError):
        repeat_measures(np.random.default_rng(0).normal(0, 1, (9, 3)), **wrong)


def test_one_item_is_no_repetition():
    with pytest.raises(DataError) as found:
        repeat_measures(np.ones((5, 1)))

    assert [item.code for item in found.value.problems] == ["survey-repetition-small"]


def test_the_recipe_holds_both_fixtures(case_folder):
    tree = read_tree(case_folder / "responses" / "synthesis.yaml")

    assert [row["n"] for row in tree["recipe"]["patterns"]["rows"]] == [90, 61, 5, 10, 2, 2]
    assert [row["n"] for row in tree["fixture_b"]["patterns"]["rows"]] == [100, 71, 80, 85, 44, 44]


def test_fewer_than_k_complete_answers_are_refused(make_answers):
    answers = make_answers(40)
    answers.answers["t2"][9:] = -1

    with pytest.raises(DataError) as found:
        compare_within(answers, ["t1", "t2"])

    assert [item.code for item in found.value.problems] == ["survey-too-few"]
