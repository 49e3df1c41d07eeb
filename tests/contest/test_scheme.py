import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinghe.contest.scheme import (
    SCHEMES,
    balance_weights,
    correlate,
    critic_weights,
    entropy_weights,
    find_loadings,
    weigh,
)
from jinghe.errors import RuleError

NAN = float("nan")
FAST = settings(max_examples=40)
FROM_FIGURES = [name for name in SCHEMES if name != "given"]
DISPERSION = [name for name in FROM_FIGURES if name != "equal"]
CELL = st.one_of(st.integers(1, 50).map(float), st.just(NAN))
TABLE = st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=4, max_size=8).map(np.array)


def figures(seed, n=40, k=6):
    return np.random.default_rng(seed).gamma(2, size=(n, k)) + 0.1


def test_entropy_by_hand():
    # p = (1/4, 3/4): e = −(¼ ln ¼ + ¾ ln ¾)/ln 2 = 0.8112781; p = (1/2, 1/2): e = 1 and no weight
    found = entropy_weights(np.array([[1.0, 2.0], [3.0, 2.0]]))

    assert found.tolist() == [1, 0]
    third = entropy_weights(np.array([[1.0, 0.0], [3.0, 2.0]]))  # p = (0, 1): e = 0, 0 ln 0 = 0
    assert third == pytest.approx([0.1887219 / 1.1887219, 1 / 1.1887219], abs=1e-7)


@pytest.mark.slow  # the import of the peer alone takes seconds
@pytest.mark.parametrize("seed", range(5))
def test_entropy_and_critic_are_those_of_scikit_criteria(seed):
    values = figures(seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import skcriteria as skc
        from skcriteria.preprocessing.weighters import CRITIC, EntropyWeighter

        data = skc.mkdm(values, [max] * values.shape[1])
        entropy, critic = (scheme.transform(data).weights.to_numpy() for scheme in (EntropyWeighter(), CRITIC()))

    np.testing.assert_allclose(entropy_weights(values), entropy, rtol=1e-12)
    np.testing.assert_allclose(critic_weights(values), critic, rtol=1e-12)


def test_the_weights_of_entropy_hang_on_where_the_scale_begins():
    values = np.array([[0.0, 0.0], [1.0, 5.0], [2.0, 6.0], [10.0, 10.0]]) / 10

    near, far = entropy_weights(values + 1e-4), entropy_weights(values + 1)

    assert abs(near[0] - far[0]) > 0.01


def test_the_coefficient_of_variation_by_hand():
    # sd (n − 1) / mean: √2/2 and 2√2/4: equal
    assert weigh(np.array([[1.0, 2.0], [3.0, 6.0]]), scheme="variation") == pytest.approx([0.5, 0.5])


def test_the_principal_component_of_two_columns_weighs_them_the_same():
    values = figures(1, k=2)

    assert weigh(values, scheme="pca") == pytest.approx([0.5, 0.5])
    assert (find_loadings(np.column_stack([values[:, 0], -values[:, 0]])) < 0).any()


@pytest.mark.parametrize("seed", range(3))
def test_balanced_weights_give_every_column_the_same_correlation_with_the_sum(seed):
    values = figures(seed)

    weights = balance_weights(values)

    found = [np.corrcoef(column, values @ weights)[0, 1] for column in values.T]
    assert (weights > 0).all()
    assert found == pytest.approx([found[0]] * 6, abs=1e-9)


def test_a_column_that_does_not_vary_weighs_nothing():
    values = np.column_stack([figures(0, k=2), np.full(40, 3.0)])

    for scheme in DISPERSION:
        found = weigh(values, scheme=scheme)
        assert found[2] == 0
        assert found.sum() == pytest.approx(1)


@pytest.mark.parametrize("scheme", DISPERSION)
def test_nothing_to_weigh_by_is_told(scheme):
    with pytest.raises(RuleError) as error:
        weigh(np.full((4, 2), 3.0), scheme=scheme)

    assert [p.code for p in error.value.problems] == ["weight-uninformative"]
    assert scheme in error.value.problems[0].text("zh")


def test_perfectly_correlated_columns_have_no_conflict():
    with pytest.raises(RuleError):
        critic_weights(np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]]))


@pytest.mark.parametrize("scheme", ["entropy", "variation"])
def test_negative_figures_are_told(scheme):
    with pytest.raises(RuleError) as error:
        weigh(np.array([[-1.0, 2.0], [3.0, 4.0]]), scheme=scheme)

    assert [p.code for p in error.value.problems] == ["weight-negative"]


def test_correlations_are_over_the_rows_that_both_have():
    values = figures(2, n=10, k=2)
    values[0, 0] = values[1, 1] = NAN

    assert correlate(values)[0, 1] == pytest.approx(np.corrcoef(values[2:].T)[0, 1])


@FAST
@given(TABLE, st.sampled_from(FROM_FIGURES), st.permutations(range(3)))
def test_weights_are_shares_and_follow_their_columns(values, scheme, order):
    try:
        found = weigh(values, scheme=scheme)
    except RuleError:
        return

    assert (found >= 0).all()
    assert found.sum() == pytest.approx(1)
    if scheme != "pca":  # with equal eigenvalues the first component is not unique
        assert weigh(values[:, order], scheme=scheme) == pytest.approx(found[list(order)], abs=1e-7)
