"""Scoring one period (计分): measure, screen, impute, normalise, aggregate, rank — every step kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.basis import Basis, check_scoring, measure_period
from jinghe.contest.chain import Stages, run_chain
from jinghe.contest.contest import Contest
from jinghe.contest.explain import Part, explain
from jinghe.contest.impute import ALL, DRAWN, OBSERVED, OWN
from jinghe.contest.indicator import Node
from jinghe.contest.measure import Evidence
from jinghe.contest.narrate import tell_steps
from jinghe.contest.prepare import Context
from jinghe.contest.rank import find_ranks
from jinghe.contest.register import JointItem
from jinghe.contest.screen import Dropped, Screened, screen
from jinghe.contest.steps import Steps
from jinghe.labels import Text
from jinghe.panel import Panel
from jinghe.region import Region
from jinghe.units import Period

__all__ = ["Scores", "score"]

_Array = NDArray[np.float64]

_STANDINS = {
    ALL: Text("全部地区", "all contestants"),
    OWN: Text("本地其他期间", "its own other periods"),
    DRAWN: Text("多重插补", "multiple imputation"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Scores of one period with all their working (得分).

    Rows follow `codes`, columns `leaves`. `raw` holds the figures after imputation; `imputed` marks those that were,
    and `donors` names what stands in, by (code, leaf). `root` and `weights` are what is left after dropping. `stages`
    keeps every step for the whole tree, and `context` what else the chain was given, so that it can be run again.
    """

    contest: Contest
    period: Period
    codes: tuple[str, ...]
    leaves: tuple[str, ...]
    raw: _Array
    imputed: NDArray[np.bool_]
    normalised: _Array
    root: Node
    weights: Mapping[str, float]
    nodes: Mapping[str, _Array]
    total: _Array
    rank: NDArray[np.int64]
    dropped: tuple[Dropped, ...]
    notes: tuple[Text, ...]
    evidence: Mapping[str, tuple[Evidence, ...]]
    donors: Mapping[tuple[str, str], Text]
    stages: Stages
    context: Context

    def explain(self, code: str) -> Part:
        """Follow the score of one contestant down to observations. Raises DataError for a code that was not scored."""
        return explain(self, code=code)

    def tell_dropped(self) -> tuple[Text, ...]:
        """Say what does not count and why, one sentence each."""
        found = [(self.contest.label(one.indicator), one.reason) for one in self.dropped]
        return tuple(
            Text(f"未计入“{label.zh}”：{why.zh}", f"Not counted: {label.en}, {why.en}") for label, why in found
        )

    def rerun(self, steps: Steps) -> Stages:
        """Run the chain again under other steps, on the same figures and given weights. Raises RuleError."""
        return run_chain(
            self.stages.raw,
            tree=self.stages.tree,
            steps=steps,
            weights=self.contest.weights_on(self.period.last),
            directions=[self.contest.indicator(leaf).direction for leaf in self.stages.tree.leaves],
            context=self.context,
        )


def score(contest: Contest, *, panel: Panel, items: Sequence[JointItem], region: Region, period: Period) -> Scores:
    """Score every contestant of one period.

    Measure all indicators and run the chain on them (`run_chain`) with the weights of the period's last day; what
    covers too few contestants or does not vary is dropped and told; rank.

    Args:
        contest: the rules.
        panel: the figures.
        items: the joint items.
        region: the contestants and their groups.
        period: the scored period.
    Returns:
        Scores with every step, what was dropped and why.
    Raises:
        RuleError: `check_contest` finds errors, no one takes part, or nothing is left to score.
        DataError: a figure is in a unit that does not convert.
    """
    check_scoring(contest, region=region, period=period)
    basis = measure_period(contest, panel=panel, items=items, region=region, period=period)
    stages = basis.run(contest)
    screened = screen(contest, stages=stages, on=period.last)
    return _assemble(contest, screened, stages, basis, region)


def _assemble(contest: Contest, screened: Screened, stages: Stages, basis: Basis, region: Region) -> Scores:
    inputs, figures = basis.inputs, basis.figures
    leaves, codes = screened.root.leaves, inputs.codes
    columns = [stages.tree.leaves.index(leaf) for leaf in leaves]
    normal, donor = stages.normalised[:, columns], stages.donors[:, columns]
    donors = _name_donors(contest, region, codes, leaves, donor)
    inner = {node.id: stages.nodes[node.id] for node in screened.root.walk() if node.children}
    notes = [note for one in figures.measured.values() for note in one.notes]
    return Scores(
        contest=contest,
        period=inputs.period,
        codes=codes,
        leaves=leaves,
        raw=stages.imputed[:, columns],
        imputed=donor != OBSERVED,
        normalised=normal,
        root=screened.root,
        weights=screened.weights,
        nodes=inner | {leaf: normal[:, k] for k, leaf in enumerate(leaves)},
        total=stages.total,
        rank=find_ranks(stages.total),
        dropped=screened.dropped,
        notes=(*notes, *tell_steps(contest, stages=stages, columns=columns, codes=codes, region=region)),
        evidence={leaf: figures.measured[leaf].evidence for leaf in leaves},
        donors=donors,
        stages=stages,
        context=basis.context,
    )


def _name_donors(
    contest: Contest, region: Region, codes: Sequence[str], leaves: Sequence[str], donor: NDArray[np.int64]
) -> dict[tuple[str, str], Text]:
    """Name whose figures stand in for each imputed cell."""
    groups = [region.group(name).name for name in contest.steps.groups]
    words = _STANDINS | dict(enumerate(groups))
    cells = zip(*np.nonzero(donor != OBSERVED), strict=True)
    return {(codes[row], leaves[k]): words[int(donor[row, k])] for row, k in cells}
