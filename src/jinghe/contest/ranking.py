"""Ranks with the intervals that the method leaves (名次与名次区间): of all, of a pool, of one node."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from jinghe.contest.chain import Stages
from jinghe.contest.contest import Contest
from jinghe.contest.pool import Pool, assign_pools
from jinghe.contest.rank import Ranking
from jinghe.contest.score import Scores
from jinghe.contest.spec import unknown
from jinghe.contest.uncertainty.monte_carlo import sample_ranks
from jinghe.contest.uncertainty.study import Study, list_perturbations
from jinghe.errors import DataError
from jinghe.labels import Text
from jinghe.region import Region

__all__ = ["PoolRanking", "rank", "rank_node", "rank_pools", "study_scores"]


@dataclass(frozen=True, slots=True, eq=False)
class PoolRanking:
    """The ranking inside one pool (组内名次), and what shared credit is worth there."""

    pool: Pool
    ranking: Ranking
    note: Text


def study_scores(contest: Contest, *, scores: Scores) -> Study:
    """Vary the weights and the normalisation of a scored contest as `contest.rank` says (只变动权重与无量纲化).

    What `contest.uncertainty` lists is left out, since it may reach behind the measured figures, to credit for one.

    Args:
        contest: the rules, with coverage, draws, concentration and normalisations.
        scores: whose figures are scored again.
    Returns:
        The study, nothing run yet.
    """
    plain = replace(contest, perturbations=())

    def rescore(variant: Contest) -> Stages:
        return scores.rerun(variant.steps)

    return Study(plain, list_perturbations(plain), rescore)


def rank(
    contest: Contest, *, scores: Scores, seed: int, among: Collection[str] | None = None, study: Study | None = None
) -> Ranking:
    """Rank the scores and say how far the ranks hang on the method.

    Statistical uncertainty of the figures is another matter and not in here, unless the study has replicates.

    Args:
        contest: holds coverage, number of draws, concentration and normalisations.
        scores: the nominal scores.
        seed: any integer; the same seed gives the same ranking.
        among: rank these contestants among themselves, as in a pool; all by default.
        study: what varies; by default weights and normalisation (`study_scores`).
    Returns:
        Nominal ranks, P(rank = k), and intervals [low, high] with P(rank < low) and P(rank > high) each at most
        (1 − coverage)/2.
    Raises:
        RuleError: figures do not suit an aggregate under some option.
    Source: the approach is that of Saisana, Saltelli & Tarantola (2005), J. R. Stat. Soc. A 168,
    doi 10.1111/j.1467-985X.2005.00350.x; the Dirichlet draws are ours.
    """
    spec = contest.uncertainty
    rows = [row for row, code in enumerate(scores.codes) if among is None or code in among]
    varied = study or study_scores(contest, scores=scores)
    found = sample_ranks(varied, codes=scores.codes, draws=spec.draws, coverage=spec.coverage, seed=seed, rows=rows)
    return Ranking(
        found.codes, found.rank, found.low, found.high, found.probability, found.coverage, found.draws, found.above
    )


def rank_node(scores: Scores, *, node: str, seed: int, study: Study | None = None) -> Ranking:
    """Rank the cities at one node, in the same draws as the whole (节点名次).

    Args:
        scores: the scored contest.
        node: a node that counts.
        seed: as for `rank`.
        study: as for `rank`.
    Returns:
        The ranking; at the root that of `rank`.
    Raises:
        DataError: the tree has no such node, or an indicator of it was dropped (`node-unknown`).
    """
    known = [one.id for one in scores.root.walk()]
    if node not in known:
        raise DataError([unknown("node-unknown", node, known, path="contest.tree")])
    whole = study or study_scores(scores.contest, scores=scores)
    part = Study(whole.contest, whole.perturbations, whole.rescore, whole.replicates, node)
    return rank(scores.contest, scores=scores, seed=seed, study=part)


def rank_pools(contest: Contest, *, scores: Scores, region: Region, seed: int) -> tuple[PoolRanking, ...]:
    """Rank every pool on its own, from the scores of all and the same draws.

    Figures are normalised over all contestants, so that a score means the same in every pool; ranks, intervals and
    probabilities are those among the pool's members.

    Args:
        contest: with `pools`.
        scores: the nominal scores.
        region: whose groups the pools name.
        seed: any integer, as for `rank`.
    Returns:
        One ranking per pool.
    Raises:
        RuleError: see `assign_pools`.
    """
    return tuple(_rank_pools(contest, scores, region, seed))


def _rank_pools(contest: Contest, scores: Scores, region: Region, seed: int) -> Iterator[PoolRanking]:
    study = study_scores(contest, scores=scores)
    for pool in assign_pools(contest.pools, region=region, codes=scores.codes, on=scores.period.last):
        yield PoolRanking(pool, rank(contest, scores=scores, seed=seed, among=pool.codes, study=study), _tell(pool))


def _tell(pool: Pool) -> Text:
    n, zh, en = len(pool.codes), pool.label.zh, pool.label.en
    if n == 1:
        return Text(
            f"{zh}只有 1 个成员，无可比较，不按名次评奖。",
            f"{en} has one member: nothing to compare, no prize by rank.",
        )
    share = f"{pool.neutrality:.2f}"
    if n == 2:
        return Text(
            f"{zh}只有 2 个成员：两者共同项目的得分对组内名次毫无作用（系数 0），宜设绝对标准或共同奖。",
            f"{en} has two members: credit for what they do together moves no rank (factor 0); "
            "use an absolute or a joint prize.",
        )
    return Text(
        f"{zh}共 {n} 个成员：组内两市共同项目的得分，对名次只值面值的 {share}（(n−2)/(n−1)）。",
        f"{en} has {n} members: in ranks, credit shared by a pair inside it is worth {share} of its face value, "
        "(n−2)/(n−1).",
    )
