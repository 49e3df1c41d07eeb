"""Time the cooperative games: `python benchmarks/games.py` prints seconds, the worst of several kinds of game."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from time import perf_counter

import numpy as np

from jinghe.games import (
    Game,
    compare,
    find_least_core,
    nucleolus,
    owen,
    per_capita_nucleolus,
    prenucleolus,
    shapley,
    weighted_shapley,
)
from jinghe.games.game import sum_members

Solve = Callable[[Game], object]

# What is timed, on how many parties, and the seconds it may take.
TARGETS: tuple[tuple[str, Solve, int, float], ...] = (
    ("shapley", shapley, 20, 0.9),
    ("weighted_shapley", lambda game: weighted_shapley(game, weights=range(1, game.n + 1)), 20, 0.9),
    ("owen, 4 unions", lambda game: owen(game, unions=[game.parties[k::4] for k in range(4)]), 20, 0.9),
    ("nucleolus", nucleolus, 12, 0.6),
    ("nucleolus", nucleolus, 14, 2.5),
    ("prenucleolus", prenucleolus, 14, 2.5),
    ("per_capita_nucleolus", per_capita_nucleolus, 14, 2.5),
    ("nucleolus", nucleolus, 16, 10.0),
    ("find_least_core", find_least_core, 16, 1.0),
    ("compare", compare, 11, 2.0),
)


def make_games(n: int) -> Iterator[tuple[str, Game]]:
    """Make games of several kinds: without ties, with many, and with few coalitions that count."""
    rng = np.random.default_rng(n)
    parties = [f"p{i}" for i in range(n)]
    sizes = np.bitwise_count(np.arange(1 << n)).astype(float)
    claims = rng.integers(1, 100, n).astype(float)
    left, right = (np.bitwise_count(np.arange(1 << n) & mask) for mask in ((1 << n // 2) - 1, -1 << n // 2))
    kinds = {
        "random": rng.random(1 << n) * sizes + (sizes == n) * n,
        "whole": rng.integers(0, 4, 1 << n) + sizes**2,
        "bankruptcy": np.maximum(0, sum_members(claims) - 0.6 * claims.sum()),
        "voting": (sum_members(claims) > claims.sum() / 2).astype(float),
        "gloves": np.minimum(left, right).astype(float),
    }
    for kind, values in kinds.items():
        values[0] = 0
        yield kind, Game(tuple(parties), values)


def main() -> int:
    """Print one row per target; exit code 1 when one is missed."""
    late = 0
    nucleolus(next(make_games(3))[1])  # the first program loads the solver
    print("| method | parties | slowest kind | seconds | target |\n| --- | --- | --- | --- | --- |")
    for name, solve, n, target in TARGETS:
        times = {}
        for kind, game in make_games(n):
            begun = perf_counter()
            solve(game)
            times[kind] = perf_counter() - begun
        slowest = max(times, key=lambda kind: times[kind])
        late += times[slowest] > target
        print(f"| {name} | {n} | {slowest} | {times[slowest]:.3f} | {target} |")
    return int(late > 0)


if __name__ == "__main__":
    sys.exit(main())
