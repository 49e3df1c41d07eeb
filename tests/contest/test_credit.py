from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.contest.credit import credit_items, share_item
from jinghe.contest.credit_rule import RULES, CreditRule
from jinghe.contest.register import JointItem
from jinghe.labels import Text

SHARES = st.dictionaries(st.sampled_from("ABCDE"), st.integers(0, 9).map(float), min_size=1, max_size=5)


def joint(given: dict[str, float], *, name: str = "road", status: str = "completed") -> JointItem:
    lead, *partners = given
    shares = tuple(given.items())
    return JointItem(name, None, "unknown", lead, tuple(partners), "", Text.of(name), "", "", status, shares, "s")


def total(items, *, rule, codes="ABCDE", points=None):
    return credit_items(items, rule=rule, codes=tuple(codes), points=points).totals


def test_equal_shares_do_not_ask_who_did_what():
    assert total([joint({"A": 9, "B": 1})], rule="equal", codes="AB").tolist() == [0.5, 0.5]


def test_contributions_are_paid_in_proportion():
    assert total([joint({"A": 3, "B": 1})], rule="contribution", codes="AB").tolist() == [0.75, 0.25]


def test_without_printed_contributions_the_split_is_equal_and_told(make_item):
    found = credit_items([make_item("T2", "B", "C")], rule="contribution", codes=("A", "B", "C"))

    assert found.totals.tolist() == [0, 0.5, 0.5]
    assert found.fallback == ("T2",)
    assert [line.rule for line in found.items] == ["equal", "equal"]


def test_points_follow_the_status():
    found = total([joint({"A": 1}, status="started")], rule="equal", codes="A", points={"started": 0.5})

    assert found.tolist() == [0.5]
    assert total([joint({"A": 1}, status="planned")], rule="equal", codes="A", points={"started": 0.5}).tolist() == [0]


@pytest.mark.parametrize("rule", ["equal", "contribution"])
@pytest.mark.parametrize("other", ["P", "610000"])
def test_the_province_and_outsiders_neither_get_nor_take_credit(make_item, rule, other):
    alone = total([make_item("x", "A", "B", A=3, B=1)], rule=rule)

    assert total([make_item("x", "A", "B", other, A=3, B=1, **{other: 96})], rule=rule).tolist() == alone.tolist()
    assert total([make_item("x", other, "A", "B", A=3, B=1)], rule=rule).tolist() == alone.tolist()


def test_an_item_without_a_contestant_is_told(make_item):
    found = credit_items([make_item("x", "P", "610000")], rule="equal", codes=("A",))

    assert (found.totals.tolist(), found.unclaimed, found.items) == ([0], ("x",), ())


def test_a_party_named_twice_counts_once(make_item):
    assert share_item(make_item("x", "A", "B", "A"), rule="equal", codes="AB") == ("equal", {"A": 0.5, "B": 0.5})


@given(SHARES, st.sampled_from(["equal", "contribution"]))
def test_all_of_an_item_is_credited_and_nothing_more(shares, rule):
    assert total([joint(shares)], rule=rule).sum() == pytest.approx(1)


@given(SHARES, st.sampled_from(["equal", "contribution"]))
def test_equal_contributors_get_the_same(shares, rule):
    level = dict.fromkeys(shares, 2.0)

    found = total([joint(level)], rule=rule, codes=tuple(shares))

    assert found == pytest.approx(np.full(len(shares), 1 / len(shares)))


@given(SHARES.filter(lambda shares: any(shares.values())))
def test_who_contributes_nothing_gets_nothing(shares):
    found = credit_items([joint(shares)], rule="contribution", codes=tuple(shares))

    for code, credit in zip(found.codes, found.totals, strict=True):
        assert (credit == 0) == (shares[code] == 0)


@given(SHARES, st.sampled_from(["equal", "contribution"]), st.integers(2, 6))
def test_slicing_an_item_gains_nothing(shares, rule, slices):
    whole = total([joint(shares)], rule=rule)
    parts = [joint(shares, name=f"slice {k}", status="started") for k in range(slices)]

    assert total(parts, rule=rule, points={"started": 1 / slices}) == pytest.approx(whole)


@given(SHARES.filter(lambda shares: "E" not in shares and any(shares.values())))
def test_a_nominal_partner_changes_nothing_under_contribution(shares):
    before = total([joint(shares)], rule="contribution")

    assert total([joint(shares | {"E": 0.0})], rule="contribution") == pytest.approx(before)


@given(SHARES.filter(lambda shares: "A" in shares), st.integers(1, 9))
def test_contributing_more_never_earns_less(shares, more):
    before = total([joint(shares)], rule="contribution", codes="ABCDE")[0] if any(shares.values()) else 0

    assert total([joint(shares | {"A": shares["A"] + more})], rule="contribution")[0] >= before - 1e-12


def test_counting_an_item_for_every_partner_shows_by_how_much_it_inflates():
    rule = CreditRule("both", count_share=0.75)

    found = credit_items([joint({"A": 3, "B": 1}), joint({"A": 1, "B": 1, "C": 1})], rule=rule, codes=tuple("ABC"))

    assert found.totals.tolist() == [1.5, 1.5, 0.75]
    assert [line.inflation for line in found.items] == [1.5, 1.5, 2.25, 2.25, 2.25]
    assert found.inflation == pytest.approx(3.75 / 2)


def test_what_sums_to_its_points_is_not_inflated():
    assert credit_items([joint({"A": 3, "B": 1})], rule="contribution", codes=tuple("AB")).inflation == 1


def test_a_claim_that_nobody_confirms_earns_nothing_and_is_named():
    claimed, agreed = (replace(joint({"A": 1, "B": 1}, name=name), standing=name) for name in ("claimed", "confirmed"))

    found = credit_items([claimed, replace(agreed, factor=0.8)], rule="equal", codes=tuple("AB"))

    assert (found.totals.tolist(), found.unconfirmed) == ([0.4, 0.4], ("claimed",))


def test_where_reports_are_asked_for_nothing_counts_without_them():
    rule = CreditRule("equal", mirror_penalty=0.5)

    found = credit_items([joint({"A": 1, "B": 1})], rule=rule, codes=tuple("AB"))

    assert (found.totals.tolist(), found.unconfirmed) == ([0, 0], ("road",))


def test_a_schedule_is_read_on_the_day_of_scoring():
    split = {"A": ((date(2021, 1, 1), 0.6), (date(2026, 1, 1), 0.5)), "B": ((date(2021, 1, 1), 0.4),)}
    rule = CreditRule("negotiated", schedule={"road": split})

    shares = [
        share_item(joint({"A": 1, "B": 1}), rule=rule, codes="AB", on=date(year, 12, 31)) for year in (2020, 2021)
    ]

    assert shares == [("equal", {"A": 0.5, "B": 0.5}), ("negotiated", {"A": 0.6, "B": 0.4})]


@pytest.mark.parametrize("kind", RULES)
def test_points_per_row_reward_slicing_under_every_rule(kind):
    terms = CreditRule(kind, forms={"default": "additive"}, schedule={"road": {"A": ((date.min, 1.0),)}})

    one, two = (credit_items([joint({"A": 3, "B": 1})] * rows, rule=terms, codes=tuple("AB")).totals for rows in (1, 2))

    assert two[0] == pytest.approx(2 * one[0])  # which is why rows of the same partners are looked at by the flags
