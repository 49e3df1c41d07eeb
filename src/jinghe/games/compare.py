"""One joint project under many rules (同一合作项目，多种分法): what each gives, and who would walk away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from jinghe.errors import Problem
from jinghe.games.game import Floats, Game, check_game
from jinghe.games.rules import Outcome, Proposal, Weighting, apply_rules
from jinghe.games.stability import (
    Blocking,
    find_blocking,
    find_core_distance,
    find_excesses,
    find_least_core,
    find_propensities,
    find_stability_cost,
    say_amount,
)
from jinghe.labels import Text

__all__ = ["Comparison", "Verdict", "compare", "judge"]


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """How a split stands (分配方案评判), all amounts in the game's unit.

    gap: Σx − v(N), 0 when the budget is balanced. rationality: (n,) what each gets beyond what it earns alone.
    max_excess, worst: the largest complaint and who has it. blocking: who would gain on their own, most first, and
    blocking_count how many. indifferent: coalitions that would lose nothing by leaving. core_distance: how much must
    change hands until nobody would leave. propensity: (n,) others' loss per unit of own loss, NaN where none.
    """

    gap: float
    rationality: Floats
    max_excess: float
    worst: tuple[str, ...]
    blocking: tuple[Blocking, ...]
    blocking_count: int
    indifferent: tuple[tuple[str, ...], ...]
    core_distance: float
    propensity: Floats
    text: Text

    @property
    def is_balanced(self) -> bool:
        """Is exactly v(N) shared out?"""
        return self.gap == 0

    @property
    def is_rational(self) -> bool:
        """Does everybody get at least what it earns alone?"""
        return bool((self.rationality >= 0).all())

    @property
    def is_stable(self) -> bool:
        """Is the split in the core: all shared out, and nobody better off elsewhere?"""
        return self.is_balanced and not self.blocking_count


@dataclass(frozen=True, slots=True)
class Comparison:
    """One game under many rules (规则比较): `rows` hold outcome and verdict, None where the rule gives none."""

    game: Game
    least_core: float
    stability_cost: float
    rows: tuple[tuple[Outcome, Verdict | None], ...]
    problems: tuple[Problem, ...]
    text: Text

    @property
    def is_core_empty(self) -> bool:
        """Is there no split from which nobody would walk away?"""
        return self.stability_cost > 0

    def as_dict(self) -> dict[str, Any]:
        """Return the comparison as JSON data: a row per rule, amounts in the game's unit, unrounded."""
        names = zip(self.game.parties, self.game.labels, strict=True)
        return {
            "parties": [{"id": party, "label": label.as_dict()} for party, label in names],
            "total": self.game.total,
            "alone": self.game.alone.tolist(),
            "least_core": self.least_core,
            "stability_cost": self.stability_cost,
            "core_empty": self.is_core_empty,
            "text": self.text.as_dict(),
            "problems": [
                {"code": p.code, "level": p.level, "text": {lang: p.text(lang) for lang in ("zh", "en")}}
                for p in self.problems
            ],
            "rows": [_row_dict(outcome, verdict) for outcome, verdict in self.rows],
        }


def judge(game: Game, *, shares: ArrayLike, most: int = 10, unit: Text | None = None) -> Verdict:
    """Judge a split: budget, individual rationality, who would leave, and how far it is from the core.

    What is within 1e-9 of the game's scale counts as zero.

    Args:
        game: the game.
        shares: n shares in the game's unit.
        most: how many blocking and indifferent coalitions are named at most.
        unit: the unit the words name.
    Raises:
        DataError: there are not n finite shares.

    >>> judge(Game(("A", "B"), [0, 10, 20, 50]), shares=[5, 45]).text.en
    'Alone, A would gain 5.'
    """
    excesses = find_excesses(game, shares=shares)
    excesses[np.abs(excesses) <= game.tolerance] = 0.0
    proper = excesses[1:-1]
    blocking = find_blocking(game, shares=shares, most=most, unit=unit)
    edge = (1 + np.flatnonzero(proper == 0)[:most]).tolist()
    rationality = np.asarray(shares, dtype=np.float64) - game.alone
    rationality[np.abs(rationality) <= game.tolerance] = 0.0
    return Verdict(
        gap=float(-excesses[-1]),
        rationality=rationality,
        max_excess=float(proper.max()),
        worst=game.members(1 + int(proper.argmax())),
        blocking=blocking,
        blocking_count=int((proper > 0).sum()),
        indifferent=tuple(game.members(mask) for mask in edge),
        core_distance=find_core_distance(game, shares=shares),
        propensity=find_propensities(game, shares=shares),
        text=_say_verdict(game, float(-excesses[-1]), blocking, edge, unit),
    )


