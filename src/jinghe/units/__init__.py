"""Money in fen, shares, periods, and numbers as officials write them (计量)."""

from jinghe.units.money import Money, apportion
from jinghe.units.numbers import Reading, convert, read_count, read_number, read_share, unit_name
from jinghe.units.periods import Period, read_date

__all__ = [
    "Money",
    "Period",
    "Reading",
    "apportion",
    "convert",
    "read_count",
    "read_date",
    "read_number",
    "read_share",
    "unit_name",
]
