from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinghe.dispute import carry_out, open_dispute
from jinghe.errors import RuleError
from jinghe.labels import Text
from jinghe.ledger import Ledger
from jinghe.panel import Panel
from jinghe.region import Region
from jinghe.sharing import Agreement, settle
from jinghe.sharing.correction import check_chain, correct
from jinghe.sharing.posting import check_books, post
from jinghe.sharing.settle import Settlement
from jinghe.sharing.stages import STAGES
from jinghe.sharing.statement import Statement, draft_statement
from jinghe.units import Money, Period

WHY = Text("税基有误", "the base is wrong")
A, B = "990100", "990200"
ISSUED, PAID_ON, LATER = date(2022, 2, 14), date(2022, 4, 1), date(2022, 5, 1)


@pytest.fixture
def settlement(park: Agreement, toy_panel: Panel, toy_region: Region) -> Settlement:
    return settle(park, panel=toy_panel, region=toy_region, period=Period.of("2021"))


@pytest.fixture
def issued(park: Agreement, settlement: Settlement) -> Statement:
    return draft_statement(settlement, calendar=park.calendar).take("issue", by="office", on=ISSUED)


def paying(settlement: Settlement, *amounts: int) -> Settlement:
    line = settlement.lines[0]
    lines = [replace(line, amount=Money(fen), clause=f"c{at}") for at, fen in enumerate(amounts)]
    return replace(settlement, lines=tuple(lines))


def owed(ledger: Ledger, on: date | None = None) -> dict[str, int]:
    return {key: sum_ for key, sum_ in ledger.trial_balance(book="money", unit="fen", on=on).items() if sum_}


def pay(statement: Statement, on: date) -> Statement:
    for party in statement.parties:
        statement = statement.take("confirm", by=party, on=on)
    return statement.take("finalise", by="office", on=on).take("pay", by="office", on=on)


def test_a_statement_is_owed_from_its_issue_until_it_is_paid(issued: Statement) -> None:
    ledger = post(pay(issued, PAID_ON), Ledger())

    assert {} == owed(ledger, on=date(2022, 2, 13))
    assert {A: 500_0000_00, B: -500_0000_00} == owed(ledger, on=ISSUED)
    assert {f"cash:{A}": 500_0000_00, f"cash:{B}": -500_0000_00} == owed(ledger)
    assert ledger == post(pay(issued, PAID_ON), ledger)


def test_a_correction_reverses_with_its_reason_and_leaves_the_difference(
    issued: Statement, settlement: Settlement
) -> None:
    paid = pay(issued, PAID_ON)
    old, new = correct(
        paid,
        replace(settlement, lines=(replace(settlement.lines[0], amount=Money(450_0000_00)),)),
        on=LATER,
        reason=WHY,
    )

    ledger = post(new, post(old, Ledger()))

    reversal = next(entry for entry in ledger.entries if entry.reverses)
    assert (WHY, LATER) == (reversal.memo, reversal.on)
    assert {f"cash:{A}": 500_0000_00, f"cash:{B}": -500_0000_00} == owed(ledger, on=PAID_ON)
    assert (-50_0000_00, 50_0000_00) == (owed(ledger)[A], owed(ledger)[B])
    assert [] == check_books(new, ledger)
    refunded = post(pay(new, LATER), ledger)
    assert {f"cash:{A}": 450_0000_00, f"cash:{B}": -450_0000_00} == owed(refunded)


def test_nothing_is_refunded_before_it_is_paid(issued: Statement, settlement: Settlement) -> None:
    old, new = correct(issued, replace(settlement, lines=()), on=LATER, reason=WHY)

    ledger = post(new, post(old, Ledger()))

    assert {} == owed(ledger)
    assert not [name for name in ledger.trial_balance(book="money", unit="fen") if name.startswith("cash:")]


def test_a_ruling_not_yet_posted_shows_in_the_books(issued: Statement) -> None:
    final = issued.take("finalise", by="office", on=date(2022, 3, 7))
    line = final.items[0].id
    held = final.take("suspend", by="office", on=date(2022, 3, 8), line=line)
    ruled = held.take("amend", by="office", on=PAID_ON, line=line, amount=Money(4), reason=WHY)

    assert [] == check_books(held, post(held, Ledger()))
    assert ["statement-books"] == [p.code for p in check_books(ruled, post(ruled, Ledger()))]


