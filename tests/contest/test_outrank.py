import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinghe.contest.outrank import copeland, grey, outrank, promethee, topsis

NAN = float("nan")
FAST = settings(max_examples=40)
METHODS = {"topsis": topsis, "grey": grey, "copeland": copeland, "promethee": promethee}
CELL = st.one_of(st.integers(0, 9).map(float), st.just(NAN))


@st.composite
def tables(draw):
    n, k = draw(st.integers(2, 6)), draw(st.integers(1, 4))
    values = np.array(draw(st.lists(st.lists(CELL, min_size=k, max_size=k), min_size=n, max_size=n)))
    weights = np.array(draw(st.lists(st.integers(1, 5), min_size=k, max_size=k)), dtype=float)
    return values, weights / weights.sum()


def random_table(seed, n=30, k=6):
    rng = np.random.default_rng(seed)
    return rng.random((n, k)) * 99 + 1, rng.dirichlet(np.ones(k))


def test_two_cities_with_a_gap_do_not_depend_on_their_order():
    # COINr gives the comparison lost to a gap to whoever comes later: 2/3 to 1/3 in one order, 0 to 1 in the other
    values, weights = np.array([[1.0, NAN, 2.0], [2.0, 5.0, 1.0]]), np.array([1, 1, 1]) / 3

    one, turned = outrank(values, weights), outrank(values[::-1], weights)

    assert one.tolist() == [[0, 0], [0, 0]]  # one win each among the two columns that both have
    assert turned.tolist() == one[::-1, ::-1].tolist()


def test_copeland_by_hand():
    # a beats b on weight 0.6, b beats c on 0.7, c beats a on nothing: a +2, b 0, c −2
    values = np.array([[3.0, 1.0, 3.0], [2.0, 2.0, 2.0], [1.0, 3.0, 1.0]])

    assert copeland(values, np.array([0.3, 0.3, 0.4])).tolist() == [2, 0, -2]


def test_a_city_without_figures_has_no_value_and_beats_no_one():
    values, weights = np.array([[1.0, 2.0], [NAN, NAN], [3.0, 4.0]]), np.array([0.5, 0.5])

    for method in METHODS.values():
        found = method(values, weights)
        assert np.isnan(found).tolist() == [False, True, False]
        assert found[2] > found[0]
    assert copeland(values, weights)[2] == 1


def test_cities_that_do_not_differ_cannot_be_told_apart():
    values, weights = np.full((3, 2), 7.0), np.array([0.5, 0.5])

    assert np.isnan(topsis(values, weights)).all()
    assert np.isnan(grey(values, weights)).all()
    assert copeland(values, weights).tolist() == promethee(values, weights).tolist() == [0, 0, 0]


def test_the_grey_relation_by_hand():
    # gaps to the best: (0, 2), (4, 0); δ = 0, Δ = 4, ρ = 0.5: 2/2 2/4 | 2/6 2/2
    found = grey(np.array([[5.0, 3.0], [1.0, 5.0]]), np.array([0.75, 0.25]))

    assert found == pytest.approx([0.75 + 0.125, 0.25 + 0.25])


@pytest.mark.slow  # the import of the peer alone takes seconds
@pytest.mark.parametrize("seed", range(5))
def test_topsis_is_that_of_scikit_criteria(seed):
    values, weights = random_table(seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import skcriteria as skc
        from skcriteria.agg.topsis import TOPSIS

        expected = TOPSIS().evaluate(skc.mkdm(values, [max] * len(weights), weights=weights)).e_.similarity

    np.testing.assert_allclose(topsis(values, weights), expected, rtol=1e-12)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("preference", [None, (5.0, 40.0)])
def test_promethee_is_that_of_pymcdm(seed, preference):
    values, weights = random_table(seed)
    types = np.ones(len(weights))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pymcdm.methods import PROMETHEE_II

        if preference is None:
            expected = PROMETHEE_II("usual")(values, weights, types)
        else:
            q, p = ([limit] * len(weights) for limit in preference)
            expected = PROMETHEE_II("vshape_2", p=p, q=q)(values, weights, types)

    np.testing.assert_allclose(promethee(values, weights, preference=preference), expected, rtol=1e-12, atol=1e-15)


@FAST
@given(tables())
def test_comparisons_are_antisymmetric_whatever_is_missing(table):
    found = outrank(*table)

    assert (found == -found.T).all()
    assert np.nansum(copeland(*table)) == 0
    assert np.nansum(promethee(*table)) == pytest.approx(0, abs=1e-12)


@FAST
@given(tables(), st.randoms(use_true_random=False), st.sampled_from(sorted(METHODS)))
def test_the_order_of_cities_and_indicators_does_not_matter(table, random, name):
    values, weights = table
    rows, columns = list(range(values.shape[0])), list(range(values.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)

    found = METHODS[name](values[rows][:, columns], weights[columns])

    assert found == pytest.approx(METHODS[name](values, weights)[rows], abs=1e-9, nan_ok=True)


@FAST
@given(tables(), st.sampled_from(["topsis", "grey", "copeland", "promethee"]))
def test_the_scale_of_the_weights_does_not_matter(table, name):
    values, weights = table

    assert METHODS[name](values, weights * 7) == pytest.approx(METHODS[name](values, weights), abs=1e-9, nan_ok=True)
