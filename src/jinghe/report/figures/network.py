"""Who works with whom (协作网络图): actors on a ring, province beside province, ties as bows between them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from html import escape
from typing import Any

from jinghe.report.figures.drawing import COLOURS, INK, MUTED, PAPER, SERIES, line, picture, say
from jinghe.report.format import words

__all__ = ["draw_network"]

_WIDTH, _RING, _MARGIN, _GAP = 760, 200, 165, 1.5  # the gap between provinces, in places on the ring
_LONGEST = {"zh": 11, "en": 22}  # characters of a label
_TYPES = {
    "government": ("政府及其部门", "government"),
    "firm": ("企业", "firm"),
    "society": ("社会团体", "society"),
    "agency": ("机构", "agency"),
}
_CORNERS = {
    "firm": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "society": ((0, -1.2), (1.1, 0.8), (-1.1, 0.8)),
    "agency": ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
}
_Point = tuple[float, float]


def draw_network(figure: dict[str, Any], lang: str) -> str:
    """Draw the outline of a network: a mark per actor, its size by events and its shape by kind, ties by weight.

    Ties across provinces are drawn full, ties inside one are dashed; no place on the ring means anything else.
    """
    angles = _place(figure)
    centre = (_WIDTH / 2, _RING + _MARGIN)
    spots = {at: _spot(centre, _RING, angle) for at, angle in angles.items()}
    parts = [*_ties(figure, spots, centre, lang), *_provinces(figure, angles, centre, lang)]
    parts += [part for at in angles for part in _actor(figure["actors"][at], angles[at], spots[at], centre, lang)]
    top = 2 * centre[1] + 16
    parts += list(_legend(figure, top, lang))
    title = "协作网络" if lang == "zh" else "The network of cooperation"
    return picture(_WIDTH, round(top + 44), parts, title=title)


def _place(figure: dict[str, Any]) -> dict[int, float]:
    """Give every actor an angle: the provinces in turn, a gap after each, the most active in the middle of its own."""
    slots = len(figure["actors"]) + _GAP * len(figure["groups"])
    angles, slot = {}, 0.0
    for group in figure["groups"]:
        own = [at for at, actor in enumerate(figure["actors"]) if actor["group"] == group["id"]]
        for at in [*reversed(own[1::2]), *own[::2]]:
            angles[at] = 2 * math.pi * slot / slots - math.pi / 2
            slot += 1
        slot += _GAP
    return angles


def _spot(centre: _Point, radius: float, angle: float) -> _Point:
    return centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)


def _ties(figure: dict[str, Any], spots: dict[int, _Point], centre: _Point, lang: str) -> Iterator[str]:
    actors, heaviest = figure["actors"], max((tie[2] for tie in figure["ties"]), default=1.0)
    for a, b, weight, shared in sorted(figure["ties"], key=lambda tie: tie[2]):
        (x1, y1), (x2, y2) = spots[a], spots[b]
        bend = [(p + q) / 2 * 0.35 + c * 0.65 for p, q, c in zip((x1, y1), (x2, y2), centre, strict=True)]
        across = actors[a]["group"] != actors[b]["group"]
        style = f'stroke="{COLOURS["accent"] if across else COLOURS["keep"]}"' + (
            "" if across else ' stroke-dasharray="4 3"'
        )
        names = " – ".join(words(actors[end]["name"], lang) for end in (a, b))
        hint = f"{names}：{shared} 件" if lang == "zh" else f"{names}: {shared} events"
        yield (
            f'<path d="M{x1:.1f},{y1:.1f}Q{bend[0]:.1f},{bend[1]:.1f} {x2:.1f},{y2:.1f}" fill="none" {style} '
            f'stroke-opacity="0.55" stroke-width="{0.8 + 6 * math.sqrt(weight / heaviest):.1f}">'
            f"<title>{escape(hint)}</title></path>"
        )


def _actor(actor: dict[str, Any], angle: float, spot: _Point, centre: _Point, lang: str) -> Iterator[str]:
    name, size = words(actor["name"], lang), 3.5 + 1.3 * math.sqrt(actor["events"])
    hint = f"{name}：{actor['events']} 件" if lang == "zh" else f"{name}: {actor['events']} events"
    yield _mark(spot, size, actor["type"], hint)
    short = name if len(name) <= _LONGEST[lang] else name[: _LONGEST[lang] - 1] + "…"
    x, y = _spot(centre, _RING + 26, angle)
    turn, left = math.degrees(angle), math.cos(angle) < -1e-9
    label = say(x, y + 4, short, anchor="end" if left else "start", size=12)
    yield f'<g transform="rotate({turn + 180 * left:.1f} {x:.1f} {y:.1f})">{label}</g>'


def _mark(spot: _Point, size: float, kind: str, hint: str) -> str:
    (x, y), tip = spot, f"<title>{escape(hint)}</title>" if hint else ""
    style = f'fill="{PAPER}" stroke="{INK}" stroke-width="1.6"'
    if kind not in _CORNERS:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" {style}>{tip}</circle>'
    points = " ".join(f"{x + right * size:.1f},{y + down * size:.1f}" for right, down in _CORNERS[kind])
    return f'<polygon points="{points}" {style}>{tip}</polygon>'


def _provinces(figure: dict[str, Any], angles: dict[int, float], centre: _Point, lang: str) -> Iterator[str]:
    """An arc beside the actors of a province, with its name at the inner side of its middle."""
    for number, group in enumerate(figure["groups"]):
        own = [angles[at] for at, actor in enumerate(figure["actors"]) if actor["group"] == group["id"]]
        first, last = min(own) - 0.03, max(own) + 0.03
        (x1, y1), (x2, y2) = (_spot(centre, _RING + 17, angle) for angle in (first, last))
        colour, radius = SERIES[number % len(SERIES)], _RING + 17
        arc = f"M{x1:.1f},{y1:.1f}A{radius},{radius} 0 {int(last - first > math.pi)} 1 {x2:.1f},{y2:.1f}"
        yield f'<path d="{arc}" fill="none" stroke="{colour}" stroke-width="4"/>'
        if {one["id"] for one in figure["actors"] if one["group"] == group["id"]} == {group["id"]}:
            continue  # the province alone is named by its own mark
        x, y = _spot(centre, _RING - 46, (first + last) / 2)
        name = say(x, y + 4, words(group["name"], lang), anchor="middle", bold=True)
        yield f'<g stroke="{PAPER}" stroke-width="4" paint-order="stroke">{name}</g>'


def _legend(figure: dict[str, Any], top: float, lang: str) -> Iterator[str]:
    zh = lang == "zh"
    yield line(20, top - 4, 56, top - 4, colour=COLOURS["accent"], width=3)
    yield say(62, top, "跨省关系，线宽按权重" if zh else "tie across provinces, width by weight", size=12, colour=MUTED)
    yield line(290, top - 4, 326, top - 4, colour=COLOURS["keep"], width=2, dash="4 3")
    yield say(332, top, "省内关系" if zh else "tie inside a province", size=12, colour=MUTED)
    x = 470.0
    for kind in dict.fromkeys(actor["type"] for actor in figure["actors"]):
        yield _mark((x, top - 4), 5, kind, "")
        yield say(x + 12, top, _TYPES.get(kind, (kind, kind))[not zh], size=12, colour=MUTED)
        x += 110
    note = (
        "标记大小按参与事件数；环上的位置只按省排列。"
        if zh
        else "Marks are sized by events; places on the ring follow provinces only."
    )
    if figure["left_out"]:
        note += f"另有 {figure['left_out']} 个行动者未画出。" if zh else f" Actors not drawn: {figure['left_out']}."
    yield say(20, top + 24, note, size=12, colour=MUTED)
