"""Small groups stay hidden (小单位保护): k-anonymity with complementary suppression over all cuts at once.

A cut divides the respondents into groups (units; units × levels). What is printed about a group says something about
all its members, so a group of fewer than k is hidden, and with it as many others as are needed so that nothing about
fewer than k people follows from totals, subtotals or the differences between cuts.

The reader is given more than readers have: the combinations of background answers that occur are taken as known. Then
every unknown count is positive, and what linear programming can pin down is exactly what linear algebra can: a hidden
group is recovered if and only if its indicator is a combination of those printed. That is what is tested, on the table
of all intersections (Burt table); a hidden group that could be recovered gets company until it cannot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from jinghe.errors import DataError, problem
from jinghe.survey.company import Groups, cross_cuts, find_company

__all__ = ["DEFAULT_K", "find_recovered", "hide_small", "protect_cuts"]

DEFAULT_K = 10
_RIDGE = 1e-10  # keeps the factorisation of dependent groups defined
_TOLERANCE = (
    1e-3  # of a squared distance from the span, in people: 0 for combinations, else at least 1 / length of a cycle
)
_Bools = NDArray[np.bool_]
_Counts = NDArray[np.int64]
_Floats = NDArray[np.float64]


def hide_small(sizes: Sequence[int], *, k: int) -> tuple[bool, ...]:
    """Hide groups of one division with a printed total: those below k, then the smallest until the hidden sum is k.

    Source: the remainder rule of survey vendors. Groups of nobody hide nothing. `protect_cuts` does the same and more
    for several cuts at once.

    >>> hide_small([8, 7, 2, 5, 1], k=3), hide_small([8, 7, 2, 5, 1], k=5)
    ((False, False, True, False, True), (False, False, True, True, True))
    """
    hidden = [0 < size < k for size in sizes]
    order = sorted((size, at) for at, size in enumerate(sizes) if size >= k)
    for _, at in order:
        total = sum(size for size, gone in zip(sizes, hidden, strict=True) if gone)
        if total == 0 or total >= k:
            break
        hidden[at] = True
    return tuple(hidden)


def protect_cuts(
    cuts: Sequence[NDArray[np.int64]],
    *,
    k: int = DEFAULT_K,
    hidden: Sequence[_Bools] | None = None,
    weights: _Floats | None = None,
    plain: Sequence[bool] | None = None,
) -> tuple[_Bools, ...]:
    """Decide which groups of which cuts stay hidden, over all cuts that are printed together.

    1. A group of fewer than k is hidden (an empty one hides nobody). 2. What a printed group leaves when the printed
    groups inside it are taken away is nobody or at least k; else the smallest of these is hidden too. 3. No hidden
    group, no two hidden ones together and no difference of two nested ones below k is a combination of what is printed;
    else the smallest printed group in the combination is hidden too. Everybody together is always printed.

    Args:
        cuts: per cut the number of the group of every respondent, from 0.
        k: the smallest group that may be shown.
        hidden: what is hidden already, per cut.
        weights: of the respondents, where tables are weighted.
        plain: per cut whether its groups are printed without weights too; None: all are.
    Returns:
        Per cut and group whether it is hidden.
    Raises:
        DataError: fewer than k respondents in all: nothing may be printed.
    """
    if not cuts or len(cuts[0]) < k:
        raise DataError([problem("survey-too-few", found=len(cuts[0]) if cuts else 0, k=k)])
    groups = cross_cuts(cuts, weights=weights, plain=plain)
    groups = replace(groups, fixed=_in_span(groups, shown=np.arange(len(groups.sizes)) == 0))
    gone = (groups.sizes < k) & (groups.sizes > 0)
    for given, (start, end) in zip(hidden or (), list(groups.spans())[1:], strict=False):
        known = given[: end - start]
        gone[start : start + len(known)] |= known
    while True:
        more = _remainders(groups, gone, k) or _combined(groups, gone, k)
        if not more:
            return tuple(gone[start:end] for start, end in list(groups.spans())[1:])
        gone[list(more)] = True


def find_recovered(
    cuts: Sequence[NDArray[np.int64]],
    hidden: Sequence[_Bools],
    *,
    weights: _Floats | None = None,
    plain: Sequence[bool] | None = None,
) -> tuple[tuple[int, int], ...]:
    """List the hidden groups, as (cut, group), that follow from the printed ones by linear algebra.

    `weights` and `plain` as for `protect_cuts`.

    >>> units, everybody_else_shown = np.array([0] * 8 + [1] * 7 + [2] * 2), np.array([False, False, True])
    >>> find_recovered([units], [everybody_else_shown])
    ((0, 2),)
    """
    groups = cross_cuts(cuts, weights=weights, plain=plain)
    gone = np.concatenate([[False], *hidden])
    found = np.flatnonzero(gone & _in_span(groups, shown=~gone))
    spans = list(groups.spans())[1:]
    return tuple((cut, int(at - start)) for at in found for cut, (start, end) in enumerate(spans) if start <= at < end)


def _in_span(groups: Groups, *, shown: _Bools) -> _Bools:
    """Tell which groups, weighted or not, are combinations of the printed ones; empty ones are none."""
    met = np.flatnonzero(groups.sizes > 0)
    printed, found = np.flatnonzero(shown & (groups.sizes > 0)), np.zeros(len(groups.sizes), dtype=bool)
    for power in groups.powers:
        found[met[np.diagonal(_project(groups, printed, met, power)) < _TOLERANCE]] = True
    return found


def _remainders(groups: Groups, gone: _Bools, k: int) -> set[int]:
    """For every printed group and every cut: what the printed groups inside it leave over; small groups first."""
    sizes, hidden = groups.sizes, gone.copy()
    inside = (groups.cross == sizes[:, None]) & (sizes > 0)[:, None]  # [g, A]: g lies in A
    for start, end in list(groups.spans())[1:]:
        block = inside[start:end] * sizes[start:end, None]
        left = sizes - (~hidden[start:end, None] * block).sum(0)
        suspects = np.flatnonzero(~hidden & (left > 0) & (left < k))
        for whole in sorted(suspects, key=lambda at: int(sizes[at])):
            over = sizes[whole] - block[~hidden[start:end], whole].sum()
            parts = start + np.flatnonzero(inside[start:end, whole] & ~hidden[start:end])
            if not hidden[whole] and 0 < over < k:
                hidden[parts[np.argmin(sizes[parts])]] = True
    return set(np.flatnonzero(hidden & ~gone).tolist())


def _combined(groups: Groups, gone: _Bools, k: int) -> set[int]:
    """Find hidden groups, sums of two and small differences that follow from printed groups; give them company."""
    sizes = groups.sizes
    shown, away = np.flatnonzero(~gone & (sizes > 0)), np.flatnonzero(gone & (sizes > 0))
    if not len(away):
        return set()
    met, size = groups.cross[np.ix_(away, away)], sizes[away]
    found: set[int] = set()
    for power in groups.powers:
        rest = _project(groups, shown, away, power)
        own = np.diagonal(rest)
        both, apart = own[:, None] + own + 2 * rest, own[:, None] + own - 2 * rest
        sums = (both < _TOLERANCE) & (met == 0) & (size[:, None] + size < k)
        gaps = (apart < _TOLERANCE) & (met == size) & (size[:, None] > size) & (size[:, None] - size < k)
        found |= {int(away[at]) for at in np.flatnonzero(own < _TOLERANCE)}
        found |= {int(away[i]) for i, _ in zip(*np.nonzero(np.triu(sums, 1) | gaps), strict=True)}
    hidden = gone.copy()
    for at in sorted(found, key=lambda at: int(sizes[at])):
        hidden[find_company(groups, gone, hidden, at)] = True
    return set(np.flatnonzero(hidden & ~gone).tolist())


def _project(groups: Groups, shown: _Counts, away: _Counts, power: int) -> _Floats:
    """Project groups, with a power of their weights, on what is printed; return what is left of them (Gram matrix)."""
    from scipy.linalg import cholesky, solve_triangular

    target = (away, np.full(len(away), power))
    printed = (shown, np.zeros(len(shown), dtype=np.int64))
    if groups.plain is not None:
        plain = shown[groups.plain[shown]]
        printed = (np.concatenate([shown, plain]), np.repeat([1, 0], [len(shown), len(plain)]))
    gram = groups.products(printed, printed)
    scale = 1 / np.sqrt(np.diagonal(gram))
    gram *= scale[:, None] * scale
    gram[np.diag_indices_from(gram)] += _RIDGE
    beside = scale[:, None] * groups.products(printed, target)
    left = solve_triangular(cholesky(gram, lower=True), beside, lower=True)
    return np.asarray(groups.products(target, target) - left.T @ left)
