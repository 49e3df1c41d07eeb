"""Ratings as bars on both sides of the middle (李克特图): drawn as SVG, and painted as PNG for word processors."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from jinghe.report.figures.drawing import INK, MUTED, PAPER, box, line, picture, say
from jinghe.report.format import show_share, words

__all__ = ["draw_likert", "likert_colours", "paint_likert", "place_likert"]

# From one end to the other through grey; blue and orange are told apart by readers with any colour vision.
_LOW, _MIDDLE, _HIGH = (192, 86, 0), (205, 210, 216), (0, 92, 150)
_LABEL, _WIDTH, _ROW, _TOP, _LEGEND = 230, 460, 32, 34, 20
_Span = tuple[float, float]


def likert_colours(count: int) -> tuple[str, ...]:
    """Return one colour per option, from the low end to the high end.

    >>> likert_colours(3)
    ('#c05600', '#cdd2d8', '#005c96')
    """
    return tuple("#" + "".join(f"{part:02x}" for part in rgb) for rgb in _mix(count))


def _mix(count: int) -> list[tuple[int, ...]]:
    found = []
    for at in np.linspace(-1, 1, count):
        end = _LOW if at < 0 else _HIGH
        found.append(tuple(round(a + (b - a) * abs(float(at))) for a, b in zip(_MIDDLE, end, strict=True)))
    return found


def place_likert(rows: Sequence[Sequence[float]]) -> tuple[tuple[tuple[_Span, ...], ...], float]:
    """Place the bars: per row and option start and width, as shares of the whole picture, and where the middle lies.

    The middle option, or the border between the two middle ones, stands on one line in all rows.

    >>> spans, middle = place_likert([[0.25, 0.5, 0.25]])
    >>> spans[0], middle
    (((0.0, 0.25), (0.25, 0.5), (0.75, 0.25)), 0.5)
    """
    left = [_below(row) for row in rows]
    right = [sum(row) - part for row, part in zip(rows, left, strict=True)]
    width, most = (max(left) + max(right)) or 1.0, max(left)
    placed = []
    for row, part in zip(rows, left, strict=True):
        starts = np.cumsum([most - part, *row[:-1]])
        placed.append(tuple((float(start) / width, share / width) for start, share in zip(starts, row, strict=True)))
    return tuple(placed), most / width


def _below(row: Sequence[float]) -> float:
    half = len(row) // 2
    return sum(row[:half]) + (row[half] / 2 if len(row) % 2 else 0.0)


def draw_likert(figure: Mapping[str, Any], lang: str) -> str:
    """Draw the answers to rating items: one bar per item, its options from low to high around the middle.

    Args:
        figure: `title`, `options`, and `rows` of `label`, `n`, `shares`, as a survey table carries them.
        lang: zh or en.
    """
    rows = [row for row in figure["rows"] if row["n"]]
    options, colours = [words(option, lang) for option in figure["options"]], likert_colours(len(figure["options"]))
    placed, middle = place_likert([row["shares"] for row in rows]) if rows else ((), 0.5)
    bottom = _TOP + len(rows) * _ROW
    parts = [_legend(options, colours)]
    for at, (row, spans) in enumerate(zip(rows, placed, strict=True)):
        y, label = _TOP + at * _ROW, words(row["label"], lang)
        parts.append(say(_LABEL - 10, y + 20, _short(label), anchor="end"))
        for (start, width), colour, option, share in zip(spans, colours, options, row["shares"], strict=True):
            x, wide = _LABEL + start * _WIDTH, width * _WIDTH
            parts.append(box(x, y + 4, wide, _ROW - 8, fill=colour, hint=f"{label} · {option}: {show_share(share, 1)}"))
            if wide >= 30:
                ink = PAPER if colour in {colours[0], colours[-1]} else INK
                parts.append(say(x + wide / 2, y + 20, show_share(share), anchor="middle", size=11, colour=ink))
        parts.append(say(_LABEL + _WIDTH + 8, y + 20, f"n={row['n']}", size=11, colour=MUTED))
    x = _LABEL + middle * _WIDTH
    parts.append(line(x, _TOP, x, bottom, colour=INK, dash="3 3"))
    return picture(_LABEL + _WIDTH + 70, bottom + 12, parts, title=words(figure["title"], lang))


def _legend(options: Sequence[str], colours: Sequence[str]) -> str:
    parts, x = [], float(_LABEL)
    for option, colour in zip(options, colours, strict=True):
        parts += [box(x, 8, 12, 12, fill=colour), say(x + 16, 18, option, size=12, colour=MUTED)]
        x += 28 + sum(12 if ord(letter) > 255 else 7 for letter in option)
    return "".join(parts)


def _short(label: str, most: int = 32) -> str:
    """Cut a long question so that it fits beside its bar; the whole of it is in the hint."""
    wide = 0
    for at, letter in enumerate(label):
        wide += 2 if ord(letter) > 255 else 1
        if wide > most:
            return f"{label[: at - 1]}…"
    return label


def paint_likert(spans: Sequence[_Span], middle: float, *, width: int = 600, height: int = 28) -> bytes:
    """Paint one bar as a PNG picture, for word processors that show no SVG.

    Args:
        spans: start and width of each option, as `place_likert` placed them.
        middle: where the middle line lies.
        width: in pixels.
        height: in pixels.
    """
    pixels = np.full((height, width, 3), 255, dtype=np.uint8)
    for (start, wide), rgb in zip(spans, _mix(len(spans)), strict=True):
        pixels[2:-2, round(start * width) : round((start + wide) * width)] = rgb
    at = min(width - 1, round(middle * width))
    pixels[:, at] = 60
    return _png(pixels)


def _png(pixels: np.ndarray[Any, np.dtype[np.uint8]]) -> bytes:
    height, width, _ = pixels.shape
    raw = b"".join(b"\0" + row.tobytes() for row in pixels)
    parts = [
        (b"IHDR", struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(raw, 9)),
        (b"IEND", b""),
    ]
    blocks = [
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(blocks)
