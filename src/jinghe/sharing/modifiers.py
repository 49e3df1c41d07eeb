"""What changes the amounts of a clause (期限、封顶、保底、附条件): one function per block, for either evaluator."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import numpy as np

from jinghe.errors import RuleError
from jinghe.labels import Text
from jinghe.sharing.agreement import Clause
from jinghe.sharing.blocks import cap, cap_cumulative, floor, in_kind_credit, term_end, term_extend, term_window
from jinghe.sharing.ops import Number
from jinghe.sharing.trace import Input
from jinghe.sharing.work import WHOLE, Result, Slot, Work

__all__ = ["modify"]

_NOBODY = Text("", "")


def modify(result: Result, modifier: Clause, work: Work) -> tuple[Result, ...]:
    """Apply a term, ceiling, floor, credit or condition to one result: what is left of it, one or two results.

    Raises RuleError when the period crosses an end of a term.
    """
    try:
        return _MODIFIERS[modifier.block](result, modifier, work)
    except RuleError as error:
        path, file = f"clauses.{modifier.id}", work.facts.agreement.file
        raise RuleError([item.at(file=file, path=item.place.path or path) for item in error.problems]) from None


def _term(result: Result, modifier: Clause, work: Work) -> tuple[Result, ...]:
    given = work.fixed(modifier)
    start, years = given["start"], given["years"]
    outcome = term_window(work.facts.period, start=start.value, years=int(years.value))
    last = term_end(start.value, years=int(years.value))
    return _scaled(result, modifier, int(outcome == "inside"), (start, years, _end(last)), outcome)


def _term_extend(result: Result, modifier: Clause, work: Work) -> tuple[Result, ...]:
    given = work.fixed(modifier)
    start, years, more = (given[key] for key in ("start", "years", "more"))
    limit = work.clause(str(modifier.bindings["cap"]))
    slot = work.slot("ceiling", str(limit.bindings["ceiling"]))
    ceiling = _of(slot, result)
    (used,) = work.before(limit, result.seat, 1)
    first, second, left = int(years.value), int(more.value), ceiling.value - used
    period, ops = work.facts.period, work.facts.ops
    factor, outcome = term_extend(period, start=start.value, years=first, more=second, left=left, ops=ops)
    last = term_end(start.value, years=first + second)
    inputs = (start, years, more, ceiling, work.facts.carried("used", used, limit), _end(last))
    return _scaled(result, modifier, factor, inputs, outcome, slot.steps_at(_seat(slot, result)))


def _cap(result: Result, modifier: Clause, work: Work) -> tuple[Result, ...]:
    slot = work.slot("ceiling", str(modifier.bindings["ceiling"]))
    ceiling = _of(slot, result)
    allowed = cap(result.value, ceiling=ceiling.value, ops=work.facts.ops)
    return _limited(result, modifier, allowed, (ceiling,), slot.steps_at(_seat(slot, result)))


def _cap_cumulative(result: Result, modifier: Clause, work: Work) -> tuple[Result, ...]:
    slot = work.slot("ceiling", str(modifier.bindings["ceiling"]))
    ceiling = _of(slot, result)
    (used,) = work.before(modifier, result.seat, 1)
    allowed = cap_cumulative(result.value, ceiling=ceiling.value, used=used, ops=work.facts.ops)
    work.carry(modifier, result.seat, (used + allowed,), of=result.clause.id)
    inputs = (ceiling, work.facts.carried("used", used, modifier))
    return _limited(result, modifier, allowed, inputs, slot.steps_at(_seat(slot, result)))


def _cap_party(result: Result, modifier: Clause, work: Work) -> tuple[Result, ...]:
    mine = _party_value("ceilings", "ceiling", result, modifier, work)
    if mine is None:
        return (result,)
    return _limited(result, modifier, cap(result.value, ceiling=mine.value, ops=work.facts.ops), (mine,))


def _floor(result: Result, modifier: Clause, work: Work) -> tuple[Result, ...]:
    slot = work.slot("least", str(modifier.bindings["least"]))
    least = _of(slot, result)
    raised = floor(result.value, least=least.value, ops=work.facts.ops)
    return _limited(result, modifier, raised, (least,), slot.steps_at(_seat(slot, result)))


def _in_kind_credit(result: Result, modifier: Clause, work: Work) -> tuple[Result, ...]:
    mine = _party_value("credits", "credit", result, modifier, work)
    if mine is None:
        return (result,)
    return _limited(result, modifier, in_kind_credit(result.value, credit=mine.value, ops=work.facts.ops), (mine,))


def _tranche(result: Result, modifier: Clause, work: Work) -> tuple[Result, ...]:
    """Pay what passed; what did not goes to the fallback party, or is not paid."""
    key = "holds" if "holds" in modifier.bindings else "fails"
    slot = work.slot(key, str(modifier.bindings[key]))
    test, steps = slot.at(_seat(slot, result))[0], slot.steps_at(_seat(slot, result))
    met = test.value if key == "holds" else 1 - test.value
    passed = _scaled(result, modifier, met, (test,), "passed", steps)
    if "fallback" not in modifier.bindings:
        return passed
    other = replace(result, payee=work.facts.key(str(modifier.bindings["fallback"])))
    failed = _scaled(other, modifier, 1 - met, (test,), "failed", steps)
    if work.facts.ops.is_exact and met in (0, 1):
        return passed if met else failed
    return (*passed, *failed)


def _scaled(
    result: Result,
    modifier: Clause,
    factor: Number,
    inputs: tuple[Input, ...],
    outcome: str,
    steps: tuple[Result, ...] = (),
) -> tuple[Result, ...]:
    child = Result(modifier, result.seat, factor, inputs, steps=steps, outcome=outcome)
    return (replace(result, value=result.value * factor, children=(*result.children, child)),)


def _limited(
    result: Result,
    modifier: Clause,
    allowed: Number,
    inputs: tuple[Input, ...],
    steps: tuple[Result, ...] = (),
) -> tuple[Result, ...]:
    outcome = "" if isinstance(allowed, np.ndarray) else "reached" if allowed != result.value else "within"
    child = Result(modifier, result.seat, allowed, inputs, steps=steps, outcome=outcome)
    return (replace(result, value=allowed, children=(*result.children, child)),)


def _of(slot: Slot, result: Result) -> Input:
    return slot.at(_seat(slot, result))[0]


def _seat(slot: Slot, result: Result) -> str:
    """A condition or ceiling of each party is that of the party concerned, else of who pays, else of who receives."""
    return next((seat for seat in (result.seat, result.payer, result.payee) if seat in slot.cells), WHOLE)


def _party_value(key: str, name: str, result: Result, modifier: Clause, work: Work) -> Input | None:
    for role, parameter in modifier.bindings[key].items():
        if work.facts.key(str(role)) in (result.payer, result.payee):
            return work.facts.parameter(name, str(parameter))
    return None


def _end(last: date) -> Input:
    return Input("end", "computed", last, "date", Text("期满次日", "end"), "", _NOBODY)


_MODIFIERS: Mapping[str, Callable[[Result, Clause, Work], tuple[Result, ...]]] = {
    "term": _term,
    "term_extend": _term_extend,
    "cap": _cap,
    "cap_cumulative": _cap_cumulative,
    "cap_party": _cap_party,
    "floor": _floor,
    "in_kind_credit": _in_kind_credit,
    "tranche": _tranche,
}
