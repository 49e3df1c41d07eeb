"""Reliability: the numbers of the reference, statsmodels' loadings, invariances."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.errors import DataError
from jinghe.survey import measure_reliability, score_reliability
from jinghe.survey.responses import take_items
from jinghe.survey.scale import find_alpha, find_loadings, find_omega

X = np.array([[5, 4, 5], [4, 4, 4], [3, 2, 3], [5, 5, 4], [2, 3, 2]], dtype=float)


def test_the_reference_scale():
    found = score_reliability(X)

    assert (round(found.alpha, 6), round(found.omega, 6)) == (0.913636, 0.940323)
    assert [round(x, 6) for x in found.loadings] == [1.418626, 0.810643, 0.986870]
    assert found.is_heywood  # 1.4186² = 2.01 is more than the first item's variance of 1.7


def test_item_rest_correlations_and_alpha_without_an_item_by_hand():
    found = score_reliability(X)

    for at in range(3):
        rest = np.delete(X, at, 1)
        assert found.item_rest[at] == pytest.approx(np.corrcoef(X[:, at], rest.sum(1))[0, 1], abs=1e-12)
        assert found.alpha_without[at] == pytest.approx(find_alpha(np.cov(rest, rowvar=False)), abs=1e-12)


def test_more_items_find_the_factor_they_were_made_from():
    loadings = np.array([1.2, 0.8, 0.5, 0.9, 0.7])
    s = np.outer(loadings, loadings) + np.diag([0.5, 0.4, 0.9, 0.3, 0.6])

    assert find_loadings(s) == pytest.approx(loadings, abs=1e-5)  # the search stops there
    assert find_omega(s, find_loadings(s)) == pytest.approx(4.1**2 / (4.1**2 + 2.7), abs=1e-5)


@pytest.mark.slow
@given(st.integers(0, 10**6), st.floats(0.1, 10))
def test_alpha_does_not_hang_on_the_unit(seed, factor):
    s = np.cov(np.random.default_rng(seed).normal(0, 1, (20, 4)), rowvar=False)

    assert find_alpha(s * factor) == pytest.approx(find_alpha(s), rel=1e-9, abs=1e-12)


def test_two_items_and_mixed_signs_leave_omega_open():
    assert np.isnan(find_loadings(np.eye(2) + 0.5)).all()
    assert np.isnan(find_loadings(np.array([[1, 0.5, -0.5], [0.5, 1, 0.5], [-0.5, 0.5, 1]]))).all()


def test_the_interval_of_alpha_holds_it():
    found = score_reliability(X)

    assert found.alpha_low < found.alpha < found.alpha_high


def test_a_scale_is_measured_over_complete_answers_with_items_turned(make_answers):
    answers = make_answers(60)
    answers.answers["t1"][:5] = -1
    found = measure_reliability(answers, "trust_score")

    assert found.n == 55
    assert found.alpha == score_reliability(take_items(answers, "trust_score")[5:]).alpha
    assert found.alpha > 0.5


@pytest.mark.parametrize(("data", "code"), [(np.ones((5, 1)), "survey-repetition-small")])
def test_one_item_is_no_scale(data, code):
    with pytest.raises(DataError) as found:
        score_reliability(data)

    assert [item.code for item in found.value.problems] == [code]


def test_an_unknown_scale_is_named(answers):
    with pytest.raises(DataError) as found:
        measure_reliability(answers, "t1")

    assert [item.code for item in found.value.problems] == ["survey-item-unknown"]
