from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinghe.errors import DataError, RuleError
from jinghe.labels import Text
from jinghe.ledger import Ledger, credited, find_overlap
from jinghe.panel import Observation, Panel
from jinghe.region import Region
from jinghe.sharing import Agreement, settle
from jinghe.sharing.assessment import (
    Credit,
    book_credit,
    book_official,
    check_credit,
    post_credit,
    say_overlap,
)
from jinghe.sharing.correction import correct
from jinghe.sharing.statement import Statement, draft_statement
from jinghe.units import Money, Period

A, B = "990100", "990200"
ON, UNIT = date(2022, 3, 1), "0.01 亿元"
PARK = Credit("park-2021", "gdp", "2021", B, Fraction(30), "亿元", "split", {A: Fraction(1, 2)}, Text("园区", "park"))
GDP = {"indicator": "gdp", "period": "2021"}


@pytest.fixture
def panel(figure: Callable[..., Observation]) -> Panel:
    return Panel((figure(A, "gdp", "2021", "500.25", "亿元"), figure(B, "gdp", "2021", "2,000,000", "万元")))


@pytest.fixture
def base(panel: Panel) -> Ledger:
    return Ledger(book_official(panel, **GDP, codes=(A, B), unit=UNIT, on=ON))


def test_credit_begins_with_the_official_figures(base: Ledger, panel: Panel) -> None:
    assert {A: Fraction("500.25"), B: Fraction(200)} == credited(base, **GDP)
    assert [] == check_credit(base, panel=panel, **GDP)


@pytest.mark.parametrize(
    ("mode", "expected", "overlap"),
    [
        ("situs", {A: Fraction("500.25"), B: Fraction(200)}, 0),
        ("split", {A: Fraction("515.25"), B: Fraction(185)}, 0),
        ("double_count", {A: Fraction("515.25"), B: Fraction(200)}, 15),
    ],
)
def test_three_modes_of_credit(base: Ledger, panel: Panel, mode: str, expected: dict, overlap: int) -> None:
    ledger = base.post(*book_credit(replace(PARK, mode=mode), unit=UNIT, on=ON))

    assert expected == credited(ledger, **GDP)
    assert overlap == find_overlap(ledger, **GDP)
    assert sum(expected.values()) - sum(credited(base, **GDP).values()) == overlap
    assert [] == check_credit(ledger, panel=panel, **GDP)
    assert {} == ledger.trial_balance(book="money", unit="fen")


def test_counting_for_both_in_full_shows_the_whole_as_overlap(base: Ledger) -> None:
    both = replace(PARK, mode="double_count", shares={A: Fraction(1)})
    ledger = base.post(*book_credit(both, unit=UNIT, on=ON))

    said = say_overlap(ledger, **GDP, label=Text("地区生产总值", "GDP"), unit=Text("亿元", "100m CNY"))

    assert 30 == find_overlap(ledger, **GDP)
    assert said.zh == (
        "2021 地区生产总值各方计入合计 730.25 亿元，"
        "其中重复计入 30 亿元（比公布合计虚增 4.28%），仅供考核，不得对外发布。"
    )
    assert "30 100m CNY of them twice (4.28% above the published total)" in said.en
    plain = say_overlap(base, **GDP, label=Text("地区生产总值", "GDP"), unit=Text("亿元", "100m CNY"))
    assert plain.zh.endswith("与公布合计一致。")


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 10**15),
    st.lists(st.fractions(0, 1, max_denominator=1000), min_size=1, max_size=5),
    st.sampled_from(["split", "double_count"]),
)
def test_credit_beyond_the_official_total_is_the_overlap(amount: int, parts: list[Fraction], mode: str) -> None:
    if mode == "split":
        parts = [part / len(parts) for part in parts]
    shares = {f"P{at}": part for at, part in enumerate(parts)}
    credit = replace(PARK, amount=Fraction(amount), unit="fen", mode=mode, shares=shares)

    ledger = Ledger(book_credit(credit, unit="fen", on=ON))

    found = credited(ledger, **GDP)
    assert sum(found.values()) == find_overlap(ledger, **GDP)
    assert all(abs(found[name] - amount * share) < 1 for name, share in shares.items())


def test_a_gap_between_credit_and_the_official_total_is_found(
    base: Ledger, panel: Panel, figure: Callable[..., Observation]
) -> None:
    revised = panel.append([figure(A, "gdp", "2021", "501", "亿元", vintage=date(2023, 6, 1))])

    (fault,) = check_credit(base, panel=revised, **GDP)

    assert ("credit-gap", "-0.75") == (fault.code, dict(fault.values)["found"])


def test_faulty_credits_are_all_named(panel: Panel) -> None:
    wrong = replace(PARK, mode="both", shares={A: Fraction(3, 2), B: Fraction(1, 2)})
    with pytest.raises(DataError) as caught:
        book_credit(wrong, unit=UNIT, on=ON)
    assert ["choice-unknown", "credit-shares", "credit-holder"] == [p.code for p in caught.value.problems]
    with pytest.raises(DataError, match="they sum to at most 1"):
        book_credit(replace(PARK, shares={A: Fraction(2, 3), "C": Fraction(2, 3)}), unit=UNIT, on=ON)
    with pytest.raises(DataError, match="no whole number of “亿元”"):
        book_credit(replace(PARK, amount=Fraction(61, 2)), unit="亿元", on=ON)
    with pytest.raises(DataError) as caught:
        book_official(panel, **GDP, codes=(A, "990300"), unit="亿元", on=ON)
    assert ["credit-step", "credit-missing"] == [p.code for p in caught.value.problems]


@pytest.fixture
def statement(read: Callable[..., Agreement], toy_panel: Panel, toy_region: Region) -> Statement:
    agreement = read("toy/agreements/toy-park.yaml", agreement="toy-credit", book="assessment")
    found = settle(agreement, panel=toy_panel, region=toy_region, period=Period.of("2021"))
    return draft_statement(found, calendar=agreement.calendar).take("issue", by="office", on=ON)


def test_a_statement_of_assessment_credits_and_is_corrected_by_reversal(statement: Statement) -> None:
    why = Text("改数", "revised")
    line = replace(statement.settlement.lines[0], amount=Money(300_0000_00))
    old, new = correct(statement, replace(statement.settlement, lines=(line,)), on=date(2022, 6, 1), reason=why)
    how = {"indicator": "output", "mode": "double_count"}

    ledger = post_credit(new, post_credit(old, Ledger(), **how), **how)

    output = {"indicator": "output", "period": "2021"}
    assert {A: 300_0000_00} == credited(ledger, **output)
    assert 500_0000_00 == find_overlap(ledger, **output, on=ON)
    assert ledger == post_credit(new, ledger, **how)
    split = post_credit(statement, Ledger(), indicator="output", mode="split")
    assert {A: 500_0000_00, B: -500_0000_00} == credited(split, **output)
    assert Ledger() == post_credit(statement, Ledger(), indicator="output", mode="situs")


def test_money_is_no_credit(statement: Statement) -> None:
    money = replace(statement, settlement=replace(statement.settlement, book="money"))

    with pytest.raises(RuleError, match="a statement of the book “money”"):
        post_credit(money, Ledger(), indicator="output", mode="split")
    with pytest.raises(DataError, match="both"):
        post_credit(statement, Ledger(), indicator="output", mode="both")


def test_assessment_is_never_paid(statement: Statement) -> None:
    final = statement.take("finalise", by="office", on=date(2022, 4, 1))

    with pytest.raises(RuleError, match="once it is of the money book"):
        final.take("pay", by="office", on=date(2022, 4, 1))
