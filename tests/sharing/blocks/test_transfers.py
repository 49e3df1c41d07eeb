"""Transfers between many parties."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.errors import RuleError
from jinghe.sharing.blocks import check_transfer, clawback, equalise_piecewise, min_endowment, rank_transfer

scores = st.lists(st.integers(0, 5).map(Fraction), min_size=5, max_size=11)
TAIYUAN = {"gets": [Fraction(100), Fraction(80)], "pays": [Fraction(100), Fraction(50), Fraction(30)]}


def whole(*numbers: int) -> list[Fraction]:
    return [Fraction(number) for number in numbers]


def test_rank_transfer_moves_the_taiyuan_amounts() -> None:
    found = rank_transfer(whole(60, 90, 50, 80, 70, 40), **TAIYUAN, ties="average")

    assert whole(-30, 100, -50, 80, 0, -100) == found


def test_rank_transfer_shares_tied_places_or_takes_the_listed_order() -> None:
    tables = {"gets": whole(80), "pays": whole(50, 30)}

    assert whole(25, 25, -50) == rank_transfer(whole(85, 85, 75), **tables, ties="average")
    assert whole(80, -30, -50) == rank_transfer(whole(85, 85, 75), **tables, ties="listed")


@given(scores, st.sampled_from(["average", "listed"]))
def test_rank_transfer_sums_to_zero(some: list[Fraction], ties: str) -> None:
    assert sum(rank_transfer(some, **TAIYUAN, ties=ties)) == 0


@given(scores, st.randoms(use_true_random=False))
def test_rank_transfer_with_shared_places_does_not_depend_on_order(some: list[Fraction], random: Random) -> None:
    order = list(range(len(some)))
    random.shuffle(order)

    found = rank_transfer([some[i] for i in order], **TAIYUAN, ties="average")

    straight = rank_transfer(some, **TAIYUAN, ties="average")
    assert [straight[i] for i in order] == found


def test_rank_transfer_refuses_what_does_not_balance_or_overlaps() -> None:
    with pytest.raises(RuleError) as caught:
        rank_transfer(whole(1, 2), gets=whole(80), pays=whole(50, 31), ties="draw")

    expected = ["agreement-transfer-unbalanced", "agreement-parties-few", "choice-unknown"]
    assert expected == [item.code for item in caught.value.problems]
    assert [] == check_transfer(whole(80), pays=whole(50, 30), ties="listed", parties=3)


GERMAN = {  # FAG §10 until 2019
    "edges": [Fraction(0), Fraction(7, 100), Fraction(1, 5)],
    "squares": [Fraction(13, 7), Fraction(5, 26), Fraction(0)],
    "slopes": [Fraction(11, 25), Fraction(35, 52), Fraction(3, 4)],
    "constants": [Fraction(0), Fraction(-2121, 260000), Fraction(-317, 20000)],
}


@pytest.mark.parametrize("value, expected", [(80, "13.415"), (93, "3.99")])
def test_the_german_curve_is_continuous_where_its_pieces_meet(value: int, expected: str) -> None:
    near = Fraction(1, 10**9)
    found = [
        equalise_piecewise([Fraction(value) + x], references=[Fraction(100)], **GERMAN)[0] for x in (-near, 0, near)
    ]

    assert Fraction(expected) == found[1]
    assert max(found) - min(found) < Fraction(1, 10**8)


@given(st.lists(st.integers(50, 150).map(Fraction), min_size=2, max_size=8))
def test_what_the_poor_receive_the_rich_give(values: list[Fraction]) -> None:
    found = equalise_piecewise(values, references=[Fraction(100)] * len(values), **GERMAN)

    if max(values) > 100:
        assert sum(found) == 0
    assert all((x >= 0) == (value <= 100) or x == 0 for x, value in zip(found, values, strict=True))


def test_who_lacks_the_guarantee_is_raised_to_it() -> None:
    given = {"reference": Fraction(100), "share": Fraction("0.865")}

    assert [Fraction("16.5"), Fraction(0)] == [min_endowment(Fraction(v), **given) for v in (70, 90)]


@pytest.mark.parametrize("failed, expected", [("0", 0), ("1/3", 3000), ("1", 6000)])
def test_an_allotment_is_taken_back_as_far_as_the_section_failed(failed: str, expected: int) -> None:
    assert expected == clawback(Fraction(6000), failed=Fraction(failed), partial=Fraction(1, 2))
