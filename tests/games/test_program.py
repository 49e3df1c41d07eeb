from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from jinghe.errors import RuleError
from jinghe.games import Game
from jinghe.games.program import TOLERANCE, Program, normalise


def solve_whole(values: np.ndarray) -> float:
    """The least core with every coalition at once."""
    n = values.size.bit_length() - 1
    rows = np.array([[*(mask >> i & 1 for i in range(n)), 1] for mask in range(1, values.size - 1)], float)
    total = np.append(np.ones(n), 0.0)[None]
    cost, free = np.append(np.zeros(n), 1.0), [(None, None)] * (n + 1)
    return linprog(cost, A_ub=-rows, b_ub=-values[1:-1], A_eq=total, b_eq=values[-1:], bounds=free).fun


def least_core(values: np.ndarray) -> Program:
    n = values.size.bit_length() - 1
    free = np.ones(values.size, bool)
    free[[0, -1]] = False
    return Program(values, np.ones(values.size), free, np.append(np.zeros(n), 1.0), np.full(n + 1, -np.inf))


@given(st.integers(2, 7), st.integers(0, 10**6))
def test_few_coalitions_give_the_optimum_of_all(n: int, seed: int) -> None:
    values = np.random.default_rng(seed).random(1 << n)
    values[0] = 0
    program = least_core(values)

    found = program.solve(np.append(np.ones(n), 0.0)[None], values[-1:])

    assert pytest.approx(solve_whole(values), abs=1e-8) == found.slack
    tight = [sum(x for i, x in enumerate(found.shares) if mask >> i & 1) + found.slack for mask in found.tight]
    assert pytest.approx(values[found.tight], abs=1e-8) == tight


def test_a_program_without_a_solution_says_so() -> None:
    program = least_core(np.array([0, 0, 0, 1.0]))
    contradiction = np.array([[1.0, 1, 0], [1.0, 1, 0]])

    with pytest.raises(RuleError) as caught:
        program.solve(contradiction, np.array([1.0, 2.0]))

    (fault,) = caught.value.problems
    assert "game.values: the worths differ too widely in size" in fault.text("en")
    assert "请核对单位" in fault.text("zh")


def test_a_game_is_moved_and_scaled_and_back(park: Game) -> None:
    normal = normalise(park)

    assert [0, 0, 0] == normal.values[[1, 2, 4]].tolist()
    assert 1.0 == normal.values.max()
    assert [60, 20, 30] == normal.restore(np.zeros(3)).tolist()


def test_rounding_is_no_surplus() -> None:
    normal = normalise(Game(("A", "B"), [0, 0.1, 0.2, 0.3]))

    assert ([0, 0, 0, 0], 1.0) == (normal.values.tolist(), normal.scale)
    assert TOLERANCE > 0
