"""Scoring one period (计分): measure, screen, impute, normalise, aggregate, rank — every step kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.aggregate import aggregate
from jinghe.contest.check import check_contest
from jinghe.contest.contest import Contest
from jinghe.contest.credit import JointItem
from jinghe.contest.explain import Part, explain
from jinghe.contest.indicator import Node
from jinghe.contest.measure import Evidence, Inputs, Measured, measure
from jinghe.contest.normalise import normalise
from jinghe.contest.rank import find_ranks
from jinghe.contest.screen import Dropped, Screened, screen
from jinghe.contest.treat import impute
from jinghe.errors import RuleError, problem
from jinghe.labels import Text
from jinghe.panel import Panel
from jinghe.region import Region
from jinghe.units import Period

__all__ = ["Scores", "score"]

_Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Scores of one period with all their working (得分).

    Rows follow `codes`, columns `leaves`. `raw` holds the figures after imputation; `imputed` marks those that were,
    and `donors` names whose median stands in, by (code, leaf). `root` and `weights` are what is left after dropping.
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

    def explain(self, code: str) -> Part:
        """Follow the score of one contestant down to observations. Raises DataError for a code that was not scored."""
        return explain(self, code=code)

    def renormalise(self, method: str) -> dict[str, _Array]:
        """Normalise the leaves by another method; those with goalposts keep them."""
        return {leaf: _scale(self.contest, leaf, self.raw[:, k], method) for k, leaf in enumerate(self.leaves)}


def score(contest: Contest, *, panel: Panel, items: Sequence[JointItem], region: Region, period: Period) -> Scores:
    """Score every contestant of one period.

    Measure all indicators; drop those that cover too few contestants or do not vary; impute; normalise with
    direction; average up the tree with the weights of the period's last day; rank.

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
    faults = [p for p in check_contest(contest, region=region, on=period.last) if p.level == "error"]
    codes = region.contestants(contest.level, on=period.last)
    if not codes:
        faults.append(problem("contestants-missing", "contest.level", level=contest.level, on=period.last))
    if faults:
        raise RuleError(faults)
    units = {item.id: item.unit for item in contest.indicators if item.unit.zh}
    inputs = Inputs(panel, tuple(items), codes, period, contest.credit, units)
    measured = {leaf: measure(contest.indicator(leaf), inputs=inputs) for leaf in contest.root.leaves}
    screened = screen(contest, values={leaf: m.values for leaf, m in measured.items()}, on=period.last)
    return _assemble(contest, screened, inputs, measured, region)


def _assemble(
    contest: Contest, screened: Screened, inputs: Inputs, measured: Mapping[str, Measured], region: Region
) -> Scores:
    leaves, codes = screened.root.leaves, inputs.codes
    steps = contest.steps
    groups = [region.group(name) for name in steps.groups]
    rows = [[codes.index(c) for c in group.codes(inputs.period.last) if c in codes] for group in groups]
    filled = [impute(measured[leaf].values, method=steps.imputation, groups=rows) for leaf in leaves]
    names = [group.name for group in groups] + [Text("全部地区", "all contestants")]  # donor −1 is the last
    donors = {
        (codes[row], leaf): names[one.donor[row]]
        for leaf, one in zip(leaves, filled, strict=True)
        for row in np.flatnonzero(one.mask)
    }
    raw = np.column_stack([one.values for one in filled])
    normal = [_scale(contest, leaf, raw[:, k], steps.normalisation) for k, leaf in enumerate(leaves)]
    methods = {node.id: contest.aggregation(node.id) for node in screened.root.walk() if node.children}
    nodes = aggregate(
        screened.root, leaves=dict(zip(leaves, normal, strict=True)), weights=screened.weights, methods=methods
    )
    total = nodes[screened.root.id]
    return Scores(
        contest=contest,
        period=inputs.period,
        codes=codes,
        leaves=leaves,
        raw=raw,
        imputed=np.column_stack([one.mask for one in filled]),
        normalised=np.column_stack(normal),
        root=screened.root,
        weights=screened.weights,
        nodes=nodes,
        total=total,
        rank=find_ranks(total),
        dropped=screened.dropped,
        notes=(*(note for one in measured.values() for note in one.notes), *_tell_gaps(raw, donors)),
        evidence={leaf: measured[leaf].evidence for leaf in leaves},
        donors=donors,
    )


def _scale(contest: Contest, leaf: str, values: _Array, method: str) -> _Array:
    spec = contest.indicator(leaf)
    how = "goalposts" if spec.goalposts else method
    return normalise(values, method=how, direction=spec.direction, to=contest.steps.scale, goalposts=spec.goalposts)


def _tell_gaps(raw: _Array, donors: Mapping[tuple[str, str], Text]) -> list[Text]:
    notes, gaps = [], int(np.isnan(raw).sum())
    if donors:
        zh = f"{len(donors)} 个缺数以中位数插补，已逐一标明。"
        notes.append(Text(zh, f"{len(donors)} missing figures are imputed by medians, each marked."))
    if gaps:
        zh = f"{gaps} 个缺数未插补，其权重归同级指标。"
        notes.append(Text(zh, f"{gaps} missing figures are not imputed; their weight goes to sibling indicators."))
    return notes
