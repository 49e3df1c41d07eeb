"""The blocks: by hand, from print, by property, and with bad input."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.errors import RuleError
from jinghe.sharing.blocks import (
    accumulate,
    cap,
    check_shares,
    check_table,
    check_transfer,
    rank_transfer,
    round_parts,
    share_fixed,
    step_table,
    term_end,
    term_window,
)
from jinghe.units import Money, Period

amounts = st.fractions(min_value=0, max_value=10**13, max_denominator=997)
shares = st.lists(st.fractions(min_value=0, max_value=1, max_denominator=97), min_size=1, max_size=5)
scores = st.lists(st.integers(0, 5).map(Fraction), min_size=5, max_size=11)
TAIYUAN = {"gets": [Fraction(100), Fraction(80)], "pays": [Fraction(100), Fraction(50), Fraction(30)]}


def whole(*numbers: int) -> list[Fraction]:
    return [Fraction(number) for number in numbers]


def test_accumulate_reproduces_the_published_deductions() -> None:
    assert Fraction(17237) == accumulate(whole(2640, 351, 680, 60, 10288, 2125, 961, 132))
    assert Fraction(1995) == accumulate(whole(492, 480, 1023))


@given(st.lists(amounts))
def test_accumulate_does_not_depend_on_order(items: list[Fraction]) -> None:
    assert accumulate(items) == accumulate(sorted(items))


@pytest.mark.parametrize(
    "x, fixed, flat, marginal",
    [(-1, 0, 0, 0), (0, 0, 0, 0), (5, 10, 50, 50), (8, 20, 160, 110)],
)
def test_step_table_reads_a_tier_in_three_ways(x: int, fixed: int, flat: int, marginal: int) -> None:
    table = {"edges": whole(0, 5), "amounts": whole(10, 20)}

    found = [step_table(Fraction(x), **table, mode=mode) for mode in ("amount", "whole", "marginal")]

    assert whole(fixed, flat, marginal) == found


@given(st.lists(amounts, min_size=1, max_size=6, unique=True), amounts, st.integers(1, 10**6))
def test_step_table_scales_with_its_amounts(edges: list[Fraction], x: Fraction, factor: int) -> None:
    edges, rates = sorted(edges), [Fraction(i + 1) for i in range(len(edges))]
    for mode in ("amount", "whole", "marginal"):
        once = step_table(x, edges=edges, amounts=rates, mode=mode)

        assert factor * once == step_table(x, edges=edges, amounts=[factor * r for r in rates], mode=mode)


def test_step_table_refuses_a_misshapen_table_and_an_unknown_mode() -> None:
    with pytest.raises(RuleError) as caught:
        step_table(Fraction(1), edges=whole(5, 0), amounts=whole(10), mode="both")

    assert ["agreement-table-misshapen", "choice-unknown"] == [item.code for item in caught.value.problems]
    assert [] == check_table(whole(0, 5), amounts=whole(10, 20), mode="whole")


def test_share_fixed_splits_five_to_five_as_in_ningde() -> None:
    assert whole(500, 500) == share_fixed(Fraction(1000), shares=[Fraction(1, 2)])


@given(amounts, shares)
def test_share_fixed_gives_away_exactly_its_base(base: Fraction, some: list[Fraction]) -> None:
    fitting = [share / len(some) for share in some]

    assert base == sum(share_fixed(base, shares=fitting))


@given(amounts, st.integers(1, 10**6))
def test_share_fixed_is_homogeneous(base: Fraction, factor: int) -> None:
    once = share_fixed(base, shares=[Fraction(2, 7)])

    assert [factor * part for part in once] == share_fixed(factor * base, shares=[Fraction(2, 7)])


def test_share_fixed_refuses_more_than_there_is() -> None:
    with pytest.raises(RuleError) as caught:
        share_fixed(Fraction(10), shares=[Fraction(2, 3), Fraction(1, 2)])

    assert (
        "the shares are 2/3, 1/2 and sum to 7/6. Shares are not negative and sum to at most 1; "
        "the holder keeps the rest. Correct the shares."
    ) == caught.value.problems[0].text("en")
    assert [] == check_shares([Fraction(1, 2), Fraction(1, 2)])


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
        paid.append(cap(tax / 2, ceiling=Fraction(9600), used=used))
        used += paid[-1]

    assert whole(2000, 2500, 3000, 2100, 0) == paid


@given(amounts, amounts, amounts)
def test_cap_never_exceeds_what_is_left(x: Fraction, ceiling: Fraction, used: Fraction) -> None:
    found = cap(x, ceiling=ceiling, used=used)

    assert 0 <= found <= x
    assert found == 0 or found + used <= ceiling


def test_rank_transfer_moves_the_taiyuan_amounts() -> None:
    found = rank_transfer(whole(60, 90, 50, 80, 70, 40), **TAIYUAN, ties="average")

    assert whole(-30, 100, -50, 80, 0, -100) == found


def test_rank_transfer_shares_tied_places_or_takes_the_listed_order() -> None:
    tables = {"gets": whole(80), "pays": whole(50, 30)}

    assert whole(25, 25, -50) == rank_transfer(whole(85, 85, 75), **tables, ties="average")
    assert whole(80, -30, -50) == rank_transfer(whole(85, 85, 75), **tables, ties="listed")


@given(scores, st.sampled_from(["average", "listed"]))
def test_rank_transfer_sums_to_zero(some: list[Fraction], ties: str) -> None:
    assert sum(rank_transfer(some, **TAIYUAN, ties=ties)) == 0


@given(scores, st.randoms(use_true_random=False))
def test_rank_transfer_with_shared_places_does_not_depend_on_order(some: list[Fraction], random: Random) -> None:
    order = list(range(len(some)))
    random.shuffle(order)

    found = rank_transfer([some[i] for i in order], **TAIYUAN, ties="average")

    straight = rank_transfer(some, **TAIYUAN, ties="average")
    assert [straight[i] for i in order] == found


def test_rank_transfer_refuses_what_does_not_balance_or_overlaps() -> None:
    with pytest.raises(RuleError) as caught:
        rank_transfer(whole(1, 2), gets=whole(80), pays=whole(50, 31), ties="draw")

    expected = ["agreement-transfer-unbalanced", "agreement-parties-few", "choice-unknown"]
    assert expected == [item.code for item in caught.value.problems]
    assert [] == check_transfer(whole(80), pays=whole(50, 30), ties="listed", parties=3)


@given(st.lists(amounts, min_size=1, max_size=12))
def test_round_parts_stays_within_one_fen_and_keeps_a_whole_total(parts: list[Fraction]) -> None:
    found = round_parts(parts)

    assert all(abs(money.fen - part) < 1 for money, part in zip(found, parts, strict=True))
    assert abs(sum(money.fen for money in found) - sum(parts)) < 1


@given(st.lists(amounts, min_size=2, max_size=8), st.randoms(use_true_random=False))
def test_round_parts_depends_on_order_only_where_remainders_tie(parts: list[Fraction], random: Random) -> None:
    rest = -sum(parts) % 1
    if len({part % 1 for part in [*parts, rest]}) < len(parts) + 1:
        return
    order = list(range(len(parts)))
    random.shuffle(order)

    straight, shuffled = round_parts(parts), round_parts([parts[i] for i in order])

    assert [straight[i] for i in order] == shuffled


def test_round_parts_of_nothing_is_nothing() -> None:
    assert [Money(0), Money(0)] == round_parts(whole(0, 0))
