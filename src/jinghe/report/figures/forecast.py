"""What the cities would do (行为推演图): one small panel a variable, one line a set of rules, 5–95 % band."""

from __future__ import annotations

from typing import Any

from jinghe.report.figures.drawing import MUTED, SERIES, curve, line, picture, say
from jinghe.report.format import show_number, words

__all__ = ["draw_forecast"]

_WIDE, _TALL, _LEFT, _TOP, _GAP, _COLUMNS = 300, 150, 46, 64, 66, 3


def draw_forecast(forecast: dict[str, Any], lang: str) -> str:
    """Draw the mean path of every run with the band of its replications."""
    runs = forecast["runs"]
    variables = list(runs[0]["variables"])
    parts: list[str] = []
    x = float(_LEFT)
    for index, run in enumerate(runs):
        label = words(run["label"], lang)
        colour = SERIES[index % len(SERIES)]
        parts += [curve([(x, 18), (x + 26, 18)], colour=colour, width=3, dash=_dash(index)), say(x + 34, 22, label)]
        x += 64 + len(label) * (13.5 if lang == "zh" else 7)
    for index, name in enumerate(variables):
        left = _LEFT + index % _COLUMNS * (_WIDE + _GAP)
        top = _TOP + index // _COLUMNS * (_TALL + 70)
        parts += _panel(runs, name, left=left, top=top, lang=lang)
    rows = -(-len(variables) // _COLUMNS)
    width = max(_LEFT + min(len(variables), _COLUMNS) * (_WIDE + _GAP), int(x))
    title = "各市行为推演（未校准）" if lang == "zh" else "What the cities would do (uncalibrated)"
    return picture(width, _TOP + rows * (_TALL + 70) - 16, parts, title=title)


def _panel(runs: list[dict[str, Any]], name: str, *, left: float, top: float, lang: str) -> list[str]:
    series = [run["variables"][name] for run in runs]
    low = min(0.0, *(min(s["low"]) for s in series))
    high = max(max(s["high"]) for s in series) or 1.0
    steps = len(series[0]["mean"])

    def point(t: int, value: float) -> tuple[float, float]:
        return left + _WIDE * t / max(steps - 1, 1), top + _TALL * (1 - (value - low) / (high - low))

    periods = runs[0]["periods"]
    parts = [say(left, top - 12, words(series[0]["label"], lang), bold=True)]
    for share in (0, 0.5, 1):
        value = low + (high - low) * share
        y = point(0, value)[1]
        parts += [
            line(left, y, left + _WIDE, y),
            say(left - 6, y + 4, show_number(value, 2), anchor="end", size=11, colour=MUTED),
        ]
    parts += [
        say(left, top + _TALL + 18, str(periods[0]), size=11, colour=MUTED),
        say(left + _WIDE, top + _TALL + 18, str(periods[-1]), anchor="end", size=11, colour=MUTED),
    ]
    for index, one in enumerate(series):
        colour = SERIES[index % len(SERIES)]
        around = [point(t, v) for t, v in enumerate(one["low"])] + [
            point(t, v) for t, v in reversed(list(enumerate(one["high"])))
        ]
        path = "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in around) + "Z"
        parts.append(f'<path d="{path}" fill="{colour}" fill-opacity="0.10"/>')
        parts.append(
            curve([point(t, v) for t, v in enumerate(one["mean"])], colour=colour, width=2.4, dash=_dash(index))
        )
    return parts


def _dash(index: int) -> str:
    return ("", "7 4", "2 3", "10 3 2 3")[index % 4]
