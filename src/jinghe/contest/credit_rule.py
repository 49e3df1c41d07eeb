"""The rule by which the points of a joint item are divided (分计规则), as written in `contest.credit`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from jinghe.contest.spec import placed, read_choice, read_keys, read_map, read_number_in
from jinghe.contest.weight import DatedWeight, find_in_force, read_weight
from jinghe.errors import CompactError, Problem, attempt, problem
from jinghe.games import Game, read_game

__all__ = ["FORMS", "RULES", "CreditRule", "read_credit_rule"]

RULES = ("equal", "contribution", "negotiated", "lead", "shapley", "both", "marginal")
FORMS = ("unanimity", "additive", "largest")
_KEYS = ("rule", "lead_share", "count_share", "schedule", "worths", "forms", "mirror_penalty")
_NEEDS = {"lead": ("lead_share",), "both": ("count_share",), "negotiated": ("schedule",)}
_CLOSE = 1e-9


@dataclass(frozen=True, slots=True)
class CreditRule:
    """Who gets the points of a joint item (分计规则).

    Args:
        kind: one of `RULES`.
        lead_share: λ, the lead's share under `lead`.
        count_share: θ, what each partner counts under `both`.
        schedule: item → party → dated share, under `negotiated` (GDP 分计).
        worths: item → the worth of every coalition, under `shapley` and `marginal`.
        forms: field of work → closed form of those worths; `default` is for all other fields.
        mirror_penalty: κ, what a point loses per unit of discrepancy between the partners' reports; None when
            reports are not asked for.
    """

    kind: str = "equal"
    lead_share: float = 0.5
    count_share: float = 1.0
    schedule: Mapping[str, Mapping[str, DatedWeight]] = field(default_factory=dict)
    worths: Mapping[str, Game] = field(default_factory=dict)
    forms: Mapping[str, str] = field(default_factory=dict)
    mirror_penalty: float | None = None

    @classmethod
    def of(cls, rule: CreditRule | str) -> CreditRule:
        """Take a rule, or the name of one with λ = 1/2 and θ = 1.

        >>> CreditRule.of("both").count_share
        1.0
        """
        return rule if isinstance(rule, CreditRule) else cls(rule)

    def form(self, work: str) -> str | None:
        """The closed form for a field of work, or None when none is declared."""
        return self.forms.get(work, self.forms.get("default"))


def read_credit_rule(tree: Any) -> CreditRule:
    """Read `contest.credit`. Raises CompactError with every fault.

    A rule that leaves something open asks for it: `lead` for `lead_share`, `both` for `count_share`, `negotiated` for
    a `schedule` whose shares sum to 1 from its first date on; a table of worths is complete and its whole positive.

    >>> read_credit_rule({"rule": "lead", "lead_share": 0.6}).lead_share
    0.6
    """
    path = "contest.credit"
    keys = read_keys(tree or {}, _KEYS, path=path)
    kind = read_choice(keys.get("rule", "equal"), RULES, path=f"{path}.rule")
    faults = [problem("contest-key-missing", path, key=key) for key in _NEEDS.get(kind, ()) if keys.get(key) is None]
    penalty = attempt(faults, _optional(keys, 0, 1e9), "mirror_penalty")
    rule = CreditRule(
        kind,
        attempt(faults, _optional(keys, 0, 1), "lead_share") or 0.0 if "lead_share" in keys else 0.5,
        attempt(faults, _optional(keys, 0, 1), "count_share") or 0.0 if "count_share" in keys else 1.0,
        _read_each(faults, keys, "schedule", _schedule),
        _read_each(faults, keys, "worths", _worths),
        _read_each(faults, keys, "forms", partial(read_choice, choices=FORMS)),
        penalty,
    )
    if faults:
        raise CompactError(faults)
    return rule


def _optional(keys: Mapping[str, Any], low: float, high: float) -> Any:
    def read(name: str) -> float | None:
        found = keys.get(name)
        return None if found is None else read_number_in(found, low=low, high=high, path=f"contest.credit.{name}")

    return read


def _read_each(faults: list[Problem], keys: Mapping[str, Any], name: str, read: Any) -> dict[str, Any]:
    """Read a mapping entry by entry, so that all its faults are told."""
    path = f"contest.credit.{name}"
    entries = attempt(faults, partial(read_map, path=path), keys.get(name)) or {}
    found = {str(key): attempt(faults, partial(read, path=f"{path}.{key}"), value) for key, value in entries.items()}
    return {key: value for key, value in found.items() if value is not None}


def _schedule(tree: Any, *, path: str) -> dict[str, DatedWeight]:
    shares = {str(code): read_weight(value, path=f"{path}.{code}") for code, value in read_map(tree, path=path).items()}
    days = sorted({day for share in shares.values() for day, _ in share} - {date.min})
    for day in days or [date.max]:
        total = sum(find_in_force(share, day) or 0.0 for share in shares.values())
        if abs(total - 1) > _CLOSE:
            found = day if days else "—"
            raise CompactError([problem("credit-schedule-sum", path, found=f"{total:g}", on=found)])
    return shares


def _worths(tree: Any, *, path: str) -> Game:
    table: dict[Sequence[str], float] = {
        tuple(str(key).split("+")): read_number_in(value, low=-1e100, high=1e100, path=f"{path}.{key}")
        for key, value in read_map(tree, path=path).items()
    }
    with placed(path):
        game = read_game(table, parties=tuple(sorted({party for group in table for party in group})))
    if game.total <= 0:
        raise CompactError([problem("credit-worth-total", path, found=f"{game.total:g}")])
    return game
