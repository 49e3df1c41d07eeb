"""Prizes of the contest (奖励): who gets them, to the fen and within the budget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from jinghe.contest.rank import Ranking
from jinghe.contest.spec import placed, read_choice, read_keys, read_number_in
from jinghe.errors import CompactError, problem
from jinghe.labels import Text
from jinghe.units import Money, apportion

__all__ = ["Award", "Prize", "award", "read_prize"]

_KINDS = {
    "special_fund": Text("专项资金", "Special fund"),
    "preference": Text("政策优先", "Policy preference"),
    "commendation": Text("通报表扬", "Commendation"),
}
_RULES = ("top",)


@dataclass(frozen=True, slots=True)
class Prize:
    """A prize for the first `top` ranks (奖项). Only a special fund carries money; the others have amount 0."""

    id: str
    label: Text
    kind: str
    amount: Money
    rule: str
    top: int


@dataclass(frozen=True, slots=True)
class Award:
    """What one contestant wins (获奖)."""

    prize: str
    label: Text
    jurisdiction: str
    amount: Money


def read_prize(tree: Any) -> Prize:
    """Read one entry of `contest.prizes`.

    Raises CompactError: `prize-budget` when a fund names no amount, `prize-money` when another kind does.
    """
    name = str(tree.get("id", "")) if isinstance(tree, Mapping) else ""
    path = f"contest.prizes[{name}]" if name else "contest.prizes"
    keys = read_keys(tree, ("id", "label", "kind", "amount", "rule", "top"), required=("id", "kind", "top"), path=path)
    kind = read_choice(keys["kind"], _KINDS, path=f"{path}.kind")
    with placed(f"{path}.amount"):
        amount = Money.of(str(keys["amount"])) if keys.get("amount") is not None else Money(0)
        if kind != "special_fund" and amount:
            raise CompactError([problem("prize-money", prize=name, kind=kind)])
    if kind == "special_fund" and not amount > Money(0):
        raise CompactError([problem("prize-budget", path, prize=name)])
    with placed(f"{path}.label"):
        label = Text.of(keys["label"]) if keys.get("label") else _KINDS[kind]
    return Prize(
        id=name,
        label=label,
        kind=kind,
        amount=amount,
        rule=read_choice(keys.get("rule", "top"), _RULES, path=f"{path}.rule"),
        top=int(read_number_in(keys["top"], low=1, high=10_000, path=f"{path}.top")),
    )


def award(prizes: Sequence[Prize], *, ranking: Ranking) -> tuple[Award, ...]:
    """Award each prize to the first `top` ranks; a tie shares the places it takes up.

    The fund is cut into equal places 1…top; a group of g tied cities at rank r holds the places r…min(r + g − 1, top)
    and splits them equally. With fewer ranked cities than places, the fund goes to those there are.

    Args:
        prizes: the prizes.
        ranking: ranks with ties at their lowest number; 0 = not ranked.
    Returns:
        Awards by prize, rank and code; the amounts of a prize sum to its fund to the fen (`apportion`).
    """
    order = sorted((int(rank), code) for code, rank in zip(ranking.codes, ranking.rank, strict=True) if rank > 0)
    return tuple(item for prize in prizes for item in _award(prize, order))


def _award(prize: Prize, order: Sequence[tuple[int, str]]) -> list[Award]:
    winners = [(rank, code) for rank, code in order if rank <= prize.top]
    sizes = {rank: sum(other == rank for other, _ in order) for rank, _ in winners}
    places = [Fraction(min(sizes[rank], prize.top - rank + 1), sizes[rank]) for rank, _ in winners]
    amounts = apportion(prize.amount, places) if winners else []
    return [Award(prize.id, prize.label, code, amount) for (_, code), amount in zip(winners, amounts, strict=True)]
