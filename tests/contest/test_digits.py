from dataclasses import replace

import pytest

from jinghe.contest.digits import (
    find_decimals,
    find_finest,
    find_rounding,
    read_last_digit,
    read_last_digits,
    read_unit,
)


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


def test_zeros_count_as_far_as_the_finest_of_the_series(make_figure):
    figures = [make_figure("A", "x", printed) for printed in ("3200", "3187", "0")]

    assert find_finest(figures) == 0
    assert [0.5, 5, 50] == [find_rounding(figures[0], finest=finest) for finest in (0, -1, -4)]
    assert find_rounding(figures[0], finest=2) == 0.5
    assert find_rounding(make_figure("A", "x", "9.2"), finest=0) == pytest.approx(0.05)
    assert (read_unit(figures[0]), read_unit(make_figure("A", "x", 1.0))) == ("", "")


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
    assert find_decimals([]) == 0


def test_a_digit_is_read_where_the_others_have_theirs(make_figure):
    figure = make_figure("A", "gdp", "1686")

    assert (read_last_digit(figure, decimals=0), read_last_digit(figure, decimals=1)) == ("6", "0")
    assert read_last_digit(make_figure("A", "gdp", "9.1"), decimals=1) == ""
