"""Every block, computed exactly and in arrays from one formula: on random cases they differ by less than a fen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
import pytest

from jinghe.sharing.blocks import clawback, equalise_piecewise, rank_transfer, share_fixed, share_points, term_extend
from jinghe.sharing.ops import ARRAYS, EXACT
from jinghe.sharing.rules import RULES, WAYS
from jinghe.units import Period

Draw = Callable[[Random], Fraction]
FAMILIES = {"base", "eligibility", "growth", "tier", "index", "share", "limit", "condition", "reconcile"}
BY_DATES = {"term", "nothing", "elig_list", "tranche"}  # no arithmetic of their own
BY_GAMES = {"share_claims", "share_game", "share_river"}  # points from `games`, divided as `share_points`


def fen(random: Random) -> Fraction:
    return Fraction(random.randrange(10**13), random.choice([1, 1, 3, 7]))


def signed(random: Random) -> Fraction:
    return fen(random) * random.choice([1, -1])


def share(random: Random) -> Fraction:
    return Fraction(random.randrange(101), 100)


def small(random: Random) -> Fraction:
    return Fraction(random.randrange(1, 10_000), 100)


def grade(random: Random) -> Fraction:
    return Fraction(random.randrange(1, 7))


def flag(random: Random) -> Fraction:
    return random.choice([Fraction(0), Fraction(1, 2), Fraction(1)])


TABLE = {
    "edges": (Fraction(0), Fraction(5), Fraction(50)),
    "amounts": (Fraction(10**8), Fraction(2 * 10**8), Fraction(10**9)),
}
CURVE = {
    "edges": (Fraction(0), Fraction(7, 100), Fraction(1, 5)),
    "squares": (Fraction(13, 7), Fraction(5, 26), Fraction(0)),
    "slopes": (Fraction(11, 25), Fraction(35, 52), Fraction(3, 4)),
    "constants": (Fraction(0), Fraction(-2121, 260000), Fraction(-317, 20000)),
}
THREE = [small] * 3

# What each block is tried with: a draw per number, a list of draws per list, and what is fixed.
CASES: Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any]]] = {
    "accumulate": ({"amount": fen}, {}),
    "total": ({"amount": fen}, {}),
    "base_growth": ({"now": fen, "base": [fen] * 3}, {}),
    "base_level": ({"value": fen, "rate": share, "above": share, "factor": share}, {}),
    "gap": ({"value": fen, "reference": fen, "rate": share}, {}),
    "equalise_linear": ({"value": fen, "reference": fen, "rate": share}, {}),
    "elig_threshold": ({"values": THREE, "least": small}, {}),
    "step_table": ({"value": small}, TABLE | {"mode": "marginal"}),
    "class_change": ({"now": grade, "before": grade, "standard": grade, "gain": fen, "failing": fen}, {}),
    "load_charge": ({"value": small, "target": small, "flow": small, "rate": small}, {}),
    "weighted_ratio": ({"now": THREE, "base": THREE, "weights": [share] * 3, "factor": share}, {}),
    "delta_weighted": ({"now": THREE, "before": THREE, "weights": [share] * 3}, {}),
    "percent_drop": ({"now": THREE, "before": THREE, "weights": [share] * 3}, {}),
    "inverse_capacity": ({"people": small, "capacity": small, "reference": small}, {}),
    "clawback": ({"amount": fen, "failed": flag, "partial": share}, {}),
    "min_endowment": ({"value": fen, "reference": fen, "share": share}, {}),
    "recover_first": (
        {
            "base": fen,
            "investment": fen,
            "share": share,
            "carried": [lambda r: Fraction(0), lambda r: Fraction(12 * r.randrange(9))],
        },
        {"years": Fraction(3), "months": 12},
    ),
    "settle_up": (
        {"paid": fen, "granted": fen, "carried": [fen, fen, lambda r: Fraction(r.choice([0, 12, 24]))]},
        {"window": Fraction(3), "months": 12},
    ),
    "true_up": ({"advance": fen, "quantity": small, "price": small, "actual": fen}, {"basis": "contract_unit_price"}),
    "cap": ({"amount": signed, "ceiling": fen}, {}),
    "cap_party": ({"amount": signed, "ceiling": fen}, {}),
    "cap_cumulative": ({"amount": signed, "ceiling": fen, "used": fen}, {}),
    "floor": ({"amount": signed, "least": fen}, {}),
    "in_kind_credit": ({"amount": fen, "credit": fen}, {}),
    "share_fixed": ({"base": signed}, {"shares": (Fraction(1, 3), Fraction(1, 7), Fraction(11, 21))}),
    "share_points": ({"base": signed, "points": [small] * 5}, {}),
    "rank_transfer": (
        {"scores": [grade] * 6},
        {"gets": (Fraction(100), Fraction(80)), "pays": (Fraction(100), Fraction(50), Fraction(30)), "ties": "average"},
    ),
    "equalise_piecewise": ({"values": [small] * 5, "references": [small] * 5}, CURVE),
    "term_extend": (
        {"left": signed},
        {"start": Period.of(2021).start, "years": 3, "more": 2, "period": Period.of(2024)},
    ),
}
COMPUTE = {
    "share_fixed": lambda ops, **given: share_fixed(**given),
    "share_points": share_points,
    "rank_transfer": rank_transfer,
    "equalise_piecewise": equalise_piecewise,
    "term_extend": term_extend,
    "clawback": clawback,
}


def flat(value: Any) -> list[Any]:
    """A block's numbers one after the other, its carried sums included, its words left out."""
    if isinstance(value, list | tuple):
        return [number for item in value for number in flat(item)]
    return [] if isinstance(value, str) else [value]


