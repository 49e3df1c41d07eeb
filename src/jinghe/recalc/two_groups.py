"""Two groups: which t their printed means, SDs and sizes allow, under Student and under Welch (两组比较的可行范围)."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product

from jinghe.recalc.claim import Group
from jinghe.recalc.distribution import p_interval
from jinghe.recalc.grim import grim
from jinghe.recalc.printed import Interval

__all__ = ["PROCEDURES", "TRange", "mean_interval", "t_range"]

PROCEDURES = ("student", "welch")


@dataclass(frozen=True, slots=True)
class TRange:
    """What a procedure can give (可行范围): t (first group minus second), df, p; `point` is (t, df) as printed."""

    procedure: str
    t: Interval
    df: Interval
    point: tuple[float, float]

    @property
    def p(self) -> Interval:
        """The two-sided p of this t and df."""
        return p_interval("t", self.t, (self.df,))


def mean_interval(group: Group, *, items: int | None) -> Interval:
    """Return where the mean lies: between its extreme feasible sums for whole-number answers, else by rounding."""
    assert group.mean is not None
    if items and group.n and (sums := grim(group.mean, group.n, items).sums):
        return Interval(sums[0] / (group.n * items), sums[-1] / (group.n * items))
    return group.mean.interval()


def t_range(procedure: str, first: Group, second: Group, *, items: int | None = None) -> TRange:
    """Return every t and df that two printed groups allow.

    Student: t = d / √(s_p²(1/n₁ + 1/n₂)), s_p² = ((n₁−1)s₁² + (n₂−1)s₂²)/(n₁+n₂−2). Welch: t = d / √(s₁²/n₁ + s₂²/n₂),
    1/ν = r²/(n₁−1) + (1−r)²/(n₂−1), r = (s₁²/n₁) / (s₁²/n₁ + s₂²/n₂). t rises in d and its size falls in both SDs, so
    the ends lie at corners of the box; ν has one inner maximum, at r = (n₁−1)/(n₁+n₂−2).

    Args:
        procedure: `student` or `welch`.
        first: with n, mean and SD.
        second: with n, mean and SD.
        items: whole-number answers per score; None when scores are not known to be whole numbers.
    """
    n = (_size(first), _size(second))
    sds = tuple(_sd_interval(group) for group in (first, second))
    means = [mean_interval(group, items=items) for group in (first, second)]
    gap = Interval(means[0].low - means[1].high, means[0].high - means[1].low)
    error = _ERRORS[procedure]
    small, large = error(sds[0].low, sds[1].low, *n), error(sds[0].high, sds[1].high, *n)
    t = Interval(_ratio(gap.low, large if gap.low > 0 else small), _ratio(gap.high, small if gap.high > 0 else large))
    return TRange(procedure, t, _df_interval(procedure, sds[0], sds[1], n), _point(procedure, first, second))


def _size(group: Group) -> int:
    assert group.n is not None
    return group.n


def _sd_interval(group: Group) -> Interval:
    assert group.sd is not None
    found = group.sd.interval()
    return Interval(max(0.0, found.low), found.high)


def _ratio(gap: float, error: float) -> float:
    return gap / error if error > 0 else math.copysign(math.inf, gap) if gap else 0.0


def _student_error(s1: float, s2: float, n1: int, n2: int) -> float:
    pooled = ((n1 - 1) * s1**2 + (n2 - 1) * s2**2) / (n1 + n2 - 2)
    return math.sqrt(pooled * (1 / n1 + 1 / n2))


def _welch_error(s1: float, s2: float, n1: int, n2: int) -> float:
    return math.sqrt(s1**2 / n1 + s2**2 / n2)


_ERRORS: Mapping[str, Callable[[float, float, int, int], float]] = {"student": _student_error, "welch": _welch_error}


def _share(s1: float, s2: float, n1: int, n2: int) -> float:
    whole = s1**2 / n1 + s2**2 / n2
    return s1**2 / n1 / whole if whole > 0 else (n1 - 1) / (n1 + n2 - 2)


def _welch_df(share: float, n1: int, n2: int) -> float:
    return 1 / (share**2 / (n1 - 1) + (1 - share) ** 2 / (n2 - 1))


def _df_interval(procedure: str, first: Interval, second: Interval, n: tuple[int, int]) -> Interval:
    if procedure == "student":
        return Interval(float(sum(n) - 2), float(sum(n) - 2))
    ends = list(product((first.low, first.high), (second.low, second.high)))
    shares = [_share(s1, s2, *n) for s1, s2 in ends]
    best = (n[0] - 1) / (sum(n) - 2)
    inner = [best] if min(shares) <= best <= max(shares) else []
    found = [_welch_df(share, *n) for share in (*shares, *inner)]
    return Interval(min(found), max(found))


def _point(procedure: str, first: Group, second: Group) -> tuple[float, float]:
    """(t, df) at the printed values themselves."""
    n = (_size(first), _size(second))
    (m1, s1), (m2, s2) = _values(first), _values(second)
    t = _ratio(m1 - m2, _ERRORS[procedure](s1, s2, *n))
    return t, float(sum(n) - 2) if procedure == "student" else _welch_df(_share(s1, s2, *n), *n)


def _values(group: Group) -> tuple[float, float]:
    assert group.mean is not None
    assert group.sd is not None
    return float(group.mean.value), float(group.sd.value)
