"""Contests in which the chance to win is a ratio of efforts (比率竞赛, Tullock), with certificate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jinghe.simulation.draws import Array

__all__ = ["RatioContest", "RatioEquilibrium", "solve_ratio"]

_ROUNDS, _CLOSE = 400, 1e-13
_HALVINGS, _GRID = 60, 101


@dataclass(frozen=True, eq=False)
class RatioContest:
    """Team k wins with chance X_k^r/Σ X^r, X_k the sum of its members' efforts (比率竞赛).

    Every member of the winning team gets `prize` + `win_own` x_i + `win_rival` Σ_{other teams} x, of the others
    `lose_own` x_i +
    `lose_rival` Σ x; all pay `unit_cost` x_i + `effort_cost` x_i²/2.

    `teams`: number of the team of each, shape (n,), each alone as a rule; `unit_cost`: shape (n,).
    """

    prize: float
    decisiveness: float
    unit_cost: Array
    effort_cost: float
    teams: NDArray[np.int64]
    win_own: float = 0.0
    win_rival: float = 0.0
    lose_own: float = 0.0
    lose_rival: float = 0.0


@dataclass(frozen=True, eq=False)
class RatioEquilibrium:
    """Efforts (n,), and the most anybody could still gain by another effort or by none."""

    efforts: Array
    regret: float
    settled: bool


def solve_ratio(contest: RatioContest) -> RatioEquilibrium:
    """Find the equilibrium by damped best responses, each found by bisection of the marginal payoff.

    A payoff that falls below that of no effort shows in the regret: then there is no pure equilibrium.
    Source: Tullock (1980); spillovers after Chowdhury & Sheremeta (2011).

    >>> contest = RatioContest(1.0, 1.0, np.ones(4), 0.0, np.arange(4))
    >>> float(solve_ratio(contest).efforts.round(6)[0])
    0.1875
    """
    n = len(contest.teams)
    size = np.bincount(contest.teams)[contest.teams]
    now = np.full(
        n, contest.prize * contest.decisiveness / (n * max(contest.unit_cost.mean() + contest.effort_cost, 1e-9))
    )
    now /= size
    moved = np.inf
    for _ in range(_ROUNDS):
        best = np.array([_respond(contest, now, i) for i in range(n)])
        moved = float(np.abs(best - now).max())
        if moved < _CLOSE * max(contest.prize, 1.0):
            break
        now = now + 0.6 / size * (best - now)
    return RatioEquilibrium(now, _regret(contest, now), moved < 1e-10 * max(contest.prize, 1.0))


def _chance(contest: RatioContest, own: Array, mates: float, rivals: Array) -> Array:
    """Chance of the own team; without any effort all teams are equal."""
    ahead = (own + mates) ** contest.decisiveness
    total = ahead + (rivals**contest.decisiveness).sum()
    return np.where(total > 0, ahead / np.where(total > 0, total, 1.0), 1.0 / (len(rivals) + 1))


def _around(contest: RatioContest, efforts: Array, i: int) -> tuple[float, Array]:
    totals = np.bincount(contest.teams, weights=efforts)
    return float(totals[contest.teams[i]] - efforts[i]), np.delete(totals, contest.teams[i])


def _payoff(contest: RatioContest, own: Array, i: int, mates: float, rivals: Array) -> Array:
    win, others = _chance(contest, own, mates, rivals), rivals.sum()
    if_won = contest.prize + contest.win_own * own + contest.win_rival * others
    if_lost = contest.lose_own * own + contest.lose_rival * others
    cost = contest.unit_cost[i] * own + contest.effort_cost * own**2 / 2
    return np.asarray(win * if_won + (1 - win) * if_lost - cost)


def _respond(contest: RatioContest, efforts: Array, i: int) -> float:
    """Find the best effort: the best of a grid, then bisection of the marginal payoff; it may be none."""
    mates, rivals = _around(contest, efforts, i)
    r, others = contest.decisiveness, float(rivals.sum())

    rest, cost = float((rivals**r).sum()), float(contest.unit_cost[i])

    def slope(x: float) -> float:
        ahead = (x + mates) ** r
        win = ahead / (ahead + rest) if ahead + rest > 0 else 1 / (len(rivals) + 1)
        rise = r * win * (1 - win) / max(x + mates, 1e-300)
        stake = (
            contest.prize + (contest.win_own - contest.lose_own) * x + (contest.win_rival - contest.lose_rival) * others
        )
        return rise * stake + win * contest.win_own + (1 - win) * contest.lose_own - cost - contest.effort_cost * x

    high = max(contest.prize, 1e-9)
    while slope(high) > 0 and high < 1e12:
        high *= 2
    grid = high * np.linspace(0.0, 1.0, _GRID) ** 2
    at = int(_payoff(contest, grid, i, mates, rivals).argmax())
    low, high = float(grid[max(at - 1, 0)]), float(grid[min(at + 1, _GRID - 1)])
    if at == 0 and slope(high * 1e-6) <= 0:
        return 0.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if slope(middle) > 0 else (low, middle)
    return (low + high) / 2


def _regret(contest: RatioContest, efforts: Array) -> float:
    worst = 0.0
    for i, own in enumerate(efforts):
        mates, rivals = _around(contest, efforts, i)
        grid = np.concatenate([[own, 0.0], np.linspace(0, 3 * max(efforts.max(), 1e-9), 301)])
        payoff = _payoff(contest, grid, i, mates, rivals)
        worst = max(worst, float(payoff.max() - payoff[0]))
    return worst
