"""Change one value in the text of a YAML file and nothing else (改写): comments, order and spacing stay."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from jinghe.compact.document import Document, Spot, Steps
from jinghe.compact.path import take

__all__ = ["insert_key", "render_value", "replace_each", "replace_value"]

_PLAIN = re.compile(r"[^\W\d_][\w ./·—-]*(?<! )")
_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}


def render_value(value: Any) -> str:
    """Write a value in flow style, so that it reads back as the same value.

    >>> render_value({date(2021, 1, 1): 0.6, "unit": "万元", "codes": ["140100"]})
    '{2021-01-01: 0.6, unit: 万元, codes: ["140100"]}'
    """
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{render_value(key)}: {render_value(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(render_value(item) for item in value) + "]"
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        shown = repr(value)
        return re.sub(r"^(-?\d+)e", r"\1.0e", shown)  # YAML wants the point
    if isinstance(value, int):
        return str(value)
    return value if _PLAIN.fullmatch(value) and value.lower() not in _WORDS else _quote(value)


def replace_value(document: Document, steps: Steps, value: Any) -> str:
    """Return the text of a document with one existing value replaced; see `replace_each`."""
    return replace_each(document, {steps: value})


def replace_each(document: Document, values: Mapping[Steps, Any]) -> str:
    r"""Return the text of a document with existing values replaced; all other characters stay.

    No place may lie inside another.

    >>> from jinghe.compact.document import parse_document
    >>> document, _ = parse_document("weights: {a: 0.6, b: 0.4}  # why\n", file="")
    >>> replace_each(document, {("weights", "a"): 0.5, ("weights", "b"): 0.5})
    'weights: {a: 0.5, b: 0.5}  # why\n'
    """
    text = document.text
    for steps in sorted(values, key=lambda place: document.spots[place].start, reverse=True):
        old, value, spot = take(document.tree, steps), values[steps], document.spots[steps]
        if old == value and type(old) is type(value):
            continue
        if _starts_below(spot, text):  # an indented collection: its key's line keeps its comment, the lines below go
            colon = text.index(":", spot.key[1]) + 1
            text = f"{text[:colon]} {render_value(value)}{text[colon : _line_end(text, colon)]}{text[spot.end :]}"
        else:
            gap = "" if text[spot.start - 1 : spot.start] in (" ", "[", "\n", "") else " "
            text = text[: spot.start] + gap + render_value(value) + text[spot.end :]
    return text


def insert_key(document: Document, steps: Steps, value: Any) -> str:
    r"""Return the text with a new key in a mapping: a date in its order, any other key at the end.

    >>> from jinghe.compact.document import parse_document
    >>> document, _ = parse_document("growth: {2021-01-01: 0.6, 2025-01-01: 0.4}\n", file="")
    >>> insert_key(document, ("growth", date(2023, 1, 1)), 0.5)
    'growth: {2021-01-01: 0.6, 2023-01-01: 0.5, 2025-01-01: 0.4}\n'
    """
    *parent, key = steps
    home, text = tuple(parent), document.text
    entry = f"{render_value(key)}: {render_value(value)}"
    keys = list(take(document.tree, home))
    later = [one for one in keys if isinstance(one, date) and isinstance(key, date) and one > key]
    if not keys:
        return replace_value(document, home, {key: value})
    is_flow = document.spots[home].flow if home else False
    if later:
        at = document.spots[(*home, later[0])].key[0]
        return text[:at] + entry + (", " if is_flow else "\n" + _indent(text, at)) + text[at:]
    last = document.spots[(*home, keys[-1])]
    if is_flow:
        return f"{text[: last.end]}, {entry}{text[last.end :]}"
    at = _line_end(text, last.end)
    return f"{text[:at]}\n{_indent(text, last.key[0])}{entry}{text[at:]}"


def _quote(words: str) -> str:
    return '"' + "".join(one if one.isprintable() and one not in '"\\' else _escape(one) for one in words) + '"'


def _escape(one: str) -> str:
    known = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
    code = ord(one)
    return known.get(one) or (
        f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
    )


def _starts_below(spot: Spot, text: str) -> bool:
    return not spot.flow and spot.key[1] > 0 and "\n" in text[spot.key[1] : spot.start]


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found


def _indent(text: str, at: int) -> str:
    """The spaces before a key; the dash of a list item counts as one."""
    start = text.rfind("\n", 0, at) + 1
    return " " * (at - start)
