from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from jinghe.errors import RuleError
from jinghe.labels import Text
from jinghe.ledger import Entry, Ledger, Leg, credited, find_overlap, read_step
from jinghe.ledger.credit import DOUBLE, OFFICIAL, credit_account

MEMO = Text("分计", "credit")


def entry(name: str, *legs: tuple[str, int], unit: str = "0.01 亿元", on: date = date(2022, 1, 31)) -> Entry:
    found = tuple(Leg(credit_account("gdp", "2021", holder), amount) for holder, amount in legs)
    return Entry(name, on, "assessment", unit, found, MEMO)


def test_credit_is_read_by_holder_without_the_contra_accounts() -> None:
    ledger = Ledger().post(
        entry("a", ("A", 512_30), (OFFICIAL, -512_30)),
        entry("b", ("B", 40_05), (OFFICIAL, -40_05)),
        entry("c", ("B", 12), (DOUBLE, -12), on=date(2022, 6, 1)),
    )

    assert credited(ledger, indicator="gdp", period="2021") == {"A": Fraction("512.3"), "B": Fraction("40.17")}
    assert credited(ledger, indicator="gdp", period="2021", on=date(2022, 2, 1))["B"] == Fraction("40.05")
    assert find_overlap(ledger, indicator="gdp", period="2021") == Fraction("0.12")
    assert find_overlap(ledger, indicator="gdp", period="2021", on=date(2022, 2, 1)) == 0


def test_money_and_other_indicators_are_not_credit() -> None:
    money = Entry("m", date(2022, 1, 1), "money", "fen", (Leg("gdp/2021/A", -5), Leg("gdp/2021/B", 5)), MEMO)

    assert credited(Ledger((money,)), indicator="gdp", period="2021") == {}
    assert credited(Ledger((entry("a", ("A", 1), (OFFICIAL, -1)),)), indicator="gdp", period="2022") == {}


def test_one_indicator_and_period_has_one_unit() -> None:
    ledger = Ledger((entry("a", ("A", 1), (OFFICIAL, -1)), entry("b", ("A", 1), (OFFICIAL, -1), unit="fen")))

    with pytest.raises(RuleError) as caught:
        credited(ledger, indicator="gdp", period="2021")
    assert [p.code for p in caught.value.problems] == ["credit-units"]


def test_the_smallest_unit_is_read_from_its_name() -> None:
    assert read_step("项") == (1, "项")
    assert read_step("0.001 points") == (Fraction(1, 1000), "points")
