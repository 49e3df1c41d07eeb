"""The compiled engine, second half of a year (编译内核·结算): what `year` does, one replication at a time."""

from __future__ import annotations

from typing import Any

import numpy as np

from jinghe.simulation import equations
from jinghe.simulation.compiled import compiled, fill_normals, fill_uniforms, inlined, normal
from jinghe.simulation.draws import Purpose
from jinghe.simulation.layout import City, Edge
from jinghe.simulation.parameters import LOGIT, QRE

__all__ = ["draw_year", "move_on", "score_year", "settle_cities", "settle_edges", "turn_over"]

_combine = inlined(equations.combine)
_friction = inlined(equations.friction)
_hazard = inlined(equations.hazard)
_next_standards = inlined(equations.next_standards)
_next_stock = inlined(equations.next_stock)
_next_trust = inlined(equations.next_trust)
_pass_on = inlined(equations.pass_on)
_poisson = inlined(equations.poisson)
_productivity = inlined(equations.productivity)
_share_of_task = inlined(equations.share_of_task)

_YEAR, _OFFICIAL, _EDGE = int(Purpose.YEAR), int(Purpose.OFFICIAL), int(Purpose.EDGE)
_RING = 21


@compiled
def draw_year(d: Any, t: int, p: Any, w: Any, seed: Any, replication: int) -> None:
    """Draw what the year needs; a draw that nothing reads is left out, which changes no other."""
    d_place, d_copy, d_key, d_side = d.groups[1], d.groups[2], d.links[3], d.links[4]
    w_year, w_official, w_edge = w.draws[0], w.draws[1], w.edge_draws
    official = p.ability_spread > 0 or p.political_noise > 0 or p.audit > 0 or p.adoption + p.diffusion > 0
    official = official or p.diffusion_region + p.top_down + p.innovation > 0
    fill_uniforms(w_year, seed, replication, d_copy, t, d_place, _YEAR)
    if official:
        fill_uniforms(w_official, seed, replication, d_copy, t, d_place, _OFFICIAL)
    chosen = LOGIT <= p.choice <= QRE and p.reduced == 0
    if chosen or p.dispute_rate > 0 or (p.penalty > 0 and d.bound[0, t]):
        fill_uniforms(w_edge, seed, replication, d_side, t, d_key, _EDGE)


@compiled
def turn_over(d: Any, t: int, p: Any, w: Any) -> None:
    """Replace officials; see `year.turn_over`."""
    d_theta, d_regime, d_reference, d_powers, d_giver = d.cities[0], d.regime, d.field[1], d.city_years[0], d.links[0]
    d_partner, w_standing, w_gone, w_year = d.links[1], w.city[City.standing], w.city[City.gone], w.draws[0]
    w_ability, w_official, w_tenure = w.city[City.ability], w.draws[1], w.city[City.tenure]
    w_carried, w_yields, w_adopted = w.city[City.carried], w.city[City.yields], w.city[City.adopted]
    w_trust, w_standards, d_copy = w.edge[Edge.trust], w.region[0], d.links[4]
    n, g = len(d_theta), d_regime[t]
    for i in range(n):
        if t > 0 and g != d_regime[t - 1]:
            w_standing[i] = w_standing[i] + d_reference[g, i] - d_reference[d_regime[t - 1], i]
        w_gone[i] = 1.0 if t > 0 and w_year[3, i] < p.turnover else 0.0
        if t == 0 or w_gone[i] > 0:
            w_ability[i] = normal(w_official[0, i]) if p.ability_spread > 0 else 0.0
            w_tenure[i] = 1 + np.floor(5 * w_year[3, i]) if t == 0 else 1.0
            w_carried[i] = w_standing[i]
        else:
            w_tenure[i] += 1
        w_yields[i] = _productivity(p, w_ability[i], w_adopted[i], d_powers[t, i])
    for e in range(len(d_giver) if t > 0 else 0):
        if w_gone[d_giver[e]] + w_gone[d_partner[e]] > 0:
            w_trust[e] = _pass_on(p, w_trust[e], w_standards[d_copy[e]], True)


