"""Clauses at work (条款执行): what each computes, what changes it, and the amounts that move — for either evaluator."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from jinghe.errors import JingheError, Problem, RuleError, problem
from jinghe.sharing.agreement import Clause
from jinghe.sharing.blocks import (
    elig_list,
    equalise_piecewise,
    rank_transfer,
)
from jinghe.sharing.conditions import find_masks
from jinghe.sharing.modifiers import modify
from jinghe.sharing.ops import Number, total
from jinghe.sharing.rules import RULES, SIDES
from jinghe.sharing.splits import divide
from jinghe.sharing.state import State
from jinghe.sharing.trace import Input
from jinghe.sharing.work import WHOLE, Facts, Result, Slot, Work

__all__ = ["run_clauses"]


def run_clauses(facts: Facts, *, state: State) -> tuple[list[Result], State]:
    """Compute what moves in a period: every clause that applies, in file order, and the sums carried on.

    Args:
        facts: the panel's figures, or arrays.
        state: the sums of the periods before.
    Returns:
        The results that have payer and payee, unrounded, and the state after the period.
    Raises:
        RuleError: figures are missing, clauses conflict or none applies; everything found.
    """
    work = Work(facts, state, _run)
    work.masks.update(find_masks(work))
    moved: list[Result] = []
    found: list[Problem] = []
    for clause in facts.agreement.clauses:
        mask = work.masks.get(clause.id, 0)
        if not np.any(mask):
            continue
        try:
            results = work.results(clause)
            _guard_refunds(clause, results, work)
        except JingheError as error:
            path = f"clauses.{clause.id}"
            found += [p if p.place.path else p.at(file=facts.agreement.file, path=path) for p in error.problems]
            continue
        moved += results if isinstance(mask, int) else [replace(item, value=item.value * mask) for item in results]
    if found:
        raise RuleError(dict.fromkeys(found))
    return moved, State(facts.period.end, {**state.sums, **work.sums})


def _run(clause: Clause, work: Work) -> Sequence[Result]:
    results: Sequence[Result] = list(_WAYS[RULES[clause.block].way](clause, work))
    for modifier in work.facts.agreement.clauses:
        if modifier.bindings.get("of") == clause.id:
            results = [changed for result in results for changed in modify(result, modifier, work)]
    return _with_reason(clause, results, work)


def _with_reason(clause: Clause, results: Sequence[Result], work: Work) -> Sequence[Result]:
    """Keep with each result the figure or clause by which a conditional clause applies, for the trace."""
    names = [name for name in (clause.when.holds, clause.when.fails) if name] if clause.when else []
    if not names or not work.facts.ops.is_exact:
        return results
    slots = [work.slot("when", name) for name in names]
    inputs = tuple(item for slot in slots for item in slot.at(WHOLE))
    steps = tuple(step for slot in slots for step in slot.steps_at(WHOLE))
    return [replace(item, inputs=(*item.inputs, *inputs), steps=(*item.steps, *steps)) for item in results]


def _each(clause: Clause, work: Work) -> Iterator[Result]:
    """One result per party that the figures are of; the figures of months are computed one by one and added."""
    rule, ops = RULES[clause.block], work.facts.ops
    slots, fixed = work.slots(clause), work.fixed(clause)
    given = {key: item.value for key, item in fixed.items()}
    for seat in _seats(slots):
        cells = [slot.at(seat) for slot in slots]
        amounts = []
        readings = [len(cell) for slot, cell in zip(slots, cells, strict=True) if slot.kind != "values"]
        for k in range(max(readings, default=1)):
            amounts.append(rule.compute(**_arguments(slots, cells, k), **given, ops=ops))
        yield _made(work, clause, seat, total(amounts), slots, tuple(fixed.values()))


def _carried(clause: Clause, work: Work) -> Iterator[Result]:
    rule, ops = RULES[clause.block], work.facts.ops
    slots, fixed = work.slots(clause), work.fixed(clause)
    given = {key: item.value for key, item in fixed.items()} | {"months": work.facts.period.months}
    for seat in _seats(slots):
        sums = {slot.key: total([item.value for item in slot.at(seat)]) for slot in slots}
        before = work.before(clause, seat, _SIZES[clause.block])
        value, after = rule.compute(**sums, **given, carried=before, ops=ops)
        work.carry(clause, seat, after)
        carried = [work.facts.carried("carried", number, clause) for number in before]
        yield _made(work, clause, seat, value, slots, (*fixed.values(), *carried))


def _across(clause: Clause, work: Work) -> Iterator[Result]:
    """All parties at once, paid or paying through the pool."""
    slots, fixed = work.slots(clause), work.fixed(clause)
    seats = _seats(slots)
    given = {key: item.value for key, item in fixed.items()}
    amounts = _ACROSS[clause.block](slots, seats, given, work)
    inputs = (*(item for slot in slots for seat in seats for item in slot.at(seat)), *fixed.values())
    steps = tuple(item for slot in slots for seat in seats for item in slot.steps_at(seat))
    pool = work.facts.key(str(clause.bindings["pool"]))
    for seat, amount in zip(seats, amounts, strict=True):
        yield Result(clause, seat, amount, inputs, steps=steps, payer=pool, payee=seat)


def _rank(slots: Sequence[Slot], seats: Sequence[str], given: Mapping[str, Number], work: Work) -> list[Number]:
    sign = 1 if given["best"] == "highest" else -1
    scores = [sign * _sum(slots[0], seat) for seat in seats]
    tables = {key: given[key] for key in ("gets", "pays", "ties")}
    return rank_transfer(scores, **tables, ops=work.facts.ops)


def _piecewise(slots: Sequence[Slot], seats: Sequence[str], given: Mapping[str, Number], work: Work) -> list[Number]:
    columns = {slot.key: [_sum(slot, seat) for seat in seats] for slot in slots}
    return equalise_piecewise(columns["value"], references=columns["reference"], **given, ops=work.facts.ops)


def _sum_up(clause: Clause, work: Work) -> Iterator[Result]:
    (slot,) = work.slots(clause)
    inputs = [item for cell in slot.cells.values() for item in cell]
    steps = tuple(item for cell in slot.steps.values() for item in cell)
    value = total([item.value for item in inputs])
    yield replace(_made(work, clause, WHOLE, value, (), inputs), steps=steps)


def _list(clause: Clause, work: Work) -> Iterator[Result]:
    listed = work.facts.parameter("listed", str(clause.bindings["listed"]))
    assert isinstance(listed.value, tuple)  # check_agreement has seen to it
    roles = work.facts.agreement.parties
    known = tuple(work.facts.key(name) if name in roles else name for name in map(str, listed.value))
    for seat in work.facts.contestants:
        yield Result(clause, seat, elig_list(seat, listed=known), (replace(listed, value=known),))


_WAYS: Mapping[str, Callable[[Clause, Work], Iterator[Result]]] = {
    "each": _each,
    "carried": _carried,
    "across": _across,
    "sum": _sum_up,
    "list": _list,
    "split": divide,
    "nothing": lambda *_: iter(()),
}
_ACROSS: Mapping[str, Callable[..., list[Number]]] = {"rank_transfer": _rank, "equalise_piecewise": _piecewise}
_SIZES = {"recover_first": 2, "settle_up": 3}  # how many sums a block carries


def _seats(slots: Sequence[Slot]) -> tuple[str, ...]:
    return next((tuple(slot.cells) for slot in slots if WHOLE not in slot.cells), (WHOLE,))


def _arguments(slots: Sequence[Slot], cells: Sequence[tuple[Input, ...]], k: int) -> dict[str, Number]:
    """Take the k-th figure of every slot; a slot with one figure gives it every time."""
    found: dict[str, Number] = {}
    for slot, cell in zip(slots, cells, strict=True):
        if slot.kind == "values":
            found[slot.key] = [item.value for item in cell]
        elif slot.part:
            found.setdefault(slot.key, []).append(cell[k if len(cell) > 1 else 0].value)
        else:
            found[slot.key] = cell[k if len(cell) > 1 else 0].value
    return found


def _made(work: Work, clause: Clause, seat: str, value: Number, slots: Sequence[Slot], more: Sequence[Input]) -> Result:
    """Put a result together, with who pays whom where the clause says so."""
    inputs = (*(item for slot in slots for item in slot.at(seat)), *more)
    steps = tuple(item for slot in slots for item in slot.steps_at(seat))
    payer, payee = (work.key(str(clause.bindings[x]), seat) if x in clause.bindings else "" for x in SIDES)
    return Result(clause, seat, value, inputs, steps=steps, payer=payer, payee=payee)


def _sum(slot: Slot, seat: str) -> Number:
    return total([item.value for item in slot.at(seat)])


def _guard_refunds(clause: Clause, results: Sequence[Result], work: Work) -> None:
    """Let nobody pay back more than was paid, where a clause reads figures that may be refunds."""
    data = work.facts.agreement.data
    named = {str(name) for name in clause.bindings.values() if isinstance(name, str)}
    if not any(data[name].negative == "refund" for name in named & set(data)):
        return
    for result in results:
        (paid,) = work.before(clause, f"{result.seat}#paid", 1)
        left = paid + result.value
        if np.any(left < 0):
            period = work.facts.period
            raise RuleError([problem("agreement-refund-early", period=period, party=result.seat or result.payee)])
        work.carry(clause, f"{result.seat}#paid", (left,))