def compare(block: str, count: int) -> float:
    """The largest difference between the two evaluators on random cases."""
    random = Random(f"{block} {count}")
    drawn, fixed = CASES[block]
    compute = COMPUTE.get(block, RULES[block].compute)
    rows = [
        {key: [one(random) for one in draw] if isinstance(draw, list) else draw(random) for key, draw in drawn.items()}
        for _ in range(count)
    ]
    exact = [flat(compute(**row, **fixed, ops=EXACT)) for row in rows]
    columns = {
        key: [np.array([float(row[key][k]) for row in rows]) for k in range(len(draw))]
        if isinstance(draw, list)
        else np.array([float(row[key]) for row in rows])
        for key, draw in drawn.items()
    }
    floats = {key: as_floats(value) for key, value in fixed.items()}
    arrays = [np.broadcast_to(x, count) for x in flat(compute(**columns, **floats, ops=ARRAYS))]

    return max(
        float(abs(Fraction(float(x[at])) - y)) for at, row in enumerate(exact) for x, y in zip(arrays, row, strict=True)
    )


def as_floats(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(float(item) for item in value)
    return float(value) if isinstance(value, Fraction) else value


@pytest.mark.parametrize("block", CASES)
def test_a_block_gives_the_same_to_the_fen_in_both_evaluators(block: str) -> None:
    assert compare(block, 100) < 1


@pytest.mark.slow
@pytest.mark.parametrize("block", CASES)
def test_a_block_gives_the_same_on_ten_thousand_cases(block: str) -> None:
    assert compare(block, 10_000) < 1


def test_every_block_is_tried_belongs_to_a_family_and_works_in_a_known_way() -> None:
    assert set(RULES) == {*CASES, *BY_DATES, *BY_GAMES}
    assert {rule.family for rule in RULES.values()} == FAMILIES
    assert {rule.way for rule in RULES.values()} == set(WAYS)


@pytest.mark.parametrize("mode", ["amount", "whole"])
def test_the_other_readings_of_a_tier_agree_too(mode: str) -> None:
    given = TABLE | {"mode": mode}
    for x in (Fraction(-1), Fraction(0), Fraction(5), Fraction(501, 100), Fraction(50), Fraction(99)):
        exact = RULES["step_table"].compute(value=x, **given, ops=EXACT)
        arrays = RULES["step_table"].compute(
            value=np.array([float(x)]), **{k: as_floats(v) for k, v in given.items()}, ops=ARRAYS
        )

        assert abs(float(arrays[0]) - float(exact)) < 1


def test_ties_in_the_order_listed_agree_too() -> None:
    scores = [Fraction(x) for x in (3, 5, 3, 5, 1)]
    tables = {"gets": (Fraction(8),), "pays": (Fraction(5), Fraction(3)), "ties": "listed"}

    exact = rank_transfer(scores, **tables)
    arrays = rank_transfer(
        [np.array([float(x)]) for x in scores], **{k: as_floats(v) for k, v in tables.items()}, ops=ARRAYS
    )

    assert [float(x) for x in exact] == [float(x[0]) for x in arrays]
