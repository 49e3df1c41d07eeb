from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from jinghe.errors import DataError
from jinghe.games import Game, find_dividends, list_game, make_additive, make_savings, owen, shapley, weighted_shapley

NEAR = 1e-9


@st.composite
def games(draw: st.DrawFn, most: int = 6) -> Game:
    n = draw(st.integers(2, most))
    values = draw(arrays(np.float64, 1 << n, elements=st.floats(-1e3, 1e3)))
    values[0] = 0
    return Game(tuple("ABCDEF"[:n]), values)


@pytest.mark.parametrize(
    ("worths", "expected"),
    [
        ([60, 20, 30, 120, 110, 55, 180], (91 + 2 / 3, 44 + 1 / 6, 44 + 1 / 6)),
        ([0, 0, 0, 0, 1, 1, 1], (1 / 6, 1 / 6, 2 / 3)),  # G16 glove
    ],
)
def test_shapley_of_printed_games(worths: list[float], expected: tuple[float, ...]) -> None:
    assert pytest.approx(expected, abs=NEAR) == shapley(list_game(worths, parties="ABC"))


def test_the_airport_is_paid_by_those_who_need_the_length() -> None:
    """G17: Littlechild and Owen's airport, c = (1, 2, 4)."""
    assert pytest.approx((1 / 3, 5 / 6, 17 / 6), abs=NEAR) == shapley(list_game([1, 2, 4, 2, 4, 4, 4], parties="ABC"))


@given(games(most=5))
def test_shapley_is_the_average_over_all_orders(game: Game) -> None:
    gains = np.zeros(game.n)
    orders = list(permutations(range(game.n)))
    for order in orders:
        mask = 0
        for i in order:
            gains[i] += game.values[mask | 1 << i] - game.values[mask]
            mask |= 1 << i

    assert pytest.approx(gains / len(orders), abs=1e-8) == shapley(game)


@given(games())
def test_shapley_shares_out_everything(game: Game) -> None:
    assert pytest.approx(game.total, abs=1e-8) == shapley(game).sum()


@given(games(), st.floats(-10, 10))
def test_shapley_is_additive(game: Game, factor: float) -> None:
    other = Game(game.parties, factor * game.values[::-1] * (np.arange(game.values.size) > 0))

    both = Game(game.parties, game.values + other.values)

    assert pytest.approx(shapley(game) + shapley(other), abs=1e-7) == shapley(both)


@given(games(most=5), st.floats(-10, 10))
def test_a_dummy_gets_what_it_earns_alone(game: Game, alone: float) -> None:
    joined = Game((*game.parties, "dummy"), np.concatenate([game.values, game.values + alone]))

    assert pytest.approx(alone, abs=NEAR) == shapley(joined)[-1]
    assert pytest.approx(shapley(game), abs=1e-8) == shapley(joined)[:-1]


@given(games())
def test_equals_get_the_same(game: Game) -> None:
    """Parties 0 and 1 are made interchangeable."""
    masks = np.arange(game.values.size)
    swapped = masks & ~3 | (masks & 1) << 1 | (masks & 2) >> 1
    even = Game(game.parties, (game.values + game.values[swapped]) / 2)

    first, second, *_ = shapley(even)

    assert pytest.approx(first, abs=1e-8) == second


@given(games())
def test_dividends_add_up_to_the_worths(game: Game) -> None:
    dividends = find_dividends(game)

    for mask in range(game.values.size):
        inside = [dividends[part] for part in range(mask + 1) if part & mask == part]
        assert pytest.approx(game.values[mask], abs=1e-8) == sum(inside)


def test_unanimity_is_shared_by_weight() -> None:
    """G18: 12 for all three together, weights 1, 2, 3."""
    found = weighted_shapley(list_game([0, 0, 0, 0, 0, 0, 12], parties="ABC"), weights=(1, 2, 3))

    assert pytest.approx((2, 4, 6), abs=NEAR) == found


def test_the_park_by_population(park: Game) -> None:
    found = weighted_shapley(park, weights=(530, 265, 338))

    assert (101.218, 36.700, 42.082) == tuple(found.round(3))


@given(games())
def test_equal_weights_give_the_shapley_value(game: Game) -> None:
    assert pytest.approx(shapley(game), abs=1e-7) == weighted_shapley(game, weights=[2.5] * game.n)


def test_a_weight_of_nothing_is_refused(park: Game) -> None:
    with pytest.raises(DataError) as caught:
        weighted_shapley(park, weights=(1, 0, 1))

    assert "game.weights: the smallest weight is 0." in caught.value.problems[0].text("en")


def test_owen_with_two_in_a_union() -> None:
    """G15: a cost game, unions {1, 2} and {3}."""
    costs = list_game([1, 1, 2, 1, 2, 2, 2], parties="ABC")

    assert pytest.approx((0.25, 0.25, 1.5), abs=NEAR) == owen(costs, unions=["AB", "C"])
    assert pytest.approx((1 / 3, 1 / 3, 4 / 3), abs=NEAR) == shapley(costs)


@given(games())
def test_owen_with_unions_of_one_or_one_union_is_shapley(game: Game) -> None:
    expected = pytest.approx(shapley(game), abs=1e-8)

    assert expected == owen(game, unions=[[party] for party in game.parties])
    assert expected == owen(game, unions=[game.parties])


@given(games())
def test_unions_share_as_their_own_players(game: Game) -> None:
    """What a union gets is the Shapley value of the game between the unions."""
    first, rest = game.parties[:1], game.parties[1:]
    last = game.values.size - 1
    between = Game(("first", "rest"), game.values[[0, 1, last - 1, last]])

    shares = owen(game, unions=[rest, first])

    assert pytest.approx(shapley(between), abs=1e-8) == (shares[0], shares[1:].sum())


def test_faulty_unions_are_all_named(park: Game) -> None:
    with pytest.raises(DataError) as caught:
        owen(park, unions=[["T", "T"], ["X", "Q"], []])

    codes = [fault.code for fault in caught.value.problems]
    assert ["game-union", "game-party-unknown", "game-union", "game-union-empty"] == codes


def test_an_additive_game_gives_each_its_own() -> None:
    game = make_additive([1, 2, 3], parties="ABC")

    assert [1, 2, 3] == shapley(game).tolist()
    assert 0 == make_savings(game).total


@pytest.mark.slow
def test_twenty_parties_are_shared_exactly() -> None:
    """A game of squares: by symmetry everybody gets n."""
    sizes = np.bitwise_count(np.arange(1 << 20)).astype(float)

    assert pytest.approx(np.full(20, 20.0), abs=1e-8) == shapley(Game([f"p{i}" for i in range(20)], sizes**2))
