"""From a clause to its lines (条款执行): the block computes, terms and ceilings modify, fen are rounded last."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from jinghe.errors import JingheError, Problem, RuleError, problem
from jinghe.labels import Text
from jinghe.sharing.agreement import EACH, Clause, Value
from jinghe.sharing.blocks import (
    accumulate,
    cap,
    rank_transfer,
    round_parts,
    share_fixed,
    step_table,
    term_end,
    term_window,
)
from jinghe.sharing.evidence import Evidence
from jinghe.sharing.trace import Input, Trace

__all__ = ["apply_clause"]


def apply_clause(clause: Clause, *, evidence: Evidence) -> list[Trace]:
    """Compute the lines of one clause that moves money, with its terms and ceilings, rounded to fen.

    Each line's trace holds payer, payee, the exact amount and the rounded one.
    Raises RuleError with everything that is missing.
    """
    flows = _MOVES[clause.block](clause, evidence)
    for modifier in evidence.agreement.clauses:
        if modifier.bindings.get("of") == clause.id:
            flows = [_MODIFIERS[modifier.block](flow, modifier, evidence) for flow in flows]
    return [line for group in _groups(clause, flows, evidence) for line in _round(group)]


def _accumulate(clause: Clause, evidence: Evidence) -> list[Trace]:
    def amount(readings: Sequence[Input]) -> Fraction:
        return accumulate([_number(item) for item in readings])

    return _each(clause, evidence, "amount", amount, (), "A = Σ a_t")


def _step_table(clause: Clause, evidence: Evidence) -> list[Trace]:
    edges, amounts, mode = (_parameter(clause, evidence, key) for key in ("edges", "amounts", "mode"))

    def amount(readings: Sequence[Input]) -> Fraction:
        table = {"edges": _numbers(edges), "amounts": _numbers(amounts)}
        return accumulate([step_table(_number(item), **table, mode=str(mode.value)) for item in readings])

    return _each(clause, evidence, "value", amount, (edges, amounts, mode), f"A = Σ step({mode.value}; x_t)")


def _each(
    clause: Clause,
    evidence: Evidence,
    name: str,
    amount: Callable[[Sequence[Input]], Fraction],
    parameters: tuple[Input, ...],
    formula: str,
) -> list[Trace]:
    """One line per party that the data are of: readings → amount, from payer to payee."""
    series = str(clause.bindings[name])
    flows = []
    readings = _read(evidence, name, series)
    for code, inputs in readings.items():
        payer, payee = (
            code if clause.bindings[side] == EACH else evidence.agreement.key(str(clause.bindings[side]))
            for side in ("payer", "payee")
        )
        flow = _trace(clause, evidence, formula=formula, inputs=inputs + parameters, exact=amount(inputs))
        flows.append(_between(flow, evidence, payer, payee))
    return flows


def _share_fixed(clause: Clause, evidence: Evidence) -> list[Trace]:
    (base,) = _read(evidence, "base", str(clause.bindings["base"])).values()
    holder = evidence.agreement.key(str(clause.bindings["holder"]))
    shares = {str(role): evidence.parameter("share", str(name)) for role, name in clause.bindings["shares"].items()}
    total = accumulate([_number(item) for item in base])
    parts = share_fixed(total, shares=[_number(item) for item in shares.values()])
    flows = []
    for (role, share), exact in zip(shares.items(), parts, strict=False):
        others = tuple(replace(item, name="other") for other, item in shares.items() if other != role)
        flow = _trace(clause, evidence, formula="x = s · B", inputs=(*base, share, *others), exact=exact)
        flows.append(_between(flow, evidence, holder, evidence.agreement.key(role)))
    return flows


def _rank_transfer(clause: Clause, evidence: Evidence) -> list[Trace]:
    gets, pays, ties, best = (_parameter(clause, evidence, key) for key in ("gets", "pays", "ties", "best"))
    scores = [item for inputs in _read(evidence, "score", str(clause.bindings["score"])).values() for item in inputs]
    signed = [_number(item) * (1 if best.value == "highest" else -1) for item in scores]
    amounts = rank_transfer(signed, gets=_numbers(gets), pays=_numbers(pays), ties=str(ties.value))
    pool = evidence.agreement.key(str(clause.bindings["pool"]))
    flows = []
    for code, exact in zip(evidence.contestants, amounts, strict=True):
        inputs = (*scores, gets, pays, ties, best)
        flow = _trace(clause, evidence, formula="x = g_p − q_{n+1−p}", inputs=inputs, exact=abs(exact))
        payer, payee = (code, pool) if exact < 0 else (pool, code)
        flows.append(_between(flow, evidence, payer, payee))
    return flows


def _term(flow: Trace, clause: Clause, evidence: Evidence) -> Trace:
    start = evidence.day("start", str(clause.bindings["start"]))
    years = evidence.parameter("years", str(clause.bindings["years"]))
    assert isinstance(start.value, date)  # check_agreement has seen to it
    count = int(_number(years))
    try:
        outcome = term_window(evidence.period, start=start.value, years=count)
    except RuleError as error:
        path = f"clauses.{clause.id}"
        raise RuleError([item.at(file=evidence.agreement.file, path=path) for item in error.problems]) from None
    nobody = Text("", "")
    end = Input("end", "computed", term_end(start.value, years=count), "date", Text("期满次日", "end"), "", nobody)
    factor = Fraction(outcome == "inside")
    formula = "x′ = x · 1[start ≤ t < start + years]"
    child = _trace(clause, evidence, formula=formula, inputs=(start, years, end), exact=factor, outcome=outcome)
    return replace(flow, exact=flow.exact * factor, children=(*flow.children, child))


def _cap(flow: Trace, clause: Clause, evidence: Evidence) -> Trace:
    ceiling = evidence.parameter("ceiling", str(clause.bindings["ceiling"]))
    allowed = cap(flow.exact, ceiling=_number(ceiling))
    outcome = "reached" if allowed < flow.exact else "within"
    formula = "x′ = min(x, C)"
    child = _trace(clause, evidence, formula=formula, inputs=(ceiling,), exact=allowed, outcome=outcome)
    return replace(flow, exact=allowed, children=(*flow.children, child))


_MOVES: Mapping[str, Callable[[Clause, Evidence], list[Trace]]] = {
    "accumulate": _accumulate,
    "step_table": _step_table,
    "share_fixed": _share_fixed,
    "rank_transfer": _rank_transfer,
}
_MODIFIERS: Mapping[str, Callable[[Trace, Clause, Evidence], Trace]] = {"term": _term, "cap": _cap}


def _read(evidence: Evidence, name: str, series: str) -> dict[str, tuple[Input, ...]]:
    """Read a series of every party it is of. Raises RuleError with all that is missing."""
    of = evidence.agreement.data[series].of
    codes = evidence.contestants if of == EACH else (evidence.agreement.parties[of].code,)
    if not codes:
        raise RuleError([problem("contestants-missing", level="prefecture", on=evidence.period.last)])
    found: list[Problem] = []
    readings: dict[str, tuple[Input, ...]] = {}
    for code in codes:
        try:
            readings[code] = evidence.readings(name, series, code=code)
        except JingheError as error:
            found += error.problems
    if found:
        raise RuleError(found)
    return readings


def _groups(clause: Clause, flows: list[Trace], evidence: Evidence) -> list[list[tuple[Trace | None, Fraction]]]:
    """Put together the lines that share one total, in the declared order; None is what the holder keeps."""
    order = [key for role in evidence.agreement.rounding for key in evidence.keys(role)]
    if clause.block == "share_fixed":
        base = accumulate([_number(item) for item in flows[0].inputs if item.name == "base"])
        kept = base - sum((flow.exact for flow in flows), Fraction(0))
        ranked: list[tuple[int, Trace | None, Fraction]] = [(order.index(flows[0].payer), None, kept)]
        ranked += [(order.index(flow.payee), flow, flow.exact) for flow in flows]
        return [[(flow, exact) for _, flow, exact in sorted(ranked, key=lambda item: item[0])]]
    if clause.block == "rank_transfer":
        pool = evidence.agreement.key(str(clause.bindings["pool"]))
        ranked_flows = sorted(flows, key=lambda flow: order.index(flow.payee if flow.payer == pool else flow.payer))
        sides = [[flow for flow in ranked_flows if (flow.payer == pool) is paid] for paid in (True, False)]
        return [[(flow, flow.exact) for flow in side] for side in sides]
    return [[(flow, flow.exact)] for flow in flows]


def _round(group: list[tuple[Trace | None, Fraction]]) -> list[Trace]:
    parts = tuple(exact for _, exact in group)
    amounts = round_parts(parts)
    return [
        replace(flow, parts=parts, place=place, rounded=amounts[place].fen)
        for place, (flow, _) in enumerate(group)
        if flow is not None
    ]


def _trace(
    clause: Clause, evidence: Evidence, *, formula: str, inputs: tuple[Input, ...], exact: Fraction, outcome: str = ""
) -> Trace:
    return Trace(
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
        formula=formula,
        inputs=inputs,
        exact=exact,
        outcome=outcome,
    )


def _between(flow: Trace, evidence: Evidence, payer: str, payee: str) -> Trace:
    payer_name, payee_name = evidence.name(payer), evidence.name(payee)
    return replace(flow, payer=payer, payee=payee, payer_name=payer_name, payee_name=payee_name)


def _parameter(clause: Clause, evidence: Evidence, key: str) -> Input:
    return evidence.parameter(key, str(clause.bindings[key]))


def _number(item: Input) -> Fraction:
    assert isinstance(item.value, Fraction)  # check_agreement has seen to it
    return item.value


def _numbers(item: Input) -> tuple[Fraction, ...]:
    value: Value = item.value
    assert isinstance(value, tuple)  # check_agreement has seen to it
    return value
