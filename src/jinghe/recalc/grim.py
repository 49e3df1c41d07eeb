"""What whole-number answers allow: GRIM, GRIMMER, DEBIT and the range of an SD (整数作答的可行性)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from jinghe.recalc.printed import Interval, Printed, read_printed

__all__ = ["Grim", "Grimmer", "debit", "grim", "grimmer", "sd_range", "smallest_n"]

_MOST_SUMS = 2000


@dataclass(frozen=True, slots=True)
class Grim:
    """Which sums of whole-number answers have this mean (可行总和).

    `sums` are the feasible sums; `ties` is True when each of them rounds to the printed mean only as an exact half;
    `vacuous` when n · items ≥ 10^decimals, so that some sum always fits.
    """

    sums: range
    ties: bool
    vacuous: bool

    @property
    def feasible(self) -> bool:
        """Whether there is such a sum."""
        return bool(self.sums)


@dataclass(frozen=True, slots=True)
class Grimmer:
    """For each feasible sum, how many sums of squares have this SD (可行平方和个数); `cut`: not all were tried."""

    squares: tuple[tuple[int, int], ...]
    cut: bool = False

    @property
    def feasible(self) -> bool:
        """Whether any sum has one, or may have."""
        return self.cut or any(count for _, count in self.squares)


@lru_cache(maxsize=4096)
def grim(mean: Printed | str, n: int, items: int = 1) -> Grim:
    """Test a mean of whole numbers: is there an integer S with S / (n · items) rounding to it?

    Source: Brown & Heathers 2017 (GRIM). Halves may have been rounded up or down.

    >>> [grim(text, 28).feasible for text in ("5.19", "5.20", "5.21")]
    [False, False, True]
    """
    mean = read_printed(mean) if isinstance(mean, str) else mean
    grain = n * items
    low, high = (end * grain for end in mean.bounds)
    sums = range(math.ceil(low), math.floor(high) + 1)
    ties = bool(sums) and all(total in (low, high) for total in sums)
    return Grim(sums, ties, grain >= 10**mean.decimals)


def smallest_n(mean: Printed, *, items: int = 1, most: int = 1000) -> int | None:
    """Return the smallest sample that can have this mean of whole numbers, if it is at most `most` (and 1,000).

    >>> smallest_n(read_printed("173.79")), smallest_n(read_printed("170.29"))
    (14, 7)
    """
    return next((n for n in range(1, min(most, 1000) + 1) if grim(mean, n, items).feasible), None)


@lru_cache(maxsize=4096)
def grimmer(
    mean: Printed | str, sd: Printed | str, n: int, items: int = 1, scale: tuple[int, int] | None = None
) -> Grimmer:
    """Test an SD of whole numbers: integers Q ≡ S (mod 2) with (Q − S²/n) / (n − 1) rounding to SD².

    Source: Anaya 2016 (GRIMMER), Allard 2018. Q also stays within what n whole numbers, on the scale where one is
    given, can have. With several items the scores are multiplied by their number first. Beyond 2,000 sums an SD cannot
    be told from its neighbours, and only the first are tried.

    >>> grimmer("5.21", "1.60", 28).feasible, grimmer("3.44", "2.47", 18).feasible
    (True, False)
    """
    sd = read_printed(sd) if isinstance(sd, str) else sd
    bounds = (max(Fraction(0), sd.bounds[0]) * items, sd.bounds[1] * items)
    ends = (scale[0] * items, scale[1] * items) if scale else None
    sums = grim(mean, n, items).sums
    return Grimmer(tuple(_squares(sums[:_MOST_SUMS], bounds, n, ends)), cut=bool(sums[_MOST_SUMS:]))


def _squares(
    sums: range, sd: tuple[Fraction, Fraction], n: int, ends: tuple[int, int] | None
) -> Iterator[tuple[int, int]]:
    for total in sums:
        centre = Fraction(total * total, n)
        least, most = _extreme_squares(total, n, ends)
        low = max(math.ceil(centre + (n - 1) * sd[0] ** 2), least)
        high = math.floor(centre + (n - 1) * sd[1] ** 2)
        high = high if most is None else min(high, most)
        low += (low - total) % 2
        yield total, max(0, (high - low) // 2 + 1)


def _extreme_squares(total: int, n: int, ends: tuple[int, int] | None) -> tuple[int, int | None]:
    """The least and the largest sum of squares of n whole numbers with this sum, on a scale where one is given."""
    base, rest = divmod(total, n)
    least = (n - rest) * base**2 + rest * (base + 1) ** 2
    if ends is None:
        return least, None
    low, high = ends
    if not n * low <= total <= n * high:
        return least, -1
    full, rest = divmod(total - n * low, high - low)
    if full == n:
        return least, n * high**2
    return least, full * high**2 + (low + rest) ** 2 + (n - full - 1) * low**2


def sd_range(mean: Printed, n: int, scale: tuple[int, int], *, items: int = 1) -> Interval | None:
    """Return the smallest and the largest SD a mean can have on a whole-number scale; None: no such mean.

    >>> sd_range(read_printed("4.48"), 284, (1, 5))  # doctest: +ELLIPSIS
    Interval(low=0.500..., high=1.34...)
    """
    ends = (scale[0] * items, scale[1] * items)
    sums = _clip(grim(mean, n, items).sums, n * ends[0], n * ends[1])
    if not sums or n < 2:
        return None
    if sums[_MOST_SUMS:]:
        at = min(max(sums[0], n * sum(ends) / 2), sums[-1]) / n
        return Interval(0.0, math.sqrt((at - ends[0]) * (ends[1] - at) * n / (n - 1)) / items)
    found = [(s, _extreme_squares(s, n, ends)) for s in sums]
    lows = [Fraction(least) - Fraction(s * s, n) for s, (least, _) in found]
    highs = [Fraction(most or 0) - Fraction(s * s, n) for s, (_, most) in found]
    return Interval(*(math.sqrt(square / (n - 1)) / items for square in (min(lows), max(highs))))


def debit(mean: Printed | str, sd: Printed | str, n: int) -> bool:
    """Test the SD of a binary variable: SD² = n/(n − 1) · m(1 − m) for some feasible share m.

    Source: Heathers & Brown 2019 (DEBIT), for each feasible number of ones.

    >>> debit("0.53", "0.50", 1683), debit("0.19", "0.35", 1683)
    (True, False)
    """
    sd = read_printed(sd) if isinstance(sd, str) else sd
    low, high = max(Fraction(0), sd.bounds[0]) ** 2, sd.bounds[1] ** 2
    ones = _clip(grim(mean, n).sums, 0, n)
    if n < 2 or not ones:
        return False
    if ones[_MOST_SUMS:]:  # the SD rises to n/2 and falls behind it: in so fine a grid the ends decide
        middle = [n // 2] if n // 2 in ones else []
        ends = [Fraction(k * (n - k), n * (n - 1)) for k in (ones[0], ones[-1], *middle)]
        return min(ends) <= high and max(ends) >= low
    return any(low <= Fraction(k * (n - k), n * (n - 1)) <= high for k in ones)


def _clip(sums: range, low: int, high: int) -> range:
    return range(max(sums.start, low), min(sums.stop, high + 1))
