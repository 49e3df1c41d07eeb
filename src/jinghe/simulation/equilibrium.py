"""The certified equilibrium of each set of rules (纳什均衡), and the expected prizes officials read off it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jinghe.errors import Problem, RuleError, problem
from jinghe.simulation import equations
from jinghe.simulation.choice import collect, look_at_own
from jinghe.simulation.design import Design, make_design, numbers_of
from jinghe.simulation.draws import Array
from jinghe.simulation.limits import curvature, describe_no_equilibrium
from jinghe.simulation.marginal import SHIFTS, chances, find_leads
from jinghe.simulation.parameters import Numbers
from jinghe.simulation.ratio import RatioContest, solve_ratio
from jinghe.simulation.setting import Setting

__all__ = ["Equilibrium", "Prepared", "prepare"]

_ROUNDS = 600  # of best response
_UNDAMPED = 12  # of them before steps are damped
_SWEEPS = 40  # of own tasks that crowd each other out; see `choice`
_CLOSE = 1e-11  # change, in attention units, at which it has settled
_APART = 1e3  # standard deviations between mean scores at which the iteration runs away
_REGRET = 1e-7  # gain from leaving that a certificate may leave, per unit of prize


@dataclass(frozen=True, eq=False)
class Equilibrium:
    """Efforts nobody gains by leaving (均衡), at the joint efforts hoped for; all of shape (n,).

    `regret`: the most anybody could still gain by other growth, window dressing or protection, or by dropping out.
    """

    growth: Array
    dressing: Array
    protection: Array
    means: Array
    regret: float
    rounds: int


@dataclass(frozen=True, eq=False)
class Prepared:
    """A setting ready to run (备好的方案): its arrays, and the equilibrium of every regime of rules."""

    design: Design
    equilibria: tuple[Equilibrium, ...]

    @property
    def regret(self) -> float:
        """The largest regret of any regime."""
        return max(one.regret for one in self.equilibria)


def prepare(setting: Setting) -> Prepared:
    """Find the equilibrium of every regime of rules, certify it, and tabulate the prizes officials expect around it.

    Damped best responses in own growth, window dressing and protection with exact marginals, to a fixed point. Joint
    efforts are
    those hoped for at the outset, because joint projects in product form have several equilibria: which one is
    reached is for
    the dynamics to say. In the years an official reads the value of a score at the own standing off these tables: the
    field
    is that of the equilibrium, the own standing that of the replication.

    Raises:
        RuleError: `promotion-slots`; `equilibrium-none` when the iteration does not settle or somebody gains by
            leaving.
    """
    _check_slots(setting)
    design = make_design(setting)
    found = []
    for g in range(int(design.regime.max()) + 1):
        t = int(np.argmax(design.regime == g))
        one = _solve(setting, design, t)
        _fill(design, setting, t, one)
        found.append(one)
    if not setting.efforts:
        design.start[:] = np.stack([found[0].growth, found[0].dressing, found[0].protection])
    return Prepared(design, tuple(found))


def _check_slots(setting: Setting) -> None:
    sizes = np.bincount(setting.pools)
    smallest = int(sizes[sizes > 0].min())
    for parameters in setting.yearly:
        slots = int(parameters.promotion_slots)
        if parameters.prize and slots >= smallest:
            path = "simulate.parameters.promotion_slots"
            raise RuleError([problem("promotion-slots", path, found=slots, most=smallest - 1, n=smallest)])


def _solve(setting: Setting, design: Design, t: int) -> Equilibrium:
    p = numbers_of(design, t)
    now, ground = design.start.copy(), _survey(design, t, p)
    if setting.efforts:
        return _certify(setting, design, t, p, now, 0, ground)
    if p.decisiveness:
        return _solve_ratio(setting, design, p)
    moved, rounds = np.inf, 0
    while moved > _CLOSE * design.unit and rounds < _ROUNDS:
        own = _look(setting, design, t, p, now, ground)
        if np.ptp(own.means) > _APART * design.scales[t, 3]:
            raise RuleError([_no_equilibrium(setting, design, t, p)])
        best = _respond(p, own, ground)
        moved = float(np.abs(best - now).max())
        now = now + (1.0 if rounds < _UNDAMPED else 0.8 * 0.5 ** (rounds // 100)) * (best - now)
        rounds += 1
    one = _certify(setting, design, t, p, now, rounds, ground)
    if moved > _REGRET * design.unit or one.regret > _REGRET * max(p.prize, 1.0):
        raise RuleError([_no_equilibrium(setting, design, t, p)])
    return one


def _no_equilibrium(setting: Setting, design: Design, t: int, p: Numbers) -> Problem:
    bound = p.prize * (1 + p.envy) * curvature(setting.n, int(p.promotion_slots)) * _pull(design, t) ** 2
    return describe_no_equilibrium(prize=p.prize, effort_cost=p.effort_cost, noise=p.noise, bound=bound)


def _solve_ratio(setting: Setting, design: Design, p: Numbers) -> Equilibrium:
    n = setting.n
    alone = np.where(setting.circles >= 0, setting.circles, n + np.arange(n))
    teams = np.unique(alone, return_inverse=True)[1].reshape(-1)
    unit_cost = p.linear_cost - p.sharing * design.theta
    contest = RatioContest(p.prize * (1 + p.envy), p.decisiveness, unit_cost, p.effort_cost, teams)
    found = solve_ratio(contest)
    if not found.settled or found.regret > _REGRET * max(p.prize, 1.0):
        raise RuleError([problem("contest-none", "simulate.parameters.decisiveness", found=f"{p.decisiveness:g}")])
    return Equilibrium(found.efforts, np.zeros(n), np.zeros(n), np.zeros(n), found.regret, 0)


def _pull(design: Design, t: int) -> float:
    return float(design.scales[t, 0] / design.scales[t, 3])


class _Ground(NamedTuple):
    """What own efforts do not move: yields, joint output as counted and as measured, joint effort of each, shape (n,).

    Everybody sees mean trust, the common hope, and nothing built.
    """

    yields: Array
    counted: Array
    measured: Array
    joint: Array
    same: NDArray[np.bool_]  # (n, n) ranked together


def _survey(design: Design, t: int, p: Numbers) -> _Ground:
    joint, none = design.joint, np.zeros(len(design.theta))
    partner = equations.expect(p, np.full_like(joint, p.trust), joint[design.reverse], design.floors[t])
    output = p.joint_value * equations.combine(p, joint, partner, design.degree / design.unit)
    return _Ground(
        yields=equations.productivity(p, none, none, design.powers[t]),
        counted=p.joint_credit * collect(design, design.credit * output),
        measured=p.joint_measure * collect(design, output),
        joint=collect(design, joint),
        same=design.pools[:, None] == design.pools,
    )


def _means(design: Design, t: int, p: Numbers, now: Array, ground: _Ground) -> Array:
    """Scores expected: z_y ȳ + z_q q̄, shape (n,)."""
    n, zy, zq = len(design.theta), design.scales[t, 0], design.scales[t, 1]
    g = now[0]
    near = collect(design, g[design.partner]) / design.partners if p.spillover_neighbours else 0 * g
    spilled = p.spillover * (
        (1 - p.spillover_neighbours) * (g.sum() - g) / max(n - 1, 1) + p.spillover_neighbours * near
    )
    harm = p.protection * (ground.same @ now[2] - now[2]) / design.rivals if p.protection else 0.0
    mean = ground.yields * g + spilled - harm + ground.counted
    return np.asarray(zy * mean + zq * (ground.measured + p.gaming * (1 - p.audit) * now[1]))


def _push(design: Design, t: int, p: Numbers, means: Array, shifts: Array) -> tuple[Array, Array]:
    """Value and slope of expected promotion [0] and of expected funds [1], shape (2, n, shifts)."""
    spread = design.scales[t, 3]
    wide = spread * np.sqrt(1 + p.political_noise**2)
    prize = 0.0 if p.decisiveness else p.prize * (1 + p.envy)
    worth, tilt = (np.zeros((2, len(means), shifts.shape[-1])) for _ in range(2))
    if prize:
        ratio = spread / wide
        value, slope = chances(
            means, pools=design.pools, slots=int(p.promotion_slots), spread=wide, shifts=shifts * ratio
        )
        worth[0], tilt[0] = prize * value, prize * slope
    for top, amount in design.funds:
        value, slope = chances(means, pools=design.pools, slots=int(top), spread=spread, shifts=shifts)
        worth[1], tilt[1] = worth[1] + amount / top * value, tilt[1] + amount / top * slope
    return worth, tilt


def _spill(design: Design, p: Numbers, lead: Array) -> Array:
    """Own effort that comes back as the rivals': r ((1−ν)/(n−1) + ν Σ lead/partners of the partner)."""
    n = len(design.theta)
    ranked = np.bincount(design.pools)[design.pools] > 1
    near = collect(design, lead / design.partners[design.partner])
    return p.spillover * ((1 - p.spillover_neighbours) * ranked / max(n - 1, 1) + p.spillover_neighbours * near)


