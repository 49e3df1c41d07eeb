"""A figure that breaks with its own past (突变)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jinghe.contest.chance import find_t_power
from jinghe.contest.flags.flag import Probe, Untested
from jinghe.contest.flags.scope import Scope
from jinghe.labels import Text

__all__ = ["Jump", "find_changes", "find_jump", "probe_jumps"]

_Array = NDArray[np.float64]
_FEW, _PEERS, _SHIFT = 5, 5, 3.0  # periods; contestants for a common change; deviations to be noticed


class Jump(NamedTuple):
    """The last change against the earlier ones: its distance from their mean, t, p, and the robust z."""

    effect: float
    t: float
    p: float
    z: float


def find_jump(changes: ArrayLike) -> Jump:
    """Test whether the last of m changes belongs to the earlier ones.

    t = (g_m − ḡ)/(s √(1 + 1/(m − 1))) with mean and deviation of the m − 1 earlier ones, m − 2 degrees of freedom, two
    sides: exact for normal changes. z = 0.6745 (g_m − median)/MAD over all m, as data-quality checks use it (|z| >
    3.5).

    Args:
        changes: at least three, oldest first.
    Returns:
        The jump; NaN when the earlier changes are all the same.

    >>> round(find_jump([1.0, 2.0, 3.0, 9.0]).t, 3)
    6.062
    """
    from scipy.special import stdtr

    given = np.asarray(changes, dtype=float)
    past, m = given[:-1], given.size
    effect, deviation = float(given[-1] - past.mean()), float(past.std(ddof=1))
    median = np.median(given)
    spread = float(np.median(np.abs(given - median)))
    z = float(0.6745 * (given[-1] - median) / spread) if spread else float("nan")
    if deviation <= 1e-12 * np.abs(given).max(initial=1e-300):
        return Jump(effect, float("nan"), float("nan"), z)
    t = effect / (deviation * np.sqrt(1 + 1 / (m - 1)))
    return Jump(effect, float(t), float(2 * stdtr(m - 2, -abs(t))), z)


def find_changes(table: _Array) -> tuple[_Array, bool]:
    """Turn levels (n, T) into changes against the others (n, T − 1), and say whether they are in log points.

    ln x_t − ln x_{t−1} where all are positive, else x_t − x_{t−1}; less the median of the other contestants in that
    period where at least five have one, so that what happens to all is nobody's jump.
    """
    known = table[~np.isnan(table)]
    logs = bool(known.size) and bool((known > 0).all())
    changes = np.diff(np.log(table) if logs else table, axis=1)
    for column in changes.T:
        there = np.flatnonzero(~np.isnan(column))
        if there.size >= _PEERS:
            column[there] -= _find_peers(column[there])
    return changes, logs


def _find_peers(values: _Array) -> _Array:
    """The median of all others, for each."""
    order, m = np.argsort(values, kind="stable"), len(values)
    v = values[order]
    rank, half = np.arange(m), (m - 1) // 2
    low = np.where(rank < half, half, half - 1) if m % 2 else half + (rank <= half)
    high = half + (rank <= half)
    peers = np.empty(m)
    peers[order] = (v[low] + v[high]) / 2
    return peers


def probe_jumps(scope: Scope) -> Iterator[Probe | Untested]:
    """Test the scored figure of every contestant and indicator against its own past, at least five periods in a row."""
    if not scope.tail:
        return
    last = scope.tail[-1]
    for name in scope.indicators:
        table = scope.table(name, scope.tail)
        changes, logs = find_changes(table)
        for code, row, levels in zip(scope.codes, changes, table, strict=True):
            place, past = (code, name, last), row[_last_gap(row) :]
            if np.isnan(levels[-1]):
                continue
            found = find_jump(past) if past.size + 1 >= _FEW else None
            if found is None or np.isnan(found.p):
                reason = Text(
                    f"连续的期数不足 {_FEW} 个或此前没有变化",
                    f"fewer than {_FEW} periods in a row, or no change before",
                )
                yield Untested("jump", *place, past.size + 1, reason)
                continue
            yield _tell(scope, place, found, past.size, logs=logs)


def _last_gap(row: _Array) -> int:
    gaps = np.flatnonzero(np.isnan(row))
    return int(gaps[-1]) + 1 if gaps.size else 0


def _tell(scope: Scope, place: tuple[str, str, str], found: Jump, m: int, *, logs: bool) -> Probe:
    code, name, period = place
    label, who = scope.label(name), scope.name(code)
    size = f"{100 * np.expm1(found.effect):+.1f}%" if logs else f"{found.effect:+.4g}"
    evidence = Text(
        f"{who.zh} {period} {label.zh}的变动比以往 {m - 1} 期的平均多 {size}（稳健 z = {found.z:.1f}）。口径或区划调整"
        "也会造成，请核对。",
        f"{label.en} of {who.en}, {period}: the change exceeds the mean of the {m - 1} before by {size} (robust z = "
        f"{found.z:.1f}). "
        "A change of scope or of borders may explain it; please check.",
    )
    power = find_t_power(m - 2, shift=_SHIFT / np.sqrt(1 + 1 / (m - 1)))
    against = Text("偏离三个标准差时", "a jump of three deviations")
    return Probe("jump", *place, found.effect, found.p, m + 1, power, evidence, against)
