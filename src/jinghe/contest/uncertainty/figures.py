"""Figures redrawn within their errors (数据误差): what the same sources might as well have printed."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from jinghe.contest.digits import find_finest, find_rounding, read_unit
from jinghe.contest.stream import open_stream
from jinghe.panel import Observation, Panel

__all__ = ["FigureError", "find_errors", "redraw_panel"]

_SHAPES = ("normal", "uniform")


@dataclass(frozen=True, slots=True)
class FigureError:
    """The error of one figure (数据误差), in its unit: a standard error (normal), or a half-width (uniform)."""

    jurisdiction: str
    indicator: str
    period: str
    size: float
    shape: str = "normal"


def find_errors(panel: Panel, *, indicators: Collection[str]) -> tuple[FigureError, ...]:
    """Find what the error of every figure is known to be: its standard error, or else its rounding.

    A published standard error is taken as normal. Without one a figure may be off by half a unit in the last printed
    place, uniformly; whole numbers are not taken to be rounded beyond the finest of their series and period.

    Args:
        panel: the figures; the one that is read counts, see `Panel.find`.
        indicators: whose figures.
    Returns:
        One error per figure; none of size 0.
    """
    series: dict[tuple[str, ...], list[Observation]] = {}
    for item in panel.observations:
        if item.indicator in indicators and item is panel.find(item.jurisdiction, item.indicator, item.period):
            series.setdefault((item.indicator, item.period, item.unit, read_unit(item)), []).append(item)
    found = [
        _find_error(item, finest)
        for peers in series.values()
        for finest in (find_finest(peers),)
        for item in peers
        if not np.isnan(item.value)
    ]
    return tuple(one for one in found if one.size > 0)


def _find_error(item: Observation, finest: int) -> FigureError:
    key = (item.jurisdiction, item.indicator, item.period)
    if item.se is None:
        return FigureError(*key, size=find_rounding(item, finest=finest), shape="uniform")
    return FigureError(*key, size=item.se)


def redraw_panel(panel: Panel, *, errors: Sequence[FigureError], seed: int, replicate: int) -> Panel:
    """Redraw figures within their errors: x + s z with z ~ N(0, 1), or x + h u with u uniform on [−1, 1].

    All reports of one figure move together, and a figure moves alike whatever other figures have errors: its stream is
    (seed, jurisdiction, indicator, period, replicate).

    Args:
        panel: the figures as published.
        errors: of the figures that have any; those of different figures are independent.
        seed: any integer.
        replicate: number of the redrawing, ≥ 0.
    Returns:
        A panel of the same observations with other values; what is printed stays as it is printed.
    """
    sizes: Mapping[tuple[str, str, str], FigureError] = {
        (one.jurisdiction, one.indicator, one.period): one for one in errors
    }

    def move(key: tuple[str, str, str]) -> float:
        one = sizes[key]
        assert one.shape in _SHAPES
        rng = open_stream(seed + zlib.crc32("\0".join(key).encode()), "figures", tile=replicate)
        return one.size * (rng.standard_normal() if one.shape == "normal" else 2 * rng.random() - 1)

    moves = {key: move(key) for key in sizes}
    return Panel(
        tuple(
            replace(item, value=item.value + moves[key])
            if (key := (item.jurisdiction, item.indicator, item.period)) in moves
            else item
            for item in panel.observations
        )
    )