@compiled
def settle_edges(d: Any, t: int, p: Any, w: Any) -> None:
    """Joint output, friction, tasks, penalties by edge, added up by city and for the province."""
    d_theta, d_first, d_credit, d_claim, w_own = d.cities[0], d.first, d.edges[0], d.edges[1], w.tasks[0]
    w_joint, w_partner, w_output, w_cost = (
        w.edge[Edge.joint],
        w.edge[Edge.partner],
        w.edge[Edge.value],
        w.edge[Edge.cost],
    )
    w_total, w_level, w_claimed = w.city[City.total], w.city[City.level], w.city[City.claimed]
    w_transfer, w_spent, w_waiting = w.city[City.transfer], w.city[City.spent], w.waiting[t % _RING]
    _meet(d, t, p, w)
    for i in range(len(d_theta)):
        total, credited, claimed, spent, received, level = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
        for e in range(d_first[i], d_first[i + 1]):
            level += w_joint[e]
            received += w_partner[e]
            spent += w_cost[e]
            total += w_output[e]
            credited += d_credit[e] * w_output[e]
            claimed += d_claim[e] * w_output[e]
        tasks = w_own[0, i] + w_own[1, i] + w_own[2, i] + w_own[3, i]
        w_total[i], w_level[i], w_claimed[i], w_transfer[i] = total, level, claimed, p.compensation * (level - received)
        w_spent[i], w_waiting[i] = spent + p.substitution * p.effort_cost * tasks * level, p.joint_credit * credited
    w.region[1][:] = 0.0
    if d.bound[0, t] or d.bound[1, t]:
        _enforce(d, t, p, w)


@compiled
def _meet(d: Any, t: int, p: Any, w: Any) -> None:
    """Effort of the partner, joint output and what it costs, edge by edge, in place of what was seen of it."""
    d_reverse, d_authority, w_standards, w_joint = d.links[2], d.edge_years[2], w.region[0], w.edge[Edge.joint]
    w_partner, w_stock, w_together = w.edge[Edge.partner], w.edge[Edge.stock], w.edge[Edge.together]
    w_output, w_cost, w_trust, w_backlog = (
        w.edge[Edge.value],
        w.edge[Edge.cost],
        w.edge[Edge.trust],
        w.edge[Edge.backlog],
    )
    share, slope, edges = d.degree / d.unit, p.effort_cost * d.degree, len(w_joint) // d.copies
    for e in range(len(w_joint)):
        w_partner[e] = w_joint[d_reverse[e]]
    for e in range(len(w_joint)):
        together = _combine(p, w_joint[e], w_partner[e], share)
        w_together[e] = together
        w_output[e] = p.joint_value * (1 - w_stock[e]) * together
    for copy in range(d.copies):
        s = w_standards[copy]
        for e in range(np.uint64(copy * edges), np.uint64((copy + 1) * edges)):
            x, rubs = w_joint[e], _friction(p, w_trust[e], s, w_backlog[e], d_authority[t, e], d.unit)
            w_cost[e] = x * (slope * x / 2 + p.linear_cost + rubs)


@compiled
def _enforce(d: Any, t: int, p: Any, w: Any) -> None:
    """Special tasks are paid for, and efforts below the floor fined where they are found."""
    d_authority, d_special, d_floors, d_first = d.edge_years[2], d.edge_years[1], d.edge_years[0], d.first
    w_joint, w_stock, w_together = w.edge[Edge.joint], w.edge[Edge.stock], w.edge[Edge.together]
    w_transfer, w_paid, w_edge, d_copy = w.city[City.transfer], w.region[1], w.edge_draws, d.groups[2]
    share, has_floors, has_tasks = d.degree / d.unit, d.bound[0, t], d.bound[1, t]
    for i in range(len(w_transfer)):
        moved = 0.0
        for e in range(d_first[i], d_first[i + 1]):
            if has_tasks and d_special[t, e] > 0:
                gained = p.progress * share * w_together[e] * (1 - w_stock[e])
                moved += d_special[t, e] * _share_of_task(p, w_stock[e], gained)
            if has_floors and w_joint[e] < d_floors[t, e]:
                found = p.inspection * (1 - p.authority_slack * d_authority[t, e])
                if w_edge[1, e] < found:
                    moved -= p.penalty * p.effort_cost * d.unit * (d_floors[t, e] - w_joint[e])
        w_transfer[i] += moved
        w_paid[d_copy[i]] -= moved


