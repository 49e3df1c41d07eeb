"""Settle in arrays (批量结算): the same clauses and formulas as a statement, in float64, over many replications."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jinghe.errors import Place, Problem, RuleError, problem
from jinghe.labels import Text
from jinghe.sharing.agreement import EACH, POOL, Agreement, Clause, Series, is_money
from jinghe.sharing.check import lint
from jinghe.sharing.clauses import run_clauses
from jinghe.sharing.dates import earlier
from jinghe.sharing.ops import ARRAYS, Number, Ops
from jinghe.sharing.state import State
from jinghe.sharing.trace import Input
from jinghe.sharing.work import WHOLE, Result
from jinghe.units import Period, convert

__all__ = ["settle_arrays"]

_Floats = NDArray[np.float64]
_BLOCK = 5000  # replications worked on at once: their planes stay in the cache, and the rest out of memory
_NOBODY = Text("", "")


def settle_arrays(
    agreement: Agreement, *, series: Mapping[str, _Floats], parties: Sequence[str], periods: Sequence[Period]
) -> _Floats:
    """Compute what each party receives less what it pays, in every period and replication.

    The clauses, formulas and carried sums are those of `settle`; nothing is rounded and no trace is kept, so each line
    is within 1 fen of the statement's.

    Args:
        agreement: in force, nothing left open; checked before, as `check_agreement` does.
        series: by indicator, (R, T, P) figures in the unit that the agreement's data declare; what is read from earlier
            periods (`lag`, `at`) must be among `periods`. Fastest when replications lie innermost in memory.
        parties: P keys: codes, or `agreement:role` of outside parties. `each` stands for the agreement's members, else
            for the codes that have no role of their own as pool, sponsor or residual party.
        periods: T periods in order, of one length for rules with memory; a period outside the effective dates has 0.
    Returns:
        (R, T, P) net receipts, CNY; without pools among `parties` they need not sum to zero.
    Raises:
        RuleError: a choice is open; a series, party or period is missing or misshapen; a figure is not finite; a rule
            does not apply (as for `settle`) in some replication.
    """
    if found := [*_refusals(agreement), *_misshapen(agreement, series, parties, periods)]:
        raise RuleError(found)
    needed = {item.indicator for item in agreement.data.values()}
    size = next((array.shape[0] for array in series.values()), 1)
    net = np.zeros((len(periods), len(parties), size))
    for first in range(0, size, _BLOCK):
        rows = slice(first, first + _BLOCK)
        planes = {name: np.ascontiguousarray(np.moveaxis(series[name][rows], 0, -1)) for name in needed}
        _fold(agreement, planes, parties, periods, net[:, :, rows])
    return np.moveaxis(net, -1, 0)


def _fold(
    agreement: Agreement,
    planes: Mapping[str, _Floats],
    parties: Sequence[str],
    periods: Sequence[Period],
    net: _Floats,
) -> None:
    """Carry the sums from period to period and add up what moves; fen become yuan here."""
    columns = {key: at for at, key in enumerate(parties)}
    state = State()
    for t, period in enumerate(periods):
        if not agreement.is_in_force(period):
            continue
        if refused := agreement.reason_against(period):
            raise RuleError([refused])
        facts = _Sheet(agreement, period, planes, columns, {one.name: at for at, one in enumerate(periods)})
        results, state = run_clauses(facts, state=state)
        for item in results:
            for key, sign in ((item.payer, -0.01), (item.payee, 0.01)):
                if key in columns:
                    net[t, columns[key]] += sign * item.value


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The facts of one period in arrays."""

    agreement: Agreement
    period: Period
    planes: Mapping[str, _Floats]
    columns: Mapping[str, int]
    rows: Mapping[str, int]
    ops: Ops = ARRAYS
    contestants: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        day, agreement = self.period.last, self.agreement
        gone = {item.party for item in agreement.termination.exits if item.on <= day}
        members = [m.code for m in agreement.members if (m.start or date.min) <= day < (m.end or date.max)]
        outside = {p.code for p in agreement.parties.values() if p.role == POOL or p.kind not in ("member", "")}
        each = members if agreement.members else [k for k in self.columns if ":" not in k and k not in outside]
        object.__setattr__(self, "contestants", tuple(code for code in each if code not in gone))

    def key(self, role: str) -> str:
        return self.agreement.key_on(role, self.period.last)

    def parameter(self, role: str, parameter_id: str) -> Input:
        item = self.agreement.parameters[parameter_id]
        found = item.on(self.period.last)
        if found is None:
            path, file = f"parameters.{parameter_id}", self.agreement.file
            last = self.period.last
            raise RuleError([problem("agreement-value-missing", path, file=file, parameter=parameter_id, on=last)])
        return _input(role, _float(found.value))

    def day(self, role: str, parameter_id: str) -> Input:
        if parameter_id == "effective":
            return _input(role, self.agreement.start or date.min)
        return self.parameter(role, parameter_id)

    def figures(self, role: str, series_name: str) -> dict[str, tuple[Input, ...]]:
        item = self.agreement.data[series_name]
        keys = {WHOLE: self.key(item.of)} if item.of != EACH else {code: code for code in self.contestants}
        return {seat: tuple(_input(role, x) for x in self._read(item, key)) for seat, key in keys.items()}

    def result(self, role: str, found: Result) -> Input:
        return _input(role, found.value)

    def carried(self, role: str, value: Number, clause: Clause) -> Input:  # noqa: ARG002 (the exact facts cite it)
        return _input(role, value)

    def _read(self, item: Series, key: str) -> list[Number]:
        if item.every == "month" and self.period.months > 1 and not item.at:
            raise RuleError([problem("agreement-arrays-months", file=self.agreement.file, period=self.period)])
        names = item.at or (earlier(self.period, years=item.lag).name,)
        absent = [name for name in names if name not in self.rows]
        if absent or key not in self.columns:
            found = ", ".join(absent) or key
            path = f"data.{item.name}"
            raise RuleError([problem("agreement-arrays-absent", path, file=self.agreement.file, found=found)])
        column, file = self.columns[key], self.agreement.file
        values = [_scale(item.unit) * self.planes[item.indicator][self.rows[name], column] for name in names]
        if not all(np.isfinite(value).all() for value in values):
            raise RuleError([problem("agreement-arrays-missing", file=file, indicator=item.indicator)])
        if is_money(item.unit) and item.negative != "refund":
            if item.negative == "refuse" and any((value < 0).any() for value in values):
                period = self.period
                raise RuleError([problem("agreement-base-negative", file=file, found="< 0", area=key, period=period)])
            values = [np.maximum(value, 0.0) for value in values]
        return values