def _say_verdict(game: Game, gap: float, blocking: Sequence[Blocking], edge: Sequence[int], unit: Text | None) -> Text:
    said = [block.text for block in blocking]
    if gap:
        amount = say_amount(abs(gap), unit)
        zh, en = ("超出", "more") if gap > 0 else ("少于", "less")
        said.insert(0, Text(f"分配额{zh}总收益 {amount.zh}。", f"The shares sum to {amount.en} {en} than the total."))
    if not blocking and edge:
        names = [game.call(mask) for mask in edge]
        zh, en = "；".join(name.zh for name in names), "; ".join(name.en for name in names)
        said.append(Text(f"退出与否无差别：{zh}。", f"Would lose nothing by leaving: {en}."))
    if not blocking and not edge:
        said.append(Text("没有任何一方或联盟愿意退出。", "Nobody would gain by leaving."))
    return Text("".join(text.zh for text in said), " ".join(text.en for text in said))


def compare(
    game: Game,
    *,
    weightings: Sequence[Weighting] = (),
    unions: Sequence[Sequence[str]] = (),
    order: Sequence[str] = (),
    proposals: Sequence[Proposal] = (),
    unit: Text | None = None,
) -> Comparison:
    """Put one joint project under ten rules and more, and say under each who would walk away.

    Args:
        game: the project; doubts about it travel along as `problems`.
        weightings: numbers to share by; each adds a proportional, a weighted Shapley and a Nash row.
        unions: groups of parties that act as one; adds the Owen value.
        order: the parties of a river from the source to the mouth; adds the downstream incremental rule.
        proposals: splits to be judged beside the rules.
        unit: the unit that the words name, such as 百万元.
    Returns:
        A row per rule; a rule that does not apply has its reason and no verdict.
    Raises:
        DataError: a proposal has not n finite shares.

    >>> found = compare(Game(("A", "B"), [0, 10, 20, 50]))
    >>> len(found.rows), found.least_core, found.stability_cost
    (10, -10.0, 0.0)
    """
    outcomes = apply_rules(game, weightings=weightings, unions=unions, order=order, proposals=proposals)
    rows = tuple((one, None if one.shares is None else judge(game, shares=one.shares, unit=unit)) for one in outcomes)
    least, cost = find_least_core(game), find_stability_cost(game)
    return Comparison(game, least, cost, rows, tuple(check_game(game)), _say_core(least, cost, unit))


def _say_core(least: float, cost: float, unit: Text | None) -> Text:
    if cost > 0:
        amount = say_amount(cost, unit)
        return Text(
            f"核心为空：无论怎样分，总有联盟愿意退出；上级至少追加 {amount.zh}，才能留住各方。",
            f"The core is empty: whatever the split, somebody gains by leaving. It takes a prize of at least "
            f"{amount.en} to keep everybody in.",
        )
    amount = say_amount(abs(least), unit)
    return Text(
        f"核心非空：存在各方都不愿退出的分法，最稳妥的分法使任何一方或联盟比单干至少多得 {amount.zh}。",
        f"The core is not empty: some split keeps everybody in. The safest gives every coalition at least {amount.en} "
        "more than it earns on its own.",
    )


def _row_dict(outcome: Outcome, verdict: Verdict | None) -> dict[str, Any]:
    return {
        "rule": outcome.rule,
        "label": outcome.label.as_dict(),
        "shares": None if outcome.shares is None else outcome.shares.tolist(),
        "reason": outcome.reason.as_dict() if outcome.reason else None,
        "verdict": verdict and _verdict_dict(verdict),
    }


def _verdict_dict(verdict: Verdict) -> dict[str, Any]:
    return {
        "gap": verdict.gap,
        "balanced": verdict.is_balanced,
        "rational": verdict.is_rational,
        "stable": verdict.is_stable,
        "rationality": verdict.rationality.tolist(),
        "max_excess": verdict.max_excess,
        "worst": list(verdict.worst),
        "blocking": [
            {"parties": list(one.parties), "gain": one.gain, "text": one.text.as_dict()} for one in verdict.blocking
        ],
        "blocking_count": verdict.blocking_count,
        "indifferent": [list(parties) for parties in verdict.indifferent],
        "core_distance": verdict.core_distance,
        "propensity": [None if np.isnan(value) else value for value in verdict.propensity.tolist()],
        "text": verdict.text.as_dict(),
    }
