"""Does the index go with figures it does not read (与外部指标的联系)?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jinghe.contest.audit.association import correlate_pair, find_least_correlation, find_spearman
from jinghe.contest.audit.coverage import FEW
from jinghe.contest.normalise import has_spread
from jinghe.contest.score import Scores
from jinghe.panel import Panel

__all__ = ["Link", "find_links"]

_LEAST = 5


@dataclass(frozen=True, slots=True)
class Link:
    """The index beside one outside series (联系): r and ρ over n cities, and the |r| that n tells from none at 5 %."""

    series: str
    period: str
    n: int
    r: float
    spearman: float
    least: float


def find_links(scores: Scores, *, panel: Panel) -> tuple[Link, ...]:
    """Correlate the total with every series and period of the panel that the tree does not read.

    Args:
        scores: the scored contest.
        panel: all figures.
    Returns:
        The series that at least 65 % and five of the scored cities have and that vary, the closest first.
    """
    contest = scores.contest
    read = {(name, period or scores.period.name) for name, period in contest.series}
    pairs = dict.fromkeys((item.indicator, item.period) for item in panel.observations)
    ranked = ~np.isnan(scores.total)
    need = max(_LEAST, FEW * ranked.sum() - 1e-9)
    found = []
    for series, period in pairs:
        if (series, period) in read:
            continue
        items = [panel.find(code, series, period) for code in scores.codes]
        figures = np.array([np.nan if item is None else item.value for item in items], dtype=float)
        known = ranked & ~np.isnan(figures)
        one_unit = len({item.unit for item in items if item}) == 1
        if known.sum() >= need and one_unit and has_spread(figures[known]):
            n, r = int(known.sum()), correlate_pair(figures, scores.total)
            found.append(Link(series, period, n, r, find_spearman(figures, scores.total), find_least_correlation(n)))
    return tuple(sorted(found, key=lambda link: -abs(link.r) if not np.isnan(link.r) else 0.0))
