from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.errors import DataError
from jinghe.units import Money, apportion


def code(caught: pytest.ExceptionInfo[DataError]) -> str:
    (fault,) = caught.value.problems
    return fault.code


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("12 元", 1200),
        ("0.01元", 1),
        ("-0 元", 0),
        ("17,237 万元", 17_237_000_000),
        ("１．５亿元", 15_000_000_000),
        ("20000000 CNY", 2_000_000_000),
        ("3 10k CNY", 3_000_000),
        ("1.5bn CNY", 150_000_000_000),
        ("¥1,200.50", 120_050),
        ("￥3.5 万元", 3_500_000),
        ("−2 万元", -2_000_000),
    ],
)
def test_money_is_read_to_the_fen(text: str, fen: int) -> None:
    assert Money.of(text) == Money(fen)


@pytest.mark.parametrize("text", ["12", "12 km", "—", "3400万", "12元左右"])
def test_money_without_a_unit_of_money_is_refused(text: str) -> None:
    with pytest.raises(DataError) as caught:
        Money.of(text)

    assert code(caught) == "money-unreadable"
    assert caught.value.problems[0].text("zh").startswith(f"无法把“{text}”读成金额。")


def test_a_fraction_of_a_fen_is_refused() -> None:
    with pytest.raises(DataError) as caught:
        Money.of("0.001 元")

    assert code(caught) == "money-fraction"


def test_money_adds_and_compares_exactly() -> None:
    assert Money.yuan("0.1") + Money.yuan("0.2") == Money(30)
    assert Money.yuan(2) - Money.yuan(3) == -Money.yuan(1)
    assert Money(7) * 3 == Money(21)
    assert sorted([Money(3), Money(-1), Money(2)]) == [Money(-1), Money(2), Money(3)]
    assert not Money()
    assert Money.of("17,237 万元") == Money.of("1.7237 亿元")


def test_three_equal_parties_share_one_yuan() -> None:
    assert apportion(Money(100), [1, 1, 1]) == [Money(34), Money(33), Money(33)]


def test_largest_remainder_gives_hamilton_s_house_of_1792() -> None:
    """The bill of 1792, 120 seats by the census of 1791 (Balinski & Young, Fair Representation, chapter 2)."""
    census = {
        "Virginia": (630_560, 21),
        "Massachusetts": (475_327, 16),
        "Pennsylvania": (432_879, 14),
        "North Carolina": (353_523, 12),
        "New York": (331_589, 11),
        "Maryland": (278_514, 9),
        "Connecticut": (236_841, 8),
        "South Carolina": (206_236, 7),
        "New Jersey": (179_570, 6),
        "New Hampshire": (141_822, 5),
        "Vermont": (85_533, 3),
        "Georgia": (70_835, 2),
        "Kentucky": (68_705, 2),
        "Rhode Island": (68_446, 2),
        "Delaware": (55_540, 2),
    }

    seats = apportion(Money(120), [people for people, _ in census.values()])

    assert [m.fen for m in seats] == [seat for _, seat in census.values()]


@given(
    total=st.integers(-(10**14), 10**14),
    weights=st.lists(st.fractions(0, 1000, max_denominator=997), min_size=1, max_size=12).filter(any),
)
def test_parts_sum_to_the_whole_and_are_within_a_fen(total: int, weights: list[Fraction]) -> None:
    parts = apportion(Money(total), weights)

    assert sum(p.fen for p in parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part.fen - total * weight / sum(weights)) < 1
        assert part.fen == 0 or weight > 0


@given(st.integers(-1000, 1000), st.lists(st.integers(0, 9), min_size=1, max_size=6).filter(any))
def test_a_refund_is_the_mirror_of_its_payment(total: int, weights: list[int]) -> None:
    assert apportion(Money(-total), weights) == [-m for m in apportion(Money(total), weights)]


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1]])
def test_weights_that_do_not_split_are_refused(weights: list[int]) -> None:
    with pytest.raises(DataError) as caught:
        apportion(Money(1), weights)

    assert code(caught) == "weights-positive"
