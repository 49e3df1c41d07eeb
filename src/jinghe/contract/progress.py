"""How far a contract is, as known day by day (进展)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from jinghe.contract.contract import Contract
from jinghe.errors import DataError, Problem, attempt, problem
from jinghe.source import read_rows
from jinghe.units import read_count, read_date

__all__ = ["Progress", "check_progress", "read_progress"]


@dataclass(frozen=True, slots=True)
class Progress:
    """The cumulative count done, as known on a day (进展)."""

    contract: str
    on: date
    done: int
    source: str = ""
    note: str = ""


def read_progress(path: Path, *, name: str = "") -> tuple[Progress, ...]:
    """Read `progress.csv`: contract, on, done, source, note. Raises DataError with every fault of every row."""
    shown = name or path.name
    items: list[Progress] = []
    faults: list[Problem] = []
    first: dict[tuple[str, date], int] = {}
    for line, row in read_rows(path, ("contract", "on", "done", "source", "note"), name=shown):
        on = attempt(faults, read_date, row["on"], file=shown, line=line, path=row["contract"])
        done = attempt(faults, read_count, row["done"], file=shown, line=line, path=row["contract"])
        if on is None or done is None:
            continue
        if (row["contract"], on) in first:
            earlier = first[row["contract"], on]
            faults.append(problem("progress-repeated", row["contract"], file=shown, line=line, on=on, first=earlier))
        first.setdefault((row["contract"], on), line)
        items.append(Progress(row["contract"], on, done, row["source"], row["note"]))
    if faults:
        raise DataError(faults)
    return tuple(items)


def check_progress(progress: Sequence[Progress], *, contracts: Sequence[Contract]) -> list[Problem]:
    """List reports on contracts that do not exist, and warn of cumulative counts that fall."""
    known = {contract.id for contract in contracts}
    faults = [
        problem("progress-homeless", item.contract, found=item.contract, expected=", ".join(sorted(known)))
        for item in progress
        if item.contract not in known
    ]
    for before, after in pairwise(sorted(progress, key=lambda p: (p.contract, p.on))):
        if before.contract == after.contract and after.done < before.done:
            fall = problem("progress-falls", after.contract, before=before.done, after=after.done, on=after.on)
            faults.append(fall)
    return faults
