"""Why a score is what it is (得分说明): from the total down the tree to observations and joint items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.aggregate import MEANS, decompose
from jinghe.contest.credit import ItemCredit
from jinghe.contest.impute import DRAWN, OWN
from jinghe.contest.indicator import Node
from jinghe.contest.normalise import EFFICACY, find_posts
from jinghe.contest.steps import Steps
from jinghe.errors import DataError, problem
from jinghe.labels import Text
from jinghe.panel import Observation

if TYPE_CHECKING:
    from jinghe.contest.score import Scores

__all__ = ["Part", "explain"]

_WHOLE = Text("没有按下级相加的分解", "it has no split into parts that add up")
_MEANS = {
    "arithmetic": Text("下列各项的加权算术平均", "weighted arithmetic mean"),
    "geometric": Text(
        "下列各项的加权几何平均，按对数平均分解", "weighted geometric mean, split by the logarithmic mean"
    ),
    "harmonic": Text(
        "下列各项的加权调和平均，由尺度下端起分解", "weighted harmonic mean, split above the floor of the scale"
    ),
    "generalised": Text(
        "下列各项的加权幂平均，由尺度下端起分解", "weighted power mean, split above the floor of the scale"
    ),
    "mazziotta_pareto": Text("加权算术平均减去不均衡的扣减", "weighted arithmetic mean less a penalty for imbalance"),
    "topsis": Text("与最优和最劣值的相对距离（TOPSIS）", "relative distance to best and worst figures (TOPSIS)"),
    "grey": Text("与最优值的灰色关联度", "grey relation to the best figures"),
    "promethee": Text("与各地区成对比较的净优势（PROMETHEE II）", "net flow of pairwise comparisons (PROMETHEE II)"),
    "copeland": Text("与各地区成对比较的胜负差（Copeland）", "pairwise wins less losses (Copeland)"),
    "benefit_of_doubt": Text("按对本地最有利的权重", "by the weights that favour it most"),
}
_HOW = {
    "minmax": Text("按本期各地区的最小与最大值折算", "scaled by this period's smallest and largest figure"),
    "goalposts": Text("按固定目标值折算，超出部分截断", "scaled by fixed goalposts, cut off beyond"),
    "zscore": Text("按均值上下三个标准差折算", "scaled by three standard deviations around the mean"),
    "zscore_open": Text(
        "按均值上下三个标准差折算，不截断", "scaled by three standard deviations around the mean, not cut"
    ),
    "rank": Text("按名次折算", "scaled by rank"),
    "borda": Text("按 Borda 分折算", "scaled by Borda points"),
    "percentile": Text("按百分位折算", "scaled by percentile"),
    "target": Text("按与目标值的距离折算", "scaled by the distance to the target"),
    "reference": Text("按与参照地区的距离折算", "scaled by the distance to the reference city"),
    "efficacy": Text("按功效系数折算", "scaled by the efficacy coefficient"),
}
_BASE = Text("按基期各地区的最小与最大值折算", "scaled by the smallest and largest figure of the base window")
_FORMS = {
    "winsorise": Text("极端值已拉回", "extremes pulled in"),
    "log": Text("分布过偏，已取对数", "too skewed, logarithms taken"),
    "boxcox": Text("分布过偏，已作幂变换", "too skewed, a power taken (Box–Cox)"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One node of a contestant's working (得分构成).

    `score` is on the common scale, `weight` counts among the siblings that are present, `contribution` is what the node
    adds to the total: the contributions of all leaves sum to the total. It is None below an aggregate that has no
    split into parts that add up; the note of that node says so. Other undefined numbers are None, with a note.
    """

    node: str
    label: Text
    score: float | None
    weight: float
    contribution: float | None
    raw: float | None = None
    unit: Text | None = None
    normalised: float | None = None
    imputed: bool = False
    observations: tuple[Observation, ...] = ()
    items: tuple[ItemCredit, ...] = ()
    note: Text | None = None
    children: tuple[Part, ...] = ()

    @property
    def leaves(self) -> tuple[Part, ...]:
        """The parts without children, left to right."""
        return tuple(leaf for child in self.children for leaf in child.leaves) if self.children else (self,)


def explain(scores: Scores, *, code: str) -> Part:
    """Follow the score of one contestant down the tree.

    A node contributes factor · score to the total, with factor 1 at the root. Below an arithmetic mean the factor of
    a child is factor · w; below another mean factor · part / score of the child, with the additive part of
    `decompose`; below an aggregate that is no mean there is none. Weights are those of the children that are present.

    Args:
        scores: what `score` returned.
        code: one of its contestants.
    Returns:
        The tree of parts; where all nodes are means, the contributions of the leaves sum to the total within 1e-9.
    Raises:
        DataError: the code was not scored.
    """
    if code not in scores.codes:
        near = next(iter(get_close_matches(code, scores.codes, 1, 0)), "—")
        raise DataError([problem("jurisdiction-unknown", found=code, nearest=near)])
    return _explain_node(scores, scores.root, scores.codes.index(code), weight=1.0, factor=1.0)