@compiled
def settle_cities(d: Any, t: int, p: Any, w: Any) -> None:
    """Output, measured collaboration and money by city, and the province's account."""
    w.city[City.pooled][:] = 0.0
    for copy in range(d.copies):
        _settle_region(d, t, p, w, copy)
    _agree(d, t, w)


@compiled
def _settle_region(d: Any, t: int, p: Any, w: Any, copy: int) -> None:
    d_theta, d_pools, d_first, d_partner, d_partners = d.cities[0], d.groups[0], d.first, d.links[1], d.cities[3]
    d_rivals, w_own, w_adopted, w_made = d.cities[2], w.tasks[0], w.city[City.adopted], w.city[City.made]
    w_pooled, w_adopting, w_official = w.city[City.pooled], w.city[City.adopting], w.draws[1]
    w_yields, w_waiting, w_mean_output = w.city[City.yields], w.waiting, w.city[City.mean_output]
    w_total, w_quality, w_transfer = w.city[City.total], w.city[City.quality], w.city[City.transfer]
    w_contribution, w_claimed, w_gain = w.city[City.contribution], w.city[City.claimed], w.city[City.gain]
    w_spent, w_money = w.city[City.spent], w.city[City.money]
    n, fines, lag, kappa = len(d_theta) // d.copies, 0.0, int(p.lag), p.substitution
    growth, adopted, inside = 0.0, 0.0, range(np.uint64(copy * n), np.uint64((copy + 1) * n))
    for i in inside:
        growth += w_own[0, i]
        adopted += w_adopted[i]
        w_pooled[d_pools[i]] += w_own[2, i]
    for i in inside:
        g, dressing, harm, effort = w_own[0, i], w_own[1, i], w_own[2, i], w_own[3, i]
        near, around = 0.0, 0.0
        if p.spillover_neighbours > 0 or adopted > 0:
            for e in range(d_first[i], d_first[i + 1]):
                near += w_own[0, d_partner[e]]
                around += w_adopted[d_partner[e]]
        others, mu = (growth - g) / max(n - 1, 1), p.spillover_neighbours
        spilled = p.spillover * ((1 - mu) * others + mu * (near / d_partners[i]))
        harmed = p.protection * (w_pooled[d_pools[i]] - harm) / d_rivals[i]
        chance = _hazard(p, around / d_partners[i], adopted / n, effort, d.unit)
        w_adopting[i] = 1.0 if chance > 0 and w_official[3, i] < chance * (1 - w_adopted[i]) else 0.0
        caught = 1.0 if p.audit > 0 and w_official[2, i] < p.audit else 0.0
        made, counted = w_yields[i] * g, w_waiting[(t - lag) % _RING, i] if t >= lag else 0.0
        w_mean_output[i] = made + spilled - harmed + counted
        quality = p.joint_measure * w_total[i] + p.gaming * (1 - caught) * dressing
        w_quality[i] = quality + p.innovation_credit * (1 - adopted / n) * w_adopting[i]
        fine = caught * p.audit_penalty * p.effort_cost * d.unit * dressing
        fines += fine
        w_transfer[i] -= fine
        w_contribution[i] = made * (1 + p.spillover) - harmed + w_total[i] / 2
        claim = p.sharing * p.joint_claim * w_claimed[i]
        w_gain[i] = claim - w_spent[i]
        crowd = kappa * (g * (dressing + harm + effort) + dressing * (harm + effort) + harm * effort)
        square = 0.5 * (g * g + dressing * dressing + p.protection_cost * harm * harm + effort * effort)
        w_spent[i] += p.effort_cost * (square + crowd) + p.linear_cost * (g + dressing + harm + effort)
        w_made[i] = made
        w_money[i] = p.sharing * d_theta[i] * made + claim
    w.region[1, copy] += fines


