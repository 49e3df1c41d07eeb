"""Ceilings, floors and terms."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.errors import RuleError
from jinghe.sharing.blocks import cap, cap_cumulative, floor, in_kind_credit, term_end, term_extend, term_window
from jinghe.units import Period

amounts = st.fractions(min_value=0, max_value=10**13, max_denominator=997)


def whole(*numbers: int) -> list[Fraction]:
    return [Fraction(number) for number in numbers]


def test_term_window_covers_five_years_and_not_the_sixth() -> None:
    start = date(2021, 1, 1)

    found = [term_window(Period.of(year), start=start, years=5) for year in (2020, 2021, 2025, 2026)]

    assert ["before", "inside", "inside", "after"] == found


def test_term_window_leaves_a_crossing_period_to_the_parties() -> None:
    with pytest.raises(RuleError) as caught:
        term_window(Period.of(2026), start=date(2021, 7, 1), years=5)

    assert "agreement-term-straddled" == caught.value.problems[0].code


def test_term_end_of_a_leap_day_is_the_first_of_march() -> None:
    assert date(2025, 3, 1) == term_end(date(2024, 2, 29), years=1)
    assert date(2028, 2, 29) == term_end(date(2024, 2, 29), years=4)


@pytest.mark.parametrize("years", [9000, 10**30])
def test_a_term_beyond_the_calendar_ends_with_it(years: int) -> None:
    assert date.max == term_end(date(2021, 1, 1), years=years)


def test_cap_stops_the_relocation_share_in_the_fourth_year() -> None:
    # 财预〔2015〕92号, worked case A: half of 4000, 5000, 6000, 7000, 8000 under a cumulative ceiling of 9600.
    used, paid = Fraction(0), []
    for tax in whole(4000, 5000, 6000, 7000, 8000):
        paid.append(cap_cumulative(tax / 2, ceiling=Fraction(9600), used=used))
        used += paid[-1]

    assert whole(2000, 2500, 3000, 2100, 0) == paid


@given(amounts, amounts, amounts)
def test_cap_never_exceeds_what_is_left(x: Fraction, ceiling: Fraction, used: Fraction) -> None:
    found = cap_cumulative(x, ceiling=ceiling, used=used)

    assert 0 <= found <= x
    assert found == 0 or found + used <= ceiling


def test_a_ceiling_holds_both_ways() -> None:
    assert whole(4000, -1000, -4000) == [cap(Fraction(x), ceiling=Fraction(4000)) for x in (5500, -1000, -5500)]


def test_a_refund_gives_back_at_most_what_was_taken() -> None:
    assert Fraction(-30) == cap_cumulative(Fraction(-50), ceiling=Fraction(100), used=Fraction(30))


def test_a_floor_raises_and_a_credit_lowers() -> None:
    assert whole(100, 120) == [floor(Fraction(x), least=Fraction(100)) for x in (80, 120)]
    assert whole(12, 0) == [in_kind_credit(Fraction(x), credit=Fraction(12)) for x in (24, 7)]


@pytest.mark.parametrize(
    "year, left, expected",
    [
        (2020, 5, (0, "before")),
        (2023, 0, (1, "inside")),
        (2024, 5, (1, "extended")),
        (2025, 0, (0, "extended")),
        (2026, 5, (0, "after")),
    ],
)
def test_a_term_goes_on_while_the_ceiling_is_not_reached(year: int, left: int, expected: tuple[int, str]) -> None:
    window = {"start": date(2021, 1, 1), "years": 3, "more": 2}

    assert expected == term_extend(Period.of(year), **window, left=Fraction(left))
