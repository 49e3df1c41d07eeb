from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from jinghe.errors import DataError
from jinghe.games import Game, check_game, list_game, make_additive
from jinghe.games.game import check_parties, list_coalitions, read_vector, sum_members
from jinghe.labels import Text


def codes(caught: pytest.ExceptionInfo[DataError]) -> list[str]:
    return [fault.code for fault in caught.value.problems]


def test_a_game_knows_its_coalitions(park: Game) -> None:
    assert (3, 180.0, 55.0) == (park.n, park.total, park.worth("J", "X"))
    assert [60, 20, 30] == park.alone.tolist()
    assert [125, 70, 60] == park.marginal.tolist()
    assert 70.0 == park.scale
    assert ("T", "J") == park.members(0b101)
    assert Text("太原、忻州、晋中", "Taiyuan, Xinzhou and Jinzhong") == park.call(0b111)


def test_a_game_cannot_be_changed(park: Game) -> None:
    with pytest.raises(ValueError, match="read-only"):
        park.values[1] = 0


def test_the_table_given_is_copied() -> None:
    table = np.array([0.0, 1.0, 1.0, 3.0])

    game = Game(("A", "B"), table)
    table[3] = 9

    assert 3.0 == game.total


@pytest.mark.parametrize(
    ("parties", "values", "code"),
    [
        ((), [0], "game-parties"),
        (("A",), [0, 1], "game-parties"),
        (tuple(f"p{i}" for i in range(21)), [0], "game-parties"),
        (("A", "A"), [0, 1, 1, 2], "game-party-repeated"),
        (("A", ""), [0, 1, 1, 2], "game-party-repeated"),
        (("A", "B"), [0, 1, 2], "game-length"),
        (("A", "B"), [[0, 1], [1, 2]], "game-length"),
        (("A", "B"), [1, 1, 1, 2], "game-empty-coalition"),
        (("A", "B"), [0, 1, float("nan"), 2], "game-number"),
        (("A", "B"), [0, 1, "many", 2], "game-number"),
        (("A", "B"), [0, 1, 1e308, 2], "game-number"),
    ],
)
def test_a_faulty_game_is_refused(parties: tuple[str, ...], values: list[float], code: str) -> None:
    with pytest.raises(DataError) as caught:
        Game(parties, values)

    assert [code] == codes(caught)


def test_labels_are_as_many_as_parties() -> None:
    with pytest.raises(DataError) as caught:
        Game(("A", "B"), [0, 1, 1, 2], (Text.of("one"),))

    assert ["game-length"] == codes(caught)


def test_the_message_for_too_many_parties_says_what_to_do() -> None:
    with pytest.raises(DataError) as caught:
        check_parties([f"p{i}" for i in range(30)])

    (fault,) = caught.value.problems
    assert "game.parties: the game has 30 parties. A game that is solved exactly has 2 to 20 parties. " in fault.text(
        "en"
    )
    assert fault.text("zh").startswith("game.parties：博弈有 30 个参与方。精确计算的博弈须有 2 至 20 个参与方。")


def test_a_vector_is_read_as_finite_floats() -> None:
    assert [1.0, 2.5] == read_vector((1, 2.5), path="x", n=2).tolist()


@given(arrays(np.float64, st.integers(1, 8), elements=st.integers(-9, 9)))
def test_members_are_summed_over_every_coalition(amounts: np.ndarray) -> None:
    sums = sum_members(amounts)

    for mask in range(sums.size):
        assert sums[mask] == sum(x for i, x in enumerate(amounts) if mask >> i & 1)


def test_coalitions_are_listed_as_textbooks_print_them() -> None:
    assert [0b001, 0b010, 0b100, 0b011, 0b101, 0b110, 0b111] == list_coalitions(3)


def test_a_superadditive_game_raises_no_doubt(park: Game) -> None:
    assert [] == check_game(park)
    assert [] == check_game(make_additive([0.1, 0.2, 0.3, 0.7], parties="ABCD"))


def test_the_worst_merger_is_named() -> None:
    game = list_game([10, 20, 30, 25, 40, 45, 60], parties="ABC")

    (doubt,) = check_game(game)

    assert "warning" == doubt.level
    assert "game.values: A together with B earn 5 less than apart." in doubt.text("en")
    assert "A与B合起来比分开少得 5。" in doubt.text("zh") or "B与A合起来比分开少得 5。" in doubt.text("zh")


def test_a_merger_of_two_pairs_is_tried_too() -> None:
    values = list_game([0] * 4 + [5, 0, 0, 0, 0, 5] + [5] * 4 + [6], parties="ABCD")

    (doubt,) = check_game(values)

    assert {"4"} == {value for key, value in doubt.values if key == "loss"}


def test_a_large_game_is_tried_one_by_one_and_says_so() -> None:
    parties = [f"p{i}" for i in range(14)]
    sizes = np.bitwise_count(np.arange(1 << 14)).astype(float)

    assert ["game-check-partial"] == [doubt.code for doubt in check_game(Game(parties, sizes**2))]
    found = [doubt.code for doubt in check_game(Game(parties, np.sqrt(sizes)))]
    assert ["game-check-partial", "game-not-superadditive"] == found
