"""The light wall: every contract on one time axis (亮灯墙)."""

from __future__ import annotations

from datetime import date
from typing import Any

from jinghe.report.figures.drawing import COLOURS, INK, LIGHTS, MUTED, box, line, mark, picture, say
from jinghe.report.format import words
from jinghe.report.vocabulary import LIGHT_NAMES

__all__ = ["draw_lights"]

_LABEL, _WIDTH, _ROW, _TOP = 330, 560, 34, 34


def draw_lights(document: dict[str, Any], lang: str) -> str:
    """Draw each contract's light now, the spans of its earlier lights and its published due date."""
    contracts = document["contracts"]
    days = [date.fromisoformat(c["on"]) for row in contracts for c in row["history"]]
    dues = [date.fromisoformat(row["due"]) for row in contracts if row["due"]]
    end = date.fromisoformat(document["lights_on"])
    first = date(min([*days, *dues, end]).year, 1, 1)
    final = date(max([*days, *dues, end]).year + 1, 1, 1)

    def at(day: date) -> float:
        return _LABEL + _WIDTH * (day - first).days / (final - first).days

    bottom = _TOP + len(contracts) * _ROW
    step = max(1, (final.year - first.year) // 9)
    parts = []
    for year in range(first.year, final.year, step):
        x = at(date(year, 1, 1))
        parts += [line(x, _TOP - 6, x, bottom), say(x + 4, _TOP - 12, str(year), size=12, colour=MUTED)]
    parts.append(line(at(end), _TOP - 6, at(end), bottom, colour=INK, dash="3 3"))
    for index, row in enumerate(contracts):
        parts += _contract_row(row, y=_TOP + index * _ROW, end=end, at=at, lang=lang)
    parts.append(say(_LABEL, bottom + 22, _legend(lang), size=12, colour=MUTED))
    return picture(_LABEL + _WIDTH + 96, bottom + 32, parts, title="契约亮灯" if lang == "zh" else "Contract lights")


def _contract_row(row: dict[str, Any], *, y: float, end: date, at: Any, lang: str) -> list[str]:
    title = words(row["title"], lang)
    limit = 21 if lang == "zh" else 42
    parts = [
        mark(16, y + 16, row["colour"]),
        say(32, y + 21, title if len(title) <= limit else title[: limit - 1] + "…"),
        line(_LABEL - 8, y + _ROW - 1, _LABEL + _WIDTH + 88, y + _ROW - 1),
        say(
            _LABEL + _WIDTH + 10,
            y + 21,
            LIGHT_NAMES[row["colour"]].get(lang),
            size=12,
            colour=LIGHTS[row["colour"]][0],
            bold=True,
        ),
    ]
    changes = [(date.fromisoformat(c["on"]), c) for c in row["history"]]
    stops = [*(day for day, _ in changes), end][1:]
    for (start, change), stop in zip(changes, stops, strict=True):
        hint = f"{start} {words(change['reason'], lang)}"
        parts.append(
            box(at(start), y + 11, at(stop) - at(start), 10, fill=LIGHTS[change["colour"]][0], opacity=0.55, hint=hint)
        )
        parts.append(mark(at(start), y + 16, change["colour"]))
    if row["due"]:
        x = at(date.fromisoformat(row["due"]))
        parts += [line(x, y + 4, x, y + 28, colour=INK, width=2), box(x - 3, y + 2, 6, 4, fill=INK)]
    return parts if changes else [*parts, box(_LABEL, y + 15, _WIDTH, 2, fill=COLOURS["rule"])]


def _legend(lang: str) -> str:
    shapes = "  ".join(f"{LIGHTS[colour][1]} {name.get(lang)}" for colour, name in LIGHT_NAMES.items())
    tail = "┃ 公布的期限  ┆ 截至日" if lang == "zh" else "┃ published due date  ┆ as of"
    return f"{shapes}  {tail}"
