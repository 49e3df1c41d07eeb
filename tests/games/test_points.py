from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.errors import DataError, RuleError
from jinghe.games import (
    Game,
    downstream_incremental,
    equal_nonseparable,
    equal_split,
    equal_surplus,
    gately,
    is_in_core,
    list_game,
    make_additive,
    make_bankruptcy,
    make_savings,
    nash,
    proportional,
    tabulate,
    tau,
)

INVESTMENT = (50, 40, 30)


@pytest.mark.parametrize(
    ("find", "expected"),
    [
        (equal_split, (60, 60, 60)),
        (equal_surplus, (83.333, 43.333, 53.333)),
        (equal_nonseparable, (100, 45, 35)),
        (lambda game: proportional(game, weights=game.alone), (98.182, 32.727, 49.091)),
        (lambda game: proportional(game, weights=INVESTMENT), (75, 60, 45)),
        (lambda game: proportional(game, weights=(70, 18, 12)), (126, 32.4, 21.6)),
        (lambda game: nash(game, weights=INVESTMENT), (89.167, 43.333, 47.5)),
        (tau, (91.379, 44.138, 44.483)),
        (gately, (91.379, 44.138, 44.483)),
    ],
)
def test_the_park_to_the_printed_digits(park: Game, find, expected: tuple[float, ...]) -> None:
    assert expected == tuple(find(park).round(3))


def test_tau_of_stach() -> None:
    """G9."""
    assert pytest.approx((1.2, 0.6, 1.2), abs=1e-9) == tau(list_game([0, 0, 0, 1, 2, 1, 3], parties="ABC"))


@pytest.mark.parametrize(("estate", "expected"), [(200, (40, 80, 80)), (400, (60, 120, 220))])
def test_tau_of_the_talmud(estate: float, expected: tuple[float, ...]) -> None:
    """G2, G4."""
    assert pytest.approx(expected, abs=1e-9) == tau(make_bankruptcy((100, 200, 300), estate=estate))


def test_gately_is_the_method_of_separable_costs() -> None:
    costs = list_game([15, 20, 55, 35, 61, 65, 78], parties="ABC")
    separable = costs.marginal
    benefits = costs.alone - separable
    expected = separable + (costs.total - separable.sum()) * benefits / benefits.sum()

    assert pytest.approx(expected, abs=1e-9) == costs.alone - gately(make_savings(costs))


def test_where_nothing_is_gained_all_keep_their_own() -> None:
    game = make_additive([0.1, 0.2, 0.3], parties="ABC")

    for find in (equal_surplus, tau, gately):
        assert pytest.approx((0.1, 0.2, 0.3)) == find(game)


def test_nash_takes_another_disagreement(park: Game) -> None:
    assert pytest.approx((60, 60, 60)) == nash(park, weights=(1, 1, 1), disagreement=(0, 0, 0))


@pytest.mark.parametrize(
    ("weights", "code"), [((1, -1, 3), "weights-positive"), ((0, 0, 0), "weights-positive"), ((1, 2), "game-length")]
)
def test_weights_that_share_nothing_are_refused(park: Game, weights: tuple[float, ...], code: str) -> None:
    for find in (proportional, nash):
        with pytest.raises(DataError) as caught:
            find(park, weights=weights)
        assert [code] == [fault.code for fault in caught.value.problems]


def test_tau_needs_a_compromise() -> None:
    with pytest.raises(RuleError) as caught:
        tau(list_game([0, 0, 0, 10, 10, 10, 10], parties="ABC"))

    (fault,) = caught.value.problems
    assert "game.values: the least claims sum to 30 and the most to 0: there is no compromise." in fault.text("en")
    assert "各方最低要求合计 30，最高要求合计 0" in fault.text("zh")


def test_gately_needs_somebody_to_miss() -> None:
    with pytest.raises(RuleError) as caught:
        gately(list_game([0, 0, 0, 10, 10, 10, 10], parties="ABC"))

    assert "game.values: what is lost by leaving sums to 0." in caught.value.problems[0].text("en")


@given(st.lists(st.floats(-100, 100), min_size=15, max_size=15), st.lists(st.floats(0.1, 9), min_size=4, max_size=4))
def test_every_formula_shares_out_everything(worths: list[float], weights: list[float]) -> None:
    game = list_game(worths, parties="ABCD")

    found = [equal_split(game), equal_surplus(game), proportional(game, weights=weights), nash(game, weights=weights)]

    assert pytest.approx(np.full(4, game.total), abs=1e-8) == [shares.sum() for shares in found]


def share_water(group: tuple[str, ...]) -> float:
    """G19: benefits √x on three reaches, water 4 at the source; it passes down through members only."""
    reaches = sorted(map(int, group))
    run = [reach for place, reach in enumerate(reaches, start=1) if reach == place]
    return sqrt(4 * len(run)) if run else 0.0


def test_the_river_of_ambec_and_sprumont() -> None:
    game = tabulate(share_water, parties="123")

    shares = downstream_incremental(game)

    assert pytest.approx([2, 2 * sqrt(2), 2 * sqrt(3)]) == shares.cumsum()
    assert (2, 0.8284, 0.6357) == tuple(shares.round(4))
    assert is_in_core(game, shares=shares)


def test_the_order_may_differ_from_that_of_the_parties(park: Game) -> None:
    shares = downstream_incremental(park, order=("J", "X", "T"))

    assert [125, 25, 30] == shares.tolist()  # T last: 180 − 55; X second: 55 − 30; J first: 30


def test_an_order_that_leaves_one_out_is_refused(park: Game) -> None:
    with pytest.raises(DataError) as caught:
        downstream_incremental(park, order=("J", "X"))

    assert "It names each of T, X, J once, from the source down." in caught.value.problems[0].text("en")
