"""What was dropped on the way to the score, why, and what happens to its weight (筛选结果)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.chain import Stages
from jinghe.contest.contest import Contest
from jinghe.contest.indicator import Node
from jinghe.contest.weight import redistribute
from jinghe.errors import RuleError, problem
from jinghe.labels import Text

__all__ = ["Dropped", "Screened", "screen"]

_Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Dropped:
    """An indicator, or a node emptied by it, that does not count (剔除): why, and how many of how many had a figure."""

    indicator: str
    reason: Text
    present: int
    of: int


@dataclass(frozen=True, slots=True)
class Screened:
    """What is left to score with (筛选结果): the tree, the weights in it, and what was dropped."""

    root: Node
    weights: Mapping[str, float]
    dropped: tuple[Dropped, ...]


def screen(contest: Contest, *, stages: Stages, on: date) -> Screened:
    """Take what the chain could not use out of the tree; its weight goes to its siblings (`redistribute`).

    An indicator is dropped when it has no figure, covers too few of the cities that stay or has too few figures that
    are not 0 (`sift`), or when its figures cannot be told apart on a relative scale. A node left empty gives its
    weight to its siblings in the same way.

    Args:
        contest: the rules.
        stages: what the chain made of the period.
        on: the day whose weights count; for the message.
    Returns:
        The remaining tree with weights, and everything dropped with its reason in both languages.
    Raises:
        RuleError: nothing is left (`contest-empty`).
    """
    figures = stages.entering("screen")
    columns = {leaf: figures[:, k] for k, leaf in enumerate(stages.tree.leaves)}
    faint = {
        leaf: _find_fault(contest, leaf, columns[leaf][stages.fit], covered=bool(stages.covered[k]))
        for k, leaf in enumerate(stages.tree.leaves)
        if not stages.kept[k]
    }
    left = redistribute(contest.root, weights=stages.weights, drop=faint)
    if left.root is None:
        raise RuleError([problem("contest-empty", "contest.tree", on=on, dropped=len(faint))])
    reasons = faint | dict.fromkeys(left.emptied, Text("其下已无可计的指标", "nothing below it counts"))
    dropped = []
    for parent in contest.branches:
        heirs = [child.id for child in parent.children if child.id in left.weights]
        for node in parent.children:
            if node.id in reasons:
                own = columns[node.id][stages.fit] if node.id in columns else np.empty(0)
                reason = _add_heirs(contest, reasons[node.id], stages.weights[node.id], heirs)
                dropped.append(Dropped(node.id, reason, int((~np.isnan(own)).sum()), own.size))
    return Screened(left.root, left.weights, tuple(dropped))


def _find_fault(contest: Contest, leaf: str, figures: _Array, *, covered: bool) -> Text:
    """Say why a leaf does not count, from the figures that the screen saw."""
    known = int((~np.isnan(figures)).sum())
    need, live = contest.steps.coverage, int((np.nan_to_num(figures) != 0).sum())
    if not known or (not covered and known < need * figures.size - 1e-9):
        return Text(
            f"{figures.size} 个地区中 {known} 个有数据，覆盖要求为 {need:.0%}",
            f"{known} of {figures.size} contestants have a figure, {need:.0%} are needed",
        )
    if not covered:
        need = contest.steps.nonzero
        return Text(
            f"{known} 个数据中 {live} 个不为零，要求为 {need:.0%}",
            f"{live} of {known} figures are not zero, {need:.0%} are needed",
        )
    if contest.scaling(leaf) == "reference":
        return Text("参照地区没有数据或为最差", "the reference city has no figure or the worst one")
    return Text("各地区数值相同，无从比较", "all figures are equal, so that nothing can be compared")


def _add_heirs(contest: Contest, reason: Text, weight: float, heirs: list[str]) -> Text:
    if not heirs:
        return Text(f"{reason.zh}；同级已无指标。", f"{reason.en}; none of its siblings is left.")
    zh = "、".join(contest.label(heir).zh for heir in heirs)
    en = ", ".join(contest.label(heir).en for heir in heirs)
    return Text(f"{reason.zh}；权重 {weight:.4g} 归同级的{zh}。", f"{reason.en}; its weight {weight:.4g} goes to {en}.")
