from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.errors import DataError
from jinghe.games import (
    Game,
    find_blocking,
    find_core_distance,
    find_excesses,
    find_least_core,
    find_propensities,
    find_stability_cost,
    gately,
    is_in_core,
    list_game,
    make_additive,
    nucleolus,
)
from jinghe.games.stability import say_amount
from jinghe.labels import Text

MAJORITY = list_game([0, 0, 0, 10, 10, 10, 10], parties="ABC")
GDP = (126, 32.4, 21.6)


def test_excesses_of_the_park_by_gdp(park: Game) -> None:
    excesses = find_excesses(park, shares=GDP)

    assert pytest.approx([0, -66, -12.4, -38.4, 8.4, -37.6, 1.0, 0], abs=1e-9) == excesses


def test_blocking_coalitions_are_named_in_plain_words(park: Game) -> None:
    found = find_blocking(park, shares=GDP, unit=Text("百万元", "million CNY"))

    assert [("J",), ("X", "J")] == [one.parties for one in found]
    assert pytest.approx([8.4, 1.0]) == [one.gain for one in found]
    assert [
        Text("晋中若单独行动，可多得 8.4 百万元。", "Alone, Jinzhong would gain 8.4 million CNY."),
        Text("忻州、晋中若另组联盟，可多得 1 百万元。", "On their own, Xinzhou and Jinzhong would gain 1 million CNY."),
    ] == [one.text for one in found]


def test_no_more_are_named_than_asked_for(park: Game) -> None:
    assert 1 == len(find_blocking(park, shares=GDP, most=1))


def test_amounts_are_said_to_six_digits() -> None:
    shown = [say_amount(value, None).en for value in (12345.678, 0.1 + 0.2, 1e9, 2 / 3e6, 0)]

    assert ["12345.7", "0.3", "1000000000", "0.000000666667", "0"] == shown


def test_the_core_of_the_park(park: Game) -> None:
    assert is_in_core(park, shares=(90, 45, 45))
    assert not is_in_core(park, shares=GDP)
    assert not is_in_core(park, shares=(90, 45, 44)), "not all is shared out"
    assert not is_in_core(park, shares=(91, 45, 45)), "more than all is shared out"
    assert -15 == pytest.approx(find_least_core(park), abs=1e-9)
    assert 0 == find_stability_cost(park)


def test_a_majority_has_no_core_and_a_price() -> None:
    assert pytest.approx(10 / 3, abs=1e-9) == find_least_core(MAJORITY)
    assert pytest.approx(5, abs=1e-9) == find_stability_cost(MAJORITY)


def test_two_parties_who_lose_together_need_what_they_lose() -> None:
    assert pytest.approx(10) == find_stability_cost(Game(("A", "B"), [0, 30, 20, 40]))


def test_the_glove_market_has_a_core_of_one_point() -> None:
    glove = list_game([0, 0, 0, 0, 1, 1, 1], parties="ABC")

    assert 0 == find_least_core(glove)
    assert 0 == find_stability_cost(glove)
    assert pytest.approx(1 / 3, abs=1e-8) == find_core_distance(glove, shares=(1 / 6, 1 / 6, 2 / 3))
    assert 0 == find_core_distance(glove, shares=(0, 0, 1))


def test_the_way_to_the_core_is_what_must_change_hands(park: Game) -> None:
    assert pytest.approx(8.4, abs=1e-8) == find_core_distance(park, shares=GDP)
    assert 0 == find_core_distance(park, shares=(60, 60, 60))


def test_without_a_core_the_way_leads_to_the_least_core() -> None:
    assert pytest.approx(20 / 3, abs=1e-7) == find_core_distance(MAJORITY, shares=(10, 0, 0))


def test_where_nothing_is_gained_the_core_is_what_each_has() -> None:
    game = make_additive([1, 2, 3], parties="ABC")

    assert (0, 0) == (find_least_core(game), find_stability_cost(game))
    assert is_in_core(game, shares=(1, 2, 3))
    assert pytest.approx(1) == find_core_distance(game, shares=(2, 1, 3))


def test_gately_gives_all_the_same_propensity(park: Game) -> None:
    found = find_propensities(park, shares=gately(park))

    assert pytest.approx(np.full(3, found[0])) == found


def test_who_loses_nothing_has_no_propensity(park: Game) -> None:
    found = find_propensities(park, shares=(60, 60, 60))

    assert [True, False, False] == np.isnan(found).tolist()
    assert 10 / 40 == found[1]  # the others lose 120 − 110, itself 60 − 20


def test_shares_that_are_no_numbers_are_refused(park: Game) -> None:
    for find in (find_excesses, is_in_core, find_blocking, find_core_distance, find_propensities):
        with pytest.raises(DataError) as caught:
            find(park, shares=(1, 2, float("nan")))
        assert "game.shares" == caught.value.problems[0].place.path


@given(st.lists(st.integers(0, 6), min_size=15, max_size=15))
def test_core_least_core_and_price_agree(worths: list[int]) -> None:
    game = list_game(worths, parties="ABCD")
    least, price = find_least_core(game), find_stability_cost(game)

    is_weakly_formed = all(game.values[s] + game.values[15 - s] <= game.total for s in range(16))
    assert (least > 0) == (price > 0)
    assert is_weakly_formed or least > 0
    if price > 0:
        values = game.values.copy()
        values[-1] += price * (1 + 1e-9)
        assert is_in_core(Game(game.parties, values), shares=nucleolus(Game(game.parties, values)))
        assert Fraction(price).limit_denominator(60) == pytest.approx(price, abs=1e-8)


@given(st.lists(st.floats(0, 100), min_size=3, max_size=3))
def test_the_way_is_nothing_exactly_in_the_core(shares: list[float]) -> None:
    game = list_game([60, 20, 30, 120, 110, 55, 180], parties="ABC")
    split = np.array(shares) + (180 - sum(shares)) / 3

    assert is_in_core(game, shares=split) == (find_core_distance(game, shares=split) == 0)


def test_a_wide_core_is_found_without_trying_all_its_corners() -> None:
    """The fault: with a core to choose from, the program of the prize once took a minute at 16 parties."""
    sizes = np.bitwise_count(np.arange(1 << 12)).astype(float)
    values = sizes**2 + np.random.default_rng(0).integers(0, 4, 1 << 12) * (sizes > 0)

    assert 0 == find_stability_cost(Game([f"p{i}" for i in range(12)], values))
