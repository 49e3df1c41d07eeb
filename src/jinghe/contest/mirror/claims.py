"""What each partner reports of a joint item (申报), and by how much two reports differ (差异)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import partial
from pathlib import Path

from jinghe.contest.register import JointItem
from jinghe.contest.spec import read_choice, unknown
from jinghe.errors import DataError, Problem, attempt, problem
from jinghe.source import read_rows
from jinghe.units import convert, read_date, read_number

__all__ = ["KINDS", "Claim", "check_claims", "find_discrepancy", "gather_claims", "read_claims"]

KINDS = ("claim", "ruling")
_COLUMNS = ("item", "reporter", "kind", "value", "unit", "vintage", "source", "note")


@dataclass(frozen=True, slots=True)
class Claim:
    """One report of a joint item (申报), or the platform's ruling on it (裁定, kind `ruling`)."""

    item: str
    reporter: str
    value: float
    unit: str
    vintage: date
    kind: str = "claim"
    source: str = ""
    note: str = ""


def find_discrepancy(values: Sequence[float]) -> float:
    """Measure how far reports lie apart, from 0 (the same) to 2 (one reports nothing).

    d = (max − min) / ((max + min)/2); 0 when all report nothing.

    Args:
        values: x_i ≥ 0, at least one, in one unit.
    Returns:
        d in [0, 2], free of the unit.

    >>> find_discrepancy([90, 110])
    0.2
    """
    low, high = min(values), max(values)
    return 0.0 if high <= 0 else 2 * (high - low) / (high + low)


def gather_claims(claims: Iterable[Claim]) -> tuple[dict[str, dict[str, float]], tuple[Claim, ...]]:
    """Take each reporter's latest claim per item, in one unit per item.

    Returns:
        item → reporter → value in the unit of the item's earliest claim, and the claims whose unit does not convert to
        it. Rulings are no claims.
    """
    found: dict[str, dict[str, float]] = {}
    units: dict[str, str] = {}
    strange: list[Claim] = []
    for claim in sorted((c for c in claims if c.kind == "claim"), key=_order):
        unit = units.setdefault(claim.item, claim.unit)
        try:
            factor = float(convert(Fraction(1), claim.unit, unit))
        except DataError:
            strange.append(claim)
            continue
        found.setdefault(claim.item, {})[claim.reporter] = claim.value * factor
    return found, tuple(strange)


def check_claims(claims: Iterable[Claim], *, items: Iterable[JointItem]) -> tuple[tuple[Claim, Problem], ...]:
    """List the claims that confirm nothing, each with the reason: a warning.

    Its item is not registered (`claim-item`), its reporter takes no part in the item (`claim-reporter`; a ruling is
    anybody's), or its unit does not convert to that of the item's first claim (`claim-unit`).
    """
    claims, parties = tuple(claims), {item.id: item.parties for item in items}
    first = {claim.item: claim.unit for claim in sorted(claims, key=_order, reverse=True) if claim.kind == "claim"}
    strange = gather_claims(claims)[1]
    found: list[tuple[Claim, Problem]] = []
    for claim in claims:
        if claim.item not in parties:
            found.append((claim, unknown("claim-item", claim.item, parties, path=claim.item)))
        elif claim.kind == "claim" and claim.reporter not in parties[claim.item]:
            known = ", ".join(parties[claim.item])
            found.append((claim, problem("claim-reporter", claim.item, found=claim.reporter, choices=known)))
        elif claim in strange:
            fault = problem("claim-unit", claim.item, found=claim.unit or "—", expected=first[claim.item] or "—")
            found.append((claim, fault))
    return tuple(found)


def read_claims(path: Path, *, name: str = "") -> tuple[Claim, ...]:
    """Read `claims.csv`: item, reporter, kind (claim or ruling), value, unit, vintage, source, note.

    Raises DataError with every fault of every line.
    """
    shown = name or path.name
    claims: list[Claim] = []
    problems: list[Problem] = []
    for line, row in read_rows(path, _COLUMNS, name=shown):
        claim = attempt(problems, _claim, row, file=shown, line=line, path=row["item"])
        claims += [claim] if claim else []
    if problems:
        raise DataError(problems)
    return tuple(claims)


def _order(claim: Claim) -> tuple[date, str, str]:
    return (claim.vintage, claim.item, claim.reporter)


def _claim(row: Mapping[str, str]) -> Claim:
    faults = [problem("cell-empty", column=column) for column in ("item", "reporter") if not row[column]]
    kind = attempt(faults, partial(read_choice, choices=KINDS), row["kind"] or "claim")
    known = attempt(faults, read_date, row["vintage"])
    value = attempt(faults, _value, row["value"])
    if faults or kind is None or known is None or value is None:
        raise DataError(faults)
    return Claim(row["item"], row["reporter"], value, row["unit"], known, kind, row["source"], row["note"])


def _value(text: str) -> float:
    value = read_number(text).value
    if value is None or value < 0:
        raise DataError([problem("claim-value", found=text)])
    return float(value)
