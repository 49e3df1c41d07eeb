"""A dispute about a statement line (争端): who claims what, the steps taken, and what the line comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from jinghe.dispute.table import ARBITER, CLAIMANT, OFFICE, RESPONDENT, SUPERIOR, TABLE
from jinghe.errors import Problem, RuleError, problem
from jinghe.labels import Text
from jinghe.ledger import Entry, Ledger, Option, Window
from jinghe.units import Money

__all__ = ["CLOCKS", "Action", "Dispute", "open_dispute", "read_clocks"]

CLOCKS = ("reply_days", "mediation_days", "ruling_days", "appeal_days")
_REQUIRED = ("reply_days", "ruling_days")
_WITH_AMOUNT = ("agree", "rule", "decide")
_REASONED = ("reply", "rule", "decide", "appeal", "escalate")
_OFFICES = (OFFICE, ARBITER, SUPERIOR)


@dataclass(frozen=True, slots=True)
class Action:
    """One step taken (程序记录): what, by whom, when, with what effect, for which amount and why."""

    action: str
    by: str
    on: date
    to: str
    effect: str = ""
    amount: Money | None = None
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class Dispute:
    """A claim that one line of a statement is wrong (争端), and its course by `TABLE`.

    `line` is the id of the line and of its entry in the books; `stated` what it says, `claimed` what the claimant says
    it should be, both from payer to payee. `clocks` holds days.
    """

    id: str
    line: str
    claimant: str
    respondent: str
    stated: Money
    claimed: Money
    claim: Text
    opened_on: date
    clocks: Mapping[str, int]
    actions: tuple[Action, ...] = ()

    @property
    def state(self) -> str:
        """Where it stands: claimed, replied, mediation, hearing, ruled, appealed, or an end (`TABLE.ends`)."""
        return self.actions[-1].to if self.actions else TABLE.start

    @property
    def is_open(self) -> bool:
        """Is it still to be decided?"""
        return self.state not in TABLE.ends

    @property
    def ended_on(self) -> date | None:
        """The day it ended; None while it is open."""
        return None if self.is_open else self.actions[-1].on

    @property
    def outcome(self) -> Money | None:
        """What the line comes to (结果): None while it is open, the stated amount where it is upheld."""
        if self.is_open:
            return None
        effect = self.actions[-1].effect
        if effect == "uphold":
            return self.stated
        if effect == "amend-as-claimed":
            return self.claimed
        return next(one.amount for one in reversed(self.actions) if one.amount is not None)

    def windows(self) -> dict[str, Window]:
        """The span of every clock that runs in the present state."""
        since = self.actions[-1].on if self.actions else self.opened_on
        clock = {"claimed": "reply", "mediation": "mediation", "hearing": "ruling", "ruled": "appeal"}.get(self.state)
        days = self.clocks.get(f"{clock}_days")
        if clock == "appeal" and days is None:
            return {"after-appeal": Window(first=since)}
        if clock is None or days is None:
            return {}
        end = since + timedelta(days=days)
        return {f"{clock}-days": Window(since, end), f"after-{clock}": Window(first=end + timedelta(days=1))}

    def options(self, *, on: date) -> tuple[Option, ...]:
        """List what may be done on a day or later, by whom, until when (可办事项)."""
        return TABLE.options(self.state, on=on, windows=self.windows())

    def role(self, actor: str) -> str | None:
        """Name the role of a party or an office; None when it has none."""
        known = {self.claimant: CLAIMANT, self.respondent: RESPONDENT} | dict(zip(_OFFICES, _OFFICES, strict=True))
        return known.get(actor)

    def take(
        self, action: str, *, by: str, on: date, amount: Money | None = None, reason: Text | None = None
    ) -> Dispute:
        """Take one step of the procedure.

        Args:
            action: reply, concede, withdraw, mediate, refer, agree, lapse, rule, escalate, appeal, close or decide.
            by: the key of a party, or office, arbiter or superior.
            on: the day; not before the last step.
            amount: what the line shall be, for agree, rule and decide.
            reason: why, for reply, rule, decide, appeal and escalate.
        Returns:
            The dispute after the step; this one stays as it was.
        Raises:
            RuleError: nobody of that name, a day too early, no amount or reason, or not allowed now; the message says
                what is, by whom, until when.
        """
        role = self.role(by)
        faults = self._check(action, by=by, role=role, on=on, amount=amount, reason=reason)
        if faults or role is None:
            raise RuleError(faults)
        step = TABLE.take(self.state, action=action, role=role, on=on, windows=self.windows(), subject=self.id)
        done = Action(action, by, on, step.to, step.effect, amount, reason)
        return replace(self, actions=(*self.actions, done))

    def as_dict(self) -> dict[str, Any]:
        """Return the dispute as JSON data; amounts in fen, days in ISO."""
        return {
            "id": self.id,
            "line": self.line,
            "claimant": self.claimant,
            "respondent": self.respondent,
            "stated": self.stated.fen,
            "claimed": self.claimed.fen,
            "claim": self.claim.as_dict(),
            "opened_on": self.opened_on.isoformat(),
            "state": self.state,
            "state_name": TABLE.say(self.state).as_dict(),
            "outcome": None if self.outcome is None else self.outcome.fen,
            "actions": [_action_dict(one) for one in self.actions],
        }

    def _check(
        self, action: str, *, by: str, role: str | None, on: date, amount: Money | None, reason: Text | None
    ) -> list[Problem]:
        faults = []
        if role is None:
            known = ", ".join((self.claimant, self.respondent, *_OFFICES))
            faults.append(problem("move-actor", self.id, found=by, expected=known))
        last = self.actions[-1].on if self.actions else self.opened_on
        if on < last:
            faults.append(problem("move-early", self.id, found=on, last=last))
        name = TABLE.say(action)
        if action in _REASONED and not _is_said(reason):
            faults.append(problem("move-reason", self.id, action_zh=name.zh, action_en=name.en))
        if (amount is None) == (action in _WITH_AMOUNT):
            faults.append(problem("dispute-amount", self.id, action_zh=name.zh, action_en=name.en))
        return faults


def open_dispute(
    name: str,
    *,
    line: str,
    by: str,
    claimed: Money,
    claim: Text,
    on: date,
    ledger: Ledger,
    clocks: Mapping[str, int],
    known: Sequence[Dispute] = (),
) -> Dispute:
    """Lodge a claim about a line that is in the books and not yet paid (提出争端).

    Args:
        name: the id of the dispute.
        line: id of the statement line.
        by: the claimant, payer or payee of the line; the other is the respondent.
        claimed: what the line should be.
        claim: what is wrong with it.
        on: the day.
        ledger: the books.
        clocks: days, from `read_clocks`.
        known: the disputes there are; a line has one at a time, and none again once it was ruled upon.
    Raises:
        RuleError: the line is not posted, paid or no line of two parties; the claimant is no party to it; no claim is
            made; the id is taken or the line is or was in dispute.
    """
    entry = ledger.standing(line)
    sides = _sides(entry)
    faults: list[Problem] = []
    if entry is None or sides is None:
        faults.append(problem("dispute-line", name, found=line))
    elif by not in sides[:2]:
        faults.append(problem("move-actor", name, found=by, expected=", ".join(sides[:2])))
    elif claimed.fen == sides[2]:
        faults.append(problem("dispute-nothing", name, found=claimed.fen))
    if entry and on < entry.on:
        faults.append(problem("move-early", name, found=on, last=entry.on))
    if any(one.id.startswith(f"{line}$") for one in ledger.entries):
        faults.append(problem("dispute-paid", name, found=line))
    if not _is_said(claim):
        faults.append(problem("move-reason", name, action_zh="提出争端", action_en="claim"))
    faults += _check_known(name, line, on, known) or _check_held(name, line, ledger)
    if faults or sides is None:
        raise RuleError(faults)
    payer, payee, stated = sides
    respondent = payee if by == payer else payer
    return Dispute(name, line, by, respondent, Money(stated), claimed, claim, on, dict(clocks))


def read_clocks(platform: Mapping[str, Any]) -> dict[str, int]:
    """Read the days of `platform.disputes` (争端期限): reply_days and ruling_days, and if given mediation and appeal.

    Raises:
        RuleError: a key is missing or unknown, or is no whole number of days above 0.

    >>> read_clocks({"disputes": {"reply_days": 15, "ruling_days": 30}})
    {'reply_days': 15, 'ruling_days': 30}
    """
    tree = platform.get("disputes") or {}
    faults = [problem("dispute-clock", f"platform.disputes.{key}", found="—") for key in _REQUIRED if key not in tree]
    for key, days in tree.items():
        if key not in CLOCKS or type(days) is not int or days <= 0:
            faults.append(problem("dispute-clock", f"platform.disputes.{key}", found=days))
    if faults:
        raise RuleError(faults)
    return {key: tree[key] for key in CLOCKS if key in tree}


def _check_known(name: str, line: str, on: date, known: Sequence[Dispute]) -> list[Problem]:
    faults = []
    if not name or any(one.id == name for one in known):
        faults.append(problem("entry-repeated", "disputes", found=name))
    for one in known:
        if one.line == line and (one.is_open or one.state in ("settled", "closed") or (one.ended_on or on) > on):
            state = TABLE.say(one.state)
            faults.append(problem("dispute-again", name, found=one.id, state_zh=state.zh, state_en=state.en))
    return faults


def _check_held(name: str, line: str, ledger: Ledger) -> list[Problem]:
    """The books know of a dispute that the caller may not have named."""
    head = f"{line}!"
    ids = [one.id for one in ledger.entries if one.id.startswith(head) and one.reverses is None]
    held = [one.removeprefix(head) for one in ids if ledger.standing(one)]
    return [problem("dispute-again", name, found=one, state_zh="未了结", state_en="not ended") for one in held]


def _sides(entry: Entry | None) -> tuple[str, str, int] | None:
    """Payer, payee and amount of an entry between two parties; a contra account is no party."""
    if entry is None or len(entry.legs) != 2:
        return None
    payer, payee = ((leg.account.rpartition("/")[2], leg.amount) for leg in entry.legs)  # credit: indicator/period/code
    return None if "(" in payer[0] + payee[0] else (payer[0], payee[0], payee[1])


def _is_said(words: Text | None) -> bool:
    return bool(words and words.zh.strip() and words.en.strip())


def _action_dict(one: Action) -> dict[str, Any]:
    return {
        "action": one.action,
        "by": one.by,
        "on": one.on.isoformat(),
        "to": one.to,
        "effect": one.effect,
        "amount": None if one.amount is None else one.amount.fen,
        "reason": one.reason.as_dict() if one.reason else None,
    }
