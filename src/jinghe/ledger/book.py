"""Double-entry books (复式账): money in fen, and assessment credit in whole units; append-only, never mixed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from jinghe.errors import Problem, RuleError, problem
from jinghe.labels import Text

__all__ = ["BOOKS", "Entry", "Ledger", "Leg"]

BOOKS = ("money", "assessment")


@dataclass(frozen=True, slots=True)
class Leg:
    """One side of an entry (分录): an account and the whole number of units it receives, negative when it gives."""

    account: str
    amount: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One posting (记账凭证): its legs, all of one book and one unit, sum to zero.

    The money book counts in `fen`; the assessment book in any unit small enough for whole numbers. `reverses` names the
    entry that this one undoes, `replaces` the undone entry in whose place it stands.
    """

    id: str
    on: date
    book: str
    unit: str
    legs: tuple[Leg, ...]
    memo: Text
    reverses: str | None = None
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """All entries in the order of posting (账簿); nothing is changed or removed, a mistake is reversed.

    >>> pay = Entry("e1", date(2021, 12, 31), "money", "fen", (Leg("A", -500), Leg("B", 500)), Text("分享", "share"))
    >>> Ledger().post(pay).balance("B", book="money", unit="fen")
    500
    """

    entries: tuple[Entry, ...] = ()

    def __post_init__(self) -> None:
        known: dict[str, Entry] = {}
        undone: dict[str, str] = {}
        faults: list[Problem] = []
        for entry in self.entries:
            faults += _check(entry, known=known, undone=undone)
            known[entry.id] = entry
            if entry.reverses is not None:
                undone[entry.reverses] = entry.id
        if faults:
            raise RuleError(faults)

    def post(self, *entries: Entry) -> Ledger:
        """Add entries (记账).

        Raises RuleError when one does not sum to zero, has fewer than two legs, a known id, another unit than fen in
        the money book, is no true reversal of the entry that it names, or replaces one that still stands.
        """
        return Ledger((*self.entries, *entries))

    def reverse(self, entry_id: str, *, on: date, memo: Text) -> Ledger:
        """Undo an entry by its mirror image (红字冲销); `memo` says why.

        The reversal is the entry `<id>~`; it may be reversed in turn. Raises RuleError as `post` does, and when there
        is no such entry.
        """
        entry = self.find(entry_id)
        if entry is None:
            raise RuleError([problem("entry-unknown", "ledger", found=entry_id)])
        legs = tuple(Leg(leg.account, -leg.amount) for leg in entry.legs)
        return self.post(Entry(f"{entry_id}~", on, entry.book, entry.unit, legs, memo, reverses=entry_id))

    def find(self, entry_id: str) -> Entry | None:
        """Return an entry by its id, or None."""
        return next((one for one in self.entries if one.id == entry_id), None)

    def standing(self, entry_id: str) -> Entry | None:
        """Return the entry that stands in the place of one (现行分录): itself, what replaced it, or None when undone.

        >>> pay = Entry("e1", date(2021, 12, 31), "money", "fen", (Leg("A", -5), Leg("B", 5)), Text("分享", "share"))
        >>> Ledger((pay,)).reverse("e1", on=date(2022, 1, 5), memo=Text("数据有误", "wrong figure")).standing("e1")
        """
        undone = {one.reverses: one.id for one in self.entries if one.reverses}
        heirs = {one.replaces: one for one in self.entries if one.replaces}  # the last one: earlier ones are undone
        found = self.find(entry_id)
        while found and _is_undone(found.id, undone):
            found = heirs.get(found.id)
        return found

    def balance(self, account: str, *, book: str, unit: str, on: date | None = None) -> int:
        """Sum an account over one book and unit, up to and including a day; an account without entries has 0."""
        return self.trial_balance(book=book, unit=unit, on=on).get(account, 0)

    def trial_balance(self, *, book: str, unit: str, on: date | None = None) -> dict[str, int]:
        """Sum every account of one book and unit (试算平衡), in order of name; the values sum to zero."""
        sums: dict[str, int] = {}
        for entry in self.entries:
            if (entry.book, entry.unit) == (book, unit) and (on is None or entry.on <= on):
                for leg in entry.legs:
                    sums[leg.account] = sums.get(leg.account, 0) + leg.amount
        return dict(sorted(sums.items()))


def _is_undone(entry_id: str, undone: Mapping[str, str]) -> bool:
    """Is it reversed, and the reversal not reversed in turn?"""
    return entry_id in undone and not _is_undone(undone[entry_id], undone)


def _check(entry: Entry, *, known: dict[str, Entry], undone: dict[str, str]) -> list[Problem]:
    assert all(type(leg.amount) is int for leg in entry.legs), "amounts are whole units"
    path = f"ledger[{entry.id}]"
    faults = []
    if entry.id in known or not entry.id:
        faults.append(problem("entry-repeated", path, found=entry.id))
    if entry.book not in BOOKS:
        faults.append(problem("choice-unknown", f"{path}.book", found=entry.book, expected=", ".join(BOOKS)))
    if entry.book == "money" and entry.unit != "fen":
        faults.append(problem("unit-mismatch", f"{path}.unit", found=entry.unit, expected="fen"))
    total = sum(leg.amount for leg in entry.legs)
    if total or len(entry.legs) < 2:
        faults.append(problem("entry-unbalanced", path, sum=total, unit=entry.unit, legs=len(entry.legs)))
    if entry.reverses is not None:
        faults += _check_reversal(entry, known.get(entry.reverses), is_done=entry.reverses in undone)
    heirs = [one.id for one in known.values() if one.replaces == entry.replaces] if entry.replaces is not None else []
    if entry.replaces is not None and not all(_is_undone(one, undone) for one in (entry.replaces, *heirs)):
        faults.append(problem("entry-replaced", path, found=entry.replaces))
    return faults


def _check_reversal(entry: Entry, original: Entry | None, *, is_done: bool) -> list[Problem]:
    path = f"ledger[{entry.id}]"
    if original is None:
        return [problem("entry-unknown", path, found=entry.reverses)]
    if is_done:
        return [problem("entry-reversed", path, found=entry.reverses)]
    faults = []
    if entry.on < original.on:
        faults.append(problem("entry-early", path, found=entry.on, original=original.on))
    if not (entry.memo.zh.strip() and entry.memo.en.strip()):
        faults.append(problem("entry-reason", path, found=entry.reverses))
    if (entry.book, entry.unit, _sorted(entry.legs)) != (original.book, original.unit, _sorted(original.legs, sign=-1)):
        faults.append(problem("entry-mirror", path, found=entry.reverses))
    return faults


def _sorted(legs: Sequence[Leg], *, sign: int = 1) -> list[tuple[str, int]]:
    return sorted((leg.account, sign * leg.amount) for leg in legs)
