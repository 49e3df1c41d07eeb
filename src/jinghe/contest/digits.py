"""The digits of a printed figure (数位): how far it was rounded, and how likely its last digits are round by chance."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from math import comb

from jinghe.panel import Observation
from jinghe.units import convert, read_number

__all__ = ["find_chance", "find_power", "find_rounding", "read_last_digits"]

_FAIR, _SUSPECT, _SIZE = 0.2, 0.4, 0.05  # share of 0 and 5 by chance, a suspect share, size of the test


def find_rounding(item: Observation) -> float:
    """Half a unit in the last printed place, in the figure's unit: by how much rounding may have moved it.

    Zeros at the end of a whole number may be rounded, too: `3,200` may stand for 3,150 to 3,250.
    """
    reading = read_number(item.printed or repr(item.value))
    scale = convert(Fraction(1), reading.unit, item.unit) if reading.unit else Fraction(1)
    return float(scale / 2 / Fraction(10) ** _count_decimals(_figure(item)))


def read_last_digits(items: Sequence[Observation]) -> str:
    """Read the last digit of each figure, at the number of decimals most of them have.

    A figure printed with fewer decimals ended in zeros, one with more is cut. Figures of less than three digits there
    are left out, since their last digits are not evenly spread.
    """
    figures = [_figure(item) for item in items]
    usual = Counter(max(_count_decimals(text), 0) for text in figures).most_common(1)[0][0] if figures else 0
    numbers = (int(Fraction(text) * 10**usual) for text in figures)
    return "".join(str(number)[-1] for number in numbers if number >= 100)


def find_chance(n: int, k: int, *, share: float = _FAIR) -> float:
    """P(Bin(n, share) ≥ k): the chance of at least k round digits among n.

    >>> round(find_chance(11, 6), 4)
    0.0117
    """
    return sum(comb(n, j) * share**j * (1 - share) ** (n - j) for j in range(k, n + 1))


def find_power(n: int) -> float:
    """Power of the exact one-sided 5 % test at n digits, when the true share of 0 and 5 is 0.4.

    >>> round(find_power(11), 4)
    0.2465
    """
    critical = next(k for k in range(n + 2) if find_chance(n, k) <= _SIZE)
    return find_chance(n, critical, share=_SUSPECT)


def _figure(item: Observation) -> str:
    """The bare digits as printed; a figure without its print shows its number."""
    text = (item.printed or repr(item.value)).translate(_PLAIN)
    match = re.search(r"[0-9]*\.?[0-9]+", text)
    return match[0] if match else "0"


def _count_decimals(text: str) -> int:
    """Printed decimals; negative for a whole number that ends in zeros."""
    whole, point, rest = text.partition(".")
    zeros = len(whole) - len(whole.rstrip("0"))
    return len(rest) if point else -zeros if zeros < len(whole) else 0


_PLAIN = {0xFF10 + n: str(n) for n in range(10)} | {0xFF0E: ".", ord(","): "", 0xFF0C: ""}
