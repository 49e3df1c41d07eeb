from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.errors import RuleError
from jinghe.labels import Text
from jinghe.ledger import Entry, Ledger, Leg

MEMO = Text("园区税收分享", "park tax share")
WHY = Text("税基有误", "the base was wrong")
PAY = Entry("e1", date(2021, 12, 31), "money", "fen", (Leg("host", -500), Leg("origin", 300), Leg("pool", 200)), MEMO)
CREDIT = Entry("e2", date(2022, 1, 31), "assessment", "point", (Leg("origin", 7), Leg("(credit)", -7)), MEMO)


def codes(entries: Sequence[Entry]) -> list[str]:
    with pytest.raises(RuleError) as caught:
        Ledger(tuple(entries))
    return [p.code for p in caught.value.problems]


def entries() -> st.SearchStrategy[list[Entry]]:
    legs = st.lists(st.tuples(st.sampled_from("ABCD"), st.integers(-(10**12), 10**12)), min_size=1, max_size=5)
    books = st.sampled_from([("money", "fen"), ("assessment", "point"), ("assessment", "10k CNY")])
    posts = st.tuples(books, st.dates(date(2020, 1, 1), date(2025, 1, 1)), legs)
    return st.lists(posts, max_size=8).map(
        lambda found: [balanced(f"e{n}", *book, on=on, legs=legs) for n, (book, on, legs) in enumerate(found)]
    )


def balanced(name: str, book: str, unit: str, *, on: date, legs: list[tuple[str, int]]) -> Entry:
    rest = Leg("rest", -sum(amount for _, amount in legs))
    return Entry(name, on, book, unit, (*(Leg(*leg) for leg in legs), rest), MEMO)


def test_each_account_has_its_balance_in_its_book_and_unit() -> None:
    ledger = Ledger().post(PAY).post(CREDIT)

    assert ledger.balance("origin", book="money", unit="fen") == 300
    assert ledger.balance("origin", book="assessment", unit="point") == 7
    assert ledger.balance("origin", book="assessment", unit="10k CNY") == 0
    assert ledger.trial_balance(book="money", unit="fen") == {"host": -500, "origin": 300, "pool": 200}


def test_balance_as_of_a_day_includes_that_day() -> None:
    ledger = Ledger((PAY,))

    assert ledger.balance("pool", book="money", unit="fen", on=date(2021, 12, 30)) == 0
    assert ledger.balance("pool", book="money", unit="fen", on=date(2021, 12, 31)) == 200


def test_posting_leaves_the_earlier_ledger_as_it_was() -> None:
    before = Ledger((PAY,))

    before.post(CREDIT)

    assert before.entries == (PAY,)


def test_reversal_is_the_mirror_with_its_reason_and_can_be_undone() -> None:
    once = Ledger((PAY,)).reverse("e1", on=date(2022, 3, 1), memo=WHY)
    twice = once.reverse("e1~", on=date(2022, 3, 2), memo=WHY)

    assert once.entries[1] == Entry(
        "e1~",
        date(2022, 3, 1),
        "money",
        "fen",
        (Leg("host", 500), Leg("origin", -300), Leg("pool", -200)),
        WHY,
        reverses="e1",
    )
    assert set(once.trial_balance(book="money", unit="fen").values()) == {0}
    assert twice.trial_balance(book="money", unit="fen") == Ledger((PAY,)).trial_balance(book="money", unit="fen")


@given(entries())
def test_balances_of_any_posts_sum_to_zero(posts: list[Entry]) -> None:
    ledger = Ledger()
    for entry in posts:
        ledger = ledger.post(entry)

    assert ledger == Ledger(tuple(posts))
    for book, unit in {(e.book, e.unit) for e in posts}:
        for on in (None, date(2022, 6, 30)):
            assert sum(ledger.trial_balance(book=book, unit=unit, on=on).values()) == 0


@given(entries(), st.randoms(use_true_random=False))
def test_reversing_everything_in_any_order_restores_every_balance(posts: list[Entry], order: random.Random) -> None:
    ledger = Ledger(tuple(posts))
    order.shuffle(posts)

    for entry in posts:
        ledger = ledger.reverse(entry.id, on=date(2025, 1, 1), memo=WHY)

    for book, unit in {(e.book, e.unit) for e in posts}:
        assert not any(ledger.trial_balance(book=book, unit=unit).values())


