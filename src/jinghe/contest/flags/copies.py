"""Figures that stand alike in two places (数据雷同): two cities in one period, or one city in two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.chance import SIZE
from jinghe.contest.digits import find_rounding
from jinghe.contest.flags.flag import Probe, Untested
from jinghe.contest.flags.scope import Scope
from jinghe.labels import Text

__all__ = ["find_match_chance", "find_match_power", "probe_copies"]

_Array = NDArray[np.float64]
_FEW, _MANY = 3, 100  # figures in common; contestants whose pairs can all be compared
_AGAINST = Text("半数数据雷同时", "half of the figures being the same")


def find_match_chance(matches: int, shares: Sequence[float]) -> float:
    """P(at least `matches` of the figures agree by chance) when figure j agrees with chance `shares[j]`.

    The Poisson-binomial tail, exact by adding one figure after the other.

    >>> round(find_match_chance(2, [0.1, 0.1, 0.1]), 3)
    0.028
    """
    counts = np.zeros(len(shares) + 1)
    counts[0] = 1.0
    for share in shares:
        counts[1:] = counts[1:] * (1 - share) + counts[:-1] * share
        counts[0] *= 1 - share
    return float(counts[matches:].sum())


def find_match_power(shares: Sequence[float]) -> float:
    """Power of the match test when every figure agrees with chance ½ (and never less than by chance)."""
    critical = next(k for k in range(len(shares) + 2) if find_match_chance(k, shares) <= SIZE)
    return find_match_chance(critical, [max(share, 0.5) for share in shares])


def probe_copies(scope: Scope) -> Iterator[Probe | Untested]:
    """Test each pair of contestants in the scored period, and each contestant's last two periods in a row.

    A figure of less than three digits, zero or missing is left out. Figure j agrees by chance with (e_j + 1)/(m_j + 2),
    e_j of the m_j other pairs agreeing; at least three figures must be shared.
    """
    for period in scope.history[-1:]:
        if len(scope.codes) > _MANY:
            reason = Text(
                f"地区超过 {_MANY} 个，不作两两比较", f"more than {_MANY} contestants; pairs are not compared"
            )
            yield Untested("copied-figures", scope.superior, "", period, len(scope.codes), reason)
            break
        tables = [scope.table(name, [period])[:, 0] for name in scope.indicators]
        exact = [_find_fine(scope, name, [period])[:, 0] for name in scope.indicators]
        columns = [np.where(fine, table, np.nan) for table, fine in zip(tables, exact, strict=True)]
        yield from _compare_cities(scope, columns, period)
    for before, after in list(pairwise(scope.tail))[-1:]:
        pairs = [_pair(scope, name, (before, after)) for name in scope.indicators]
        yield from _compare_years(scope, pairs, before, after)


def _find_fine(scope: Scope, name: str, periods: Sequence[str]) -> NDArray[np.bool_]:
    """Which figures have three digits or more."""
    found = [[scope.find(code, name, period) for period in periods] for code in scope.codes]
    fine = [
        [o is not None and abs(o.value) >= 200 * find_rounding(o) > 0 and o.value != 0 for o in row] for row in found
    ]
    return np.array(fine, dtype=np.bool_)


def _pair(scope: Scope, name: str, periods: tuple[str, str]) -> _Array:
    return np.where(_find_fine(scope, name, periods), scope.table(name, periods), np.nan)


def _compare_cities(scope: Scope, columns: list[_Array], period: str) -> Iterator[Probe | Untested]:
    same = [_agree(column[:, None], column[None, :]) for column in columns]
    known = [int((~np.isnan(column)).sum()) for column in columns]
    alike = [int(np.triu(one, 1).sum()) for one in same]
    for i, j in combinations(range(len(scope.codes)), 2):
        shared = [k for k, column in enumerate(columns) if not np.isnan(column[i] + column[j])]
        hits = [bool(same[k][i, j]) for k in shared]
        pairs = zip(shared, hits, strict=True)
        shares = [(alike[k] - hit + 1) / (known[k] * (known[k] - 1) // 2 + 1) for k, hit in pairs]
        names = [scope.name(scope.codes[x]) for x in (i, j)]
        title = Text(f"{names[0].zh}与{names[1].zh} {period}", f"{names[0].en} and {names[1].en}, {period}")
        if shared:
            yield _test(scope.codes[i], period, title, sum(hits), shares)


def _compare_years(scope: Scope, pairs: list[_Array], before: str, after: str) -> Iterator[Probe | Untested]:
    same = [_agree(pair[:, 0], pair[:, 1]) for pair in pairs]
    known = [int((~np.isnan(pair).any(axis=1)).sum()) for pair in pairs]
    alike = [int(one.sum()) for one in same]
    for i, code in enumerate(scope.codes):
        shared = [k for k, pair in enumerate(pairs) if not np.isnan(pair[i]).any()]
        shares = [(alike[k] - int(same[k][i]) + 1) / (known[k] + 1) for k in shared]
        who = scope.name(code)
        title = Text(f"{who.zh} {before} 与 {after}", f"{who.en}, {before} and {after}")
        if shared:
            yield _test(code, after, title, sum(int(same[k][i]) for k in shared), shares)


def _agree(first: _Array, second: _Array) -> NDArray[np.bool_]:
    return np.asarray(np.abs(first - second) <= 1e-9 * np.abs(first))


def _test(code: str, period: str, title: Text, matches: int, shares: list[float]) -> Probe | Untested:
    m = len(shares)
    if m < _FEW:
        reason = Text(f"可比的数只有 {m} 个，至少要 {_FEW} 个", f"{m} figures in common; {_FEW} are needed")
        return Untested("copied-figures", code, "", period, m, reason)
    evidence = Text(
        f"{title.zh}：{m} 个三位以上的数中 {matches} 个完全相同。请核对录入与来源。",
        f"{title.en}: {matches} of {m} figures of three digits or more are the same. Please check typing and sources.",
    )
    effect, p = matches / m - float(np.mean(shares)), find_match_chance(matches, shares)
    return Probe("copied-figures", code, "", period, effect, p, m, find_match_power(shares), evidence, _AGAINST)
