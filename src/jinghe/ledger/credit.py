"""Credit in the assessment book (考核账): what each jurisdiction is credited with, and what is counted twice."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from jinghe.errors import RuleError, problem
from jinghe.ledger.book import Ledger
from jinghe.units import read_number

__all__ = ["DOUBLE", "OFFICIAL", "credit_account", "credited", "find_overlap", "read_step"]

OFFICIAL = "(official)"
DOUBLE = "(double)"


def credit_account(indicator: str, period: str, holder: str) -> str:
    """Name the account of a holder for one indicator and period.

    `OFFICIAL` is where official figures come from, `DOUBLE` the contra account of what is counted twice (重复计入).

    >>> credit_account("gdp", "2021", "140100")
    'gdp/2021/140100'
    """
    return f"{indicator}/{period}/{holder}"


def read_step(unit: str) -> tuple[Fraction, str]:
    """Read the smallest unit that a book counts in: `0.01 万元` is a hundredth of 万元; `fen` and `项` count in ones.

    >>> read_step("0.01 万元"), read_step("fen")
    ((Fraction(1, 100), '万元'), (Fraction(1, 1), 'fen'))
    """
    if not unit[:1].isdigit():
        return Fraction(1), unit
    reading = read_number(unit)
    assert reading.value is not None  # it begins with a digit
    return reading.value, reading.unit


def credited(ledger: Ledger, *, indicator: str, period: str, on: date | None = None) -> dict[str, Fraction]:
    """Read what each jurisdiction is credited with for an indicator and a period (考核计入额): what a contest scores.

    It reads the assessment book only, nothing of the money book can change it; in the unit of the postings.

    Args:
        ledger: the books.
        indicator: indicator id.
        period: name of the period.
        on: entries up to and including this day; default: all.
    Returns:
        Holder → amount, by holder; the contra accounts are left out.
    Raises:
        RuleError: the postings of this indicator and period are in several units.
    """
    sums, step = _sums(ledger, indicator=indicator, period=period, on=on)
    return {holder: amount * step for holder, amount in sums.items() if holder not in (OFFICIAL, DOUBLE)}


def find_overlap(ledger: Ledger, *, indicator: str, period: str, on: date | None = None) -> Fraction:
    """Find how far credit exceeds the official total, Σ credited − Σ official (重复计入). As `credited`."""
    sums, step = _sums(ledger, indicator=indicator, period=period, on=on)
    return -sums.get(DOUBLE, 0) * step


def _sums(ledger: Ledger, *, indicator: str, period: str, on: date | None) -> tuple[dict[str, int], Fraction]:
    head = credit_account(indicator, period, "")
    units = {
        entry.unit
        for entry in ledger.entries
        if entry.book == "assessment" and any(leg.account.startswith(head) for leg in entry.legs)
    }
    if len(units) > 1:
        raise RuleError([problem("credit-units", head, found=", ".join(sorted(units)))])
    if not units:
        return {}, Fraction(1)
    unit = units.pop()
    balances = ledger.trial_balance(book="assessment", unit=unit, on=on)
    step, _ = read_step(unit)
    return {name.removeprefix(head): sum_ for name, sum_ in balances.items() if name.startswith(head)}, step
