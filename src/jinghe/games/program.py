"""Linear programs over all coalitions (联盟线性规划), solved on the few coalitions that bind.

Variables are the n shares x and one slack ε: minimise cost · (x, ε) subject to x(S) + w(S) ε ≥ v(S). A program begins
with few coalitions, adds the most violated ones among all 2^n and their complements, and stops when none is violated:
the optimum, and its multipliers, are then those of the whole program.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from jinghe.errors import RuleError, problem
from jinghe.games.game import Floats, Game, sum_members

__all__ = ["TOLERANCE", "Normal", "Optimum", "Program", "normalise"]

TOLERANCE = 1e-9  # of a normalised game, whose largest surplus is 1
_BATCH = 24  # violated coalitions added at a time


@dataclass(frozen=True, slots=True)
class Normal:
    """A game moved and scaled so that parties alone earn 0 and no surplus exceeds 1 (归一化博弈).

    x = alone + scale · y; a game without any surplus keeps scale 1.
    """

    values: Floats
    alone: Floats
    scale: float

    def restore(self, shares: Floats) -> Floats:
        """Return shares (n,) of the game itself."""
        restored: Floats = self.alone + self.scale * shares
        return restored


def normalise(game: Game) -> Normal:
    """Move and scale a game, which moves and scales core, least core and nucleoli alike."""
    if game.scale <= 1e-13 * float(np.abs(game.values).max()):  # nothing but rounding
        return Normal(np.zeros(game.values.size), game.alone, 1.0)
    return Normal((game.values - sum_members(game.alone)) / game.scale, game.alone, game.scale)


@dataclass(frozen=True, slots=True)
class Optimum:
    """The solution of a program: shares (n,), slack, and which coalitions and bounds have a positive multiplier."""

    shares: Floats
    slack: float
    tight: NDArray[np.int64]
    bounded: NDArray[np.int64]


@dataclass(slots=True)
class Program:
    """One program and the coalitions found to bind so far; it is used for a sequence of costs and equalities."""

    values: Floats  # (2^n,) right-hand sides v(S)
    weights: Floats  # (2^n,) coefficients w(S) of the slack
    free: NDArray[np.bool_]  # (2^n,) coalitions that constrain
    cost: Floats  # (n + 1,) or longer, with variables of the caller's own after the slack
    lower: Floats  # one lower bound per variable, −∞ for none
    pool: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))

    @property
    def n(self) -> int:
        """The number of parties."""
        return self.values.size.bit_length() - 1

    def solve(
        self, equal: Floats, right: Floats, *, above: Floats | None = None, floor: Floats | None = None
    ) -> Optimum:
        """Solve with the equalities `equal @ z = right`, and `above @ z ≥ floor` where given."""
        n, all_of = self.n, self.values.size - 1
        self._begin()
        while True:
            z, multipliers, bounds = self._solve_pool(equal, right, above, floor)
            gaps = np.where(self.free, self.values - sum_members(z[:n]) - self.weights * z[n], -np.inf)
            gaps[self.pool] = -np.inf
            worst = np.argpartition(gaps, -_BATCH)[-_BATCH:] if gaps.size > _BATCH else np.arange(gaps.size)
            worst = worst[gaps[worst] > TOLERANCE]
            if not worst.size:
                return Optimum(z[:n], float(z[n]), self.pool[multipliers > 1e-7], np.flatnonzero(bounds[:n] > 1e-7))
            found = np.union1d(self.pool, np.union1d(worst, all_of - worst))
            self.pool = found[self.free[found]]

    def _begin(self) -> None:
        """Keep what still constrains; with a coalition its complement stands, which bounds the slack from below."""
        single = 1 << np.arange(self.n)
        self.pool = np.union1d(self.pool, np.union1d(single, self.values.size - 1 - single))
        self.pool = self.pool[self.free[self.pool]]
        if not self.pool.size:
            self.pool = np.flatnonzero(self.free)[[0, -1]]

    def _solve_pool(
        self, equal: Floats, right: Floats, above: Floats | None, floor: Floats | None
    ) -> tuple[Floats, Floats, Floats]:
        from scipy.optimize import linprog

        rows = np.zeros((self.pool.size, self.cost.size))
        rows[:, : self.n] = self.pool[:, None] >> np.arange(self.n) & 1
        rows[:, self.n] = self.weights[self.pool]
        bounds = np.column_stack([self.lower, np.full(self.lower.size, np.inf)])
        if above is not None and floor is not None:
            rows, least = np.vstack([rows, above]), np.concatenate([self.values[self.pool], floor])
        else:
            least = self.values[self.pool]
        found = linprog(
            self.cost,
            A_ub=-rows,
            b_ub=-least,
            A_eq=equal if len(equal) else None,
            b_eq=right if len(equal) else None,
            bounds=bounds,
            method="highs-ds",
            options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10, "presolve": False},
        )
        if found.status != 0:
            raise RuleError([problem("game-unsolved", "game.values")])
        return found.x, -found.ineqlin.marginals[: self.pool.size], found.lower.marginals
