"""Figures that were raised after their first release (事后上修)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isnan
from statistics import median
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.chance import SIZE, find_chance, find_power
from jinghe.contest.digits import find_rounding
from jinghe.contest.flags.flag import Probe, Untested
from jinghe.contest.flags.scope import Scope, find_factor
from jinghe.labels import Text
from jinghe.panel import Observation

__all__ = ["Revision", "find_overlap", "find_overlap_power", "list_revisions", "probe_revisions"]

_Array = NDArray[np.float64]
_FEW, _PEERS, _OFTEN = 5, 5, 0.8


class Revision(NamedTuple):
    """One figure from its first to its latest release: relative change in the favourable direction, and the first."""

    item: Observation
    first: Observation
    change: float


def list_revisions(scope: Scope) -> tuple[Revision, ...]:
    """List every figure of a contestant that one reporter released at least twice, in the order of the panel.

    change = sign · (latest − first)/|first|, sign = the indicator's direction; less than rounding counts as 0.
    """
    chains: dict[tuple[str, str, str, str], list[Observation]] = {}
    past, own = set(scope.history), set(scope.codes)
    for item in scope.panel.observations:
        if item.period in past and item.jurisdiction in own and not isnan(item.value):
            chains.setdefault((item.jurisdiction, item.indicator, item.period, item.reporter), []).append(item)
    found = []
    for items in chains.values():
        ordered = sorted(items, key=lambda item: item.vintage)
        first, last = ordered[0], ordered[-1]
        factor = find_factor(last.unit, first.unit)
        if first.vintage < last.vintage and first.value and factor:
            gap = last.value * factor - first.value
            gap = 0.0 if abs(gap) <= find_rounding(first) + factor * find_rounding(last) else gap
            found.append(Revision(last, first, scope.directions.get(last.indicator, 1) * gap / abs(first.value)))
    return tuple(found)


def find_overlap(both: int, first: int, second: int, n: int) -> float:
    """P(at least `both` have both marks), when `first` of n have one and `second` the other by chance (Fisher).

    >>> round(find_overlap(3, 3, 3, 6), 4)
    0.05
    """
    least, chances = _spread_overlap(first, second, n)
    return float(chances[max(both - least, 0) :].sum())


def find_overlap_power(first: int, n: int, *, low: float = 0.2, high: float = _OFTEN) -> float:
    """Power of `find_overlap` when a mark is set with chance `high` among the `first` and `low` among the others.

    The number of marks is summed over ten standard deviations around its mean; beyond lies less than 1e-12.
    """
    up, other = _spread_marks(first, high), _spread_marks(n - first, low)
    mean, variance = first * high + (n - first) * low, first * high * (1 - high) + (n - first) * low * (1 - low)
    reach = 10 * variance**0.5 + 10
    power = 0.0
    for second in range(max(0, int(mean - reach)), min(n, int(mean + reach)) + 1):
        least, chances = _spread_overlap(first, second, n)
        both = least + np.flatnonzero(np.cumsum(chances[::-1])[::-1] <= SIZE * (1 + 1e-9))
        power += float(up[both] @ other[second - both])
    return power


def _spread_overlap(first: int, second: int, n: int) -> tuple[int, _Array]:
    """The least possible overlap, and the chance of it and of each larger one (hypergeometric)."""
    least, most = max(0, first + second - n), min(first, second)
    k = np.arange(least, most)
    steps = np.log((first - k) * (second - k) / ((k + 1) * (n - first - second + k + 1)))
    return least, _normalise(steps)


def _spread_marks(n: int, share: float) -> _Array:
    """The chance of 0, 1 … n marks (binomial), 0 < share < 1."""
    k = np.arange(n)
    return _normalise(np.log((n - k) / (k + 1) * (share / (1 - share))))


def _normalise(steps: _Array) -> _Array:
    """Turn the logarithms of successive ratios into shares."""
    logs = np.concatenate([[0.0], np.cumsum(steps)])
    found = np.exp(logs - logs.max())
    return np.asarray(found / found.sum())


def probe_revisions(scope: Scope, targets: Mapping[str, str]) -> Iterator[Probe | Untested]:
    """Test each contestant: is it revised up more often than the others? And each target: are those below it raised?

    The sign test, p = P(Bin(m, ½) ≥ k), counts revisions above the contestants' median of the same figure where at
    least five were revised, so that a census that raises all raises nobody. With targets: Fisher's exact test of
    "first release below target" against "revised up".
    """
    revisions = list_revisions(scope)
    signs: dict[str, list[bool]] = {code: [] for code in scope.codes if revisions}
    for one, change in zip(revisions, _relate(revisions), strict=True):
        signs[one.item.jurisdiction] += [change > 0] if change else []
    for code, own in signs.items():
        yield _test_signs(scope, code, own)
    for name, target in targets.items():
        yield _test_target(scope, name, target, [one for one in revisions if one.item.indicator == name])


def _relate(revisions: tuple[Revision, ...]) -> list[float]:
    """Each change less the median of the same figure of all contestants, where there are enough of them."""
    groups: dict[tuple[str, str], list[float]] = {}
    for one in revisions:
        groups.setdefault((one.item.indicator, one.item.period), []).append(one.change)
    common = {key: median(row) if len(row) >= _PEERS else 0.0 for key, row in groups.items()}
    return [one.change - common[one.item.indicator, one.item.period] for one in revisions]


def _test_signs(scope: Scope, code: str, signs: list[bool]) -> Probe | Untested:
    m, k, who = len(signs), sum(signs), scope.name(code)
    place = (code, "", scope.span)
    if m < _FEW:
        reason = Text(
            f"与别处不同的修订只有 {m} 次，至少要 {_FEW} 次", f"{m} revisions unlike the others'; {_FEW} are needed"
        )
        return Untested("late-revision", *place, m, reason)
    evidence = Text(
        f"{who.zh} {scope.span}：{m} 个数的修订与别处不同，其中 {k} 个改得更有利。核算改进也会造成，请核对修订依据。",
        f"{who.en}, {scope.span}: {m} figures were revised unlike the others', {k} of them for the better. Better "
        "accounts may "
        "explain it; please check the grounds of the revisions.",
    )
    power, against = (
        find_power(m, null=0.5, true=_OFTEN),
        Text("八成修订改得更有利时", "four in five revised for the better"),
    )
    return Probe("late-revision", *place, k / m - 0.5, find_chance(m, k, share=0.5), m, power, evidence, against)


def _test_target(scope: Scope, name: str, target: str, revisions: list[Revision]) -> Probe | Untested:
    marks = [(_is_below(scope, one, target), one.change > 0) for one in revisions]
    known = [(below, up) for below, up in marks if below is not None]
    n, first, second = len(known), sum(bool(b) for b, _ in known), sum(up for _, up in known)
    both, place, label = sum(bool(b) and up for b, up in known), (scope.superior, name, scope.span), scope.label(name)
    if n < _FEW or not 0 < first < n or not 0 < second < n:
        reason = Text("有目标的修订太少或情形相同", "too few revisions with a target, or all alike")
        return Untested("late-revision", *place, n, reason)
    effect = both / first - (second - both) / (n - first)
    evidence = Text(
        f"{scope.span} {label.zh}：首次公布低于目标的 {first} 个数中 {both} 个后来上修，其余 {n - first} 个中 "
        f"{second - both} 个。请核对修订依据。",
        f"{label.en}, {scope.span}: of {first} figures first released below their target {both} were raised later, of "
        "the other "
        f"{n - first} {second - both}. Please check the grounds of the revisions.",
    )
    power = find_overlap_power(first, n)
    against = Text("未达标者八成上修、达标者两成上修时", "four in five raised below target and one in five above")
    return Probe("late-revision", *place, effect, find_overlap(both, first, second, n), n, power, evidence, against)


def _is_below(scope: Scope, one: Revision, target: str) -> bool | None:
    aim = scope.find(one.item.jurisdiction, target, one.item.period)
    factor = find_factor(aim.unit, one.first.unit) if aim else 0.0
    if aim is None or not factor:
        return None
    return scope.directions.get(one.item.indicator, 1) * (one.first.value - aim.value * factor) < 0
