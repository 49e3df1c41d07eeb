"""Tiers and rates (分档计费): what a figure costs or earns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from jinghe.errors import Problem, RuleError, problem
from jinghe.sharing.ops import EXACT, Number, Ops, clip, total

__all__ = ["TIER_MODES", "check_table", "class_change", "load_charge", "step_table"]

TIER_MODES = ("amount", "whole", "marginal")


def step_table(
    value: Number, *, edges: Sequence[Number], amounts: Sequence[Number], mode: str, ops: Ops = EXACT
) -> Number:
    """Look up a value in a table of steps (分档, tier.step, tier.whole, tier.marginal).

    Tier i holds e_i < x ≤ e_{i+1}, the last one x > e_n; x ≤ e_1 gives 0.
    amount: a_i · whole: a_i (x − e_1) · marginal: Σ_i a_i · max(0, min(x, e_{i+1}) − e_i)

    Args:
        value: x, in the unit of the edges.
        edges: e_1 < e_2 < …, the lower edge of each tier, not part of it.
        amounts: a_i, one per tier: fen (mode amount) or fen per unit of x.
        mode: what the legal text means by a tier; it has no default.
        ops: the evaluator.
    Returns:
        The amount, fen.
    Raises:
        RuleError: the table is not in order, or the mode is unknown.
    Source: 山西 2013 section scheme (five tiers of fixed amounts); 《山西省城市环境空气质量改善奖惩方案》 2019
        (10 and 20 万元 per µg/m³ below and above 5 µg/m³; marginal or whole is left open by the text).

    >>> from fractions import Fraction
    >>> ten, twenty = Fraction(10), Fraction(20)
    >>> step_table(Fraction(8), edges=[Fraction(0), Fraction(5)], amounts=[ten, twenty], mode="marginal")
    Fraction(110, 1)
    >>> step_table(Fraction(8), edges=[Fraction(0), Fraction(5)], amounts=[ten, twenty], mode="whole")
    Fraction(160, 1)
    """
    if found := check_table(edges, amounts=amounts, mode=mode):
        raise RuleError(found)
    above = [ops.exceeds(value, edge) for edge in edges]
    if mode == "marginal":
        widths = [clip(value - low, 0, high - low, ops=ops) for low, high in pairwise(edges)]
        widths.append(ops.greater(value - edges[-1], 0))
        return total([amount * width for amount, width in zip(amounts, widths, strict=True)])
    inside = [here - there for here, there in zip(above, [*above[1:], 0], strict=True)]
    rate = total([amount * part for amount, part in zip(amounts, inside, strict=True)])
    return rate * (value - edges[0]) if mode == "whole" else rate


def class_change(
    now: Number, *, before: Number, standard: Number, gain: Number, failing: Number, ops: Ops = EXACT
) -> Number:
    """Pay for a water class that rose or fell (类别升降, two-way).

    A = g · (1[c < c′] − 1[c > c′]) where c ≤ s, else −h

    Args:
        now: c, the class of the section, 1 the best.
        before: c′, its class a year ago.
        standard: s, the class it has to reach.
        gain: g, fen.
        failing: h, what a section short of its standard is charged, fen.
        ops: the evaluator.
    Returns:
        What downstream owes upstream, fen; negative: upstream owes.
    Source: 重庆 2018 (100 万元 a month). Assumption: an unchanged class that meets its standard moves nothing.

    >>> from fractions import Fraction
    >>> class_change(Fraction(2), before=Fraction(3), standard=Fraction(3), gain=Fraction(100), failing=Fraction(0))
    Fraction(100, 1)
    """
    fails = ops.exceeds(now, standard)
    return (1 - fails) * (ops.exceeds(before, now) - ops.exceeds(now, before)) * gain - fails * failing


def load_charge(value: Number, *, target: Number, flow: Number, rate: Number, ops: Ops = EXACT) -> Number:
    """Charge the load of a pollutant above its target (超标通量).

    A = max(0, C − C₀) · Q · r

    Args:
        value: C, mg/L.
        target: C₀, mg/L.
        flow: Q, million m³ in the period: 1 mg/L · 1 million m³ = 1 t.
        rate: r, fen per t.
        ops: the evaluator.
    Returns:
        The amount, fen.
    Source: 镇江太湖方案 (CODMn 1.5, NH₃-N 10, TP 10 万元/t).

    >>> from fractions import Fraction
    >>> load_charge(Fraction(7), target=Fraction(6), flow=Fraction(30), rate=Fraction("1.5"))
    Fraction(45, 1)
    """
    return ops.greater(value - target, 0) * flow * rate


def check_table(edges: Sequence[Number], *, amounts: Sequence[Number], mode: str) -> list[Problem]:
    """List what is wrong with a table of steps: lengths, order, mode."""
    found = []
    ascending = all(a < b for a, b in pairwise(edges))
    if not edges or len(edges) != len(amounts) or not ascending:
        shown = ", ".join(str(edge) for edge in edges)
        found.append(problem("agreement-table-misshapen", edges=shown, amounts=len(amounts)))
    if mode not in TIER_MODES:
        found.append(problem("choice-unknown", found=mode, expected=", ".join(TIER_MODES)))
    return found
