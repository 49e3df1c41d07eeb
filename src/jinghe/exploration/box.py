"""Patient rule induction (耐心规则归纳, PRIM): boxes in which what is asked for happens often."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jinghe.exploration.factor import Array

__all__ = ["Box", "Side", "bootstrap", "choose_box", "find_boxes", "inside"]

_PEEL = 0.05  # α, share of the points in the box that a peel takes off
_SUPPORT = 0.05  # β, share of all points that a box keeps
_SURE = 0.05  # quasi-p beyond which a restriction is dropped

_Mask = NDArray[np.bool_]


class Side(NamedTuple):
    """How a box bounds one column: from `low` to `high`, both inside; or `among` of unordered categories."""

    column: int
    low: float = -np.inf
    high: float = np.inf
    among: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A box (区域): `hits` of `points` inside, `coverage` of all hits, quasi-p by restricted column."""

    sides: tuple[Side, ...]
    points: int
    hits: int
    coverage: float
    quasi_p: tuple[float, ...] = ()

    @property
    def density(self) -> float:
        """Share of the points inside that are hits."""
        return self.hits / self.points if self.points else 0.0


def inside(sides: Sequence[Side], x: Array) -> _Mask:
    """Which rows lie in a box."""
    found = np.ones(len(x), dtype=bool)
    for side in sides:
        column = x[:, side.column]
        found &= np.isin(column, side.among) if side.among else (column >= side.low) & (column <= side.high)
    return found


def find_boxes(x: Array, hits: _Mask, *, ordered: Sequence[bool]) -> tuple[Box, ...]:
    """Peel from everything down, then paste: the trajectory of nested boxes, each with density and coverage.

    A peel takes the lowest or highest 5 % of a column (at least its lowest or highest value), or one category,
    whichever gains most density per point; it stops at density 1 or when 5 % of the points are left.

    Args:
        x: shape (N, d).
        hits: shape (N,).
        ordered: whether a column has an order.
    Source: Friedman & Fisher (1999), Bump hunting in high-dimensional data, Statistics and Computing 9; gain per point
        as in Kwakkel & Jaxa-Rozen (2016).
    """
    sides: dict[int, Side] = {}
    found = [_count((), x, hits)]
    least = max(int(np.ceil(_SUPPORT * len(x))), 1)
    while found[-1].density < 1:
        now = inside(tuple(sides.values()), x)
        best = max(_peel(sides, x, hits, now, ordered, least), key=lambda pair: pair[0], default=None)
        if best is None:
            break
        sides[best[1].column] = best[1]
        found.append(_count(tuple(sides[c] for c in sorted(sides)), x, hits))
    return tuple(found)


def choose_box(x: Array, hits: _Mask, *, ordered: Sequence[bool], density: float | None = None) -> Box:
    """Take one box of the trajectory, paste it out, and drop restrictions that chance explains (quasi-p > 0.05).

    Without a wished density: the largest harmonic mean of density and coverage. With one: the largest coverage among
    boxes that dense, else the densest.

    quasi-p of a restriction: chance of as many hits among the points inside if they were drawn with the density of the
    box without it, P(Bin(n, p₋) ≥ hits). Source: Bryant & Lempert (2010), Technol. Forecast. Soc. Change 77.
    """
    boxes = find_boxes(x, hits, ordered=ordered)
    if density is None:
        best = max(boxes, key=lambda box: box.density * box.coverage / max(box.density + box.coverage, 1e-300))
    else:
        dense = [box for box in boxes if box.density >= density]
        best = max(dense, key=lambda box: box.coverage) if dense else max(boxes, key=lambda box: box.density)
    best = _doubt(_paste(best, x, hits, ordered), x, hits)
    while best.sides:
        worst = int(np.argmax(best.quasi_p))
        if best.quasi_p[worst] <= _SURE:
            break
        best = _doubt(_count(best.sides[:worst] + best.sides[worst + 1 :], x, hits), x, hits)
    return best


