"""Share keys: fixed shares, points, claims, games and rivers."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.errors import RuleError
from jinghe.sharing.blocks import check_shares, river_points, share_fixed, share_points, solution_points

amounts = st.fractions(min_value=0, max_value=10**13, max_denominator=997)
shares = st.lists(st.fractions(min_value=0, max_value=1, max_denominator=97), min_size=1, max_size=5)


def whole(*numbers: int) -> list[Fraction]:
    return [Fraction(number) for number in numbers]


def test_share_fixed_splits_five_to_five_as_in_ningde() -> None:
    assert whole(500, 500) == share_fixed(Fraction(1000), shares=[Fraction(1, 2)])


@given(amounts, shares)
def test_share_fixed_gives_away_exactly_its_base(base: Fraction, some: list[Fraction]) -> None:
    fitting = [share / len(some) for share in some]

    assert base == sum(share_fixed(base, shares=fitting))


@given(amounts, st.integers(1, 10**6))
def test_share_fixed_is_homogeneous(base: Fraction, factor: int) -> None:
    once = share_fixed(base, shares=[Fraction(2, 7)])

    assert [factor * part for part in once] == share_fixed(factor * base, shares=[Fraction(2, 7)])


def test_share_fixed_refuses_more_than_there_is() -> None:
    with pytest.raises(RuleError) as caught:
        share_fixed(Fraction(10), shares=[Fraction(2, 3), Fraction(1, 2)])

    assert (
        "the shares are 2/3, 1/2 and sum to 7/6. Shares are not negative and sum to at most 1; "
        "the holder keeps the rest. Correct the shares."
    ) == caught.value.problems[0].text("en")
    assert [] == check_shares([Fraction(1, 2), Fraction(1, 2)])


def test_points_share_the_pool_of_minnesota() -> None:
    found = share_points(Fraction(160), points=[Fraction(100, 120), Fraction(50, 80), Fraction(20, 60)])

    assert [Fraction(3200, 43), Fraction(2400, 43), Fraction(1280, 43)] == found


@given(amounts, st.lists(amounts, min_size=1, max_size=6))
def test_points_give_away_exactly_their_base(base: Fraction, points: list[Fraction]) -> None:
    if sum(points):
        assert base == sum(share_points(base, points=points))


def test_points_that_sum_to_nothing_are_refused() -> None:
    with pytest.raises(RuleError) as caught:
        share_points(Fraction(1), points=whole(0, 0))

    assert ["agreement-divisor-zero"] == [item.code for item in caught.value.problems]


@pytest.mark.parametrize(
    "rule, expected",
    [("PRO", (1, 2, 3)), ("CEA", (1, 1, 1)), ("CEL", (0, 1, 3)), ("TAL", (2, 3, 3)), ("RA", (2, 5, 5))],
)
def test_claims_of_two_hundred_are_pointed_as_in_the_talmud(rule: str, expected: tuple[int, ...]) -> None:
    points = solution_points(rule, claims=whole(100, 200, 300), estate=Fraction(200))

    assert [Fraction(n, sum(expected)) for n in expected] == [point / sum(points) for point in points]


def test_the_park_of_three_is_pointed_by_its_solutions() -> None:
    worth = whole(60, 20, 120, 30, 110, 55, 180)

    assert whole(90, 45, 45) == solution_points("nucleolus", worth=worth)
    assert [Fraction(275, 3), Fraction(265, 6), Fraction(265, 6)] == share_points(
        Fraction(180), points=solution_points("shapley", worth=worth)
    )


@pytest.mark.parametrize("rule, expected", [("LRS", (6, 4, 3)), ("UES", (9, 3, 1)), ("DES", (2, 4, 7))])
def test_the_river_of_ni_and_wang_is_pointed(rule: str, expected: tuple[int, ...]) -> None:
    assert whole(*expected) == river_points(rule, costs=whole(6, 4, 3))


def test_nothing_to_divide_needs_no_rule() -> None:
    assert whole(1, 2) == solution_points("CEA", claims=whole(1, 2), estate=Fraction(0))


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(RuleError):
        solution_points("fair", claims=whole(1), estate=Fraction(1))
    with pytest.raises(RuleError):
        river_points("fair", costs=whole(1))
