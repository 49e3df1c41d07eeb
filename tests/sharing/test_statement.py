from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from jinghe.errors import RuleError
from jinghe.labels import Text
from jinghe.panel import Panel
from jinghe.region import Region
from jinghe.sharing import Agreement, settle
from jinghe.sharing.statement import Statement, draft_statement, find_digest
from jinghe.units import Money, Period

ISSUED = date(2022, 2, 14)
WHY = Text("税基有误", "the base is wrong")
A, B = "990100", "990200"
LINE = "toy-park/2021/1/1"


@pytest.fixture
def draft(park: Agreement, toy_panel: Panel, toy_region: Region) -> Statement:
    found = settle(park, panel=toy_panel, region=toy_region, period=Period.of("2021"))
    return draft_statement(found, calendar=park.calendar)


@pytest.fixture
def issued(draft: Statement) -> Statement:
    return draft.take("issue", by="office", on=ISSUED)


@pytest.fixture
def refused() -> Callable[..., list[str]]:
    def ask(statement: Statement, action: str, **how) -> list[str]:
        with pytest.raises(RuleError) as caught:
            statement.take(action, **how)
        return [p.code for p in caught.value.problems]

    return ask


def test_the_calendar_counts_from_the_period_and_from_issue(draft: Statement, issued: Statement) -> None:
    assert {"data_due": date(2022, 2, 14), "payment_due": date(2022, 4, 30)} == draft.days
    assert date(2022, 3, 6) == issued.days["objection_end"]
    late = draft.take("issue", by="office", on=date(2022, 6, 1))
    assert late.days["objection_end"] == late.days["payment_due"] == date(2022, 6, 21)
    noticed = replace(draft, calendar={"notice_days": 10, "data_due_days": 45})
    assert date(2022, 2, 24) == noticed.days["notice_due"]


def test_a_statement_is_issued_confirmed_final_and_paid(issued: Statement) -> None:
    paid = (
        issued.take("confirm", by=A, on=date(2022, 2, 20))
        .take("confirm", by=B, on=date(2022, 2, 21))
        .take("finalise", by="office", on=date(2022, 2, 21))
        .take("pay", by="office", on=date(2022, 4, 1))
    )

    assert ["issued", "issued", "issued", "final", "paid"] == [move.to for move in paid.moves]
    assert (Money(500_0000_00), Money(500_0000_00)) == (paid.items[0].amount, paid.items[0].paid)
    assert {A: Money(500_0000_00), B: Money(-500_0000_00)} == paid.net
    assert "draft" == paid.as_of(date(2022, 2, 13)).state
    assert "" == paid.as_of(date(2022, 2, 13)).digest
    assert "final" == paid.as_of(date(2022, 3, 1)).state
    assert Money(0) == paid.as_of(date(2022, 3, 1)).items[0].paid


def test_silence_until_the_end_of_objections_is_consent(issued: Statement, refused) -> None:
    assert ["move-refused"] == refused(issued, "finalise", by="office", on=date(2022, 3, 6))
    assert "final" == issued.take("finalise", by="office", on=date(2022, 3, 7)).state


def test_without_days_for_objections_everybody_must_confirm(draft: Statement, refused) -> None:
    issued = replace(draft, calendar={}).take("issue", by="office", on=date(2022, 1, 1))

    assert ["move-refused"] == refused(issued, "finalise", by="office", on=date(2030, 1, 1))
    assert "objected" == issued.take("object", by=B, on=date(2029, 1, 1), reason=WHY).state


def test_nothing_is_issued_before_the_data_are_due(draft: Statement) -> None:
    with pytest.raises(RuleError) as caught:
        draft.take("issue", by="office", on=date(2022, 2, 13))
    assert caught.value.problems[0].text("zh") == (
        "toy-park/2021/1：2022-02-13 结算机构不能送达：现处“草案”状态。"
        "各状态下谁可办什么、在何期限内办，由程序一览表规定。现在可办：结算机构可送达（2022-02-14起）。"
    )


def test_an_objection_is_withdrawn_by_who_made_it(issued: Statement, refused) -> None:
    one = issued.take("object", by=A, on=date(2022, 2, 20), line=LINE, reason=WHY)
    both = one.take("object", by=B, on=date(2022, 2, 21), reason=WHY)

    assert ["move-refused"] == refused(one, "withdraw", by=B, on=date(2022, 2, 22))
    assert ("objected", "issued") == (
        both.take("withdraw", by=A, on=date(2022, 2, 22)).state,
        one.take("withdraw", by=A, on=date(2022, 2, 22)).state,
    )
    assert [B] == [move.by for move in both.take("withdraw", by=A, on=date(2022, 2, 22)).objections]
    assert ["move-refused"] == refused(issued, "object", by=A, on=date(2022, 3, 7), reason=WHY)


