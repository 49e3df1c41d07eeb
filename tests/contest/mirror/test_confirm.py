from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinghe.contest.credit import credit_items
from jinghe.contest.mirror import Claim, confirm_items

DAY = date(2023, 1, 1)


@pytest.fixture
def confirm(make_item):
    def run(reports, *, penalty=0.5, ruling=None, parties="AB"):
        claims = [Claim("p", code, value, "亿元", DAY) for code, value in reports.items()]
        claims += [] if ruling is None else [Claim("p", "P", ruling, "亿元", DAY, "ruling")]
        items, found = confirm_items([make_item("p", *parties)], claims=claims, penalty=penalty, codes="ABC")
        return items[0], found[0]

    return run


def test_two_reports_confirm_and_pay_for_their_difference(confirm):
    item, found = confirm({"A": 110, "B": 90})

    assert (found.standing, found.value, found.discrepancy, found.factor) == ("confirmed", 100, 0.2, pytest.approx(0.9))
    assert (item.standing, item.factor) == ("confirmed", pytest.approx(0.9))


@pytest.mark.parametrize("reports", [{}, {"A": 100}, {"A": 100, "P": 100}, {"A": 100, "C": 100}])
def test_a_claim_of_one_side_waits(confirm, reports):
    item, found = confirm(reports)

    assert (found.standing, found.factor) == ("claimed", 0)
    assert "B" in found.silent
    assert credit_items([item], rule="equal", codes=tuple("AB")).totals.tolist() == [0, 0]


@pytest.mark.parametrize("value,factor", [(80, 1), (0, 0)])
def test_a_ruling_ends_the_wait(confirm, value, factor):
    item, found = confirm({"A": 100}, ruling=value)

    assert (found.standing, found.value, found.factor) == ("adjudicated", value, factor)
    assert credit_items([item], rule="equal", codes=tuple("AB")).totals.tolist() == [factor / 2] * 2


def test_three_partners_may_leave_one_silent(confirm):
    _, found = confirm({"A": 100, "C": 100}, parties="ABC")

    assert (found.standing, found.silent, found.factor) == ("confirmed", ("B",), 1)


def test_reports_of_nothing_confirm_nothing_to_count(confirm):
    assert confirm({"A": 0, "B": 0})[1].factor == 0


@settings(max_examples=30)
@given(st.floats(0.01, 3), st.floats(0.5, 2))
def test_overstating_alone_does_not_pay_at_a_penalty_of_one_half(share, penalty):
    values = 1.0, 1 + share
    gap = 2 * (values[1] - values[0]) / sum(values)

    assert sum(values) / 2 * max(0, 1 - penalty * gap) <= 1 + 1e-12


def test_overstating_together_is_not_seen(confirm):
    _, found = confirm({"A": 130, "B": 130})

    assert (found.value, found.factor) == (130, 1)