@compiled
def _agree(d: Any, t: int, w: Any) -> None:
    """What agreements move of everybody's growth, and the accounts closed."""
    d_settled, d_agreed, d_passed, w_made = d.city_years[1], d.agreed, d.passed, w.city[City.made]
    w_transfer, w_money, w_agreed, w_paid = w.city[City.transfer], w.city[City.money], w.city[City.agreed], w.region[1]
    for i in range(len(w_made)):
        w_agreed[i] = d_settled[t, i] * w_made[i]
    for k in range(d_passed.shape[1]):
        w_agreed[d_agreed[0, k]] += d_passed[t, k] * w_made[d_agreed[1, k]]
    for i in range(len(w_made)):
        w_transfer[i] += w_agreed[i]
        w_money[i] += w_transfer[i]
        w_paid[d.groups[2, i]] -= w_agreed[i]


@compiled
def score_year(d: Any, t: int, p: Any, w: Any) -> None:
    """Measure, score, rank, award; see `year.score_year`."""
    d_theta, d_scales, d_pools, d_funds, w_output = d.cities[0], d.scales, d.groups[0], d.funds, w.city[City.output]
    w_mean_output, w_year, w_measured = w.city[City.mean_output], w.draws[0], w.city[City.measured]
    w_quality, w_score, w_ranked = w.city[City.quality], w.city[City.score], w.city[City.ranked]
    w_carried, w_chosen, w_official, w_bars = w.city[City.carried], w.city[City.chosen], w.draws[1], w.bars
    w_promoted, w_earned, w_money = w.city[City.promoted], w.city[City.earned], w.city[City.money]
    w_spent, w_funded = w.city[City.spent], w.city[City.funded]
    n, zy, zq, left = len(d_theta), d_scales[t, 0], d_scales[t, 1], d_scales[t, 2]
    fill_normals(w_year[0], w_output)
    fill_normals(w_year[1], w_measured)
    for i in range(n):
        w_output[i] = w_mean_output[i] + p.noise * w_output[i]
        w_measured[i] = w_quality[i] + p.noise * p.measure_noise * w_measured[i]
        w_score[i] = zy * w_output[i] + zq * w_measured[i]
        if left != 0:
            w_score[i] += left * normal(w_year[2, i])
    if p.decisiveness > 0:
        _score_ratio(d, p, w)
    for i in range(n):
        w_ranked[i] = (1 - p.memory) * w_score[i] + p.memory * w_carried[i]
        w_chosen[i] = w_ranked[i]
        if p.political_noise > 0:
            w_chosen[i] += p.political_noise * d_scales[t, 3] * normal(w_official[1, i])
    _rank(d_pools, w_chosen, w_bars, int(p.promotion_slots), w_promoted)
    for i in range(n):
        pay = p.pay_growth * w_output[i] + p.pay_joint * w_measured[i] + p.prize * (1 + p.envy) * w_promoted[i]
        w_earned[i] = w_money[i] + pay - w_spent[i]
    for f in range(len(d_funds)):
        _rank(d_pools, w_ranked, w_bars, int(d_funds[f, 0]), w_funded)
        for i in range(n):
            w_earned[i] += d_funds[f, 1] / d_funds[f, 0] * w_funded[i]


@compiled
def _score_ratio(d: Any, p: Any, w: Any) -> None:
    d_theta, d_circles, w_own, w_score, w_year = d.cities[0], d.circles, w.tasks[0], w.city[City.score], w.draws[0]
    n = len(d_theta) // d.copies
    for i in range(len(d_theta)):
        total, first, own = 0.0, i, i // n * n
        for j in range(own, own + n):
            if j == i or (d_circles[i] >= 0 and d_circles[j] == d_circles[i]):
                total += w_own[0, j]
                first = min(first, j)
        w_score[i] = p.decisiveness * np.log(max(total, 1e-300)) - np.log(-np.log(w_year[0, first]))


