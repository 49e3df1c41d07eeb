"""Shares by average contribution (平均贡献): Shapley, weighted Shapley and Owen values."""

from __future__ import annotations

from collections.abc import Sequence
from math import factorial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jinghe.errors import DataError, Problem, problem
from jinghe.games.game import Floats, Game, read_vector, sum_members

__all__ = ["find_dividends", "owen", "shapley", "weighted_shapley"]


def shapley(game: Game) -> Floats:
    """Share by the average contribution over all orders of joining (沙普利值).

    φ_i = Σ_{S∌i} |S|! (n−|S|−1)!/n! · (v(S∪i) − v(S)). Exact up to rounding: n · 2^(n−1) differences.

    Returns:
        (n,) shares in the game's unit, summing to v(N).
    Source: Shapley, A Value for n-Person Games (1953).

    >>> shapley(Game(("A", "B"), [0, 10, 20, 50])).tolist()
    [20.0, 30.0]
    """
    return _average(game.values)


def _average(values: Floats) -> Floats:
    """Average contributions in a table of 2^n worths; the empty coalition may be worth something."""
    n = values.size.bit_length() - 1
    chances = np.array([factorial(s) * factorial(n - s - 1) / factorial(n) for s in range(n)] + [0.0])
    weights = chances[np.bitwise_count(np.arange(values.size, dtype=np.uint32))]
    shares = np.empty(n)
    for i in range(n):
        pairs, chance = values.reshape(-1, 2, 1 << i), weights.reshape(-1, 2, 1 << i)[:, 0]
        shares[i] = np.sum((pairs[:, 1] - pairs[:, 0]) * chance)
    return shares


def find_dividends(game: Game) -> Floats:
    """Find what each coalition adds to all that its parts earn (哈萨尼红利).

    d(S) = Σ_{T⊆S} (−1)^{|S|−|T|} v(T), by a Möbius transform in n · 2^n steps.

    Returns:
        (2^n,) dividends by mask; those of S and its subsets sum to v(S).
    Source: Harsanyi, A Bargaining Model for the Cooperative n-Person Game (1959).

    >>> find_dividends(Game(("A", "B"), [0, 10, 20, 50])).tolist()
    [0.0, 10.0, 20.0, 20.0]
    """
    dividends = game.values.copy()
    for i in range(game.n):
        pairs = dividends.reshape(-1, 2, 1 << i)
        pairs[:, 1] -= pairs[:, 0]
    return dividends


def weighted_shapley(game: Game, *, weights: ArrayLike) -> Floats:
    """Share every dividend by the weights of its members (加权沙普利值).

    φ_i = Σ_{S∋i} w_i / w(S) · d(S). Equal weights give the Shapley value. A larger weight can mean a smaller share
    where dividends are negative.

    Args:
        game: the game.
        weights: n positive numbers, such as populations; only their ratios matter.
    Returns:
        (n,) shares in the game's unit, summing to v(N).
    Raises:
        DataError: there are not n finite weights, or one is not positive.
    Source: Kalai and Samet, On Weighted Shapley Values (1987).

    >>> weighted_shapley(Game(("A", "B"), [0, 0, 0, 12]), weights=[1, 2]).tolist()
    [4.0, 8.0]
    """
    weight = read_vector(weights, path="game.weights", n=game.n)
    if (weight <= 0).any():
        raise DataError([problem("game-weight-positive", "game.weights", found=f"{weight.min():g}")])
    sums = sum_members(weight / weight.max())
    rates = np.divide(find_dividends(game), sums, out=np.zeros_like(sums), where=sums > 0)
    received = [rates.reshape(-1, 2, 1 << i)[:, 1].sum() for i in range(game.n)]
    shares: Floats = weight / weight.max() * np.array(received)
    return shares


def owen(game: Game, *, unions: Sequence[Sequence[str]]) -> Floats:
    """Share by average contribution when unions join as blocks (欧文值): counties inside cities, cities inside circles.

    φ_i = Σ_{H⊆M∖k} Σ_{T⊆U_k∖i} |H|!(m−1−|H|)!/m! · |T|!(|U_k|−1−|T|)!/|U_k|! · (v(Q_H∪T∪i) − v(Q_H∪T)): the Shapley
    value, inside union k, of what T adds on average to the other unions H.

    Args:
        game: the game.
        unions: the m unions as identifiers of parties; a party stands in exactly one.
    Returns:
        (n,) shares in the game's unit, summing to v(N).
    Raises:
        DataError: a party is unknown, is in no union or in two, or a union is empty.
    Source: Owen, Values of Games with A Priori Unions (1977).

    >>> owen(Game(("A", "B", "C"), [0, 0, 0, 0, 0, 6, 6, 6]), unions=[["A", "B"], ["C"]]).tolist()
    [1.5, 1.5, 3.0]
    """
    blocks = _read_unions(game, unions)
    m = len(blocks)
    shares = np.empty(game.n)
    for k, block in enumerate(blocks):
        others = _join_masks([sum(1 << i for i in other) for j, other in enumerate(blocks) if j != k])
        sizes = np.bitwise_count(np.arange(1 << (m - 1), dtype=np.uint32))
        chances = np.array([factorial(h) * factorial(m - 1 - h) / factorial(m) for h in range(m)])[sizes]
        inside = _join_masks([1 << i for i in block])
        shares[block] = _average(game.values[inside[:, None] | others] @ chances)
    return shares


def _read_unions(game: Game, unions: Sequence[Sequence[str]]) -> list[list[int]]:
    named = [party for union in unions for party in union]
    faults: list[Problem] = []
    for party in dict.fromkeys([*named, *game.parties]):
        if party not in game.parties:
            shown = ", ".join(game.parties)
            faults.append(problem("game-party-unknown", "game.unions", found=party, expected=shown))
        elif (times := named.count(party)) != 1:
            faults.append(problem("game-union", "game.unions", found=party, times=times))
    if not all(unions):
        faults.append(problem("game-union-empty", "game.unions"))
    if faults:
        raise DataError(faults)
    return [[game.parties.index(party) for party in union] for union in unions]


def _join_masks(masks: Sequence[int]) -> NDArray[np.int64]:
    """Join disjoint masks in every combination: k masks give 2^k."""
    return sum_members(np.array(masks, dtype=np.float64)).astype(np.int64)
