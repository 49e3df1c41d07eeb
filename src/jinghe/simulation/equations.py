"""The equations of CBC-1 (方程表), each once: plain NumPy in the specification, compiled in the product.

Every function is elementwise: arrays of one shape, or single numbers in the compiled engine (which
knows no `where` of single numbers: a condition multiplies). `p` holds the numbers of the
year, `unit` is the attention unit a₀, `share` = d̄/a₀ with d̄ the mean number of partners. The numbers in brackets
are those
of reference §4.4. The engines differ in how they loop, gather and add up, and in nothing else.
"""

from __future__ import annotations

import numpy as np

from jinghe.simulation.draws import Array
from jinghe.simulation.parameters import ADDITIVE, MINIMUM, PRODUCT, Numbers

__all__ = [
    "best_joint",
    "claim_factor",
    "combine",
    "expect",
    "friction",
    "gain_of_task",
    "hazard",
    "hermite",
    "marginal_chance",
    "next_standards",
    "next_stock",
    "next_trust",
    "own_returns",
    "pass_on",
    "poisson",
    "productivity",
    "share_of_task",
    "tenure_factor",
    "utility_joint",
    "utility_own",
    "value_of_joint",
]

_TOLERANCE = 0.1  # how far below what one expected a partner may stay without losing trust
_PEAK, _FLAT = 3.5, 0.5  # tenure of most ambition: the third and fourth year
_BISECTIONS = 60


def productivity(p: Numbers, ability: Array, adopted: Array, authority: Array) -> Array:
    """(1) Yield of own growth: (1 + δ_a a)(1 + δ_I A)(1 + gain of delegated powers), not below zero."""
    own = np.maximum(1 + p.ability_spread * ability, 0.0)
    return own * (1 + p.innovation_gain * adopted) * (1 + p.authority_gain * authority)


def combine(p: Numbers, own: Array, partner: Array, share: float) -> Array:
    """(1) f of two efforts: product d̄ x x′/a₀, mean (public good), minimum (assurance), CES; x where both are a₀/d̄."""
    if p.joint_form == PRODUCT:
        return share * own * partner
    if p.joint_form == ADDITIVE:
        return (own + partner) / 2
    if p.joint_form == MINIMUM:
        return np.minimum(own, partner)
    return ((own**p.elasticity + partner**p.elasticity) / 2) ** (1 / p.elasticity)


def next_stock(p: Numbers, stock: Array, together: Array, share: float) -> Array:
    """(2) P′ = P + v f (1 − P) − d_P P, f in attention units, within 0 and 1."""
    met = p.progress * share * together * (1 - stock)
    return np.minimum(np.maximum(stock + met - p.wear * stock, 0.0), 1.0)


def friction(p: Numbers, trust: Array, standards: Array, backlog: Array, authority: Array, unit: float) -> Array:
    """(7, 11) True cost of a unit of joint effort: (F₀(1−coord)(1−φ_S S)(1−ease) + F_Q Q + ρ_c(1−T)) c a₀."""
    cost = p.friction * (1 - p.coordination) * (1 - p.standards_ease * standards) * (1 - p.authority_ease * authority)
    return (cost + p.dispute_drag * backlog + p.risk * (1 - trust)) * p.effort_cost * unit


def claim_factor(p: Numbers) -> float:
    """(7) What a benefit after L years counts today, if one is still in office: (δ(1−haz))^L."""
    return float((p.discount * (1 - p.turnover)) ** p.lag)


def expect(p: Numbers, trust: Array, belief: Array, floor: Array) -> Array:
    """(9) Joint effort believed of the partner: T x̂, plus (1 − T) of what an enforced contract asks."""
    enforced = 1.0 if p.inspection * p.penalty > 0 else 0.0
    return trust * belief + (1 - trust) * enforced * floor


