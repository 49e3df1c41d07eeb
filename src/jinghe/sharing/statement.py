"""A settlement on paper (结算单): issued, confirmed or objected to, final, paid; frozen when issued, never changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from jinghe.errors import Problem, RuleError, problem
from jinghe.labels import Text
from jinghe.ledger import Option, Window
from jinghe.sharing.settle import Line, Settlement
from jinghe.sharing.stages import OFFICE, PARTY, STAGES
from jinghe.sharing.trace import digest_tree
from jinghe.units import Money

__all__ = ["Item", "Move", "Statement", "draft_statement", "find_digest"]

_REASONED = ("object", "amend", "correct")


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a statement as it stands (结算单行): `amount` from payer to payee.

    `before`: what the statement that this one corrects said. `paid`: what has been paid. `replaces`: the id of the line
    whose place it takes; a line that a correction leaves alone keeps its id. `line` holds the working, None for a line
    that has dropped out.
    """

    id: str
    payer: str
    payee: str
    clause: str
    amount: Money
    before: Money = Money(0)
    paid: Money = Money(0)
    replaces: str = ""
    line: Line | None = None
    is_suspended: bool = False

    @property
    def difference(self) -> Money:
        """What a correction changes."""
        return self.amount - self.before


@dataclass(frozen=True, slots=True)
class Move:
    """One step in the course of a statement (流转记录): who did what on which day, about which line, and why."""

    action: str
    by: str
    on: date
    to: str
    effect: str = ""
    line: str = ""
    amount: Money | None = None
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A settlement as a paper with a course (结算单): its content is fixed, its state follows from its moves.

    `calendar` holds days: data_due_days and payment_due_days after the period, notice_days after data are due,
    objection_days after issue; what is left out never runs. `drawn` are the lines as drawn up. `digest` is set when the
    statement is issued, over its whole content and the digest of the statement before it.
    """

    id: str
    settlement: Settlement
    calendar: Mapping[str, int]
    drawn: tuple[Item, ...]
    corrects: str = ""
    reason: Text | None = None
    moves: tuple[Move, ...] = ()
    previous: str = ""
    digest: str = ""

    @property
    def state(self) -> str:
        """draft, issued, objected, final, paid or corrected."""
        return self.moves[-1].to if self.moves else STAGES.start

    @property
    def issued_on(self) -> date | None:
        """The day it was issued; None for a draft."""
        return next((move.on for move in self.moves if move.action == "issue"), None)

    @property
    def parties(self) -> tuple[str, ...]:
        """Who is asked to confirm: everybody who pays or receives, but for the pool."""
        touched = {key for item in self.drawn if item.amount or item.before for key in (item.payer, item.payee)}
        return tuple(key for key in self.settlement.names if key in touched and key != self.settlement.pool)

    @property
    def items(self) -> tuple[Item, ...]:
        """The lines as they stand after all moves."""
        items = {item.id: item for item in self.drawn}
        for at, move in enumerate(self.moves):
            for key in _touched(move, self.moves[:at], items):
                items[key] = _apply(move, items[key])
        return tuple(items.values())

    @property
    def objections(self) -> tuple[Move, ...]:
        """The objections still open."""
        return _open_objections(self.moves)

    @property
    def net(self) -> dict[str, Money]:
        """What each party is owed (+) or owes (−) by the lines that are not suspended, paid or not; it sums to zero."""
        sums = dict.fromkeys([*self.settlement.names, *(k for i in self.drawn for k in (i.payer, i.payee))], Money(0))
        for item in self.items:
            if not item.is_suspended:
                sums[item.payer] -= item.amount
                sums[item.payee] += item.amount
        return sums

    @property
    def days(self) -> dict[str, date]:
        """The days of its calendar: data_due, notice_due, objection_end, payment_due, as far as they are fixed."""
        last, issued, found = self.settlement.period.last, self.issued_on, dict[str, date]()
        if "data_due_days" in self.calendar:
            found["data_due"] = last + timedelta(days=self.calendar["data_due_days"])
        if "notice_days" in self.calendar:
            found["notice_due"] = found.get("data_due", last) + timedelta(days=self.calendar["notice_days"])
        if issued and "objection_days" in self.calendar:
            found["objection_end"] = issued + timedelta(days=self.calendar["objection_days"])
        if "payment_due_days" in self.calendar:
            due = last + timedelta(days=self.calendar["payment_due_days"])
            found["payment_due"] = max(due, found.get("objection_end", due))
        return found

    def options(self, *, on: date, by: str = OFFICE, line: str = "") -> tuple[Option, ...]:
        """List what may be done on a day or later; `by` and `line` decide on facts that only they know."""
        return STAGES.options(self.state, on=on, windows=_windows(self), facts=_facts(self, by, line))

    def as_of(self, day: date) -> Statement:
        """The statement as it stood on a day (某日状态)."""
        moves = tuple(move for move in self.moves if move.on <= day)
        issued = any(move.action == "issue" for move in moves)
        return replace(
            self, moves=moves, digest=self.digest if issued else "", previous=self.previous if issued else ""
        )

    def take(
        self,
        action: str,
        *,
        by: str,
        on: date,
        line: str = "",
        amount: Money | None = None,
        reason: Text | None = None,
        previous: Statement | None = None,
    ) -> Statement:
        """Take one step of the course (`STAGES`).

        Args:
            action: issue, confirm, object, withdraw, finalise, refer, suspend, uphold, amend, pay or correct.
            by: `office`, or the key of a party.
            on: the day; not before the last step.
            line: id of the line it is about; empty for the whole.
            amount: what a ruling amends the line to.
            reason: why; objections, amendments and corrections need one.
            previous: the agreement's statement before this one, when issuing.
        Returns:
            The statement after the step; this one stays as it was.
        Raises:
            RuleError: nobody of that name, no such line, no reason, a day too early, or not allowed now; the message
                says what is.
        """
        role = OFFICE if by == OFFICE else PARTY
        if faults := _check_step(self, action, by=by, on=on, line=line, amount=amount, reason=reason):
            raise RuleError(faults)
        facts = _facts(self, by, line)
        step = STAGES.take(
            self.state, action=action, role=role, on=on, windows=_windows(self), facts=facts, subject=self.id
        )
        moved = replace(self, moves=(*self.moves, Move(action, by, on, step.to, step.effect, line, amount, reason)))
        if action != "issue":
            return moved
        chained = replace(moved, previous=previous.digest if previous else "")
        return replace(chained, digest=find_digest(chained))

    def as_dict(self) -> dict[str, Any]:
        """Return the statement as JSON data; amounts in fen, days in ISO."""
        return {
            "id": self.id,
            "state": self.state,
            "state_name": STAGES.say(self.state).as_dict(),
            "corrects": self.corrects,
            "reason": self.reason.as_dict() if self.reason else None,
            "items": [_item_dict(item) for item in self.items],
            "net": {key: money.fen for key, money in self.net.items()},
            "days": {name: day.isoformat() for name, day in self.days.items()},
            "moves": [_move_dict(move) for move in self.moves],
            "previous": self.previous,
            "digest": self.digest,
        }


def draft_statement(settlement: Settlement, *, calendar: Mapping[str, int]) -> Statement:
    """Draw up the first statement of an agreement for a period (编制结算单).

    Args:
        settlement: as `settle` computed it.
        calendar: the agreement's.
    Returns:
        A draft; it moves nothing before it is issued and posted.
    """
    name = f"{settlement.agreement}/{settlement.period}/1"
    items = (
        Item(f"{name}/{at}", one.payer, one.payee, one.clause, one.amount, line=one)
        for at, one in enumerate(settlement.lines, start=1)
    )
    return Statement(name, settlement, dict(calendar), tuple(items))


def find_digest(statement: Statement) -> str:
    """Hash the whole content of an issued statement and the digest of the one before it (摘要, SHA-256)."""
    content = {
        "id": statement.id,
        "corrects": statement.corrects,
        "reason": statement.reason.as_dict() if statement.reason else None,
        "calendar": dict(statement.calendar),
        "items": [_item_dict(item) for item in statement.drawn],
        "settlement": statement.settlement.as_dict(),
        "issued_on": str(statement.issued_on),
        "previous": statement.previous,
    }
    return digest_tree(content)


def _check_step(
    statement: Statement, action: str, *, by: str, on: date, line: str, amount: Money | None, reason: Text | None
) -> list[Problem]:
    faults = []
    known = (OFFICE, *statement.parties)
    if by not in known:
        faults.append(problem("move-actor", statement.id, found=by, expected=", ".join(known)))
    if statement.moves and on < statement.moves[-1].on:
        faults.append(problem("move-early", statement.id, found=on, last=statement.moves[-1].on))
    if action in _REASONED and not (reason and reason.zh.strip() and reason.en.strip()):
        name = STAGES.say(action)
        faults.append(problem("move-reason", statement.id, action_zh=name.zh, action_en=name.en))
    lines = [i.id for i in statement.drawn if by in (OFFICE, i.payer, i.payee)]
    if (line or action in ("suspend", "uphold", "amend")) and line not in lines:
        faults.append(problem("statement-line", statement.id, found=line or "—", expected=", ".join(lines)))
    if (amount is None) == (action == "amend"):
        name = STAGES.say(action)
        faults.append(problem("statement-amount", statement.id, action_zh=name.zh, action_en=name.en))
    return faults


def _windows(statement: Statement) -> dict[str, Window]:
    days, last = statement.days, statement.settlement.period.last
    found = {"from-data-due": Window(first=max(days.get("data_due", last), last + timedelta(days=1)))}
    if statement.issued_on and "objection_end" in days:
        end = days["objection_end"]
        found["objection"] = Window(statement.issued_on, end)
        found["after-objection"] = Window(first=end + timedelta(days=1))
    elif statement.issued_on:
        found["objection"] = Window(statement.issued_on)
    return found


def _facts(statement: Statement, by: str, line: str) -> set[str]:
    items, open_by = statement.items, {move.by for move in statement.objections}
    confirmed = {move.by for move in statement.moves if move.action == "confirm"}
    held = [item for item in items if item.is_suspended]
    payable = [item for item in items if not item.is_suspended and item.amount != item.paid]
    about = next((item for item in items if item.id == line), None)
    facts = {
        "unanswered": by in statement.parties and by not in confirmed | open_by,
        "own": by in open_by,
        "last": open_by == {by},
        "answered": set(statement.parties) <= confirmed | open_by,
        "free": about is not None and not about.is_suspended and not about.paid,
        "held": about is not None and about.is_suspended,
        "clear": not held,
        "money": statement.settlement.book == "money",
        "part-payable": bool(held and payable),
    }
    return {name for name, holds in facts.items() if holds}


def _open_objections(moves: Sequence[Move]) -> tuple[Move, ...]:
    found: list[Move] = []
    for move in moves:
        if move.action == "object":
            found.append(move)
        elif move.action == "withdraw":
            found = [one for one in found if one.by != move.by]
        elif move.action in ("refer", "correct"):
            found = []
    return tuple(found)


def _touched(move: Move, before: Sequence[Move], items: Mapping[str, Item]) -> list[str]:
    """The lines that a move changes."""
    if move.action == "refer":
        contested = _open_objections(before)
        return [
            key
            for key, item in items.items()
            if any(one.line == key or (not one.line and one.by in (item.payer, item.payee)) for one in contested)
        ]
    if move.effect == "lines-paid":
        return [key for key, item in items.items() if not item.is_suspended]
    return [move.line] if move.effect in ("line-held", "line-released", "line-amended") else []


def _apply(move: Move, item: Item) -> Item:
    if move.effect == "lines-paid":
        return replace(item, paid=item.amount)
    amount = move.amount if move.effect == "line-amended" and move.amount is not None else item.amount
    return replace(item, amount=amount, is_suspended=move.effect == "line-held")


def _item_dict(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "payer": item.payer,
        "payee": item.payee,
        "clause": item.clause,
        "amount": item.amount.fen,
        "before": item.before.fen,
        "paid": item.paid.fen,
        "replaces": item.replaces,
        "suspended": item.is_suspended,
    }


def _move_dict(move: Move) -> dict[str, Any]:
    return {
        "action": move.action,
        "by": move.by,
        "on": move.on.isoformat(),
        "to": move.to,
        "line": move.line,
        "amount": None if move.amount is None else move.amount.fen,
        "reason": move.reason.as_dict() if move.reason else None,
    }
