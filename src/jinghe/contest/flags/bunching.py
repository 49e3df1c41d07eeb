"""Figures that stand just above their target (踩线达标): a window, a density, an excess mass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import ceil
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jinghe.contest.chance import SIZE, find_chance, find_power
from jinghe.contest.digits import find_rounding
from jinghe.contest.flags.flag import Probe, Untested
from jinghe.contest.flags.scope import Scope, find_factor
from jinghe.labels import Text

__all__ = [
    "Bunching", "DensityJump", "find_bunching", "find_density_jump", "find_density_power", "find_excess_mass",
    "probe_bunching", "probe_density",
]  # fmt: skip

_Array = NDArray[np.float64]
_FEW, _INSIDE, _MOVED = 5, 40, 0.3
_STEP, _COARSE, _SLIP = 1.0, 5.0, 1e-9  # percentage points of the target
_AGAINST = Text("三成略低于目标的数被移到目标之上时", "three in ten of those just below moved just above")


class Bunching(NamedTuple):
    """How many stand just below and just above, the excess share of those above, and p."""

    below: int
    above: int
    effect: float
    p: float


class DensityJump(NamedTuple):
    """The jump of the density at the target: (f₊ − f₋)/(f₊ + f₋), t and p; how many lie inside the bandwidth h."""

    effect: float
    t: float
    p: float
    inside: int
    bandwidth: float


def find_bunching(gaps: ArrayLike, *, width: ArrayLike = _STEP) -> Bunching:
    """Test whether more stand just above a target than just below: p = P(Bin(K, π) ≥ K₊).

    K₊ counts gaps in [0, h), K₋ in [−h, 0), K = K₊ + K₋; π = 1/(1 + e^(−β)), β = ln((A + ½)/(B + ½))/8 the slope
    between the A gaps in [3h, 5h) and the B in [−5h, −3h), π within 0.4…0.6, so that a density that merely rises
    through the target is no bunching. effect = K₊/K − π.

    Args:
        gaps: figure − target, positive = met, (n,).
        width: h > 0 in the same unit, one for all or one each.
    Returns:
        Counts, effect (NaN for K = 0) and p.

    >>> find_bunching([-0.5, 0.1, 0.2, 0.3, 0.4, 0.5]).above
    5
    """
    given, wide = np.asarray(gaps, dtype=float), np.asarray(width, dtype=float)

    def count(low: int, high: int) -> int:
        inside = (given >= (low - _SLIP) * wide) & (given < (high - _SLIP) * wide)  # floating point decides nothing
        return int(inside.sum())

    below, above = count(-1, 0), count(0, 1)
    slope = np.log((count(3, 5) + 0.5) / (count(-5, -3) + 0.5)) / 8
    share = float(np.clip(1 / (1 + np.exp(-slope)), 0.4, 0.6))
    k = below + above
    return Bunching(below, above, above / k - share if k else float("nan"), find_chance(k, above, share=share))


def find_density_jump(gaps: ArrayLike, *, bandwidth: float | None = None) -> DensityJump:
    """Test whether the density jumps up at 0, free of any window or bins.

    f₊ and f₋ are local linear boundary estimates with the triangular kernel, K*(u) = (6 − 12u)(1 − u) on [0, 1): the
    mean of Z_i = K*(x_i/h)/h for x ≥ 0 less the same of −x_i for x < 0 is f₊ − f₋, so that t = mean(Z)/(sd(Z)/√n). The
    bias of a smooth density is of order h³. One-sided, normal.

    Args:
        gaps: figure − target, positive = met, (n,).
        bandwidth: h; default: 2 s n^(−1/5), s the lesser of the standard deviation and the interquartile range / 1.349.
    Returns:
        The jump; t and p NaN when fewer than 2 lie inside.
    Source: the test compares one-sided densities as McCrary (2008) and Cattaneo, Jansson & Ma (2020) do; the
    estimator by sample means is ours.
    """
    from scipy.special import ndtr

    given = np.asarray(gaps, dtype=float)
    low, high = np.quantile(given, (0.25, 0.75))
    h = bandwidth or 2.0 * min(float(given.std(ddof=1)), float(high - low) / 1.349) * given.size**-0.2
    inside = int((np.abs(given) < h).sum())
    if inside < 2 or h <= 0:
        nothing = float("nan")
        return DensityJump(nothing, nothing, nothing, inside, h)
    size = np.abs(given) / h
    kernel = np.where(size < 1, (6 - 12 * size) * (1 - size) / h, 0.0)
    signed = np.where(given >= 0, kernel, -kernel)
    t = float(signed.mean() / (signed.std(ddof=1) / np.sqrt(given.size)))
    total = float(kernel.sum())
    return DensityJump(float(signed.sum()) / total if total > 0 else float("nan"), t, float(ndtr(-t)), inside, h)


def find_density_power(inside: int, bandwidth: float, *, width: float = _STEP) -> float:
    """Power of `find_density_jump` when three in ten of those up to `width` below moved as far above.

    t shifts by 0.6 k (w/h) √(m/19.2), k = 6 − 9(w/h) + 4(w/h)² the mean kernel there, m inside the bandwidth h and an
    even density; normal.
    """
    from scipy.special import ndtr, ndtri

    a = min(width / bandwidth, 1.0)
    shift = 2 * _MOVED * (6 - 9 * a + 4 * a * a) * a * np.sqrt(inside / 19.2)
    return float(ndtr(shift + ndtri(SIZE)))


def find_excess_mass(gaps: ArrayLike, *, width: float = _STEP, bins: int = 10, degree: int = 3) -> float:
    """Find how many bins' worth of figures too many stand just above: b = (N_obs − N_cf)/f_cf(0).

    A polynomial is fitted to the counts of 2 · `bins` bins around the target, leaving out three below and one above; it
    gives the counterfactual count f_cf(0) of the bin above.

    Returns:
        b in bins; NaN when the counterfactual is not positive.
    Source: the bunching estimator of Chetty et al. (2011); window and degree are ours.
    """
    given = np.asarray(gaps, dtype=float)
    edges = np.arange(-bins, bins + 1) * width
    counts, _ = np.histogram(given, edges)
    centres = (edges[:-1] + edges[1:]) / 2 / width
    keep = (centres < -3) | (centres > 1)
    fitted = float(np.polyval(np.polyfit(centres[keep], counts[keep], degree), 0.5))
    return float((counts[bins] - fitted) / fitted) if fitted > 0 else float("nan")


class _Gap(NamedTuple):
    """One figure against its target, in percent of it: the gap, its window, and whose it is."""

    gap: float
    width: float
    code: str


def probe_bunching(scope: Scope, targets: Mapping[str, str]) -> Iterator[Probe | Untested]:
    """Test each indicator with a target over all contestants and periods, and each contestant over all indicators.

    The window is one percent of the target, widened to whole printed steps, so that rounding moves no figure over the
    line; a figure printed more coarsely than 5 % of its target is left out. At least 5 must lie inside.
    """
    gaps = {name: list(_list_gaps(scope, name, target)) for name, target in targets.items()}
    for name, found in gaps.items():
        yield _test(scope, found, scope.superior, name, scope.label(name))
    own: dict[str, list[_Gap]] = {code: [] for code in scope.codes if any(gaps.values())}
    for gap in (gap for found in gaps.values() for gap in found):
        own[gap.code].append(gap)
    for code, found in own.items():
        label = Text(f"{scope.name(code).zh}各项目标", f"All targets of {scope.name(code).en}")
        yield _test(scope, found, code, "", label)


def probe_density(scope: Scope, targets: Mapping[str, str]) -> Iterator[Probe | Untested]:
    """Test each indicator with a target for a jump of the density, where figures are printed finely enough."""
    for name, target in targets.items():
        fine = [gap.gap for gap in _list_gaps(scope, name, target) if gap.width <= _STEP]
        n, place, label = len(fine), (scope.superior, name, scope.span), scope.label(name)
        found = find_density_jump(fine) if n > 2 and max(fine) > min(fine) else None
        if found is None or found.inside < _INSIDE or np.isnan(found.p):
            reason = Text(f"目标附近不足 {_INSIDE} 个数", f"fewer than {_INSIDE} figures near the target")
            yield Untested("target-density", *place, n, reason)
            continue
        excess = find_excess_mass(fine)
        evidence = Text(
            f"{scope.span} {label.zh}：{n} 个数的完成率分布在 100% 处跳升，其上一个百分点内多出约 {excess:.1f} 倍。请"
            "核对报送与调整过程。",
            f"{label.en}, {scope.span}: the density of {n} attainments jumps up at 100 %; the percentage point above "
            "holds about "
            f"{excess:.1f} times too many. Please check how figures were reported and adjusted.",
        )
        power = find_density_power(found.inside, found.bandwidth)
        yield Probe("target-density", *place, found.effect, found.p, n, power, evidence, _AGAINST)


def _list_gaps(scope: Scope, name: str, target: str) -> Iterator[_Gap]:
    sign = scope.directions.get(name, 1)
    for period in scope.history:
        for item in scope.find_all(name, period):
            aim = scope.find(item.jurisdiction, target, period)
            factor = find_factor(aim.unit, item.unit) if aim else 0.0
            if aim is None or not factor * aim.value:
                continue
            percent = 100 / abs(aim.value * factor)
            step = 2 * find_rounding(item) * percent
            width = step * max(ceil(_STEP / step - _SLIP), 1) if step else _STEP
            if width <= _COARSE:
                yield _Gap(sign * (item.value - aim.value * factor) * percent, width, item.jurisdiction)


def _test(scope: Scope, gaps: list[_Gap], code: str, name: str, label: Text) -> Probe | Untested:
    below, above, effect, p = find_bunching([gap.gap for gap in gaps], width=[gap.width for gap in gaps])
    k, place = below + above, (code, name, scope.span)
    if k < _FEW:
        reason = Text(
            f"目标上下一个百分点内只有 {k} 个数，至少要 {_FEW} 个",
            f"{k} figures within a point of the target; {_FEW} are needed",
        )
        return Untested("target-bunching", *place, k, reason)
    evidence = Text(
        f"{scope.span} {label.zh}：目标上下一个百分点内共 {k} 个数，其中 {above} 个恰在目标之上。也可能因目标定得准，"
        "请核对。",
        f"{label.en}, {scope.span}: of {k} figures within a point of their target {above} stand just above. A well-set "
        "target may explain it; please check.",
    )
    power = find_power(k, null=0.5, true=0.5 + _MOVED / 2)
    return Probe("target-bunching", *place, effect, p, k, power, evidence, _AGAINST)