def test_a_draft_and_assessment_credit_are_not_posted_as_money(issued: Statement, settlement: Settlement) -> None:
    draft = draft_statement(settlement, calendar={})
    credit = replace(issued, settlement=replace(settlement, book="assessment"))

    for statement in (draft, credit):
        with pytest.raises(RuleError, match="is not posted to the money book"):
            post(statement, Ledger())


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    versions=st.lists(
        st.tuples(st.lists(st.integers(-(10**12), 10**12), max_size=4), st.booleans()), min_size=1, max_size=4
    )
)
def test_books_balance_and_end_at_the_last_version_whatever_was_corrected_and_paid(
    settlement: Settlement, versions: list[tuple[list[int], bool]]
) -> None:
    ledger, day, chain = Ledger(), ISSUED, list[Statement]()
    for amounts, is_paid in versions:
        found = paying(settlement, *amounts)
        if not chain:
            chain.append(draft_statement(found, calendar={}).take("issue", by="office", on=day))
        else:
            chain[-1:] = correct(chain[-1], found, on=day, reason=WHY)
        if is_paid:
            chain[-1] = pay(chain[-1], day)
        ledger = post(chain[-1], ledger)
        day += timedelta(days=30)

    sums = ledger.trial_balance(book="money", unit="fen")
    assert 0 == sum(sums.values())
    last = sum(versions[-1][0])
    paid = sums.get(f"cash:{A}", 0)
    assert last == sums.get(A, 0) + paid
    assert not versions[-1][1] or paid == last
    assert [] == check_books(chain[-1], ledger)
    assert [] == check_chain(chain)
    assert ledger == post(chain[-1], ledger)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(sorted({step.action for step in STAGES.steps} - {"correct"})),
            st.sampled_from(["office", A, B, "140100"]),
            st.integers(-2, 25),
            st.sampled_from(["", "toy-park/2021/1/1", "toy-park/2021/1/2"]),
            st.one_of(st.none(), st.integers(-(10**9), 10**9)),
            st.booleans(),
        ),
        max_size=20,
    )
)
def test_no_sequence_of_steps_by_anybody_leaves_the_table_or_unbalances_the_books(
    settlement: Settlement, steps: list[tuple]
) -> None:
    calendar = {"data_due_days": 45, "objection_days": 20, "payment_due_days": 120}
    statement, ledger, day = draft_statement(paying(settlement, 500, 70), calendar=calendar), Ledger(), ISSUED
    statement = statement.take("issue", by="office", on=day)
    for action, actor, days, line, amount, is_reasoned in steps:
        day += timedelta(days=days)
        before = statement
        how = {"amount": None if amount is None else Money(amount), "reason": WHY if is_reasoned else None}
        try:
            statement = statement.take(action, by=actor, on=day, line=line, **how)
        except RuleError as error:
            check_words(error)
        else:
            check_row(before, action, statement)
        ledger = post(statement, ledger)
        assert 0 == sum(ledger.trial_balance(book="money", unit="fen").values())
        assert 0 == sum(money.fen for money in statement.net.values())
        assert ledger == post(statement, ledger)
        assert [] == check_chain([statement])


def check_words(error: RuleError) -> None:
    assert all(fault.text(lang) for fault in error.problems for lang in ("zh", "en"))


def check_row(before: Statement, action: str, after: Statement) -> None:
    assert (before.state, action, after.state) in {(step.state, step.action, step.to) for step in STAGES.steps}


def test_from_objection_to_ruling_payment_and_late_revision_the_books_follow(
    issued: Statement, settlement: Settlement
) -> None:
    """The two rooms meet in the books only: the line's id is all that they share."""
    line = issued.items[0].id
    objected = issued.take("object", by=B, on=date(2022, 2, 20), line=line, reason=WHY)
    statement = objected.take("refer", by="office", on=date(2022, 3, 7))
    ledger = post(statement, Ledger())
    clocks = {"reply_days": 15, "ruling_days": 30}
    claim = {"by": B, "claimed": Money(400_0000_00), "claim": WHY, "on": date(2022, 3, 7)}
    dispute = open_dispute("d1", line=line, ledger=ledger, clocks=clocks, **claim)
    ledger = carry_out(dispute, ledger)
    assert 0 == ledger.balance(A, book="money", unit="fen")

    dispute = dispute.take("reply", by=A, on=date(2022, 3, 10), reason=WHY)
    dispute = dispute.take("refer", by=A, on=date(2022, 3, 10))
    dispute = dispute.take("rule", by="arbiter", on=PAID_ON, amount=Money(420_0000_00), reason=WHY)
    dispute = dispute.take("close", by="office", on=PAID_ON)
    ledger = carry_out(dispute, ledger)
    ruled = statement.take("amend", by="office", on=PAID_ON, line=line, amount=dispute.outcome, reason=WHY)
    ledger = post(ruled.take("pay", by="office", on=PAID_ON), ledger)

    assert [] == check_books(ruled, ledger)
    assert {f"cash:{A}": 420_0000_00, f"cash:{B}": -420_0000_00} == owed(ledger)
    revised = replace(settlement, lines=(replace(settlement.lines[0], amount=Money(550_0000_00)),))
    old, new = correct(ruled.take("pay", by="office", on=PAID_ON), revised, on=LATER, reason=WHY)
    ledger = post(new, ledger)
    assert Money(130_0000_00) == new.items[0].difference
    assert 130_0000_00 == ledger.balance(A, book="money", unit="fen")
    assert [] == [*check_books(new, ledger), *check_chain([old, new])]
