"""The compiled engine, first half of a year (编译内核·选择): what `choice` does, one replication at a time."""

from __future__ import annotations

from typing import Any

import numpy as np

from jinghe import ica
from jinghe.simulation import equations
from jinghe.simulation.compiled import compiled, fill_uniforms, inlined
from jinghe.simulation.draws import Purpose
from jinghe.simulation.kernel_logit import draw_efforts, mean_joint
from jinghe.simulation.layout import City, Edge
from jinghe.simulation.logit import QRE_ROUNDS
from jinghe.simulation.parameters import FIXED, IMITATE, NASH, QRE

__all__ = ["choose"]

_best_joint = inlined(equations.best_joint)
_claim_factor = inlined(equations.claim_factor)
_combine = inlined(equations.combine)
_expect = inlined(equations.expect)
_friction = inlined(equations.friction)
_gain_of_task = inlined(equations.gain_of_task)
_marginal_chance = inlined(equations.marginal_chance)
_own_returns = inlined(equations.own_returns)
_perceive = inlined(ica.perceive)
_tenure_factor = inlined(equations.tenure_factor)
_value_of_joint = inlined(equations.value_of_joint)

_IMITATE = int(Purpose.IMITATE)
_SWEEPS = 40


@compiled
def choose(d: Any, t: int, p: Any, w: Any, seed: Any, replication: int) -> None:
    """Replace last year's efforts in the work arrays by those of year t."""
    d_reverse, d_floors, w_joint, w_partner = d.links[2], d.edge_years[0], w.edge[Edge.joint], w.edge[Edge.partner]
    w_trust, w_fresh = w.edge[Edge.trust], w.edge[Edge.fresh]
    if p.choice == FIXED or (p.choice == IMITATE and t == 0):
        return
    if p.choice == IMITATE:
        _imitate(d, t, p, w, seed, replication)
        return
    _stand(d, t, w)
    _look(d, t, p, w)
    _look_at_partners(d, t, p, w)
    if p.choice == NASH:
        _best(d, t, p, w)
        return
    if p.choice == QRE:
        for _ in range(QRE_ROUNDS):
            mean_joint(d, t, p, w)
            for e in range(len(w_joint)):
                w_partner[e] = _expect(p, w_trust[e], w_fresh[d_reverse[e]], d_floors[t, e])
    draw_efforts(d, t, p, w, seed, replication)


@compiled
def _stand(d: Any, t: int, w: Any) -> None:
    """Standing relative to the pool and to the equilibrium, in standard deviations of the score."""
    d_regime, d_theta, d_reference, d_pools, d_scales = d.regime, d.cities[0], d.field[1], d.groups[0], d.scales
    w_shift, w_standing, w_total = w.city[City.shift], w.city[City.standing], w.city[City.total]
    w_count = w.city[City.count]
    g, n = d_regime[t], len(d_theta)
    for i in range(n):
        w_shift[i] = w_standing[i] - d_reference[g, i]
        w_total[i] = 0.0
        w_count[i] = 0.0
    for i in range(n):
        w_total[d_pools[i]] += w_shift[i]
        w_count[d_pools[i]] += 1.0
    for i in range(n):
        w_shift[i] = (w_shift[i] - w_total[d_pools[i]] / w_count[d_pools[i]]) / d_scales[t, 3]


@compiled
def _slope_at(tilt: Any, g: int, i: int, shift: float) -> Any:
    at = min(max(2 * shift + 8, 0.0), 16.0)
    low = min(int(at), 15)
    u = at - low
    return (
        tilt[g, 0, i, low] * (1 - u) + tilt[g, 0, i, low + 1] * u,
        tilt[g, 1, i, low] * (1 - u) + tilt[g, 1, i, low + 1] * u,
    )


