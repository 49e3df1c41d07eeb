import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.contest.uncertainty.covariance import check_covariance, draw_errors, read_covariance
from jinghe.errors import DataError


def test_standard_errors_become_a_diagonal():
    assert read_covariance([1.0, 0.0, 3.0], size=3).tolist() == [[1, 0, 0], [0, 0, 0], [0, 0, 9]]


@pytest.mark.parametrize(
    "errors,code",
    [
        ([1.0, 2.0], "covariance-shape"),
        (np.eye(2), "covariance-shape"),
        ([1.0, np.nan, 1.0], "covariance-gap"),
        ([1.0, -1.0, 1.0], "standard-error-negative"),
        ([[1, 0.5, 0], [0, 1, 0], [0, 0, 1]], "covariance-asymmetric"),
        ([[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]], "covariance-not-psd"),
        (-np.eye(3), "covariance-not-psd"),
    ],
)
def test_what_is_no_covariance_is_refused(errors, code):
    with pytest.raises(DataError) as error:
        read_covariance(errors, size=3)

    assert [p.code for p in error.value.problems] == [code]


@given(st.integers(1, 6), st.integers(0, 1000))
def test_every_gram_matrix_passes(size, seed):
    root = np.random.default_rng(seed).normal(size=(size, max(1, size - 2)))

    assert check_covariance(root @ root.T, size=size) == []


def test_drawn_errors_have_the_stated_covariance():
    sigma = np.array([[4.0, 1.0, -1.0], [1.0, 1.0, 0.5], [-1.0, 0.5, 2.0]])

    found = draw_errors(sigma, draws=100_000, seed=1, purpose="test")

    assert np.cov(found.T) == pytest.approx(sigma, abs=0.05)  # 4 standard errors of a variance of 4
    assert found.mean(axis=0) == pytest.approx(np.zeros(3), abs=0.03)


def test_a_singular_covariance_keeps_its_relation():
    found = draw_errors(np.ones((2, 2)), draws=10, seed=1, purpose="test")

    assert found[:, 0] == pytest.approx(found[:, 1], abs=1e-7)
