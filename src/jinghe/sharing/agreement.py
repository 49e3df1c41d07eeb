"""Agreements between jurisdictions (协议): parties, dated and cited parameters, clauses made of blocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

from jinghe.errors import JingheError, Place, Problem, problem
from jinghe.labels import Text
from jinghe.source import Source
from jinghe.units import Period, convert

__all__ = [
    "CONFIDENCES",
    "EACH",
    "POOL",
    "Agreement",
    "Choice",
    "Clause",
    "Crediting",
    "DatedValue",
    "Exit",
    "Member",
    "Parameter",
    "Party",
    "Seal",
    "Series",
    "Termination",
    "Value",
    "When",
    "is_money",
]

EACH = "each"
POOL = "pool"
Value = Fraction | date | str | tuple[Fraction, ...] | tuple[str, ...]

_EXITS = {"stop": "agreement-exit-ended", "": "agreement-exit-open"}
# How well a value is known, the best first; `assumed` is said wherever the value is shown.
CONFIDENCES = {
    "official": Text("官方", "official"),
    "press": Text("报刊", "press"),
    "secondary": Text("转述", "secondary"),
    "assumed": Text("假定", "assumed"),
}


@dataclass(frozen=True, slots=True)
class Party:
    """A party in its role (当事方): a jurisdiction by code, a named outside party or pool, or both.

    With both, the name is the unit that signs and the code the jurisdiction its amounts are booked to. `kind`: member,
    pool (a clearing account), sponsor (who makes good what is short), residual (who takes what no other does, as a
    municipality at a river's head), or enterprise.
    """

    role: str
    code: str = ""
    name: Text | None = None
    kind: str = "member"


@dataclass(frozen=True, slots=True)
class Member:
    """A jurisdiction that `each` stands for (成员), from a day on, before a day; None: always."""

    code: str
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Exit:
    """A party that left (退出): the role, or the code of a member; the first day without it; the source."""

    party: str
    on: date
    source: str


@dataclass(frozen=True, slots=True)
class Termination:
    """What happens when a party leaves (退出与终止).

    `rule`: stop (no more statements), without (the members that stay settle among themselves) or residual (the role
    `residual` takes the place of who left).
    """

    rule: str = ""
    residual: str = ""
    notice_days: int | None = None
    exits: tuple[Exit, ...] = ()


@dataclass(frozen=True, slots=True)
class Seal:
    """When the rules were sealed (封存), and the digest they had on that day."""

    on: date
    digest: str


@dataclass(frozen=True, slots=True)
class Crediting:
    """What an agreement of the assessment book credits (计入考核): an indicator; situs, split or double_count."""

    indicator: str
    mode: str


@dataclass(frozen=True, slots=True)
class When:
    """When a clause applies (适用条件): between days, where one clause gives 1, where another gives 0."""

    start: date | None = None
    end: date | None = None
    holds: str = ""
    fails: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to decide an open parameter (选项), with the source of a precedent if there is one."""

    value: str
    label: Text
    source: str = ""


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value from a day on (分时取值), as printed and as used; money in fen. `start` None: always; `end`: it ceases.

    `confidence`: one of `CONFIDENCES`, or synthetic.
    """

    start: date | None
    value: Value
    printed: str
    source: str
    end: date | None = None
    confidence: str = ""


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
        found = max(begun, key=lambda item: item.start or date.min, default=None)
        return found if found and (found.end is None or day < found.end) else None


@dataclass(frozen=True, slots=True)
class Series:
    """What a clause reads from the panel (数据): an indicator of one party, or of each contestant.

    `every`: `period` reads one figure for the settled period, `month` one for each of its months. `lag`: so many years
    earlier. `at`: the figures of fixed periods instead. `negative`: what a negative amount of money does: refuse (an
    error), zero (it counts as none) or refund (it is paid back, at most what was paid).
    """

    name: str
    indicator: str
    of: str
    unit: str
    label: Text
    every: str = "period"
    at: tuple[str, ...] = ()
    lag: int = 0
    negative: str = "refuse"


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause (条款): a block of `rules.py` and what it is bound to (`with` in the file).

    Clauses of one `topic` answer the same question: exactly one of them must apply. One that applies puts the clause
    it is an `exception_of` out of force; of several that are left, the highest `priority` counts.
    """

    id: str
    block: str
    label: Text
    text: Text
    source: str
    bindings: Mapping[str, Any]
    phrase: Text | None = None
    topic: str = ""
    priority: int = 0
    exception_of: str = ""
    when: When | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Who shares what with whom, by which cited clauses, from when (利益共享、成本分担协议).

    `rounding` is the declared order of parties that takes the odd fen. `sources` holds the agreement's own
    and the case's. `status`: in_force, proposed (shown, never settled) or template. `replay` names the periods whose
    published statements the agreement reproduces; `dated_by` is the source of the effective dates. `crediting` is
    for agreements of the assessment book.
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
    members: tuple[Member, ...] = ()
    termination: Termination = field(default_factory=Termination)
    sealed: Seal | None = None
    notes: tuple[Text, ...] = ()
    crediting: Crediting | None = None
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
        """Do jurisdictions pay each other (横向)? Not where clauses pay into or out of a pool that shares nothing."""
        sides = [clause.bindings.get(side) for clause in self.clauses for side in ("payer", "payee")]
        shared = [clause.bindings.get("holder") for clause in self.clauses]
        return POOL not in sides or POOL in shared

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
        return self._exit_against(period)

    def _exit_against(self, period: Period) -> Problem | None:
        """A party that left ends the agreement, or needs a rule; no period may run across its last day."""
        for item in self.termination.exits:
            if period.end <= item.on:
                continue
            code = "agreement-exit-straddled" if period.start < item.on else _EXITS.get(self.termination.rule)
            if code:
                known = {"party": item.party, "on": str(item.on), "period": period.name}
                return Problem(code, Place(self.file, None, "termination"), tuple(known.items()))
        return None

    def key_on(self, role: str, day: date) -> str:
        """Name who stands in a role on a day: after its exit the residual party, where the agreement says so."""
        gone = any(item.party == role and item.on <= day for item in self.termination.exits)
        return self.key(self.termination.residual if gone and self.termination.rule == "residual" else role)


@cache
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
