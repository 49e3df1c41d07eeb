"""The assessment book of a compact (考核账): what each jurisdiction is credited with, for the contest alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from jinghe.compact import Compact
from jinghe.errors import RuleError
from jinghe.labels import Text
from jinghe.ledger import Ledger, credited
from jinghe.panel import Observation, Panel
from jinghe.sharing import Settlement, book_official, book_settlement, say_overlap, settle
from jinghe.units import Period, convert

__all__ = ["credit_panel", "say_credit"]

_YUAN = Text("元", "CNY")


def credit_panel(compact: Compact, *, panel: Panel, period: Period) -> Panel:
    """Put what jurisdictions are credited with in the place of their official figures (分计后的考核数).

    Every agreement of the assessment book is settled for each period that it covers and the panel holds, up to the
    scored one, and booked beside the official figures. Nothing of the money book is read. A period that cannot be
    settled keeps its official figures; `settle_all` says why.

    Args:
        compact: with its agreements.
        panel: the official figures.
        period: the scored period.
    Returns:
        The panel that the contest scores; the same one where no agreement credits anything.
    Raises:
        DataError: an official figure is finer than a fen.
    """
    changed: dict[object, Observation] = {}
    for (indicator, name), ledger in _books(compact, panel, period).items():
        for code, yuan in _amounts(ledger, indicator, name).items():
            if item := panel.find(code, indicator, name):
                changed[item.key] = _credited(item, yuan)
    return Panel(tuple(changed.get(item.key, item) for item in panel.observations)) if changed else panel


def say_credit(compact: Compact, *, panel: Panel, settlement: Settlement) -> tuple[Text, ...]:
    """Say of each indicator that a settlement of the assessment book moves: what is credited, and what of it twice."""
    if settlement.book != "assessment":
        return ()
    return tuple(
        say_overlap(ledger, indicator=indicator, period=name, label=Text(indicator, indicator), unit=_FEN)
        for (indicator, name), ledger in _books(compact, panel, settlement.period).items()
        if name == settlement.period.name
    )


def _books(compact: Compact, panel: Panel, period: Period) -> dict[tuple[str, str], Ledger]:
    """The book of every indicator and period that agreements credit, beginning with the official figures."""
    books: dict[tuple[str, str], Ledger] = {}
    for found, mode in _settlements(compact, panel, period):
        for indicator, entries in book_settlement(found, mode=mode).items():
            key = (indicator, found.period.name)
            book = books[key] if key in books else Ledger().post(*_official(panel, *key))
            books[key] = book.post(*entries)
    return books


def _settlements(compact: Compact, panel: Panel, period: Period) -> Iterator[tuple[Settlement, str]]:
    for agreement in compact.agreements:
        if agreement.book != "assessment" or agreement.status != "in_force":
            continue
        used = {series.indicator for series in agreement.data.values()}
        spans = {Period.of(item.period) for item in panel.observations if item.indicator in used}
        for span in sorted(one for one in spans if one.end <= period.end and agreement.is_in_force(one)):
            try:
                yield settle(agreement, panel=panel, region=compact.region, period=span), agreement.credit
            except RuleError:
                continue


def _official(panel: Panel, indicator: str, name: str) -> tuple[Entry, ...]:
    codes = [i.jurisdiction for i in panel.observations if (i.indicator, Period.of(i.period).name) == (indicator, name)]
    known = [code for code in dict.fromkeys(codes) if isfinite(getattr(panel.find(code, indicator, name), "value", nan))]
    on = Period.of(name).last
    return book_official(panel, indicator=indicator, period=name, codes=known, unit="fen", on=on)
