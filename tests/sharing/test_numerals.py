from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.sharing.numerals import capitalise

# The examples of 《正确填写票据和结算凭证的基本规定》, fourth article, and cases at the edges.
PRINTED = {
    140950: "壹仟肆佰零玖元伍角",
    600714: "陆仟零柒元壹角肆分",
    168032: "壹仟陆佰捌拾元零叁角贰分",
    10700053: "壹拾万柒仟元零伍角叁分",
    1640902: "壹万陆仟肆佰零玖元零贰分",
    32504: "叁佰贰拾伍元零肆分",
    0: "零元整",
    5: "伍分",
    50: "伍角",
    100: "壹元整",
    1000: "壹拾元整",
    100_0000_00: "壹佰万元整",
    1_0000_0500_00: "壹亿零伍佰元整",
    1005_0000_00: "壹仟零伍万元整",
    10_0000_0001_00: "壹拾亿零壹元整",
    1_0000_0000_0000_00: "壹万亿元整",
    -250: "负贰元伍角",
}
DIGITS = "零壹贰叁肆伍陆柒捌玖"


def read_back(words: str) -> int:
    """Read capital numerals the way a clerk would: digit by digit, place by place."""
    words = words.removeprefix("人民币").removesuffix("整")
    sign = -1 if words.startswith("负") else 1
    yuan, gap, rest = words.removeprefix("负").partition("元")
    if not gap:
        yuan, rest = "", yuan
    fen, digit = 0, 0
    for letter in rest:
        digit = DIGITS.index(letter) if letter in DIGITS else digit
        fen += digit * {"角": 10, "分": 1}.get(letter, 0)
    return sign * (100 * whole(yuan) + fen)


def whole(words: str) -> int:
    for mark, size in (("亿", 10**8), ("万", 10**4)):
        high, found, low = words.rpartition(mark)
        if found:
            return whole(high) * size + whole(low)
    total = digit = 0
    for letter in words:
        if letter in DIGITS:
            digit = DIGITS.index(letter)
        else:
            total, digit = total + digit * {"仟": 1000, "佰": 100, "拾": 10}[letter], 0
    return total + digit


@pytest.mark.parametrize("fen, words", PRINTED.items())
def test_printed_amounts(fen: int, words: str) -> None:
    assert "人民币" + words == capitalise(fen)


@given(st.one_of(st.integers(-(10**18) + 1, 10**18 - 1), st.integers(0, 10**9)))
def test_the_words_read_back_give_the_amount(fen: int) -> None:
    assert fen == read_back(capitalise(fen))


@given(st.integers(0, 10**16), st.sampled_from([1, 10, 100, 10**6, 10**10]))
def test_a_zero_is_never_said_twice_nor_before_a_unit(number: int, factor: int) -> None:
    words = capitalise(number * factor % 10**18)

    assert "零零" not in words
    assert not any(f"零{mark}" in words for mark in "拾佰仟万亿整")
    assert words.endswith("整") == (number * factor % 100 == 0)


def test_a_sum_beyond_all_money_is_a_fault_of_the_programmer() -> None:
    with pytest.raises(AssertionError):
        capitalise(10**18)
