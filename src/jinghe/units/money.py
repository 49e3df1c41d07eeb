"""Money in whole fen, and how it is split (金额与分摊)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import total_ordering

from jinghe.errors import DataError, problem
from jinghe.units.numbers import FEN, read_number

__all__ = ["Money", "apportion"]


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An amount in integer fen (金额, 分). Amounts of money never pass through floats.

    >>> Money.of("17,237 万元")
    Money(fen=17237000000)
    >>> Money.of("1.5 亿元") - Money.yuan(1)
    Money(fen=14999999900)
    """

    fen: int = 0

    @classmethod
    def yuan(cls, amount: int | str | Fraction) -> Money:
        """Read an amount in yuan; a fraction of a fen is an error."""
        return cls.exact(Fraction(amount) * 100)

    @classmethod
    def exact(cls, fen: Fraction) -> Money:
        """Turn exact fen into money. Raises DataError if it is not a whole number of fen."""
        if fen.denominator != 1:
            raise DataError([problem("money-fraction", found=str(fen))])
        return cls(int(fen))

    @classmethod
    def of(cls, text: str) -> Money:
        """Read an amount with its unit: `12 元`, `3,400 万元`, `1.5 亿元`, `20000000 CNY`."""
        reading = read_number(text)
        if reading.value is None or reading.unit not in FEN:
            raise DataError([problem("money-unreadable", found=text)])
        return cls.exact(reading.value * FEN[reading.unit])

    def __add__(self, other: Money) -> Money:
        return Money(self.fen + other.fen)

    def __sub__(self, other: Money) -> Money:
        return Money(self.fen - other.fen)

    def __neg__(self) -> Money:
        return Money(-self.fen)

    def __mul__(self, factor: int) -> Money:
        return Money(self.fen * factor)

    def __bool__(self) -> bool:
        return self.fen != 0

    def __lt__(self, other: Money) -> bool:
        return self.fen < other.fen


def apportion(total: Money, weights: Sequence[Fraction | int]) -> list[Money]:
    """Split money by weights to the fen by largest remainder (最大余额法); ties go to the earlier party.

    q_i = total · w_i / Σw, floored; the fen left over go to the largest remainders.

    Args:
        total: the amount to split, in fen, may be negative (the split is mirrored).
        weights: w_i ≥ 0, at least one positive.
    Returns:
        One amount per weight; their sum is `total` exactly.
    Raises:
        DataError: no positive weight, or a negative one.
    Source: Balinski & Young, Fair Representation (1982), Hamilton's method.

    >>> [m.fen for m in apportion(Money(100), [1, 1, 1])]
    [34, 33, 33]
    """
    if any(w < 0 for w in weights) or not any(w > 0 for w in weights):
        raise DataError([problem("weights-positive", found=", ".join(str(w) for w in weights))])
    if total.fen < 0:
        return [-part for part in apportion(-total, weights)]
    whole = sum((Fraction(w) for w in weights), Fraction(0))
    exact = [total.fen * Fraction(w) / whole for w in weights]
    floors = [int(q) for q in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: (floors[i] - exact[i], i))
    for i in by_remainder[: total.fen - sum(floors)]:
        floors[i] += 1
    return [Money(f) for f in floors]
