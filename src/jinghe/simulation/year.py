"""The second half of a year (年内事件): turnover, output, money, scores and prizes, trust and standards."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from jinghe.simulation import equations
from jinghe.simulation.choice import Efforts, State, collect
from jinghe.simulation.design import Design
from jinghe.simulation.draws import Array
from jinghe.simulation.parameters import Numbers

__all__ = ["move_on", "score_year", "settle_year", "turn_over"]

_RING = 21  # years that joint output can wait before it counts


def turn_over(design: Design, t: int, state: State, p: Numbers, *, gone: Array, official: Array) -> State:
    """Replace officials (2): a newcomer has a new ability, no past, and trust as far as standards carry it."""
    standing = state.standing
    if t and design.regime[t] != design.regime[t - 1]:
        standing = standing + design.reference[design.regime[t]] - design.reference[design.regime[t - 1]]
    if not t:
        return state._replace(ability=ndtri(official[:, 0]), tenure=1 + np.floor(5 * gone), carried=standing)
    new = gone < p.turnover
    broken = np.asarray(1.0 * (new[:, design.giver] | new[:, design.partner]), dtype=np.float64)
    return state._replace(
        standing=standing,
        ability=np.where(new, ndtri(official[:, 0]), state.ability),
        tenure=np.where(new, 1.0, state.tenure + 1),
        carried=np.where(new, standing, state.carried),
        trust=equations.pass_on(p, state.trust, state.standards, broken),
    )


def settle_year(
    design: Design, t: int, state: State, efforts: Efforts, p: Numbers, *, edge: Array, official: Array
) -> dict[str, Array]:
    """Produce and settle (1, 3–5, 12): mean output, measured collaboration, money; transfers balance."""
    n, giver, share = len(design.theta), design.giver, design.degree / design.unit
    partner, region = efforts.joint[:, design.reverse], _sum(state.adopted) / len(design.theta)
    together = equations.combine(p, efforts.joint, partner, share)
    output = p.joint_value * (1 - state.stock) * together
    total, credited = collect(design, output), p.joint_credit * collect(design, design.credit * output)
    waiting = state.waiting.copy()
    waiting[:, t % _RING] = credited
    counted = waiting[:, (t - int(p.lag)) % _RING] if t >= p.lag else np.zeros_like(credited)
    yields = equations.productivity(p, state.ability, state.adopted, design.powers[t])
    others = (_sum(efforts.growth) - efforts.growth) / max(n - 1, 1)
    near = collect(design, efforts.growth[:, design.partner]) / design.partners
    spilled = p.spillover * ((1 - p.spillover_neighbours) * others + p.spillover_neighbours * near)
    harm = p.protection * (_pool_sum(design, efforts.protection) - efforts.protection) / design.rivals
    around = collect(design, state.adopted[:, design.partner]) / design.partners
    chance = equations.hazard(p, around, region, efforts.innovation, design.unit) * (1 - state.adopted)
    adopting = np.where(official[:, 3] < chance, 1.0, 0.0)
    caught = np.where(official[:, 2] < p.audit, 1.0, 0.0)
    quality = p.joint_measure * total + p.gaming * (1 - caught) * efforts.dressing
    quality = quality + p.innovation_credit * (1 - region) * adopting
    found = p.inspection * (1 - p.authority_slack * design.authority[t])
    short = p.penalty * p.effort_cost * design.unit * np.maximum(design.floors[t] - efforts.joint, 0.0)
    penalty = np.where(edge[:, 1] < found, short, 0.0)
    gained = p.progress * share * together * (1 - state.stock)
    task = design.special[t] * equations.share_of_task(p, state.stock, gained)
    fine = caught * p.audit_penalty * p.effort_cost * design.unit * efforts.dressing
    rubs = equations.friction(p, state.trust, state.standards, state.backlog, design.authority[t], design.unit)
    tasks = p.substitution * (efforts.growth + efforts.dressing + efforts.protection + efforts.innovation)
    toil = p.effort_cost * design.degree * efforts.joint / 2 + p.effort_cost * tasks[:, giver] + p.linear_cost + rubs
    spent = collect(design, efforts.joint * toil)
    claim = p.sharing * p.joint_claim * collect(design, design.claim * output) * design.theta
    agreed = _agree(design, t, yields * efforts.growth)
    transfer = collect(design, task + p.compensation * (efforts.joint - partner) - penalty) - fine + agreed
    paid_in = _sum(collect(design, penalty - task)) + _sum(fine) - _sum(agreed)
    return {
        "mean_output": yields * efforts.growth + spilled - harm + counted,
        "quality": quality,
        "joint": total,
        "together": together,
        "contribution": yields * efforts.growth * (1 + p.spillover) - harm + total / 2,
        "gain": claim - spent,
        "spent": spent + _own_cost(p, efforts),
        "money": p.sharing * design.theta * yields * efforts.growth + claim + transfer,
        "transfer": transfer,
        "paid_in": paid_in[:, 0],
        "adopting": adopting,
        "waiting": waiting,
    }


def score_year(
    design: Design,
    t: int,
    state: State,
    p: Numbers,
    made: dict[str, Array],
    efforts: Efforts,
    *,
    year: Array,
    official: Array,
) -> dict[str, Array]:
    """Measure, score, rank, award (5, 6): noise on what is measured, political noise on promotion only."""
    zy, zq, left, spread = design.scales[t]
    output = made["mean_output"] + p.noise * ndtri(year[:, 0])
    measured = made["quality"] + p.noise * p.measure_noise * ndtri(year[:, 1])
    score = zy * output + zq * measured + left * ndtri(year[:, 2])
    if p.decisiveness:
        score = _ratio_score(design, p, efforts.growth, year[:, 0])
    ranked = (1 - p.memory) * score + p.memory * state.carried
    chosen = ranked + p.political_noise * spread * ndtri(official[:, 1])
    promoted = np.where(_ahead(design, chosen) < p.promotion_slots, 1.0, 0.0)
    behind = _ahead(design, ranked)
    fund = np.zeros_like(score)
    for top, worth in design.funds:
        fund = fund + np.where(behind < top, worth / top, 0.0)
    pay = p.pay_growth * output + p.pay_joint * measured + p.prize * (1 + p.envy) * promoted
    flows = _sum(made["transfer"] + fund)[:, 0] + made["paid_in"] - _sum(fund)[:, 0]
    return {
        "output": output,
        "measured": measured,
        "score": score,
        "promoted": promoted,
        "earned": made["money"] + pay + fund - made["spent"],
        "surplus": made["contribution"] - made["spent"],
        "balance": flows,
    }


def move_on(
    design: Design,
    t: int,
    state: State,
    efforts: Efforts,
    p: Numbers,
    made: dict[str, Array],
    score: Array,
    earned: Array,
    *,
    edge: Array,
) -> State:
    """Update what is carried to the next year (2, 9–12): progress, trust, beliefs, standards, disputes, adoption."""
    share, partner = design.degree / design.unit, efforts.joint[:, design.reverse]
    effort = _sum(collect(design, efforts.joint)) / (len(design.theta) * design.unit)
    expected = np.maximum(design.floors[t], p.trust_norm * design.unit / design.degree)
    mean = design.scales[t, 0] * made["mean_output"] + design.scales[t, 1] * made["quality"]
    u = p.adjustment
    return State(
        efforts=efforts,
        trust=equations.next_trust(p, state.trust, partner, expected),
        belief=(1 - u) * state.belief + u * partner,
        stock=equations.next_stock(p, state.stock, made["together"], share),
        backlog=_clear(design, state, p, made["together"], edge[:, 2]),
        standards=equations.next_standards(p, state.standards, effort, design.batches[t]),
        adopted=state.adopted + made["adopting"],
        ability=state.ability,
        tenure=state.tenure,
        carried=state.carried + (score - state.carried) / state.tenure,
        standing=(1 - u) * state.standing + u * mean,
        earned=earned,
        waiting=made["waiting"],
    )


def _clear(design: Design, state: State, p: Numbers, together: Array, u: Array) -> Array:
    """(11) Cases of a pair arrive by its joint output; the platform clears up to its capacity, in proportion."""
    if not p.dispute_rate:
        return state.backlog
    first = np.minimum(np.arange(len(design.giver)), design.reverse)  # the direction whose draw serves both
    trust = (state.trust + state.trust[:, design.reverse]) / 2
    output = p.joint_value * (1 - state.stock) * together
    new = equations.poisson(p.dispute_rate * output * (1 - trust) * (1 - state.standards), u[:, first])
    waiting = state.backlog + new
    total = _sum(collect(design, waiting)) / 2
    return np.asarray(waiting * (1 - np.minimum(p.capacity / np.maximum(total, 1e-300), 1.0)))


def _agree(design: Design, t: int, made: Array) -> Array:
    """(3) What agreements move of everybody's growth: the own side, then what comes from others, in their order."""
    found = design.settled[t] * made
    for payee, source, rate in zip(design.payee, design.source, design.passed[t], strict=True):
        found[:, payee] += rate * made[:, source]
    return np.asarray(found)


