"""Which test may have been done, and what is possible under it (检验方法的假设)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from jinghe.recalc.claim import Claim
from jinghe.recalc.decision import printed_p
from jinghe.recalc.distribution import statistic_interval
from jinghe.recalc.printed import Interval, Printed
from jinghe.recalc.statistic import degrees, printed_interval, size_interval
from jinghe.recalc.two_groups import PROCEDURES, TRange, t_range

__all__ = ["Hypothesis", "df_allowed", "hypotheses"]

_ANYTHING = Interval(0.0, math.inf)


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One way the test may have been done (假设): procedure and tails, and what is possible under it; None: nothing.

    All t are sizes, since papers print differences in either direction. `means_t`: t by means, SDs and printed t;
    `t_p`: t by printed t and p; `means_p`: t by means, SDs and p; `joint`: by all of them.
    """

    name: str
    range: TRange | None
    df: Interval
    needed: Interval | None
    means_t: Interval | None
    t_p: Interval | None
    means_p: Interval | None
    joint: Interval | None


def hypotheses(claim: Claim) -> tuple[Hypothesis, ...]:
    """Try Student and Welch; one-sided too when the paper does not say and nothing two-sided is possible."""
    found = tuple(_hypothesis(claim, name, claim.tails or 2) for name in PROCEDURES)
    p = printed_p(claim)
    one_tail = p is not None and printed_interval(p).low <= 0.5  # the p of half the distribution
    if claim.tails is None and one_tail and not any(item.joint for item in found):
        one_sided = tuple(_hypothesis(claim, name, 1) for name in PROCEDURES)
        found += tuple(item for item in one_sided if item.joint)
    return found


def _hypothesis(claim: Claim, procedure: str, tails: int) -> Hypothesis:
    spread, printed, p = _spread(claim, procedure), degrees(claim), printed_p(claim)
    allowed = spread.df if spread else _df_unseen(claim, procedure)
    name = procedure if tails == 2 or claim.tails == 1 else f"{procedure} one-sided"
    df = allowed.meet(printed[0]) if printed else allowed
    if df is None:  # the printed df is not this procedure's
        return Hypothesis(name, spread, allowed, None, None, None, None, None)
    size = size_interval(claim.statistic) if claim.statistic else _ANYTHING
    means = spread.t.magnitude() if spread else _ANYTHING
    needed = _needed(p, df, tails, either=claim.tails == 1) if p else None
    fit = needed or _ANYTHING
    pairs = (means.meet(size), size.meet(fit), means.meet(fit))
    joint = pairs[0].meet(fit) if pairs[0] else None
    return Hypothesis(name, spread, df, needed, *pairs, joint)


def df_allowed(claim: Claim, procedure: str) -> Interval:
    """Return the df that a procedure can have; without SDs Welch's lie between min(n₁, n₂) − 1 and n₁ + n₂ − 2."""
    spread = _spread(claim, procedure)
    return spread.df if spread else _df_unseen(claim, procedure)


def _spread(claim: Claim, procedure: str) -> TRange | None:
    first, second = claim.groups
    known = all(group.n and group.mean and group.sd for group in claim.groups)
    return t_range(procedure, first, second, items=claim.items) if known else None


def _df_unseen(claim: Claim, procedure: str) -> Interval:
    n = [group.n or 0 for group in claim.groups]
    top = max(1.0, sum(n) - 2.0)
    return Interval(top, top) if procedure == "student" else Interval(max(1.0, min(n) - 1.0), top)


def _needed(p: Printed, df: Interval, tails: int, *, either: bool) -> Interval:
    """The sizes of t that have the printed p; the p of a test said to be one-sided may lie in either tail."""
    found = printed_interval(p)
    if tails == 2:
        return statistic_interval("t", found, (df,))
    if either:
        top = 0.5 if found.low <= 0.5 <= found.high else min(found.high, 1 - found.low)
        found = Interval(min(found.low, 1 - found.high), top)
    return statistic_interval("t", Interval(2 * max(0.0, found.low), min(1.0, 2 * found.high)), (df,))
