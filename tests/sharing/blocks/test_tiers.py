"""Tiers: the three readings of one table, classes and loads."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.errors import RuleError
from jinghe.sharing.blocks import check_table, class_change, load_charge, step_table

amounts = st.fractions(min_value=0, max_value=10**13, max_denominator=997)


def whole(*numbers: int) -> list[Fraction]:
    return [Fraction(number) for number in numbers]


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


@pytest.mark.parametrize("now, before, amount", [(2, 3, 100), (3, 2, -100), (2, 2, 0), (4, 3, -70), (4, 5, -70)])
def test_a_class_that_rises_earns_and_one_that_falls_costs(now: int, before: int, amount: int) -> None:
    given = {"standard": Fraction(3), "gain": Fraction(100), "failing": Fraction(70)}

    assert Fraction(amount) == class_change(Fraction(now), before=Fraction(before), **given)


def test_twelve_months_of_chongqing_make_two_hundred() -> None:
    months = [(2, 3)] * 5 + [(3, 3)] * 4 + [(3, 2)] * 3
    given = {"standard": Fraction(3), "gain": Fraction(100), "failing": Fraction(0)}

    assert 200 == sum(class_change(Fraction(now), before=Fraction(before), **given) for now, before in months)


def test_the_loads_of_zhenjiang_are_charged() -> None:
    given = [("1", "1.5"), ("0.5", "10"), ("0.05", "10")]
    found = [
        load_charge(Fraction(6) + Fraction(excess), target=Fraction(6), flow=Fraction(30), rate=Fraction(rate))
        for excess, rate in given
    ]

    assert whole(45, 150, 15) == found
    assert 0 == load_charge(Fraction(5), target=Fraction(6), flow=Fraction(30), rate=Fraction(10))
