"""How numbers are shown (显示): the only place of the product that rounds."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from jinghe.labels import Text

__all__ = [
    "show_cell",
    "show_interval",
    "show_margin",
    "show_money",
    "show_note",
    "show_number",
    "show_share",
    "show_value",
    "signed_money",
    "words",
]

_NOTHING = "—"


def show_number(value: float | None, digits: int = 2) -> str:
    """Round for the eye, with thousands separators; undefined is a dash, never 0.

    >>> show_number(1234.567), show_number(-0.5), show_number(-0.001), show_number(float("nan"))
    ('1,234.57', '−0.50', '0.00', '—')
    """
    if value is None or not math.isfinite(value):
        return _NOTHING
    return _signed(f"{value:,.{digits}f}")


def _signed(text: str) -> str:
    """Write the minus sign as in print; what rounds to nothing has no sign."""
    plain = text.lstrip("-")
    return plain if plain == text or not plain.strip("0.%") else f"−{plain}"


def show_value(value: float | None, unit: str) -> str:
    """Show a figure with as many digits as its size needs, then its unit.

    >>> show_value(46523.7, "元/人"), show_value(-0.0123, "log points"), show_value(-0.000013, "log points")
    ('46,524 元/人', '−0.0123 log points', '−0.000013 log points')
    """
    if value is None or not math.isfinite(value):
        return _NOTHING
    gap = "" if unit == "%" else " "
    return f"{show_number(value, _digits(value))}{gap}{unit}".strip()


def _digits(value: float) -> int:
    size = abs(value)
    if size >= 1000 or float(value).is_integer():
        return 0
    if size >= 1 or math.isclose(size, round(size, 2), abs_tol=1e-9):
        return 2
    return 4 if size >= 0.0001 else 6


def show_share(value: float | None, digits: int = 0) -> str:
    """Show a share 0–1 as a percentage.

    >>> show_share(0.905), show_share(None)
    ('90%', '—')
    """
    if value is None or not math.isfinite(value):
        return _NOTHING
    return _signed(f"{value * 100:.{digits}f}%")


def show_money(fen: int, lang: str) -> str:
    """Show money exactly: in 万元 where two decimals hold it, else in 元; in English always in CNY.

    >>> show_money(17237000000, "zh"), show_money(66666667, "zh"), show_money(-17237000050, "en")
    ('17,237 万元', '666,666.67 元', '−CNY 172,370,000.50')
    """
    sign = "−" if fen < 0 else ""
    if lang == "zh" and fen % 10**4 == 0:
        return f"{sign}{_decimal(abs(fen) // 10**4)} 万元"
    digits = _decimal(abs(fen))
    return f"{sign}{digits} 元" if lang == "zh" else f"{sign}CNY {digits}"


def _decimal(hundredths: int) -> str:
    whole, rest = divmod(hundredths, 100)
    return f"{whole:,}" + (f".{rest:02d}" if rest else "")


def signed_money(fen: int, lang: str) -> str:
    """Show money with its sign, for nets (净额)."""
    return ("+" if fen > 0 else "") + show_money(fen, lang)


def show_cell(value: Any, column: Mapping[str, Any], lang: str) -> str:
    """Show a cell of a table of the document (`jinghe.exhibit`) as its column says; what is undefined is a dash.

    >>> show_cell(0.256, {"kind": "share", "digits": 1}, "en"), show_cell(None, {"kind": "text"}, "zh")
    ('25.6%', '—')
    """
    if value is None or isinstance(value, str):
        return value or _NOTHING
    if isinstance(value, Mapping):
        return value[lang] or _NOTHING  # as written: a blank cell is empty, not undefined
    if column["kind"] == "money":
        return show_money(value, lang)
    if column["kind"] == "share":
        return show_share(value, column["digits"])
    return show_number(value, column["digits"]) if isinstance(value, float) else f"{value:,}"


def show_interval(low: int, high: int) -> str:
    """Show an interval of ranks; one rank alone stands alone.

    >>> show_interval(1, 3), show_interval(2, 2)
    ('1–3', '2')
    """
    return f"{low}–{high}" if low != high else str(low)


def show_margin(error: float) -> str:
    """Show a Monte-Carlo error, with more digits when it would round to nothing.

    >>> show_margin(0.0123), show_margin(0.00009)
    ('±0.012', '±0.00009')
    """
    return f"±{show_number(error, 3 if error >= 0.0005 or not error else 5)}"


def show_note(note: str, lang: str) -> str:
    """Pick the language of a note of a table, which is written `中文 / English`; one without the slash serves for both.

    >>> show_note("未存地址 / no address kept", "en"), show_note("未存地址", "en")
    ('no address kept', '未存地址')
    """
    zh, slash, en = note.partition(" / ")
    return note if not slash else zh if lang == "zh" else en


def words(value: Mapping[str, Any] | Text | str, lang: str) -> str:
    """Pick the language of a bilingual value of the result document."""
    return Text.of(value).get(lang)
