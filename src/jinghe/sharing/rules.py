"""The blocks as the agreement file names them (积木一览): what each binds under `with`, and the formula it stands for.

Nine families: base, eligibility, growth, tier, index, share, limit (cap, floor, term), condition, reconcile.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jinghe.sharing import blocks
from jinghe.sharing.ops import Number, Ops

__all__ = ["RULES", "SIDES", "WAYS", "Rule"]

# How a block works: for each party alone; for each with sums carried over periods; across all parties at once; as one
# sum over them; by a list; dividing one amount; changing the amounts of another clause; not at all.
WAYS = ("each", "carried", "across", "sum", "list", "split", "modify", "nothing")
SIDES = {"payer": "party", "payee": "party"}
_SPLIT = {"holder": "party", "collector": "party"}


@dataclass(frozen=True, slots=True)
class Rule:
    """A block (积木): its family, what it must and may bind, how it works, the formula as shown and as computed.

    `unit` names the binding whose unit the result has, or is `1` (a plain number) or `product` (money if either of
    `value` and `rate` is). What a binding stands for: a value is data, a parameter or the result of a clause before;
    values are all its figures; a table is one value per name; points are a value of each party, or one per role; shares
    and limits are a parameter per role; the others are a party, a clause or a parameter of that kind.
    """

    family: str
    way: str
    formula: str
    compute: Callable[..., Any]
    binds: Mapping[str, str]
    optional: Mapping[str, str] = field(default_factory=dict)
    unit: str = "1"


def _without_ops(compute: Callable[..., Number]) -> Callable[..., Number]:
    """Let a formula that is all + − × be called like the others."""
    return lambda ops, **given: compute(**given)


def _amount(*, amount: Number) -> Number:
    return amount


def _table(*, now: Sequence[Number], ops: Ops, **given: Any) -> Number:
    return blocks.weighted_ratio(now, ops=ops, **given)


def _none(**_: Any) -> None:
    return None


def _each(family: str, formula: str, compute: Callable[..., Any], binds: Mapping[str, str], **more: Any) -> Rule:
    optional = dict(more.pop("optional", {})) | SIDES
    return Rule(family, more.pop("way", "each"), formula, compute, binds, optional, **more)


def _split(formula: str, compute: Callable[..., Any], binds: Mapping[str, str], unit: str = "base") -> Rule:
    return Rule("share", "split", formula, compute, binds, _SPLIT, unit)


def _modify(family: str, formula: str, compute: Callable[..., Any], binds: Mapping[str, str], **more: Any) -> Rule:
    return Rule(family, "modify", formula, compute, {"of": "clause"} | dict(binds), unit="of", **more)


_GAP = _each(
    "tier",
    "A = r · (x₀ − x)",
    _without_ops(blocks.gap),
    {"value": "value", "reference": "value", "rate": "value"},
    unit="product",
)
_CHANGE = {"now": "table", "before": "table", "weights": "table"}
_CURVE = {"edges": "numbers", "squares": "numbers", "slopes": "numbers", "constants": "numbers"}

RULES: Mapping[str, Rule] = {
    "accumulate": _each("base", "A = Σ a_t", _without_ops(_amount), {"amount": "value"}, unit="amount"),
    "step_table": _each(
        "tier",
        "A = Σ step(mode; x_t)",
        blocks.step_table,
        {"value": "value", "edges": "numbers", "amounts": "moneys", "mode": "word"},
        unit="amounts",
    ),
    "share_fixed": _split("x = s · B", blocks.share_fixed, {"base": "value", "shares": "shares"}),
    "rank_transfer": Rule(
        "share",
        "across",
        "x = g_p − q_{n+1−p}",
        blocks.rank_transfer,
        {"score": "value", "pool": "party", "gets": "moneys", "pays": "moneys", "ties": "word", "best": "word"},
        unit="gets",
    ),
    "term": _modify(
        "limit", "x′ = x · 1[start ≤ t < start + years]", blocks.term_window, {"start": "start", "years": "years"}
    ),
    "cap": _modify("limit", "x′ = max(−C, min(x, C))", blocks.cap, {"ceiling": "value"}),
    "base_growth": _each(
        "growth", "G = max(0, x − mean(b))", blocks.base_growth, {"now": "value", "base": "values"}, unit="now"
    ),
    "base_level": _each(
        "base",
        "A = x · max(0, r − r₀) · f",
        blocks.base_level,
        {"value": "value", "rate": "value"},
        optional={"above": "value", "factor": "value"},
        unit="product",
    ),
    "gap": _GAP,
    "equalise_linear": _GAP,
    "elig_threshold": _each(
        "eligibility",
        "e = 1[mean(x) ≥ θ] or 1[mean(x) ≤ θ]",
        blocks.elig_threshold,
        {"values": "values"},
        optional={"least": "value", "most": "value"},
    ),
    "elig_list": Rule("eligibility", "list", "e = 1[i ∈ L]", blocks.elig_list, {"listed": "list"}),
    "class_change": _each(
        "tier",
        "A = Σ (g · (1[c < c′] − 1[c > c′]) if c ≤ s else −h)",
        blocks.class_change,
        {"now": "value", "before": "value", "standard": "value", "gain": "value", "failing": "value"},
        unit="gain",
    ),
    "load_charge": _each(
        "tier",
        "A = Σ max(0, C − C₀) · Q · r",
        blocks.load_charge,
        {"value": "value", "target": "value", "flow": "value", "rate": "value"},
        unit="rate",
    ),
    "weighted_ratio": _each(
        "index",
        "P = k₀ · Σ k_i · C_i / C_i0",
        _table,
        {"now": "table", "base": "table", "weights": "table"},
        optional={"factor": "value"},
    ),
    "delta_weighted": _each(
        "index", "I = Σ w_i · (C′_i − C_i)", _without_ops(blocks.delta_weighted), _CHANGE, unit="now"
    ),
    "percent_drop": _each("index", "D = Σ w_i · 100 · (C′_i − C_i) / C′_i", blocks.percent_drop, _CHANGE),
    "inverse_capacity": _each(
        "index",
        "I = pop · F̄ / F",
        blocks.inverse_capacity,
        {"people": "value", "capacity": "value"},
        optional={"reference": "value"},
    ),
    "total": Rule("base", "sum", "A = Σ_i x_i", _without_ops(_amount), {"value": "value"}, SIDES, "value"),
    "share_points": _split("x = B · p / Σp", blocks.share_points, {"base": "value", "points": "points"}),
    "share_claims": _split(
        "x = B · p / Σp, p = rule(d, B)",
        blocks.solution_points,
        {"base": "value", "claims": "points", "rule": "word"},
    ),
    "share_game": _split(
        "x = B · p / Σp, p = rule(v)",
        blocks.solution_points,
        {"base": "value", "worth": "moneys", "order": "list", "rule": "word"},
    ),
    "share_river": _split(
        "x = Σc · p / Σp, p = rule(c)", blocks.river_points, {"costs": "points", "rule": "word"}, "costs"
    ),
    "cap_cumulative": _modify("limit", "x′ = max(−U, min(x, C − U))", blocks.cap_cumulative, {"ceiling": "value"}),
    "cap_party": _modify("limit", "x′ = max(−C_i, min(x, C_i))", blocks.cap, {"ceilings": "limits"}),
    "floor": _modify("limit", "x′ = max(x, F)", blocks.floor, {"least": "value"}),
    "in_kind_credit": _modify("reconcile", "x′ = max(0, x − K_i)", blocks.in_kind_credit, {"credits": "limits"}),
    "term_extend": _modify(
        "limit",
        "x′ = x · (1[t in years] + 1[t in more] · 1[C − U > 0])",
        blocks.term_extend,
        {"start": "start", "years": "years", "more": "years", "cap": "clause"},
    ),
    "tranche": _modify(
        "condition",
        "x′ = e · x, (1 − e) · x → fallback",
        _none,
        {},
        optional={"holds": "value", "fails": "value", "fallback": "party"},
    ),
    "clawback": _each(
        "condition",
        "A′ = f · A",
        blocks.clawback,
        {"amount": "value", "failed": "value", "partial": "value"},
        unit="amount",
    ),
    "equalise_piecewise": Rule(
        "share",
        "across",
        "x = v₀ F(|1 − v/v₀|) below, −scale · v₀ F above",
        blocks.equalise_piecewise,
        {"value": "value", "reference": "value", "pool": "party"} | _CURVE,
        unit="value",
    ),
    "min_endowment": _each(
        "share",
        "A = max(0, s · v₀ − v)",
        blocks.min_endowment,
        {"value": "value", "reference": "value", "share": "value"},
        unit="value",
    ),
    "recover_first": _each(
        "reconcile",
        "x = r + 1[m < 12 n] · s · (B − r), r = min(B, I − R)",
        blocks.recover_first,
        {"base": "value", "investment": "value", "share": "value", "years": "years"},
        way="carried",
        unit="base",
    ),
    "settle_up": _each(
        "reconcile",
        "x = 1[m ≥ 12 w] · max(0, ΣP − ΣG)",
        blocks.settle_up,
        {"paid": "value", "granted": "value", "window": "years"},
        way="carried",
        unit="paid",
    ),
    "true_up": _each(
        "reconcile",
        "A = advance − (q · p or actual)",
        _without_ops(blocks.true_up),
        {"advance": "value", "quantity": "value", "price": "value", "actual": "value", "basis": "word"},
        unit="advance",
    ),
    "nothing": Rule("condition", "nothing", "0", _none, {}),
}
