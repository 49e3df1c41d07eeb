"""A number as a paper prints it (印刷数值): its digits give the interval in which the unrounded value lies."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from fractions import Fraction

from jinghe.errors import DataError, problem
from jinghe.units.numbers import plain

__all__ = ["Interval", "Printed", "interval", "read_printed"]

_SLACK = 1e-9  # of floating point; no printed figure is this fine
_PRINTED = re.compile(r"([<>=≤≥]|<=|>=)?([+-]?)([0-9]{0,15}(?:\.[0-9]{0,15})?)(%?)")
_GROUPED = re.compile(r"[<>=≤≥+-]*[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?")
_SIGNS = {"": "=", "≤": "<=", "≥": ">="}


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval (闭区间); both roundings of a half are inside.

    >>> Interval(1.495, 1.505).meet(Interval(1.4604, 1.4978))
    Interval(low=1.495, high=1.4978)
    """

    low: float
    high: float

    def meet(self, other: Interval) -> Interval | None:
        """Return what both hold, or None."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        if low > high + _SLACK * max(1.0, abs(low) if math.isfinite(low) else 1.0):
            return None
        return Interval(min(low, high), max(low, high)) if low > high else Interval(low, high)

    def join(self, other: Interval) -> Interval:
        """Return the smallest interval that holds both."""
        return Interval(min(self.low, other.low), max(self.high, other.high))

    def magnitude(self) -> Interval:
        """Return the interval of |x|."""
        if self.low <= 0 <= self.high:
            return Interval(0.0, max(-self.low, self.high))
        return Interval(min(abs(self.low), abs(self.high)), max(abs(self.low), abs(self.high)))


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed number (印刷数值): the text, its exact value, its decimals, and `=`, `<`, `>`, `<=` or `>=`."""

    text: str
    value: Fraction
    decimals: int
    relation: str = "="

    @property
    def half(self) -> Fraction:
        """Half a unit of the last printed digit."""
        return Fraction(1, 2 * 10**self.decimals)

    @property
    def bounds(self) -> tuple[Fraction, Fraction]:
        """The exact ends of the rounding interval, whatever the relation."""
        return self.value - self.half, self.value + self.half

    def interval(self) -> Interval:
        """Return where the unrounded value lies: around the printed one, or beyond it after `<` and `>`."""
        if self.relation == "=":
            return Interval(float(self.bounds[0]), float(self.bounds[1]))
        if self.relation.startswith("<"):
            return Interval(-math.inf, float(self.value))
        return Interval(float(self.value), math.inf)


def read_printed(text: object) -> Printed:
    """Read a number as printed: `1.50`, `.05`, `<0.001`, `92%`, `1,476`. Trailing zeros count.

    Raises:
        DataError: it is no number, or a float, which has lost its trailing zeros.

    >>> read_printed("1.50").decimals, read_printed("p < .001".removeprefix("p")).relation
    (2, '<')
    """
    if isinstance(text, float):
        raise DataError([problem("claim-number-unquoted", found=text)])
    raw = plain(text if isinstance(text, str) else str(text)).replace(" ", "")
    raw = raw.replace(",", "") if _GROUPED.fullmatch(raw) else raw
    match = None if isinstance(text, bool) else _PRINTED.fullmatch(raw)
    if not match or not re.search(r"[0-9]", match[3]):
        raise DataError([problem("claim-number-unreadable", found=text)])
    relation, sign, digits, percent = (group or "" for group in match.groups())
    decimals = len(digits.partition(".")[2]) + (2 if percent else 0)
    value = Fraction(sign + digits) / (100 if percent else 1)
    return Printed(raw, value, decimals, _SIGNS.get(relation, relation))


def interval(text: str) -> Interval:
    """Return the rounding interval of a printed number: value ± half a unit of its last digit.

    >>> interval("1.50")
    Interval(low=1.495, high=1.505)
    """
    return read_printed(text).interval()
