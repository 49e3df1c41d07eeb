from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.contest.digits import find_chance, find_power, find_rounding, read_last_digits


@pytest.mark.parametrize(
    "printed,half",
    [
        ("9.2", 0.05),
        ("5121.61", 0.005),
        ("0.40", 0.005),
        ("1686", 0.5),
        ("3,200", 50),
        ("１２.５", 0.05),
        ("-3.1", 0.05),
        ("0", 0.5),
    ],
)
def test_half_the_last_printed_place_may_be_rounding(make_figure, printed, half):
    assert find_rounding(replace(make_figure("A", "x", 1.0), printed=printed)) == pytest.approx(half)


def test_a_figure_printed_in_another_unit_is_rounded_there(make_figure):
    assert find_rounding(
        replace(make_figure("A", "gdp", 51216.1, unit="万元"), printed="5.12161 亿元")
    ) == pytest.approx(0.05)


def test_a_figure_without_its_print_shows_its_number(make_figure):
    assert find_rounding(make_figure("A", "x", 2.25)) == pytest.approx(0.005)


def test_last_digits_stand_at_the_usual_number_of_decimals(make_figure):
    figures = ["5121.61", "2311.1", "2071.4", "1686", "16.8", "9.1"]  # one decimal is usual; 9.1 has two digits only

    assert read_last_digits([make_figure("A", "gdp", figure) for figure in figures]) == "61408"


def test_no_figures_have_no_digits():
    assert read_last_digits([]) == ""


def test_chance_and_power_are_exact():
    assert find_chance(3, 2) == pytest.approx(3 * 0.2**2 * 0.8 + 0.2**3)
    assert find_chance(5, 0) == pytest.approx(1)
    # n = 11: P(≥ 5) = 0.0504 > 5 %, so 6 are needed; P(Bin(11, 0.4) ≥ 6) = 0.2465
    assert find_chance(11, 5) > 0.05 > find_chance(11, 6)
    assert find_power(11) == pytest.approx(find_chance(11, 6, share=0.4))


@given(st.integers(1, 200))
def test_power_is_a_probability(n):
    assert 0 <= find_power(n) <= 1
