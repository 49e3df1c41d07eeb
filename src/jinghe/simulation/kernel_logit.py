"""The compiled engine, logit choice (编译内核·逻辑特): what `logit` does, with few exponentials."""

from __future__ import annotations

from typing import Any

import numpy as np

from jinghe.simulation import equations
from jinghe.simulation.compiled import compiled, fill_uniforms, inlined
from jinghe.simulation.draws import Purpose
from jinghe.simulation.layout import City, Edge
from jinghe.simulation.parameters import ADDITIVE, PRODUCT

__all__ = ["draw_efforts", "mean_joint", "tabulate"]

_combine = inlined(equations.combine)
_hermite = inlined(equations.hermite)
_tenure_factor = inlined(equations.tenure_factor)
_utility_joint = inlined(equations.utility_joint)
_utility_own = inlined(equations.utility_own)

_CHOICE, _TOTAL = int(Purpose.CHOICE), int(Purpose.TOTAL)
_LARGEST = 600.0  # exponent beyond which the structured weights would overflow


@compiled
def _worth_at(worth: Any, tilt: Any, g: int, step: float, i: int, shift: float, factor: Any) -> Any:
    at = min(max(2 * shift + 8, 0.0), 16.0)
    low = min(int(at), 15)
    u = at - low
    found = 0.0
    for k in range(2):
        left, right = step * tilt[g, k, i, low], step * tilt[g, k, i, low + 1]
        one = _hermite(worth[g, k, i, low], worth[g, k, i, low + 1], left, right, u)
        found += one * factor if k == 0 else one
    return found


@compiled
def draw_efforts(d: Any, t: int, p: Any, w: Any, seed: Any, replication: int) -> None:
    """Logit choice, task by task, the others as they were last year; see `logit.draw_efforts`."""
    d_theta, d_first, w_joint, w_old, w_own = d.cities[0], d.first, w.edge[Edge.joint], w.tasks[1], w.tasks[0]
    w_level = w.city[City.level]
    for i in range(len(d_theta)):
        total = 0.0
        for e in range(d_first[i], d_first[i + 1]):
            total += w_joint[e]
        w_old[0, i] = w_own[0, i] + w_own[1, i] + w_own[2, i] + w_own[3, i]
        w_level[i] = total
    _draw_own(d, t, p, w, seed, replication)
    if p.reduced > 0:
        _draw_total(d, t, p, w, seed, replication)
    else:
        _draw_each(d, t, p, w)


@compiled
def _draw_own(d: Any, t: int, p: Any, w: Any, seed: Any, replication: int) -> None:
    d_regime, d_scales, d_spill, d_worth, d_tilt = d.regime, d.scales, d.field[0], d.tables[1], d.tables[0]
    w_old, w_own, w_level, w_words, w_rate = w.tasks[1], w.tasks[0], w.city[City.level], w.words, w.tasks[2]
    w_tenure, w_yields, w_weights, w_ease = w.city[City.tenure], w.city[City.yields], w.weights, w.ease
    w_shift, w_push, d_place, d_copy = w.city[City.shift], w.city[City.push], d.groups[2], d.groups[3]
    g, count, kappa, spread = d_regime[t], int(p.levels), p.substitution * p.effort_cost, d_scales[t, 3]
    step, zy, dressed = p.reach * d.unit / (count - 1), d_scales[t, 0], d_scales[t, 1] * p.gaming * (1 - p.audit)
    for i in range(len(w_level)):
        fill_uniforms(w_words, 0, seed, replication + d_copy[i], t, d_place[i], _CHOICE)
        factor = _tenure_factor(p, w_tenure[i])
        for k in range(4):
            rate, old = w_rate[k, i] - p.linear_cost - kappa * (w_level[i] + w_old[0, i] - w_own[k, i]), w_own[k, i]
            per_unit = w_yields[i] * zy * (1 - d_spill[g, i]) if k == 0 else dressed
            if (k == 1 and p.gaming == 0) or (k == 2 and p.protection == 0) or (k == 3 and p.innovation == 0):
                found = 0
            elif k >= 2 or p.structured > 0:
                found = _pick(w_weights, w_ease, 1 if k == 2 else 0, count, step * rate / p.tau, w_words[0, k])
            else:
                for j in range(count):
                    level = step * j
                    shift = w_shift[i] + per_unit * (level - old) / spread
                    bent = _worth_at(d_worth, d_tilt, g, 0.5 * spread, i, shift, factor)
                    linear = _utility_own(level, rate, p.effort_cost)
                    w_weights[j] = linear + (bent - w_push[i] * per_unit * level)
                found = _pick_any(w_weights, count, p.tau, w_words[0, k])
            w_own[k, i] = step * found


