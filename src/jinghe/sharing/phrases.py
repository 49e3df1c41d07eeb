"""Figures, amounts, periods and parties in words (用语), in Chinese and English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from jinghe.labels import Text
from jinghe.sharing.trace import Input
from jinghe.units import Period, unit_name

__all__ = [
    "amount_words",
    "figure_words",
    "number_words",
    "party_words",
    "period_words",
    "printed_words",
    "stated_words",
    "status_words",
    "unit_words",
]

_STATUS = {
    "reported": Text("公布数", "as published"),
    "verified": Text("核实数", "verified"),
    "estimated": Text("推算数", "estimated"),
    "revised": Text("修订数", "revised"),
    "assumed": Text("假定数", "assumed"),
    "synthetic": Text("合成数", "synthetic"),
}
# Not `calendar.month_name`: that follows the locale of the machine.
_MONTHS = ["", "January", "February", "March", "April", "May", "June", "July"]
_MONTHS += ["August", "September", "October", "November", "December"]
_UNITS = {"points": Text("分", "points"), "years": Text("年", "years"), "class": Text("类", "class")}
_BARE = ("share", "1", "choice", "date", "list")
_ASSUMED = Text("（假定）", " (assumed)")
_FEN = "分"


def amount_words(fen: int, lang: str) -> str:
    """Write an amount exactly: 万元 in Chinese, yuan in English.

    >>> amount_words(2640_00_0000, "zh"), amount_words(100_000_001, "zh"), amount_words(5, "en")
    ('2,640.00 万元', '100.000001 万元', 'CNY 0.05')
    """
    if fen < 0:
        return f"−{amount_words(-fen, lang)}"
    if lang == "en":
        return f"CNY {fen // 100:,}.{fen % 100:02d}"
    digits = re.sub("0{1,4}$", "", f"{fen % 10**6:06d}")
    return f"{fen // 10**6:,}.{digits} 万元"


def party_words(key: str, name: Text, lang: str) -> str:
    """Name a party inside a sentence; a pool or outside party takes the article in English.

    >>> party_words("park:pool", Text("专户", "clearing account"), "en")
    'the clearing account'
    """
    return f"the {name.en}" if lang == "en" and ":" in key else name.get(lang)


def period_words(name: str, lang: str) -> str:
    """Say a period as people do: years, months of one or two years, else as written.

    >>> period_words("2010-01..2010-09", "zh"), period_words("2010-01..2010-09", "en"), period_words("2021", "zh")
    ('2010年1—9月', 'January–September 2010', '2021年')
    """
    period = Period.of(name)
    first, last = period.start, period.last
    if (first.day, period.end.day) != (1, 1):
        return name
    one_year = first.year == last.year
    if (first.month, last.month) == (1, 12):
        years = str(first.year) if one_year else f"{first.year}—{last.year}"
        return f"{years}年" if lang == "zh" else years.replace("—", "–")
    if lang == "zh":
        tail = f"—{last.month}" if one_year else f"月—{last.year}年{last.month}"
        return f"{first.year}年{first.month}{'' if period.months == 1 else tail}月"
    head = _MONTHS[first.month] if one_year else f"{_MONTHS[first.month]} {first.year}"
    end = f"{_MONTHS[last.month]} {last.year}"
    return end if period.months == 1 else f"{head}–{end}"


def number_words(value: Fraction, unit: str, lang: str) -> str:
    """Write a computed number with its unit: money in full, a whole number as it is, else to six decimals.

    >>> number_words(Fraction(1, 3), "1", "en"), number_words(Fraction(3), "t", "en")
    ('0.333333', '3 t')
    """
    if unit == _FEN:
        return amount_words(round(value), lang)
    shown = str(value) if value.denominator == 1 else f"{float(value):.6f}".rstrip("0")
    return shown if unit in _BARE else f"{shown} {unit_words(unit, lang)}"


def figure_words(items: Sequence[Input], lang: str) -> str:
    """Name the figures with their status and source; the figures of months are listed."""
    first = items[0]
    status = status_words(first.detail["status"], lang)
    if len(items) == 1:
        shown = printed_words(first, lang)
    else:
        gap = "、" if lang == "zh" else ", "
        shown = gap.join(f"{period_words(item.detail['period'], lang)} {printed_words(item, lang)}" for item in items)
    if lang == "zh":
        return f"{first.label.zh} {shown}，{status}，来源：{first.cite.zh}"
    return f"{first.label.en} {shown}, {status}, source: {first.cite.en}"


def status_words(status: str, lang: str) -> str:
    """Name the status of a figure; an unknown one stays as it is.

    >>> status_words("reported", "zh")
    '公布数'
    """
    return _STATUS[status].get(lang) if status in _STATUS else status


def stated_words(item: Input, source: str, lang: str) -> str:
    """Name a parameter and its value; its source only where it is not `source`; an assumed one says so."""
    assumed = _ASSUMED.get(lang) if item.detail.get("confidence") == "assumed" else ""
    shown = f"{item.label.get(lang)} {printed_words(item, lang)}{assumed}"
    if item.source == source:
        return shown
    return f"{shown}，来源：{item.cite.zh}" if lang == "zh" else f"{shown}, source: {item.cite.en}"


def printed_words(item: Input, lang: str) -> str:
    """Show a figure as printed; money in English is written out in yuan."""
    unit, printed = item.detail["unit"], item.detail["printed"]
    if choice := item.detail.get(f"choice_{lang}"):
        return choice
    if lang == "en" and item.unit == _FEN:
        values = item.value if isinstance(item.value, tuple) else (item.value,)
        shown = ", ".join(amount_words(round(value), lang) for value in values if isinstance(value, Fraction))
        return f"{shown} per {unit.split('/', 1)[1]}" if "/" in unit else shown
    if unit in _BARE or not printed[-1:].isdigit():
        return printed  # it bears its own unit
    if unit == "class" and lang == "en":
        return f"class {printed}"
    return f"{printed} {unit_words(unit, lang)}"


def unit_words(unit: str, lang: str) -> str:
    """Name a unit, and each side of a rate.

    >>> unit_words("points", "zh"), unit_words("万元/µg", "en")
    ('分', '10k CNY/µg')
    """
    whole = unit_name(unit, lang)
    if whole != unit or "/" not in unit:
        return _UNITS[unit].get(lang) if unit in _UNITS else whole
    return "/".join(unit_words(side, lang) for side in unit.split("/"))
