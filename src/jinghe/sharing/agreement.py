"""Agreements between jurisdictions (协议): parties, dated and cited parameters, clauses made of blocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from jinghe.errors import JingheError, Problem, problem
from jinghe.labels import Text
from jinghe.source import Source
from jinghe.units import Period, convert

__all__ = [
    "EACH",
    "POOL",
    "Agreement",
    "Choice",
    "Clause",
    "DatedValue",
    "Parameter",
    "Party",
    "Series",
    "Value",
    "is_money",
]

EACH = "each"
POOL = "pool"
Value = Fraction | date | str | tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """A party in its role (当事方): a jurisdiction by code, a named outside party or pool, or both.

    With both, the name is the unit that signs and the code the jurisdiction its amounts are booked to.
    """

    role: str
    code: str = ""
    name: Text | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to decide an open parameter (选项), with the source of a precedent if there is one."""

    value: str
    label: Text
    source: str = ""


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value from a day on (分时取值), as printed and as used; money in fen. `start` None: always."""

    start: date | None
    value: Value
    printed: str
    source: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A figure or choice the clauses use (参数). `open`: the legal text has not decided it yet."""

    id: str
    unit: str
    label: Text
    values: tuple[DatedValue, ...] = ()
    open: bool = False
    question: Text | None = None
    choices: tuple[Choice, ...] = ()

    def on(self, day: date) -> DatedValue | None:
        """Return the value in force on a day, or None."""
        begun = [item for item in self.values if item.start is None or item.start <= day]
        return max(begun, key=lambda item: item.start or date.min, default=None)


@dataclass(frozen=True, slots=True)
class Series:
    """What a clause reads from the panel (数据): an indicator of one party, or of each contestant.

    `every`: `period` reads one figure for the settled period, `month` one for each of its months.
    """

    name: str
    indicator: str
    of: str
    unit: str
    label: Text
    every: str = "period"


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause (条款): a block of `blocks.py` and what it is bound to (`with` in the file)."""

    id: str
    block: str
    label: Text
    text: Text
    source: str
    bindings: Mapping[str, Any]
    phrase: Text | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Who shares what with whom, by which cited clauses, from when (利益共享、成本分担协议).

    `rounding` is the declared order of parties that takes the odd fen. `sources` holds the agreement's own
    and the case's. `status`: in_force, proposed (shown, never settled) or template. `replay` names the periods whose
    published statements the agreement reproduces; `dated_by` is the source of the effective dates.
    """

    id: str
    title: Text
    text: Text
    status: str
    book: str
    parties: Mapping[str, Party]
    start: date | None
    end: date | None
    sources: Mapping[str, Source]
    parameters: Mapping[str, Parameter]
    data: Mapping[str, Series]
    clauses: tuple[Clause, ...]
    rounding: tuple[str, ...]
    notes: tuple[Text, ...] = ()
    calendar: Mapping[str, int] = field(default_factory=dict)
    replay: tuple[str, ...] = ()
    dated_by: str = ""
    template: str = ""
    file: str = ""

    @property
    def open_choices(self) -> tuple[Parameter, ...]:
        """The parameters that the legal text leaves open, in file order."""
        return tuple(item for item in self.parameters.values() if item.open)

    @property
    def is_horizontal(self) -> bool:
        """Do jurisdictions pay each other (横向)? Not where a clause pays into or out of a pool to keep."""
        sides = [clause.bindings.get(side) for clause in self.clauses for side in ("payer", "payee")]
        return POOL not in sides

    def is_in_force(self, period: Period) -> bool:
        """Is any day of the period between the effective dates?"""
        return period.end > (self.start or date.min) and period.start < (self.end or date.max)

    def key(self, role: str) -> str:
        """Name a party in statements and accounts: its code, or `agreement:role` when it has none."""
        return self.parties[role].code or f"{self.id}:{role}"

    def reason_against(self, period: Period) -> Problem | None:
        """Say why the agreement gives no statement for a period: proposed, not in force, or crossing an end."""
        start, end = self.start or date.min, self.end or date.max
        if self.status != "in_force":
            return problem("agreement-proposed", "status", file=self.file, agreement=self.id)
        if not self.is_in_force(period):
            return problem("agreement-not-in-force", "effective", file=self.file, period=period)
        if period.start < start or period.end > end:
            code, last = "agreement-period-straddled", self.end or "…"
            return problem(code, "effective", file=self.file, period=period, start=start, end=last)
        return None


def is_money(unit: str) -> bool:
    """Is it an amount of money, or of money per something (万元/µg)?

    >>> is_money("万元"), is_money("万元/µg"), is_money("points")
    (True, True, False)
    """
    try:
        convert(Fraction(1), unit.split("/", 1)[0], "分")
    except JingheError:
        return False
    return True
