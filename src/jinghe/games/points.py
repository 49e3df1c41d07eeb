"""Shares by one formula (一步公式): equal, proportional, Nash, τ, Gately and equal non-separable worth."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from jinghe.errors import DataError, RuleError, problem
from jinghe.games.game import Floats, Game, read_vector, sum_members

__all__ = [
    "downstream_incremental",
    "equal_nonseparable",
    "equal_split",
    "equal_surplus",
    "gately",
    "nash",
    "proportional",
    "tau",
]


def equal_split(game: Game) -> Floats:
    """Give everyone the same, x_i = v(N) / n (等额分配).

    >>> equal_split(Game(("A", "B"), [0, 10, 20, 50])).tolist()
    [25.0, 25.0]
    """
    return np.full(game.n, game.total / game.n)


def equal_surplus(game: Game) -> Floats:
    """Share equally what is gained together, x_i = v(i) + (v(N) − Σ v(j)) / n (剩余等分).

    >>> equal_surplus(Game(("A", "B"), [0, 10, 20, 50])).tolist()
    [20.0, 30.0]
    """
    return nash(game, weights=[1.0] * game.n)


def equal_nonseparable(game: Game) -> Floats:
    """Give everyone what it adds to all others, and share the rest equally (等分不可分部分).

    x_i = M_i + (v(N) − Σ M_j) / n, M_i = v(N) − v(N∖i). On savings of a cost game: separable costs, and the rest of the
    costs equally.

    Source: Moulin, The Separability Axiom and Equal-Sharing Methods (1985).

    >>> equal_nonseparable(Game(("A", "B"), [0, 10, 20, 50])).tolist()
    [20.0, 30.0]
    """
    shares: Floats = game.marginal + (game.total - float(game.marginal.sum())) / game.n
    return shares


def proportional(game: Game, *, weights: ArrayLike) -> Floats:
    """Share all in proportion, x_i = v(N) · w_i / w(N) (按比例分配): to investment, population, or `game.alone`.

    Raises:
        DataError: there are not n finite weights, one is negative, or none is positive.

    >>> proportional(Game(("A", "B"), [0, 10, 20, 50]), weights=[1, 4]).tolist()
    [10.0, 40.0]
    """
    return game.total * _read_weights(game, weights)


def nash(game: Game, *, weights: ArrayLike, disagreement: ArrayLike | None = None) -> Floats:
    """Share by bargaining power what is gained over disagreement (非对称纳什谈判解).

    x_i = d_i + w_i / w(N) · (v(N) − Σ d_j): the maximum of Π (x_i − d_i)^{w_i} where payments may pass between parties.

    Args:
        game: the game; only v(N), and v(i) when no disagreement is given, count.
        weights: n bargaining powers ≥ 0; only their ratios matter.
        disagreement: n payoffs d when no agreement comes about, in the game's unit; v(i) when left out.
    Returns:
        (n,) shares in the game's unit, summing to v(N).
    Raises:
        DataError: there are not n finite weights or payoffs, a weight is negative, or none is positive.
    Source: Nash (1950); with powers: Kalai, Nonsymmetric Nash Solutions (1977).

    >>> nash(Game(("A", "B"), [0, 10, 20, 50]), weights=[3, 1]).tolist()
    [25.0, 25.0]
    """
    powers = _read_weights(game, weights)
    start = game.alone if disagreement is None else read_vector(disagreement, path="game.disagreement", n=game.n)
    shares: Floats = start + powers * (game.total - start.sum())
    return shares


def _read_weights(game: Game, weights: ArrayLike) -> Floats:
    weight = read_vector(weights, path="game.weights", n=game.n)
    if weight.min() < 0 or weight.max() <= 0:
        shown = ", ".join(f"{value:g}" for value in weight)
        raise DataError([problem("weights-positive", "game.weights", found=shown)])
    weight /= weight.max()
    shares: Floats = weight / weight.sum()
    return shares


def tau(game: Game) -> Floats:
    """Compromise between the most and the least one can claim (τ值).

    Most: M_i = v(N) − v(N∖i). Least: m_i = max_{S∋i} [v(S) − Σ_{j∈S∖i} M_j]. τ = m + α (M − m) with Σ τ_i = v(N).

    Returns:
        (n,) shares in the game's unit, summing to v(N).
    Raises:
        RuleError: not m ≤ M and Σ m ≤ v(N) ≤ Σ M; then there is no compromise.
    Source: Tijs, Bounds for the Core and the τ-Value (1981).

    >>> tau(Game(("A", "B"), [0, 10, 20, 50])).tolist()
    [20.0, 30.0]
    """
    most, near = game.marginal, game.tolerance
    rest = game.values - sum_members(most)
    least = most + np.array([rest.reshape(-1, 2, 1 << i)[:, 1].max() for i in range(game.n)])
    low, high = float(least.sum()), float(most.sum())
    if (least > most + near).any() or not low - near <= game.total <= high + near:
        raise RuleError([problem("game-tau-undefined", "game.values", low=f"{low:.6g}", high=f"{high:.6g}")])
    if high - low <= near:
        return most
    shares: Floats = least + (game.total - low) / (high - low) * (most - least)
    return shares


def gately(game: Game) -> Floats:
    """Give everybody the same propensity to disrupt (盖特利点), as separable costs, remaining benefits (SCRB) do.

    x_i = v(i) + (M_i − v(i)) · (v(N) − Σ v(j)) / Σ (M_j − v(j)), M_i = v(N) − v(N∖i). Everybody's leaving then costs
    the others the same multiple of what it costs himself. On savings of a cost game this is the SCRB method: separable
    costs c(N) − c(N∖i), and the rest in proportion to c(i) less them.

    Returns:
        (n,) shares in the game's unit, summing to v(N).
    Raises:
        RuleError: Σ (M_j − v(j)) is not positive though there is something to share.
    Source: Gately, Sharing the Gains from Regional Cooperation (1974); Straffin and Heaney (1981) for SCRB.

    >>> gately(Game(("A", "B"), [0, 10, 20, 50])).tolist()
    [20.0, 30.0]
    """
    spread, surplus = game.marginal - game.alone, game.total - float(game.alone.sum())
    if abs(surplus) <= game.tolerance:
        return game.alone
    if (total := float(spread.sum())) <= game.tolerance:
        raise RuleError([problem("game-gately-undefined", "game.values", found=f"{total:.6g}")])
    shares: Floats = game.alone + spread * (surplus / total)
    return shares


def downstream_incremental(game: Game, *, order: Sequence[str] = ()) -> Floats:
    """Give each reach of a river what it adds to all above it (下游增量法).

    x_i = v({1…i}) − v({1…i−1}), 1 the source. Where v comes from water passed downstream this is the one split in the
    core that gives no group more than it could have if nobody else lived on the river.

    Args:
        game: the game.
        order: the parties from the source to the mouth; the game's own order when left out.
    Returns:
        (n,) shares in the game's unit and order, summing to v(N).
    Raises:
        DataError: the order does not name every party once.
    Source: Ambec and Sprumont, Sharing a River (2002).

    >>> downstream_incremental(Game(("A", "B"), [0, 10, 20, 50])).tolist()
    [10.0, 40.0]
    """
    named = list(order) or list(game.parties)
    if sorted(named) != sorted(game.parties):
        raise DataError([problem("game-order", "game.order", found=", ".join(named), expected=", ".join(game.parties))])
    places = [game.parties.index(party) for party in named]
    prefixes = np.cumsum([0, *(1 << place for place in places)])
    shares = np.empty(game.n)
    shares[places] = np.diff(game.values[prefixes])
    return shares
