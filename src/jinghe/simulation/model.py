"""The NumPy specification of CBC-1 (竞合模型): years of choice, output, measurement, ranking, trust and standards."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from jinghe.simulation.choice import (
    Efforts,
    Equilibrium,
    Outlook,
    find_equilibrium,
    joint_output,
    mean_scores,
    respond,
    true_friction,
)
from jinghe.simulation.draws import Array, Purpose, draw_normals, draw_uniforms
from jinghe.simulation.marginal import Marginals, sampled_marginals
from jinghe.simulation.setting import Setting

__all__ = ["Paths", "Shocks", "State", "draw_shocks", "join_paths", "run_model", "start", "step", "update_trust"]


_TOLERANCE = 0.1  # how far below what one expected a partner may stay without losing trust


@dataclass(frozen=True, eq=False)
class Shocks:
    """All that is random (冲击), the same for every set of rules; arrays by period, R replications each.

    `imagined` (R, D, n) and `output`, `measure`, `other` (R, n) are standard normal; `turnover` (R, n) and `trust`
    (R, 2M) are uniform.
    """

    imagined: tuple[Array, ...]
    output: tuple[Array, ...]
    measure: tuple[Array, ...]
    other: tuple[Array, ...]
    turnover: tuple[Array, ...]
    trust: Array


@dataclass(frozen=True, eq=False)
class State:
    """Where each replication stands at the start of a year (状态).

    Attributes:
        habits: what officials expect of each other: efforts smoothed over the years.
        trust: T by directed edge, shape (R, 2M).
        stock: P, progress of the pair's projects, shape (R, 2M), the same on both directions.
        standards: S, shape (R, 1).
    """

    habits: Efforts
    trust: Array
    stock: Array
    standards: Array


@dataclass(frozen=True, eq=False)
class Paths:
    """What happened (轨迹), shape (R, T, n): efforts, trust at the end of the year, output, and how it was scored.

    `measured` is the collaboration indicator, `joint` the true joint output behind it, `contribution` all that a city
    added to the region (half of each joint output, whatever its statistical credit), `score` the total; `gain` is the
    city's net gain from cooperation, without bias, in money.
    """

    growth: Array
    cooperation: Array
    dressing: Array
    trust: Array
    output: Array
    measured: Array
    joint: Array
    contribution: Array
    score: Array
    gain: Array
    pairs: Array  # joint effort by directed edge in the last year, (R, 1, 2M)


def draw_shocks(setting: Setting, *, seed: int, replications: range) -> Shocks:
    """Draw the shocks of some replications; the first hundred of five hundred are those of a run of one hundred.

    Starting trust is keyed by the pair, so a rule that adds partners leaves the draws of the others.
    """
    n, net, years = setting.n, setting.network, range(len(setting.periods))
    count = int(setting.parameters.imagined)

    def normals(purpose: Purpose, t: int) -> Array:
        return draw_normals(seed, purpose=purpose, replications=replications, period=t, places=n)[:, 0]

    def uniforms(purpose: Purpose, t: int, places: int) -> Array:
        return draw_uniforms(seed, purpose=purpose, replications=replications, period=t, places=places)[:, 0]

    imagined = tuple(
        draw_normals(seed, purpose=Purpose.IMAGINED, replications=replications, period=t, places=n, count=count)
        for t in years
    )
    return Shocks(
        imagined=imagined,
        output=tuple(normals(Purpose.OUTPUT, t) for t in years),
        measure=tuple(normals(Purpose.MEASURE, t) for t in years),
        other=tuple(normals(Purpose.OTHER, t) for t in years),
        turnover=tuple(uniforms(Purpose.TURNOVER, t, n) for t in years),
        trust=uniforms(Purpose.TRUST, 0, n * n)[:, net.giver * n + net.partner],
    )


def start(setting: Setting) -> Equilibrium:
    """Find the certified equilibrium of the first year at the mean starting trust and the expected willingness.

    Raises RuleError `equilibrium-none`.
    """
    nobody = np.zeros((1, setting.n))
    mean = _first_state(setting, growth=nobody, dressing=nobody, trust=np.full((1, setting.network.edges), 0.5))
    outlook = _outlook(setting, mean, 0)
    flat = Outlook(*(getattr(outlook, field.name)[0] for field in fields(Outlook)))
    return find_equilibrium(setting, 0, flat, joint=mean.habits.joint[0])


def step(setting: Setting, state: State, shocks: Shocks, t: int) -> tuple[State, dict[str, Array]]:
    """Play one year: choose, produce, measure, rank, update trust, standards and expectations.

    Returns the next state and the year's record by the names of `Paths`.
    """
    p, net = setting.parameters, setting.network
    outlook = _outlook(setting, state, t)
    efforts = respond(setting, t, outlook, _marginals(setting, state, outlook, shocks, t))
    partner = efforts.joint[..., net.reverse]
    output = joint_output(setting, efforts.joint, partner, outlook.room)
    record = _record(setting, efforts, net.collect(output), shocks, t)
    trust = update_trust(setting, state, partner, t)
    gone = shocks.turnover[t] < p.turnover
    broken = gone[..., net.giver] | gone[..., net.partner]
    trust = trust * np.where(broken, p.trust_kept + (1 - p.trust_kept) * state.standards, 1.0)
    record |= {
        "trust": net.collect(trust) / np.maximum(net.collect(np.ones(net.edges)), 1.0),
        "gain": _gain(setting, efforts, outlook, output),
    }
    return _next(setting, state, efforts, partner, trust), record


def update_trust(setting: Setting, state: State, partner: Array, t: int) -> Array:
    """Trust after seeing what the partner did: T + a₊(1−T) min(x/x̄, 1) when x ≥ x̄(1−0.1), else T − a₋ T (1 − x/x̄).

    x̄ is what the contract asks, and at least what one expects of any partner.
    """
    p, degree = setting.parameters, setting.network.degree
    expected = np.maximum(setting.floors[t], p.trust_norm) * setting.attention / degree
    ratio = partner / expected
    up = state.trust + p.trust_up * (1 - state.trust) * np.minimum(ratio, 1.0)
    down = state.trust - p.trust_down * state.trust * (1 - ratio)
    return np.asarray(np.where(ratio >= 1 - _TOLERANCE, up, down))


def run_model(setting: Setting, shocks: Shocks, *, equilibrium: Equilibrium) -> Paths:
    """Run all replications of the shocks through all periods.

    Args:
        setting: the rules.
        shocks: from `draw_shocks`; passing the same shocks to two settings gives common random numbers.
        equilibrium: where officials start from; see `start`.
    Returns:
        The paths of R replications.
    """
    efforts, runs = equilibrium.efforts, len(shocks.trust)
    growth, dressing = (np.tile(one, (runs, 1)) for one in (efforts.growth, efforts.dressing))
    state = _first_state(setting, growth=growth, dressing=dressing, trust=shocks.trust)
    records = []
    for t in range(len(setting.periods)):
        state, record = step(setting, state, shocks, t)
        records.append(record)
    pairs = records[-1]["pairs"][:, None]
    series = {f.name: np.stack([r[f.name] for r in records], axis=1) for f in fields(Paths) if f.name != "pairs"}
    return Paths(**series, pairs=pairs)


def join_paths(parts: list[Paths]) -> Paths:
    """Put blocks of replications one after another."""
    return Paths(**{f.name: np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Paths)})


def _first_state(setting: Setting, *, growth: Array, dressing: Array, trust: Array) -> State:
    """Efforts as in the equilibrium, joint effort as hoped for, trust spread around its mean; nothing built yet."""
    p, net = setting.parameters, setting.network
    hoped = np.full_like(trust, p.willingness * setting.attention / net.degree)
    drawn = np.clip(p.trust + p.trust_spread * (2 * trust - 1), 0.0, 1.0)
    return State(Efforts(growth, hoped, dressing), drawn, np.zeros_like(trust), np.full((len(trust), 1), p.standards))


def _outlook(setting: Setting, state: State, t: int) -> Outlook:
    net = setting.network
    contract = setting.floors[t] * setting.attention / net.degree if setting.parameters.enforcement else 0.0
    partner = state.trust * state.habits.joint[..., net.reverse] + (1 - state.trust) * contract
    return Outlook(state.trust, partner, 1 - state.stock, state.standards)


def _marginals(setting: Setting, state: State, outlook: Outlook, shocks: Shocks, t: int) -> Marginals:
    if not setting.parameters.prize:
        return Marginals(np.zeros_like(state.habits.growth), np.zeros_like(state.trust))
    means = mean_scores(setting, t, state.habits, outlook)
    return sampled_marginals(means, shocks.imagined[t], setting.network, slots=setting.slots, spread=setting.spread(t))


def _record(setting: Setting, efforts: Efforts, joint: Array, shocks: Shocks, t: int) -> dict[str, Array]:
    p, growth = setting.parameters, efforts.growth
    others = (growth.sum(axis=-1, keepdims=True) - growth) / (setting.n - 1)
    output = growth + p.spillover * others + p.joint_credit * joint + p.noise * shocks.output[t]
    measured = p.joint_measure * joint + p.gaming * (1 - p.audit) * efforts.dressing
    measured = measured + p.noise * p.measure_noise * shocks.measure[t]
    left = 1 - setting.growth_weight[t] - setting.collaboration_weight[t]
    score = setting.scale_growth(t) * output + setting.scale_joint(t) * measured + left * shocks.other[t]
    return {
        "growth": growth,
        "cooperation": setting.network.collect(efforts.joint),
        "dressing": efforts.dressing,
        "output": output,
        "measured": measured,
        "joint": joint,
        "contribution": growth * (1 + p.spillover) + joint / 2,
        "score": score,
        "pairs": efforts.joint,
    }


def _gain(setting: Setting, efforts: Efforts, outlook: Outlook, output: Array) -> Array:
    """Net gain from cooperation in money, as it turns out and without bias: claim − cost of attention − friction."""
    p, net = setting.parameters, setting.network
    benefit = p.sharing * p.joint_claim * setting.theta[net.giver] * output
    crowding = p.substitution * (efforts.growth + efforts.dressing)[..., net.giver]
    effort = p.effort_cost * (net.degree * efforts.joint / 2 + crowding)
    return net.collect(benefit - efforts.joint * (effort + true_friction(setting, outlook)))


def _next(setting: Setting, state: State, efforts: Efforts, partner: Array, trust: Array) -> State:
    p, net = setting.parameters, setting.network
    share = net.degree / setting.attention
    met = p.progress * (share * efforts.joint) * (share * partner) * (1 - state.stock)
    stock = np.clip(state.stock + met - p.wear * state.stock, 0.0, 1.0)
    mean_effort = np.minimum(efforts.joint.sum(axis=-1, keepdims=True) / (setting.n * setting.attention), 1.0)
    standards = (
        state.standards + p.standards_up * mean_effort * (1 - state.standards) - p.standards_down * state.standards
    )
    pairs = zip(
        (state.habits.growth, state.habits.joint, state.habits.dressing),
        (efforts.growth, efforts.joint, efforts.dressing),
        strict=True,
    )
    habits = Efforts(*((1 - p.adjustment) * old + p.adjustment * new for old, new in pairs))
    return State(habits, trust, stock, np.clip(standards, 0.0, 1.0))
