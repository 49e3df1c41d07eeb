"""Compare groups (组间比较): Welch by default, Student, Mann–Whitney, Brunner–Munzel, with effects and equivalence."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from jinghe.errors import DataError, problem
from jinghe.labels import Text
from jinghe.survey.effect import (
    ADJUSTMENTS,
    Effect,
    Equivalence,
    adjust,
    find_g,
    find_rank_biserial,
    judge_equivalence,
)
from jinghe.survey.protection import protect_each
from jinghe.survey.responses import Responses, group_respondents, take_scores
from jinghe.survey.spread import find_sd
from jinghe.survey.suppression import DEFAULT_K
from jinghe.survey.weighting import Weights

__all__ = [
    "TESTS",
    "Comparison",
    "Sample",
    "compare",
    "compare_samples",
    "compare_summaries",
    "hide_groups",
    "take_groups",
]

TESTS: Mapping[str, Text] = {
    "welch": Text("Welch t 检验（不设方差相等）", "Welch's t test (variances may differ)"),
    "student": Text("Student t 检验（设方差相等）", "Student's t test (equal variances)"),
    "mann-whitney": Text(
        "Mann–Whitney 秩和检验（校正结值，连续性校正）", "Mann–Whitney test (ties and continuity corrected)"
    ),
    "brunner-munzel": Text("Brunner–Munzel 检验", "Brunner–Munzel test"),
}
_Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """One group (组): its size, mean and SD."""

    name: Text
    n: int
    mean: float
    sd: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison of two groups (比较结果); `df` is NaN for a test without."""

    outcome: str
    samples: tuple[Sample, Sample]
    test: str
    statistic: float
    df: float
    p: float
    effect: Effect
    equivalence: Equivalence | None = None
    p_adjusted: float = math.nan
    adjusted: str = "none"
    low: float = math.nan
    high: float = math.nan

    @property
    def difference(self) -> float:
        """First mean minus second; `low` and `high` are the ends of its 95 % interval."""
        return self.samples[0].mean - self.samples[1].mean


def compare_summaries(first: Sample, second: Sample, *, test: str = "welch", bound: float = 0.2) -> Comparison:
    """Compare two groups of which only sizes, means and SDs are known, by `welch` or `student` (scipy).

    Args:
        first: one group.
        second: the other.
        test: `welch` or `student`.
        bound: of equivalence, in pooled SDs.

    >>> one, two = Sample(Text.of("a"), 284, 4.54, 0.68), Sample(Text.of("b"), 2122, 4.48, 0.77)
    >>> found = compare_summaries(one, two)
    >>> round(found.statistic, 4), round(found.df, 1), round(found.p, 4)
    (1.3738, 386.9, 0.1703)
    """
    from scipy.special import stdtrit
    from scipy.stats import ttest_ind_from_stats

    if test not in ("welch", "student"):
        raise DataError([problem("choice-unknown", "test", found=test, expected="welch, student")])
    n, s = (first.n, second.n), (first.sd, second.sd)
    squares = (s[0] ** 2 / n[0], s[1] ** 2 / n[1])
    pooled = math.sqrt(((n[0] - 1) * s[0] ** 2 + (n[1] - 1) * s[1] ** 2) / (sum(n) - 2))
    difference = first.mean - second.mean
    if test == "student":
        error, df = pooled * math.sqrt(1 / n[0] + 1 / n[1]), float(sum(n) - 2)
    else:
        whole = sum(squares)
        error = math.sqrt(whole)
        df = whole**2 / (squares[0] ** 2 / (n[0] - 1) + squares[1] ** 2 / (n[1] - 1)) if whole else math.nan
    effect = find_g(difference, sd=pooled, n=n)
    if not error > 0:
        return Comparison("", (first, second), test, math.nan, math.nan, math.nan, effect)
    found = ttest_ind_from_stats(first.mean, s[0], n[0], second.mean, s[1], n[1], equal_var=test == "student")
    half = float(stdtrit(df, 0.975)) * error
    close = judge_equivalence(difference, error=error, df=df, sd=pooled, bound=bound)
    t, p = float(found.statistic), float(found.pvalue)
    ends = (difference - half, difference + half)
    return Comparison("", (first, second), test, t, df, p, effect, close, low=ends[0], high=ends[1])


def compare_samples(
    first: _Floats, second: _Floats, *, names: tuple[Text, Text], test: str = "welch", bound: float = 0.2
) -> Comparison:
    """Compare two groups of numbers; the statistic of Mann–Whitney is shown as z, that of Brunner–Munzel is a t.

    Raises:
        DataError: no such test, or a group of fewer than two.
    """
    if test not in TESTS:
        raise DataError([problem("choice-unknown", "test", found=test, expected=", ".join(TESTS))])
    if small := [data for data in (first, second) if len(data) < 2]:
        raise DataError([problem("survey-group-small", found=len(small[0]))])
    samples = tuple(
        Sample(name, len(data), float(data.mean()), find_sd(data))
        for name, data in zip(names, (first, second), strict=True)
    )
    if test in ("welch", "student"):
        return compare_summaries(samples[0], samples[1], test=test, bound=bound)
    statistic, df, p = _RANKS[test](first, second)
    effect = find_rank_biserial(first, second)
    return Comparison("", (samples[0], samples[1]), test, statistic, df, p, effect)


