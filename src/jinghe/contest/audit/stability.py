"""Do ranks move from year to year, and is the movement more than noise (年际稳定性)?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.audit.association import find_kendall, find_spearman
from jinghe.contest.rank import find_ranks

__all__ = ["Stability", "Transition", "find_reliability", "find_stability"]

_Array = NDArray[np.float64]
_Ranks = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Transition:
    """From one period to the next (相邻两期): agreement of the orders, and the shares that moved.

    `moved` is the share of cities whose rank changed, `beyond` the share whose new rank lies outside the earlier
    interval; None where no intervals are known. `n` cities have a rank in both.
    """

    before: str
    after: str
    n: int
    spearman: float
    kendall: float
    moved: float
    beyond: float | None


@dataclass(frozen=True, slots=True)
class Stability:
    """How ranks go on (稳定性): from period to period, and ICC(2,1) of the scores over all periods."""

    transitions: tuple[Transition, ...]
    reliability: float
    n: int


def find_stability(
    totals: _Array, *, periods: Sequence[str], intervals: Sequence[tuple[_Ranks, _Ranks]] | None = None
) -> Stability:
    """Compare the orders of consecutive periods, and the scores of all.

    A contest whose ranks never move cannot motivate, one whose ranks are noise cannot either: read `moved` beside
    `beyond`.

    Args:
        totals: scores, shape (periods, n), NaN where there is none.
        periods: their names, in order.
        intervals: low and high ranks of every period, each (n,).
    Returns:
        One transition fewer than there are periods; reliability over the cities that have all scores.
    """
    ranks = find_ranks(totals)
    found = tuple(
        _compare(totals[k], totals[k + 1], ranks[k], ranks[k + 1], (one, two), intervals[k] if intervals else None)
        for k, (one, two) in enumerate(pairwise(periods))
    )
    whole = ~np.isnan(totals).any(axis=0)
    return Stability(found, find_reliability(totals[:, whole].T), int(whole.sum()))


def find_reliability(scores: _Array) -> float:
    """Find how reliable one period's score is (组内相关系数 ICC(2,1)): the share of variance between cities.

    ICC = (B − E) / (B + (k − 1) E + k (P − E)/n), B, P and E the mean squares of cities, periods and the rest: a shift
    common to all cities counts as error, as periods are taken for a sample.

    Args:
        scores: shape (n, k), complete.
    Returns:
        At most 1; NaN for fewer than two cities or periods, or where nothing varies.
    Source: Shrout & Fleiss (1979), Intraclass correlations, Psychological Bulletin 86(2), case 2.
    """
    n, k = scores.shape
    if n < 2 or k < 2:
        return float("nan")
    grand = scores.mean()
    cities, periods = scores.mean(axis=1) - grand, scores.mean(axis=0) - grand
    rest = scores - grand - cities[:, None] - periods[None, :]
    between, across = k * float(cities @ cities) / (n - 1), n * float(periods @ periods) / (k - 1)
    error = float((rest * rest).sum()) / ((n - 1) * (k - 1))
    whole = between + (k - 1) * error + k * (across - error) / n
    if whole <= 1e-18 * max(1.0, grand * grand):
        return float("nan")
    return float((between - error) / whole)


def _compare(
    one: _Array, two: _Array, before: _Ranks, after: _Ranks, names: tuple[str, str],
    interval: tuple[_Ranks, _Ranks] | None,
) -> Transition:  # fmt: skip
    both = (before > 0) & (after > 0)
    n = int(both.sum())
    low, high = interval or (before, before)
    outside = (after < low) | (after > high)
    return Transition(
        *names,
        n=n,
        spearman=find_spearman(one[both], two[both]),
        kendall=find_kendall(one[both], two[both]),
        moved=float((before != after)[both].mean()) if n else float("nan"),
        beyond=float(outside[both].mean()) if n and interval else None,
    )
