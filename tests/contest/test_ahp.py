import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.contest.ahp import judge, read_judgements
from jinghe.errors import CompactError

SHARES = st.lists(st.integers(1, 9), min_size=1, max_size=10).map(lambda row: np.array(row) / sum(row))


def codes(value):
    with pytest.raises(CompactError) as error:
        read_judgements(value, path="contest.steps[weigh].judgements.index")
    return [(p.code, p.place.path) for p in error.value.problems]


def test_three_judgements_have_a_closed_form():
    # for n = 3 the weights are the geometric means of the rows, λ = 1 + x + 1/x with x³ = a_13 / (a_12 a_23)
    found = judge(read_judgements([[1, 3, 5], ["1/3", 1, 4], ["1/5", "1/4", 1]], path=""))

    means = np.cbrt([15, 4 / 3, 1 / 20])
    x = np.cbrt(5 / 12)
    assert found.weights == pytest.approx(means / means.sum())
    assert found.ratio == pytest.approx((1 + x + 1 / x - 3) / 2 / 0.58)


@given(SHARES)
def test_consistent_judgements_give_their_weights_back(shares):
    found = judge((shares[:, None] / shares[None, :]).tolist())

    assert found.weights == pytest.approx(shares)
    assert found.ratio == pytest.approx(0, abs=1e-9)


def test_judgements_must_be_reciprocal():
    assert codes([[1, 3], [0.33, 1]]) == [("ahp-reciprocal", "contest.steps[weigh].judgements.index")]
    assert codes([[2, 1], [1, 1]])[0][0] == "ahp-reciprocal"


@pytest.mark.parametrize("value", [[[1, 2]], [[1, -2], [-0.5, 1]], [[1, 0], [0, 1]], [], [[1] * 11] * 11])
def test_judgements_must_be_a_square_of_positive_numbers(value):
    assert codes(value)[0][0] == "ahp-shape"


@pytest.mark.parametrize("value", [[["much"]], [["1/0"]], "x", [[None]]])
def test_judgements_must_be_numbers(value):
    assert codes(value)[0][0] == "ahp-number"
