"""Shares that leave the least reason to leave (核仁): nucleolus, prenucleolus, per-capita nucleolus."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jinghe.errors import RuleError, problem
from jinghe.games.game import Floats, Game, sum_members
from jinghe.games.program import Normal, Program, normalise

__all__ = ["nucleolus", "per_capita_nucleolus", "prenucleolus"]

_IN_SPAN = 1e-10  # squared distance of a 0/1 row from the span of the fixed rows; distances of others are far larger
_AGREE = 1e-6  # how far a program and its tight equations may differ


def nucleolus(game: Game) -> Floats:
    """Make the largest complaint as small as can be, then the second largest, and so on (核仁).

    The lexicographic minimum of the sorted excesses e(S, x) = v(S) − x(S) over all x with x(N) = v(N) and x_i ≥ v(i). A
    sequence of at most n − 1 linear programs, each minimising the largest excess ε; a coalition with a positive
    multiplier is tight in every optimum, so its excess is fixed, and coalitions in the span of fixed ones are dropped.
    The shares are then solved from the tight equations, in floats exact to about 1e-12 of the game's scale.

    Returns:
        (n,) shares in the game's unit, summing to v(N); in the core whenever the core is not empty.
    Raises:
        RuleError: v(N) < Σ v(i): no split gives everyone at least what he has alone; or the worths differ too widely
            in size to be solved (so for the other two).
    Source: Schmeidler (1969); sequence of programs: Maschler, Peleg and Shapley (1979).

    >>> nucleolus(Game(("A", "B", "C"), [0, 0, 0, 0, 0, 1, 1, 1])).round(12).tolist()
    [0.0, 0.0, 1.0]
    """
    _check_surplus(game)
    normal = normalise(game)
    return normal.restore(_minimise(normal, np.ones(game.values.size), lower=0.0))


def prenucleolus(game: Game) -> Floats:
    """Make complaints small one after the other, though somebody get less than alone (预核仁).

    As `nucleolus`, without x_i ≥ v(i). The two agree when the game is superadditive.

    Returns:
        (n,) shares in the game's unit, summing to v(N).
    Source: Sobolev (1975); Peleg and Sudhölter, Introduction to the Theory of Cooperative Games, ch. 5.

    >>> prenucleolus(Game(("A", "B"), [0, 30, 20, 40])).tolist()
    [25.0, 15.0]
    """
    normal = normalise(game)
    return normal.restore(_minimise(normal, np.ones(game.values.size), lower=-np.inf))


def per_capita_nucleolus(game: Game) -> Floats:
    """Make complaints per member small one after the other (人均核仁).

    As `nucleolus`, with the excess (v(S) − x(S)) / |S|. When v(N) alone grows, nobody's share falls.

    Returns:
        (n,) shares in the game's unit, summing to v(N).
    Raises:
        RuleError: v(N) < Σ v(i).
    Source: Grotte (1970); Young, Cost Allocation (1985).

    >>> per_capita_nucleolus(Game(("A", "B"), [0, 10, 20, 50])).tolist()
    [20.0, 30.0]
    """
    _check_surplus(game)
    normal = normalise(game)
    sizes = np.bitwise_count(np.arange(game.values.size, dtype=np.uint32)).astype(np.float64)
    return normal.restore(_minimise(normal, sizes, lower=0.0))


def _check_surplus(game: Game) -> None:
    missing = float(game.alone.sum()) - game.total
    if missing > game.tolerance:
        raise RuleError([problem("game-imputation-none", "game.values", missing=f"{missing:.6g}")])


class _Fixed:
    """The coalitions whose excess is settled: equations, their span, and which coalitions lie in it."""

    def __init__(self, values: Floats) -> None:
        self.n = values.size.bit_length() - 1
        self.values = values
        self.basis = np.empty((0, self.n))
        self.distance = np.bitwise_count(np.arange(values.size, dtype=np.uint32)).astype(np.float64)
        self.rows, self.right = np.empty((0, self.n)), np.empty(0)
        self.add(values.size - 1, values[-1])

    @property
    def open(self) -> NDArray[np.bool_]:
        """Mark the coalitions whose excess can still change."""
        return self.distance > _IN_SPAN

    def add(self, mask: int, worth: float) -> None:
        """Fix x(S) = worth, unless that follows from what is fixed."""
        if self.distance[mask] <= _IN_SPAN:
            return
        row = (mask >> np.arange(self.n) & 1).astype(np.float64)
        rest = row
        for _ in range(2):  # twice is enough
            rest = rest - self.basis.T @ (self.basis @ rest)
        rest /= np.linalg.norm(rest)
        self.basis = np.vstack([self.basis, rest])
        self.distance -= sum_members(rest) ** 2
        self.rows, self.right = np.vstack([self.rows, row]), np.append(self.right, worth)


def _minimise(normal: Normal, weights: Floats, *, lower: float) -> Floats:
    values = normal.values.copy()
    values[-1] = max(values[-1], lower)  # v(N) may fall short of Σ v(i) by rounding
    fixed = _Fixed(values)
    n = fixed.n
    cost, bounds = np.append(np.zeros(n), 1.0), np.append(np.full(n, lower), -np.inf)
    program = Program(values, weights, fixed.open, cost, bounds)
    levels: list[NDArray[np.int64]] = []
    floors = np.empty(0, np.int64)
    solved = np.empty(0)
    while len(fixed.rows) < n:
        program.free = fixed.open
        found = program.solve(np.column_stack([fixed.rows, np.zeros(len(fixed.rows))]), fixed.right)
        levels.append(found.tight)
        floors = np.union1d(floors, found.bounded)
        solved = _solve_tight(values, weights, levels=levels, floors=floors)
        if abs(solved[-1] - found.slack) > _AGREE:
            raise RuleError([problem("game-unsolved", "game.values")])
        for mask in found.tight.tolist():
            fixed.add(mask, float(values[mask] - weights[mask] * solved[-1]))
    shares: Floats = np.maximum(solved[:n], lower) + 0.0
    return shares


def _solve_tight(
    values: Floats, weights: Floats, *, levels: list[NDArray[np.int64]], floors: NDArray[np.int64]
) -> Floats:
    """Solve shares and the level of every program from the tight equations, free of the programs' tolerances."""
    n, depth = values.size.bit_length() - 1, len(levels)
    masks = np.concatenate([[values.size - 1], *levels])
    level = np.repeat(np.arange(depth), [tight.size for tight in levels])
    rows = np.zeros((masks.size + floors.size, n + depth))
    rows[: masks.size, :n] = masks[:, None] >> np.arange(n) & 1
    rows[1 + np.arange(level.size), n + level] = weights[masks[1:]]
    rows[masks.size + np.arange(floors.size), floors] = 1.0
    right = np.append(values[masks], np.zeros(floors.size))
    solved: Floats = np.linalg.lstsq(rows, right)[0]
    return solved
