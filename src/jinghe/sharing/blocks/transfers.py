"""Transfers between many parties (多方转移): by rank, by capacity, and back from a party that failed."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate as add_up

from jinghe.errors import Problem, RuleError, problem
from jinghe.sharing.ops import EXACT, Number, Ops, equals, total

__all__ = ["BEST", "TIES", "check_transfer", "clawback", "equalise_piecewise", "min_endowment", "rank_transfer"]

TIES = ("average", "listed")
BEST = ("highest", "lowest")


def rank_transfer(
    scores: Sequence[Number], *, gets: Sequence[Number], pays: Sequence[Number], ties: str, ops: Ops = EXACT
) -> list[Number]:
    """Move money from the last places to the first, so that it sums to zero (排名奖扣, tournament.rank_transfer).

    Place p (1 = highest score) receives g_p − q_{n+1−p}, with Σg = Σq; the parties that tie for places
    p … p+k−1 each receive the mean of those places (average), or take them in the order listed (listed).

    Args:
        scores: one per party, higher is better.
        gets: g_1, g_2, … for the first places, fen.
        pays: q_1, q_2, … for the last, last but one, … places, fen.
        ties: `average` or `listed`; it has no default.
        ops: the evaluator.
    Returns:
        What each party receives (negative: pays), fen, in the order of `scores`; the sum is 0.
    Raises:
        RuleError: the tables do not balance, need more parties than there are, or the ties rule is unknown.
    Source: 《太原市环境空气质量改善奖惩方案（试行）》 2019: −100, −50, −30 and +100, +80 万元.

    >>> [int(x) for x in rank_transfer([Fraction(9), Fraction(7), Fraction(8)],
    ...     gets=[Fraction(80)], pays=[Fraction(50), Fraction(30)], ties="average")]
    [80, -50, -30]
    """
    n = len(scores)
    if found := check_transfer(gets, pays=pays, ties=ties, parties=n):
        raise RuleError(found)
    rest = [ops.number(Fraction(0))] * n
    by_place = [g - q for g, q in zip([*gets, *rest][:n], [*pays, *rest][:n][::-1], strict=True)]
    up_to = list(add_up(by_place, initial=rest[0]))  # what the first p places receive together
    above = [[ops.exceeds(other, score) if other is not score else 0 for other in scores] for score in scores]
    received = []
    for i in range(n):
        better, worse = total(above[i]), total([row[i] for row in above])
        if ties == "listed":
            earlier = total([1 - above[i][j] - above[j][i] for j in range(i)])
            received.append(ops.pick(by_place, better + earlier))
        else:
            level = n - better - worse
            received.append(ops.divide(ops.pick(up_to, better + level) - ops.pick(up_to, better), level))
    return received


def equalise_piecewise(
    values: Sequence[Number],
    *,
    references: Sequence[Number],
    edges: Sequence[Number],
    squares: Sequence[Number],
    slopes: Sequence[Number],
    constants: Sequence[Number],
    ops: Ops = EXACT,
) -> list[Number]:
    """Fill gaps of capacity by a curve in pieces, paid for by those above the mean (分段均衡, equalise.piecewise).

    X = |1 − v/v₀|, F(X) = X (a_k X + b_k) + c_k for e_k < X ≤ e_{k+1}. Who lies below receives v₀ F(X); who lies above
    gives in proportion to v₀ F(X), all together what is received.

    Args:
        values: v, one per party, fen.
        references: v₀ > 0, one per party, fen.
        edges: 0 = e_1 < e_2 < …, of X.
        squares: a_k, one per piece.
        slopes: b_k.
        constants: c_k.
        ops: the evaluator.
    Returns:
        What each party receives (negative: gives), fen; the sum is 0 where anybody lies above.
    Raises:
        RuleError: a reference is 0.
    Source: FAG §10 until 2019 (three pieces).

    >>> pieces = {"edges": [Fraction(0)], "squares": [Fraction(0)], "slopes": [Fraction(1)], "constants": [Fraction(0)]}
    >>> given = [Fraction(90), Fraction(130)]
    >>> [int(x) for x in equalise_piecewise(given, references=[Fraction(100)] * 2, **pieces)]
    [10, -10]
    """
    needs, surpluses = [], []
    for value, reference in zip(values, references, strict=True):
        away = 1 - ops.divide(value, reference)
        size = ops.greater(away, -away)
        above = [ops.exceeds(size, edge) for edge in edges]
        inside = [here - there for here, there in zip(above, [*above[1:], 0], strict=True)]
        curves = zip(inside, squares, slopes, constants, strict=True)
        amount = reference * total([part * (size * (a * size + b) + c) for part, a, b, c in curves])
        needs.append(amount * ops.exceeds(away, 0))
        surpluses.append(amount * ops.exceeds(0, away))
    given = total(surpluses)
    scale = ops.divide(total(needs), given + equals(given, 0, ops=ops))
    return [need - scale * surplus for need, surplus in zip(needs, surpluses, strict=True)]


def min_endowment(value: Number, *, reference: Number, share: Number, ops: Ops = EXACT) -> Number:
    """Raise a party to a guaranteed part of the mean (最低保障, equalise.min_endowment).

    A = max(0, s · v₀ − v), fen

    Source: Swiss FiLaG Art. 3a: at least 86.5 % of the mean.

    >>> min_endowment(Fraction(80), reference=Fraction(100), share=Fraction(865, 1000))
    Fraction(13, 2)
    """
    return ops.greater(share * reference - value, 0)


def clawback(amount: Number, *, failed: Number, partial: Number, ops: Ops = EXACT) -> Number:
    """Take back an allotment from a party whose section failed (断面扣回, clawback.by_section).

    A′ = f · A with f = 0 where nothing failed, 1 where all did, else the agreed partial share

    Args:
        amount: A, the allotment, fen.
        failed: the part of the section's assessment that failed, 0–1.
        partial: f where 0 < failed < 1; the agreement has to say it.
        ops: the evaluator.
    Returns:
        What is taken back, fen.
    Source: 赤水河 2018 (部分达标: the fraction is not published).

    >>> clawback(Fraction(6000), failed=Fraction(1, 3), partial=Fraction(1, 2))
    Fraction(3000, 1)
    """
    whole = 1 - ops.exceeds(1, failed)
    return amount * ops.choose(whole, 1, ops.exceeds(failed, 0) * partial)


def check_transfer(gets: Sequence[Number], *, pays: Sequence[Number], ties: str, parties: int | None) -> list[Problem]:
    """List what is wrong with a rank transfer: balance, number of parties (if known), ties rule."""
    found = []
    paid, taken = total(gets), total(pays)
    if paid != taken:
        found.append(problem("agreement-transfer-unbalanced", gets=paid, pays=taken))
    if parties is not None and parties < len(gets) + len(pays):
        found.append(problem("agreement-parties-few", found=parties, needed=len(gets) + len(pays)))
    if ties not in TIES:
        found.append(problem("choice-unknown", found=ties, expected=", ".join(TIES)))
    return found
