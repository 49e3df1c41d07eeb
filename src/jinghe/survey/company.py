"""Company for hidden groups (互补隐去): which printed groups to hide beside one that could be worked out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

__all__ = ["Groups", "cross_cuts", "find_company"]

_Bools = NDArray[np.bool_]
_Counts = NDArray[np.int64]
_Floats = NDArray[np.float64]
_BROKEN = 10**12  # a circle that leaves the group alone in a printed one is the last choice


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """All groups of all cuts side by side; group 0 is everybody. `cross[a, b]`: how many are in both.

    Where weighted tables are printed `weighed` holds the sums of their weights and of the squares of these, and `plain`
    marks the groups printed without weights too. `fixed` marks groups that the totals alone give: hiding them helps
    nobody.
    """

    cross: _Counts
    ends: tuple[int, ...]
    weighed: tuple[_Floats, _Floats] | None = None
    plain: _Bools | None = None
    fixed: _Bools | None = None

    @property
    def powers(self) -> tuple[int, ...]:
        """Of which power of the weights sums are printed: 0, counting people, and 1 where tables are weighted."""
        return (0,) if self.weighed is None else (0, 1)

    def products(self, one: tuple[_Counts, _Counts], two: tuple[_Counts, _Counts]) -> _Floats:
        """Inner products of groups, each with its power of the weights."""
        tables = (self.cross.astype(np.float64), *(self.weighed or ()))
        power = one[1][:, None] + two[1]
        at = np.ix_(one[0], two[0])
        return np.asarray(np.select([power == each for each in range(len(tables))], [table[at] for table in tables]))

    @property
    def sizes(self) -> _Counts:
        """How many are in each group."""
        return np.diagonal(self.cross)

    def spans(self) -> Iterator[tuple[int, int]]:
        """Yield where the groups of each cut begin and end, everybody first."""
        return pairwise(self.ends)


def cross_cuts(
    cuts: Sequence[NDArray[np.int64]], *, weights: _Floats | None = None, plain: Sequence[bool] | None = None
) -> Groups:
    """Count all intersections; `plain` marks the cuts printed without weights too, None: all."""
    columns = [np.zeros(len(cuts[0]), dtype=np.int64), *cuts]
    widths = [int(column.max(initial=0)) + 1 for column in columns]
    ends = (0, *np.cumsum(widths).tolist())
    cross = _cross(columns, ends, None).astype(np.int64)
    if weights is None:
        return Groups(cross, ends)
    marks = np.repeat([True, *(plain or [True] * len(cuts))], widths)
    return Groups(cross, ends, (_cross(columns, ends, weights), _cross(columns, ends, weights**2)), marks)


def _cross(columns: Sequence[_Counts], ends: Sequence[int], each: _Floats | None) -> _Floats:
    cross = np.zeros((ends[-1], ends[-1]))
    spans = list(pairwise(ends))
    for i, (one, (a, b)) in enumerate(zip(columns, spans, strict=True)):
        for other, (c, d) in zip(columns[i:], spans[i:], strict=True):
            sums = np.bincount(one * (d - c) + other, each, minlength=(b - a) * (d - c)).reshape(b - a, d - c)
            cross[a:b, c:d], cross[c:d, a:b] = sums, sums.T
    return cross


def find_company(groups: Groups, gone: _Bools, hidden: _Bools, at: int) -> list[int]:
    """Choose printed groups to hide beside a hidden one, so that it stands in a circle.

    Where the printed groups of another cut make it up, the smallest of them. In a two-way cut the other corners of the
    cheapest rectangle (row, column) whose corners all have members, so that shifting one person round the corners
    leaves every printed line as it is; lines of further cuts count too. Else the smallest printed group of the same
    cut, or of all.

    Source: the hypercube method of cell suppression (Repsilber 1994; Giessing & Repsilber 2002).

    Args:
        groups: all groups of all cuts.
        gone: what was hidden when the search began.
        hidden: what is hidden by now; a rectangle that others of this round completed is enough.
        at: the hidden group.
    """
    span, sizes = next((start, end) for start, end in groups.spans() if start <= at < end), groups.sizes
    free = ~hidden & (sizes > 0) & (sizes < sizes[0])
    free &= True if groups.fixed is None else ~groups.fixed
    for part in _find_parts(groups, free, at, span):
        return [part]
    ways = _find_ways(groups, span)
    found = _rectangle(groups, gone, hidden, at, ways) if ways else None
    if found is not None:
        return found
    beside = [g for g in range(*span) if free[g]] or np.flatnonzero(free).tolist()
    return [min(beside, key=lambda g: (not _share_line(groups, at, g, span), sizes[g]))] if beside else []


def _find_parts(groups: Groups, free: _Bools, at: int, span: tuple[int, int]) -> Iterator[int]:
    """The smallest of the printed groups of another cut that together are this one."""
    inside = free & (groups.cross[:, at] == groups.sizes)
    for start, end in groups.spans():
        parts = start + np.flatnonzero(inside[start:end])
        if start != span[0] and groups.sizes[parts].sum() == groups.sizes[at]:
            yield int(min(parts, key=lambda g: groups.sizes[g]))


def _share_line(groups: Groups, one: int, two: int, span: tuple[int, int]) -> bool:
    """Whether a printed group other than everybody holds both."""
    both = (groups.cross[one] == groups.sizes[one]) & (groups.cross[two] == groups.sizes[two])
    both[0] = both[span[0] : span[1]] = False
    return bool(both.any())


def _find_ways(groups: Groups, span: tuple[int, int]) -> tuple[_Counts, _Counts] | None:
    """Find two cuts of which every group of this one is a crossing: per group its row and its column."""
    own = np.arange(*span)
    met = own[groups.sizes[own] > 0]
    ways = []
    for start, end in list(groups.spans())[1:]:
        inside = groups.cross[own, start:end] == groups.sizes[own][:, None]
        if start != span[0] and inside[met - span[0]].any(1).all():
            ways.append((end - start, inside.argmax(1)))
    ways.sort(key=lambda way: -way[0])
    for (_, rows), (_, columns) in combinations(ways, 2):
        if len({(rows[g - span[0]], columns[g - span[0]]) for g in met}) == len(met):
            return rows, columns
    return None


def _rectangle(
    groups: Groups, gone: _Bools, hidden: _Bools, at: int, ways: tuple[_Counts, _Counts]
) -> list[int] | None:
    """The printed corners of the cheapest rectangle; none to add where this round completed one; None: no rectangle."""
    start = next(first for first, end in groups.spans() if first <= at < end)
    rows, columns = ways
    grid = np.full((rows.max() + 1, columns.max() + 1), -1)
    own = start + np.flatnonzero(groups.sizes[start : start + len(rows)] > 0)
    grid[rows[own - start], columns[own - start]] = own
    i, j = rows[at - start], columns[at - start]
    beside, below = grid[i], grid[:, j]
    fits = (beside >= 0) & (below >= 0)[:, None] & (grid >= 0)
    fits[i], fits[:, j] = False, False
    if not fits.any():
        return None
    price = np.where(hidden, 0, groups.sizes)
    cost = price[beside] + price[below][:, None] + price[grid] + _BROKEN * _alone(groups, hidden, at, beside, below)
    done = fits & (cost == 0)
    if done.any() and (~gone[beside] | ~gone[below][:, None] | ~gone[grid])[done].any():
        return []
    cost = np.where(fits & (cost > 0), cost, np.iinfo(np.int64).max)
    r, c = np.unravel_index(int(cost.argmin()), cost.shape)
    corners = [int(g) for g in (grid[i, c], grid[r, j], grid[r, c]) if not hidden[g]]
    return corners or None


def _alone(groups: Groups, hidden: _Bools, at: int, beside: _Counts, below: _Counts) -> _Counts:
    """How many printed groups hold this one and no other corner: in them it would stand alone."""
    around = np.flatnonzero((groups.cross[at] == groups.sizes[at]) & ~hidden)
    around = around[around > 0]
    held = [groups.cross[np.ix_(corner, around)] == groups.sizes[corner][:, None] for corner in (beside, below)]
    return np.asarray((~held[0][None] & ~held[1][:, None]).sum(2))
