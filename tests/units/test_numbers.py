from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.errors import DataError
from jinghe.units import Money, Period, convert, read_count, read_date, read_number, read_share, unit_name
from jinghe.units.numbers import FEN, plain


def code(caught: pytest.ExceptionInfo[DataError]) -> str:
    (fault,) = caught.value.problems
    return fault.code


@pytest.mark.parametrize(
    ("text", "share"),
    [("1/2", "1/2"), ("50%", "1/2"), ("５０％", "1/2"), ("37.5 %", "3/8"), (0.25, "1/4"), (1, "1"), ("-0", "0")],
)
def test_share_is_exact(text: str | float, share: str) -> None:
    assert read_share(text) == Fraction(share)


@pytest.mark.parametrize("text", ["", "half", "1/0", "5:5", "nan", "inf", "1e999999999", "1_0", "1/2/3", "5²%"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(DataError) as caught:
        read_share(text)

    assert code(caught) == "share-unreadable"


@pytest.mark.parametrize("text", ["1.01", "-1%", "37/2"])
def test_share_outside_its_range_is_refused(text: str) -> None:
    with pytest.raises(DataError) as caught:
        read_share(text)

    assert code(caught) == "share-range"


@pytest.mark.parametrize(
    ("text", "value", "unit", "coercions"),
    [
        ("1234.5", "1234.5", "", ()),
        ("1,234.5", "1234.5", "", ("thousands-separator",)),
        ("１２３", "123", "", ("full-width",)),
        ("3.2%", "3.2", "%", ("unit-suffix",)),
        ("17,237 万元", "17237", "万元", ("unit-suffix", "thousands-separator")),
        ("¥1,200.00", "1200", "元", ("currency-sign", "thousands-separator")),
        ("−3.5", "-3.5", "", ("full-width",)),
        ("–3.5", "-3.5", "", ("full-width",)),
        ("5\u00a0km²", "5", "km²", ("full-width", "unit-suffix")),
        ("1.5E+05", "150000", "", ()),
        ("5.", "5", "", ()),
        (".5", ".5", "", ()),
        ("+5", "5", "", ()),
        ("6.2 元/人", "6.2", "元/人", ("unit-suffix",)),
    ],
)
def test_number_is_read_as_officials_write_it(text: str, value: str, unit: str, coercions: tuple[str, ...]) -> None:
    reading = read_number(text)

    assert (reading.value, reading.unit, reading.coercions) == (Fraction(value), unit, coercions)


@pytest.mark.parametrize("text", ["", " ", "—", "——", "-", "－", "/", "…", "……", "无", "暂缺", "N/A", "#N/A", "NaN"])
def test_missing_marks_are_missing_and_never_zero(text: str) -> None:
    reading = read_number(text)

    assert (reading.value, reading.coercions) == (None, ("missing-mark",))


@pytest.mark.parametrize(
    "text",
    [
        "12①",  # a footnote, not 121
        "10²",
        "2021-03",
        "1 234",
        "1.2.3",
        "1,23",
        "1,2345",
        ",5",
        "(5)",
        "约12",
        "#DIV/0!",
        "--5",
        "0x10",
        "1e999",
        "٣",
        "9" * 40,
        "inf",
    ],
)
def test_what_might_be_something_else_is_refused(text: str) -> None:
    with pytest.raises(DataError) as caught:
        read_number(text)

    assert code(caught) == "number-unreadable"


@given(st.fractions(-(10**9), 10**9, max_denominator=1).map(int), st.integers(0, 99))
def test_a_printed_number_is_read_back(whole: int, cents: int) -> None:
    text = f"{whole:,}.{cents:02d}"

    assert float(read_number(text).value) == float(text.replace(",", ""))


@given(st.text(max_size=8) | st.text("0123456789.,-—+%/eE万亿元年月日季Q前第¥①² ", max_size=12))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    for read in (read_number, read_share, read_date, read_count, Period.of, Money.of):
        found, faults = None, ()
        try:
            found = read(text)
        except DataError as refusal:
            faults = refusal.problems
        assert (found is None) == bool(faults)
        assert all(one.text("zh") and one.text("en") for one in faults)


@pytest.mark.parametrize(("value", "count"), [("1,476", 1476), (13, 13), (13.0, 13), ("１３", 13), ("0", 0)])
def test_count_is_a_whole_number(value: object, count: int) -> None:
    assert read_count(value) == count


@pytest.mark.parametrize("value", ["1.5", -1, "—", "many", None, True])
def test_what_is_no_count_is_refused(value: object) -> None:
    with pytest.raises(DataError) as caught:
        read_count(value)

    assert code(caught) == "count-unreadable"


def test_units_of_one_kind_convert_exactly() -> None:
    assert convert(Fraction(5), "亿元", "万元") == 50_000
    assert convert(Fraction(1), "10k persons", "人") == 10_000
    assert convert(Fraction("3.2"), "%", "‰") == 32
    assert convert(Fraction(7), "km", "km") == 7


def test_units_of_two_kinds_do_not_convert() -> None:
    with pytest.raises(DataError) as caught:
        convert(Fraction(1), "万人", "万元")

    assert caught.value.problems[0].text("zh") == (
        "单位为“万人”，应为“万元”。同一指标只能用可换算的单位。请改用“万元”，或核对这一数值。"
    )


def test_units_are_named_in_both_languages() -> None:
    assert (unit_name("10k CNY", "zh"), unit_name("万人", "en"), unit_name("km", "zh")) == ("万元", "10k persons", "km")


def test_plain_rewrites_signs_and_leaves_footnotes_alone() -> None:
    assert plain("　￥１，２３４．５％　") == "¥1,234.5%"
    assert plain("12① m² −5") == "12① m² -5"


def test_every_unit_of_money_is_in_fen() -> None:
    assert (FEN["亿元"], FEN["10k CNY"]) == (10**10, 10**6)