def _mann_whitney(first: _Floats, second: _Floats) -> tuple[float, float, float]:
    """Take U and p from scipy; its z, which it keeps to itself, by the same formula."""
    from scipy.stats import mannwhitneyu

    found, n, m = mannwhitneyu(first, second, method="asymptotic"), len(first), len(second)
    if math.isnan(found.pvalue):
        return math.nan, math.nan, math.nan
    ties = np.unique(np.concatenate([first, second]), return_counts=True)[1].astype(np.float64)
    error = math.sqrt(n * m / 12 * (n + m + 1 - float((ties**3 - ties).sum()) / ((n + m) * (n + m - 1))))
    gap = float(found.statistic) - n * m / 2
    z = max(0.0, abs(gap) - 0.5) / error if error > 0 else 0.0
    return math.copysign(z, gap), math.nan, float(found.pvalue)


def _brunner_munzel(first: _Floats, second: _Floats) -> tuple[float, float, float]:
    """Take statistic and p from scipy; its df, which it keeps to itself, by the same formula."""
    from scipy.stats import brunnermunzel, rankdata

    n, m = len(first), len(second)
    ranks = rankdata(np.concatenate([first, second]))
    spread = [
        (ranks[:n] - rankdata(first)).var(ddof=1) * n,
        (ranks[n:] - rankdata(second)).var(ddof=1) * m,
    ]
    if not sum(spread):
        return math.nan, math.nan, math.nan
    found = brunnermunzel(first, second)
    df = sum(spread) ** 2 / (spread[0] ** 2 / (n - 1) + spread[1] ** 2 / (m - 1))
    return -float(found.statistic), float(df), float(found.pvalue)  # positive where the first group is higher


_RANKS: Mapping[str, Callable[[_Floats, _Floats], tuple[float, float, float]]] = {
    "mann-whitney": _mann_whitney,
    "brunner-munzel": _brunner_munzel,
}


def compare(
    responses: Responses,
    outcomes: Sequence[str],
    *,
    by: str,
    cuts: Sequence[Sequence[str]] = (),
    test: str = "welch",
    adjustment: str = "holm",
    bound: float = 0.2,
    k: int = DEFAULT_K,
    weights: Weights | None = None,
    hidden: Mapping[str, NDArray[np.bool_]] | None = None,
) -> tuple[Comparison, ...]:
    """Compare the groups of a background question in items and scales: every pair of groups, p adjusted over all.

    Groups too small to be shown, and those hidden beside them, are left out.

    Args:
        responses: the answers.
        outcomes: items answered by numbers, or scales.
        by: the background question.
        cuts: the other cuts printed beside, so that differences between them give nobody away.
        test: `welch` (default), `student`, `mann-whitney` or `brunner-munzel`.
        adjustment: `holm` (default), `bh` or `none`; over all pairs of all outcomes.
        bound: of equivalence, in pooled SDs (welch and student).
        k: the smallest group that may be shown.
        weights: of the tables printed beside; the comparisons are unweighted.
        hidden: per outcome which groups stay hidden, where it was decided before.
    Raises:
        DataError: unknown names, or fewer than two groups can be shown.
    """
    if adjustment not in ADJUSTMENTS:
        known = ", ".join(ADJUSTMENTS)
        raise DataError([problem("choice-unknown", "adjust", found=adjustment, expected=known)])
    if hidden is None:
        hidden = hide_groups(responses, outcomes, by=by, cuts=cuts, k=k, weights=weights)
    taken = take_groups(responses, outcomes, by=by, hidden=hidden)
    if alone := [name for name, groups in taken.items() if len(groups) < 2]:
        raise DataError([problem("survey-groups-hidden", f"{name} / {by}", k=k) for name in alone])
    found: list[Comparison] = []
    for name, groups in taken.items():
        for (one, first), (two, second) in combinations(groups, 2):
            made = compare_samples(first, second, names=(one, two), test=test, bound=bound)
            found.append(replace(made, outcome=name))
    p = adjust([item.p for item in found], method=adjustment)
    return tuple(replace(item, p_adjusted=x, adjusted=adjustment) for item, x in zip(found, p, strict=True))


def hide_groups(
    responses: Responses,
    outcomes: Sequence[str],
    *,
    by: str,
    cuts: Sequence[Sequence[str]],
    k: int,
    weights: Weights | None = None,
) -> dict[str, NDArray[np.bool_]]:
    """Decide per outcome which groups of a background question stay hidden; outcomes few answered are missing."""
    every = tuple(dict.fromkeys(((by,), *map(tuple, cuts))))
    decided = protect_each(responses, outcomes, cuts=every, k=k, weights=weights)
    return {name: masks[0] for name, masks in decided.items()}


def take_groups(
    responses: Responses, outcomes: Sequence[str], *, by: str, hidden: Mapping[str, NDArray[np.bool_]]
) -> dict[str, list[tuple[Text, _Floats]]]:
    """Return per outcome the groups of a background question that may be shown: name and numbers."""
    grouping = group_respondents(responses, (by,))
    taken: dict[str, list[tuple[Text, _Floats]]] = {}
    for name in outcomes:
        scores, shown = take_scores(responses, name), np.flatnonzero(~hidden[name]) if name in hidden else ()
        values = [(grouping.names[at], scores[~np.isnan(scores) & (grouping.labels == at)]) for at in shown]
        taken[name] = [(label, numbers) for label, numbers in values if len(numbers)]
    return taken
