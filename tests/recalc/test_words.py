from __future__ import annotations

import math

import pytest

from jinghe.recalc.printed import Interval, read_printed
from jinghe.recalc.words import LINES, PROCEDURE_NAMES, list_names, show, show_printed, show_range


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.09547, "0.0955"),
        (0.000123, "0.00012"),
        (1.2e-7, "1.2e-07"),
        (2404, "2404"),
        (386.94, "386.9"),
        (math.inf, "∞"),
        (-math.inf, "-∞"),
    ],
)
def test_numbers_show_as_many_digits_as_the_argument_needs(value, expected):
    assert expected == show(value)


def test_an_interval_that_shows_one_number_is_one_number():
    assert "0.5000" == show_range(Interval(0.50001, 0.50002))
    assert "[0.4000, 0.5000]" == show_range(Interval(0.4, 0.5000001))


def test_a_printed_number_keeps_its_sign_and_zeros():
    assert ["t=1.50", "p<.05"] == [show_printed(read_printed("1.50"), "t"), show_printed(read_printed("< .05"), "p")]


def test_procedures_are_named_in_both_languages():
    assert "Student's t or Welch's t" == list_names(["student", "welch"]).en
    assert all(text.zh and text.en for text in (*PROCEDURE_NAMES.values(), *LINES.values()))
