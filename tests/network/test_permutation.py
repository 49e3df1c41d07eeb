"""Regressing ties on matrices."""

import numpy as np
import pytest

from jinghe.errors import DataError
from jinghe.network import regress_ties


def symmetric(rng, n):
    found = rng.normal(size=(n, n))
    return np.triu(found, 1) + np.triu(found, 1).T


def test_the_coefficients_are_those_of_least_squares():
    rng = np.random.default_rng(1)
    x, z = symmetric(rng, 9), symmetric(rng, 9)
    y = 2 * x - 0.5 * z + 0.1 * symmetric(rng, 9)

    found = regress_ties(y, on={"x": x, "z": z}, permutations=199, seed=1)
    upper = np.triu_indices(9, 1)
    design = np.column_stack([np.ones(36), x[upper], z[upper]])
    expected = np.linalg.lstsq(design, y[upper], rcond=None)[0][1:]
    np.testing.assert_allclose([one.coefficient for one in found], expected, rtol=1e-10)
    assert [0.005, 0.005] == [one.p for one in found]


def test_independent_ties_are_rarely_called_dependent():
    rng = np.random.default_rng(2)

    found = [
        regress_ties(symmetric(rng, 8), on={"x": symmetric(rng, 8)}, permutations=99, seed=n)[0].p for n in range(60)
    ]
    assert np.mean(np.array(found) <= 0.05) <= 0.12  # 60 tries at 5 %: more than 7 would be 2.5 standard errors off


def test_the_test_allows_for_actors_whose_ties_are_alike():
    """Row and column effects make naive p values far too small; relabelling actors keeps them in place."""
    rng = np.random.default_rng(3)

    def lumpy():
        strength = rng.normal(size=10)
        return strength[:, None] + strength[None, :]

    found = [regress_ties(lumpy(), on={"x": lumpy()}, permutations=99, seed=n)[0].p for n in range(60)]
    assert np.mean(np.array(found) <= 0.05) <= 0.12


def test_matrices_of_another_size_and_without_variation_are_refused():
    y = symmetric(np.random.default_rng(0), 4)

    with pytest.raises(DataError) as caught:
        regress_ties(y, on={"small": y[:3, :3], "flat": np.ones((4, 4))})

    assert ["matrix-shape", "matrix-constant"] == [p.code for p in caught.value.problems]
