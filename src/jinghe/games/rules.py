"""The rules that are compared (分配规则一览): each with its name and the shares it gives, or why it gives none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from jinghe.errors import JingheError
from jinghe.games.game import Floats, Game, read_vector
from jinghe.games.nucleolus import nucleolus, per_capita_nucleolus, prenucleolus
from jinghe.games.points import (
    downstream_incremental,
    equal_nonseparable,
    equal_split,
    equal_surplus,
    gately,
    nash,
    proportional,
    tau,
)
from jinghe.games.shapley import owen, shapley, weighted_shapley
from jinghe.labels import Text

__all__ = ["Outcome", "Proposal", "Weighting", "apply_rules"]


@dataclass(frozen=True, slots=True)
class Weighting:
    """A number per party by which to share (权重口径): investment, population, GDP."""

    id: str
    label: Text
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A split somebody has put on the table (待议方案)."""

    id: str
    label: Text
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What one rule gives (分配结果): shares (n,), or None and the reason why the rule gives none."""

    rule: str
    label: Text
    shares: Floats | None
    reason: Text | None = None


_Rule = tuple[str, Text, Callable[[Game], Floats]]

_PLAIN: tuple[_Rule, ...] = (
    ("equal-split", Text("等额分配", "Equal split"), equal_split),
    ("equal-surplus", Text("剩余等分", "Equal surplus"), equal_surplus),
    ("equal-nonseparable", Text("不可分部分等分", "Equal non-separable worth"), equal_nonseparable),
    (
        "proportional",
        Text("按单独行动所得比例分配", "Proportional to stand-alone worth"),
        lambda game: proportional(game, weights=game.alone),
    ),
    ("shapley", Text("沙普利值", "Shapley value"), shapley),
    ("nucleolus", Text("核仁", "Nucleolus"), nucleolus),
    ("prenucleolus", Text("预核仁", "Prenucleolus"), prenucleolus),
    ("per-capita-nucleolus", Text("人均核仁", "Per-capita nucleolus"), per_capita_nucleolus),
    ("tau", Text("τ值", "τ-value"), tau),
    ("gately", Text("盖特利点（可分离成本—剩余收益法）", "Gately point (SCRB)"), gately),
)


def apply_rules(
    game: Game,
    *,
    weightings: Sequence[Weighting] = (),
    unions: Sequence[Sequence[str]] = (),
    order: Sequence[str] = (),
    proposals: Sequence[Proposal] = (),
) -> tuple[Outcome, ...]:
    """Apply ten rules, three more per weighting, Owen's with unions, the river's with an order, and the proposals.

    A rule that does not apply gives its reason and no shares. Arguments as for `compare`.

    >>> apply_rules(Game(("A", "B"), [0, 10, 20, 50]))[0].shares.tolist()
    [25.0, 25.0]
    """
    outcomes = [_apply(rule, game) for rule in (*_PLAIN, *_list_rules(weightings, unions, order))]
    for proposal in proposals:
        shares = read_vector(proposal.shares, path=f"proposals[{proposal.id}]", n=game.n)
        outcomes.append(Outcome(proposal.id, proposal.label, shares))
    return tuple(outcomes)


def _list_rules(
    weightings: Sequence[Weighting], unions: Sequence[Sequence[str]], order: Sequence[str]
) -> Iterator[_Rule]:
    for item in weightings:
        zh, en, weights = item.label.zh, item.label.en, item.values
        label = Text(f"按{zh}比例分配", f"Proportional to {en}")
        yield f"proportional:{item.id}", label, partial(proportional, weights=weights)
        label = Text(f"以{zh}加权的沙普利值", f"Shapley value weighted by {en}")
        yield f"weighted-shapley:{item.id}", label, partial(weighted_shapley, weights=weights)
        label = Text(f"以{zh}加权的纳什谈判解", f"Nash bargaining weighted by {en}")
        yield f"nash:{item.id}", label, partial(nash, weights=weights)
    if unions:
        yield "owen", Text("欧文值（按组团）", "Owen value (by unions)"), partial(owen, unions=unions)
    if order:
        label = Text("下游增量法", "Downstream incremental")
        yield "downstream-incremental", label, partial(downstream_incremental, order=order)


def _apply(rule: _Rule, game: Game) -> Outcome:
    name, label, find = rule
    try:
        return Outcome(name, label, find(game))
    except JingheError as error:
        return Outcome(name, label, None, Text(*(error.problems[0].text(lang) for lang in ("zh", "en"))))
