"""Reconciling (清算): recover an investment first, settle up over a window, true up an advance."""

from __future__ import annotations

from jinghe.errors import RuleError, problem
from jinghe.sharing.ops import EXACT, Number, Ops

__all__ = ["BASES", "recover_first", "settle_up", "true_up"]

BASES = ("contract_unit_price", "actual_cost")
_Carried = tuple[Number, ...]


def recover_first(
    base: Number,
    *,
    investment: Number,
    share: Number,
    years: Number,
    months: int,
    carried: _Carried = (0, 0),
    ops: Ops = EXACT,
) -> tuple[Number, _Carried]:
    """Repay the investor before sharing (先还投资、后分成, recover_first).

    x = r + 1[m < 12 n] · s · (B − r) with r = min(B, I − R); R grows by r, m counts months after recovery

    Args:
        base: B ≥ 0, fen.
        investment: I, fen.
        share: s, of what is left.
        years: n, how long sharing lasts after recovery.
        months: length of the settled period.
        carried: R and m of the periods before.
        ops: the evaluator.
    Returns:
        What the investor receives, fen, and the new R and m. Assumption: the period in which the investment is
        recovered is shared too; the term counts from the next.
    Source: 淄博 2022 资本链接类: recovery, then 6:4 for 20 years.

    >>> from fractions import Fraction
    >>> given = {"investment": Fraction(3000), "share": Fraction(3, 5), "years": 20, "months": 12}
    >>> recover_first(Fraction(1500), **given, carried=(2000, 0))
    (Fraction(1300, 1), (Fraction(3000, 1), 0))
    """
    recovered, after = carried
    owed = investment - recovered
    back = ops.lesser(base, owed)
    active = ops.exceeds(12 * years, after)
    over = 1 - ops.exceeds(owed, 0)
    return back + active * share * (base - back), (recovered + back, after + over * months)


def settle_up(
    paid: Number,
    *,
    granted: Number,
    window: Number,
    months: int,
    carried: _Carried = (0, 0, 0),
    ops: Ops = EXACT,
) -> tuple[Number, _Carried]:
    """Refund at the end of a window what a party paid beyond what it got (不亏清算, settle_up.no_loss).

    x = 1[m ≥ 12 w] · max(0, ΣP − ΣG); then the window starts again

    Args:
        paid: P of the settled period, fen.
        granted: G of the settled period, fen.
        window: w, years.
        months: length of the settled period; m counts them.
        carried: ΣP, ΣG and m of the window so far.
        ops: the evaluator.
    Returns:
        The refund, fen, and the new sums.
    Source: Dayton–Montgomery County ED/GE: over three years nobody pays more than it is granted.

    >>> from fractions import Fraction
    >>> settle_up(Fraction(10), granted=Fraction(0), window=3, months=12, carried=(20, 20, 24))
    (Fraction(10, 1), (Fraction(0, 1), Fraction(0, 1), 0))
    """
    in_all, out_all, so_far = carried[0] + paid, carried[1] + granted, carried[2] + months
    due = 1 - ops.exceeds(12 * window, so_far)
    refund = due * ops.greater(in_all - out_all, 0)
    return refund, (in_all * (1 - due), out_all * (1 - due), so_far * (1 - due))


def true_up(advance: Number, *, quantity: Number, price: Number, actual: Number, basis: str) -> Number:
    """Compare an advance with what is finally owed (预付清算, true_up).

    A = advance − q · p (contract_unit_price) or advance − actual (actual_cost)

    Args:
        advance: what was paid, fen.
        quantity: q, as delivered.
        price: p, as agreed, fen per unit of q.
        actual: the actual cost, fen.
        basis: one of `BASES`; it has no default.
    Returns:
        What is to be returned, fen; negative: what is still owed.
    Raises:
        RuleError: the basis is unknown.
    Source: Rhine salt 1991: which basis was meant ended in arbitration (PCA, auditing of accounts).

    >>> from fractions import Fraction
    >>> costs = {"quantity": Fraction(7), "price": Fraction(10), "actual": Fraction(90)}
    >>> [int(true_up(Fraction(100), **costs, basis=basis)) for basis in BASES]
    [30, 10]
    """
    if basis not in BASES:
        raise RuleError([problem("choice-unknown", found=basis, expected=", ".join(BASES))])
    return advance - (quantity * price if basis == BASES[0] else actual)
