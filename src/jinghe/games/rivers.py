"""Sharing the cost of a clean river (河流治污成本分担): a reach's cost to itself, to all above, or to all below."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from jinghe.errors import DataError, Problem, problem
from jinghe.games.game import Floats, read_vector

__all__ = ["downstream_equal", "local_responsibility", "upstream_equal"]


def local_responsibility(costs: Sequence[float]) -> Floats:
    """Let every reach pay its own cost, x_i = c_i (各自负责, LRS).

    Args:
        costs: n costs c_i ≥ 0 in one unit.
    Returns:
        (n,) payments in the same unit.
    Raises:
        DataError: no cost is given, or one is negative or not finite.
    Source: Ni and Wang, Sharing a Polluted River (2007).

    >>> local_responsibility([6, 4, 3]).tolist()
    [6.0, 4.0, 3.0]
    """
    return _read_costs(costs)


def upstream_equal(costs: Sequence[float], *, below: Sequence[int] = ()) -> Floats:
    """Share each reach's cost equally between it and all above it (上游共担, UES).

    On a river of reaches 1…n from the source down, x_i = Σ_{j≥i} c_j / j.

    Args:
        costs: n costs c_i ≥ 0 in one unit.
        below: for a river with branches, the position (from 0) of the reach into which each one flows, −1 at a mouth;
            left out, each flows into the next.
    Returns:
        (n,) payments in the same unit, summing to the costs: the Shapley value of c(S) = all costs that S adds to.
    Raises:
        DataError: no cost is given, one is negative or not finite, a position does not exist, or there is a ring.
    Source: Ni and Wang (2007); branches: Dong, Ni and Wang (2012).

    >>> upstream_equal([6, 4, 3]).tolist()
    [9.0, 3.0, 1.0]
    """
    cost = _read_costs(costs)
    above = _find_courses(len(cost), below).T
    payments: Floats = above.T @ (cost / above.sum(axis=1))
    return payments


def downstream_equal(costs: Sequence[float], *, below: Sequence[int] = ()) -> Floats:
    """Share each reach's cost equally between it and all below it (下游共担, DES).

    On a river of reaches 1…n from the source down, x_i = Σ_{j≤i} c_j / (n−j+1). Arguments, result, errors and source as
    for `upstream_equal`; c(S) = all costs from which S profits.

    >>> downstream_equal([6, 4, 3]).tolist()
    [2.0, 4.0, 7.0]
    """
    cost = _read_costs(costs)
    course = _find_courses(len(cost), below)
    payments: Floats = course.T @ (cost / course.sum(axis=1))
    return payments


def _read_costs(costs: Sequence[float]) -> Floats:
    cost = read_vector(costs, path="river.costs", n=max(len(costs), 1))
    if (cost < 0).any():
        found = [(i, value) for i, value in enumerate(cost) if value < 0]
        raise DataError([problem("river-cost-negative", f"river.costs[{i}]", found=f"{value:g}") for i, value in found])
    return cost


def _find_courses(n: int, below: Sequence[int]) -> Floats:
    """Mark by 1 what water passes: (n, n), row j the reach j and all below it."""
    nexts = list(below) or [*range(1, n), -1]
    faults: list[Problem] = []
    if len(nexts) != n:
        faults.append(problem("game-length", "river.below", found=len(nexts), expected=n))
    wrong = [(i, at) for i, at in enumerate(nexts) if not -1 <= at < n]
    faults += [problem("river-reach-unknown", f"river.below[{i}]", found=at, last=n - 1) for i, at in wrong]
    if faults:
        raise DataError(faults)
    courses = np.zeros((n, n))
    for start in range(n):
        at = start
        while at >= 0:
            if courses[start, at]:
                raise DataError([problem("river-ring", f"river.below[{start}]", found=start)])
            courses[start, at] = 1.0
            at = nexts[at]
    return courses
