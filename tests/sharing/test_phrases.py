"""Numbers and amounts in words."""

from __future__ import annotations

from fractions import Fraction

import pytest

from jinghe.labels import Text
from jinghe.sharing import Input
from jinghe.sharing.phrases import (
    amount_words,
    figure_words,
    number_words,
    party_words,
    period_words,
    printed_words,
    stated_words,
)


@pytest.mark.parametrize(
    "value, unit, zh, en",
    [
        (Fraction(-12345678), "分", "−12.345678 万元", "−CNY 123,456.78"),
        (Fraction(814311, 10**6), "1", "0.814311", "0.814311"),
        (Fraction(30), "t", "30 t", "30 t"),
        (Fraction(5, 2), "class", "2.5 类", "2.5 class"),
    ],
)
def test_a_computed_number_is_shown_with_its_unit(value: Fraction, unit: str, zh: str, en: str) -> None:
    assert (zh, en) == (number_words(value, unit, "zh"), number_words(value, unit, "en"))


def parameter(value: object, unit: str, printed: str, **detail: str) -> Input:
    label, cite = Text("参数", "parameter"), Text("源", "source")
    own = "分" if unit.startswith("万元") else unit
    return Input("p", "parameter", value, own, label, "s", cite, {"unit": unit, "printed": printed, **detail})


def test_a_rate_in_money_says_per_what() -> None:
    item = parameter((Fraction(10**7), Fraction(2 * 10**7)), "万元/µg", "10, 20")

    assert "10, 20 万元/µg" == printed_words(item, "zh")
    assert "CNY 100,000.00, CNY 200,000.00 per µg" == printed_words(item, "en")
    assert "6000 万元/类" == printed_words(parameter(Fraction(6000 * 10**6), "万元/class", "6000"), "zh")
    assert "9 CNY/person" == number_words(Fraction(9), "元/人", "en")


def test_a_choice_is_shown_in_its_words() -> None:
    item = parameter("TAL", "choice", "TAL", choice_zh="塔木德规则", choice_en="Talmud")

    assert ("塔木德规则", "Talmud") == (printed_words(item, "zh"), printed_words(item, "en"))
    assert "parameter Talmud, source: source" == stated_words(item, "other", "en")


def test_figures_of_months_are_listed() -> None:
    months = [
        Input("x", "observation", Fraction(n), "1", Text("倍数", "multiple"), "s", Text("源", "source"),
              {"unit": "1", "printed": str(n), "status": "reported", "period": f"2021-0{n}"})
        for n in (1, 2)
    ]  # fmt: skip

    assert "倍数 2021年1月 1、2021年2月 2，公布数，来源：源" == figure_words(months, "zh")


def test_parties_and_periods_and_amounts_are_named_as_in_a_sentence() -> None:
    assert "the fund" == party_words("a:fund", Text("基金", "fund"), "en")
    assert "2021年" == period_words("2021", "zh")
    assert "1.00 万元" == amount_words(10**6, "zh")
