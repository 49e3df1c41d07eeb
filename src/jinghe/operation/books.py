"""The assessment book of a compact (考核账): what each jurisdiction is credited with, for the contest alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import isnan

from jinghe.compact import Compact
from jinghe.errors import RuleError
from jinghe.labels import Text
from jinghe.ledger import Entry, Ledger, credited
from jinghe.panel import Observation, Panel
from jinghe.sharing import FEN, Agreement, Settlement, book_official, book_settlement, say_overlap, settle
from jinghe.units import Period, convert

__all__ = ["credit_panel", "say_credit"]

_WAN = Text("万元", "10k CNY")
_NOTE = "分计后的考核数 / credited for assessment"


def credit_panel(compact: Compact, *, panel: Panel, period: Period) -> Panel:
    """Put what jurisdictions are credited with in the place of their official figures (分计后的考核数).

    Every agreement of the assessment book that says what it credits is settled for each period that it covers and the
    panel holds, up to the scored one, and booked beside the official figures. Nothing of the money book is read. A
    period that cannot be settled keeps its official figures; `settle_all` says why.

    Args:
        compact: with its agreements.
        panel: the official figures.
        period: the scored period.
    Returns:
        The panel that the contest scores; the same one where no agreement credits anything.
    Raises:
        DataError: an official figure is no money, or finer than a fen.
    """
    changed: dict[object, Observation] = {}
    for (indicator, name), ledger in _books(compact, panel, period).items():
        for code, amount in credited(ledger, indicator=indicator, period=name).items():
            if item := panel.find(code, indicator, name):
                changed[item.key] = _put(item, amount)
    return Panel(tuple(changed.get(item.key, item) for item in panel.observations)) if changed else panel


def say_credit(compact: Compact, *, panel: Panel, settlement: Settlement) -> tuple[Text, ...]:
    """Say what is credited in all for the indicator of an agreement of the assessment book, and what of it twice."""
    agreement = next(one for one in compact.agreements if one.id == settlement.agreement)
    if agreement.crediting is None:
        return ()
    key = (agreement.crediting.indicator, settlement.period.name)
    book = _books(compact, panel, settlement.period).get(key)
    label = compact.contest.label(key[0]) if compact.contest else Text.of(key[0])
    return (say_overlap(book, indicator=key[0], period=key[1], label=label, unit=_WAN),) if book else ()


def _books(compact: Compact, panel: Panel, period: Period) -> dict[tuple[str, str], Ledger]:
    """The book of every indicator and period that agreements credit, beginning with the official figures."""
    books: dict[tuple[str, str], Ledger] = {}
    for agreement in compact.agreements:
        if (credit := agreement.crediting) is None or agreement.book != "assessment":
            continue
        for found in _settlements(agreement, compact, panel, period):
            key = (credit.indicator, found.period.name)
            book = books[key] if key in books else Ledger().post(*_official(compact, panel, *key))
            books[key] = book.post(*book_settlement(found, indicator=credit.indicator, mode=credit.mode))
    return books


def _settlements(agreement: Agreement, compact: Compact, panel: Panel, period: Period) -> Iterator[Settlement]:
    used = {series.indicator for series in agreement.data.values()}
    spans = {Period.of(item.period) for item in panel.observations if item.indicator in used}
    for span in sorted(one for one in spans if one.end <= period.end and agreement.reason_against(one) is None):
        try:
            yield settle(agreement, panel=panel, region=compact.region, period=span)
        except RuleError:
            continue  # `settle_all` says why


def _official(compact: Compact, panel: Panel, indicator: str, name: str) -> tuple[Entry, ...]:
    """The official figures of the contestants, as far as they are known."""
    last = Period.of(name).last
    found = {code: panel.find(code, indicator, name) for code in compact.region.contestants(on=last)}
    codes = [code for code, item in found.items() if item and not isnan(item.value)]
    return book_official(panel, indicator=indicator, period=name, codes=codes, unit=FEN, on=last)


def _put(item: Observation, amount: Fraction) -> Observation:
    """The observation with what is credited, in its own unit."""
    value = convert(amount, "万元", item.unit)
    printed = f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
    return replace(item, value=float(value), printed=printed, note=_NOTE)
