from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linprog

from jinghe.errors import RuleError
from jinghe.games import (
    Game,
    equal_split,
    find_excesses,
    find_least_core,
    is_in_core,
    list_game,
    make_additive,
    nucleolus,
    per_capita_nucleolus,
    prenucleolus,
)

NEAR = 1e-9
ABC = ("A", "B", "C")


@st.composite
def games(draw: st.DrawFn, least: int = 2, most: int = 5) -> Game:
    """Small whole worths make the ties in which a careless sequence of programs goes wrong."""
    n = draw(st.integers(least, most))
    values = draw(arrays(np.float64, 1 << n, elements=st.integers(0, 4)))
    values[0] = 0
    values[-1] = values[[1 << i for i in range(n)]].sum() + draw(st.integers(0, 9))
    return Game(tuple("ABCDE"[:n]), values)


def is_balanced(game: Game, shares: np.ndarray, *, sizes: np.ndarray, is_rational: bool) -> bool:
    """Kohlberg's criterion, an outside oracle: at every level of complaint, whoever gains takes it from nobody else."""
    n = game.n
    members = (np.arange(1, game.values.size - 1)[:, None] >> np.arange(n) & 1).astype(float)
    complaints = find_excesses(game, shares=shares)[1:-1] / sizes
    lower = np.where(is_rational & (shares - game.alone < 1e-8), 0.0, -1.0)
    for level in np.unique(complaints.round(7)):
        top = members[complaints >= level - 1e-6]
        found = linprog(
            -top.sum(axis=0),
            A_ub=-top,
            b_ub=np.zeros(len(top)),
            A_eq=np.ones((1, n)),
            b_eq=[0],
            bounds=np.column_stack([lower, np.ones(n)]),
        )
        if found.fun < -1e-6:
            return False
    return True


@pytest.mark.parametrize(
    ("worths", "expected"),
    [
        ([0, 0, 0, 0, 0, 100, 200], (50, 75, 75)),  # G2 as a game
        ([0, 0, 0, 0, 9, 10, 12], (1, 1.5, 9.5)),  # G11
        ([0, 0, 0, 0, 1, 1, 1], (0, 0, 1)),  # G16 glove
        ([0, 0, 0, 10, 0, 0, 2], (1, 1, 0)),  # G7: nobody below nothing
        ([60, 20, 30, 120, 110, 55, 180], (90, 45, 45)),  # the park
        ([-1, 0, 1, 3, 4, 2, 5], (8 / 3, 2 / 3, 5 / 3)),  # Ferguson's notes on coalitional games; CoopGame's own test
        ([0, 0, 0, 160, 170, 140, 300], (350 / 3, 260 / 3, 290 / 3)),  # G12: 300, 270, 280 less 550/3
    ],
)
def test_nucleolus_of_printed_games(worths: list[float], expected: tuple[float, ...]) -> None:
    assert pytest.approx(expected, abs=NEAR) == nucleolus(list_game(worths, parties=ABC))


def test_four_parties_of_coopgame() -> None:
    """G6."""
    game = list_game([0, 0, 0, 0, 5, 5, 8, 9, 10, 8, 13, 15, 16, 17, 21], parties="ABCD")

    assert pytest.approx((3.5, 4.5, 5.5, 7.5), abs=NEAR) == nucleolus(game)
    assert pytest.approx((3.5, 4.5, 5.5, 7.5), abs=NEAR) == prenucleolus(game)


def test_the_airport() -> None:
    """G17: savings of c = (1, 2, 4) leave costs of 1/2, 3/4, 11/4."""
    saved = nucleolus(list_game([0, 0, 0, 1, 1, 2, 3], parties=ABC))

    assert pytest.approx((0.5, 0.75, 2.75), abs=NEAR) == np.array([1, 2, 4]) - saved


def test_the_prenucleolus_may_give_less_than_alone() -> None:
    """G7: Peleg and Sudhölter 5.5.12."""
    assert pytest.approx((3, 3, -4), abs=NEAR) == prenucleolus(list_game([0, 0, 0, 10, 0, 0, 2], parties=ABC))


def test_per_capita_nucleolus_of_young() -> None:
    """G11: Young (1985)."""
    found = per_capita_nucleolus(list_game([0, 0, 0, 0, 9, 10, 12], parties=ABC))

    assert pytest.approx((2 / 3, 7 / 6, 61 / 6), abs=NEAR) == found


def test_per_capita_nucleolus_of_the_park(park: Game) -> None:
    assert pytest.approx((97.5, 42.5, 40), abs=NEAR) == per_capita_nucleolus(park)