@compiled
def _look(d: Any, t: int, p: Any, w: Any) -> None:
    """Returns of the own tasks; see `choice.look`."""
    d_regime, d_scales, d_theta, d_first, d_floors = d.regime, d.scales, d.cities[0], d.first, d.edge_years[0]
    d_tilt, d_sizes, d_spill, d_settled, d_rivals = d.tables[0], d.cities[1], d.field[0], d.city_years[1], d.cities[2]
    w_partner, w_trust, w_belief = w.edge[Edge.partner], w.edge[Edge.trust], w.edge[Edge.belief]
    w_stock, w_joint, w_shift = w.edge[Edge.stock], w.edge[Edge.joint], w.city[City.shift]
    w_tenure, w_own, w_push, w_rate = w.city[City.tenure], w.tasks[0], w.city[City.push], w.tasks[2]
    w_yields, w_adopted, w_bonus = w.city[City.yields], w.city[City.adopted], w.city[City.bonus]
    w_team = w.city[City.team]
    g, share, zy, zq = d_regime[t], d.degree / d.unit, d_scales[t, 0], d_scales[t, 1]
    for i in range(len(d_theta)):
        quality = 0.0
        for e in range(d_first[i], d_first[i + 1]):
            w_partner[e] = _expect(p, w_trust[e], w_belief[e], d_floors[t, e])
            if p.absolute_prize > 0:
                quality += p.joint_value * (1 - w_stock[e]) * _combine(p, w_joint[e], w_partner[e], share)
        promotion, funds = _slope_at(d_tilt, g, i, w_shift[i])
        push = promotion * _tenure_factor(p, w_tenure[i]) + funds
        mean = p.joint_measure * quality + p.gaming * (1 - p.audit) * w_own[1, i]
        bonus = _marginal_chance(p, mean, p.noise * p.measure_noise) if p.absolute_prize > 0 else 0.0
        team = p.team_prize / d_sizes[i] if d_sizes[i] > 0 else 0.0
        money = p.sharing * d_theta[i] + d_settled[t, i]
        w_push[i], w_bonus[i], w_team[i] = push, bonus, team
        w_rate[0, i], w_rate[1, i], w_rate[2, i] = _own_returns(
            p, push, bonus, team, d_spill[g, i], money, w_yields[i], zy, zq, d.unit, d_rivals[i]
        )
        gain = push * (zy * p.innovation_gain * w_own[0, i] + zq * p.innovation_credit)
        gain += money * p.innovation_gain * w_own[0, i]
        w_rate[3, i] = p.innovation / d.unit * (1 - w_adopted[i]) * gain


@compiled
def _look_at_partners(d: Any, t: int, p: Any, w: Any) -> None:
    """Returns and costs of joint effort, edge by edge; see `choice.look`."""
    d_regime, d_scales, d_giver, d_credit, d_other = d.regime, d.scales, d.links[0], d.edges[0], d.edges[4]
    d_claim, d_lead, d_same = d.edges[1], d.lead, d.edges[2]
    d_special, d_authority, w_standards = d.edge_years[1], d.edge_years[2], w.region[0]
    w_push, w_bonus, w_team = w.city[City.push], w.city[City.bonus], w.city[City.team]
    w_stock, w_trust, w_value = w.edge[Edge.stock], w.edge[Edge.trust], w.edge[Edge.value]
    w_backlog, w_cost, w_fine = w.edge[Edge.backlog], w.edge[Edge.cost], w.edge[Edge.fine]
    g, share, zy, zq = d_regime[t], d.degree / d.unit, d_scales[t, 0], d_scales[t, 1]
    kept = p.sharing * p.joint_claim * _claim_factor(p)
    fined = p.inspection * p.penalty * p.effort_cost * d.unit
    edges = len(d_giver) // d.copies  # few arrays in every loop: then it runs on several edges at once
    for copy in range(d.copies):
        s, low, high = w_standards[copy], np.uint64(copy * edges), np.uint64((copy + 1) * edges)
        benefit, burden = _perceive(p.local_first, p.barrier, s)
        claimed = benefit * kept
        for e in range(low, high):
            rubs = _friction(p, w_trust[e], s, w_backlog[e], d_authority[t, e], d.unit)
            w_cost[e] = burden * rubs + p.linear_cost - p.compensation
        for e in range(low, high):
            i, own, other = d_giver[e], p.joint_credit * d_credit[e], p.joint_credit * d_other[e]
            push, bonus, team, claim = w_push[i], w_bonus[i], w_team[i], claimed * d_claim[e]
            value = _value_of_joint(p, push, d_lead[g, e], own, other, bonus, team, d_same[e], claim, zy, zq)
            w_value[e] = p.joint_value * (1 - w_stock[e]) * value
    for e in range(len(d_giver) if d.bound[0, t] else 0):
        w_fine[e] = fined * (1 - p.authority_slack * d_authority[t, e])
    if d.bound[1, t]:
        for e in range(len(d_giver)):
            if d_special[t, e] > 0:
                w_value[e] += d_special[t, e] * _gain_of_task(p, w_stock[e], share)