def tenure_factor(p: Numbers, tenure: Array) -> Array:
    """(7) V over tenure: full in the third and fourth year, less before and after, never below zero."""
    return np.maximum(1 - p.tenure_slope * np.maximum(np.abs(tenure - _PEAK) - _FLAT, 0.0), 0.0)


def marginal_chance(p: Numbers, mean: Array, scale: float) -> Array:
    """(6) Marginal value of measured collaboration by absolute prizes: A φ((q* − q̄)/σ_q)/σ_q."""
    gap = p.absolute_target - mean / scale
    return p.absolute_prize * np.exp(-0.5 * gap * gap) * 0.3989422804014327 / scale


def own_returns(
    p: Numbers,
    push: Array,
    bonus: Array,
    team: Array,
    spill: Array,
    money: Array,
    yields: Array,
    scale_growth: float,
    scale_joint: float,
    unit: float,
    rivals: Array,
) -> tuple[Array, Array, Array]:
    """(7) What a unit of own growth, window dressing and protection is worth to the official.

    growth: yield · (push z_y (1 − r̄) + ω s θ + linear pay + team prize), dressing: γ_w (1 − audit)(push z_q + …) −
    audit φ_w,
    protection: push z_y σ_s/(rivals); `push` is the marginal value of the score, z what a unit counts in it.
    """
    growth = yields * (push * scale_growth * (1 - spill) + money + p.pay_growth + team)
    worth = push * scale_joint + p.pay_joint + bonus + team
    fine = p.audit * p.audit_penalty * p.effort_cost * unit
    dressing = p.gaming * (1 - p.audit) * worth - fine
    return growth, dressing, push * scale_growth * p.protection / rivals


def value_of_joint(
    p: Numbers,
    push: Array,
    lead: Array,
    credit: Array,
    other_credit: Array,
    bonus: Array,
    team: Array,
    same: Array,
    money: Array,
    scale_growth: float,
    scale_joint: float,
) -> Array:
    """(7) What a unit of joint output is worth to one side.

    push (z_y (γ − lead γ′) + z_q k_q (1 − lead)) + pay and prizes + perceived claim: a partner in the same ranking
    takes
    back `lead`, its share of the pressure of all rivals (rank neutrality); `same` says that both are in one team.
    """
    k = p.joint_measure
    rank = scale_growth * (credit - lead * other_credit) + scale_joint * k * (1 - lead)
    paid = p.pay_growth * credit + (p.pay_joint + bonus) * k
    return push * rank + paid + team * (credit + k + same * (other_credit + k)) + money


def gain_of_task(p: Numbers, stock: Array, share: float) -> Array:
    """(4) Half of what a special task pays per unit of f: subsidy per progress, milestone over the first half."""
    return 0.5 * (p.subsidy + 2 * p.milestone * (stock < 0.5)) * p.progress * share * (1 - stock)


def share_of_task(p: Numbers, before: Array, gained: Array) -> Array:
    """(4) What a special task pays each side in a year: half the subsidy, and the milestone when P passes ½."""
    passed = 1.0 * (before < 0.5) * (before + gained >= 0.5)
    return 0.5 * (p.subsidy * gained + p.milestone * passed)


def best_joint(
    p: Numbers, value: Array, partner: Array, cost: Array, floor: Array, fine: Array, slope: float, share: float
) -> Array:
    """(8) Best x ≥ 0: maximises value·f(x, x′) − cost·x − slope x²/2 − fine·(floor − x)⁺.

    Below the floor the expected penalty counts as a return, so that a floor may be met in part (shirking, S8).
    """
    if p.joint_form <= ADDITIVE:
        at = value * (share * partner if p.joint_form == PRODUCT else 0.5) - cost
        return np.maximum(np.maximum(at / slope, np.minimum((at + fine) / slope, floor)), 0.0)
    worth = np.maximum(value, 0.0)
    least = np.maximum(np.maximum(-cost / slope, np.minimum((fine - cost) / slope, floor)), 0.0)
    if p.joint_form == MINIMUM:
        at = worth - cost
        most = np.maximum(np.maximum(at / slope, np.minimum((at + fine) / slope, floor)), 0.0)
        return np.maximum(least, np.minimum(most, partner))
    low, high = 0.0 * least, least + partner + floor + (worth + fine) / slope + 1e-300
    for _ in range(_BISECTIONS):
        x = (low + high) / 2
        together = ((x**p.elasticity + partner**p.elasticity) / 2) ** (1 / p.elasticity)
        more = (
            worth * 0.5 * (x / np.maximum(together, 1e-300)) ** (p.elasticity - 1)
            - cost
            + fine * (x < floor)
            - slope * x
        )
        up = 1.0 * (more > 0)
        low, high = up * x + (1 - up) * low, up * high + (1 - up) * x
    return (low + high) / 2