def _own_cost(p: Numbers, efforts: Efforts) -> Array:
    g, w, s, i = efforts.growth, efforts.dressing, efforts.protection, efforts.innovation
    crowd = p.substitution * (g * (w + s + i) + w * (s + i) + s * i)
    square = 0.5 * (g * g + w * w + p.protection_cost * s * s + i * i)
    return np.asarray(p.effort_cost * (square + crowd) + p.linear_cost * (g + w + s + i))


def _ratio_score(design: Design, p: Numbers, growth: Array, u: Array) -> Array:
    """Give r log of effort plus Gumbel noise: the first is drawn with chance a^r/Σ a^r. Circles compete as one."""
    teams = np.where(design.circles >= 0, design.circles, -1 - np.arange(len(design.circles)))
    total, noise = np.zeros_like(growth), np.zeros_like(growth)
    for team in np.unique(teams):
        inside = np.flatnonzero(teams == team)
        total[:, inside] = _sum(growth[:, inside])
        noise[:, inside] = -np.log(-np.log(u[:, inside[:1]]))
    return p.decisiveness * np.log(np.maximum(total, 1e-300)) + noise


def _ahead(design: Design, score: Array) -> Array:
    """Number of rivals with a higher score."""
    rivals = design.pools[:, None] == design.pools
    return np.asarray(((score[:, None, :] > score[:, :, None]) & rivals).sum(axis=-1))


def _sum(values: Array) -> Array:
    """Sum over the last axis in order, kept as an axis of one: the order is that of the compiled engine."""
    total = np.zeros((*values.shape[:-1], 1))
    for k in range(values.shape[-1]):
        total[..., 0] += values[..., k]
    return total


def _pool_sum(design: Design, values: Array) -> Array:
    total = np.zeros_like(values)
    for pool in np.unique(design.pools):
        inside = np.flatnonzero(design.pools == pool)
        total[:, inside] = _sum(values[:, inside])
    return total
