"""Comparisons of groups, against scipy and the published tables."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from jinghe.errors import DataError
from jinghe.labels import Text
from jinghe.survey import Sample, compare, compare_samples, compare_summaries

NAMES = (Text("甲", "A"), Text("乙", "B"))
ROWS = {
    "necessity": ((284, 4.48, 0.81), (2122, 4.48, 0.80)),
    "meaning": ((284, 4.54, 0.68), (2122, 4.48, 0.77)),
    "initiative": ((284, 13.06, 2.53), (2122, 12.96, 2.64)),
}


def published(row, test, bound=0.2):
    one, two = (Sample(name, *numbers) for name, numbers in zip(NAMES, ROWS[row], strict=True))
    return compare_summaries(one, two, test=test, bound=bound)


@pytest.mark.parametrize(
    ("row", "test", "t", "df", "p"),
    [
        ("meaning", "student", 1.2495, 2404, 0.2116),
        ("meaning", "welch", 1.3738, 386.9, 0.1703),
        ("initiative", "student", 0.6024, 2404, 0.5470),
        ("initiative", "welch", 0.6223, 370.4, 0.5341),
    ],
)
def test_the_published_means_give_the_points_of_the_reference(row, test, t, df, p):
    found = published(row, test)

    assert (round(found.statistic, 4), round(found.df, 1), round(found.p, 4)) == (t, df, p)


def test_effects_and_equivalence_are_those_of_the_reference():
    meaning, initiative = published("meaning", "student"), published("initiative", "student")

    assert [round(x, 3) for x in (meaning.effect.low, meaning.effect.high)] == [-0.045, 0.203]
    assert [round(x, 3) for x in (initiative.effect.low, initiative.effect.high)] == [-0.086, 0.162]
    assert [round(published(row, "student").equivalence.p, 3) for row in ROWS] == [0.001, 0.028, 0.005]
    assert [round(published(row, "student", 0.1).equivalence.p, 3) for row in ROWS] == [0.057, 0.370, 0.164]


@settings(max_examples=15)
@given(st.lists(st.integers(1, 5), min_size=3, max_size=30), st.lists(st.integers(1, 5), min_size=3, max_size=30))
def test_every_test_equals_that_of_scipy(one, two):
    first, second = np.array([*one, 1, 5], float), np.array([*two, 2, 4], float)
    theirs = {
        "welch": stats.ttest_ind(first, second, equal_var=False),
        "student": stats.ttest_ind(first, second),
        "mann-whitney": stats.mannwhitneyu(first, second, method="asymptotic"),
        "brunner-munzel": stats.brunnermunzel(first, second),
    }
    for test, other in theirs.items():
        ours = compare_samples(first, second, names=NAMES, test=test)
        assert ours.p == pytest.approx(other.pvalue, abs=1e-10)
        if test in ("welch", "student"):
            assert (ours.statistic, ours.df) == pytest.approx((other.statistic, other.df), abs=1e-10)
            interval = other.confidence_interval()
            assert (ours.low, ours.high) == pytest.approx((interval.low, interval.high), abs=1e-10)
        if test == "brunner-munzel":
            assert -ours.statistic == pytest.approx(other.statistic, abs=1e-10)
            assert 2 * stats.t.sf(abs(ours.statistic), ours.df) == pytest.approx(ours.p, abs=1e-9)


def test_a_z_has_its_p_and_the_sign_of_the_difference():
    found = compare_samples(np.array([4.0, 5, 5, 3]), np.array([1.0, 2, 2, 3]), names=NAMES, test="mann-whitney")

    assert found.statistic > 0
    assert 2 * stats.norm.sf(found.statistic) == pytest.approx(found.p, abs=1e-12)


def test_groups_without_spread_give_nothing_instead_of_a_number():
    for test in ("welch", "student", "mann-whitney", "brunner-munzel"):
        found = compare_samples(np.full(5, 3.0), np.full(6, 3.0), names=NAMES, test=test)
        assert np.isnan(found.p) or (test, found.p) == ("mann-whitney", 1.0)


def test_all_pairs_are_compared_and_adjusted_together(answers):
    found = compare(answers, ["t1", "trust_score"], by="unit")

    assert len(found) == 6
    assert all(item.p_adjusted >= item.p for item in found)
    assert {item.adjusted for item in found} == {"holm"}


def test_a_group_too_small_is_left_out_and_takes_its_neighbour_along(make_answers):
    answers = make_answers(60)
    answers.answers["unit"][:] = np.repeat([0, 1, 2], [34, 22, 4])

    with pytest.raises(DataError) as found:
        compare(answers, ["t1"], by="unit")

    assert [item.code for item in found.value.problems] == ["survey-groups-hidden"]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"test": "anova"}, "choice-unknown"),
        ({"adjustment": "sidak"}, "choice-unknown"),
        ({"by": "t1"}, "survey-cut-kind"),
        ({"outcomes": ["t9"]}, "survey-item-unknown"),
        ({"outcomes": ["met"]}, "survey-not-number"),
    ],
)
def test_a_wrong_choice_has_its_message(answers, wrong, code):
    with pytest.raises(DataError) as found:
        compare(answers, **({"outcomes": ["t1"], "by": "unit"} | wrong))

    assert [item.code for item in found.value.problems] == [code]


def test_one_member_is_no_group():
    with pytest.raises(DataError):
        compare_samples(np.array([1.0]), np.array([1.0, 2]), names=NAMES)


@given(st.lists(st.integers(1, 5), min_size=3, max_size=30), st.lists(st.integers(1, 5), min_size=3, max_size=30))
@settings(max_examples=15)
def test_a_z_is_the_one_whose_p_scipy_gives(one, two):
    first, second = np.array([*one, 1, 5], float), np.array([*two, 2, 4], float)
    found = compare_samples(first, second, names=NAMES, test="mann-whitney")

    assert 2 * stats.norm.sf(abs(found.statistic)) == pytest.approx(found.p, abs=1e-10)


def test_a_difference_beyond_any_p_still_has_its_z():
    found = compare_samples(np.full(5000, 5.0), np.full(5000, 1.0), names=NAMES, test="mann-whitney")

    assert found.p == 0
    assert 90 < found.statistic < 110


def test_all_outcomes_whose_groups_are_hidden_are_named_together(make_answers):
    answers = make_answers(60)
    answers.answers["unit"][:] = np.repeat([0, 1, 2], [34, 22, 4])

    with pytest.raises(DataError) as found:
        compare(answers, ["t1", "t2"], by="unit")

    assert [item.place.path for item in found.value.problems] == ["t1 / unit", "t2 / unit"]
