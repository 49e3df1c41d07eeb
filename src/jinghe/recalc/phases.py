"""Repeated measures from printed means alone: sums of squares, contrasts, straight-lining (由各阶段均值反推)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

import numpy as np
from numpy.typing import NDArray

from jinghe.recalc.distribution import p_interval, p_value, statistic_for
from jinghe.recalc.printed import Interval

__all__ = [
    "StraightLining",
    "condition_squares",
    "pooled_contrast",
    "readings",
    "straight_lining_bound",
    "unpooled_least_f",
]

_CORNERS = 4096  # more corners than this are not walked
_GRID = 9
_Box = Sequence[tuple[Fraction, Fraction]]


@dataclass(frozen=True, slots=True)
class StraightLining:
    """At least `identical` of `n` respondents gave the same answer to every item (雷同作答下界)."""

    n: int
    different_at_most: int

    @property
    def identical(self) -> int:
        """How many at least."""
        return max(0, self.n - self.different_at_most)

    @property
    def share(self) -> float:
        """Which share at least."""
        return self.identical / self.n


def condition_squares(box: _Box, *, n: int) -> tuple[Fraction, Fraction]:
    """Return the least and the largest SS_cond = n Σ(m_j − m̄)² over a box of means, exactly.

    The largest lies at a corner; the least at m_j = c clipped to its interval, for the c at which Σ(m_j − c) = 0.

    >>> condition_squares([(Fraction(1), Fraction(2)), (Fraction(3), Fraction(4))], n=2)
    (Fraction(1, 1), Fraction(9, 1))
    """
    if 2 ** len(box) > _CORNERS:  # far more phases than any table prints: Σ of the largest distances is still a bound
        centre = [(low + high) / 2 for low, high in box]
        middle = sum(centre, Fraction(0)) / len(box)
        most = sum((max((low - middle) ** 2, (high - middle) ** 2) for low, high in box), Fraction(0))
    else:
        most = max(_spread(corner) for corner in product(*box))
    return n * _least_spread(box), n * most


def _spread(means: Sequence[Fraction]) -> Fraction:
    centre = sum(means, Fraction(0)) / len(means)
    return sum(((mean - centre) ** 2 for mean in means), Fraction(0))


def _least_spread(box: _Box) -> Fraction:
    """Σ(clip(c) − c) falls in c and is straight between the ends of the intervals; its root is the best centre."""
    ends = sorted({end for pair in box for end in pair})

    def pull(c: Fraction) -> Fraction:
        return sum((min(max(c, low), high) - c for low, high in box), Fraction(0))

    after = next(at for at, end in enumerate(ends) if pull(end) <= 0)
    if pull(ends[after]) == 0 or after == 0:
        root = ends[after]
    else:
        a, b = ends[after - 1], ends[after]
        root = a + (b - a) * pull(a) / (pull(a) - pull(b))
    return sum(((min(max(root, low), high) - root) ** 2 for low, high in box), Fraction(0))


def straight_lining_bound(box: _Box, *, n: int, f: Fraction) -> StraightLining | None:
    """Bound how many respondents can have given answers that are not all the same.

    SS_error = SS_cond (n − 1) / F. Whoever gives k whole-number answers that are not all the same adds at least
    (k − 1)/k to SS_error + SS_cond, so at most k/(k − 1) · SS_cond (1 + (n − 1)/F) respondents do. Exact.

    Args:
        box: the exact ends of every phase's mean; one whole-number item per phase.
        n: respondents.
        f: the smallest F that rounds to the printed one.

    >>> box = [(Fraction(m, 1000),) * 2 for m in (4488, 4490, 4502)]
    >>> straight_lining_bound(box, n=2406, f=Fraction("2.35")).different_at_most
    423
    """
    if f <= 0:
        return None
    k = len(box)
    most = Fraction(k, k - 1) * condition_squares(box, n=n)[1] * (1 + (n - 1) / f)
    return StraightLining(n, min(n, math.floor(most)))


def readings(f: Interval, *, k: int, n: int) -> dict[str, Interval]:
    """Return the p of a printed F under every way it can have been computed from k phases and n respondents.

    sphericity: (k−1, (k−1)(n−1)); greenhouse-geisser: both times ε ∈ [1/(k−1), 1]; multivariate: (k−1, n−k+1);
    between: (k−1, k(n−1)), as if the phases were different people.
    """
    v1, v2 = float(k - 1), float((k - 1) * (n - 1))
    shrunk = [p_value("F", x, (v1 * e, v2 * e)) for e in np.linspace(1 / v1, 1, 33) for x in (max(0.0, f.low), f.high)]
    found = {
        "sphericity": p_interval("F", f, _exact(v1, v2)),
        "greenhouse-geisser": Interval(min(shrunk), max(shrunk)),
        "between": p_interval("F", f, _exact(v1, float(k * (n - 1)))),
    }
    return found | ({"multivariate": p_interval("F", f, _exact(v1, float(n - k + 1)))} if n >= k else {})


def _exact(*df: float) -> tuple[Interval, ...]:
    return tuple(Interval(value, value) for value in df)


def pooled_contrast(box: _Box, *, pair: tuple[int, int], f: Interval) -> Interval:
    """Return the size of t between two phases when all pairs share one error term.

    t² = (m_j − m_i)² (k − 1) F / (2 Σ(m − m̄)²): n cancels. Where m_j − m_i keeps its sign the ratio is
    quasi-concave, so its least value lies at a corner; its largest is searched for on a 9 × 9 grid of the two means,
    with the others as near to their common centre as they can be.
    """
    low, high = (np.array([float(end) for end in ends]) for ends in zip(*box, strict=True))
    corners = np.array(list(product(*zip(low, high, strict=True))))
    found = _ratio(corners, pair)
    top = max(found.max(), _ratio(_grid(low, high, pair), pair).max())
    crosses = (low[pair[1]] - high[pair[0]]) * (high[pair[1]] - low[pair[0]]) <= 0
    least, factor = 0.0 if crosses else float(found.min()), (len(box) - 1) / 2
    return Interval(least * math.sqrt(factor * max(0.0, f.low)), float(top) * math.sqrt(factor * max(0.0, f.high)))


def _ratio(means: NDArray[np.float64], pair: tuple[int, int]) -> NDArray[np.float64]:
    """|m_j − m_i| / √Σ(m − m̄)² of each row; 0 where all means are equal."""
    spread = np.sqrt(((means - means.mean(1, keepdims=True)) ** 2).sum(1))
    gap = np.abs(means[:, pair[1]] - means[:, pair[0]])
    return np.asarray(gap / np.where(spread > 0, spread, np.inf))


def _grid(low: NDArray[np.float64], high: NDArray[np.float64], pair: tuple[int, int]) -> NDArray[np.float64]:
    """Rows of means: the pair on a grid, the others pulled towards their common centre until they rest."""
    i, j = pair
    ends = np.meshgrid(np.linspace(low[i], high[i], _GRID), np.linspace(low[j], high[j], _GRID))
    means = np.tile((low + high) / 2, (_GRID**2, 1))
    means[:, i], means[:, j] = (end.ravel() for end in ends)
    others = [at for at in range(len(low)) if at not in pair]
    for _ in range(20 if len(others) > 1 else 1):
        for at in others:
            rest = (means.sum(1) - means[:, at]) / (len(low) - 1)
            means[:, at] = np.clip(rest, low[at], high[at])
    return means


def unpooled_least_f(
    means: Sequence[float], *, n: int, contrasts: Sequence[tuple[int, int, bool]], alpha: float
) -> float:
    """Return the smallest F with which a post hoc note agrees when each pair has its own error term.

    A significant pair bounds the SD of its difference: s_ij ≤ √n |m_i − m_j| / t_α. An SD of a difference is a
    distance, so the bounds add up along a path. The mean of s² over all pairs is 2 MS_error; F = MS_cond / MS_error.

    >>> pairs = [(0, 2, True), (1, 2, True), (0, 1, False)]
    >>> round(unpooled_least_f([4.488, 4.490, 4.502], n=2406, contrasts=pairs, alpha=0.05), 2)
    1.3
    """
    k, critical = len(means), statistic_for("t", alpha, (n - 1,))
    bound = np.full((k, k), math.inf)
    np.fill_diagonal(bound, 0)
    for i, j, significant in contrasts:
        if significant:
            bound[i, j] = bound[j, i] = math.sqrt(n) * abs(means[i] - means[j]) / critical
    for via in range(k):
        bound = np.minimum(bound, bound[:, via, None] + bound[None, via, :])
    error = float((bound[np.triu_indices(k, 1)] ** 2).sum()) / (k * (k - 1))
    condition = n * float(np.var(means)) * k / (k - 1)
    return 0.0 if math.isinf(error) else math.inf if error == 0 else condition / error