@compiled
def _draw_each(d: Any, t: int, p: Any, w: Any) -> None:
    """Joint effort, one partner at a time."""
    d_giver, d_floors, w_value, w_partner = d.links[0], d.edge_years[0], w.edge[Edge.value], w.edge[Edge.partner]
    w_cost, w_fine, w_joint, w_edge = w.edge[Edge.cost], w.edge[Edge.fine], w.edge[Edge.joint], w.edge_draws
    w_weights, w_ease, w_old = w.weights, w.ease, w.tasks[1]
    share, count, kappa = d.degree / d.unit, int(p.levels), p.substitution * p.effort_cost
    step, slope = p.reach * d.unit / (p.levels - 1) / d.degree, p.effort_cost * d.degree
    for e in range(len(d_giver)):
        cost, floor = w_cost[e] + kappa * w_old[0, d_giver[e]], d_floors[t, e]
        if p.structured > 0 and p.joint_form <= ADDITIVE and floor == 0:
            rate = w_value[e] * (share * w_partner[e] if p.joint_form == PRODUCT else 0.5) - cost
            found = _pick(w_weights, w_ease, 2, count, step * rate / p.tau, w_edge[e, 0])
        else:
            for j in range(count):
                together = _combine(p, step * j, w_partner[e], share)
                w_weights[j] = _utility_joint(step * j, w_value[e], together, cost, floor, w_fine[e], slope)
            found = _pick_any(w_weights, count, p.tau, w_edge[e, 0])
        w_joint[e] = step * found


@compiled
def _draw_total(d: Any, t: int, p: Any, w: Any, seed: Any, replication: int) -> None:
    """One level of joint effort for all partners: the utilities of the edges add up."""
    d_first, d_floors, w_words, w_value = d.first, d.edge_years[0], w.words, w.edge[Edge.value]
    w_partner, w_cost, w_weights, w_ease = w.edge[Edge.partner], w.edge[Edge.cost], w.weights, w.ease
    w_fine, w_joint, w_old = w.edge[Edge.fine], w.edge[Edge.joint], w.tasks[1]
    d_place, d_copy = d.groups[2], d.groups[3]
    count, share, kappa = int(p.levels), d.degree / d.unit, p.substitution * p.effort_cost
    step, slope = p.reach * d.unit / d.degree / (p.levels - 1), p.effort_cost * d.degree
    for i in range(len(d_first) - 1):
        low, high, crowd = d_first[i], d_first[i + 1], kappa * w_old[0, i]
        fill_uniforms(w_words, 0, seed, replication + d_copy[i], t, d_place[i], _TOTAL)
        pull, bound = 0.0, False
        for e in range(low, high):
            pull += w_value[e] * (share * w_partner[e] if p.joint_form == PRODUCT else 0.5) - w_cost[e] - crowd
            bound = bound or d_floors[t, e] > 0
        if p.structured > 0 and p.joint_form <= ADDITIVE and not bound:
            found = _pick(w_weights, w_ease, 1 + high - low, count, step * pull / p.tau, w_words[0, 0])
        else:
            w_weights[:] = 0.0
            for e in range(low, high):
                cost, floor, fine = w_cost[e] + crowd, d_floors[t, e], w_fine[e]
                for j in range(count):
                    together = _combine(p, step * j, w_partner[e], share)
                    w_weights[j] += _utility_joint(step * j, w_value[e], together, cost, floor, fine, slope)
            found = _pick_any(w_weights, count, p.tau, w_words[0, 0])
        for e in range(low, high):
            w_joint[e] = step * found


