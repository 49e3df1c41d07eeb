"""From several coders to one coding (裁定): what all agree on stands, the rest waits for a ruling with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jinghe.coding.document import Document, Segment
from jinghe.coding.record import Ratings
from jinghe.errors import DataError, Problem, RuleError, attempt, problem
from jinghe.source import read_rows, write_rows
from jinghe.units import read_date

__all__ = ["Dispute", "Ruling", "Settled", "adjudicate", "draft_rulings", "read_rulings"]

_COLUMNS = ("segment", "code", "applies", "by", "reason", "on")
_ANSWERS = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision on one disputed code of one segment (裁定)."""

    segment: str
    code: str
    applies: bool
    by: str
    reason: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Dispute:
    """Coders differ and nobody has ruled (待裁定): who applied the code, who did not."""

    segment: str
    code: str
    applied_by: tuple[str, ...]
    left_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """The coding that stands (定稿编码): (segment, code) pairs; `single` were read by one coder only; `open` wait."""

    applied: frozenset[tuple[str, str]]
    single: frozenset[tuple[str, str]]
    open: tuple[Dispute, ...]


def adjudicate(ratings: Ratings, *, rulings: Sequence[Ruling] = ()) -> Settled:
    """Settle what all readers agree on and what was ruled; the rest stays open and counts nowhere.

    Raises:
        RuleError: a ruling on what is not disputed, two rulings on one dispute, no reason or no name.
    """
    disputes: dict[tuple[str, str], Dispute] = {}
    applied, single = set(), set()
    for i, k in zip(*(ratings.values == 1).any(axis=1).nonzero(), strict=True):  # where anybody applied anything
        marks = ratings.values[i, :, k]
        yes, no = (tuple(c for c, mark in zip(ratings.coders, marks, strict=True) if mark == m) for m in (1, 0))
        key = (ratings.segments[i], ratings.codes[k])
        if no:
            disputes[key] = Dispute(*key, yes, no)
        else:
            applied.add(key)
            single |= {key} if len(yes) == 1 else set()
    applied |= _rule(disputes, rulings)
    ruled = {(ruling.segment, ruling.code) for ruling in rulings}
    open_ = tuple(dispute for key, dispute in disputes.items() if key not in ruled)
    return Settled(frozenset(applied), frozenset(single), open_)


def draft_rulings(disputes: Sequence[Dispute], *, segments: Sequence[Segment], documents: Sequence[Document]) -> str:
    """Write open disputes as CSV for whoever rules on them: `applies`, `by`, `reason` and `on` are left to fill in."""
    text = {one.id: one.text for one in documents}
    words = {one.id: text[one.document][one.start : one.end] for one in segments}
    rows = (
        [one.segment, one.code, *[""] * 4, words[one.segment], " ".join(one.applied_by), " ".join(one.left_by)]
        for one in disputes
    )
    return write_rows([*_COLUMNS, "words", "applied_by", "left_by"], rows)


def read_rulings(path: Path) -> tuple[Ruling, ...]:
    """Read rulings from CSV (segment, code, applies: yes | no, by, reason, on). Raises DataError with every fault."""
    found: list[Problem] = []
    rulings = []
    for line, row in read_rows(path, _COLUMNS):
        own: list[Problem] = []
        if row["applies"] not in _ANSWERS:
            own.append(problem("choice-unknown", "applies", found=row["applies"], expected=", ".join(_ANSWERS)))
        day = attempt(own, read_date, row["on"], path="on") if row["on"] else None
        applies = _ANSWERS.get(row["applies"], False)
        rulings.append(Ruling(row["segment"], row["code"], applies, row["by"], row["reason"], day))
        found += [fault.at(file=path.name, line=line) for fault in own]
    if found:
        raise DataError(found)
    return tuple(rulings)


def _rule(disputes: dict[tuple[str, str], Dispute], rulings: Sequence[Ruling]) -> set[tuple[str, str]]:
    found: list[Problem] = []
    seen: set[tuple[str, str]] = set()
    for ruling in rulings:
        key = (ruling.segment, ruling.code)
        if key not in disputes:
            found.append(problem("ruling-idle", ruling.segment, found=ruling.code))
        if key in seen:
            found.append(problem("ruling-repeated", ruling.segment, found=ruling.code))
        if not ruling.by.strip() or not ruling.reason.strip():
            found.append(problem("ruling-unfounded", ruling.segment, found=ruling.code))
        seen.add(key)
    if found:
        raise RuleError(found)
    return {(ruling.segment, ruling.code) for ruling in rulings if ruling.applies}
