"""Base and eligibility (基数与资格): what amount a rule starts from, and whether it applies at all."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from jinghe.sharing.ops import EXACT, Number, Ops, total

__all__ = ["accumulate", "base_growth", "base_level", "elig_list", "elig_threshold", "gap"]


def accumulate(amounts: Sequence[Number]) -> Number:
    """Add the amounts of the periods that make up one statement (累计, base.sum).

    A = Σ_t a_t

    Args:
        amounts: one amount per period, fen.
    Returns:
        Their sum, fen.
    Source: 晋政办函〔2009〕177号, as reported: deductions and rewards accumulate month by month.

    >>> from fractions import Fraction
    >>> accumulate([Fraction(492), Fraction(480)])
    Fraction(972, 1)
    """
    return total(amounts)


def base_growth(now: Number, *, base: Sequence[Number], ops: Ops = EXACT) -> Number:
    """Take what exceeds a frozen base, the mean of its periods (增量, base.growth_over).

    G = max(0, x − mean(b))

    Args:
        now: x, of the settled period.
        base: b, the figures of the base periods, one or more, in the unit of x.
        ops: the evaluator.
    Returns:
        The growth, in the unit of x; a fall counts as none.
    Source: Minnesota Statutes 473F (1971 base); California AB 680 (2002).

    >>> from fractions import Fraction
    >>> base_growth(Fraction(140), base=[Fraction(100)])
    Fraction(40, 1)
    """
    return ops.greater(now - ops.divide(total(base), len(base)), 0)


def base_level(value: Number, *, rate: Number, above: Number = 0, factor: Number = 1, ops: Ops = EXACT) -> Number:
    """Apply a rate to a level (按率计额, base.level).

    A = x · max(0, r − r₀) · f

    Args:
        value: x.
        rate: r, a share or fen per unit of x.
        above: r₀, the part of the rate that is not shared, in the unit of r.
        factor: f, a plain multiplier of the party.
        ops: the evaluator.
    Returns:
        The amount: fen where x or r is money.
    Source: Shandong air compensation (coefficient × dilution factor); Akron–Copley JEDD (the tax above 2 %).

    >>> from fractions import Fraction
    >>> base_level(Fraction(1_000_000), rate=Fraction("0.0225"), above=Fraction("0.02"))
    Fraction(2500, 1)
    """
    return value * ops.greater(rate - above, 0) * factor


def gap(value: Number, *, reference: Number, rate: Number) -> Number:
    """Price the distance to a reference, either way (差额计费; equalise.linear with a share as rate).

    A = r · (x₀ − x)

    Args:
        value: x.
        reference: x₀, in the unit of x.
        rate: r, a share or fen per unit of x.
    Returns:
        The amount, negative where x exceeds x₀.
    Source: 黄河豫鲁段 2021 (6000 万元 per class below III); FAG §10 since 2020 (63 % of AMZ − FKM).

    >>> from fractions import Fraction
    >>> gap(Fraction(90), reference=Fraction(100), rate=Fraction(63, 100))
    Fraction(63, 10)
    """
    return rate * (reference - value)


def elig_threshold(
    values: Sequence[Number], *, least: Number | None = None, most: Number | None = None, ops: Ops = EXACT
) -> Number:
    """Test the mean of figures against a threshold (资格门槛, elig.threshold).

    e = 1[mean(x) ≥ least] or 1[mean(x) ≤ most]

    Args:
        values: x, one or more figures.
        least: the threshold from below, in their unit, or
        most: the threshold from above; exactly one is given.
        ops: the evaluator.
    Returns:
        1 where it is met, else 0.
    Source: 财预〔2015〕92号: mean annual tax of the three years before the move at least 2000 万元.

    >>> from fractions import Fraction
    >>> elig_threshold([Fraction(1900), Fraction(2000), Fraction(2100)], least=Fraction(2000))
    1
    """
    mean = ops.divide(total(values), len(values))
    below = ops.exceeds(least, mean) if most is None else ops.exceeds(mean, most)
    return 1 - below


def elig_list(party: str, *, listed: Collection[str]) -> int:
    """Is a party on the agreed list (名录, elig.list)? 1 or 0.

    Source: 财预〔2015〕92号: the list of moved enterprises is confirmed by both provinces.

    >>> elig_list("140100", listed=("140100", "140900"))
    1
    """
    return int(party in listed)
