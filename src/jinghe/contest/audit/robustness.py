"""How far the ranks hang on choices (稳健性): intervals, and which choice decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from jinghe.contest.chain import Stages
from jinghe.contest.contest import Contest
from jinghe.contest.uncertainty.combined import RankUncertainty, find_rank_uncertainty
from jinghe.contest.uncertainty.sensitivity import find_sensitivity
from jinghe.contest.uncertainty.sobol import Indices
from jinghe.contest.uncertainty.study import Study, list_perturbations
from jinghe.errors import JingheError, Problem

__all__ = ["Robustness", "find_robustness"]


@dataclass(frozen=True, slots=True)
class Robustness:
    """How sure the ranks are (稳健性): draws over the plan, and Sobol' indices of the mean rank shift.

    `spread` is None where the draws cannot be made, `indices` also where nothing moves a rank; `problems` say why.
    """

    spread: RankUncertainty | None
    indices: Indices | None
    problems: tuple[Problem, ...] = ()


def find_robustness(
    contest: Contest, *, rescore: Callable[[Contest], Stages], codes: tuple[str, ...], seed: int
) -> Robustness:
    """Vary what `contest.uncertainty` names, or else weights and normalisation.

    The figures' own errors are not in here: the audit knows none.

    Args:
        contest: the rules.
        rescore: runs the chain under a variant of them.
        codes: the contestants.
        seed: of all draws.
    Returns:
        Draws and indices, as far as they are defined.
    """
    faults: tuple[Problem, ...] = ()
    spread = indices = None
    try:
        spread = find_rank_uncertainty(contest, rescore=rescore, codes=codes, seed=seed)
        indices = find_sensitivity(Study(contest, list_perturbations(contest), rescore), codes=codes, seed=seed)
    except JingheError as error:
        faults = error.problems
    return Robustness(spread, indices, faults)
