"""Do others change places when a city leaves or joins (名次逆转)? Under relative scales they may."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.audit.association import find_kendall, find_swaps
from jinghe.contest.audit.trial import Trial
from jinghe.errors import Problem, attempt

__all__ = ["REVERSALS", "Reversal", "find_reversals"]

REVERSALS = ("dropped", "doubled", "dominated")

_Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Reversal:
    """What one trial does to the others (逆转).

    `row` is dropped, enters twice (doubled), or lends its size to a newcomer that is worst in everything (dominated).
    `swaps` are pairs of other rows that change places; `tau` compares both orders. `problems` say why a trial could
    not be run; then there are no swaps and τ is NaN.
    """

    kind: str
    row: int
    swaps: tuple[tuple[int, int], ...]
    tau: float
    problems: tuple[Problem, ...] = ()


def find_reversals(trial: Trial, *, most: int = 100) -> tuple[Reversal, ...]:
    """Drop every city in turn, let every city enter twice, and let one join that is worst in everything.

    A newcomer's figure is the worst one known of each indicator, after division by the size of the last row in the
    order. A sound rule leaves the order of the others as it was. Fixed goalposts, targets and base windows do;
    min–max, z-scores, ranks, TOPSIS and weights found in the figures need not.

    Args:
        trial: the chain and its input.
        most: how many cities are tried; of more, those evenly spread over the order.
    Returns:
        At most 2 · most + 1 trials; a city without a score is not tried. The reference city cannot be dropped.
    Source: the idea of Wang & Triantaphyllou (2008), Omega 36(1), tests of rank reversal.
    """
    n = len(trial.raw)
    nominal = trial.run(range(n)).total
    order = [row for row in np.argsort(-nominal, kind="stable").tolist() if not np.isnan(nominal[row])]
    places = np.unique(np.linspace(0, max(len(order) - 1, 0), min(most, len(order))).round().astype(int))
    scored = [order[place] for place in places.tolist()]
    return tuple(_find_all(trial, nominal, scored))


def _find_all(trial: Trial, nominal: _Array, scored: Sequence[int]) -> Iterator[Reversal]:
    everyone = list(range(len(trial.raw)))
    for row in scored:
        if row != trial.context.reference and len(scored) > 2:
            yield _try(trial, nominal, "dropped", row, [other for other in everyone if other != row])
    for row in scored:
        yield _try(trial, nominal, "doubled", row, [*everyone, row])
    if scored:
        last = scored[-1]
        yield _try(trial, nominal, "dominated", last, [*everyone, last], raw=_add_worst(trial, last))


def _try(trial: Trial, nominal: _Array, kind: str, row: int, rows: list[int], *, raw: _Array | None = None) -> Reversal:
    faults: list[Problem] = []
    stages = attempt(faults, lambda chosen: trial.run(chosen, raw=raw), rows)
    if stages is None:
        return Reversal(kind, row, (), float("nan"), tuple(faults))
    others = [k for k, old in enumerate(rows) if old != row]
    names = [rows[k] for k in others]
    before, after = nominal[names], stages.total[others]
    swaps = tuple((names[i], names[j]) for i, j in find_swaps(before, after))
    return Reversal(kind, row, swaps, find_kendall(before, after))


def _add_worst(trial: Trial, row: int) -> _Array:
    figures = trial.raw.copy()
    ways = np.asarray(trial.directions, dtype=float)
    for leaf, sizes in trial.context.denominators.items():
        k = trial.tree.leaves.index(leaf)
        figures[:, k] = np.divide(figures[:, k], sizes, out=np.full(len(sizes), np.nan), where=sizes > 0)
    known = ~np.isnan(figures)
    worst = np.min(figures * ways, axis=0, where=known, initial=np.inf) * ways
    worst = np.where(known.any(axis=0), worst, np.nan)
    for leaf, sizes in trial.context.denominators.items():
        worst[trial.tree.leaves.index(leaf)] *= sizes[row]
    return np.vstack([trial.raw, worst])
