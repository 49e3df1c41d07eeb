"""The NumPy specification of CBC-1 (竞合模型): a year from choice to trust, all replications at once."""

from __future__ import annotations

import numpy as np

from jinghe.simulation import equations
from jinghe.simulation.choice import Efforts, State, best_efforts, collect, imitate, look, spread_standing, value_at
from jinghe.simulation.design import Design, numbers_of
from jinghe.simulation.draws import Array, Purpose, draw_uniforms
from jinghe.simulation.logit import QRE_ROUNDS, draw_efforts, mean_joint
from jinghe.simulation.measures import RECORDS, find_stage
from jinghe.simulation.parameters import FIXED, IMITATE, NASH, QRE, Numbers
from jinghe.simulation.year import move_on, score_year, settle_year, turn_over

__all__ = ["play_model", "start_state", "step"]


def start_state(design: Design, *, seed: int, replications: range) -> State:
    """Begin at the certified equilibrium, with hope for joint effort, trust drawn by the pair, nothing built."""
    p, rows, n = numbers_of(design, 0), len(replications), len(design.theta)
    drawn = draw_uniforms(
        seed, purpose=Purpose.TRUST, replications=replications, period=0, places=design.giver * n + design.partner
    )[:, 0]
    joint = np.tile(design.joint, (rows, 1))
    growth, dressing, protection = (np.tile(one, (rows, 1)) for one in design.start)
    nothing, nowhere = np.zeros((rows, n)), np.zeros_like(joint)
    return State(
        efforts=Efforts(growth, joint, dressing, protection, nothing),
        trust=np.minimum(np.maximum(p.trust + p.trust_spread * (2 * drawn - 1), 0.0), 1.0),
        belief=joint[:, design.reverse],
        stock=nowhere,
        backlog=nowhere,
        standards=np.full((rows, 1), p.standards),
        adopted=nothing,
        ability=nothing,
        tenure=nothing,
        carried=nothing,
        standing=np.tile(design.reference[0], (rows, 1)),
        earned=nothing,
        waiting=np.zeros((rows, 21, n)),
    )


def step(design: Design, t: int, state: State, *, seed: int, replications: range) -> tuple[State, dict[str, Array]]:
    """Play one year, in the order of events of the reference (§4.3). Returns the next state and the year's record."""
    p, n = numbers_of(design, t), len(design.theta)
    year, official = (_draw(seed, purpose, replications, t, n) for purpose in (Purpose.YEAR, Purpose.OFFICIAL))
    edge = draw_uniforms(
        seed,
        purpose=Purpose.EDGE,
        replications=replications,
        period=t,
        places=design.giver * n + design.partner,
        count=4,
    )
    state = turn_over(design, t, state, p, gone=year[:, 3], official=official)
    efforts = _choose(design, t, state, p, seed=seed, replications=replications, edge=edge[:, 0])
    made = settle_year(design, t, state, efforts, p, edge=edge, official=official)
    scored = score_year(design, t, state, p, made, efforts, year=year, official=official)
    following = move_on(design, t, state, efforts, p, made, scored["score"], scored["earned"], edge=edge)
    return following, made | scored | _note(design, efforts, following)


def play_model(design: Design, *, seed: int, replications: range) -> dict[str, Array]:
    """Run replications through all years: records by name, shape (R, T, n); `pairs` (R, 2M), `stage` (R, T).

    Replication r depends on (seed, r) alone, so the first hundred of five hundred are a run of one hundred.
    """
    state, rows = start_state(design, seed=seed, replications=replications), []
    for t in range(len(design.regime)):
        state, record = step(design, t, state, seed=seed, replications=replications)
        rows.append(record)
    series = {
        name: np.stack([row[name] for row in rows], axis=1) for name in (*RECORDS, "standards", "stage", "balance")
    }
    return series | {"pairs": rows[-1]["pairs"]}


def _draw(seed: int, purpose: Purpose, replications: range, t: int, n: int) -> Array:
    return draw_uniforms(seed, purpose=purpose, replications=replications, period=t, places=n, count=4)


def _choose(
    design: Design, t: int, state: State, p: Numbers, *, seed: int, replications: range, edge: Array
) -> Efforts:
    if p.choice == FIXED or (p.choice == IMITATE and t == 0):
        return state.efforts
    if p.choice == IMITATE:
        draws = _draw(seed, Purpose.IMITATE, replications, t, len(design.theta))
        return imitate(design, state, p, whom=draws[:, 0], follow=draws[:, 1])
    factor = equations.tenure_factor(p, state.tenure)
    promotion, funds = value_at(design, t, spread_standing(design, t, state.standing), slopes=True)
    scene = look(design, t, state, promotion * factor + funds, p)
    if p.choice == NASH:
        return best_efforts(design, t, scene, p)
    if p.choice == QRE:
        for _ in range(QRE_ROUNDS):
            mean = mean_joint(design, t, scene, state, p)
            scene = scene._replace(partner=equations.expect(p, state.trust, mean[:, design.reverse], design.floors[t]))
    own = _draw(seed, Purpose.CHOICE, replications, t, len(design.theta))
    whole = _draw(seed, Purpose.TOTAL, replications, t, len(design.theta))[:, 0]
    return draw_efforts(design, t, scene, state, p, own=own, edge=edge, whole=whole)


def _note(design: Design, efforts: Efforts, following: State) -> dict[str, Array]:
    cooperation, trust = collect(design, efforts.joint), collect(design, following.trust) / design.partners
    return {
        "growth": efforts.growth,
        "cooperation": cooperation,
        "dressing": efforts.dressing,
        "trust": trust,
        "pairs": efforts.joint,
        "standards": following.standards[:, 0],
        "stage": find_stage(design, following, cooperation),
    }
