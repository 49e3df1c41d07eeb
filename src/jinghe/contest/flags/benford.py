"""First digits (首位数字): Benford's law, and only where it may be used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import ArrayLike

from jinghe.contest.chance import SIZE
from jinghe.contest.flags.flag import Probe, Untested
from jinghe.contest.flags.scope import Scope, is_amount
from jinghe.labels import Text
from jinghe.panel import Observation

__all__ = ["BENFORD", "find_benford", "find_benford_power", "probe_benford", "tell_unfit"]

BENFORD = np.log10(1 + 1 / np.arange(1, 10))  # expected shares of the first digits 1…9
_MANY, _SPAN, _MADE_UP = 300, 100.0, 0.3


def find_benford(values: ArrayLike) -> tuple[float, float]:
    """Compare first digits with Benford's law: χ² with 8 degrees of freedom.

    Args:
        values: positive numbers, (n,).
    Returns:
        The mean absolute deviation of the nine shares, and p. Whether the law may be used is for `tell_unfit` to say.
    Source: Benford (1938); the mean absolute deviation as Nigrini uses it.
    """
    from scipy.special import chdtrc

    given = np.asarray(values, dtype=float)
    first = np.floor(given / 10.0 ** np.floor(np.log10(given) + 1e-12)).astype(int).clip(1, 9)
    n, counts = given.size, np.bincount(first, minlength=10)[1:]
    square = float(((counts - n * BENFORD) ** 2 / (n * BENFORD)).sum())
    return float(np.abs(counts / n - BENFORD).mean()), float(chdtrc(8, square))


def find_benford_power(n: int) -> float:
    """Power at n figures when three in ten have a first digit drawn evenly from 1…9 (noncentral χ², 8 df)."""
    from scipy.special import chdtri, chndtr

    drift = _MADE_UP * (1 / 9 - BENFORD)
    return 1 - float(chndtr(chdtri(8, SIZE), 8, n * float((drift**2 / BENFORD).sum())))


def tell_unfit(figures: Sequence[Observation]) -> Text | None:
    """Say why Benford's law may not be used for these figures, or None when it may.

    It needs amounts (never ratios or growth), at least 300 of them, all positive, over more than two orders of size.
    """
    values = [item.value for item in figures]
    if not figures or not all(is_amount(item.unit) for item in figures):
        return Text("比率、增速等不适用首位数字定律", "ratios, rates and indices do not follow the law of first digits")
    if min(values) <= 0:
        return Text("有非正的数，不适用", "not all figures are positive")
    if len(values) < _MANY:
        return Text(f"只有 {len(values)} 个数，至少要 {_MANY} 个", f"{len(values)} figures; {_MANY} are needed")
    if max(values) / min(values) <= _SPAN:
        return Text("最大与最小之比不足 100，不适用", "the largest is not 100 times the smallest")
    return None


def probe_benford(scope: Scope) -> Iterator[Probe | Untested]:
    """Test the first digits of each indicator over all contestants and periods, where `tell_unfit` allows it."""
    for name in scope.indicators:
        figures = [item for period in scope.history for item in scope.find_all(name, period)]
        place, n, label = (scope.superior, name, scope.span), len(figures), scope.label(name)
        if reason := tell_unfit(figures):
            yield Untested("first-digits", *place, n, reason)
            continue
        effect, p = find_benford([item.value for item in figures])
        evidence = Text(
            f"{scope.span} {label.zh}：{n} 个数的首位数字与本福特定律平均相差 {effect:.3f}。口径与门槛也会造成偏离，请"
            "核对。",
            f"{label.en}, {scope.span}: the first digits of {n} figures differ from Benford's law by {effect:.3f} on "
            "average. "
            "Scope and thresholds may cause it, too; please check.",
        )
        against = Text("三成首位数字被均匀编排时", "three in ten first digits drawn evenly")
        yield Probe("first-digits", *place, effect, p, n, find_benford_power(n), evidence, against)
