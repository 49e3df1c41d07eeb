from __future__ import annotations

import pytest

from jinghe.errors import DataError
from jinghe.games import (
    Game,
    find_cost_shares,
    list_game,
    make_additive,
    make_savings,
    nucleolus,
    read_game,
    shapley,
    tabulate,
)
from jinghe.labels import Text

TABLE = {("A",): 1, "B": 2, ("C",): 3, ("A", "B"): 4, ("C", "A"): 5, ("B", "C"): 6, ("A", "B", "C"): 9}


def test_the_three_ways_make_the_same_game() -> None:
    read = read_game(TABLE, parties="ABC")
    listed = list_game([1, 2, 3, 4, 5, 6, 9], parties="ABC")
    asked = tabulate(lambda group: {tuple(sorted(k)): v for k, v in TABLE.items()}[group], parties="ABC")

    assert read.values.tolist() == listed.values.tolist() == asked.values.tolist() == [0, 1, 2, 4, 3, 5, 6, 9]


def test_labels_travel_with_the_game() -> None:
    labels = (Text("甲", "A"), Text("乙", "B"))

    assert labels == make_additive([1, 2], parties="AB", labels=labels).labels


def test_every_fault_of_a_table_is_named() -> None:
    table = {("A",): 1, ("A", "D"): 2, ("A", "B"): 3, ("B", "A"): 4}

    with pytest.raises(DataError) as caught:
        read_game(table, parties="ABC")

    faults = caught.value.problems
    assert ["game-party-unknown", "game-coalition-repeated", "game-coalition-missing"] == [f.code for f in faults]
    assert (
        "game.table: the worth of 5 coalitions is missing: B, C, A+C, B+C, A+B+C. Every coalition has a worth. "
        "Add them; what their members earn alone is a lower bound."
    ) == faults[2].text("en")
    assert faults[2].text("zh").startswith("game.table：缺少 5 个联盟的价值，如 B, C, A+C, B+C, A+B+C。")


def test_a_worth_that_is_no_number_is_named_with_its_coalition() -> None:
    with pytest.raises(DataError) as caught:
        read_game({("A",): float("inf"), ("B",): 1, ("A", "B"): 2}, parties="AB")

    assert "game.table[A]" == caught.value.problems[0].place.path


def test_a_list_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(DataError) as caught:
        list_game([1, 2], parties="AB")

    assert [("game-length", "game.worths")] == [(f.code, f.place.path) for f in caught.value.problems]


def test_a_function_that_fails_to_give_a_number_is_refused() -> None:
    with pytest.raises(DataError):
        tabulate(lambda group: float("nan"), parties="AB")


def test_young_savings_follow_from_costs() -> None:
    """G11: Young (1985)."""
    savings = make_savings(list_game([15, 20, 55, 35, 61, 65, 78], parties="ABC"))

    assert list_game([0, 0, 0, 0, 9, 10, 12], parties="ABC").values.tolist() == savings.values.tolist()


def test_the_apartment_is_shared_in_costs() -> None:
    """G12: alone 300, 270, 280; in pairs 410; all three 550."""
    costs = list_game([300, 270, 280, 410, 410, 410, 550], parties="ABC")
    savings = make_savings(costs)

    assert [160, 170, 140, 300] == savings.values[[3, 5, 6, 7]].tolist()
    by_shapley = find_cost_shares(costs, savings=shapley(savings))
    assert pytest.approx((191 + 2 / 3, 176 + 2 / 3, 181 + 2 / 3), abs=1e-9) == by_shapley
    assert pytest.approx((550 / 3,) * 3, abs=1e-9) == find_cost_shares(costs, savings=nucleolus(savings))


def test_cost_shares_need_a_saving_for_each() -> None:
    with pytest.raises(DataError):
        find_cost_shares(Game(("A", "B"), [0, 1, 1, 2]), savings=[1])
