"""Signal and luck (信号与噪声): how much of a spread is the designs', and when a paired difference is sure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log2, nan, sqrt
from typing import Any

import numpy as np

from jinghe.errors import RuleError, problem
from jinghe.exhibit import Column, Section, Table
from jinghe.exploration.condition import name_outcome
from jinghe.exploration.factor import Array
from jinghe.exploration.model import Model
from jinghe.labels import Text

__all__ = ["Difference", "Spread", "difference", "separate_noise", "show_difference"]


_VERDICTS = {
    "more": Text("更高", "more"),
    "less": Text("更低", "less"),
    "alike": Text("在不计的差别之内", "alike within the margin"),
    "undecided": Text("未能分辨", "undecided"),
}


@dataclass(frozen=True, slots=True)
class Spread:
    """Analysis of variance of N designs × R replications on common random numbers (方差分解).

    Attributes:
        between: variance of the designs' true means σ_D², without the noise of R replications; 0 at least.
        shared: variance of what a replication does to all designs alike σ_R²: it cancels in every comparison.
        noise: variance of the rest σ_E², per replication.
        reliability: σ_D²/(σ_D² + σ_E²/R): share of the spread of simulated means that is the designs'.
        designs: how many were used.
    """

    between: float
    shared: float
    noise: float
    reliability: float
    designs: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A paired difference of two designs, followed until it was sure (配对差异).

    `verdict`: `more`, `less`, `alike` (inside ± the practical margin) or `undecided` when the most replications were
    reached. The interval holds at all looks together.
    """

    outcome: str
    mean: float
    low: float
    high: float
    replications: int
    looks: int
    verdict: str


def separate_noise(values: Array) -> Spread:
    """Split the variance of y_dr = μ + D_d + R_r + E_dr by the crossed two-way analysis, one observation a cell.

    Mean squares: E[MS_D] = σ_E² + R σ_D², E[MS_R] = σ_E² + N σ_R², E[MS_E] = σ_E². Designs with an undefined cell are
    left out.

    Args:
        values: shape (N, R), from `Sweep.values`.
    Raises:
        RuleError: `noise-few`, with fewer than two designs or replications.

    >>> separate_noise(np.array([[1.0, 2.0], [3.0, 4.0]])).noise
    0.0
    """
    known = values[np.isfinite(values).all(axis=1)]
    n, r = known.shape
    if n < 2 or r < 2:
        raise RuleError([problem("noise-few", found=n, replications=r)])
    rows, columns, grand = known.mean(axis=1), known.mean(axis=0), known.mean()
    rest = known - rows[:, None] - columns + grand
    noise = float((rest**2).sum() / ((n - 1) * (r - 1)))
    between = max(float(rows.var(ddof=1)) - noise / r, 0.0)
    shared = max(float(columns.var(ddof=1)) - noise / n, 0.0)
    spread = between + noise / r
    return Spread(between, shared, noise, between / spread if spread else nan, n)


def difference(
    model: Model,
    a: Mapping[str, Any],
    b: Mapping[str, Any],
    *,
    outcome: str,
    margin: float = 0.0,
    first: int = 100,
    most: int = 12_800,
    level: float = 0.95,
) -> Difference:
    """Compare two designs on common random numbers, doubling the replications until the difference is sure.

    Stops when the interval of the mean paired difference a − b leaves 0 out, or lies within ± `margin`. At each of at
    most L = log₂(most/first) + 1 looks the interval has level 1 − (1 − level)/L (Bonferroni), so that looking often
    does not make chance look sure.

    Args:
        model: what is run.
        a: changes to the compact.
        b: changes it is compared with.
        outcome: what is compared; replications where it is undefined for either are left out.
        margin: a difference that does not matter in practice.
        first: replications at the first look, at least 2.
        most: replications at the last look.
        level: of the interval at all looks together.
    Raises:
        RuleError: rules that cannot be simulated; `outcome-undefined` when fewer than two pairs define it.
    """
    from scipy.stats import t  # heavy: only where something is compared

    assert 2 <= first <= most, "looks go up"
    assert 0 < level < 1, "a level is a share"
    looks = int(log2(most / first)) + 1
    gaps, count, look = np.empty(0), 0, 0
    while True:
        look, more = look + 1, first if count == 0 else min(count, most - count)
        pair = [np.asarray(model(changes, count, more)[outcome], dtype=float) for changes in (a, b)]
        count, gaps = count + more, np.append(gaps, pair[0] - pair[1])
        known = gaps[np.isfinite(gaps)]
        if len(known) < 2:
            raise RuleError([problem("outcome-undefined", found=outcome)])
        mean, error = float(known.mean()), float(known.std(ddof=1)) / sqrt(len(known))
        wide = float(t.ppf(1 - (1 - level) / (2 * looks), len(known) - 1)) * error
        low, high = mean - wide, mean + wide
        verdict = "more" if low > 0 else "less" if high < 0 else "undecided"
        if -margin <= low and high <= margin:
            verdict = "alike"
        if verdict != "undecided" or look == looks:
            return Difference(outcome, mean, low, high, count, look, verdict)


def show_difference(found: Difference, without: Difference, first: Text, second: Text) -> Section:
    """Show a paired difference with promotion and at λ = 0, and whether its direction survives."""
    words = (Text("差", "Difference"), Text("下限", "low"), Text("上限", "high"))
    heads = (
        Column(Text("情形", "Case")),
        *(Column(word, "number", 4) for word in words),
        Column(Text("重复次数", "Replications"), "number", 0),
        Column(Text("判断", "Verdict")),
    )
    named = (Text("有晋升激励", "with promotion"), Text("λ = 0", "λ = 0"))
    rows = tuple(
        (name, one.mean, one.low, one.high, one.replications, _VERDICTS[one.verdict])
        for name, one in zip(named, (found, without), strict=True)
    )
    outcome = name_outcome(found.outcome)
    lead = Text(
        f"“{first.zh}”减“{second.zh}”：{outcome.zh}。未校准。",
        f"“{first.en}” less “{second.en}”: {outcome.en}. Uncalibrated.",
    )
    holds = found.verdict == without.verdict
    note = Text(
        "取消晋升激励（λ = 0）后判断不变。" if holds else "取消晋升激励（λ = 0）后判断改变。",
        "At λ = 0 the verdict is the same." if holds else "At λ = 0 the verdict is another.",
    )
    method = Text(
        "同样的随机数逐对相减，重复次数逐次加倍，直到有把握；区间对历次查看合计为 95%。",
        "On the same draws; replications are doubled until it is sure; 95 % intervals at all looks together.",
    )
    table = Table("difference", Text("配对差", "Paired difference"), heads, rows, method)
    return Section("difference", Text("两个方案之比较", "Two sets of rules"), lead, (table,), (note,))
