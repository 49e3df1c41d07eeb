"""Rounding to fen: one total, and many at once."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.errors import RuleError
from jinghe.sharing.blocks import apportion_rows, round_parts
from jinghe.units import Money, apportion

amounts = st.fractions(min_value=0, max_value=10**13, max_denominator=997)


def whole(*numbers: int) -> list[Fraction]:
    return [Fraction(number) for number in numbers]


@given(st.lists(amounts, min_size=1, max_size=12))
def test_round_parts_stays_within_one_fen_and_keeps_a_whole_total(parts: list[Fraction]) -> None:
    found = round_parts(parts)

    assert all(abs(money.fen - part) < 1 for money, part in zip(found, parts, strict=True))
    assert abs(sum(money.fen for money in found) - sum(parts)) < 1


@given(st.lists(amounts, min_size=2, max_size=8), st.randoms(use_true_random=False))
def test_round_parts_depends_on_order_only_where_remainders_tie(parts: list[Fraction], random: Random) -> None:
    rest = -sum(parts) % 1
    if len({part % 1 for part in [*parts, rest]}) < len(parts) + 1:
        return
    order = list(range(len(parts)))
    random.shuffle(order)

    straight, shuffled = round_parts(parts), round_parts([parts[i] for i in order])

    assert [straight[i] for i in order] == shuffled


def test_round_parts_of_nothing_is_nothing() -> None:
    assert [Money(0), Money(0)] == round_parts(whole(0, 0))


@pytest.mark.parametrize(
    "total, weights, expected",
    [(10000, (1, 1, 1), (3334, 3333, 3333)), (10000, (8578, 1422), (8578, 1422)), (10, (6, 6, 88), (1, 0, 9))],
)
def test_a_row_is_apportioned_by_largest_remainder(
    total: int, weights: tuple[int, ...], expected: tuple[int, ...]
) -> None:
    assert [list(expected)] == apportion_rows([total], weights=[weights]).tolist()


@given(st.lists(st.tuples(st.integers(0, 10**13), st.integers(0, 999), st.integers(0, 999), st.integers(1, 999))))
def test_many_rows_are_apportioned_as_one_is(rows: list[tuple[int, int, int, int]]) -> None:
    table = np.array(rows, dtype=np.int64).reshape(-1, 4)

    found = apportion_rows(table[:, 0], weights=table[:, 1:])

    expected = [[part.fen for part in apportion(Money(total), weights)] for total, *weights in rows]
    assert expected == found.tolist()


@pytest.mark.parametrize("total, weights", [(-1, [1, 1]), (1, [0, 0]), (1, [-1, 2]), (10**15, [10**5, 1])])
def test_rows_that_cannot_be_apportioned_are_refused(total: int, weights: list[int]) -> None:
    with pytest.raises(RuleError) as caught:
        apportion_rows([total], weights=[weights])

    assert ["agreement-rows-unfit"] == [item.code for item in caught.value.problems]
