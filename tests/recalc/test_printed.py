from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.errors import DataError
from jinghe.recalc.printed import Interval, interval, read_printed


def test_trailing_zeros_narrow_the_interval():
    assert Interval(1.495, 1.505) == interval("1.50")
    assert Interval(1.45, 1.55) == interval("1.5")


@pytest.mark.parametrize(
    ("text", "value", "decimals", "relation"),
    [
        (".05", "0.05", 2, "="),
        ("< .001", "0.001", 3, "<"),
        ("＜０．００１", "0.001", 3, "<"),
        ("92%", "0.92", 2, "="),
        ("65.7%", "0.657", 3, "="),
        ("2 122", "2122", 0, "="),
        ("2,122", "2122", 0, "="),
        ("−1.50", "-1.5", 2, "="),
        (284, "284", 0, "="),
        ("≤0.05", "0.05", 2, "<="),
    ],
)
def test_numbers_are_read_as_papers_print_them(text, value, decimals, relation):
    found = read_printed(text)

    assert (Fraction(value), decimals, relation) == (found.value, found.decimals, found.relation)


def test_beyond_a_sign_of_inequality_the_interval_is_open_ended():
    assert Interval(-math.inf, 0.001) == interval("<0.001")
    assert Interval(0.05, math.inf) == interval(">0.05")


@pytest.mark.parametrize("text", ["", "abc", "1.5.0", "1e5", "12①", True, None, "1,23"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(DataError) as refusal:
        read_printed(text)

    assert ["claim-number-unreadable"] == [p.code for p in refusal.value.problems]
    assert "印刷数值" in refusal.value.problems[0].text("zh")


def test_a_float_is_refused_because_its_zeros_are_lost():
    with pytest.raises(DataError, match="not quoted"):
        read_printed(1.5)


@given(st.floats(-1e6, 1e6), st.integers(0, 6))
def test_a_rounded_number_lies_in_its_interval(value, decimals):
    found = interval(f"{value:.{decimals}f}")

    assert found.low - 1e-9 <= value <= found.high + 1e-9


def test_intervals_meet_and_join():
    one, two = Interval(1, 3), Interval(2, 4)

    assert Interval(2, 3) == one.meet(two)
    assert Interval(1, 4) == one.join(two)
    assert one.meet(Interval(3.1, 4)) is None
    assert Interval(0, 3) == Interval(-3, 1).magnitude()
    assert Interval(1, 3) == Interval(-3, -1).magnitude()
