"""The compiled engine, logit choice (编译内核·逻辑特): what `logit` does, with few exponentials."""

from __future__ import annotations

from typing import Any

import numpy as np

from jinghe.simulation import equations
from jinghe.simulation.compiled import compiled, exponential, fill_uniforms, inlined
from jinghe.simulation.draws import Purpose
from jinghe.simulation.layout import City, Edge
from jinghe.simulation.parameters import ADDITIVE, PRODUCT

__all__ = ["draw_efforts", "mean_joint", "tabulate"]

_exp = inlined(exponential)
_combine = inlined(equations.combine)
_hermite = inlined(equations.hermite)
_tenure_factor = inlined(equations.tenure_factor)
_utility_joint = inlined(equations.utility_joint)
_utility_own = inlined(equations.utility_own)

_CHOICE, _TOTAL = int(Purpose.CHOICE), int(Purpose.TOTAL)
_OWN, _WHOLE = 2, 3  # their rows of `Work.draws`
_LARGEST = 600.0  # exponent beyond which the structured weights would overflow


@compiled
def _worth_at(worth: Any, tilt: Any, step: float, shift: float) -> Any:
    at = min(max(2 * shift + 8, 0.0), 16.0)
    low = min(int(at), 15)
    return _hermite(worth[low], worth[low + 1], step * tilt[low], step * tilt[low + 1], at - low)


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
    d_place, d_copy = d.groups[1], d.groups[2]
    fill_uniforms(w.draws[_OWN], seed, replication, d_copy, t, d_place, _CHOICE)
    for k in range(4):
        if (k == 1 and p.gaming == 0) or (k == 2 and p.protection == 0) or (k == 3 and p.innovation == 0):
            w_own[k, :] = 0.0
        elif k >= 2 or p.structured > 0:
            _draw_linear(d, p, w, k)
        else:
            _draw_bent(d, t, p, w, k)
    if p.reduced > 0:
        fill_uniforms(w.draws[_WHOLE], seed, replication, d_copy, t, d_place, _TOTAL)
        _draw_total(d, t, p, w)
    else:
        _draw_each(d, t, p, w)


@compiled
def _draw_linear(d: Any, p: Any, w: Any, k: int) -> None:
    """An own task whose value is linear in the level: all cities at once."""
    w_old, w_own, w_level, w_rate = w.tasks[1], w.tasks[0], w.city[City.level], w.tasks[2]
    w_pull, w_found, w_rows = w.city[City.pull], w.city[City.found], w.rows
    step, kappa = p.reach * d.unit / (p.levels - 1), p.substitution * p.effort_cost
    for i in range(len(w_level)):
        rate = w_rate[k, i] - p.linear_cost - kappa * (w_level[i] + w_old[0, i] - w_own[k, i])
        w_pull[i], w_rows[i] = step * rate / p.tau, 1 if k == 2 else 0
    _climb(w, int(p.levels), w.draws[_OWN, k])
    for i in range(len(w_level)):
        w_own[k, i] = step * w_found[i]


@compiled
def _climb(w: Any, count: int, u: Any) -> None:
    """Draw a level for every city as `_pick` does, level by level; a row below 0 is not asked for."""
    w_pull, w_pace, w_weight, w_target = w.city[City.pull], w.city[City.pace], w.city[City.weight], w.city[City.target]
    w_found, w_rows, w_ladder, w_ease, w_weights = w.city[City.found], w.rows, w.ladder, w.ease, w.weights
    for i in range(len(w_pull)):
        w_pace[i] = _exp(w_pull[i]) if abs(w_pull[i]) * count <= _LARGEST else 0.0
        w_weight[i], w_ladder[0, i], w_found[i] = 1.0, 1.0, 0.0
    for j in range(1, count):
        for i in range(len(w_pull)):
            w_weight[i] *= w_pace[i] * w_ease[max(w_rows[i], 0), j]
            w_ladder[j, i] = w_ladder[j - 1, i] + w_weight[i]
    for i in range(len(w_pull)):
        w_target[i] = u[i] * w_ladder[count - 1, i]
    for j in range(count - 1):
        for i in range(len(w_pull)):
            w_found[i] += 1.0 if w_ladder[j, i] < w_target[i] else 0.0
    for i in range(len(w_pull)):
        if abs(w_pull[i]) * count > _LARGEST:
            w_found[i] = _pick(w_weights, w_ease, max(w_rows[i], 0), count, w_pull[i], u[i])


