"""How a joint item of worth 1 is divided among those who take part (分计方法), one function per rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from jinghe.contest.credit_rule import CreditRule
from jinghe.contest.register import JointItem
from jinghe.contest.weight import find_in_force
from jinghe.errors import DataError, problem
from jinghe.games import Game, make_additive, shapley, tabulate

__all__ = ["Stake", "divide"]


@dataclass(frozen=True, slots=True)
class Stake:
    """Who takes part in an item (参与情况): the contestants among the parties, and their contributions."""

    item: JointItem
    parties: tuple[str, ...]
    given: Mapping[str, float]
    on: date

    @classmethod
    def of(cls, item: JointItem, *, codes: Sequence[str], on: date | None = None) -> Stake:
        """Find the contestants among the parties; without a day, the item's own or the last there can be."""
        parties = tuple(code for code in item.parties if code in codes)
        given = dict(item.contributions)
        day = on or (item.on.last if item.on else date.max)
        return cls(item, parties, {code: given.get(code, 0.0) for code in parties}, day)


_Shares = dict[str, float]


def divide(stake: Stake, *, rule: CreditRule) -> _Shares | None:
    """Divide an item of worth 1 by a rule; None when the register does not hold what the rule asks for.

    equal φ_i = 1/n; contribution φ_i = c_i/Σc; negotiated φ_i = p_i as contracted on the day; lead φ = λ to the lead,
    (1 − λ)/(n − 1) to each other; shapley φ_i of v, over v(N); both φ_i = max(θ, 1/n); marginal
    φ_i = [v(N) − v(N∖i)]/v(N). v is the item's table of worths, else the closed form of its field: unanimity (nothing
    without all), additive (v(S) = Σ c_i), largest (v(S) = max c_i).

    Args:
        stake: who takes part, with what, and on which day a schedule is read.
        rule: the rule.
    Returns:
        The share of each contestant that takes part. They sum to 1 except under `both` and `marginal`, and under a
        contract that leaves a part to somebody outside.
    Raises:
        DataError: a table of worths is for other parties than those that take part.
    """
    if len(stake.parties) == 1 and rule.kind != "negotiated":
        return {stake.parties[0]: 1.0}
    return _RULES[rule.kind](stake, rule)


def _equal(stake: Stake, _: CreditRule) -> _Shares:
    return dict.fromkeys(stake.parties, 1 / len(stake.parties))


def _contribution(stake: Stake, _: CreditRule) -> _Shares | None:
    whole = sum(stake.given.values())
    return {code: stake.given[code] / whole for code in stake.parties} if whole > 0 else None


def _negotiated(stake: Stake, rule: CreditRule) -> _Shares | None:
    contract = rule.schedule.get(stake.item.id)
    if contract is None:
        return None
    found = {code: find_in_force(share, stake.on) for code, share in contract.items()}
    if all(share is None for share in found.values()):
        return None  # the contract does not yet hold
    return {code: found.get(code) or 0.0 for code in stake.parties}


def _lead(stake: Stake, rule: CreditRule) -> _Shares | None:
    lead = stake.item.lead
    if lead not in stake.parties:
        return None
    rest = (1 - rule.lead_share) / (len(stake.parties) - 1)
    return {code: rule.lead_share if code == lead else rest for code in stake.parties}


def _both(stake: Stake, rule: CreditRule) -> _Shares:
    return dict.fromkeys(stake.parties, max(rule.count_share, 1 / len(stake.parties)))


def _shapley(stake: Stake, rule: CreditRule) -> _Shares | None:
    game = _find_game(stake, rule)
    if game is None:
        return None
    shares = dict(zip(game.parties, (shapley(game) / game.total).tolist(), strict=True))
    return {code: shares[code] for code in stake.parties}


def _marginal(stake: Stake, rule: CreditRule) -> _Shares | None:
    game = _find_game(stake, rule)
    if game is None:
        return None
    shares = dict(zip(game.parties, (game.marginal / game.total).tolist(), strict=True))
    return {code: shares[code] for code in stake.parties}


def _find_game(stake: Stake, rule: CreditRule) -> Game | None:
    """The worth of every coalition: the item's table, else the closed form of its field, else None."""
    table, parties = rule.worths.get(stake.item.id), stake.parties
    if table:
        if set(table.parties) != set(parties):
            path, words = f"contest.credit.worths.{stake.item.id}", (", ".join(table.parties), ", ".join(parties))
            raise DataError([problem("credit-parties", path, found=words[0], expected=words[1])])
        return table
    form, given = rule.form(stake.item.field), stake.given
    if form == "unanimity":
        return tabulate(lambda group: float(len(group) == len(parties)), parties=parties)
    if form is None or not any(given.values()):
        return None
    if form == "additive":
        return make_additive(np.array([given[code] for code in parties]), parties=parties)
    return tabulate(lambda group: max(given[code] for code in group), parties=parties)


_RULES: dict[str, Callable[[Stake, CreditRule], _Shares | None]] = {
    "equal": _equal,
    "contribution": _contribution,
    "negotiated": _negotiated,
    "lead": _lead,
    "shapley": _shapley,
    "both": _both,
    "marginal": _marginal,
}