@compiled
def tabulate(d: Any, p: Any, w: Any) -> None:
    """Ratios of the structured weights, exp(−½ slope δ² (2j − 1)/τ): constant while the rules are; see `_pick`."""
    w_ease = w.ease
    step = p.reach * d.unit / (p.levels - 1)
    for row in range(len(w_ease)):
        slope = p.effort_cost * (p.protection_cost if row == 1 else 1.0)
        if row >= 2:
            slope *= (row - 1) / d.degree  # row − 1 partners at once, of slope c d̄ each, steps of δ/d̄
        w_ease[row, 0] = -0.5 * slope * step * step / p.tau
        for j in range(1, int(p.levels)):
            w_ease[row, j] = np.exp(w_ease[row, 0] * (2 * j - 1))


@inlined
def _pick(weights: Any, ease: Any, row: int, count: int, pull: float, u: float) -> Any:
    """Draw a level when utility is pull·j − ½ slope (δ j)², in units of τ: one exponential, then products."""
    if abs(pull) * count > _LARGEST:
        for j in range(count):
            weights[j] = pull * j + ease[row, 0] * j * j
        return _pick_any(weights, count, 1.0, u)
    z, weight, running = np.exp(pull), 1.0, 1.0
    weights[0] = 1.0
    for j in range(1, count):
        weight *= z * ease[row, j]
        running += weight
        weights[j] = running
    return _find(weights, count, u * running)


@inlined
def _pick_any(utility: Any, count: int, tau: float, u: float) -> Any:
    """Draw a level from any utilities: an exponential each."""
    top, running = utility[0], 0.0
    for j in range(1, count):
        top = max(top, utility[j])
    for j in range(count):
        running += np.exp((utility[j] - top) / tau)
        utility[j] = running
    return _find(utility, count, u * running)


@inlined
def _find(running: Any, count: int, target: float) -> Any:
    found = 0
    for j in range(count - 1):  # no branch to guess wrong
        found += 1 if running[j] < target else 0
    return found


@compiled
def mean_joint(d: Any, t: int, p: Any, w: Any) -> None:
    """Mean joint effort of the logit distribution of every edge, into `fresh`."""
    d_theta, d_first, d_floors, w_own = d.cities[0], d.first, d.edge_years[0], w.tasks[0]
    w_partner, w_weights, w_value, w_cost = w.edge[Edge.partner], w.weights, w.edge[Edge.value], w.edge[Edge.cost]
    w_fine, w_fresh = w.edge[Edge.fine], w.edge[Edge.fresh]
    count, step, share = int(p.levels), p.reach * d.unit / d.degree / (p.levels - 1), d.degree / d.unit
    for i in range(len(d_theta)):
        crowd = p.substitution * p.effort_cost * (w_own[0, i] + w_own[1, i] + w_own[2, i] + w_own[3, i])
        for e in range(d_first[i], d_first[i + 1]):
            for j in range(count):
                together = _combine(p, step * j, w_partner[e], share)
                w_weights[j] = _utility_joint(
                    step * j,
                    w_value[e],
                    together,
                    w_cost[e] + crowd,
                    d_floors[t, e],
                    w_fine[e],
                    p.effort_cost * d.degree,
                )
            top, above, total = w_weights[0], 0.0, 0.0
            for j in range(1, count):
                top = max(top, w_weights[j])
            for j in range(count):
                weight = np.exp((w_weights[j] - top) / p.tau)
                above += weight * (step * j)
                total += weight
            w_fresh[e] = above / total
