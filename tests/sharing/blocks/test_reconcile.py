"""Reconciling: the investment of Zibo, the window of Dayton, the advances of the Rhine."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.errors import RuleError
from jinghe.sharing.blocks import recover_first, settle_up, true_up

ZIBO = {"investment": Fraction(3000), "share": Fraction(3, 5), "years": Fraction(20), "months": 12}


def test_zibo_recovers_its_investment_and_then_shares() -> None:
    carried, received = (Fraction(0), 0), []
    for tax in (800, 1200, 1500, 1500):
        amount, carried = recover_first(Fraction(tax), **ZIBO, carried=carried)
        received.append(amount)

    assert [800, 1200, 1300, 900] == received
    assert (3000, 12) == carried


def test_sharing_ends_so_many_years_after_recovery() -> None:
    given = ZIBO | {"years": Fraction(2)}
    carried, received = (Fraction(0), 0), []
    for _ in range(5):
        amount, carried = recover_first(Fraction(3000), **given, carried=carried)
        received.append(amount)

    assert [3000, 1800, 1800, 0, 0] == received


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
def test_the_investor_never_receives_more_than_the_tax(taxes: list[int]) -> None:
    carried = (Fraction(0), 0)
    for tax in taxes:
        amount, carried = recover_first(Fraction(tax), **ZIBO, carried=carried)

        assert 0 <= amount <= tax


def test_a_window_refunds_what_was_paid_beyond_the_grants() -> None:
    carried, refunds = (Fraction(0), Fraction(0), 0), []
    for paid, granted in ((10, 5), (10, 15), (10, 0), (5, 9)):
        refund, carried = settle_up(
            Fraction(paid), granted=Fraction(granted), window=Fraction(3), months=12, carried=carried
        )
        refunds.append(refund)

    assert [0, 0, 10, 0] == refunds
    assert (5, 9, 12) == carried


def test_the_basis_of_an_advance_decides_what_comes_back() -> None:
    given = {"quantity": Fraction(70), "price": Fraction(1), "actual": Fraction(90)}

    assert 30 == true_up(Fraction(100), **given, basis="contract_unit_price")
    assert 10 == true_up(Fraction(100), **given, basis="actual_cost")
    with pytest.raises(RuleError):
        true_up(Fraction(100), **given, basis="fair")