def _input(role: str, value: Any) -> Input:
    return Input(role, "array", value, "", _NOBODY, "", _NOBODY)


@cache
def _scale(unit: str) -> float:
    """Fen per unit of money, or of money per something; else 1."""
    return float(convert(Fraction(1), unit.split("/", 1)[0], "分")) if is_money(unit) else 1.0


def _float(value: Any) -> Any:
    if isinstance(value, Fraction):
        return float(value)
    if isinstance(value, tuple):
        return tuple(_float(item) for item in value)
    return value


def _refusals(agreement: Agreement) -> list[Problem]:
    if agreement.status != "in_force":
        return [problem("agreement-proposed", "status", file=agreement.file, agreement=agreement.id)]
    return lint(agreement)


def _misshapen(
    agreement: Agreement, series: Mapping[str, _Floats], parties: Sequence[str], periods: Sequence[Period]
) -> list[Problem]:
    found = []
    sizes = {array.shape[0] for array in series.values() if array.ndim == 3}
    for name in dict.fromkeys(item.indicator for item in agreement.data.values()):
        shape = series[name].shape if name in series else ()
        if len(shape) != 3 or shape[1:] != (len(periods), len(parties)) or len(sizes) > 1:
            expected = f"(R, {len(periods)}, {len(parties)})"
            shown = {"indicator": name, "found": str(shape or "—"), "expected": expected}
            found.append(Problem("agreement-arrays-unfit", Place(agreement.file), tuple(shown.items())))
    return found
