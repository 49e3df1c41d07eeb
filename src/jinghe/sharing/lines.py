"""From results to lines (结算行): amounts rounded together to fen, and the trace of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from jinghe.sharing.agreement import Value
from jinghe.sharing.blocks import round_parts
from jinghe.sharing.evidence import Evidence
from jinghe.sharing.rules import RULES
from jinghe.sharing.trace import Trace
from jinghe.sharing.work import Result

__all__ = ["make_traces"]

_ZERO = Fraction(0)


def make_traces(results: Sequence[Result], *, evidence: Evidence) -> list[Trace]:
    """Round the exact results of a period to fen and write down each one's trace, in the order of the results.

    Parts of one amount, and each side of a transfer between many, are rounded together by largest remainder in the
    agreement's declared order of parties; other amounts alone. A negative amount turns payer and payee round.
    """
    order = {key: at for at, key in enumerate(k for role in evidence.agreement.rounding for k in evidence.keys(role))}
    traces: dict[int, Trace] = {}
    seen: dict[int, Trace] = {}
    for group in _group(results, order):
        parts = tuple(abs(amount) for _, amount in group)
        amounts = round_parts(parts)
        for place, (at, _) in enumerate(group):
            if at is not None:
                moved = _move(results[at], evidence, seen=seen)
                traces[at] = replace(moved, parts=parts, place=place, rounded=amounts[place].fen)
    return [traces[at] for at in range(len(results))]


def _group(results: Sequence[Result], order: Mapping[str, int]) -> list[list[tuple[int | None, Fraction]]]:
    """Put together what shares one total, in the declared order; None is what the holder or collector keeps."""
    together: dict[object, list[int]] = {}
    for at, result in enumerate(results):
        way = RULES[result.clause.block].way
        key: object = at if way not in ("split", "across") else result.clause.id
        together.setdefault((key, way == "across" and result.value < 0), []).append(at)
    groups = []
    for places in together.values():
        first = results[places[0]]
        ranked: list[tuple[int, int | None, Fraction]] = [
            (order[results[at].seat] if results[at].seat in order else len(order), at, Fraction(results[at].value))
            for at in places
        ]
        if first.base is not None:
            kept = abs(Fraction(first.base)) - sum((abs(amount) for _, _, amount in ranked), _ZERO)
            ranked.append((order[first.anchor], None, max(kept, _ZERO)))
        ranked.sort(key=lambda item: (item[0], item[1] is not None))
        groups.append([(at, amount) for _, at, amount in ranked])
    return groups


def _move(result: Result, evidence: Evidence, *, seen: dict[int, Trace]) -> Trace:
    """The root of a line: who pays whom how much, exactly."""
    trace = _trace(result, evidence, seen=seen)
    payer, payee = result.payer, result.payee
    if result.value < 0:
        payer, payee = payee, payer
    outcome = "reversed" if result.value < 0 else ""
    moved = replace(trace, payer=payer, payee=payee, exact=abs(trace.exact), outcome=outcome)
    return replace(moved, payer_name=evidence.name(payer), payee_name=evidence.name(payee))


def _trace(result: Result, evidence: Evidence, *, seen: dict[int, Trace]) -> Trace:
    if id(result) not in seen:
        clause, rule = result.clause, RULES[result.clause.block]
        seen[id(result)] = Trace(
            agreement=evidence.agreement.title,
            clause=clause.id,
            block=clause.block,
            label=clause.label,
            text=clause.text,
            phrase=clause.phrase,
            source=clause.source,
            basis=evidence.title(clause.source),
            cite=evidence.cite(clause.source),
            period=evidence.period.name,
            formula=_formula(result, rule.formula),
            inputs=result.inputs,
            exact=Fraction(result.value),
            seat=result.seat,
            outcome=result.outcome,
            steps=tuple(_trace(step, evidence, seen=seen) for step in result.steps),
            children=tuple(_trace(child, evidence, seen=seen) for child in result.children),
        )
    return seen[id(result)]


def _formula(result: Result, formula: str) -> str:
    mode: Value | None = next((item.value for item in result.inputs if item.name in ("mode", "rule")), None)
    return formula.replace("mode", str(mode)).replace("rule", str(mode)) if mode else formula
