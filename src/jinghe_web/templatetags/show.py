"""Words, numbers, lights and links as templates show them; numbers go through the library's own formats."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from jinghe.labels import Text
from jinghe.report import figures
from jinghe.report.format import (
    show_cell,
    show_interval,
    show_margin,
    show_money,
    show_note,
    show_number,
    show_share,
    show_value,
    signed_money,
)
from jinghe.units import unit_name
from jinghe_web import words

__all__ = ["register"]

register = template.Library()
_FEN = "分"
_UNITLESS = {"", "share", "date", "word"}
SHAPES = {"green": "●", "yellow": "▲", "red": "■", "grey": "○"}


@register.simple_tag
def say(key: str, **values: object) -> str:
    """Say a phrase of `words.csv` in the language of the request."""
    return words.say(key, words.language(), **values)


@register.filter
def t(value: Any) -> str:
    """Pick the language of a bilingual value; one without words shows nothing."""
    has_words = any(value.values()) if isinstance(value, dict) else value
    return Text.of(value).get(words.language()) if has_words else ""


@register.filter
def remark(note: str) -> str:
    """Pick the language of a note of a table."""
    return show_note(note, words.language())


@register.filter
def place(code: str, names: dict[str, Any]) -> str:
    """Name a jurisdiction; an unknown code is shown as it is."""
    return t(names.get(code, code))


@register.filter
def term(value: object, kind: str) -> str:
    """Say a value of a closed list (`form`, `status`, …); one without words is shown as it is."""
    found = words.read_words().get(f"{kind}-{value}".replace("_", "-"))
    return found.get(words.language()) if found else str(value)


@register.filter
def number(value: float | None, digits: int = 2) -> str:
    """Round for the eye."""
    return show_number(value, digits)


@register.filter
def figure(value: float | None, unit: Any) -> str:
    """Show a figure with its unit."""
    return show_value(value, unit_of(unit))


@register.filter
def unit_of(unit: Any) -> str:
    """Name a unit in the language of the request."""
    return unit_name(t(unit), words.language())


@register.filter
def margin(error: float) -> str:
    """Show a Monte-Carlo error, with more digits when it would round to nothing."""
    return show_margin(error)


@register.filter
def share(value: float | None, digits: int = 0) -> str:
    """Show a share as a percentage."""
    return show_share(value, digits)


@register.filter
def cell(value: Any, column: dict[str, Any]) -> str:
    """Show a cell of a section's table as its column says."""
    return show_cell(value, column, words.language())


@register.filter
def money(fen: int) -> str:
    """Show money in 万元, in English in CNY 10k."""
    return show_money(fen, words.language())


@register.filter
def signed(fen: int) -> str:
    """Show money with its sign."""
    return signed_money(fen, words.language())


@register.filter
def span(period: str) -> str:
    """Show a period; the two ends of a span are joined by a word."""
    start, _, end = period.partition("..")
    return words.say("span", words.language(), start=start, end=end) if end else period


@register.filter
def interval(row: dict[str, Any]) -> str:
    """Show an interval of ranks."""
    return show_interval(row["low"], row["high"])


@register.filter
def printed(item: Any) -> str:
    """Show a figure as its source prints it, with its unit; the number where nothing was kept in print."""
    field = item.get if isinstance(item, dict) else lambda name: getattr(item, name)
    shown, unit = field("printed") or field("value"), "" if field("unit") in _UNITLESS else unit_of(field("unit"))
    return "—" if shown is None else f"{shown}{unit}" if unit == "%" else f"{shown} {unit}".strip()


@register.filter
def indicator(code: str, contest: dict[str, Any] | None) -> SafeString:
    """Name an indicator or another series of the contest beside its code; one without a name shows its code."""
    return format_html('{} <code class="small inline">{}</code>', _series_name(code, contest), code)


@register.filter
def series(code: str, contest: dict[str, Any] | None) -> str:
    """Name a series beside its code in plain words, for lists to choose from."""
    return f"{_series_name(code, contest)} {code}".strip()


def _series_name(code: str, contest: dict[str, Any] | None) -> str:
    known = contest["labels"] | {item["id"]: item["label"] for item in contest["indicators"]} if contest else {}
    return t(known[code]) if code in known else ""


@register.filter
def measured(item: dict[str, Any]) -> str:
    """Show an exact input of a trace: money from fen, anything else as it is written, with its unit."""
    value, unit = item["value"], item["unit"]
    if unit == _FEN and isinstance(value, str) and value.lstrip("-").isdigit():
        return money(int(value))
    shown = ", ".join(value) if isinstance(value, list) else str(value)
    return shown if unit in _UNITLESS else f"{shown} {unit_of(unit)}"


@register.simple_tag
def light(colour: str) -> SafeString:
    """Show a light: colour, shape and word together."""
    word = words.say(f"light-{colour}", words.language())
    return format_html(
        '<span class="light {}"><span class="shape" aria-hidden="true">{}</span>{}</span>', colour, SHAPES[colour], word
    )


@register.simple_tag
def shape(colour: str) -> str:
    """Return the shape of a light."""
    return SHAPES[colour]


@register.simple_tag
def cite(source: str, sources: dict[str, Any]) -> SafeString:
    """Point to a source in the list at the foot of the page."""
    found = sources.get(source)
    if not found:
        return format_html("{}", source)
    return format_html('<a class="cite" href="#source-{}" title="{}">{}</a>', source, t(found["cite"]), source)


@register.simple_tag
def address_of(path: str, case: str, document: dict[str, Any]) -> str:
    """Return the page where the evidence named by a path of the result stands; empty when there is none."""
    root, _, rest = path.partition(".")
    pages = {"contracts": "contracts", "agreements": "settlements", "settlements": "settlements"}
    pages |= {"data": "sources", "region": "sources", "flags": "findings"}
    if path.startswith("evidence.findings"):
        root = "data"
    if path == "data.joint_items" and any(part["id"] == "timeline" for part in document["sections"]):
        root, rest = "evidence", "timeline"
    pages |= {"contest": "contest"} if document["contest"] else {}
    pages |= {"simulate": "forecast", "forecast": "forecast"} if document["forecast"] else {}
    pages |= dict.fromkeys(("evidence", "standards", "projects"), "evidence") if document["sections"] else {}
    if root not in pages:
        return ""
    anchor = f"#{rest.split('.')[0]}" if root in ("contracts", "evidence") and rest else ""
    return reverse(pages[root], args=[case]) + anchor


@register.simple_tag
def flow_picture(statement: dict[str, Any]) -> SafeString:
    """Draw who pays whom; the drawing escapes its words itself."""
    return mark_safe(figures.draw_flows(statement, words.language()))  # noqa: S308


@register.simple_tag
def figure_picture(figure: dict[str, Any]) -> SafeString:
    """Draw the picture of a section or table; the drawing escapes its words itself."""
    return mark_safe(figures.draw_figure(figure, words.language()))  # noqa: S308


@register.simple_tag
def forecast_picture(forecast: dict[str, Any]) -> SafeString:
    """Draw the forecast; the drawing escapes its words itself."""
    return mark_safe(figures.draw_forecast(forecast, words.language()))  # noqa: S308