def bootstrap(
    x: Array, hits: _Mask, *, ordered: Sequence[bool], resamples: int, seed: int, density: float | None = None
) -> Array:
    """Share of resamples of the rows in which the chosen box restricts each column, shape (d,)."""
    rng = np.random.default_rng(seed % 2**64)
    counts = np.zeros(x.shape[1])
    for _ in range(resamples):
        rows = rng.integers(len(x), size=len(x))
        if hits[rows].any():
            for side in choose_box(x[rows], hits[rows], ordered=ordered, density=density).sides:
                counts[side.column] += 1
    return counts / max(resamples, 1)


def _count(sides: tuple[Side, ...], x: Array, hits: _Mask) -> Box:
    now = inside(sides, x)
    found = int((now & hits).sum())
    return Box(sides, int(now.sum()), found, found / max(int(hits.sum()), 1))


def _doubt(box: Box, x: Array, hits: _Mask) -> Box:
    """Add the quasi-p of every restriction."""
    from scipy.special import bdtrc  # heavy: only where boxes are sought

    wider = [inside(box.sides[:at] + box.sides[at + 1 :], x) for at in range(len(box.sides))]
    chances = [float(bdtrc(box.hits - 1, box.points, hits[rows].mean())) if box.hits else 1.0 for rows in wider]
    return replace(box, quasi_p=tuple(chances))


def _peel(
    sides: dict[int, Side], x: Array, hits: _Mask, now: _Mask, ordered: Sequence[bool], least: int
) -> Iterator[tuple[float, Side]]:
    """Every peel that leaves enough points and takes some, with its gain in density per point taken."""
    part, n = hits[now], int(now.sum())
    mean = part.sum() / n
    for column in range(x.shape[1]):
        values, own = x[now, column], sides.get(column, Side(column))
        for side, keep in _cuts(own, values) if ordered[column] else _leave_out(own, values):
            left = int(keep.sum())
            if least <= left < n and (gain := (part & keep).sum() / left - mean) > 0:
                yield float(gain / (n - left)), side


def _cuts(own: Side, values: Array) -> Iterator[tuple[Side, _Mask]]:
    ranked = np.sort(values)
    k = max(int(_PEEL * len(ranked)), 1)
    if ranked[0] < ranked[-1]:
        low = ranked[max(k, int(np.searchsorted(ranked, ranked[0], "right")))]
        high = ranked[min(len(ranked) - 1 - k, int(np.searchsorted(ranked, ranked[-1], "left")) - 1)]
        yield own._replace(low=float(low)), values >= low
        yield own._replace(high=float(high)), values <= high


def _leave_out(own: Side, values: Array) -> Iterator[tuple[Side, _Mask]]:
    categories = [float(value) for value in np.unique(values)]
    for category in categories if len(categories) > 1 else ():
        rest = tuple(other for other in categories if other != category)
        yield own._replace(among=rest), values != category


def _paste(box: Box, x: Array, hits: _Mask, ordered: Sequence[bool]) -> Box:
    """Move one bound at a time outward past the nearest points while density does not fall."""
    while True:
        step = max(int(_PEEL * box.points), 1)
        wider = [_count(_swap(box.sides, at, side), x, hits) for at, side in _wider(box, x, ordered, step)]
        better = [one for one in wider if one.density >= box.density and one.hits > box.hits]
        if not better:
            return box
        box = max(better, key=lambda one: (one.density, one.hits))


def _wider(box: Box, x: Array, ordered: Sequence[bool], step: int) -> Iterator[tuple[int, Side]]:
    for at, side in enumerate(box.sides):
        if ordered[side.column]:
            around = x[inside(box.sides[:at] + box.sides[at + 1 :], x), side.column]
            below, above = np.sort(around[around < side.low]), np.sort(around[around > side.high])
            if len(below):
                yield at, side._replace(low=float(below[-min(step, len(below))]))
            if len(above):
                yield at, side._replace(high=float(above[min(step, len(above)) - 1]))


def _swap(sides: tuple[Side, ...], at: int, side: Side) -> tuple[Side, ...]:
    return (*sides[:at], side, *sides[at + 1 :])
