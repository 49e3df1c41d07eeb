"""What a dispute does in the books (争端的账务效力): suspended while it lasts, then upheld or posted anew."""

from __future__ import annotations

from jinghe.dispute.dispute import Dispute
from jinghe.errors import RuleError, problem
from jinghe.labels import Text
from jinghe.ledger import Entry, Ledger, Leg

__all__ = ["SUSPENSE", "carry_out"]

SUSPENSE = "suspense:"


def carry_out(dispute: Dispute, ledger: Ledger) -> Ledger:
    """Bring the books up to date with a dispute (执行); what is already there stays.

    While it is open its line stands in suspense: payer +a, `suspense:payer` −a, payee −a, `suspense:payee` +a, under
    the id `<line>!<dispute>`. When it ends the suspension is reversed; where the outcome differs, the line's entry is
    reversed and posted anew as `<line>+<dispute>`, with the reason of the ruling. Every entry sums to zero.

    Args:
        dispute: at any state.
        ledger: the books that hold the line.
    Raises:
        RuleError: the line has no entry in these books.
    """
    held = f"{dispute.line}!{dispute.id}"
    if not ledger.find(held):
        ledger = _suspend(dispute, ledger, held)
    ended, outcome = dispute.ended_on, dispute.outcome
    if ended is None or outcome is None or ledger.find(f"{held}~"):
        return ledger
    why = next((one.reason for one in reversed(dispute.actions) if one.reason), dispute.claim)
    memo = Text(f"争端 {dispute.id} 了结：{why.zh}", f"end of dispute {dispute.id}: {why.en}")
    ledger = ledger.reverse(held, on=ended, memo=memo)
    entry = ledger.standing(dispute.line)
    if entry is None or outcome == dispute.stated:
        return ledger
    ledger = ledger.reverse(entry.id, on=ended, memo=memo)
    if not outcome:
        return ledger
    payer, payee = (leg.account for leg in entry.legs)
    legs = (Leg(payer, -outcome.fen), Leg(payee, outcome.fen))
    name = f"{dispute.line}+{dispute.id}"
    return ledger.post(Entry(name, ended, entry.book, entry.unit, legs, memo, replaces=entry.id))


def _suspend(dispute: Dispute, ledger: Ledger, held: str) -> Ledger:
    entry = ledger.standing(dispute.line)
    if entry is None:
        raise RuleError([problem("dispute-line", dispute.id, found=dispute.line)])
    legs = tuple(
        leg
        for one in entry.legs
        for leg in (Leg(one.account, -one.amount), Leg(f"{SUSPENSE}{one.account}", one.amount))
    )
    memo = Text(f"争端 {dispute.id} 中止", f"suspended by dispute {dispute.id}")
    return ledger.post(Entry(held, dispute.opened_on, entry.book, entry.unit, legs, memo))
