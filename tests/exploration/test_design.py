from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.errors import RuleError
from jinghe.exploration.design import METHODS, cross, sample
from jinghe.exploration.factor import Factor
from jinghe.labels import Text


def ranges(count: int) -> list[Factor]:
    return [Factor(f"x{i}", True, Text("x", "x"), dist="uniform", numbers={"low": 0, "high": 1}) for i in range(count)]


CHOICE = Factor("rule", True, Text("x", "x"), choices=("a", "b", "c"))


def test_a_latin_hypercube_has_one_point_in_every_slice() -> None:
    unit = sample(ranges(3), method="lhs", n=20, seed=1).unit

    assert [list(range(20))] * 3 == [sorted((unit[:, at] * 20).astype(int).tolist()) for at in range(3)]


def test_sobol_points_are_balanced_in_every_half() -> None:
    unit = sample(ranges(4), method="sobol", n=64, seed=1).unit

    assert (64, 4) == unit.shape
    assert [32] * 4 == (unit < 0.5).sum(axis=0).tolist()


def test_a_morris_walk_moves_every_factor_once_by_two_thirds() -> None:
    unit = sample(ranges(5), method="morris", n=8, seed=3).unit
    moves = np.diff(unit.reshape(8, 6, 5), axis=1)

    np.testing.assert_allclose(np.abs(moves).sum(axis=2), 2 / 3)
    np.testing.assert_allclose(np.abs(moves).sum(axis=1), 2 / 3)
    assert set(np.round(unit * 3, 9).ravel()) <= {0.0, 1.0, 2.0, 3.0}


def test_a_saltelli_design_swaps_one_column_at_a_time() -> None:
    a, b, *mixed = sample(ranges(3), method="saltelli", n=10, seed=1).unit.reshape(5, 10, 3)

    for at, one in enumerate(mixed):
        np.testing.assert_array_equal(one[:, at], b[:, at])
        np.testing.assert_array_equal(np.delete(one, at, axis=1), np.delete(a, at, axis=1))


def test_a_factorial_has_every_combination_once() -> None:
    designs = sample([*ranges(1), CHOICE], method="factorial", n=3, seed=1)

    assert 9 == len({tuple(designs.changes(k).values()) for k in range(len(designs))})
    assert {0.0, 0.5, 1.0} == set(designs.columns["x0"])


@pytest.mark.parametrize("d, runs", [(2, 4), (3, 8), (4, 8), (5, 16), (7, 16), (8, 16), (9, 32), (16, 32)])
def test_a_fraction_keeps_main_effects_clear_of_pairs(d, runs) -> None:
    signs = 2 * sample(ranges(d), method="fractional", n=2, seed=1).unit - 1

    assert (runs, d) == signs.shape
    np.testing.assert_array_equal(signs.T @ signs, runs * np.eye(d))  # main effects apart from each other
    pairs = [signs[:, i] * signs[:, j] for i, j in combinations(range(d), 2)]
    assert np.abs(signs.T @ np.array(pairs).T).max() == 0  # and from every interaction of two: resolution IV


def test_crossing_gives_every_policy_the_same_scenarios() -> None:
    policies, scenarios = sample(ranges(1), n=3, seed=1), sample([CHOICE], n=4, seed=2)

    both = cross(policies, scenarios)

    assert 12 == len(both)
    assert [0] * 4 + [1] * 4 + [2] * 4 == both.policies.tolist()
    assert scenarios.columns["rule"] * 3 == both.columns["rule"]


@given(st.sampled_from(list(METHODS)), st.integers(2, 9), st.integers(0, 2**64 - 1))
def test_a_seed_gives_the_same_points_inside_the_cube(method, n, seed) -> None:
    first, again = (sample([*ranges(2), CHOICE], method=method, n=n, seed=seed) for _ in range(2))

    np.testing.assert_array_equal(first.unit, again.unit)
    assert first.digest == again.digest
    assert ((first.unit >= 0) & (first.unit <= 1)).all()


def test_held_changes_travel_with_every_point_and_change_the_digest() -> None:
    held = sample(ranges(1), n=2, seed=1, held={"simulate.horizon": 20})

    assert 20 == held.changes(1)["simulate.horizon"]
    assert held.digest != sample(ranges(1), n=2, seed=1).digest


@pytest.mark.parametrize(
    "arguments, code",
    [
        ({"method": "halton", "n": 4}, "design-unknown"),
        ({"n": 0}, "design-size"),
        ({"method": "factorial", "n": 1}, "design-size"),
        ({"method": "factorial", "n": 3000}, "design-size"),
    ],
)
def test_a_design_that_cannot_be_is_refused(arguments, code) -> None:
    with pytest.raises(RuleError) as caught:
        sample(ranges(2), seed=1, **arguments)

    assert code == caught.value.problems[0].code
