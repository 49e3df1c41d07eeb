"""Indices (指数): several figures in one number, by which amounts are set or shared."""

from __future__ import annotations

from collections.abc import Sequence

from jinghe.sharing.ops import EXACT, Number, Ops, total

__all__ = ["delta_weighted", "inverse_capacity", "percent_drop", "weighted_ratio"]

_Numbers = Sequence[Number]


def weighted_ratio(now: _Numbers, *, base: _Numbers, weights: _Numbers, factor: Number = 1, ops: Ops = EXACT) -> Number:
    """Weigh concentrations against their base (补偿指数 P, index.weighted_ratio).

    P = k₀ · Σ_i k_i · C_i / C_i0

    Args:
        now: C_i, one per indicator.
        base: C_i0, in the units of C_i.
        weights: k_i.
        factor: k₀, the stability coefficient.
        ops: the evaluator.
    Returns:
        P; up to 1 the water is no worse than its base allows.
    Raises:
        RuleError: a base is 0.
    Source: 新安江 rounds 1–4, formula as commonly reported; the official text was not seen.

    >>> from fractions import Fraction
    >>> weighted_ratio([Fraction(1), Fraction(3)], base=[Fraction(2)] * 2, weights=[Fraction(1, 2)] * 2)
    Fraction(1, 1)
    """
    ratios = [ops.divide(c, c0) for c, c0 in zip(now, base, strict=True)]
    return factor * total([k * ratio for k, ratio in zip(weights, ratios, strict=True)])


def delta_weighted(now: _Numbers, *, before: _Numbers, weights: _Numbers) -> Number:
    """Weigh improvements, a fall of a concentration counting as one (改善指数, index.delta_weighted).

    I = Σ_i w_i · (C′_i − C_i)

    Args:
        now: C_i, one per indicator, of this period.
        before: C′_i, of the period compared with.
        weights: w_i.
    Returns:
        I, in the unit of C, positive when the air or water is better.
    Source: 山东省环境空气质量生态补偿暂行办法 2014: PM2.5 60 %, PM10 15 %, SO₂ 15 %, NO₂ 10 %.

    >>> from fractions import Fraction
    >>> delta_weighted([Fraction(50), Fraction(70)], before=[Fraction(55)] * 2, weights=[Fraction(3, 5)] * 2)
    Fraction(-6, 1)
    """
    return total([w * (then - c) for w, then, c in zip(weights, before, now, strict=True)])


def percent_drop(now: _Numbers, *, before: _Numbers, weights: _Numbers, ops: Ops = EXACT) -> Number:
    """Weigh percentage falls (降幅, in percentage points).

    D = Σ_i w_i · 100 · (C′_i − C_i) / C′_i

    Arguments as for `delta_weighted`. Returns D in %; raises RuleError where an earlier figure is 0.
    Source: 黄河豫鲁段 2021: the index of COD, NH₃-N and TP against the year before.

    >>> from fractions import Fraction
    >>> percent_drop([Fraction(9)], before=[Fraction(10)], weights=[Fraction(1)])
    Fraction(10, 1)
    """
    drops = [100 * ops.divide(then - c, then) for then, c in zip(before, now, strict=True)]
    return total([w * drop for w, drop in zip(weights, drops, strict=True)])


def inverse_capacity(people: Number, *, capacity: Number, reference: Number = 1, ops: Ops = EXACT) -> Number:
    """Weigh population by how far capacity falls short of the mean (反向财力指数, index.inverse_capacity).

    I = pop · F̄ / F

    Args:
        people: pop.
        capacity: F, fiscal capacity per head.
        reference: F̄, the mean of the region; it cancels when the index is only a share key.
        ops: the evaluator.
    Returns:
        The index; raises RuleError where a capacity is 0.
    Source: Minnesota Statutes 473F.07.

    >>> from fractions import Fraction
    >>> inverse_capacity(Fraction(100), capacity=Fraction(120), reference=Fraction(96))
    Fraction(80, 1)
    """
    return ops.divide(people * reference, capacity)
