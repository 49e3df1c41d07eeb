"""Both uncertainties, apart and together (两类不确定性): that of the method, that of the figures, and their sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from jinghe.contest.contest import Contest
from jinghe.contest.uncertainty.acceptability import Acceptability, find_acceptability
from jinghe.contest.uncertainty.distribution import RankDistribution
from jinghe.contest.uncertainty.monte_carlo import Effect, list_effects, sample_ranks
from jinghe.contest.uncertainty.rank_sets import RankSets, find_rank_sets
from jinghe.contest.uncertainty.robust_pairs import RobustPairs, check_robust_pairs, find_robust_pairs
from jinghe.contest.uncertainty.study import Rescore, Study, list_perturbations
from jinghe.contest.uncertainty.ties import find_tie_groups

__all__ = ["RankUncertainty", "find_rank_uncertainty"]

_LEAST = 20  # redrawings, so that a covariance can be had from them


@dataclass(frozen=True, slots=True, eq=False)
class RankUncertainty:
    """How sure the ranks are (名次的把握), the two uncertainties apart and then together.

    `method`: the plan varies, the figures stand. `figures`: the figures vary within their errors, the plan stands;
    `sets` are the confidence sets of the same that hold together, `single` those of each city on its own. `combined`:
    both vary. The last four are None where no errors are known; `method` alone says nothing about the figures. `ties`
    are bands of `combined`, else of `method`; `robust` is None where the tree mixes kinds of mean.
    """

    method: RankDistribution
    figures: RankDistribution | None
    combined: RankDistribution | None
    sets: RankSets | None
    effects: tuple[Effect, ...]
    ties: tuple[tuple[str, ...], ...]
    robust: RobustPairs | None
    acceptability: Acceptability
    single: RankSets | None = None

    @property
    def whole(self) -> RankDistribution:
        """The most complete of them: combined where errors are known, else method."""
        return self.combined or self.method


def find_rank_uncertainty(
    contest: Contest,
    *,
    rescore: Rescore,
    codes: tuple[str, ...],
    seed: int,
    replicates: Sequence[Rescore] = (),
    within: float = 0.25,
) -> RankUncertainty:
    """Find how sure the ranks are, from `contest.uncertainty` and `contest.rank`.

    Args:
        contest: says what varies, the number of draws and the coverage.
        rescore: runs the chain on the published figures under a variant of the contest.
        codes: the contestants, in the order of the rows.
        seed: any integer.
        replicates: the same on figures redrawn within their errors (`redraw_panel`), at least 20.
        within: the box of weights for `robust`.
    Returns:
        Method, figures and both.
    Raises:
        RuleError: figures do not suit an aggregate under some option. DataError: fewer than two contestants.
    """
    assert not replicates or len(replicates) >= _LEAST
    spec = contest.uncertainty
    study = Study(contest, list_perturbations(contest), rescore)
    sample = partial(sample_ranks, codes=codes, draws=spec.draws, coverage=spec.coverage, seed=seed)
    method = sample(study)
    figures = combined = sets = single = None
    if replicates:
        still = Study(contest, (), rescore, tuple(replicates))
        figures = sample(still)
        combined = sample(Study(contest, study.perturbations, rescore, tuple(replicates)))
        sets, single = _find_sets(still, coverage=spec.coverage, seed=seed)
    whole = combined or method
    bands = find_tie_groups(whole.above, rank=study.rank, alpha=(1 - spec.coverage) / 2)
    return RankUncertainty(
        method=method,
        figures=figures,
        combined=combined,
        sets=sets,
        effects=list_effects(study),
        ties=tuple(tuple(codes[row] for row in band) for band in bands),
        robust=None if check_robust_pairs(study.nominal) else find_robust_pairs(study.nominal, within=within),
        acceptability=find_acceptability(study.nominal, codes=codes, draws=spec.draws, seed=seed),
        single=single,
    )


def _find_sets(still: Study, *, coverage: float, seed: int) -> tuple[RankSets, RankSets] | tuple[None, None]:
    """Confidence sets, simultaneous and marginal, from the scatter of the redrawn scores.

    A redrawing that leaves a scored contestant without a score tells nothing of it; with fewer than 20 others left
    there are no sets.
    """
    nominal = still.nominal.nominal
    totals = np.array([still.stage((k,)).nominal for k in range(len(still.replicates))])
    whole = ~np.isnan(totals[:, ~np.isnan(nominal)]).any(axis=1)
    if whole.sum() < _LEAST:
        return None, None
    spread = np.atleast_2d(np.cov(totals[whole], rowvar=False))
    find = partial(find_rank_sets, nominal, errors=spread, coverage=coverage, freedom=int(whole.sum()) - 1, seed=seed)
    return find(scope="simultaneous"), find(scope="marginal")