@pytest.mark.parametrize("find", [nucleolus, prenucleolus, per_capita_nucleolus])
@pytest.mark.parametrize("factor", [1e-9, 1e-3, 1e6, 1e12])
def test_another_unit_changes_nothing_but_the_unit(park: Game, find, factor: float) -> None:
    scaled = Game(park.parties, park.values * factor)

    assert pytest.approx(find(park), rel=1e-10) == find(scaled) / factor


@pytest.mark.parametrize("find", [nucleolus, prenucleolus, per_capita_nucleolus])
def test_what_each_has_anyway_changes_nothing_but_its_own(park: Game, find) -> None:
    moved = Game(park.parties, park.values + make_additive([1e4, -500, 3], parties=ABC).values)

    assert pytest.approx(find(park) + np.array([1e4, -500, 3]), abs=1e-8) == find(moved)


@pytest.mark.parametrize("find", [nucleolus, prenucleolus, per_capita_nucleolus])
def test_where_nothing_is_gained_each_keeps_its_own(find) -> None:
    assert [0.1, 0.2, 0.3] == find(make_additive([0.1, 0.2, 0.3], parties=ABC)).tolist()
    assert [0, 0, 0] == find(make_additive([0, 0, 0], parties=ABC)).tolist()


def test_a_total_that_is_short_by_rounding_only_is_no_fault() -> None:
    game = Game(("A", "B"), [0, 0.1, 0.2, 0.3])  # 0.1 + 0.2 is 0.30000000000000004

    assert pytest.approx((0.1, 0.2)) == nucleolus(game)


@settings(max_examples=40)
@given(games())
def test_nucleoli_pass_the_criterion_of_kohlberg(game: Game) -> None:
    sizes = np.bitwise_count(np.arange(1, game.values.size - 1)).astype(float)

    assert is_balanced(game, nucleolus(game), sizes=np.ones(sizes.size), is_rational=True)
    assert is_balanced(game, prenucleolus(game), sizes=np.ones(sizes.size), is_rational=False)
    assert is_balanced(game, per_capita_nucleolus(game), sizes=sizes, is_rational=True)


def test_the_criterion_of_kohlberg_knows_a_wrong_split(park: Game) -> None:
    assert not is_balanced(park, equal_split(park), sizes=np.ones(6), is_rational=True)


@given(games())
def test_nucleoli_share_out_everything_and_nobody_loses(game: Game) -> None:
    for find in (nucleolus, per_capita_nucleolus):
        shares = find(game)
        assert pytest.approx(game.total, abs=NEAR) == shares.sum()
        assert (shares >= game.alone - NEAR).all()


@given(games())
def test_the_nucleolus_is_in_the_core_when_there_is_one(game: Game) -> None:
    shares = nucleolus(game)

    if find_least_core(game) <= 0:
        assert is_in_core(game, shares=shares)


@given(games(least=3))
def test_the_prenucleolus_is_in_the_least_core(game: Game) -> None:
    largest = find_excesses(game, shares=prenucleolus(game))[1:-1].max()

    assert pytest.approx(find_least_core(game), abs=1e-8) == largest


@given(games(), st.integers(0, 9))
def test_nobody_loses_per_capita_when_the_total_grows(game: Game, more: int) -> None:
    values = game.values.copy()
    values[-1] += more

    grown = per_capita_nucleolus(Game(game.parties, values))

    assert (grown >= per_capita_nucleolus(game) - NEAR).all()


def test_where_alone_is_better_there_is_no_nucleolus() -> None:
    game = Game(("A", "B"), [0, 30, 20, 40])

    for find in (nucleolus, per_capita_nucleolus):
        with pytest.raises(RuleError) as caught:
            find(game)
        (fault,) = caught.value.problems
        assert "game.values: together the parties earn 10 less than alone." in fault.text("en")
        assert fault.text("zh").startswith("game.values：合作总收益比各方单干之和少 10。")
    assert [25, 15] == prenucleolus(game).tolist()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_large_games_pass_the_criterion_too(seed: int) -> None:
    rng = np.random.default_rng(seed)
    values = rng.integers(0, 3, 1 << 10) + np.bitwise_count(np.arange(1 << 10)).astype(float) ** 2
    values[0] = 0
    game = Game([f"p{i}" for i in range(10)], values)

    assert is_balanced(game, nucleolus(game), sizes=np.ones((1 << 10) - 2), is_rational=True)
