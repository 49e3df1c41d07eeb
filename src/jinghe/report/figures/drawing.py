"""Small vocabulary for SVG (绘图): text, boxes, lines and ribbons with one look."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

__all__ = [
    "COLOURS",
    "INK",
    "LIGHTS",
    "MUTED",
    "PAPER",
    "SERIES",
    "box",
    "curve",
    "line",
    "mark",
    "picture",
    "ribbon",
    "say",
]

INK, MUTED, _RULE, PAPER = "#1c2733", "#5b6875", "#d5dbe1", "#ffffff"
_FONT = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC','Helvetica Neue',Arial,sans-serif"
# Okabe & Ito (2008): told apart by readers with any colour vision.
SERIES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
COLOURS = {"accent": "#0b4f7d", "pay": "#d55e00", "get": "#0072b2", "keep": "#8a94a0", "rule": _RULE}
# Each light has a colour and a shape, so that nothing hangs on colour alone.
LIGHTS = {"green": ("#00795a", "●"), "yellow": ("#b97a00", "▲"), "red": ("#c0392b", "■"), "grey": ("#6b7785", "○")}


def picture(width: int, height: int, parts: Iterable[str], *, title: str) -> str:
    """Wrap parts as a scalable picture with a title for screen readers."""
    body = "".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-label="{escape(title, quote=True)}" font-family="{_FONT}" font-size="13" fill="{INK}">'
        f"<title>{escape(title)}</title>{body}</svg>"
    )


def say(
    x: float, y: float, words: str, *, anchor: str = "start", size: float = 13, colour: str = INK, bold: bool = False
) -> str:
    """Write words with their baseline at (x, y)."""
    weight = ' font-weight="600"' if bold else ""
    style = f'text-anchor="{anchor}" font-size="{size:g}" fill="{colour}"{weight}'
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(words)}</text>'


def box(
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    fill: str = "none",
    stroke: str = "none",
    opacity: float = 1,
    hint: str = "",
) -> str:
    """Draw a rectangle; `hint` shows when the pointer rests on it."""
    tip = f"<title>{escape(hint)}</title>" if hint else ""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{max(height, 0):.1f}" rx="2" fill="{fill}" '
        f'stroke="{stroke}" fill-opacity="{opacity:.3f}">{tip}</rect>'
    )


def line(x1: float, y1: float, x2: float, y2: float, *, colour: str = _RULE, width: float = 1, dash: str = "") -> str:
    """Draw a straight line."""
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{width:g}"{dashes}/>'


def curve(points: Iterable[tuple[float, float]], *, colour: str, width: float = 2, dash: str = "") -> str:
    """Draw a line through points."""
    path = "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width:g}" stroke-linejoin="round"{dashes}/>'


def ribbon(start: tuple[float, float], end: tuple[float, float], *, width: float, colour: str, hint: str = "") -> str:
    """Draw a flow of constant width between two upright edges; points are the ribbon's upper corners."""
    (x1, y1), (x2, y2) = start, end
    middle = (x1 + x2) / 2
    upper = f"M{x1:.1f},{y1:.1f}C{middle:.1f},{y1:.1f} {middle:.1f},{y2:.1f} {x2:.1f},{y2:.1f}"
    low1, low2 = y1 + width, y2 + width
    lower = f"L{x2:.1f},{low2:.1f}C{middle:.1f},{low2:.1f} {middle:.1f},{low1:.1f} {x1:.1f},{low1:.1f}Z"
    return f'<path d="{upper}{lower}" fill="{colour}" fill-opacity="0.42"><title>{escape(hint)}</title></path>'


def mark(x: float, y: float, colour: str) -> str:
    """Draw the shape of a light, centred."""
    fill, _ = LIGHTS[colour]
    shapes = {
        "green": f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="{fill}"/>',
        "yellow": f'<path d="M{x:.1f},{y - 7:.1f}l7,12.5h-14z" fill="{fill}"/>',
        "red": f'<rect x="{x - 6:.1f}" y="{y - 6:.1f}" width="12" height="12" fill="{fill}"/>',
        "grey": f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{PAPER}" stroke="{fill}" stroke-width="2"/>',
    }
    return shapes[colour]
