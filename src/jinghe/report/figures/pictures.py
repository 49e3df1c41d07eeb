"""The picture of a section or table (配图), drawn by its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinghe.report.figures.likert import draw_likert
from jinghe.report.figures.network import draw_network

__all__ = ["draw_figure"]

_KINDS: Mapping[str, Callable[[dict[str, Any], str], str]] = {"likert": draw_likert, "network": draw_network}


def draw_figure(figure: dict[str, Any], lang: str) -> str:
    """Draw a picture from its data as SVG.

    Args:
        figure: with its `kind`, `likert` or `network`.
        lang: zh or en.
    """
    return _KINDS[figure["kind"]](figure, lang)
