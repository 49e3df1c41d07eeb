"""Ranks with their uncertainty (名次区间图) and the schematic map of the contestants (示意图)."""

from __future__ import annotations

from typing import Any

from jinghe.report.figures.drawing import COLOURS, INK, MUTED, box, line, picture, say
from jinghe.report.format import show_interval, show_number, show_share, words

__all__ = ["draw_ranks", "draw_tiles"]

_LABEL, _CELL, _ROW, _TOP = 112, 34, 30, 46


def draw_ranks(document: dict[str, Any], lang: str) -> str:
    """Draw each contestant's probability of each rank, its interval as a frame and its rank as a dot."""
    rows = sorted(document["scores"], key=lambda row: (row["rank"], row["code"]))
    names = {j["code"]: words(j["name"], lang) for j in document["jurisdictions"]}
    n = len(rows)
    right = _LABEL + n * _CELL
    title = "名次及其 90% 区间" if lang == "zh" else "Ranks with their 90 % intervals"
    parts = [
        say(_LABEL + k * _CELL + _CELL / 2, _TOP - 10, str(k + 1), anchor="middle", size=12, colour=MUTED)
        for k in range(n)
    ]
    parts.append(
        say(
            _LABEL,
            16,
            "名次（颜色越深，可能性越大）" if lang == "zh" else "Rank (darker: more likely)",
            size=12,
            colour=MUTED,
        )
    )
    parts.append(say(right + 16, _TOP - 10, "得分" if lang == "zh" else "Score", size=12, colour=MUTED))
    parts.append(say(right + 76, _TOP - 10, "区间" if lang == "zh" else "Interval", size=12, colour=MUTED))
    for at, row in enumerate(rows):
        parts += _rank_row(row, names[row["code"]], y=_TOP + at * _ROW, right=right)
    return picture(right + 140, _TOP + n * _ROW + 12, parts, title=title)


def _rank_row(row: dict[str, Any], name: str, *, y: float, right: float) -> list[str]:
    parts = [say(_LABEL - 12, y + 20, name, anchor="end"), line(_LABEL, y + _ROW - 1, right, y + _ROW - 1)]
    for k, chance in enumerate(row["probability"]):
        hint = f"{name} · {k + 1}: {show_share(chance)}"
        parts.append(
            box(
                _LABEL + k * _CELL + 2,
                y + 4,
                _CELL - 4,
                _ROW - 9,
                fill=COLOURS["get"],
                opacity=0.04 + 0.86 * chance,
                hint=hint,
            )
        )
    left, width = _LABEL + (row["low"] - 1) * _CELL + 1, (row["high"] - row["low"] + 1) * _CELL - 2
    parts.append(box(left, y + 3, width, _ROW - 7, stroke=INK))
    x = _LABEL + (row["rank"] - 0.5) * _CELL
    parts.append(f'<circle cx="{x:.1f}" cy="{y + 14.5:.1f}" r="5" fill="#fff" stroke="{INK}" stroke-width="2.5"/>')
    parts.append(say(right + 16, y + 20, show_number(row["score"], 1), bold=True))
    parts.append(say(right + 76, y + 20, show_interval(row["low"], row["high"]), colour=MUTED))
    return parts


def draw_tiles(document: dict[str, Any], lang: str) -> str:
    """Draw contestants as tiles in their rough neighbourhood, shaded by score; schematic, not a map."""
    scores = {row["code"]: row for row in document["scores"]}
    tiles = [j for j in document["jurisdictions"] if j["column"] is not None and j["code"] in scores]
    side, gap = 104, 8
    values = [row["score"] for row in scores.values()]
    low, spread = min(values), (max(values) - min(values)) or 1.0
    left, top = min(j["column"] for j in tiles), min(j["row"] for j in tiles)
    parts = []
    for tile in tiles:
        row = scores[tile["code"]]
        x, y = (tile["column"] - left) * (side + gap) + 4, (tile["row"] - top) * (side + gap) + 4
        parts += _tile(
            row, words(tile["name"], lang), x=x, y=y, side=side, depth=(row["score"] - low) / spread, lang=lang
        )
    width = (max(j["column"] for j in tiles) - left + 1) * (side + gap)
    height = (max(j["row"] for j in tiles) - top + 1) * (side + gap)
    note = "方位示意，不是地图；颜色越深得分越高" if lang == "zh" else "Schematic, not a map; darker: higher score"
    parts.append(say(4, height + 16, note, size=12, colour=MUTED))
    return picture(max(width, 280), height + 24, parts, title=note)


def _tile(row: dict[str, Any], name: str, *, x: float, y: float, side: float, depth: float, lang: str) -> list[str]:
    ink = "#ffffff" if depth > 0.45 else INK
    place = f"第 {row['rank']} 名" if lang == "zh" else f"Rank {row['rank']}"
    span = show_interval(row["low"], row["high"])
    return [
        box(x, y, side, side, fill=_shade(depth)),
        say(x + 10, y + 26, name, size=15, colour=ink, bold=True),
        say(x + 10, y + 58, show_number(row["score"], 1), size=22, colour=ink),
        say(x + 10, y + 84, f"{place}（{span}）" if lang == "zh" else f"{place} ({span})", size=12, colour=ink),
    ]


def _shade(depth: float) -> str:
    """Mix from pale to deep blue in even steps of lightness."""
    pale, deep = (226, 236, 243), (11, 63, 102)
    return "#" + "".join(f"{round(a + (b - a) * depth):02x}" for a, b in zip(pale, deep, strict=True))