@compiled
def _rank(pools: Any, score: Any, bars: Any, slots: int, out: Any) -> None:
    """Put 1 for everyone with fewer than `slots` rivals ahead; the best of each pool are kept in order."""
    n = len(score)
    bars[:] = -np.inf
    for i in range(n):
        start = np.int64(pools[i]) * slots
        at = start + slots - 1
        if score[i] > bars[at]:
            while at > start and bars[at - 1] < score[i]:
                bars[at] = bars[at - 1]
                at -= 1
            bars[at] = score[i]
    for i in range(n):
        out[i] = 1.0 if score[i] >= bars[(np.int64(pools[i]) + 1) * slots - 1] else 0.0


@compiled
def move_on(d: Any, t: int, p: Any, w: Any) -> None:
    """Update what is carried to the next year; see `year.move_on`."""
    d_theta, d_scales, d_floors, w_partner = d.cities[0], d.scales, d.edge_years[0], w.edge[Edge.partner]
    d_batches, w_level, w_carried, w_score = d.batches, w.city[City.level], w.city[City.carried], w.city[City.score]
    w_tenure, w_mean_output, w_quality = w.city[City.tenure], w.city[City.mean_output], w.city[City.quality]
    w_standing, w_adopted, w_adopting = w.city[City.standing], w.city[City.adopted], w.city[City.adopting]
    w_trust, w_belief, w_stock = w.edge[Edge.trust], w.edge[Edge.belief], w.edge[Edge.stock]
    w_together, w_standards = w.edge[Edge.together], w.region[0]
    n, share, u = len(d_theta) // d.copies, d.degree / d.unit, p.adjustment
    if p.dispute_rate > 0:
        _clear(d, p, w)
    norm = p.trust_norm * d.unit / d.degree
    for i in range(len(d_theta)):
        w_carried[i] += (w_score[i] - w_carried[i]) / w_tenure[i]
        mean = d_scales[t, 0] * w_mean_output[i] + d_scales[t, 1] * w_quality[i]
        w_standing[i] = (1 - u) * w_standing[i] + u * mean
        w_adopted[i] += w_adopting[i]
    for e in range(len(w_trust)):
        w_trust[e] = _next_trust(p, w_trust[e], w_partner[e], max(d_floors[t, e], norm))
    for e in range(len(w_trust)):
        w_belief[e] = (1 - u) * w_belief[e] + u * w_partner[e]
    for e in range(len(w_trust)):
        w_stock[e] = _next_stock(p, w_stock[e], w_together[e], share)
    for copy in range(d.copies):
        effort = 0.0
        for i in range(copy * n, (copy + 1) * n):
            effort += w_level[i]
        w_standards[copy] = _next_standards(p, w_standards[copy], effort / (n * d.unit), d_batches[t])


@compiled
def _clear(d: Any, p: Any, w: Any) -> None:
    d_theta, d_first, d_reverse, w_trust = d.cities[0], d.first, d.links[2], w.edge[Edge.trust]
    w_stock, w_together, w_standards = w.edge[Edge.stock], w.edge[Edge.together], w.region[0]
    w_backlog, w_edge = w.edge[Edge.backlog], w.edge_draws
    n = len(d_theta) // d.copies
    for copy in range(d.copies):
        total, low, high = 0.0, d_first[copy * n], d_first[(copy + 1) * n]
        for e in range(low, high):
            back = d_reverse[e]
            trust = (w_trust[e] + w_trust[back]) / 2
            output = p.joint_value * (1 - w_stock[e]) * w_together[e]
            mean = p.dispute_rate * output * (1 - trust) * (1 - w_standards[copy])
            w_backlog[e] += _poisson(mean, w_edge[2, min(e, back)])
            total += w_backlog[e]
        left = 1 - min(p.capacity / max(total / 2, 1e-300), 1.0)
        for e in range(low, high):
            w_backlog[e] *= left