def _explain_node(scores: Scores, node: Node, row: int, *, weight: float, factor: float | None) -> Part:
    """Explain a node whose contribution to the total is factor · score."""
    own = float(scores.nodes[node.id][row])
    contribution = None if factor is None else 0.0 if np.isnan(own) else factor * own
    if not node.children:
        return _explain_leaf(scores, node.id, row, weight=weight, contribution=contribution)
    method = scores.contest.aggregation(node.id)
    marks = np.array([scores.nodes[child.id][row] for child in node.children])
    live = np.where(np.isnan(marks), 0.0, [scores.weights[child.id] for child in node.children])
    weights = live / live.sum() if live.sum() > 0 else live
    factors = _factors(scores, method, marks, weights)
    children = tuple(
        _explain_node(scores, child, row, weight=float(w), factor=None if factor is None or f is None else factor * f)
        for child, w, f in zip(node.children, weights, factors, strict=True)
    )
    note = _MEANS[method]
    return Part(
        node=node.id,
        label=scores.contest.label(node.id),
        score=_number(own),
        weight=weight,
        contribution=contribution,
        note=note if method in MEANS else Text(f"{note.zh}，{_WHOLE.zh}", f"{note.en}; {_WHOLE.en}"),
        children=children,
    )


def _factors(
    scores: Scores, method: str, marks: NDArray[np.float64], weights: NDArray[np.float64]
) -> Sequence[float | None]:
    """What one point of each child adds to its parent, or None where that is not defined."""
    if method == "arithmetic":
        return [float(w) for w in weights]
    if method not in MEANS:
        return [None] * len(marks)
    steps = scores.contest.steps
    parts = decompose(marks, weights, method=method, floor=steps.scale[0], power=steps.power)
    return [float(f) for f in np.nan_to_num(parts / marks)]


def _explain_leaf(scores: Scores, leaf: str, row: int, *, weight: float, contribution: float | None) -> Part:
    column, code = scores.leaves.index(leaf), scores.codes[row]
    spec, mark = scores.contest.indicator(leaf), _number(scores.normalised[row, column])
    evidence = scores.evidence[leaf][row]
    return Part(
        node=leaf,
        label=spec.label,
        score=mark,
        weight=weight,
        contribution=contribution,
        raw=_number(scores.raw[row, column]),
        unit=scores.contest.unit(leaf),
        normalised=mark,
        imputed=bool(scores.imputed[row, column]),
        observations=evidence.observations,
        items=evidence.items,
        note=_tell_leaf(scores, leaf, code, missing=mark is None),
    )


def _tell_leaf(scores: Scores, leaf: str, code: str, *, missing: bool) -> Text:
    if missing:
        return Text("缺数，未插补，权重归同级", "missing and not imputed; its weight goes to its siblings")
    stages, method = scores.stages, scores.contest.scaling(leaf)
    column = stages.tree.leaves.index(leaf)
    how = _BASE if stages.base is not None and method == "minmax" else _HOW[method]
    zh, en = how.zh, how.en
    if method not in ("rank", "borda", "percentile"):
        more = _tell_posts(scores, leaf, method, column)
        zh, en = f"{zh}，{more.zh}", f"{en}: {more.en}"
    form = _FORMS.get(stages.treatments[column].form)
    if form:
        zh, en = f"{form.zh}；{zh}", f"{form.en}; {en}"
    donor = scores.donors.get((code, leaf))
    if donor:
        how = _tell_donor(donor, int(stages.donors[scores.codes.index(code), column]), scores.contest.steps)
        zh, en = f"缺数，{how.zh}插补；{zh}", f"missing, {how.en} in; {en}"
    return Text(zh, en)


def _tell_posts(scores: Scores, leaf: str, method: str, column: int) -> Text:
    """Say which figures stand for the ends of the scale."""
    stages, spec = scores.stages, scores.contest.indicator(leaf)
    sample = (stages.treated if stages.base is None else stages.base)[:, column]
    ends = find_posts(
        sample, method=method, goalposts=spec.goalposts, direction=spec.direction, aim=stages.aims[column]
    )
    if method == "target" and ends[0] >= ends[1]:
        return Text("各地区都已达到", "all contestants have reached it")
    first, last = ends if spec.direction > 0 else ends[::-1]
    bottom, top = EFFICACY if method == "efficacy" else scores.contest.steps.scale
    return Text(
        f"{first:.6g} 得 {bottom:g}，{last:.6g} 得 {top:g}", f"{first:.6g} gives {bottom:g}, {last:.6g} gives {top:g}"
    )


def _tell_donor(donor: Text, number: int, steps: Steps) -> Text:
    """Say what stands in for a missing figure: a median or mean of a group or of all, or something of its own."""
    if number in (OWN, DRAWN):
        return Text(f"以{donor.zh}", f"{donor.en} stands")
    method = steps.otherwise if steps.imputation in ("latest", "linear") else steps.imputation
    zh, en = ("中位数", "median") if method.endswith("median") else ("均值", "mean")
    return Text(f"以“{donor.zh}”{zh}", f"the {en} of {donor.en} stands")


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
