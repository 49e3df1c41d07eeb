"""Which choice decides the ranks (敏感度): Sobol' indices of a contest's perturbations."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.perturbation import Perturbation
from jinghe.contest.rank import find_ranks
from jinghe.contest.uncertainty.monte_carlo import weigh_tile
from jinghe.contest.uncertainty.sobol import Evaluations, Indices, find_indices, sample_pairs
from jinghe.contest.uncertainty.stage import Stage
from jinghe.contest.uncertainty.study import Draw, Study
from jinghe.contest.uncertainty.weight_draws import TILE
from jinghe.errors import RuleError, problem

__all__ = ["TARGETS", "find_limit", "find_sensitivity"]

TARGETS = ("mean_rank_shift", "winner")

_Array = NDArray[np.float64]
_Numbers = NDArray[np.int64]


def find_sensitivity(
    study: Study,
    *,
    codes: tuple[str, ...],
    seed: int,
    target: str = "mean_rank_shift",
    start: int = 1024,
    most: int | None = None,
) -> Indices:
    """Find how much of the target's variance each perturbation explains, alone and with all others.

    A choice is one input, its options equally likely; drawing weights is one input, whatever the number of weights.
    N doubles from 1,024 until every total index is known to ±0.02, at most to `most`; by default that is 65,536, but
    8,192 where a relative aggregate is taken draw by draw, and 1,024 where each draw solves linear programs anew.

    Args:
        study: the contest and what varies, at least one perturbation.
        codes: the contestants.
        seed: any integer.
        target: mean_rank_shift (mean over contestants of |rank − nominal rank|), winner (1 when the nominal first is
            still first, else 0), or a code (its rank; one more than the contestants where a draw leaves it without).
        start: first N, a power of 2.
        most: last N, a power of 2.
    Returns:
        Indices by path.
    Raises:
        RuleError: an unknown target, no perturbation, or nothing moves the target.
    Source: Saisana, Saltelli & Tarantola (2005), doi 10.1111/j.1467-985X.2005.00350.x.
    """
    if not study.perturbations and not study.replicates:
        raise RuleError([problem("perturbation-none", "contest.uncertainty")])
    if target not in TARGETS and target not in codes:
        words = ", ".join(TARGETS)
        raise RuleError([problem("sensitivity-target", "contest.uncertainty", found=target, choices=words)])
    named = [f"{one.path} ({', '.join(one.under)})" if one.under else one.path for one in _list_inputs(study)]
    names = [*named, "contest.figures"] if study.replicates else named
    evaluate = _evaluate(study, _find_measure(study, codes, target), seed)
    return find_indices(evaluate, names=names, seed=seed, start=start, most=most or find_limit(study.nominal))


def find_limit(stage: Stage) -> int:
    """How far N may double: a mean is one product for all draws, a relative aggregate of nodes is not."""
    inner = {
        stage.aggregations[node] for node in stage.tree.nodes if set(stage.tree.children[node]) & set(stage.tree.nodes)
    }
    if "benefit_of_doubt" in inner:
        return 1024
    return 65_536 if all(stage.find_power(node) is not None for node in stage.tree.nodes) else 8192


def _list_inputs(study: Study) -> tuple[Perturbation, ...]:
    """Weights first, then choices: the order of the columns of f(AB)."""
    return (*study.weighing, *study.choosing)


def _evaluate(study: Study, measure: Callable[[_Array], _Array], seed: int) -> Callable[[int, int], Evaluations]:
    pairs, sizes = sample_pairs(len(study.sizes), seed=seed), np.array(study.sizes, dtype=np.int64)
    all_weights = range(len(study.weighing))

    def weigh(swapped: Collection[int], tile: int) -> Draw:
        streams = dict.fromkeys(swapped, "weights of B")
        return _remember(weigh_tile(study, seed=seed, tile=tile, purposes=streams))

    def run_tile(a: _Numbers, b: _Numbers, tile: int) -> Evaluations:
        mixed = [study.score(a, weigh({number}, tile)) for number in all_weights]
        draw = weigh((), tile)
        for place in range(len(sizes)):
            options = a.copy()
            options[:, place] = b[:, place]
            mixed.append(study.score(options, draw))
        others = study.score(b, weigh(all_weights, tile))
        return Evaluations(measure(study.score(a, draw)), measure(others), np.column_stack([measure(s) for s in mixed]))

    def evaluate(start: int, stop: int) -> Evaluations:
        a, b = (np.minimum((points * sizes).astype(np.int64), sizes - 1) for points in pairs(start, stop))
        tiles = range(start // TILE, stop // TILE)
        parts = [slice(tile * TILE - start, (tile + 1) * TILE - start) for tile in tiles]
        found = [run_tile(a[part], b[part], tile) for tile, part in zip(tiles, parts, strict=True)]
        return Evaluations(*(np.concatenate(column) for column in zip(*found, strict=True)))

    return evaluate


def _remember(draw: Draw) -> Draw:
    """Draw once for stages with the same weights."""
    drawn: dict[tuple[float, ...], Mapping[str, _Array]] = {}

    def recall(stage: Stage) -> Mapping[str, _Array]:
        about = tuple(stage.weights.values())
        drawn[about] = drawn.get(about) or draw(stage)
        return drawn[about]

    return recall


def _find_measure(study: Study, codes: tuple[str, ...], target: str) -> Callable[[_Array], _Array]:
    nominal = study.rank

    def shift(scores: _Array) -> _Array:
        ranks = find_ranks(scores)
        both = (ranks > 0) & (nominal > 0)
        return np.asarray(np.where(both, np.abs(ranks - nominal), 0).sum(axis=1) / np.maximum(both.sum(axis=1), 1))

    def first(scores: _Array) -> _Array:
        return np.asarray((find_ranks(scores)[:, nominal == 1] == 1).any(axis=1), dtype=float)

    def place(scores: _Array) -> _Array:
        ranks = find_ranks(scores)[:, codes.index(target)]
        return np.where(ranks > 0, ranks, len(codes) + 1).astype(float)

    return {"mean_rank_shift": shift, "winner": first}.get(target, place)