class _Own(NamedTuple):
    """What a unit of each own task is worth, the marginal value of the score, and the means around it, shape (n,)."""

    returns: tuple[Array, Array, Array]
    push: Array
    means: Array


def _look(setting: Setting, design: Design, t: int, p: Numbers, now: Array, ground: _Ground) -> _Own:
    means, g = _means(design, t, p, now, ground), design.regime[t]
    _, tilt = _push(design, t, p, means, np.zeros(1))
    if p.spillover_neighbours:
        design.lead[g] = _lead(setting, design, t, p, means)
    design.spill[g] = _spill(design, p, design.lead[g])
    quality, push = ground.measured + p.gaming * (1 - p.audit) * now[1], (tilt[0] + tilt[1])[:, 0]
    bonus = equations.marginal_chance(p, quality, p.noise * p.measure_noise)
    return _Own(look_at_own(design, t, p, push=push, bonus=bonus, yields=ground.yields), push, means)


def _lead(setting: Setting, design: Design, t: int, p: Numbers, means: Array) -> Array:
    spread = design.scales[t, 3] * np.sqrt(1 + p.political_noise**2)
    return find_leads(means, setting.network, pools=design.pools, slots=int(p.promotion_slots), spread=spread)


def _respond(p: Numbers, own: _Own, ground: _Ground) -> Array:
    """Best own efforts when joint efforts are those hoped for; see `choice.best_efforts`."""
    c, kappa = p.effort_cost, p.substitution * p.effort_cost
    slopes, best = (c, c, c * p.protection_cost), np.zeros((3, len(ground.joint)))
    for _ in range(_SWEEPS if kappa else 1):
        for k, (worth, slope) in enumerate(zip(own.returns, slopes, strict=True)):
            others = ground.joint + best.sum(axis=0) - best[k]
            best[k] = np.maximum((worth - p.linear_cost - kappa * others) / slope, 0.0)
    return best


