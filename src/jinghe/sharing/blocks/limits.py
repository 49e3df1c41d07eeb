"""Ceilings, floors and terms (封顶、保底与期限): how much of an amount counts, and for how long."""

from __future__ import annotations

from datetime import date

from jinghe.errors import RuleError, problem
from jinghe.sharing.ops import EXACT, Number, Ops, clip
from jinghe.units import Period

__all__ = ["cap", "cap_cumulative", "floor", "in_kind_credit", "term_end", "term_extend", "term_window"]


def cap(amount: Number, *, ceiling: Number, ops: Ops = EXACT) -> Number:
    """Limit an amount of one period, either way (期内封顶, cap.period; by party, cap.party).

    y = max(−C, min(x, C))

    Args:
        amount: x, fen.
        ceiling: C ≥ 0, fen.
        ops: the evaluator.
    Returns:
        The amount allowed, fen.
    Source: 黄河豫鲁段 2021: the change part is capped at 4000 万元 each way.

    >>> from fractions import Fraction
    >>> cap(Fraction(5500), ceiling=Fraction(4000))
    Fraction(4000, 1)
    """
    return clip(amount, -ceiling, ceiling, ops=ops)


def cap_cumulative(amount: Number, *, ceiling: Number, used: Number, ops: Ops = EXACT) -> Number:
    """Limit an amount to what a ceiling for all periods leaves (累计封顶, cap.cumulative).

    y = max(−U, min(x, C − U)), and U grows by y

    Args:
        amount: x, fen; a refund (x < 0) gives back at most what was taken.
        ceiling: C ≥ 0, fen.
        used: U, what earlier periods took, fen.
        ops: the evaluator.
    Returns:
        The amount allowed, fen.
    Source: 财预〔2015〕92号: half of the tax until the origin has received its tax of the three years before the move.

    >>> from fractions import Fraction
    >>> cap_cumulative(Fraction(3500), ceiling=Fraction(9600), used=Fraction(7500))
    Fraction(2100, 1)
    """
    return clip(amount, -used, ops.greater(ceiling - used, 0), ops=ops)


def floor(amount: Number, *, least: Number, ops: Ops = EXACT) -> Number:
    """Raise an amount to its floor (保底).

    y = max(x, F), fen

    >>> from fractions import Fraction
    >>> floor(Fraction(80), least=Fraction(100))
    Fraction(100, 1)
    """
    return ops.greater(amount, least)


def in_kind_credit(amount: Number, *, credit: Number, ops: Ops = EXACT) -> Number:
    """Take off a contribution what was delivered in kind (实物抵扣).

    y = max(0, x − K), fen

    Source: Rhine salt, Additional Protocol 1991, Art. 4: Switzerland's own reduction counts as FRF 12 million.

    >>> from fractions import Fraction
    >>> in_kind_credit(Fraction(24), credit=Fraction(12))
    Fraction(12, 1)
    """
    return ops.greater(amount - credit, 0)


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
    """Say whether a period lies before, inside or after a term (分享期, term.window).

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


def term_extend(
    period: Period, *, start: date, years: int, more: int, left: Number, ops: Ops = EXACT
) -> tuple[Number, str]:
    """Say how far a term counts that goes on while a ceiling is not reached (期限顺延, term.extend).

    1 in the first `years`, 1[left > 0] in the `more` after them, else 0

    Args:
        period: as for `term_window`.
        start: as for `term_window`.
        years: as for `term_window`.
        more: years of the extension.
        left: what the ceiling still leaves, fen.
        ops: the evaluator.
    Returns:
        The factor, and `before`, `inside`, `extended` or `after`.
    Source: 财预〔2015〕92号: two more years where the ceiling is not reached in three.

    >>> from fractions import Fraction
    >>> term_extend(Period.of(2024), start=date(2021, 1, 1), years=3, more=2, left=Fraction(5))
    (1, 'extended')
    """
    first = term_window(period, start=start, years=years)
    if first != "after":
        return int(first == "inside"), first
    end = term_end(start, years=years)
    second = term_window(period, start=end, years=more)
    return (ops.exceeds(left, 0), "extended") if second == "inside" else (0, "after")
