"""The audit of a contest in one call (指标体系审计): the ten steps of the OECD/JRC handbook, each with a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.audit.association import find_least_correlation
from jinghe.contest.audit.coverage import Coverage, find_coverage
from jinghe.contest.audit.finding import Finding
from jinghe.contest.audit.influence import Influence, find_influence
from jinghe.contest.audit.judge_figures import (
    Structure,
    judge_coverage,
    judge_framework,
    judge_gaps,
    judge_scales,
    judge_structure,
)
from jinghe.contest.audit.judge_results import (
    judge_links,
    judge_omissions,
    judge_presentation,
    judge_robustness,
    judge_weights,
)
from jinghe.contest.audit.omission import Omissions, find_omissions
from jinghe.contest.audit.outside import Link, find_links
from jinghe.contest.audit.pattern import Pattern, find_patterns
from jinghe.contest.audit.redundancy import Bond, find_bonds, find_size_bonds
from jinghe.contest.audit.reversal import Reversal, find_reversals
from jinghe.contest.audit.robustness import Robustness, find_robustness
from jinghe.contest.audit.stability import Stability, find_stability
from jinghe.contest.audit.structure import find_alpha, find_components
from jinghe.contest.audit.trial import Trial
from jinghe.contest.basis import make_rescores
from jinghe.contest.contest import Contest
from jinghe.contest.ranking import rank
from jinghe.contest.register import JointItem
from jinghe.contest.score import Scores, score
from jinghe.contest.tree import Tree
from jinghe.contest.uncertainty.study import Study, list_perturbations
from jinghe.errors import DataError, JingheError
from jinghe.panel import Panel
from jinghe.region import Region
from jinghe.units import Period

__all__ = ["Audit", "audit"]

_Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Audit:
    """What an audit found (审计结果): ten findings, and everything they rest on, unrounded.

    Trees of `bonds`, `structures` and `influences` are those that count; `stability` is None without another period
    in which the same indicators count. `least` is the |r| that the number of cities tells from none at 5 %.
    """

    scores: Scores
    region: Region
    findings: tuple[Finding, ...]
    coverage: Coverage
    bonds: tuple[Bond, ...]
    structures: tuple[Structure, ...]
    influences: tuple[Influence, ...]
    reversals: tuple[Reversal, ...]
    omissions: Omissions
    robustness: Robustness
    links: tuple[Link, ...]
    stability: Stability | None
    least: float
    patterns: tuple[Pattern, ...] = ()


def audit(
    contest: Contest, *, panel: Panel, items: Sequence[JointItem], region: Region, period: Period, seed: int
) -> Audit:
    """Audit a contest on one period.

    1 framework, 2 figures, 3 gaps, 4 correlations and components, 5 outliers, scales and rank reversal, 6 weights
    against influence, 7 uncertainty and sensitivity, 8 each indicator left out, 9 outside figures and other years,
    10 presentation. Verdicts are rules of thumb that ask a person to look; their thresholds stand in the methods page.

    Args:
        contest: the rules.
        panel: all figures; other periods and series not in the tree are compared.
        items: the joint items.
        region: the contestants.
        period: the audited period.
        seed: of the draws.
    Returns:
        The audit; the same input and seed give the same.
    Raises:
        RuleError, DataError: the contest cannot be scored; see `score`.
    """
    scores = score(contest, panel=panel, items=items, region=region, period=period)
    values, tree = dict(scores.nodes), Tree.of(scores.root)
    coverage = find_coverage(scores.stages.raw)
    bonds = (*find_bonds(values, tree=tree), *_find_sizes(scores))
    structures = tuple(_look_into(node, tree, values) for node in reversed(tree.nodes))
    influences = find_influence(values, tree=tree, weights=scores.weights)
    reversals, omissions = find_reversals(Trial.of(scores)), find_omissions(scores.stages, steps=contest.steps)
    (rescore,) = make_rescores((lambda: panel,), items=items, region=region, period=period)
    robustness = find_robustness(contest, rescore=rescore, codes=scores.codes, seed=seed)
    links, stability = find_links(scores, panel=panel), _follow(scores, panel, items, region, seed)
    least = find_least_correlation(int((~np.isnan(scores.total)).sum()))
    findings = (
        judge_framework(scores),
        judge_coverage(scores, coverage, region),
        judge_gaps(scores, region),
        judge_structure(scores, structures, bonds, least),
        judge_scales(scores, reversals),
        judge_weights(scores, influences, least),
        judge_robustness(scores, robustness),
        judge_omissions(scores, omissions, region),
        judge_links(scores, links, stability),
        judge_presentation(scores, intervals=robustness.spread is not None),
    )
    return Audit(scores, region, findings, coverage, bonds, structures, influences, reversals, omissions, robustness,
                 links, stability, least, find_patterns(scores, region=region, seed=seed))  # fmt: skip


def _look_into(node: str, tree: Tree, values: dict[str, _Array]) -> Structure:
    below = tree.children[node]
    figures = np.column_stack([values[child] for child in below])
    return Structure(node, below, find_components(figures), find_alpha(figures))


def _find_sizes(scores: Scores) -> tuple[Bond, ...]:
    """Undivided figures against the denominators that the plan uses elsewhere."""
    contest, stages = scores.contest, scores.stages
    divided = contest.steps.denominators
    sizes = {name: scores.context.denominators[leaf] for leaf, name in divided.items() if leaf in stages.tree.leaves}
    figures = {leaf: stages.raw[:, k] for k, leaf in enumerate(stages.tree.leaves) if leaf not in divided}
    return find_size_bonds(figures, sizes=sizes)


def _follow(scores: Scores, panel: Panel, items: Sequence[JointItem], region: Region, seed: int) -> Stability | None:
    """Score the other periods of the same length, and keep those in which the same cities and indicators count."""
    own, found = scores.period, {scores.period: scores}
    for period in _list_periods(panel):
        if period.months == own.months and period != own:
            try:
                other = score(scores.contest, panel=panel, items=items, region=region, period=period)
            except JingheError:
                continue  # a period without figures is no fault of the audited one
            if (other.codes, other.leaves) == (scores.codes, scores.leaves):
                found[period] = other
    if len(found) < 2:
        return None
    order = sorted(found)
    rescores = [make_rescores((lambda: panel,), items=items, region=region, period=period)[0] for period in order]
    studies = [Study(scores.contest, list_perturbations(scores.contest), rescore) for rescore in rescores]
    pairs = zip(order, studies, strict=True)
    ranks = [rank(scores.contest, scores=found[period], seed=seed, study=study) for period, study in pairs]
    return find_stability(
        np.array([found[period].total for period in order]),
        periods=[period.name for period in order],
        intervals=[(one.low, one.high) for one in ranks],
    )


def _list_periods(panel: Panel) -> list[Period]:
    found = []
    for name in dict.fromkeys(item.period for item in panel.observations):
        try:
            found.append(Period.of(name))
        except DataError:
            continue  # a period in words belongs to no contest
    return found
