import numpy as np
import pytest

from jinghe.contest.uncertainty.sobol import Evaluations, estimate_indices, find_indices, sample_pairs, sample_unit_cube
from jinghe.errors import RuleError

NAMES = ["x1", "x2", "x3"]


def ishigami(points):
    x = np.pi * (2 * points - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


@pytest.mark.slow
def test_the_indices_of_the_ishigami_function_are_found():
    """Exact values for a = 7, b = 0.1: Ishigami & Homma (1990)."""
    found = find_indices(sample_unit_cube(ishigami, inputs=3, seed=1), names=NAMES, seed=1)

    assert found.converged
    assert found.runs == found.n * 5
    assert found.first == pytest.approx([0.3139, 0.4424, 0], abs=0.02)  # what “converged” promises
    assert found.total == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)
    assert ((found.total_interval[:, 1] - found.total_interval[:, 0]) / 2 < 0.02).all()


def test_salib_estimates_the_same_from_the_same_rows():
    from SALib.analyze import sobol

    evaluate = sample_unit_cube(ishigami, inputs=3, seed=1)
    rows = evaluate(0, 1024)
    ours = estimate_indices(rows, names=NAMES, seed=1)

    mixed = np.column_stack([rows.a, rows.ab, rows.b]).ravel()
    theirs = sobol.analyze({"num_vars": 3, "names": NAMES}, mixed, calc_second_order=False, seed=1)

    # SALib divides by the sample's standard deviation first, which moves its centre by 1e-3.
    assert ours.first == pytest.approx(theirs["S1"], abs=2e-3)
    assert ours.total == pytest.approx(theirs["ST"], abs=2e-3)


@pytest.mark.parametrize("slopes", [(1.0, 1.0), (3.0, 0.1), (0.5, 1.0, 2.0)])
def test_an_additive_function_splits_its_variance_exactly(slopes):
    share = np.square(slopes) / np.square(slopes).sum()

    evaluate = sample_unit_cube(lambda x: x @ slopes, inputs=len(slopes), seed=1)
    found = estimate_indices(evaluate(0, 2048), names=[str(k) for k in range(len(slopes))], seed=1)

    assert found.first == pytest.approx(share, abs=0.02)
    assert found.total == pytest.approx(share, abs=0.02)


def test_a_target_that_does_not_settle_says_so():
    rng = np.random.default_rng(1)

    def noise(start, stop):
        return Evaluations(
            rng.normal(size=stop - start), rng.normal(size=stop - start), rng.normal(size=(stop - start, 1))
        )

    found = find_indices(noise, names=["x"], seed=1, start=64, most=128)

    assert (found.n, found.converged) == (128, False)


def test_a_target_that_nothing_moves_has_no_indices():
    with pytest.raises(RuleError) as error:
        find_indices(sample_unit_cube(lambda x: np.full(len(x), 3.0), inputs=2, seed=1), names=["x", "y"], seed=1)

    assert [p.code for p in error.value.problems] == ["sensitivity-constant"]


def test_a_sample_is_continued_and_not_begun_anew():
    once, twice = sample_pairs(2, seed=3), sample_pairs(2, seed=3)

    whole = once(0, 64)
    parts = [twice(0, 32), twice(32, 64)]

    assert np.array_equal(whole[0], np.concatenate([part[0] for part in parts]))
    assert np.array_equal(whole[1], np.concatenate([part[1] for part in parts]))
    assert sample_pairs(0, seed=1)(0, 8)[0].shape == (8, 0)