def _fill(design: Design, setting: Setting, t: int, one: Equilibrium) -> None:
    p, g = numbers_of(design, t), design.regime[t]
    design.worth[g], design.tilt[g] = _push(design, t, p, one.means, SHIFTS)
    design.lead[g] = _lead(setting, design, t, p, one.means)
    design.spill[g] = _spill(design, p, design.lead[g])
    design.reference[g] = one.means


def _certify(
    setting: Setting, design: Design, t: int, p: Numbers, now: Array, rounds: int, ground: _Ground
) -> Equilibrium:
    """Largest gain on a grid of other efforts, from the best response and from dropping out; joint effort stays."""
    own = _look(setting, design, t, p, now, ground)
    zy, zq, _, spread = design.scales[t]
    grid = np.concatenate([[0.0], np.linspace(0.0, 2.5 * max(design.unit, float(now.max())), 26)])
    per_unit = (
        ground.yields * zy * (1 - design.spill[design.regime[t]]),
        np.full(setting.n, zq * p.gaming * (1 - p.audit)),
        zy * p.protection / design.rivals,
    )
    linear = [r - own.push * k - p.linear_cost for r, k in zip(own.returns, per_unit, strict=True)]
    tried = np.tile(now[:, :, None], (1, 1, 3 * len(grid) + 3))
    for k in range(3):
        tried[k, :, 1 + k * len(grid) : 1 + (k + 1) * len(grid)] = grid
    tried[:, :, -2] = _respond(p, own, ground)
    tried[:, :, -1] = 0.0
    shift = sum(per_unit[k][:, None] * (tried[k] - now[k, :, None]) for k in range(3)) / spread
    worth, _ = _push(design, t, p, own.means, np.asarray(shift))
    payoff = worth.sum(axis=0) - _cost(p, tried, ground.joint[:, None])
    payoff = payoff + sum(linear[k][:, None] * tried[k] for k in range(3))
    return Equilibrium(now[0], now[1], now[2], own.means, float((payoff - payoff[:, :1]).max()), rounds)


def _cost(p: Numbers, tried: Array, joint: Array) -> Array:
    g, w, s = tried
    crowd = p.substitution * (g * w + (g + w) * s + (g + w + s) * joint)
    return np.asarray(p.effort_cost * (0.5 * (g * g + w * w + p.protection_cost * s * s) + crowd))