@compiled
def _draw_bent(d: Any, t: int, p: Any, w: Any, k: int) -> None:
    """Growth or window dressing with the exact expected prizes at every level."""
    d_regime, d_scales, d_spill, d_worth, d_tilt = d.regime, d.scales, d.field[0], d.tables[1], d.tables[0]
    w_old, w_own, w_level, w_rate, w_chosen = w.tasks[1], w.tasks[0], w.city[City.level], w.tasks[2], w.draws[_OWN]
    w_tenure, w_yields, w_weights = w.city[City.tenure], w.city[City.yields], w.weights
    w_shift, w_push, funded = w.city[City.shift], w.city[City.push], len(d.funds) > 0
    g, count, kappa, spread = d_regime[t], int(p.levels), p.substitution * p.effort_cost, d_scales[t, 3]
    step, zy, dressed = p.reach * d.unit / (count - 1), d_scales[t, 0], d_scales[t, 1] * p.gaming * (1 - p.audit)
    for i in range(len(w_level)):
        factor = _tenure_factor(p, w_tenure[i])
        rate, old = w_rate[k, i] - p.linear_cost - kappa * (w_level[i] + w_old[0, i] - w_own[k, i]), w_own[k, i]
        per_unit = w_yields[i] * zy * (1 - d_spill[g, i]) if k == 0 else dressed
        worth, tilt, fund, fund_tilt = d_worth[g, 0, i], d_tilt[g, 0, i], d_worth[g, 1, i], d_tilt[g, 1, i]
        for j in range(count):
            level = step * j
            shift = w_shift[i] + per_unit * (level - old) / spread
            bent = factor * _worth_at(worth, tilt, 0.5 * spread, shift)
            if funded:
                bent += _worth_at(fund, fund_tilt, 0.5 * spread, shift)
            linear = _utility_own(level, rate, p.effort_cost)
            w_weights[j] = linear + (bent - w_push[i] * per_unit * level)
        w_own[k, i] = step * _pick_any(w_weights, count, p.tau, w_chosen[k, i])


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
        if p.joint_form <= ADDITIVE and floor == 0:
            rate = w_value[e] * (share * w_partner[e] if p.joint_form == PRODUCT else 0.5) - cost
            found = _pick(w_weights, w_ease, 2, count, step * rate / p.tau, w_edge[0, e])
        else:
            for j in range(count):
                together = _combine(p, step * j, w_partner[e], share)
                w_weights[j] = _utility_joint(step * j, w_value[e], together, cost, floor, w_fine[e], slope)
            found = _pick_any(w_weights, count, p.tau, w_edge[0, e])
        w_joint[e] = step * found


@compiled
def _draw_total(d: Any, t: int, p: Any, w: Any) -> None:
    """One level of joint effort for all partners: the utilities of the edges add up."""
    d_first, d_floors, w_whole, w_value = d.first, d.edge_years[0], w.draws[_WHOLE, 0], w.edge[Edge.value]
    w_partner, w_cost, w_joint, w_old = w.edge[Edge.partner], w.edge[Edge.cost], w.edge[Edge.joint], w.tasks[1]
    w_pull, w_found, w_rows = w.city[City.pull], w.city[City.found], w.rows
    share, kappa = d.degree / d.unit, p.substitution * p.effort_cost
    step, short = p.reach * d.unit / d.degree / (p.levels - 1), p.joint_form <= ADDITIVE
    for i in range(len(w_rows)):
        low, high, crowd, pull, bound = d_first[i], d_first[i + 1], kappa * w_old[0, i], 0.0, False
        for e in range(low, high):
            pull += w_value[e] * (share * w_partner[e] if p.joint_form == PRODUCT else 0.5) - w_cost[e] - crowd
            bound = bound or d_floors[t, e] > 0
        w_pull[i], w_rows[i] = step * pull / p.tau, 1 + np.int64(high - low) if short and not bound else -1
    if short:
        _climb(w, int(p.levels), w_whole)
    for i in range(len(w_rows)):
        if w_rows[i] < 0:
            w_found[i] = _weigh_total(d, t, p, w, i, w_whole[i])
        for e in range(d_first[i], d_first[i + 1]):
            w_joint[e] = step * w_found[i]


@compiled
def _weigh_total(d: Any, t: int, p: Any, w: Any, i: int, u: float) -> float:
    """The long way for one city: every level of every partner."""
    d_first, d_floors, w_value, w_partner = d.first, d.edge_years[0], w.edge[Edge.value], w.edge[Edge.partner]
    w_cost, w_weights, w_fine, w_old = w.edge[Edge.cost], w.weights, w.edge[Edge.fine], w.tasks[1]
    count, share, crowd = int(p.levels), d.degree / d.unit, p.substitution * p.effort_cost * w_old[0, i]
    step, slope = p.reach * d.unit / d.degree / (p.levels - 1), p.effort_cost * d.degree
    w_weights[:] = 0.0
    for e in range(d_first[i], d_first[i + 1]):
        for j in range(count):
            together = _combine(p, step * j, w_partner[e], share)
            w_weights[j] += _utility_joint(
                step * j, w_value[e], together, w_cost[e] + crowd, d_floors[t, e], w_fine[e], slope
            )
    return float(_pick_any(w_weights, count, p.tau, u))


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
        utility[j] = _exp((utility[j] - top) / tau)
    for j in range(count):
        running += utility[j]
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
                weight = _exp((w_weights[j] - top) / p.tau)
                above += weight * (step * j)
                total += weight
            w_fresh[e] = above / total
