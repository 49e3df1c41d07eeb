"""The digits of a printed figure (数位): how far it was rounded, its last digit and its first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from jinghe.panel import Observation
from jinghe.units import convert, read_number

__all__ = ["find_decimals", "find_finest", "find_rounding", "read_last_digit", "read_last_digits", "read_unit"]


def find_rounding(item: Observation, *, finest: int | None = None) -> float:
    """Half a unit in the last printed place, in the figure's unit: by how much rounding may have moved it.

    Zeros at the end of a whole number may be rounded, too: `3,200` may stand for 3,150 to 3,250. They are not where
    its series is printed to a finer place (`find_finest`): beside `3,187` it stands for 3,199.5 to 3,200.5.
    """
    unit = read_unit(item)
    scale = convert(Fraction(1), unit, item.unit) if unit else Fraction(1)
    places = _count_decimals(_figure(item))
    if finest is not None and places < 0:
        places = max(places, min(finest, 0))
    return float(scale / 2 / Fraction(10) ** places)


def find_finest(items: Sequence[Observation]) -> int:
    """The finest place to which any of the figures is printed: decimals, negative for tens, hundreds and so on."""
    return max((_count_decimals(_figure(item)) for item in items if item.value), default=0)


def read_unit(item: Observation) -> str:
    """The unit that is printed with the figure itself; "" when it stands in its row alone."""
    return read_number(item.printed or repr(item.value)).unit


def find_decimals(items: Sequence[Observation]) -> int:
    """The number of decimals that most figures are printed with; 0 without figures."""
    counts = Counter(max(_count_decimals(_figure(item)), 0) for item in items)
    return counts.most_common(1)[0][0] if counts else 0


def read_last_digit(item: Observation, *, decimals: int) -> str:
    """Read the digit at that many decimals, or "" when fewer than three digits stand before and at it.

    A figure printed with fewer decimals ended in zeros, one with more is cut. With less than three digits the last one
    is not evenly spread.
    """
    number = int(Fraction(_figure(item)) * 10**decimals)
    return str(number)[-1] if number >= 100 else ""


def read_last_digits(items: Sequence[Observation]) -> str:
    """Read the last digit of each figure, at the number of decimals most of them have."""
    decimals = find_decimals(items)
    return "".join(read_last_digit(item, decimals=decimals) for item in items)


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
