"""The blocks of sharing rules (分享积木): pure and exact, fractions in, fractions out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

from jinghe.errors import Problem, RuleError, problem
from jinghe.units import Money, Period, apportion

__all__ = [
    "BEST",
    "TIER_MODES",
    "TIES",
    "accumulate",
    "cap",
    "check_shares",
    "check_table",
    "check_transfer",
    "rank_transfer",
    "round_parts",
    "share_fixed",
    "step_table",
    "term_end",
    "term_window",
]

TIER_MODES = ("amount", "whole", "marginal")
TIES = ("average", "listed")
BEST = ("highest", "lowest")
_ZERO = Fraction(0)


def accumulate(amounts: Sequence[Fraction]) -> Fraction:
    """Add the amounts of the periods that make up one statement (累计).

    A = Σ_t a_t

    Args:
        amounts: one exact amount per period, fen.
    Returns:
        Their sum, fen.
    Source: 晋政办函〔2009〕177号, as reported: deductions and rewards accumulate month by month.

    >>> accumulate([Fraction(492), Fraction(480)])
    Fraction(972, 1)
    """
    return sum(amounts, _ZERO)


def step_table(value: Fraction, *, edges: Sequence[Fraction], amounts: Sequence[Fraction], mode: str) -> Fraction:
    """Look up a value in a table of steps (分档).

    Tier i holds e_i < x ≤ e_{i+1}, the last one x > e_n; x ≤ e_1 gives 0.
    amount: a_i · whole: a_i (x − e_1) · marginal: Σ_i a_i · max(0, min(x, e_{i+1}) − e_i)

    Args:
        value: x, in the unit of the edges.
        edges: e_1 < e_2 < …, the lower edge of each tier, not part of it.
        amounts: a_i, one per tier: fen (mode amount) or fen per unit of x.
        mode: what the legal text means by a tier; it has no default.
    Returns:
        The amount, fen.
    Raises:
        RuleError: the table is not in order, or the mode is unknown.
    Source: 山西 2013 section scheme (five tiers of fixed amounts); 《山西省城市环境空气质量改善奖惩方案》 2019
        (10 and 20 万元 per µg/m³ below and above 5 µg/m³; marginal or whole is left open by the text).

    >>> ten, twenty = Fraction(10), Fraction(20)
    >>> step_table(Fraction(8), edges=[Fraction(0), Fraction(5)], amounts=[ten, twenty], mode="marginal")
    Fraction(110, 1)
    >>> step_table(Fraction(8), edges=[Fraction(0), Fraction(5)], amounts=[ten, twenty], mode="whole")
    Fraction(160, 1)
    """
    _raise(check_table(edges, amounts=amounts, mode=mode))
    reached = [i for i, edge in enumerate(edges) if value > edge]
    if not reached:
        return _ZERO
    if mode == "marginal":
        tops = [*edges[1:], value]
        return sum((amounts[i] * (min(value, tops[i]) - edges[i]) for i in reached), _ZERO)
    return amounts[reached[-1]] * (value - edges[0] if mode == "whole" else 1)


def share_fixed(base: Fraction, *, shares: Sequence[Fraction]) -> list[Fraction]:
    """Split an amount by fixed shares; what is not shared stays with its holder (固定比例分享).

    x_i = s_i · B, and the holder keeps (1 − Σs_i) · B

    Args:
        base: B ≥ 0, fen.
        shares: s_i in [0, 1] with Σs_i ≤ 1.
    Returns:
        One amount per share and, last, what the holder keeps; their sum is B exactly.
    Raises:
        RuleError: the shares exceed 1.
    Source: 宁德 2017 (5:5 of locally retained tax), 沂水 (7:3).

    >>> share_fixed(Fraction(1000), shares=[Fraction(1, 2)])
    [Fraction(500, 1), Fraction(500, 1)]
    """
    _raise(check_shares(shares))
    parts = [share * base for share in shares]
    return [*parts, base - sum(parts, _ZERO)]


def term_end(start: date, *, years: int) -> date:
    """Return the first day after a term of whole years (期满次日); a 29 February without its like ends on 1 March.

    A term beyond the calendar ends with it, on 9999-12-31.

    >>> term_end(date(2021, 1, 1), years=5)
    datetime.date(2026, 1, 1)
    """
    if start.year + years > date.max.year:
        return date.max
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return date(start.year + years, 3, 1)


def term_window(period: Period, *, start: date, years: int) -> str:
    """Say whether a period lies before, inside or after a term (分享期).

    The term is [start, start + years); a period that crosses one of its ends has to be settled in parts,
    because how to divide its amount is not for the computer to decide.

    Args:
        period: the settled period.
        start: first day of the term.
        years: its length in whole years, ≥ 1.
    Returns:
        `before`, `inside` or `after`.
    Raises:
        RuleError: the period crosses an end of the term.
    Source: 宁德 2017: five years from the first tax.

    >>> term_window(Period.of(2025), start=date(2021, 1, 1), years=5)
    'inside'
    """
    end = term_end(start, years=years)
    if period.end <= start:
        return "before"
    if period.start >= end:
        return "after"
    if start <= period.start and period.end <= end:
        return "inside"
    raise RuleError([problem("agreement-term-straddled", period=period, start=start, end=end)])


def cap(amount: Fraction, *, ceiling: Fraction, used: Fraction = _ZERO) -> Fraction:
    """Limit an amount to what a ceiling leaves (封顶).

    y = min(x, max(0, C − U))

    Args:
        amount: x ≥ 0, fen.
        ceiling: C, fen.
        used: U, what earlier periods already took from it, fen (0: a ceiling per period).
    Returns:
        The amount allowed, fen.
    Source: 财预〔2015〕92号: half of the tax until the cumulative ceiling is reached.

    >>> cap(Fraction(3500), ceiling=Fraction(9600), used=Fraction(7500))
    Fraction(2100, 1)
    """
    return min(amount, max(_ZERO, ceiling - used))


def rank_transfer(
    scores: Sequence[Fraction], *, gets: Sequence[Fraction], pays: Sequence[Fraction], ties: str
) -> list[Fraction]:
    """Move money from the last places to the first, so that it sums to zero (排名奖扣, 零和).

    Place p (1 = highest score) receives g_p − q_{n+1−p}, with Σg = Σq; the parties that tie for places
    p … p+k−1 each receive the mean of those places (average), or take them in the order listed (listed).

    Args:
        scores: one per party, higher is better.
        gets: g_1, g_2, … for the first places, fen.
        pays: q_1, q_2, … for the last, last but one, … places, fen.
        ties: `average` or `listed`; it has no default.
    Returns:
        What each party receives (negative: pays), fen, in the order of `scores`; the sum is 0 exactly.
    Raises:
        RuleError: the tables do not balance, need more parties than there are, or the ties rule is unknown.
    Source: 《太原市环境空气质量改善奖惩方案（试行）》 2019: −100, −50, −30 and +100, +80 万元.

    >>> [int(x) for x in rank_transfer([Fraction(9), Fraction(7), Fraction(8)],
    ...     gets=[Fraction(80)], pays=[Fraction(50), Fraction(30)], ties="average")]
    [80, -50, -30]
    """
    n = len(scores)
    _raise(check_transfer(gets, pays=pays, ties=ties, parties=n))
    rest = [_ZERO] * n
    by_place = [g - q for g, q in zip([*gets, *rest][:n], [*pays, *rest][:n][::-1], strict=True)]
    order = sorted(range(n), key=lambda i: -scores[i])
    place = {party: at for at, party in enumerate(order)}
    if ties == "listed":
        return [by_place[place[i]] for i in range(n)]
    tied = [[by_place[place[j]] for j in range(n) if scores[j] == scores[i]] for i in range(n)]
    return [sum(amounts, _ZERO) / len(amounts) for amounts in tied]


def round_parts(parts: Sequence[Fraction]) -> list[Money]:
    """Round exact amounts to fen by largest remainder (最大余额法), ties to the earlier part.

    A fraction of a fen in the total stays with the payer: it competes as one more part, last in order.

    Args:
        parts: exact amounts ≥ 0, fen.
    Returns:
        One amount per part, each within 1 fen of the exact one; a whole total is kept exactly.
    Source: Balinski & Young, Fair Representation (1982), Hamilton's method.

    >>> [part.fen for part in round_parts([Fraction(10, 3)] * 3)]
    [4, 3, 3]
    """
    total = sum(parts, _ZERO)
    if not total:
        return [Money(0) for _ in parts]
    whole = -(-total // 1)
    return apportion(Money(whole), [*parts, whole - total])[: len(parts)]


def check_table(edges: Sequence[Fraction], *, amounts: Sequence[Fraction], mode: str) -> list[Problem]:
    """List what is wrong with a table of steps: lengths, order, mode."""
    found = []
    ascending = all(a < b for a, b in pairwise(edges))
    if not edges or len(edges) != len(amounts) or not ascending:
        found.append(problem("agreement-table-misshapen", edges=_list(edges), amounts=len(amounts)))
    return found + _check_choice(mode, TIER_MODES)


def check_shares(shares: Sequence[Fraction]) -> list[Problem]:
    """List what is wrong with fixed shares: none negative, together at most 1."""
    if any(share < 0 for share in shares) or sum(shares, _ZERO) > 1:
        return [problem("agreement-shares-excessive", shares=_list(shares), sum=sum(shares, _ZERO))]
    return []


def check_transfer(
    gets: Sequence[Fraction], *, pays: Sequence[Fraction], ties: str, parties: int | None
) -> list[Problem]:
    """List what is wrong with a rank transfer: balance, number of parties (if known), ties rule."""
    found = []
    paid, taken = sum(gets, _ZERO), sum(pays, _ZERO)
    if paid != taken:
        found.append(problem("agreement-transfer-unbalanced", gets=paid, pays=taken))
    if parties is not None and parties < len(gets) + len(pays):
        found.append(problem("agreement-parties-few", found=parties, needed=len(gets) + len(pays)))
    return found + _check_choice(ties, TIES)


def _check_choice(found: str, choices: Sequence[str]) -> list[Problem]:
    if found in choices:
        return []
    return [problem("choice-unknown", found=found, expected=_list(choices))]


def _list(items: Sequence[object]) -> str:
    return ", ".join(str(item) for item in items)


def _raise(problems: list[Problem]) -> None:
    if problems:
        raise RuleError(problems)
