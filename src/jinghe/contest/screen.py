"""Which indicators have enough figures to count, and what happens to the weight of the others (筛选)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.contest import Contest
from jinghe.contest.indicator import Node
from jinghe.contest.normalise import has_spread
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


def screen(contest: Contest, *, values: Mapping[str, _Array], on: date) -> Screened:
    """Drop indicators that cover too few contestants or cannot tell them apart; their weight goes to their siblings.

    An indicator is dropped when it has no figure, when its share of contestants with a figure is below the coverage,
    or when all its figures are equal and its scale is relative (not goalposts). A node left empty gives its weight to
    its siblings in the same way (`redistribute`).

    Args:
        contest: the rules.
        values: figures per leaf, shape (n,), NaN where missing.
        on: the day whose weights count.
    Returns:
        The remaining tree with weights, and everything dropped with its reason in both languages.
    Raises:
        RuleError: nothing is left (`contest-empty`), or the weights do not stand.
    """
    nominal = contest.weights_on(on)
    faint = {leaf: why for leaf, found in values.items() if (why := _find_fault(contest, leaf, found))}
    left = redistribute(contest.root, weights=nominal, drop=faint)
    if left.root is None:
        raise RuleError([problem("contest-empty", "contest.tree", on=on, dropped=len(faint))])
    reasons = faint | dict.fromkeys(left.emptied, Text("其下已无可计的指标", "nothing below it counts"))
    dropped = []
    for parent in contest.branches:
        heirs = [child.id for child in parent.children if child.id in left.weights]
        for node in parent.children:
            if node.id in reasons:
                figures = values.get(node.id, np.empty(0))
                reason = _add_heirs(contest, reasons[node.id], nominal[node.id], heirs)
                dropped.append(Dropped(node.id, reason, int((~np.isnan(figures)).sum()), figures.size))
    return Screened(left.root, left.weights, tuple(dropped))


def _find_fault(contest: Contest, leaf: str, values: _Array) -> Text | None:
    known = values[~np.isnan(values)]
    need = contest.steps.coverage
    if not known.size or known.size / values.size < need:
        return Text(
            f"{values.size} 个地区中 {known.size} 个有数据，覆盖要求为 {need:.0%}",
            f"{known.size} of {values.size} contestants have a figure, {need:.0%} are needed",
        )
    if contest.scaling(leaf) != "goalposts" and not has_spread(known):
        return Text("各地区数值相同，无从比较", "all figures are equal, so that nothing can be compared")
    return None


def _add_heirs(contest: Contest, reason: Text, weight: float, heirs: list[str]) -> Text:
    if not heirs:
        return Text(f"{reason.zh}；同级已无指标。", f"{reason.en}; none of its siblings is left.")
    zh = "、".join(contest.label(heir).zh for heir in heirs)
    en = ", ".join(contest.label(heir).en for heir in heirs)
    return Text(f"{reason.zh}；权重 {weight:.4g} 归同级的{zh}。", f"{reason.en}; its weight {weight:.4g} goes to {en}.")
