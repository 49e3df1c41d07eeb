from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinghe.dispute import TABLE, Dispute, carry_out, open_dispute
from jinghe.errors import RuleError
from jinghe.labels import Text
from jinghe.ledger import Entry, Ledger, Leg
from jinghe.units import Money

HOST, ORIGIN, LINE = "140900", "140100", "park/2021/1/1"
CLOCKS = {"reply_days": 15, "mediation_days": 30, "ruling_days": 30, "appeal_days": 10}
WHY = Text("税基多计", "the base is too large")
OPENED = date(2022, 3, 1)
ACTIONS = sorted({step.action for step in TABLE.steps})
ACTORS = (HOST, ORIGIN, "office", "arbiter", "superior", "140700")


def books(book: str = "money") -> Ledger:
    legs = (Leg(HOST, -500), Leg(ORIGIN, 500))
    other = (Leg(HOST, -70), Leg("140700", 70))
    memo = Text("分享", "share")
    return Ledger(
        (
            Entry(LINE, date(2022, 2, 14), book, "fen", legs, memo),
            Entry("park/2021/1/2", date(2022, 2, 14), book, "fen", other, memo),
        )
    )


def lodge(ledger: Ledger, clocks: dict[str, int] | None = None) -> Dispute:
    return open_dispute(
        "d1",
        line=LINE,
        by=HOST,
        claimed=Money(400),
        claim=WHY,
        on=OPENED,
        ledger=ledger,
        clocks=CLOCKS if clocks is None else clocks,
    )


def balances(ledger: Ledger, book: str = "money") -> dict[str, int]:
    return {key: sum_ for key, sum_ in ledger.trial_balance(book=book, unit="fen").items() if sum_}


def test_a_disputed_line_stands_in_suspense_until_the_end() -> None:
    dispute = lodge(books())
    held = carry_out(dispute, books())
    settled = carry_out(dispute.take("concede", by=ORIGIN, on=date(2022, 3, 9)), held)
    upheld = carry_out(dispute.take("withdraw", by=HOST, on=date(2022, 3, 9)), held)

    assert {HOST: -70, "140700": 70, "suspense:140900": -500, "suspense:140100": 500} == balances(held)
    assert {HOST: -470, "140700": 70, ORIGIN: 400} == balances(settled)
    assert {HOST: -570, "140700": 70, ORIGIN: 500} == balances(upheld)
    assert settled.standing(LINE).id == f"{LINE}+d1"
    assert upheld.standing(LINE).id == LINE
    assert "end of dispute d1: the base is too large" == settled.entries[-1].memo.en


def test_a_line_ruled_to_nothing_leaves_the_books() -> None:
    dispute = lodge(books()).take("mediate", by="office", on=date(2022, 3, 20))
    agreed = dispute.take("agree", by="office", on=date(2022, 3, 21), amount=Money(0))

    ledger = carry_out(agreed, books())

    assert {HOST: -70, "140700": 70} == balances(ledger)
    assert ledger.standing(LINE) is None


def test_a_line_that_is_not_in_these_books_is_refused() -> None:
    with pytest.raises(RuleError, match="hold no line"):
        carry_out(lodge(books()), Ledger())


@settings(max_examples=80, deadline=None)
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(ACTIONS),
            st.sampled_from(ACTORS),
            st.integers(-3, 40),
            st.one_of(st.none(), st.integers(-(10**6), 10**6)),
            st.booleans(),
        ),
        max_size=25,
    ),
    book=st.sampled_from(["money", "assessment"]),
    clocks=st.sampled_from([CLOCKS, {"reply_days": 15, "ruling_days": 30}]),
)
def test_no_sequence_of_steps_by_anybody_reaches_a_forbidden_state_or_unbalances_a_book(
    steps: list[tuple], book: str, clocks: dict[str, int]
) -> None:
    ledger, day = books(book), OPENED
    dispute = lodge(ledger, clocks)
    for action, actor, days, amount, is_reasoned in steps:
        day += timedelta(days=days)
        before = dispute
        how = {"amount": None if amount is None else Money(amount), "reason": WHY if is_reasoned else None}
        try:
            dispute = dispute.take(action, by=actor, on=day, **how)
        except RuleError as error:
            check_refusal(error)
        else:
            check_step(before, dispute, actor)
        ledger = carry_out(dispute, ledger)
        check_books(dispute, ledger, book)


def check_refusal(error: RuleError) -> None:
    for fault in error.problems:
        if fault.code == "move-refused":
            assert "现在可办：" in fault.text("zh")
            assert "Allowed now: " in fault.text("en")
        assert fault.text("zh")
        assert fault.text("en")


def check_step(before: Dispute, after: Dispute, actor: str) -> None:
    done = after.actions[-1]
    rows = {(s.state, s.action, s.role, s.to) for s in TABLE.steps}
    assert (before.state, done.action, before.role(actor), done.to) in rows
    assert before.is_open
    assert before.actions == after.actions[:-1]


def check_books(dispute: Dispute, ledger: Ledger, book: str) -> None:
    found = balances(ledger, book)
    assert 0 == sum(found.values())
    due = 0 if dispute.is_open else dispute.outcome.fen
    assert (due, -70 - due) == (found.get(ORIGIN, 0), found.get(HOST, 0))
    assert dispute.is_open == ("suspense:140900" in found)
    assert ledger == carry_out(dispute, ledger)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 1000), max_size=12))
def test_while_it_is_open_somebody_can_always_do_something(choices: list[int]) -> None:
    ledger, dispute, day = books(), lodge(books()), OPENED
    for choice in choices:
        if not dispute.is_open:
            return
        ready = [o for o in dispute.options(on=day) if day in o.window]
        assert ready
        day += timedelta(days=choice % 50)
        ready = [o for o in dispute.options(on=day) if day in o.window]
        assert ready, (dispute.state, day)
        option = ready[choice % len(ready)]
        by = {"claimant": HOST, "respondent": ORIGIN}.get(option.role, option.role)
        amount = Money(choice) if option.action in ("agree", "rule", "decide") else None
        dispute = dispute.take(option.action, by=by, on=day, amount=amount, reason=WHY)
        ledger = carry_out(dispute, ledger)
        check_books(dispute, ledger, "money")