@given(entries().filter(bool))
def test_reversing_one_restores_the_balances_before_it(posts: list[Entry]) -> None:
    before, after = Ledger(tuple(posts[:-1])), Ledger(tuple(posts))
    book, unit = posts[-1].book, posts[-1].unit

    restored = after.reverse(posts[-1].id, on=date(2025, 1, 1), memo=WHY)

    for account in after.trial_balance(book=book, unit=unit):
        expected = before.balance(account, book=book, unit=unit)
        assert restored.balance(account, book=book, unit=unit) == expected


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (replace(PAY, legs=(Leg("A", -5), Leg("B", 4))), "entry-unbalanced"),
        (replace(PAY, legs=(Leg("A", 0),)), "entry-unbalanced"),
        (replace(PAY, legs=()), "entry-unbalanced"),
        (replace(PAY, id=""), "entry-repeated"),
        (replace(PAY, book="cash"), "choice-unknown"),
        (replace(PAY, unit="CNY"), "unit-mismatch"),
        (replace(PAY, reverses="e0"), "entry-unknown"),
    ],
)
def test_entry_that_does_not_fit_is_refused(entry: Entry, code: str) -> None:
    assert codes([entry]) == [code]


def test_entries_that_do_not_fit_each_other_are_refused() -> None:
    mirror = Entry("e3", PAY.on, "money", "fen", tuple(Leg(x.account, -x.amount) for x in PAY.legs), WHY, reverses="e1")

    assert codes([PAY, PAY]) == ["entry-repeated"]
    assert codes([PAY, replace(mirror, legs=(Leg("A", 1), Leg("B", -1)))]) == ["entry-mirror"]
    assert codes([PAY, replace(mirror, on=date(2021, 1, 1), memo=Text("", ""))]) == ["entry-early", "entry-reason"]
    assert codes([PAY, mirror, replace(mirror, id="e4")]) == ["entry-reversed"]
    assert codes([replace(PAY, legs=()), replace(PAY, unit="CNY", id="x")]) == ["entry-unbalanced", "unit-mismatch"]


def test_an_unbalanced_entry_says_by_how_much() -> None:
    with pytest.raises(RuleError) as caught:
        Ledger().post(replace(PAY, legs=(Leg("A", -5), Leg("B", 4))))

    assert caught.value.problems[0].text("en") == (
        "ledger[e1]: the entry has 2 legs that sum to -1 fen. An entry has at least two legs and they sum to zero. "
        "Add the other side or correct the amounts."
    )


def test_only_a_posted_entry_is_reversed() -> None:
    with pytest.raises(RuleError, match="there is no entry “e9” to reverse"):
        Ledger((PAY,)).reverse("e9", on=date(2022, 1, 1), memo=WHY)


def test_a_fraction_of_a_fen_is_a_fault_of_the_programmer() -> None:
    with pytest.raises(AssertionError):
        Ledger().post(replace(PAY, legs=(Leg("A", 0.5), Leg("B", -0.5))))


def test_what_stands_for_an_entry_follows_its_corrections() -> None:
    new = replace(PAY, id="e3", on=date(2022, 3, 1), legs=(Leg("host", -400), Leg("origin", 400)), replaces="e1")
    reversed_once = Ledger((PAY,)).reverse("e1", on=date(2022, 3, 1), memo=WHY)
    corrected = reversed_once.post(new)
    undone = corrected.reverse("e3", on=date(2022, 4, 1), memo=WHY)

    assert Ledger((PAY,)).standing("e1") == PAY
    assert reversed_once.standing("e1") is None
    assert corrected.standing("e1") == new
    assert undone.standing("e1") is None
    assert undone.reverse("e3~", on=date(2022, 4, 2), memo=WHY).standing("e1") == new
    assert Ledger().standing("e9") is None


def test_an_entry_replaces_only_what_is_undone_and_only_once() -> None:
    new = replace(PAY, id="e3", on=date(2022, 3, 1), replaces="e1")
    undone = Ledger((PAY,)).reverse("e1", on=date(2022, 3, 1), memo=WHY)

    assert codes([PAY, new]) == ["entry-replaced"]
    assert codes([*undone.entries, new, replace(new, id="e4")]) == ["entry-replaced"]
    assert codes([replace(PAY, replaces="e9")]) == ["entry-replaced"]