def test_a_contested_line_waits_for_the_ruling_and_the_rest_is_paid(issued: Statement, refused) -> None:
    final = issued.take("object", by=A, on=date(2022, 2, 20), line=LINE, reason=WHY).take(
        "refer", by="office", on=date(2022, 3, 7)
    )

    assert final.items[0].is_suspended
    assert {A: Money(0), B: Money(0)} == final.net
    assert () == final.objections
    assert ["move-refused"] == refused(final, "pay", by="office", on=date(2022, 4, 1))
    ruled = final.take("amend", by="office", on=date(2022, 4, 1), line=LINE, amount=Money(400_0000_00), reason=WHY)
    assert (Money(400_0000_00), False) == (ruled.items[0].amount, ruled.items[0].is_suspended)
    assert "paid" == ruled.take("pay", by="office", on=date(2022, 4, 2)).state
    assert ["move-refused"] == refused(ruled, "uphold", by="office", on=date(2022, 4, 2), line=LINE)
    kept = final.take("uphold", by="office", on=date(2022, 4, 1), line=LINE)
    assert Money(500_0000_00) == kept.items[0].amount


def test_lines_outside_a_dispute_are_paid_meanwhile(ranked: Agreement, toy_panel: Panel, toy_region: Region) -> None:
    found = settle(ranked, panel=toy_panel, region=toy_region, period=Period.of("2021"))
    statement = draft_statement(found, calendar=ranked.calendar)
    late = max(statement.days.get("data_due", date(2022, 1, 1)), date(2022, 1, 1))
    statement = statement.take("issue", by="office", on=late)
    for party in statement.parties:
        statement = statement.take("confirm", by=party, on=late)
    first, *others = [item.id for item in statement.items if item.amount]

    held = statement.take("finalise", by="office", on=late).take("suspend", by="office", on=late, line=first)
    part = held.take("pay", by="office", on=late)

    assert "final" == part.state
    assert {first: Money(0)} == {item.id: item.paid for item in part.items if item.id == first}
    assert all(item.paid == item.amount for item in part.items if item.id in others)
    done = part.take("uphold", by="office", on=late, line=first).take("pay", by="office", on=late)
    assert "paid" == done.state
    assert all(item.paid == item.amount for item in done.items)


def test_a_step_that_does_not_fit_is_refused(issued: Statement, refused) -> None:
    assert ["move-actor"] == refused(issued, "confirm", by="140100", on=ISSUED)
    assert ["move-early"] == refused(issued, "confirm", by=A, on=date(2022, 2, 13))
    assert ["move-reason"] == refused(issued, "object", by=A, on=ISSUED)
    assert ["statement-line"] == refused(issued, "object", by=A, on=ISSUED, line="other/2021/1/1", reason=WHY)
    assert ["statement-amount"] == refused(issued, "confirm", by=A, on=ISSUED, amount=Money(5))
    assert ["move-refused"] == refused(issued, "sing", by=A, on=ISSUED)
    confirmed = issued.take("confirm", by=A, on=ISSUED)
    assert ["move-refused"] == refused(confirmed, "confirm", by=A, on=ISSUED)
    final = issued.take("finalise", by="office", on=date(2022, 3, 7))
    how = {"by": "office", "on": date(2022, 3, 8), "line": LINE, "reason": WHY}
    assert ["statement-amount"] == refused(final, "amend", **how)


def test_what_may_be_done_now_is_listed(issued: Statement) -> None:
    found = {(o.action, o.window.last) for o in issued.options(on=ISSUED, by=A)}

    assert {("confirm", date.max), ("object", date(2022, 3, 6)), ("finalise", date.max), ("correct", date.max)} == found


def test_issuing_freezes_the_content(issued: Statement) -> None:
    assert 64 == len(issued.digest)
    assert find_digest(issued) == issued.digest
    assert find_digest(issued.take("confirm", by=A, on=ISSUED)) == issued.digest
    changed = replace(issued, drawn=(replace(issued.drawn[0], amount=Money(1)),))
    assert find_digest(changed) != issued.digest


def test_a_statement_is_json(issued: Statement) -> None:
    tree = issued.take("object", by=A, on=date(2022, 2, 20), reason=WHY).as_dict()

    assert ("objected", {"zh": "有异议", "en": "objected"}) == (tree["state"], tree["state_name"])
    assert {A: 500_0000_00, B: -500_0000_00} == tree["net"]
    assert {"zh": "税基有误", "en": "the base is wrong"} == tree["moves"][1]["reason"]
    assert "2022-03-06" == tree["days"]["objection_end"]
