"""Logit choice on a grid of efforts (逻辑特选择): one task at a time, the others as they were last year."""

from __future__ import annotations

import numpy as np

from jinghe.simulation import equations
from jinghe.simulation.choice import Efforts, Scene, State, collect, spread_standing, value_at
from jinghe.simulation.design import Design
from jinghe.simulation.draws import Array
from jinghe.simulation.parameters import Numbers

__all__ = ["QRE_ROUNDS", "draw_efforts", "mean_joint"]

QRE_ROUNDS = 40


def draw_efforts(
    design: Design, t: int, scene: Scene, state: State, p: Numbers, *, own: Array, edge: Array, whole: Array
) -> Efforts:
    """Draw efforts with P(level) ∝ exp(U(level)/τ), task by task.

    Args:
        design: the rules.
        t: index of the year.
        scene: returns, from `look`.
        state: efforts of last year and standing.
        p: numbers of the year.
        own: uniforms for growth, dressing, protection, innovation, shape (R, 4, n).
        edge: uniforms for joint effort, shape (R, 2M).
        whole: uniforms for one level of joint effort for all partners (`reduced`), shape (R, n).
    """
    last, count = state.efforts, int(p.levels)
    kappa, c = p.substitution * p.effort_cost, p.effort_cost
    total = collect(design, last.joint)
    sums = total + last.growth + last.dressing + last.protection + last.innovation
    step = p.reach * design.unit / (count - 1)
    returns = (scene.growth, scene.dressing, scene.protection, scene.innovation)
    olds = (last.growth, last.dressing, last.protection, last.innovation)
    slopes = (c, c, c * p.protection_cost, c)
    found = []
    in_play = (True, p.gaming > 0, p.protection > 0, p.innovation > 0)
    for k in range(4):
        rate = returns[k] - p.linear_cost - kappa * (sums - olds[k])
        levels = [np.full_like(rate, step * j) for j in range(count)]
        utility = [equations.utility_own(level, rate, slopes[k]) for level in levels]
        if k < 2 and not p.structured:
            bent = _bend(design, t, scene, state, p, levels, task=k)
            utility = [u + b for u, b in zip(utility, bent, strict=True)]
        found.append(step * _sample(_weigh(utility, p.tau), own[:, k]) * in_play[k])
    utility = _value_joint(design, t, scene, sums - total, p)
    if p.reduced:
        level = _sample(_weigh([collect(design, one) for one in utility], p.tau), whole)[:, design.giver]
    else:
        level = _sample(_weigh(utility, p.tau), edge)
    joint = step / design.degree * level
    return Efforts(found[0], joint, found[1], found[2], found[3])


def mean_joint(design: Design, t: int, scene: Scene, state: State, p: Numbers) -> Array:
    """Mean joint effort of the logit distribution, shape (R, 2M)."""
    last = state.efforts
    others = last.growth + last.dressing + last.protection + last.innovation
    weights = _weigh(_value_joint(design, t, scene, others, p), p.tau)
    step = p.reach * design.unit / design.degree / (p.levels - 1)
    above, total = np.zeros_like(scene.value), np.zeros_like(scene.value)
    for j, weight in enumerate(weights):
        above, total = above + weight * (step * j), total + weight
    return above / total


def _value_joint(design: Design, t: int, scene: Scene, others: Array, p: Numbers) -> list[Array]:
    share, slope = design.degree / design.unit, p.effort_cost * design.degree
    step = p.reach * design.unit / design.degree / (p.levels - 1)
    crowd = p.substitution * p.effort_cost * others
    cost, utility = scene.cost + crowd[..., design.giver], []
    for j in range(int(p.levels)):
        level = np.full_like(scene.value, step * j)
        together = equations.combine(p, level, scene.partner, share)
        utility.append(equations.utility_joint(level, scene.value, together, cost, design.floors[t], scene.fine, slope))
    return utility


def _bend(
    design: Design, t: int, scene: Scene, state: State, p: Numbers, levels: list[Array], *, task: int
) -> list[Array]:
    """Exact expected prizes in place of the linear ones, by level of growth (task 0) or window dressing (task 1)."""
    old = (state.efforts.growth, state.efforts.dressing)[task]
    zy, zq, _, spread = design.scales[t]
    dressed = np.full_like(old, zq * p.gaming * (1 - p.audit))
    per_unit = scene.yields * zy * (1 - design.spill[design.regime[t]]) if task == 0 else dressed
    shift, factor = spread_standing(design, t, state.standing), equations.tenure_factor(p, state.tenure)
    found = []
    for level in levels:
        promotion, funds = value_at(design, t, shift + per_unit * (level - old) / spread, slopes=False)
        found.append(promotion * factor + funds - scene.push * per_unit * level)
    return found


def _weigh(utility: list[Array], tau: float) -> list[Array]:
    top = utility[0]
    for one in utility[1:]:
        top = np.maximum(top, one)
    return [np.exp((one - top) / tau) for one in utility]


def _sample(weights: list[Array], uniform: Array) -> Array:
    """Draw the number of a level: the first whose cumulative weight reaches u times the total."""
    running = [weights[0]]
    for weight in weights[1:]:
        running.append(running[-1] + weight)
    target, found = uniform * running[-1], np.zeros(uniform.shape)
    for one in running[:-1]:
        found = found + (one < target)
    return found
