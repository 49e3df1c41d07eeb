"""Courses of the region (路径图): a panel a variable, a line a set of rules, a mark where rules change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jinghe.report.figures.drawing import COLOURS, MUTED, SERIES, curve, line, picture, say
from jinghe.report.format import show_number, words

__all__ = ["draw_courses"]

_WIDE, _TALL, _LEFT, _GAP, _ROW = 300, 170, 46, 62, 20
_DASHES = ("", "7 4", "2 3", "10 3 2 3", "4 2")
_NOTE = {
    "zh": "未校准，只比较规则；线为均值，阴影为 5%—95%",
    "en": "Uncalibrated: compares rules. Line: mean; shade: 5–95 %",
}


def draw_courses(figure: dict[str, Any], lang: str) -> str:
    """Draw the mean course of every set of rules with the 5–95 % band of its replications.

    Args:
        figure: of a section of `show_study`: title, runs, perhaps a mark.
        lang: zh or en.
    """
    runs = figure["runs"]
    variables = list(runs[0]["variables"])
    top = 44 + _ROW * len(runs)
    parts: list[str] = []
    for at, run in enumerate(runs):
        y = 16 + _ROW * at
        parts += [curve([(_LEFT, y), (_LEFT + 30, y)], colour=_colour(at), width=3, dash=_dash(at))]
        parts += [say(_LEFT + 40, y + 4, words(run["label"], lang))]
    width = _LEFT + len(variables) * (_WIDE + _GAP) - _GAP + 16
    parts.append(say(width - 16, 20, _NOTE[lang], anchor="end", size=12, colour=MUTED))
    for at, name in enumerate(variables):
        parts += _panel(figure, name, left=_LEFT + at * (_WIDE + _GAP), top=top, lang=lang)
    return picture(width, top + _TALL + 34, parts, title=words(figure["title"], lang))


def _panel(figure: dict[str, Any], name: str, *, left: float, top: float, lang: str) -> Iterator[str]:
    runs = figure["runs"]
    series, periods = [run["variables"][name] for run in runs], runs[0]["periods"]
    high = max(max(one["high"]) for one in series) or 1.0
    steps = max(len(periods) - 1, 1)

    def point(t: float, value: float) -> tuple[float, float]:
        return left + _WIDE * t / steps, top + _TALL * (1 - value / high)

    yield say(left, top - 12, words(series[0]["label"], lang), bold=True)
    for share in (0, 0.5, 1):
        y = point(0, high * share)[1]
        yield line(left, y, left + _WIDE, y)
        yield say(left - 6, y + 4, show_number(high * share, 2), anchor="end", size=11, colour=MUTED)
    yield say(left, top + _TALL + 18, str(periods[0]), size=11, colour=MUTED)
    yield say(left + _WIDE, top + _TALL + 18, str(periods[-1]), anchor="end", size=11, colour=MUTED)
    if mark := figure.get("mark"):
        x = point(mark["at"], 0)[0]
        yield line(x, top, x, top + _TALL, colour=COLOURS["pay"], width=1.2, dash="3 3")
        yield say(x, top + _TALL + 18, f"{periods[mark['at']]} {words(mark['label'], lang)}", anchor="middle", size=11)
    for at, one in enumerate(series):
        around = [*enumerate(one["low"]), *reversed(list(enumerate(one["high"])))]
        path = "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in (point(t, value) for t, value in around)) + "Z"
        yield f'<path d="{path}" fill="{_colour(at)}" fill-opacity="0.08"/>'
    for at, one in enumerate(series):
        yield curve([point(t, v) for t, v in enumerate(one["mean"])], colour=_colour(at), width=2.4, dash=_dash(at))


def _colour(at: int) -> str:
    return SERIES[at % len(SERIES)]


def _dash(at: int) -> str:
    return _DASHES[at % len(_DASHES)]
