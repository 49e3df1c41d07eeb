"""Do more than two groups differ at all? (多组总检验): Welch's ANOVA, one-way ANOVA, Kruskal–Wallis."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from jinghe.errors import DataError, problem
from jinghe.labels import Text
from jinghe.survey.comparison import hide_groups, take_groups
from jinghe.survey.effect import ADJUSTMENTS, adjust
from jinghe.survey.responses import Responses
from jinghe.survey.suppression import DEFAULT_K
from jinghe.survey.weighting import Weights

__all__ = ["OMNIBUS", "Omnibus", "compare_all", "compare_together"]

_Floats = NDArray[np.float64]
# What goes before the pairs of each test of `TESTS`.
OMNIBUS: Mapping[str, Text] = {
    "welch": Text("Welch 方差分析（不设方差相等）", "Welch's ANOVA (variances may differ)"),
    "student": Text("单因素方差分析（设方差相等）", "one-way ANOVA (equal variances)"),
    "mann-whitney": Text("Kruskal–Wallis 检验（校正结值）", "Kruskal–Wallis test (ties corrected)"),
    "brunner-munzel": Text("Kruskal–Wallis 检验（校正结值）", "Kruskal–Wallis test (ties corrected)"),
}


@dataclass(frozen=True, slots=True)
class Omnibus:
    """One test of all groups together (总检验): F with two df, or H with one and NaN.

    `effect` is η² = SS between / SS whole, or ε² = H / (n − 1).
    """

    outcome: str
    groups: int
    n: int
    test: str
    statistic: float
    df: tuple[float, float]
    p: float
    effect: float
    p_adjusted: float = math.nan
    adjusted: str = "none"


def compare_together(groups: Sequence[_Floats], *, test: str = "welch") -> Omnibus:
    """Test whether groups of numbers differ at all, by scipy and statsmodels; NaN where no spread allows it.

    Args:
        groups: at least two, each of two or more.
        test: as for `compare`: `welch` and `student` compare means, `mann-whitney` and `brunner-munzel` ranks.
    Raises:
        DataError: no such test, or too few.

    >>> found = compare_together([np.array([1.0, 2, 3]), np.array([2.0, 3, 4]), np.array([5.0, 6, 7])], test="student")
    >>> round(found.statistic, 6), found.df, round(found.effect, 6)
    (13.0, (2.0, 6.0), 0.8125)
    """
    if test not in OMNIBUS:
        raise DataError([problem("choice-unknown", "test", found=test, expected=", ".join(OMNIBUS))])
    if small := [len(group) for group in groups if len(group) < 2] or ([0] if len(groups) < 2 else []):
        raise DataError([problem("survey-group-small", found=small[0])])
    n = sum(map(len, groups))
    statistic, df, p = _FITS.get(test, _rank)(groups)
    effect = _eta(groups) if test in _FITS else statistic / (n - 1)
    return Omnibus("", len(groups), n, test, statistic, df, p, effect)


def _eta(groups: Sequence[_Floats]) -> float:
    whole = np.concatenate(groups)
    square = float(((whole - whole.mean()) ** 2).sum())
    between = sum(len(group) * float(group.mean() - whole.mean()) ** 2 for group in groups)
    return between / square if square > 0 else math.nan


def _welch(groups: Sequence[_Floats]) -> tuple[float, tuple[float, float], float]:
    from statsmodels.stats.oneway import anova_oneway

    if any(np.ptp(group) == 0 for group in groups):
        return math.nan, (math.nan, math.nan), math.nan
    found = anova_oneway(list(groups), use_var="unequal")
    return float(found.statistic), (float(found.df_num), float(found.df_denom)), float(found.pvalue)


def _one_way(groups: Sequence[_Floats]) -> tuple[float, tuple[float, float], float]:
    from scipy.stats import f_oneway

    if all(np.ptp(group) == 0 for group in groups):
        return math.nan, (math.nan, math.nan), math.nan
    found = f_oneway(*groups)
    return float(found.statistic), (len(groups) - 1.0, float(sum(map(len, groups)) - len(groups))), float(found.pvalue)


def _rank(groups: Sequence[_Floats]) -> tuple[float, tuple[float, float], float]:
    from scipy.stats import kruskal

    if np.ptp(np.concatenate(groups)) == 0:
        return math.nan, (math.nan, math.nan), math.nan
    found = kruskal(*groups)
    return float(found.statistic), (len(groups) - 1.0, math.nan), float(found.pvalue)


_FITS: Mapping[str, Callable[[Sequence[_Floats]], tuple[float, tuple[float, float], float]]] = {
    "welch": _welch,
    "student": _one_way,
}


def compare_all(
    responses: Responses,
    outcomes: Sequence[str],
    *,
    by: str,
    cuts: Sequence[Sequence[str]] = (),
    test: str = "welch",
    adjustment: str = "holm",
    k: int = DEFAULT_K,
    weights: Weights | None = None,
    hidden: Mapping[str, NDArray[np.bool_]] | None = None,
) -> tuple[Omnibus, ...]:
    """Test all groups of a background question together, where more than two can be shown; p adjusted over outcomes.

    Arguments and groups left out are those of `compare`, whose pairs are the post hoc comparisons.

    Raises:
        DataError: unknown names.
    """
    if adjustment not in ADJUSTMENTS:
        raise DataError([problem("choice-unknown", "adjust", found=adjustment, expected=", ".join(ADJUSTMENTS))])
    if hidden is None:
        hidden = hide_groups(responses, outcomes, by=by, cuts=cuts, k=k, weights=weights)
    taken = take_groups(responses, outcomes, by=by, hidden=hidden)
    found = [
        replace(compare_together([values for _, values in groups], test=test), outcome=name)
        for name, groups in taken.items()
        if len(groups) > 2
    ]
    p = adjust([one.p for one in found], method=adjustment)
    return tuple(replace(one, p_adjusted=x, adjusted=adjustment) for one, x in zip(found, p, strict=True))
