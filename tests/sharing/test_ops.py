"""The operations: what one evaluator does to a fraction, the other does to every number of an array."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.errors import RuleError
from jinghe.sharing.ops import ARRAYS, EXACT, clip, equals, total

numbers = st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=16)  # exact as floats, too


@given(numbers, numbers)
def test_both_evaluators_compare_and_choose_alike(a: Fraction, b: Fraction) -> None:
    x, y = np.array([float(a)]), np.array([float(b)])
    for name in ("lesser", "greater", "exceeds"):
        exact, array = getattr(EXACT, name)(a, b), getattr(ARRAYS, name)(x, y)

        assert float(exact) == float(array[0])
    assert float(EXACT.choose(EXACT.exceeds(a, b), a, 0)) == float(ARRAYS.choose(ARRAYS.exceeds(x, y), x, 0)[0])
    assert equals(a, b, ops=EXACT) == equals(x, y, ops=ARRAYS)[0] == (a == b)


@given(numbers, numbers, numbers)
def test_a_clipped_number_lies_inside_its_bounds(x: Fraction, a: Fraction, b: Fraction) -> None:
    low, high = min(a, b), max(a, b)

    found = clip(x, low, high, ops=EXACT)

    assert low <= found <= high
    assert found == x or not low < x < high


def test_tables_are_picked_by_place() -> None:
    table = [Fraction(10), Fraction(20), Fraction(30)]

    assert Fraction(20) == EXACT.pick(table, Fraction(1))
    assert [10.0, 30.0] == ARRAYS.pick([10.0, 20.0, 30.0], np.array([0.0, 2.0])).tolist()


def test_nothing_is_divided_by_zero() -> None:
    assert Fraction(1, 3) == EXACT.divide(1, 3)
    for ops, zero in ((EXACT, Fraction(0)), (ARRAYS, np.array([1.0, 0.0]))):
        with pytest.raises(RuleError) as caught:
            ops.divide(zero, zero)
        assert ["agreement-divisor-zero"] == [item.code for item in caught.value.problems]


def test_a_sum_stays_with_its_evaluator() -> None:
    assert Fraction(3) == total([Fraction(1), Fraction(2)])
    assert [3.0] == total([np.array([1.0]), np.array([2.0])]).tolist()
    assert 0 == total([])
    assert (True, 0.5) == (EXACT.is_exact, ARRAYS.number(Fraction(1, 2)))
