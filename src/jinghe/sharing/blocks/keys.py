"""Share keys (分享比例): how an amount is divided, by fixed shares, by points, by a cooperative or a river rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from jinghe.errors import Problem, RuleError, problem
from jinghe.games import (
    CLAIMS_RULES,
    Game,
    downstream_equal,
    equal_surplus,
    gately,
    local_responsibility,
    nucleolus,
    per_capita_nucleolus,
    shapley,
    tau,
    upstream_equal,
)
from jinghe.sharing.ops import EXACT, Number, Ops, total

__all__ = [
    "GAME_RULES",
    "RIVER_RULES",
    "check_shares",
    "river_points",
    "share_fixed",
    "share_points",
    "solution_points",
]

GAME_RULES: Mapping[str, Callable[[Game], Any]] = {
    "shapley": shapley,
    "nucleolus": nucleolus,
    "per-capita-nucleolus": per_capita_nucleolus,
    "tau": tau,
    "gately": gately,
    "equal-surplus": equal_surplus,
}
RIVER_RULES: Mapping[str, Callable[..., Any]] = {
    "LRS": local_responsibility,
    "UES": upstream_equal,
    "DES": downstream_equal,
}
_FINEST = 10**9  # denominators of points: finer than any float of the games is exact


def share_fixed(base: Number, *, shares: Sequence[Number]) -> list[Number]:
    """Split an amount by fixed shares; what is not shared stays with its holder (固定比例, share.fixed).

    x_i = s_i · B, and the holder keeps (1 − Σs_i) · B

    Args:
        base: B, fen.
        shares: s_i in [0, 1] with Σs_i ≤ 1.
    Returns:
        One amount per share and, last, what the holder keeps; their sum is B.
    Raises:
        RuleError: the shares exceed 1.
    Source: 宁德 2017 (5:5 of locally retained tax), 沂水 (7:3).

    >>> share_fixed(Fraction(1000), shares=[Fraction(1, 2)])
    [Fraction(500, 1), Fraction(500, 1)]
    """
    if found := check_shares(shares):
        raise RuleError(found)
    parts = [share * base for share in shares]
    return [*parts, base - total(parts)]


def share_points(base: Number, *, points: Sequence[Number], ops: Ops = EXACT) -> list[Number]:
    """Split an amount in proportion to points (按点数分配, share.points).

    x_i = B · p_i / Σp

    Args:
        base: B, fen.
        points: p_i ≥ 0, not all 0.
        ops: the evaluator.
    Returns:
        One amount per point; their sum is B.
    Raises:
        RuleError: the points sum to 0.
    Source: Minnesota Statutes 473F.07: D_i = K · Index_i / Σ Index.

    >>> share_points(Fraction(160), points=[Fraction(1), Fraction(3)])
    [Fraction(40, 1), Fraction(120, 1)]
    """
    value = ops.divide(base, total(points))
    return [value * point for point in points]


def solution_points(
    rule: str, *, claims: Sequence[Fraction] = (), estate: Fraction = Fraction(0), worth: Sequence[Fraction] = ()
) -> list[Fraction]:
    """Find the points of a claims rule or of a solution of a cooperative game (share.solution).

    The awards of `jinghe.games`, made rational: with them `share_points` divides the estate or the joint worth.

    Args:
        rule: PRO, CEA, CEL, TAL, RA (of claims), or one of `GAME_RULES` (of a game).
        claims: d_i, for a claims rule; the estate must not exceed their sum.
        estate: E, for a claims rule.
        worth: v(S) of the 2ⁿ − 1 coalitions, {1}, {2}, {1,2}, {3}, …: bit i of the place + 1 says whether i is in.
    Returns:
        One point per party; their sum is E or v(N) but for the last digits of a float.
    Raises:
        RuleError: the rule is unknown. DataError: the games refuse the figures.

    >>> solution_points("CEL", claims=[Fraction(100), Fraction(300)], estate=Fraction(300))
    [Fraction(50, 1), Fraction(250, 1)]
    """
    if rule in CLAIMS_RULES and not estate:
        return [Fraction(claim) for claim in claims]  # whatever the points, nothing is divided
    if rule in CLAIMS_RULES:
        awards: Any = CLAIMS_RULES[rule][1]([float(claim) for claim in claims], estate=float(estate))
    elif rule in GAME_RULES:
        n = (len(worth) + 1).bit_length() - 1
        awards = GAME_RULES[rule](Game(tuple(map(str, range(n))), np.array([0.0, *map(float, worth)])))
    else:
        raise RuleError([_unknown(rule, (*CLAIMS_RULES, *GAME_RULES))])
    return _rational(awards)


def river_points(rule: str, *, costs: Sequence[Fraction]) -> list[Fraction]:
    """Find the points of a river rule, reaches from the source down (share.river).

    Args:
        rule: LRS (own cost), UES (shared with all above) or DES (shared with all below).
        costs: c_i ≥ 0, one per reach.
    Returns:
        One point per reach; their sum is that of the costs.
    Raises:
        RuleError: the rule is unknown. DataError: a cost is negative.
    Source: Ni and Wang, Sharing a Polluted River (2007); `jinghe.games`.

    >>> river_points("UES", costs=[Fraction(6), Fraction(4), Fraction(3)])
    [Fraction(9, 1), Fraction(3, 1), Fraction(1, 1)]
    """
    if rule not in RIVER_RULES:
        raise RuleError([_unknown(rule, tuple(RIVER_RULES))])
    return _rational(RIVER_RULES[rule]([float(cost) for cost in costs]))


def check_shares(shares: Sequence[Number]) -> list[Problem]:
    """List what is wrong with fixed shares: none negative, together at most 1."""
    whole = total(shares)
    if any(share < 0 for share in shares) or whole > 1 + 1e-12 * isinstance(whole, float):
        return [problem("agreement-shares-excessive", shares=", ".join(map(str, shares)), sum=whole)]
    return []


def _rational(awards: Sequence[float]) -> list[Fraction]:
    """Round off what floats added, relative to the largest: games compute to some 15 digits."""
    scale = max((abs(x) for x in awards), default=1.0) or 1.0
    unit = Fraction(scale)
    return [unit * Fraction(float(x) / scale).limit_denominator(_FINEST) for x in awards]


def _unknown(found: str, known: Sequence[str]) -> Problem:
    return problem("choice-unknown", found=found, expected=", ".join(known))
