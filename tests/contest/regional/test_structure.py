import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinghe.contest.regional import compare_to_rest, find_shares, find_similarity, find_specialisation
from jinghe.errors import DataError

TABLES = st.lists(st.lists(st.floats(0.1, 1e4), min_size=3, max_size=3), min_size=2, max_size=6)


def test_both_indices_by_hand():
    # shares (½, ½, 0) and (½, 0, ½): |0| + ½ + ½; cosine ¼/½
    table = [[2, 2, 0], [3, 0, 3]]

    assert find_specialisation(table)[0, 1] == pytest.approx(1)
    assert find_similarity(table)[0, 1] == pytest.approx(0.5)


def test_the_same_structure_at_another_size_is_the_same():
    assert find_specialisation([[1, 2, 3], [10, 20, 30]])[0, 1] == pytest.approx(0, abs=1e-15)
    assert find_similarity([[1, 2, 3], [10, 20, 30]])[0, 1] == pytest.approx(1)


@settings(max_examples=30)
@given(TABLES)
def test_indices_stay_in_their_range_and_are_symmetric(table):
    krugman, cosine = find_specialisation(table), find_similarity(table)

    assert np.all((krugman >= 0) & (krugman <= 2 + 1e-12))
    assert np.all((cosine > 0) & (cosine <= 1))
    assert np.allclose(krugman, krugman.T)
    assert np.diag(cosine) == pytest.approx(np.ones(len(table)))
    assert find_shares(table).sum(axis=1) == pytest.approx(np.ones(len(table)))


def test_each_is_compared_with_all_others_together():
    krugman, cosine = compare_to_rest([[1, 0], [1, 1], [0, 1]])

    assert krugman.tolist() == pytest.approx([4 / 3, 0, 4 / 3])  # (1, 0) against (⅓, ⅔); (½, ½) against (½, ½)
    assert cosine[1] == pytest.approx(1)


@pytest.mark.parametrize(
    "table,code",
    [
        ([[1], [2]], "measure-few"),
        ([[0, 0], [1, 2]], "measure-negative"),
        ([[1, -1], [1, 2]], "measure-negative"),
    ],
)
def test_bad_tables_are_told(table, code):
    with pytest.raises(DataError) as error:
        find_specialisation(table)

    assert error.value.problems[0].code == code
