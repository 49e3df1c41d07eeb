"""What officials choose (选择): perceived returns, best response, and the Nash equilibrium with its certificate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jinghe.errors import Problem, RuleError
from jinghe.simulation.draws import Array
from jinghe.simulation.limits import curvature, describe_no_equilibrium
from jinghe.simulation.marginal import Marginals, chance, exact_marginals
from jinghe.simulation.setting import Setting

__all__ = [
    "Efforts",
    "Equilibrium",
    "Outlook",
    "find_equilibrium",
    "joint_output",
    "mean_scores",
    "respond",
    "true_friction",
]


_ROUNDS = 600  # of damped best response
_CLOSE = 1e-10  # change, in attention units, at which it has settled
_REGRET = 1e-7  # gain from leaving that a certificate may leave, per unit of prize
_SWEEPS = 40  # of Gauss–Seidel when tasks crowd each other out


@dataclass(frozen=True, eq=False)
class Efforts:
    """Attention given (努力): own growth g (…, n), joint x by directed edge (…, 2M), window dressing w (…, n)."""

    growth: Array
    joint: Array
    dressing: Array


@dataclass(frozen=True, eq=False)
class Outlook:
    """What officials see before choosing (预期).

    Attributes:
        trust: T of the giver in the partner, shape (…, 2M).
        partner: joint effort believed of the partner, T·x̂, plus (1 − T)·contract where it is enforced, shape (…, 2M).
        room: 1 − P, share of the pair's projects not yet built, shape (…, 2M).
        standards: S, shape (…, 1).
    """

    trust: Array
    partner: Array
    room: Array
    standards: Array


@dataclass(frozen=True, eq=False)
class Equilibrium:
    """Efforts nobody gains by leaving (均衡), at given joint efforts.

    `regret`: the most anybody could still gain by another growth effort, other window dressing, or by dropping out.
    """

    efforts: Efforts
    regret: float
    rounds: int


def joint_output(setting: Setting, own: Array, partner: Array, room: Array) -> Array:
    """Output of joint projects, product form: b d̄ x x′ (1 − P)/a₀ for each directed edge, shape (…, 2M).

    Attention is split over d̄ partners on average, so b is the output when both sides give one unit to all partners.
    """
    return np.asarray(
        setting.parameters.joint_value * setting.network.degree / setting.attention * own * partner * room
    )


def true_friction(setting: Setting, outlook: Outlook) -> Array:
    """Cost per unit of joint effort without bias: (F₀(1−coord)(1−φ_S S) + ρ_c(1−T)) c a₀, shape (…, 2M)."""
    p = setting.parameters
    cost = p.friction * (1 - p.coordination) * (1 - p.standards_ease * outlook.standards)
    return np.asarray((cost + p.risk * (1 - outlook.trust)) * p.effort_cost * setting.attention)


def mean_scores(setting: Setting, t: int, efforts: Efforts, outlook: Outlook) -> Array:
    """Scores officials expect: w_y ȳ/σ + w_q q̄/σ_q, shape (…, n).

    ȳ = g + r·(mean of the others' g) + γ Σ output; q̄ = k_q Σ output + γ_w (1 − audit) w.
    """
    p = setting.parameters
    joint = setting.network.collect(joint_output(setting, efforts.joint, outlook.partner, outlook.room))
    others = (efforts.growth.sum(axis=-1, keepdims=True) - efforts.growth) / (setting.n - 1)
    output = efforts.growth + p.spillover * others + p.joint_credit * joint
    measured = p.joint_measure * joint + p.gaming * (1 - p.audit) * efforts.dressing
    return np.asarray(setting.scale_growth(t) * output + setting.scale_joint(t) * measured)


def respond(setting: Setting, t: int, outlook: Outlook, marginals: Marginals) -> Efforts:
    """Choose the best efforts, given the marginal chances of promotion and what one expects of partners.

    Maximises V P + s θ (g + m_b π Σ output) − m_c friction − C, C = ½c(g² + d̄ Σx² + w²) + κ(g Σx + g w + w Σx):
      c g = V P′ (w_y/σ) (1 − r/(n−1)) + s θ − κ(Σx + w)
      c d̄ x = J − m_c friction − κ(g + w), plus the expected penalty m φ while x is below the contract's floor
      c w = V P′ (w_q/σ_q) γ_w (1 − audit) − κ(g + Σx)
    none below zero. J is the joint output of a unit of x times V (P′ − cross)(γ w_y/σ + k_q w_q/σ_q) + m_b s θ π; a
    partner in the same ranking takes back `cross` (rank neutrality). Local-first bias and barrier: m_b = 1 − l(1−S),
    m_c = 1 + h(1−S).
    """
    net, to_joint = setting.network, _joint_return(setting, outlook, marginals, t)
    kappa = setting.parameters.substitution * setting.parameters.effort_cost
    joint = _above_floor(setting, to_joint, t)
    growth, dressing = _respond_alone(setting, t, marginals, net.collect(joint))
    for _ in range(_SWEEPS if kappa else 0):
        joint = _above_floor(setting, to_joint - kappa * (growth + dressing)[..., net.giver], t)
        growth, dressing = _respond_alone(setting, t, marginals, net.collect(joint))
    return Efforts(growth, joint, dressing)


def find_equilibrium(setting: Setting, t: int, outlook: Outlook, *, joint: Array) -> Equilibrium:
    """Find the Nash equilibrium in own growth and window dressing at given joint efforts, and certify it.

    Damped best responses with exact marginals, to a fixed point. Joint efforts are given because joint projects in
    product form have several equilibria: which one is reached is for the dynamics to say.

    Args:
        setting: the rules.
        t: index of the period.
        outlook: beliefs of shapes (2M,) and (1,).
        joint: joint efforts everyone expects, shape (2M,).
    Raises:
        RuleError: `equilibrium-none` when the iteration does not settle or somebody gains by leaving.
    """
    total, unit = setting.network.collect(joint), setting.attention
    now = best = (np.full(setting.n, unit), np.zeros(setting.n))  # growth, dressing
    moved, rounds = np.inf, 0
    while moved > _CLOSE * unit and rounds < _ROUNDS:
        means = mean_scores(setting, t, Efforts(now[0], joint, now[1]), outlook)
        marginals = exact_marginals(means, setting.network, slots=setting.slots, spread=setting.spread(t))
        best = _respond_alone(setting, t, marginals, total)
        moved = max(np.abs(best[0] - now[0]).max(), np.abs(best[1] - now[1]).max())
        share = 0.8 * 0.5 ** (rounds // 100)
        now = (now[0] + share * (best[0] - now[0]), now[1] + share * (best[1] - now[1]))
        rounds += 1
    found = Efforts(best[0], joint, best[1])
    regret = _regret(setting, t, found, mean_scores(setting, t, found, outlook))
    if moved > _REGRET * unit or regret > _REGRET * max(setting.parameters.prize, 1.0):
        raise RuleError([_no_equilibrium(setting, t)])
    return Equilibrium(found, regret, rounds)


def _no_equilibrium(setting: Setting, t: int) -> Problem:
    p = setting.parameters
    bound = p.prize * curvature(setting.n, setting.slots) * (setting.scale_growth(t) / setting.spread(t)) ** 2
    return describe_no_equilibrium(prize=p.prize, effort_cost=p.effort_cost, noise=p.noise, bound=bound)


def _respond_alone(setting: Setting, t: int, marginals: Marginals, total: Array) -> tuple[Array, Array]:
    """Best own growth and window dressing at a given total of joint effort; none below zero."""
    p = setting.parameters
    c, kappa, push = p.effort_cost, p.substitution * p.effort_cost, p.prize * marginals.own
    to_growth = push * setting.scale_growth(t) * (1 - p.spillover / (setting.n - 1)) + p.sharing * setting.theta
    to_dressing = push * setting.scale_joint(t) * p.gaming * (1 - p.audit)
    a, b = to_growth - kappa * total, to_dressing - kappa * total
    growth, dressing = (c * a - kappa * b) / (c * c - kappa**2), (c * b - kappa * a) / (c * c - kappa**2)
    only_growth, only_dressing = np.maximum(a, 0.0) / c, np.maximum(b, 0.0) / c
    return (
        np.where(dressing < 0, only_growth, np.where(growth < 0, 0.0, growth)),
        np.where(dressing < 0, 0.0, np.where(growth < 0, only_dressing, dressing)),
    )


def _joint_return(setting: Setting, outlook: Outlook, marginals: Marginals, t: int) -> Array:
    p, giver = setting.parameters, setting.network.giver
    unit = joint_output(setting, np.ones_like(outlook.partner), outlook.partner, outlook.room)
    lead = p.prize * (marginals.own[..., giver] - marginals.cross)
    score = setting.scale_growth(t) * p.joint_credit + setting.scale_joint(t) * p.joint_measure
    claim = (1 - p.local_first * (1 - outlook.standards)) * p.sharing * p.joint_claim * setting.theta[giver]
    barrier = 1 + p.barrier * (1 - outlook.standards)
    return np.asarray(unit * (lead * score + claim) - barrier * true_friction(setting, outlook))


def _above_floor(setting: Setting, net_return: Array, t: int) -> Array:
    """Best joint effort; while it is below the contract's floor the expected penalty counts as a return."""
    p, degree = setting.parameters, setting.network.degree
    slope = p.effort_cost * degree
    pushed = (net_return + p.enforcement * p.effort_cost * setting.attention) / slope
    floor = setting.floors[t] * setting.attention / degree
    return np.asarray(np.maximum(np.maximum(net_return / slope, np.minimum(pushed, floor)), 0.0))


def _regret(setting: Setting, t: int, efforts: Efforts, means: Array) -> float:
    """Largest gain on a grid of other g, of other w, and from dropping out; joint effort stays."""
    p, g, w = setting.parameters, efforts.growth[:, None], efforts.dressing[:, None]
    joint = setting.network.collect(efforts.joint)[:, None]
    grid = np.broadcast_to(np.linspace(0.0, 2.5 * max(setting.attention, g.max()), 26), (setting.n, 26))
    new_g = np.hstack([g, grid, np.broadcast_to(g, grid.shape), 0 * g])
    new_w = np.hstack([w, np.broadcast_to(w, grid.shape), grid, 0 * w])
    # All rivals' scores rise by r/(n−1) of what one adds: the same as falling behind by it.
    shift = setting.scale_growth(t) * (1 - p.spillover / (setting.n - 1)) * (new_g - g)
    shift = shift + setting.scale_joint(t) * p.gaming * (1 - p.audit) * (new_w - w)
    payoff = p.prize * chance(means, shift, slots=setting.slots, spread=setting.spread(t)) if p.prize else 0.0 * shift
    payoff = payoff + p.sharing * setting.theta[:, None] * new_g
    crowding = p.substitution * ((new_g + new_w) * joint + new_g * new_w)
    payoff = payoff - p.effort_cost * ((new_g**2 + new_w**2) / 2 + crowding)
    return float((payoff - payoff[:, :1]).max())
