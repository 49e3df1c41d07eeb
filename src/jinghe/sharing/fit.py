"""Do the values fit where the clauses use them (取值检查): each by its kind, then each clause's table as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

from jinghe.errors import Problem, problem
from jinghe.games import CLAIMS_RULES
from jinghe.labels import Text
from jinghe.sharing.agreement import Agreement, Clause, is_money
from jinghe.sharing.blocks import (
    BASES,
    BEST,
    GAME_RULES,
    RIVER_RULES,
    check_shares,
    check_table,
    check_transfer,
)
from jinghe.sharing.quantities import all_bindings

__all__ = ["VALUE_KINDS", "check_values"]

# What a parameter must be to stand where a clause binds it: words for the message, and the test.
VALUE_KINDS: Mapping[str, tuple[Text, Callable[[Any, str], bool]]] = {
    "money": (
        Text("一个不为负的金额", "an amount of money, not negative"),
        lambda v, unit: isinstance(v, Fraction) and v >= 0 and is_money(unit),
    ),
    "moneys": (
        Text("一列不为负的金额", "a list of amounts of money, none negative"),
        lambda v, unit: _is_row(v) and min(v, default=0) >= 0 and is_money(unit),
    ),
    "numbers": (Text("一列数", "a list of numbers"), lambda v, _: _is_row(v)),
    "share": (Text("一个份额", "a share"), lambda v, unit: isinstance(v, Fraction) and unit == "share"),
    "word": (Text("一个选项（unit: choice）", "a choice (unit: choice)"), lambda v, _: isinstance(v, str)),
    "list": (
        Text("一列名称（unit: list）", "a list of names (unit: list)"),
        lambda v, unit: isinstance(v, tuple) and unit == "list",
    ),
    "years": (
        Text("整数年", "a whole number of years"),
        lambda v, _: isinstance(v, Fraction) and v > 0 and v.denominator == 1,
    ),
    "start": (Text("一个日期（unit: date）", "a day (unit: date)"), lambda v, _: isinstance(v, date)),
}
_NUMBER = Text("一个数", "a number")
_AMOUNTS = ("ceiling", "investment")  # values that must be money, not negative
# The words that a binding may be, where the block does not check them itself.
_CHOICES = {
    ("rank_transfer", "best"): BEST,
    ("true_up", "basis"): BASES,
    ("share_claims", "rule"): tuple(CLAIMS_RULES),
    ("share_game", "rule"): tuple(GAME_RULES),
    ("share_river", "rule"): tuple(RIVER_RULES),
}


def check_values(agreement: Agreement) -> Iterator[Problem]:
    """Test every value where a clause binds it, then each clause as a whole on every day on which a value begins."""
    days = sorted({item.start or date.min for p in agreement.parameters.values() for item in p.values})
    for clause in agreement.clauses:
        unfit = list(_unfit(agreement, clause))
        found = [] if unfit else [item for day in days for item in _whole(agreement, clause, day)]
        yield from unfit
        yield from _strangers(agreement, clause)
        yield from dict.fromkeys(item.at(path=f"clauses.{clause.id}") for item in found)


def _is_row(value: Any) -> bool:
    return isinstance(value, tuple) and all(isinstance(item, Fraction) for item in value)


def _unfit(agreement: Agreement, clause: Clause) -> Iterator[Problem]:
    for place, kind, name in all_bindings(clause):
        item = agreement.parameters.get(name)
        if item is None or (kind not in VALUE_KINDS and (kind != "value" or name in agreement.data)):
            continue
        words, fits = VALUE_KINDS.get(
            "money" if place in _AMOUNTS else kind, (_NUMBER, lambda v, _: isinstance(v, Fraction))
        )
        for value in item.values:
            if not fits(value.value, item.unit):
                yield problem(
                    "agreement-value-unfit",
                    f"parameters.{name}",
                    parameter=name,
                    found=value.printed,
                    unit=item.unit,
                    expected_zh=words.zh,
                    expected_en=words.en,
                )


def _strangers(agreement: Agreement, clause: Clause) -> Iterator[Problem]:
    """The order of a game names parties of the agreement, each once."""
    item = agreement.parameters.get(str(clause.bindings.get("order", "")))
    if item is None or clause.block != "share_game":
        return
    for value in item.values:
        names = value.value if isinstance(value.value, tuple) else ()
        for name in names:
            if name not in agreement.parties or names.count(name) > 1:
                near = next(iter(get_close_matches(str(name), list(agreement.parties), 1, 0)), "—")
                yield problem("agreement-reference-unknown", f"parameters.{item.id}", found=name, nearest=near)


def _whole(agreement: Agreement, clause: Clause, day: date) -> list[Problem]:
    names = [(place, name) for place, kind, name in all_bindings(clause) if kind in VALUE_KINDS]
    dated = [(key, agreement.parameters[name].on(day)) for key, name in names if name != "effective"]
    values: dict[str, Any] = {key: item.value for key, item in dated if item}
    if len(values) < len(dated):
        return []
    found = []
    for (block, key), words in _CHOICES.items():
        if block == clause.block and values[key] not in words:
            found.append(problem("choice-unknown", found=values[key], expected=", ".join(words)))
    check = _TABLES.get(clause.block)
    return [*(check(values, clause) if check else ()), *found]


def _check_steps(values: Mapping[str, Any], _: Clause) -> list[Problem]:
    return check_table(values["edges"], amounts=values["amounts"], mode=values["mode"])


def _check_shares(values: Mapping[str, Any], clause: Clause) -> list[Problem]:
    """Who is paid may leave something with the holder; what is collected is collected whole."""
    shares = list(values.values())
    if "collector" in clause.bindings and sum(shares) < 1:
        return [problem("agreement-shares-short", shares=_list(shares), sum=sum(shares))]
    return check_shares(shares)


def _check_rank(values: Mapping[str, Any], _: Clause) -> list[Problem]:
    return check_transfer(values["gets"], pays=values["pays"], ties=values["ties"], parties=None)


def _check_curve(values: Mapping[str, Any], _: Clause) -> list[Problem]:
    rows = [values[key] for key in ("squares", "slopes", "constants")]
    found = check_table(values["edges"], amounts=rows[0], mode="amount")
    if len({len(row) for row in rows}) > 1:
        found.append(problem("agreement-table-misshapen", edges=_list(values["edges"]), amounts=len(rows[1])))
    return found


def _check_game(values: Mapping[str, Any], _: Clause) -> list[Problem]:
    expected = 2 ** len(values["order"]) - 1
    if len(values["worth"]) == expected:
        return []
    return [problem("agreement-worth-misshapen", found=len(values["worth"]), expected=expected)]


_TABLES: Mapping[str, Callable[[Mapping[str, Any], Clause], list[Problem]]] = {
    "step_table": _check_steps,
    "share_fixed": _check_shares,
    "rank_transfer": _check_rank,
    "equalise_piecewise": _check_curve,
    "share_game": _check_game,
}


def _list(items: Sequence[object]) -> str:
    return ", ".join(str(item) for item in items)
