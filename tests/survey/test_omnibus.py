"""All groups together, against scipy and statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.oneway import anova_oneway

from jinghe.errors import DataError
from jinghe.labels import Text
from jinghe.survey import compare_all, compare_together, tabulate_omnibus, verify_tables

lists = st.lists(st.integers(1, 5), min_size=2, max_size=20)


@settings(max_examples=25)
@given(lists, lists, lists)
def test_every_total_test_equals_that_of_scipy_and_statsmodels(one, two, three):
    groups = [np.array([*x, 1, 5], float) for x in (one, two, three)]
    theirs = {
        "student": stats.f_oneway(*groups),
        "welch": stats.f_oneway(*groups, equal_var=False),
        "mann-whitney": stats.kruskal(*groups),
    }
    for test, other in theirs.items():
        ours = compare_together(groups, test=test)
        assert (ours.statistic, ours.p) == pytest.approx((other.statistic, other.pvalue), abs=1e-10)

    welch = anova_oneway(groups, use_var="unequal")
    assert compare_together(groups).df == pytest.approx((welch.df_num, welch.df_denom), abs=1e-10)


def test_two_groups_are_welchs_t():
    one, two = np.array([1.0, 2, 4, 5]), np.array([2.0, 2, 3, 9, 4])
    t = stats.ttest_ind(one, two, equal_var=False)

    found = compare_together([one, two])

    assert (found.statistic, found.df[1], found.p) == pytest.approx((t.statistic**2, t.df, t.pvalue), abs=1e-10)


def test_effects_are_shares_of_the_spread():
    groups = [np.array([1.0, 2, 3]), np.array([2.0, 3, 4]), np.array([5.0, 6, 7])]

    assert compare_together(groups).effect == pytest.approx(26 / 32)
    assert compare_together(groups, test="mann-whitney").effect == pytest.approx(stats.kruskal(*groups).statistic / 8)


@pytest.mark.parametrize("test", ["welch", "student", "mann-whitney"])
def test_groups_without_spread_give_nothing_instead_of_a_number(test):
    assert np.isnan(compare_together([np.full(5, 3.0)] * 3, test=test).p)


def test_only_more_than_two_groups_that_can_be_shown_are_tested(make_answers):
    answers = make_answers(90)
    few = make_answers(90)
    few.answers["unit"][:] = np.repeat([0, 1, 2], [60, 26, 4])

    assert [one.groups for one in compare_all(answers, ["t1", "t2"], by="unit")] == [3, 3]
    assert compare_all(few, ["t1"], by="unit") == ()


@pytest.mark.parametrize("test", ["welch", "student", "mann-whitney", "brunner-munzel"])
def test_the_table_passes_its_own_recalculation_and_says_what_it_is(answers, test):
    found = tabulate_omnibus(answers, compare_all(answers, ["t1", "t2"], by="unit", test=test), title=Text.of("T"))

    verify_tables([found])
    assert found.lines("en")[0][1:3] == ["3", "90"]
    assert ("Kruskal" if test not in {"welch", "student"} else "ANOVA") in found.methods.en


@pytest.mark.parametrize("wrong", [{"test": "anova"}, {"adjustment": "sidak"}])
def test_a_wrong_choice_has_its_message(answers, wrong):
    with pytest.raises(DataError) as found:
        compare_all(answers, ["t1"], by="unit", **wrong)

    assert [item.code for item in found.value.problems] == ["choice-unknown"]


def test_one_member_is_no_group():
    with pytest.raises(DataError):
        compare_together([np.array([1.0]), np.array([1.0, 2]), np.array([3.0, 4])])
