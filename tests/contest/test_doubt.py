import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinghe.contest.doubt import weigh_in_favour
from jinghe.errors import RuleError

NAN = float("nan")
CELL = st.one_of(st.integers(0, 9).map(float), st.just(NAN))
TABLE = st.lists(st.lists(CELL, min_size=2, max_size=2), min_size=2, max_size=5).map(np.array)


def test_three_cities_by_hand():
    # the first two are the frontier, x1 / 4 + x2 / 4 = 1 … between (4, 2) and (2, 4): w = (1/6, 1/6); (2, 2) gets 4/6
    found = weigh_in_favour(np.array([[4.0, 2.0], [2.0, 4.0], [2.0, 2.0]]))

    assert found.scores == pytest.approx([1, 1, 2 / 3])
    assert found.weights[2] == pytest.approx([1 / 6, 1 / 6])


def test_one_indicator_is_the_share_of_the_best():
    assert weigh_in_favour(np.array([[2.0], [8.0], [NAN]])).scores == pytest.approx([0.25, 1, NAN], nan_ok=True)


def test_a_gap_has_no_weight_and_sets_no_standard():
    found = weigh_in_favour(np.array([[4.0, NAN], [2.0, 1.0]]))

    assert found.scores == pytest.approx([1, 1])
    assert found.weights[0, 1] == 0


def test_negative_figures_are_told():
    with pytest.raises(RuleError) as error:
        weigh_in_favour(np.array([[-1.0], [2.0]]))

    assert [p.code for p in error.value.problems] == ["mean-positive"]


@settings(max_examples=20)
@given(TABLE)
def test_weights_are_feasible_and_give_the_score(values):
    found = weigh_in_favour(values)

    figures, known = np.nan_to_num(values), ~np.isnan(values).all(axis=1)
    assert np.isnan(found.scores).tolist() == (~known).tolist()
    for row in np.flatnonzero(known):
        assert (figures @ found.weights[row] <= 1 + 1e-7).all()  # the solver's feasibility tolerance
        assert figures[row] @ found.weights[row] == pytest.approx(found.scores[row], abs=1e-7)
    if np.nansum(values) > 0:
        assert np.nanmax(found.scores) == pytest.approx(1)


@settings(max_examples=20)
@given(TABLE)
def test_the_unit_of_an_indicator_does_not_matter(values):
    one = weigh_in_favour(values).scores

    assert weigh_in_favour(values * [1000, 1]).scores == pytest.approx(one, abs=1e-7, nan_ok=True)
