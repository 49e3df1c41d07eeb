"""Corrections (更正): a new statement carries the difference; what was issued stays as it was, chained by digests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from jinghe.errors import Problem, RuleError, problem
from jinghe.labels import Text
from jinghe.sharing.settle import Settlement
from jinghe.sharing.stages import OFFICE
from jinghe.sharing.statement import Item, Statement, find_digest
from jinghe.units import Money

__all__ = ["check_chain", "correct"]


def correct(
    statement: Statement, settlement: Settlement, *, on: date, reason: Text, last: Statement | None = None
) -> tuple[Statement, Statement]:
    """Replace a statement by one that carries the difference (更正): nothing issued is ever changed silently.

    A line whose computed amount is the same keeps its id, and the amount a ruling gave it; any other is to be reversed
    and posted anew (`post`). What has been paid stays paid: only the difference is still to be paid or refunded, so
    nothing is refunded that was not paid.

    Args:
        statement: issued, with no line suspended.
        settlement: the new computation, of the same agreement and period.
        on: the day.
        reason: why.
        last: the agreement's latest statement in the chain; default: the statement itself.
    Returns:
        The statement, now `corrected`, and the correcting one, issued.
    Raises:
        RuleError: the statement cannot be corrected now, or the settlement is of another agreement or period.
    """
    old = statement.settlement
    if (old.agreement, old.period, old.book) != (settlement.agreement, settlement.period, settlement.book):
        found = f"{settlement.agreement}/{settlement.period}"
        raise RuleError([problem("statement-other", statement.id, found=found)])
    closed = statement.take("correct", by=OFFICE, on=on, reason=reason)
    head, _, number = statement.id.rpartition("/")
    name = f"{head}/{int(number) + 1}"
    draft = Statement(
        name,
        replace(settlement, names={**old.names, **settlement.names}),
        statement.calendar,
        tuple(_redraw(statement, settlement, name)),
        corrects=statement.id,
        reason=reason,
    )
    return closed, draft.take("issue", by=OFFICE, on=on, previous=last or statement)


def _redraw(statement: Statement, settlement: Settlement, name: str) -> Iterator[Item]:
    computed = {item.id: item.amount for item in statement.drawn}
    waiting: dict[tuple[str, str, str], list[Item]] = {}
    for item in statement.items:
        waiting.setdefault((item.clause, item.payer, item.payee), []).append(item)
    number = 0
    for line in settlement.lines:
        number += 1
        kin = waiting.get((line.clause, line.payer, line.payee))
        old = kin.pop(0) if kin else None
        if old and _computed(old, computed) == line.amount:
            yield replace(old, line=line, before=old.amount, replaces="")
        elif old:
            fresh = Item(f"{name}/{number}", line.payer, line.payee, line.clause, line.amount, old.amount, old.paid)
            yield replace(fresh, replaces=old.id, line=line)
        else:
            yield Item(f"{name}/{number}", line.payer, line.payee, line.clause, line.amount, line=line)
    for old in (item for kin in waiting.values() for item in kin if item.amount or item.paid):
        number += 1
        gone = Item(f"{name}/{number}", old.payer, old.payee, old.clause, Money(0), old.amount, old.paid)
        yield replace(gone, replaces=old.id)


def _computed(item: Item, drawn: Mapping[str, Money]) -> Money:
    """What the rules gave, whatever a ruling made of it."""
    return item.line.amount if item.line else drawn[item.id]


def check_chain(statements: Sequence[Statement]) -> list[Problem]:
    """List what does not fit in an agreement's statements: a content that its digest denies, a broken chain (校验).

    Drafts are passed over; the others are taken in the order given.
    """
    faults: list[Problem] = []
    before = ""
    for one in statements:
        if one.issued_on is None:
            continue
        if one.digest != find_digest(one):
            faults.append(problem("statement-digest", one.id, found=one.digest[:12]))
        if one.previous != before:
            faults.append(
                problem("statement-chain", one.id, found=one.previous[:12] or "—", expected=before[:12] or "—")
            )
        before = one.digest
    return faults
