"""Statements in the books (入账): what an issued statement owes, what was paid, and corrections as reversals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from jinghe.errors import Problem, RuleError, problem
from jinghe.labels import Text
from jinghe.ledger import Entry, Ledger, Leg
from jinghe.sharing.statement import Item, Statement
from jinghe.sharing.words import sentence

__all__ = ["CASH", "PAID", "check_books", "post", "post_lines"]

CASH = "cash:"
PAID = "$"  # what follows a line's id in the id of the entry that pays it


def post(statement: Statement, ledger: Ledger) -> Ledger:
    """Bring the money book up to date with a statement (记账); what is already there stays.

    Each line is one entry, dated the day of issue: payer −a, payee +a. A line that replaces another first reverses the
    entry that stands for it, with the reason of the correction. A payment clears the claims and moves the cash:
    payer +a, `cash:payer` −a, payee −a, `cash:payee` +a. So the balance of a party is what it is still owed (+) or owes
    (−), and Σ legs = 0 in every entry. What a ruling changes is posted by the dispute itself. Posting twice posts once.

    Args:
        statement: issued; of the money book (assessment credit: `post_credit`).
        ledger: the books, with the statements that this one corrects already posted.
    Raises:
        RuleError: a draft, or of the assessment book.
    """
    issued = statement.issued_on
    if issued is None or statement.settlement.book != "money":
        found = statement.settlement.book if issued else statement.state
        raise RuleError([problem("statement-posting", statement.id, found=found)])
    ledger = post_lines(statement, ledger, legs_of=_claim)
    for at, move in enumerate(statement.moves):
        if move.effect == "lines-paid":
            ledger = ledger.post(*_payments(statement, ledger, at))
    return ledger


def post_lines(statement: Statement, ledger: Ledger, *, legs_of: Callable[[Item], tuple[Leg, ...]]) -> Ledger:
    """Post the lines that a statement draws up, each as the legs that `legs_of` gives, corrections as reversals.

    The id of an entry is that of its line; entries are in fen, in the book of the settlement.
    """
    issued, memo = statement.issued_on, statement.reason or Text("", "")
    assert issued, "a draft is not posted"
    for item in statement.drawn:
        if not item.id.startswith(f"{statement.id}/") or ledger.find(item.id):
            continue  # a correction left it alone, or it is posted
        before = ledger.standing(item.replaces) if item.replaces else None
        if before:
            ledger = ledger.reverse(before.id, on=issued, memo=memo)
        if item.amount:
            heir = before.id if before else None
            book = statement.settlement.book
            ledger = ledger.post(Entry(item.id, issued, book, "fen", legs_of(item), _memo(item), replaces=heir))
    return ledger


def check_books(statement: Statement, ledger: Ledger) -> list[Problem]:
    """List the lines whose standing entry is not what the statement says, as a ruling not yet posted (账单核对)."""
    faults = []
    for item in statement.items:
        entry = ledger.standing(item.id)
        booked = sum(leg.amount for leg in entry.legs if leg.account == item.payee) if entry else 0
        if booked != item.amount.fen:
            faults.append(problem("statement-books", item.id, found=booked, expected=item.amount.fen))
    return faults


def _claim(item: Item) -> tuple[Leg, ...]:
    return Leg(item.payer, -item.amount.fen), Leg(item.payee, item.amount.fen)


def _payments(statement: Statement, ledger: Ledger, at: int) -> Iterator[Entry]:
    """What the move at this place pays."""
    before = {item.id: item.paid for item in replace(statement, moves=statement.moves[:at]).items}
    for item in replace(statement, moves=statement.moves[: at + 1]).items:
        amount = (item.paid - before[item.id]).fen
        name = f"{item.id}{PAID}{statement.id.rpartition('/')[2]}.{at}"
        if amount and not ledger.find(name):
            legs = (
                Leg(item.payer, amount),
                Leg(f"{CASH}{item.payer}", -amount),
                Leg(item.payee, -amount),
                Leg(f"{CASH}{item.payee}", amount),
            )
            memo = Text(f"清算 {item.id}", f"payment of {item.id}")
            yield Entry(name, statement.moves[at].on, "money", "fen", legs, memo)


def _memo(item: Item) -> Text:
    assert item.line, "only a line that dropped out has no working, and it has no amount"
    return Text(sentence(item.line.trace, "zh"), sentence(item.line.trace, "en"))
