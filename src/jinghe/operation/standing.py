"""Where contestants stand (名次), and how far that hangs on the method and on the errors of the figures."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jinghe.compact import Compact, get_value
from jinghe.contest import (
    Award,
    Effect,
    PoolRanking,
    RankDistribution,
    Ranking,
    RankUncertainty,
    Scores,
    Study,
    award,
    find_errors,
    find_rank_uncertainty,
    find_ranks,
    list_perturbations,
    make_rescores,
    rank,
    rank_pools,
    redraw_panel,
    sample_ranks,
    score,
)
from jinghe.errors import attempt
from jinghe.operation.books import credit_panel
from jinghe.operation.reports import confirm_reports
from jinghe.panel import Panel
from jinghe.units import Period

__all__ = [
    "REDRAWINGS",
    "Move",
    "Standing",
    "award_prizes",
    "find_standing",
    "rank_period",
    "score_period",
    "study_period",
]

REDRAWINGS = 50  # of the figures within their errors


@dataclass(frozen=True, slots=True, eq=False)
class Move:
    """The ranks under one option alone (单项改动后的名次), all else as written; `written`: it is the rule as it is."""

    path: str
    option: Any
    rank: NDArray[np.int64]
    written: bool


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """Where contestants stand and how sure that is (名次及其把握); where fewer than two are ranked, the ranks alone.

    The intervals of `ranking` and `pools` are those of the method, `uncertainty` has those of the figures, too.
    """

    ranking: Ranking
    uncertainty: RankUncertainty | None = None
    moves: tuple[Move, ...] = ()
    pools: tuple[PoolRanking, ...] = ()


def score_period(compact: Compact, *, panel: Panel, period: Period) -> Scores:
    """Score one period of a compact, joint items counting for what their partners confirm. Raises RuleError."""
    items, _ = confirm_reports(compact)
    panel = credit_panel(compact, panel=panel, period=period)
    return score(compact.need_contest(), panel=panel, items=items, region=compact.region, period=period)


def study_period(compact: Compact, *, panel: Panel, period: Period, seed: int, redrawings: int = 0) -> Study:
    """Prepare to vary the method of a contest and, with redrawings, its figures within their errors.

    Args:
        compact: with a contest; `contest.uncertainty` says what varies, or else `contest.rank`.
        panel: the figures as published.
        period: the scored period.
        seed: of the redrawings.
        redrawings: how many times the figures are drawn anew; 0 leaves them as they are.
    Returns:
        The study; without replicates, too, where the panel has none of the figures.
    """
    contest, (items, _) = compact.need_contest(), confirm_reports(compact)
    panel = credit_panel(compact, panel=panel, period=period)
    errors = find_errors(panel, indicators={name for name, _ in contest.series}) if redrawings else ()
    redraw = partial(redraw_panel, panel, errors=errors, seed=seed)
    drawn = [partial(redraw, replicate=k) for k in range(redrawings if errors else 0)]
    rescore, *replicates = make_rescores((lambda: panel, *drawn), items=items, region=compact.region, period=period)
    return Study(contest, list_perturbations(contest), rescore, tuple(replicates))


def find_standing(compact: Compact, *, study: Study, scores: Scores, seed: int) -> Standing:
    """Rank the contestants, all and by pool, and find how sure the ranks are.

    Args:
        compact: whose region has the pools.
        study: the period's; with replicates the figures vary, too.
        scores: the period's.
        seed: any integer.
    Returns:
        The standing. Its effects begin with those of the weights, one per perturbation: mean |rank − nominal rank|.
    Raises:
        RuleError: under some option figures do not suit an aggregate.
    """
    contest, plain = study.contest, Study(study.contest, study.perturbations, study.rescore)
    pools = rank_pools(contest, scores=scores, region=compact.region, seed=seed)
    if (scores.rank > 0).sum() < 2:
        return Standing(rank(contest, scores=scores, seed=seed), pools=pools)
    found = find_rank_uncertainty(
        contest, rescore=study.rescore, codes=scores.codes, seed=seed, replicates=study.replicates
    )
    return Standing(
        _read(found.method),
        replace(found, effects=(*_weigh(plain, scores, seed), *found.effects)),
        _list_moves(compact, plain),
        tuple(
            replace(one, ranking=rank_period(plain, scores=scores, seed=seed, among=one.pool.codes)) for one in pools
        ),
    )


def award_prizes(compact: Compact, *, standing: Standing, seed: int) -> tuple[Award, ...]:
    """Award the prizes of a contest by where its contestants stand, the τ-best by the confidence sets of the figures.

    The seed is that of the lotteries.
    """
    return award(
        compact.need_contest().prizes,
        ranking=standing.ranking,
        sets=standing.uncertainty.sets if standing.uncertainty else None,
        pools={one.pool.id: one.ranking for one in standing.pools},
        seed=seed,
    )


def rank_period(study: Study, *, scores: Scores, seed: int, among: Collection[str] | None = None) -> Ranking:
    """Rank a period, or a pool of its contestants, with the intervals that the method leaves: those of `find_standing`.

    Raises RuleError where figures do not suit an aggregate under some option.
    """
    if (scores.rank > 0).sum() < 2:
        return rank(study.contest, scores=scores, seed=seed, among=among)
    rows = [row for row, code in enumerate(scores.codes) if among is None or code in among]
    return _read(_sample(study, scores, seed, rows))


def _sample(study: Study, scores: Scores, seed: int, rows: list[int] | None = None) -> RankDistribution:
    spec = study.contest.uncertainty
    return sample_ranks(study, codes=scores.codes, draws=spec.draws, coverage=spec.coverage, seed=seed, rows=rows)


def _read(found: RankDistribution) -> Ranking:
    return Ranking(
        found.codes,
        found.rank,
        found.low,
        found.high,
        found.probability,
        found.coverage,
        found.draws,
        found.above,
    )


def _weigh(study: Study, scores: Scores, seed: int) -> Iterator[Effect]:
    """What drawing weights does alone; the option is the perturbation itself."""
    for one in study.weighing:
        drawn = _sample(Study(study.contest, (one,), study.rescore), scores, seed)
        yield Effect(one.path, one, float(np.nanmean(drawn.shift)))


def _list_moves(compact: Compact, study: Study) -> tuple[Move, ...]:
    moves = []
    for place, one in enumerate(study.choosing):
        written = attempt([], lambda path: get_value(compact, path), one.path)
        for number, option in enumerate(one.choices or range(one.imputations)):
            alone = tuple(number if k == place else -1 for k in range(len(study.sizes)))
            stage = attempt([], lambda options: study.stage(options).nominal, alone)
            if stage is not None:
                moves.append(Move(one.path, option, find_ranks(stage), option == written))
    return tuple(moves)
