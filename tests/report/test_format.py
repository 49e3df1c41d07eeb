"""Numbers as people read them."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from jinghe.labels import Text
from jinghe.report.format import (
    show_cell,
    show_interval,
    show_money,
    show_note,
    show_number,
    show_share,
    show_value,
    signed_money,
    words,
)


def test_undefined_is_a_dash_and_never_zero():
    assert ["—", "—", "—", "—"] == [
        show_number(None),
        show_number(float("nan")),
        show_share(None),
        show_value(None, "%"),
    ]


def test_whole_ten_thousands_have_no_decimals():
    assert "17,237 万元" == show_money(17_237_000_000, "zh")
    assert "CNY 172,370,000" == show_money(17_237_000_000, "en")


@given(st.integers(-(10**14), 10**14))
def test_shown_money_reads_back_to_the_same_fen(fen):
    shown = show_money(fen, "zh")

    digits, unit = shown.replace(",", "").replace("−", "-").split()

    assert fen == Fraction(digits) * {"万元": 10**6, "元": 100}[unit]


def test_nets_carry_their_sign():
    assert ["+500 万元", "−500 万元", "0 万元"] == [signed_money(f, "zh") for f in (5 * 10**8, -5 * 10**8, 0)]


def test_an_interval_of_one_rank_stands_alone():
    assert ["2", "1–11"] == [show_interval(2, 2), show_interval(1, 11)]


def test_a_figure_gets_the_digits_its_size_needs():
    assert ["9.20%", "46,524 元/人", "0.0123 分"] == [
        show_value(9.2, "%"),
        show_value(46523.7, "元/人"),
        show_value(0.0123, "分"),
    ]


def test_words_pick_the_language():
    assert "太原市" == words({"zh": "太原市", "en": "Taiyuan"}, "zh")
    assert "Taiyuan" == words(Text("太原市", "Taiyuan"), "en")


def test_a_negative_number_has_a_minus_sign_and_a_rounded_zero_has_none():
    assert ["−0.17", "0.00", "−3%", "0%"] == [
        show_number(-0.169),
        show_number(-0.0001),
        show_share(-0.03),
        show_share(-0.001),
    ]


def test_a_small_figure_keeps_its_digits():
    assert "−0.000013 x" == show_value(-0.000013, "x")


def test_a_note_of_a_table_is_shown_in_one_language():
    assert ["只见转载", "a re-post", "无斜线"] == [
        show_note("只见转载 / a re-post", "zh"),
        show_note("只见转载 / a re-post", "en"),
        show_note("无斜线", "en"),
    ]


def test_a_blank_cell_is_shown_empty_and_a_missing_one_as_a_dash():
    column = {"kind": "number", "digits": 2}

    assert ["\u00a0", "—", "—"] == [
        show_cell(value, column, "en") for value in ({"zh": "\u00a0", "en": "\u00a0"}, {"zh": "", "en": ""}, None)
    ]