def utility_joint(
    level: Array, value: Array, together: Array, cost: Array, floor: Array, fine: Array, slope: float
) -> Array:
    """(8) Perceived value of a level of joint effort: value·f − cost·x − slope x²/2 − fine·(floor − x)⁺."""
    spent = cost * level + 0.5 * slope * level * level + fine * np.maximum(floor - level, 0.0)
    return value * together - spent


def utility_own(level: Array, rate: Array, slope: float) -> Array:
    """(8) Perceived value of a level of an own task whose score counts linearly: rate·e − slope e²/2."""
    return rate * level - 0.5 * slope * level * level


def next_trust(p: Numbers, trust: Array, partner: Array, expected: Array) -> Array:
    """(9) T + a₊(1−T) min(x/x̄, 1) when x ≥ x̄(1−0.1), else T − a₋ T (1 − x/x̄)."""
    ratio = partner / expected
    up = trust + p.trust_up * (1 - trust) * np.minimum(ratio, 1.0)
    kept = 1.0 * (ratio >= 1 - _TOLERANCE)
    return kept * up + (1 - kept) * (trust - p.trust_down * trust * (1 - ratio))


def pass_on(p: Numbers, trust: Array, standards: Array, broken: Array) -> Array:
    """(9) When either official goes, T is multiplied by χ + (1 − χ) S: standards carry trust over."""
    kept = p.trust_kept + (1 - p.trust_kept) * standards
    return trust * (broken * kept + (1.0 - broken))


def next_standards(p: Numbers, standards: Array, effort: Array, batch: float) -> Array:
    """(10) S′ = S + η c̄ (1 − S) − d_S S + batch (1 − S), c̄ mean joint effort in attention units, at most 1."""
    gained = (p.standards_up * np.minimum(effort, 1.0) + batch) * (1 - standards)
    return np.minimum(np.maximum(standards + gained - p.standards_down * standards, 0.0), 1.0)


def hazard(p: Numbers, neighbours: Array, region: Array, effort: Array, unit: float) -> Array:
    """(12) Chance to adopt: 1 − exp(−(p + q A_neighbours + q_R A_region + u_top + ι n))."""
    pressed = p.adoption + p.diffusion * neighbours + p.diffusion_region * region + p.top_down
    return 1 - np.exp(-(pressed + p.innovation * effort / unit))


def hermite(left: Array, right: Array, left_slope: Array, right_slope: Array, u: Array) -> Array:
    """(6) Cubic between two points of a table of expected prizes, 0 ≤ u ≤ 1; slopes per step of the table."""
    v = 1 - u
    ends = left * v * v * (1 + 2 * u) + right * u * u * (1 + 2 * v)
    return ends + u * v * (v * left_slope - u * right_slope)


def poisson(mean: Array, u: Array) -> Array:
    """(11) Number of cases whose cumulative chance first reaches u, at most 20: Poisson draws by inversion."""
    chance = np.exp(-mean)
    below, count = chance, 0.0 * mean
    for k in range(1, 21):
        count = count + (u > below)
        chance = chance * mean / k
        below = below + chance
    return count
