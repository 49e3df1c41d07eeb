"""Why a score is what it is (得分说明): from the total down the tree to observations and joint items."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

import numpy as np

from jinghe.contest.aggregate import decompose
from jinghe.contest.credit import ItemCredit
from jinghe.contest.indicator import Node
from jinghe.contest.normalise import find_posts
from jinghe.errors import DataError, problem
from jinghe.labels import Text
from jinghe.panel import Observation

if TYPE_CHECKING:
    from jinghe.contest.score import Scores

__all__ = ["Part", "explain"]

_MEANS = {
    "arithmetic": Text("下列各项的加权算术平均", "weighted arithmetic mean"),
    "geometric": Text(
        "下列各项的加权几何平均，按对数平均分解", "weighted geometric mean, split by the logarithmic mean"
    ),
}
_HOW = {
    "minmax": Text("按本期各地区的最小与最大值折算", "scaled by this period's smallest and largest figure"),
    "goalposts": Text("按固定目标值折算，超出部分截断", "scaled by fixed goalposts, cut off beyond"),
    "zscore": Text("按均值上下三个标准差折算", "scaled by three standard deviations around the mean"),
    "rank": Text("按名次折算", "scaled by rank"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One node of a contestant's working (得分构成).

    `score` is on the common scale, `weight` counts among the siblings that are present, `contribution` is what the node
    adds to the total: the contributions of all leaves sum to the total. Undefined numbers are None, with a note.
    """

    node: str
    label: Text
    score: float | None
    weight: float
    contribution: float
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
    a child is factor · w; below a geometric one factor · part / score of the child, with the additive logarithmic-mean
    part of `decompose`. Weights are those of the children that are present.

    Args:
        scores: what `score` returned.
        code: one of its contestants.
    Returns:
        The tree of parts; the contributions of the leaves sum to the total within 1e-9.
    Raises:
        DataError: the code was not scored.
    """
    if code not in scores.codes:
        near = next(iter(get_close_matches(code, scores.codes, 1, 0)), "—")
        raise DataError([problem("jurisdiction-unknown", found=code, nearest=near)])
    return _explain_node(scores, scores.root, scores.codes.index(code), weight=1.0, factor=1.0)


def _explain_node(scores: Scores, node: Node, row: int, *, weight: float, factor: float) -> Part:
    """Explain a node whose contribution to the total is factor · score."""
    own = float(scores.nodes[node.id][row])
    if not node.children:
        return _explain_leaf(scores, node.id, row, weight=weight, contribution=0.0 if np.isnan(own) else factor * own)
    method = scores.contest.aggregation(node.id)
    marks = np.array([scores.nodes[child.id][row] for child in node.children])
    live = np.where(np.isnan(marks), 0.0, [scores.weights[child.id] for child in node.children])
    weights = live / live.sum() if live.sum() > 0 else live
    factors = weights
    if method == "geometric":
        factors = np.nan_to_num(decompose(marks, weights, method=method, floor=scores.contest.steps.scale[0]) / marks)
    children = tuple(
        _explain_node(scores, child, row, weight=float(w), factor=factor * float(f))
        for child, w, f in zip(node.children, weights, factors, strict=True)
    )
    return Part(
        node=node.id,
        label=scores.contest.label(node.id),
        score=_number(own),
        weight=weight,
        contribution=0.0 if np.isnan(own) else factor * own,
        note=_MEANS[method],
        children=children,
    )


def _explain_leaf(scores: Scores, leaf: str, row: int, *, weight: float, contribution: float) -> Part:
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
        unit=spec.unit,
        normalised=mark,
        imputed=bool(scores.imputed[row, column]),
        observations=evidence.observations,
        items=evidence.items,
        note=_tell_leaf(scores, leaf, code, missing=mark is None),
    )


def _tell_leaf(scores: Scores, leaf: str, code: str, *, missing: bool) -> Text:
    if missing:
        return Text("缺数，未插补，权重归同级", "missing and not imputed; its weight goes to its siblings")
    spec, (bottom, top) = scores.contest.indicator(leaf), scores.contest.steps.scale
    method = scores.contest.scaling(leaf)
    how = _HOW[method]
    zh, en = how.zh, how.en
    if method != "rank":
        raw = scores.raw[:, scores.leaves.index(leaf)]
        low, high = find_posts(raw, method=method, goalposts=spec.goalposts)
        first, last = (low, high) if spec.direction > 0 else (high, low)
        zh += f"，{first:.6g} 得 {bottom:g}，{last:.6g} 得 {top:g}"
        en += f": {first:.6g} gives {bottom:g}, {last:.6g} gives {top:g}"
    donor = scores.donors.get((code, leaf))
    if donor:
        zh, en = f"缺数，以“{donor.zh}”中位数插补；{zh}", f"missing, the median of {donor.en} stands in; {en}"
    return Text(zh, en)


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
