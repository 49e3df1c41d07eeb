import numpy as np
import pytest

from jinghe.contest.flags.least_squares import fit_least_squares


def test_a_line_through_four_points_by_hand():
    # y = 1, 2, 2, 3 at x = 0…3: slope 0.6, intercept 1.1, residual sum of squares 0.2
    x = np.arange(4.0)
    found = fit_least_squares(np.column_stack([np.ones(4), x]), np.array([1.0, 2.0, 2.0, 3.0]))

    assert found.coefficients == pytest.approx([1.1, 0.6])
    assert (found.scale**2, found.df) == (pytest.approx(0.1), 2)
    assert found.errors[1] == pytest.approx(np.sqrt(0.1 / 5))
    assert found.leverage.sum() == pytest.approx(2)


def test_studentised_residuals_are_those_of_a_fit_without_the_figure(rng):
    design = np.column_stack([np.ones(12), rng.standard_normal((12, 2))])
    y = rng.standard_normal(12)
    without = fit_least_squares(design[1:], y[1:])
    u = np.linalg.inv(design[1:].T @ design[1:])
    gap = y[0] - design[0] @ without.coefficients

    found = fit_least_squares(design, y).studentised[0]

    assert found == pytest.approx(gap / (without.scale * np.sqrt(1 + design[0] @ u @ design[0])))


def test_columns_that_say_the_same_cost_one_degree_of_freedom(rng):
    x = rng.standard_normal(9)

    assert fit_least_squares(np.column_stack([np.ones(9), x, 2 * x]), rng.standard_normal(9)).df == 7
