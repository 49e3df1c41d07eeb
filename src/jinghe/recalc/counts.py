"""How many gave which answer: what n, mean and SD leave open (作答分布的可行范围), by integer programming."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jinghe.recalc.grim import grim
from jinghe.recalc.printed import Interval, Printed

__all__ = ["find_counts", "top_box_range"]

_SLACK = 1e-6  # the solver's own tolerance
_COUNTABLE = 4  # up to five options the counts follow from one another


def find_counts(mean: Printed, sd: Printed, n: int, scale: tuple[int, int]) -> tuple[int, ...] | None:
    """Find one distribution of n whole-number answers with this mean and SD (one count per answer), or None.

    >>> from jinghe.recalc.printed import read_printed
    >>> find_counts(read_printed("2.00"), read_printed("1.41"), 2, (1, 3))
    (1, 0, 1)
    """
    found = _solve(mean, sd, n, scale, 0)
    return None if found is None else tuple(found)


@lru_cache(maxsize=1024)
def top_box_range(mean: Printed, sd: Printed, n: int, scale: tuple[int, int]) -> Interval | None:
    """Return the least and the largest share that can have chosen the top answer; None: no sample has this mean and SD.

    min / max c_top subject to Σc = n, Σvc = S, Σv²c = Q, (Q − S²/n)/(n − 1) within the rounding of SD², S among the
    sums that GRIM allows; counts c are whole numbers. Up to five options by listing, else by integer programming.
    """
    if 2 <= scale[1] - scale[0] <= _COUNTABLE:
        return _list_top_box(mean, sd, n, scale)
    ends = [_solve(mean, sd, n, scale, weight) for weight in (1, -1)]
    if ends[0] is None or ends[1] is None:
        return None
    return Interval(ends[0][-1] / n, ends[1][-1] / n)


def _list_top_box(mean: Printed, sd: Printed, n: int, scale: tuple[int, int]) -> Interval | None:
    """Try every sum T and sum of squares Q of the distances from the top answer, from both ends of what they allow."""
    t, q = _moments(mean, sd, n, scale)
    low = np.maximum(np.maximum((3 * t - q) // 2, -((q - 5 * t) // 6)), np.maximum(-((q - 7 * t) // 12), 0))
    high, width = np.minimum((5 * t - q) // 4, n), scale[1] - scale[0]
    high = np.minimum(high, {2: low, 3: (4 * t - q) // 3}.get(width, high))
    ends = []
    for start, step in ((low, 1), (high, -1)):
        others, left = start.copy(), low <= high  # how many did not give the top answer
        while (wrong := left & ~_can_be(others, t, q, width)).any():
            others[wrong] += step
            left &= (others >= low) & (others <= high)
        ends.append(others[left])
    return Interval(1 - int(ends[1].max()) / n, 1 - int(ends[0].min()) / n) if len(ends[0]) else None


def _moments(mean: Printed, sd: Printed, n: int, scale: tuple[int, int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """All pairs of a sum and a sum of squares (of the same parity) that print this mean and SD."""
    spread = [(n - 1) * end**2 for end in (max(Fraction(0), sd.bounds[0]), sd.bounds[1])]
    pairs: list[tuple[int, int]] = []
    for total in grim(mean, n).sums if n > 1 else ():
        t = n * scale[1] - total
        first = math.ceil(Fraction(t * t, n) + spread[0])
        last = math.floor(Fraction(t * t, n) + spread[1])
        if 0 <= t <= n * (scale[1] - scale[0]):
            pairs += [(t, q) for q in range(first + (first - t) % 2, last + 1, 2)]
    found = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def _can_be(others: NDArray[np.int64], t: NDArray[np.int64], q: NDArray[np.int64], width: int) -> NDArray[np.bool_]:
    """Whether so many answers below the top can have Σu = T and Σu² = Q, u their distance from it, 1 to `width`.

    With c₄ answers at distance 4 the others are c₃ = (Q − 3T)/2 + N − 3c₄, c₂ = 4T − 3N − Q + 3c₄ and
    c₁ = 3N − (5T − Q)/2 − c₄; none may be negative.
    """
    third, first = (q - 3 * t) // 2 + others, 3 * others - (5 * t - q) // 2
    least = np.maximum(0, -((4 * t - q - 3 * others) // 3))
    most = np.minimum(third // 3, first)
    if width == 4:
        return np.asarray(least <= most)
    return np.asarray((least == 0) & (most >= 0) & ((third == 0) if width == 2 else True))


def _solve(mean: Printed, sd: Printed, n: int, scale: tuple[int, int], weight: int) -> list[int] | None:
    """Solve one programme: counts first, then one switch per feasible sum."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    answers = np.arange(scale[0], scale[1] + 1, dtype=float)
    sums = list(grim(mean, n).sums)
    if not sums or n < 2:
        return None
    rows, low, high = _constraints(answers, sums, sd, n)
    cost = np.zeros(rows.shape[1])
    cost[len(answers) - 1] = weight
    top = np.concatenate([np.full(len(answers), n), np.ones(len(sums))])
    found: Any = milp(
        cost, integrality=np.ones(len(cost)), bounds=Bounds(0, top), constraints=LinearConstraint(rows, low, high)
    )
    return None if found.x is None else [round(x) for x in found.x[: len(answers)]]


def _constraints(
    answers: NDArray[np.float64], sums: list[int], sd: Printed, n: int
) -> tuple[NDArray[np.float64], list[float], list[float]]:
    """Rows: Σc = n; one switch on; Σvc − Σ S·z = 0; Q above its floor; Q below its ceiling (all centred on the top)."""
    shifted = answers - answers[-1]  # small numbers keep the solver exact
    totals = [s - n * int(answers[-1]) for s in sums]
    spread = [(n - 1) * end**2 for end in (max(Fraction(0), sd.bounds[0]), sd.bounds[1])]
    floor, ceiling = ([float(Fraction(s * s, n) + part) for s in totals] for part in spread)
    none, off = [0.0] * len(answers), [0.0] * len(sums)
    rows = [
        [1.0] * len(answers) + off,
        none + [1.0] * len(sums),
        [*shifted, *(-float(s) for s in totals)],
        [*shifted**2, *(-q for q in floor)],
        [*shifted**2, *(-q for q in ceiling)],
    ]
    return np.array(rows), [n, 1, 0, -_SLACK, -np.inf], [n, 1, 0, np.inf, _SLACK]
