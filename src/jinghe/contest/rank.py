"""Ranks, and how far they hang on weights and normalisation (名次与名次区间)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.aggregate import aggregate
from jinghe.contest.indicator import Node
from jinghe.contest.stream import open_stream

if TYPE_CHECKING:
    from jinghe.contest.contest import Contest
    from jinghe.contest.score import Scores

__all__ = ["Ranking", "draw_weights", "find_ranks", "rank"]

_TIE = 1e-9  # scores closer than this are equal: below any meaning, above the noise of floating point

_Array = NDArray[np.float64]
_Ranks = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """Ranks with their methodological uncertainty (名次): all arrays in the order of `codes`.

    `rank` is the nominal rank, ties at the lowest number, 0 = no score. `low`–`high` covers at least `coverage` of
    the draws. `probability[i, k − 1]` is the share of draws in which city i is k-th, `above[i, j]` that in which it is
    above city j.
    """

    codes: tuple[str, ...]
    rank: _Ranks
    low: _Ranks
    high: _Ranks
    probability: _Array
    coverage: float
    draws: int
    above: _Array


def find_ranks(scores: _Array) -> _Ranks:
    """Rank by score, highest first; ties share the lowest number (并列取最小名次); NaN gets 0.

    Args:
        scores: shape (n,) or (d, n), unrounded; scores within 1e-9 of the next one are tied with it.
    Returns:
        Integer ranks of the same shape.

    >>> find_ranks(np.array([70.0, 90.0, 70.0, np.nan])).tolist()
    [2, 1, 2, 0]
    """
    order = np.argsort(-scores, axis=-1)  # equals share a rank, in whatever order they come
    ordered = np.take_along_axis(scores, order, axis=-1)
    places = np.arange(scores.shape[-1])
    starts = np.ones(scores.shape, dtype=bool)
    starts[..., 1:] = ordered[..., :-1] - ordered[..., 1:] > _TIE
    firsts = np.maximum.accumulate(np.where(starts, places, 0), axis=-1) + 1
    ranks = np.empty(scores.shape, dtype=np.int64)
    np.put_along_axis(ranks, order, np.where(np.isnan(ordered), 0, firsts), axis=-1)
    return ranks


def draw_weights(
    root: Node, *, weights: Mapping[str, float], concentration: float, draws: int, seed: int
) -> dict[str, _Array]:
    """Draw weights around the nominal ones: the children of each node follow Dirichlet(concentration · w).

    E w_k = w_k and Var w_k = w_k (1 − w_k) / (concentration + 1); a nominal weight of 0 stays 0. Each node has its own
    Philox stream, key (seed, name of the node), so that a change elsewhere in the tree leaves its draws as they are.

    Args:
        root: the tree.
        weights: nominal weights per node.
        concentration: > 0; 50 gives a weight of 0.5 a standard deviation of 0.07.
        draws: number of draws d.
        seed: any integer.
    Returns:
        node → shape (d, 1).
    """
    found = {root.id: np.ones((draws, 1))}
    for node in root.walk():
        names = [child.id for child in node.children]
        live = [name for name in names if weights[name] > 0]
        found |= {name: np.zeros((draws, 1)) for name in names}
        if len(live) == 1:
            found[live[0]] = np.ones((draws, 1))
        elif live:
            alpha = [concentration * weights[name] for name in live]
            sample = open_stream(seed, f"weights:{node.id}").dirichlet(alpha, size=draws)
            found |= {name: sample[:, [k]] for k, name in enumerate(live)}
    return found


def rank(contest: Contest, *, scores: Scores, seed: int, among: Collection[str] | None = None) -> Ranking:
    """Rank the scores and say how far the ranks hang on the weights and the normalisation.

    Each draw takes Dirichlet weights (`draw_weights`) and one normalisation, all listed ones being equally likely;
    indicators with goalposts keep them. Imputed cells and dropped indicators are those of the scores. Statistical
    uncertainty of the figures is another matter and not in here.

    Args:
        contest: holds coverage, number of draws, concentration and normalisations.
        scores: the nominal scores.
        seed: any integer; the same seed gives the same ranking.
        among: rank these contestants among themselves, as in a pool; all by default.
    Returns:
        Nominal ranks, P(rank = k), and intervals [low, high] with P(rank < low) and P(rank > high) each at most
        (1 − coverage)/2.
    Source: the approach is that of Saisana, Saltelli & Tarantola (2005), J. R. Stat. Soc. A 168,
    doi 10.1111/j.1467-985X.2005.00350.x; the Dirichlet draws are ours.
    """
    spec = contest.uncertainty
    drawn = draw_weights(
        scores.root, weights=scores.weights, concentration=spec.concentration, draws=spec.draws, seed=seed
    )
    choice = open_stream(seed, "normalisation").integers(len(spec.normalisations), size=spec.draws)
    methods = {node.id: contest.aggregation(node.id) for node in scores.root.walk() if node.children}
    synthesis = contest.steps.synthesis
    rows = [row for row, code in enumerate(scores.codes) if among is None or code in among]
    n = len(rows)
    counts, above = np.zeros((n, n), dtype=np.int64), np.zeros((n, n), dtype=np.int64)
    for number, name in enumerate(spec.normalisations):
        chosen = {node: weight[choice == number] for node, weight in drawn.items()}
        leaves = scores.renormalise(name)
        totals = aggregate(scores.root, leaves=leaves, weights=chosen, methods=methods, synthesis=synthesis)[
            scores.root.id
        ]
        ranks = find_ranks(totals[..., rows])
        counts += _count(ranks)
        above += _count_above(ranks)
    low, high = _interval(counts, tail=(1 - spec.coverage) / 2 * spec.draws)
    return Ranking(
        codes=tuple(scores.codes[row] for row in rows),
        rank=find_ranks(scores.total[rows]),
        low=low,
        high=high,
        probability=counts / spec.draws,
        coverage=spec.coverage,
        draws=spec.draws,
        above=above / spec.draws,
    )


def _count(ranks: _Ranks) -> _Ranks:
    n = ranks.shape[-1]
    cells = (np.arange(n) * (n + 1) + ranks).ravel()
    return np.bincount(cells, minlength=n * (n + 1)).reshape(n, n + 1)[:, 1:].astype(np.int64)


def _count_above(ranks: _Ranks) -> _Ranks:
    ranked = ranks > 0
    return np.array(
        [((ranks[:, [i]] < ranks) & ranked & ranked[:, [i]]).sum(axis=0) for i in range(ranks.shape[1])], dtype=np.int64
    )


def _interval(counts: _Ranks, *, tail: float) -> tuple[_Ranks, _Ranks]:
    total = np.cumsum(counts, axis=1)
    whole = total[:, -1:]
    ranked = whole[:, 0] > 0
    low = (total > tail + _TIE).argmax(axis=1) + 1
    high = (total >= whole - tail - _TIE).argmax(axis=1) + 1
    return np.where(ranked, low, 0), np.where(ranked, high, 0)
