"""Bases and eligibility: by hand, from print, by property."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from jinghe.sharing.blocks import accumulate, base_growth, base_level, elig_list, elig_threshold, gap

amounts = st.fractions(min_value=0, max_value=10**13, max_denominator=997)


def whole(*numbers: int) -> list[Fraction]:
    return [Fraction(number) for number in numbers]


def test_accumulate_reproduces_the_published_deductions() -> None:
    assert Fraction(17237) == accumulate(whole(2640, 351, 680, 60, 10288, 2125, 961, 132))
    assert Fraction(1995) == accumulate(whole(492, 480, 1023))


@given(st.lists(amounts))
def test_accumulate_does_not_depend_on_order(items: list[Fraction]) -> None:
    assert accumulate(items) == accumulate(sorted(items))


def test_growth_is_what_exceeds_the_mean_of_the_base_and_a_fall_is_none() -> None:
    assert Fraction(40) == base_growth(Fraction(140), base=whole(90, 110))
    assert Fraction(0) == base_growth(Fraction(60), base=whole(100))


def test_a_rate_counts_above_its_threshold_and_is_multiplied() -> None:
    # Shandong air: an index of 4.45 under three coefficients, and on the coast (× 1.5).
    found = [base_level(Fraction("4.45"), rate=Fraction(rate)) for rate in (20, 40, 80)]

    assert whole(89, 178, 356) == found
    assert Fraction(534) == base_level(Fraction("4.45"), rate=Fraction(80), factor=Fraction("1.5"))
    assert Fraction(0) == base_level(Fraction(100), rate=Fraction("0.01"), above=Fraction("0.02"))


def test_a_gap_is_priced_both_ways_as_on_the_yellow_river() -> None:
    found = [gap(Fraction(c), reference=Fraction(3), rate=Fraction(6000)) for c in (2, 3, 4)]

    assert whole(6000, 0, -6000) == found


@given(amounts, amounts, st.fractions(0, 1, max_denominator=97))
def test_a_gap_turns_round_with_its_sides(value: Fraction, reference: Fraction, rate: Fraction) -> None:
    assert gap(value, reference=reference, rate=rate) == -gap(reference, reference=value, rate=rate)


def test_a_threshold_is_met_when_it_is_reached() -> None:
    assert [1, 0] == [elig_threshold(whole(1999, x), least=Fraction(2000)) for x in (2001, 2000)]
    assert [1, 0] == [elig_threshold([Fraction(x)], most=Fraction(1)) for x in ("1", "1.001")]


def test_only_who_is_listed_is_eligible() -> None:
    assert (1, 0) == (elig_list("990100", listed=("990100",)), elig_list("990200", listed=("990100",)))
