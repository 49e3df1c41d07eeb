"""Who would leave (谁会退出): excesses, the core, the least core, and what it costs to keep everybody in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from jinghe.games.game import Floats, Game, read_vector, sum_members
from jinghe.games.program import TOLERANCE, Normal, Program, normalise
from jinghe.labels import Text

__all__ = [
    "Blocking",
    "find_blocking",
    "find_core_distance",
    "find_excesses",
    "find_least_core",
    "find_propensities",
    "find_stability_cost",
    "is_in_core",
    "say_amount",
]


@dataclass(frozen=True, slots=True)
class Blocking:
    """A coalition that earns more on its own than it is given (可能退出的联盟), and how much more."""

    parties: tuple[str, ...]
    gain: float
    text: Text


def find_excesses(game: Game, *, shares: ArrayLike) -> Floats:
    """Find the complaint of every coalition, e(S, x) = v(S) − x(S) (超额): positive when it would earn more alone.

    Returns:
        (2^n,) excesses by mask, in the game's unit.
    Raises:
        DataError: there are not n finite shares.

    >>> find_excesses(Game(("A", "B"), [0, 10, 20, 50]), shares=[5, 45]).tolist()
    [0.0, 5.0, -25.0, 0.0]
    """
    return game.values - sum_members(read_vector(shares, path="game.shares", n=game.n))


def is_in_core(game: Game, *, shares: ArrayLike) -> bool:
    """Is all shared out and nobody better off elsewhere: x(N) = v(N) and x(S) ≥ v(S) for every S (核心)?

    Both hold within `game.tolerance`. Raises DataError as `find_excesses`.

    >>> is_in_core(Game(("A", "B"), [0, 10, 20, 50]), shares=[20, 30])
    True
    """
    excesses = find_excesses(game, shares=shares)
    return bool(abs(excesses[-1]) <= game.tolerance and excesses.max() <= game.tolerance)


def find_blocking(game: Game, *, shares: ArrayLike, most: int = 10, unit: Text | None = None) -> tuple[Blocking, ...]:
    """Name the coalitions that would earn more on their own, the largest gain first, in plain words.

    Args:
        game: the game.
        shares: n shares in the game's unit.
        most: how many are named at most.
        unit: the unit the words name, such as 百万元.
    Raises:
        DataError: there are not n finite shares.

    >>> find_blocking(Game(("A", "B"), [0, 10, 20, 50]), shares=[5, 45])[0].text.en
    'Alone, A would gain 5.'
    """
    excesses = find_excesses(game, shares=shares)[:-1]
    order = np.argsort(-excesses, kind="stable")[:most]
    return tuple(
        Blocking(game.members(mask), float(excesses[mask]), _say_gain(game, mask, float(excesses[mask]), unit))
        for mask in order.tolist()
        if excesses[mask] > game.tolerance
    )


def _say_gain(game: Game, mask: int, gain: float, unit: Text | None) -> Text:
    name, amount = game.call(mask), say_amount(gain, unit)
    if mask.bit_count() == 1:
        return Text(f"{name.zh}若单独行动，可多得 {amount.zh}。", f"Alone, {name.en} would gain {amount.en}.")
    return Text(f"{name.zh}若另组联盟，可多得 {amount.zh}。", f"On their own, {name.en} would gain {amount.en}.")


def say_amount(value: float, unit: Text | None) -> Text:
    """Say an amount to six digits with its unit: these are sentences, the figures stay unrounded beside them."""
    shown = np.format_float_positional(value, precision=6, unique=False, fractional=False, trim="-")
    return Text(f"{shown} {unit.zh}", f"{shown} {unit.en}") if unit else Text(shown, shown)


def find_least_core(game: Game) -> float:
    """Find how large the largest complaint must be at least (最小核值).

    ε* = min ε subject to x(N) = v(N), x(S) ≥ v(S) − ε for every S but ∅ and N. The core is empty when ε* > 0;
    else every coalition can be given −ε* more than it earns alone.

    Returns:
        ε* in the game's unit, to about 1e-9 of its scale.
    Source: Maschler, Peleg and Shapley (1979).

    >>> find_least_core(Game(("A", "B"), [0, 10, 20, 50]))
    -10.0
    """
    normal = normalise(game)
    return _solve_least_core(normal) * normal.scale


def _solve_least_core(normal: Normal) -> float:
    n = len(normal.alone)
    free = np.ones(normal.values.size, bool)
    free[[0, -1]] = False
    cost, lower = np.append(np.zeros(n), 1.0), np.full(n + 1, -np.inf)
    program = Program(normal.values, np.ones(normal.values.size), free, cost, lower)
    slack = program.solve(_total_row(n, n + 1), normal.values[-1:]).slack
    return 0.0 if abs(slack) <= TOLERANCE else slack


def _total_row(n: int, width: int) -> Floats:
    row = np.zeros((1, width))
    row[0, :n] = 1.0
    return row


def find_stability_cost(game: Game) -> float:
    """Find the smallest prize that keeps everybody in (稳定成本): what a province must add.

    Δ* = min Δ ≥ 0 subject to x(N) = v(N) + Δ and x(S) ≥ v(S) for every S; 0 when the core is not empty.

    Returns:
        Δ* in the game's unit, to about 1e-9 of its scale.
    Source: Bachrach et al., The Cost of Stability in Coalitional Games (2009).

    >>> find_stability_cost(Game(("A", "B", "C"), [0, 0, 0, 10, 0, 10, 10, 10]))
    5.0
    """
    normal = normalise(game)
    if _solve_least_core(normal) <= 0:
        return 0.0  # and the program below would be slow where a whole core is optimal
    free = np.ones(normal.values.size, bool)
    free[0] = False
    cost, lower = np.append(np.ones(game.n), 0.0), np.append(np.full(game.n, -np.inf), 0.0)
    program = Program(normal.values, np.zeros(normal.values.size), free, cost, lower)
    paid = float(program.solve(np.empty((0, game.n + 1)), np.empty(0)).shares.sum())
    return (paid - float(normal.values[-1])) * normal.scale


def find_core_distance(game: Game, *, shares: ArrayLike) -> float:
    """Find how much must change hands until nobody would leave (与核心的距离).

    min ½ Σ |x_i − y_i| over y in the core; over the least core when the core is empty.

    Returns:
        The amount in the game's unit, to about 1e-9 of its scale; 0 inside.
    Raises:
        DataError: there are not n finite shares.

    >>> find_core_distance(Game(("A", "B"), [0, 10, 20, 50]), shares=[5, 45])
    5.0
    """
    normal, n = normalise(game), game.n
    given = (read_vector(shares, path="game.shares", n=n) - normal.alone) / normal.scale
    least = _solve_least_core(normal)
    slack = max(least + TOLERANCE / 10, 0.0) if least > -TOLERANCE else 0.0  # room for rounding, where there is none
    free = np.ones(normal.values.size, bool)
    free[[0, -1]] = False
    cost = np.concatenate([np.zeros(n + 1), np.full(n, 0.5)])
    lower = np.concatenate([np.full(n, -np.inf), [slack], np.zeros(n)])
    program = Program(normal.values, np.ones(normal.values.size), free, cost, lower)
    pinned = np.zeros((1, 2 * n + 1))
    pinned[0, n] = 1.0
    away = np.hstack([np.vstack([-np.eye(n), np.eye(n)]), np.zeros((2 * n, 1)), np.vstack([np.eye(n), np.eye(n)])])
    found = program.solve(
        np.vstack([_total_row(n, 2 * n + 1), pinned]),
        np.array([normal.values[-1], slack]),
        above=away,
        floor=np.concatenate([-given, given]),
    )
    distance = float(np.abs(found.shares - given).sum()) / 2
    return distance * normal.scale if distance > n * TOLERANCE else 0.0


def find_propensities(game: Game, *, shares: ArrayLike) -> Floats:
    """Find what the others lose for every unit that a party loses by leaving (退出倾向).

    d_i = (x(N∖i) − v(N∖i)) / (x_i − v(i)): above 1 its leaving hurts the others more than itself.

    Returns:
        (n,) ratios; NaN for a party that loses nothing by leaving.
    Raises:
        DataError: there are not n finite shares.
    Source: Gately (1974).

    >>> find_propensities(Game(("A", "B"), [0, 10, 20, 50]), shares=[15, 35]).tolist()
    [3.0, 0.3333333333333333]
    """
    given = read_vector(shares, path="game.shares", n=game.n)
    own, others = given - game.alone, (given.sum() - given) - (game.total - game.marginal)
    ratios: Floats = np.divide(others, own, out=np.full(game.n, np.nan), where=own > game.tolerance)
    return ratios
