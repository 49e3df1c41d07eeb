"""What officials choose (选择): perceived returns, then best response, logit, its fixed point, or imitation."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from jinghe.ica import perceive
from jinghe.simulation import equations
from jinghe.simulation.design import Design
from jinghe.simulation.draws import Array
from jinghe.simulation.parameters import Numbers
from jinghe.simulation.setting import add_up

__all__ = [
    "Efforts",
    "Scene",
    "State",
    "best_efforts",
    "collect",
    "imitate",
    "look",
    "look_at_own",
    "spread_standing",
    "value_at",
]

_SWEEPS = 40  # of Gauss–Seidel where tasks crowd each other out; the error shrinks by κ/c or faster in each


class Efforts(NamedTuple):
    """Attention given (努力), shape (…, n), and joint by directed edge (…, 2M)."""

    growth: Array
    joint: Array
    dressing: Array
    protection: Array
    innovation: Array


class State(NamedTuple):
    """Where each replication stands at the start of a year (状态); by edge (R, 2M), by city (R, n)."""

    efforts: Efforts  # of last year
    trust: Array  # T of the giver in the partner
    belief: Array  # x̂, joint effort the giver expects of a trusted partner
    stock: Array  # P, the same in both directions
    backlog: Array  # Q, pending cases of the pair
    standards: Array  # S, shape (R, 1)
    adopted: Array  # A
    ability: Array  # a, in standard deviations
    tenure: Array  # year in office
    carried: Array  # mean of earlier scores in office
    standing: Array  # smoothed mean score
    earned: Array  # payoff of last year
    waiting: Array  # joint output that is not yet counted, (R, years, n)


class Scene(NamedTuple):
    """What officials see before choosing (预期): returns of a unit of each own task, and of joint effort by edge."""

    growth: Array
    dressing: Array
    protection: Array
    innovation: Array
    value: Array  # of a unit of f, by edge
    partner: Array  # effort expected of the partner
    cost: Array  # perceived, by edge
    fine: Array  # expected, per unit below the floor
    push: Array  # marginal value of the score
    yields: Array


def collect(design: Design, values: Array) -> Array:
    """Sum values of directed edges (…, 2M) by giver, (…, n), in the order of the edges."""
    return add_up(values, design.giver, len(design.theta))


def spread_standing(design: Design, t: int, standing: Array) -> Array:
    """Standing relative to the pool and to the certified equilibrium, in standard deviations of the score."""
    gap = standing - design.reference[design.regime[t]]
    mean = np.zeros_like(gap)
    for pool in np.unique(design.pools):
        inside = design.pools == pool
        mean[..., inside] = _mean_in_order(gap[..., inside])
    return np.asarray((gap - mean) / design.scales[t, 3])


def value_at(design: Design, t: int, shift: Array, *, slopes: bool) -> tuple[Array, Array]:
    """Look up expected promotion and funds at a standing: their slopes, or their values; shape of `shift` (…, n)."""
    g, place = design.regime[t], np.arange(len(design.theta))
    at = np.minimum(np.maximum(2 * shift + 8, 0.0), 16.0)
    low = np.minimum(at.astype(np.int64), 15)
    u = at - low
    tilt = design.tilt[g]
    if slopes:
        promotion, funds = (tilt[k][place, low] * (1 - u) + tilt[k][place, low + 1] * u for k in (0, 1))
        return promotion, funds
    step = 0.5 * design.scales[t, 3]
    worth = design.worth[g]
    promotion, funds = (
        equations.hermite(
            worth[k][place, low],
            worth[k][place, low + 1],
            step * tilt[k][place, low],
            step * tilt[k][place, low + 1],
            u,
        )
        for k in (0, 1)
    )
    return promotion, funds


def look(design: Design, t: int, state: State, push: Array, p: Numbers) -> Scene:
    """Work out what each task is worth to each official, given the marginal value of the score."""
    g, giver, share = design.regime[t], design.giver, design.degree / design.unit
    zy, zq = design.scales[t, 0], design.scales[t, 1]
    partner = equations.expect(p, state.trust, state.belief, design.floors[t])
    seen = p.joint_value * (1 - state.stock) * equations.combine(p, state.efforts.joint, partner, share)
    quality = p.joint_measure * collect(design, seen) + p.gaming * (1 - p.audit) * state.efforts.dressing
    bonus = equations.marginal_chance(p, quality, p.noise * p.measure_noise)
    yields = equations.productivity(p, state.ability, state.adopted, design.powers[t])
    growth, dressing, protection = look_at_own(design, t, p, push=push, bonus=bonus, yields=yields)
    team, money = _team(design, p), p.sharing * design.theta + design.settled[t]
    benefit, burden = perceive(p.local_first, p.barrier, state.standards)
    credit = p.joint_credit * design.credit
    claim = benefit * p.sharing * p.joint_claim * design.claim * design.theta[giver] * equations.claim_factor(p)
    value = equations.value_of_joint(
        p,
        push[..., giver],
        design.lead[g],
        credit,
        credit[design.reverse],
        bonus[..., giver],
        team[giver],
        design.same,
        claim,
        zy,
        zq,
    )
    task = design.special[t] * equations.gain_of_task(p, state.stock, share)
    rubs = equations.friction(p, state.trust, state.standards, state.backlog, design.authority[t], design.unit)
    found = p.inspection * (1 - p.authority_slack * design.authority[t])
    gain = push * (zy * p.innovation_gain * state.efforts.growth + zq * p.innovation_credit)
    return Scene(
        growth=growth,
        dressing=dressing,
        protection=protection,
        innovation=p.innovation
        / design.unit
        * (1 - state.adopted)
        * (gain + money * p.innovation_gain * state.efforts.growth),
        value=p.joint_value * (1 - state.stock) * value + task,
        partner=partner,
        cost=burden * rubs + p.linear_cost - p.compensation,
        fine=found * p.penalty * p.effort_cost * design.unit,
        push=push,
        yields=yields,
    )


def look_at_own(
    design: Design, t: int, p: Numbers, *, push: Array, bonus: Array, yields: Array
) -> tuple[Array, Array, Array]:
    """Work out what a unit of own growth, window dressing and protection is worth; see `equations.own_returns`."""
    zy, zq, money = design.scales[t, 0], design.scales[t, 1], p.sharing * design.theta + design.settled[t]
    team, spill = _team(design, p), design.spill[design.regime[t]]
    return equations.own_returns(p, push, bonus, team, spill, money, yields, zy, zq, design.unit, design.rivals)


def _team(design: Design, p: Numbers) -> Array:
    return np.asarray(p.team_prize / np.maximum(design.sizes, 1.0) * (design.sizes > 0))


def best_efforts(design: Design, t: int, scene: Scene, p: Numbers) -> Efforts:
    """Choose the best efforts given the returns (`nash`): the limit of logit as τ → 0.

    Maximises returns − C, C = ½c(g² + d̄ Σx² + w² + c_s s² + n²) + linear cost + κ Σ_{k<l} e_k e_l over the tasks g,
    Σx, w, s, n:
    every effort is its return, less linear cost and κ times the other efforts, over its slope; none below zero.
    """
    c, kappa, slope = p.effort_cost, p.substitution * p.effort_cost, p.effort_cost * design.degree
    share, giver = design.degree / design.unit, design.giver
    returns = (scene.growth, scene.dressing, scene.protection, scene.innovation)
    slopes = (c, c, c * p.protection_cost, c)
    own = [np.zeros_like(scene.growth) for _ in returns]
    joint = np.zeros_like(scene.value)
    for _ in range(_SWEEPS if kappa else 1):
        crowd = kappa * (own[0] + own[1] + own[2] + own[3])
        joint = equations.best_joint(
            p, scene.value, scene.partner, scene.cost + crowd[..., giver], design.floors[t], scene.fine, slope, share
        )
        total = collect(design, joint)
        for k in range(4):
            others = total + own[0] + own[1] + own[2] + own[3] - own[k]
            own[k] = np.maximum((returns[k] - p.linear_cost - kappa * others) / slopes[k], 0.0)
    growth = design.start[0] + 0.0 * own[0] if p.decisiveness else own[0]
    return Efforts(growth, joint, own[1], own[2], own[3])


def imitate(design: Design, state: State, p: Numbers, *, whom: Array, follow: Array) -> Efforts:
    """Copy somebody else's efforts with the Fermi probability 1/(1 + exp((π_i − π_j)/τ)) (`imitate`).

    Of joint effort the mean level is copied to every own partner. `whom` and `follow` are uniforms, shape (R, n).
    """
    n, last = len(design.theta), state.efforts
    other = np.minimum((whom * (n - 1)).astype(np.int64), n - 2)
    other = other + (other >= np.arange(n))
    gap = np.take_along_axis(state.earned, other, axis=1) - state.earned
    follows = follow < 1 / (1 + np.exp(np.minimum(-gap / p.tau, 700.0)))
    level = collect(design, last.joint) / design.partners
    own, seen = (last.growth, level, last.dressing, last.protection, last.innovation), []
    for values in own:
        seen.append(np.where(follows, np.take_along_axis(values, other, axis=1), values))
    joint = np.where(follows[:, design.giver], seen[1][:, design.giver], last.joint)
    return Efforts(seen[0], joint, *seen[2:])


def _mean_in_order(values: Array) -> Array:
    total = np.zeros(values.shape[:-1])
    for k in range(values.shape[-1]):
        total = total + values[..., k]
    return np.asarray((total / values.shape[-1])[..., None])
