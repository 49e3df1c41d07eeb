"""One period at work (一期的计算): what clauses bind, what they gave, what they carry on — for either evaluator."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from jinghe.sharing.agreement import EACH, Agreement, Clause
from jinghe.sharing.ops import Number, Ops
from jinghe.sharing.quantities import find_clause
from jinghe.sharing.rules import RULES
from jinghe.sharing.state import State
from jinghe.sharing.trace import Input
from jinghe.units import Period

__all__ = ["WHOLE", "Facts", "Result", "Slot", "Work"]

WHOLE = ""  # the seat of a figure that is not of each party


@dataclass(frozen=True, slots=True)
class Result:
    """What a clause gave for one party, or for the whole (计算结果).

    `steps` are the results it was made from, `children` what changed it afterwards. One that moves money has payer and
    payee; the value may be negative, then the payee pays. Of a divided amount, `base` is the whole and `anchor` who
    holds or collects it.
    """

    clause: Clause
    seat: str
    value: Number
    inputs: tuple[Input, ...]
    steps: tuple[Result, ...] = ()
    children: tuple[Result, ...] = ()
    outcome: str = ""
    payer: str = ""
    payee: str = ""
    base: Number | None = None
    anchor: str = ""


class Facts(Protocol):
    """Where figures and parameters come from (依据来源): the panel for statements, arrays for the simulator."""

    @property
    def agreement(self) -> Agreement:
        """The agreement."""

    @property
    def period(self) -> Period:
        """The period."""

    @property
    def ops(self) -> Ops:
        """The evaluator."""

    @property
    def contestants(self) -> tuple[str, ...]:
        """The parties that `each` stands for in this period."""

    def key(self, role: str) -> str:
        """Name who stands in a role in this period."""

    def parameter(self, role: str, parameter_id: str) -> Input:
        """Return the value in force as the input `role`."""

    def day(self, role: str, parameter_id: str) -> Input:
        """Return a first day as the input `role`."""

    def figures(self, role: str, series_name: str) -> Mapping[str, tuple[Input, ...]]:
        """Return the figures of a series as inputs `role`, by party."""

    def result(self, role: str, found: Result) -> Input:
        """Return what another clause gave as the input `role`."""

    def carried(self, role: str, value: Number, clause: Clause) -> Input:
        """Return a sum of the periods before as the input `role`."""


class Slot(NamedTuple):
    """A bound value (取用项): under which key and part, and its figures and steps by seat."""

    key: str
    part: str
    kind: str
    cells: Mapping[str, tuple[Input, ...]]
    steps: Mapping[str, tuple[Result, ...]]

    def at(self, seat: str) -> tuple[Input, ...]:
        """Return the figures of a party, or those of the whole where there are none of its own."""
        return self.cells.get(seat) or self.cells[WHOLE]

    def steps_at(self, seat: str) -> tuple[Result, ...]:
        """Return the results behind the figures of a party."""
        return self.steps.get(seat) or self.steps.get(WHOLE, ())


@dataclass(frozen=True, slots=True)
class Work:
    """The results of one period so far; each clause is computed once, by `run`."""

    facts: Facts
    state: State
    run: Callable[[Clause, Work], Sequence[Result]]
    masks: dict[str, Number] = field(default_factory=dict)
    sums: dict[str, tuple[Number, ...]] = field(default_factory=dict)
    done: dict[str, tuple[Result, ...]] = field(default_factory=dict)

    def results(self, clause: Clause) -> tuple[Result, ...]:
        """Return what a clause gave, one result per party or one for the whole."""
        if clause.id not in self.done:
            self.done[clause.id] = tuple(self.run(clause, self))
        return self.done[clause.id]

    def clause(self, clause_id: str) -> Clause:
        """Find a clause by id."""
        return next(item for item in self.facts.agreement.clauses if item.id == clause_id)

    def slot(self, key: str, name: str, *, part: str = "", kind: str = "value") -> Slot:
        """Bind a value: data, a parameter, or the result of a clause (of one role: `clause.role`)."""
        shown = f"{key}.{part}" if part else key
        agreement = self.facts.agreement
        if name in agreement.data:
            return Slot(key, part, kind, self.facts.figures(shown, name), {})
        if name in agreement.parameters:
            return Slot(key, part, kind, {WHOLE: (self.facts.parameter(shown, name),)}, {})
        found = find_clause(agreement, name)
        assert found, name  # check_agreement has seen to it
        clause, role = found
        results = {item.seat: item for item in self.results(clause)}
        if role:
            results = {WHOLE: results[self.facts.key(role)]}
        cells = {seat: (self.facts.result(shown, item),) for seat, item in results.items()}
        return Slot(key, part, kind, cells, {seat: (item,) for seat, item in results.items()})

    def slots(self, clause: Clause) -> list[Slot]:
        """Bind every value of a clause; points and tables one by one."""
        kinds = {**RULES[clause.block].binds, **RULES[clause.block].optional}
        found = []
        for key, bound in clause.bindings.items():
            kind = kinds[key]
            if kind in ("table", "points") and isinstance(bound, Mapping):
                found += [self.slot(key, str(name), part=str(part), kind=kind) for part, name in bound.items()]
            elif kind in ("value", "values", "points"):
                found.append(self.slot(key, str(bound), kind=kind))
        return found

    def fixed(self, clause: Clause) -> dict[str, Input]:
        """Return the parameters a clause binds as such: tables of numbers, words, years, lists."""
        kinds = {**RULES[clause.block].binds, **RULES[clause.block].optional}
        wanted = ("numbers", "moneys", "word", "years", "list", "start")
        found = {key: str(name) for key, name in clause.bindings.items() if kinds[key] in wanted}
        read = {"start": self.facts.day}
        return {key: read.get(kinds[key], self.facts.parameter)(key, name) for key, name in found.items()}

    def key(self, role: str, seat: str) -> str:
        """Name the party of a role, or the one concerned where the role is `each`."""
        return seat if role == EACH else self.facts.key(role)

    def before(self, clause: Clause, seat: str, size: int) -> tuple[Number, ...]:
        """Return the sums a clause carries for a party from the periods before."""
        return self.state.of(clause.id, seat, size)

    def carry(self, clause: Clause, seat: str, new: tuple[Number, ...], *, of: str = "") -> None:
        """Carry sums on, where the clause, or the one it changes, applies."""
        mask = self.masks.get(of or clause.id, 1)
        old = self.before(clause, seat, len(new))
        kept = (self.facts.ops.choose(mask, here, there) for here, there in zip(new, old, strict=True))
        self.sums[f"{clause.id}@{seat}"] = tuple(kept)
