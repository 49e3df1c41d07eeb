"""References: what a name stands for, in which unit, and whether it is of each party."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jinghe.sharing import Agreement
from jinghe.sharing.quantities import all_bindings, find_clause, find_unit, is_of_each, moves_money, result_unit

Fill = Callable[..., Agreement]


@pytest.mark.parametrize(
    "stem, clause, unit",
    [
        ("yellow_river", "basic", "分"),  # a class times 万元 per class
        ("sx_air", "pm25_up", "µg/m3"),
        ("load_based", "load_cod", "分"),
        ("fiscal_disparities", "index", "1"),
        ("conditional_growth", "tranche", "分"),
        ("xinan_p", "p", "1"),
        ("river_costs", "divide", "分"),
    ],
)
def test_a_result_has_the_unit_of_what_it_is_made_of(fill: Fill, stem: str, clause: str, unit: str) -> None:
    agreement = fill(stem)

    assert unit == result_unit(agreement, next(item for item in agreement.clauses if item.id == clause))
    assert unit == find_unit(agreement, clause)


def test_data_and_parameters_go_before_clauses_of_the_same_name(water: Agreement, fill: Fill) -> None:
    assert find_clause(water, "reward") is None  # a series of the same name
    found = find_clause(fill("two_key_pot"), "distribute.yunnan")

    assert found is not None
    assert ("distribute", "yunnan") == (found[0].id, found[1])
    assert "1" == find_unit(water, "nothing-of-the-kind")


def test_what_is_of_each_stays_of_each_until_it_is_summed(fill: Fill) -> None:
    agreement = fill("fiscal_disparities")

    assert [True, True, True, False, False] == [
        is_of_each(agreement, name) for name in ("now", "growth", "index", "whole", "rate")
    ]


def test_every_binding_is_listed_with_its_place(fill: Fill) -> None:
    agreement = fill("two_key_pot")
    share = next(item for item in agreement.clauses if item.id == "back_guizhou")

    assert [
        ("base", "value", "fail_lianyuxi"),
        ("holder", "party", "guizhou"),
        ("shares.sichuan", "party", "sichuan"),
        ("shares.sichuan", "share", "all"),
    ] == list(all_bindings(share))


def test_only_some_clauses_move_money(fill: Fill) -> None:
    moving = [item.id for item in fill("jjj_relocation").clauses if moves_money(item)]

    assert ["split", "none"] == moving