@compiled
def _best(d: Any, t: int, p: Any, w: Any) -> None:
    """Best response to what is seen; see `choice.best_efforts`."""
    d_theta, d_first, d_floors, d_start, w_joint = d.cities[0], d.first, d.edge_years[0], d.start, w.edge[Edge.joint]
    w_value, w_partner, w_cost = w.edge[Edge.value], w.edge[Edge.partner], w.edge[Edge.cost]
    w_fine, w_rate, w_own = w.edge[Edge.fine], w.tasks[2], w.tasks[0]
    c, kappa, slope, share = p.effort_cost, p.substitution * p.effort_cost, p.effort_cost * d.degree, d.degree / d.unit
    for i in range(len(d_theta)):
        e0, e1, e2, e3 = 0.0, 0.0, 0.0, 0.0
        for _ in range(_SWEEPS if kappa > 0 else 1):
            crowd = kappa * (e0 + e1 + e2 + e3)
            total = 0.0
            for e in range(d_first[i], d_first[i + 1]):
                w_joint[e] = _best_joint(
                    p, w_value[e], w_partner[e], w_cost[e] + crowd, d_floors[t, e], w_fine[e], slope, share
                )
                total += w_joint[e]
            free = -p.linear_cost
            e0 = max((w_rate[0, i] + free - kappa * (total + e1 + e2 + e3)) / c, 0.0)
            e1 = max((w_rate[1, i] + free - kappa * (total + e0 + e2 + e3)) / c, 0.0)
            e2 = max((w_rate[2, i] + free - kappa * (total + e0 + e1 + e3)) / (c * p.protection_cost), 0.0)
            e3 = max((w_rate[3, i] + free - kappa * (total + e0 + e1 + e2)) / c, 0.0)
        w_own[0, i] = d_start[0, i] if p.decisiveness > 0 else e0
        w_own[1, i], w_own[2, i], w_own[3, i] = e1, e2, e3


@compiled
def _imitate(d: Any, t: int, p: Any, w: Any, seed: Any, replication: int) -> None:
    d_theta, d_first, d_partners, w_level = d.cities[0], d.first, d.cities[3], w.city[City.level]
    w_joint, w_old, w_own, w_chosen = w.edge[Edge.joint], w.tasks[1], w.tasks[0], w.draws[2]
    w_earned = w.city[City.earned]
    d_place, d_copy, n = d.groups[1], d.groups[2], len(d_theta) // d.copies
    for i in range(len(d_theta)):
        w_level[i] = 0.0
        for e in range(d_first[i], d_first[i + 1]):
            w_level[i] += w_joint[e]
        w_level[i] /= d_partners[i]
        for k in range(4):
            w_old[k, i] = w_own[k, i]
    fill_uniforms(w_chosen, seed, replication, d_copy, t, d_place, _IMITATE)
    for i in range(len(d_theta)):
        other = min(int(w_chosen[0, i] * (n - 1)), n - 2)
        other += i // n * n + (1 if other >= i % n else 0)
        if w_chosen[1, i] < 1 / (1 + np.exp(min((w_earned[i] - w_earned[other]) / p.tau, 700.0))):
            for k in range(4):
                w_own[k, i] = w_old[k, other]
            for e in range(d_first[i], d_first[i + 1]):
                w_joint[e] = w_level[other]
