from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from jinghe.errors import RuleError
from jinghe.labels import Text
from jinghe.panel import Panel
from jinghe.region import Region
from jinghe.sharing import Agreement, settle
from jinghe.sharing.correction import check_chain, correct
from jinghe.sharing.settle import Settlement
from jinghe.sharing.statement import Statement, draft_statement
from jinghe.units import Money, Period

WHY = Text("税基有误", "the base is wrong")
ISSUED, LATER = date(2022, 2, 14), date(2022, 5, 1)
FIRST = "toy-park/2021/1/1"


@pytest.fixture
def settlement(park: Agreement, toy_panel: Panel, toy_region: Region) -> Settlement:
    return settle(park, panel=toy_panel, region=toy_region, period=Period.of("2021"))


@pytest.fixture
def issued(park: Agreement, settlement: Settlement) -> Statement:
    return draft_statement(settlement, calendar=park.calendar).take("issue", by="office", on=ISSUED)


def paying(settlement: Settlement, fen: int) -> Settlement:
    return replace(settlement, lines=tuple(replace(line, amount=Money(fen)) for line in settlement.lines))


def test_a_correction_carries_the_difference(issued: Statement, settlement: Settlement) -> None:
    old, new = correct(issued, paying(settlement, 550_0000_00), on=LATER, reason=WHY)

    assert ("corrected", "issued") == (old.state, new.state)
    assert ("toy-park/2021/2", issued.id, WHY) == (new.id, new.corrects, new.reason)
    (item,) = new.items
    assert ("toy-park/2021/2/1", FIRST) == (item.id, item.replaces)
    assert (Money(500_0000_00), Money(50_0000_00)) == (item.before, item.difference)
    assert [] == check_chain([old, new])


def test_a_line_that_stays_the_same_keeps_its_id(issued: Statement, settlement: Settlement) -> None:
    extra = replace(settlement.lines[0], clause="c9", amount=Money(7))
    _, new = correct(issued, replace(settlement, lines=(*settlement.lines, extra)), on=LATER, reason=WHY)

    assert [FIRST, "toy-park/2021/2/2"] == [item.id for item in new.items]
    assert [Money(0), Money(7)] == [item.difference for item in new.items]


def test_a_line_that_drops_out_is_carried_to_nothing_once(issued: Statement, settlement: Settlement) -> None:
    _, new = correct(issued, replace(settlement, lines=()), on=LATER, reason=WHY)
    _, third = correct(new, replace(settlement, lines=()), on=LATER, reason=WHY)

    assert [(Money(0), Money(500_0000_00), None)] == [(i.amount, i.before, i.line) for i in new.items]
    assert () == third.items


def test_a_ruling_stands_until_the_figures_change(issued: Statement, settlement: Settlement) -> None:
    final = issued.take("finalise", by="office", on=date(2022, 3, 7))
    held = final.take("suspend", by="office", on=date(2022, 3, 8), line=FIRST)
    ruled = held.take("amend", by="office", on=date(2022, 4, 1), line=FIRST, amount=Money(4), reason=WHY)

    _, same = correct(ruled, settlement, on=LATER, reason=WHY)
    _, other = correct(same, paying(settlement, 9), on=LATER, reason=WHY)

    assert [(FIRST, Money(4), Money(0))] == [(i.id, i.amount, i.difference) for i in same.items]
    assert [("toy-park/2021/3/1", Money(9), Money(5))] == [(i.id, i.amount, i.difference) for i in other.items]


def test_nothing_is_corrected_under_dispute_without_reason_or_for_another_period(
    issued: Statement, settlement: Settlement
) -> None:
    held = issued.take("finalise", by="office", on=date(2022, 3, 7)).take(
        "suspend", by="office", on=date(2022, 3, 8), line=FIRST
    )
    with pytest.raises(RuleError, match="uphold a line"):
        correct(held, settlement, on=LATER, reason=WHY)
    with pytest.raises(RuleError, match="no reason is given"):
        correct(issued, settlement, on=LATER, reason=Text("", ""))
    with pytest.raises(RuleError, match="another agreement or period"):
        correct(issued, replace(settlement, period=Period.of("2022")), on=LATER, reason=WHY)


def test_a_changed_or_missing_statement_breaks_the_chain(issued: Statement, settlement: Settlement) -> None:
    old, new = correct(issued, paying(settlement, 9), on=LATER, reason=WHY)
    draft = draft_statement(settlement, calendar={})
    silent = replace(old, drawn=(replace(old.drawn[0], amount=Money(1)),))

    assert ["statement-digest"] == [p.code for p in check_chain([silent, new])]
    assert ["statement-chain"] == [p.code for p in check_chain([new])]
    assert ["statement-chain", "statement-chain"] == [p.code for p in check_chain([new, old])]
    assert [] == check_chain([old, draft, new])
