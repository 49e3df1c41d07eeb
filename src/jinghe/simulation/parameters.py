"""Parameters of the model (参数): default, range and preset; every fault of a compact's list at once."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import numpy as np

from jinghe.errors import Problem, RuleError, problem
from jinghe.simulation.draws import Array

__all__ = [
    "ADDITIVE",
    "CES",
    "CHOICES",
    "FIXED",
    "FORMS",
    "IMITATE",
    "LOGIT",
    "MINIMUM",
    "NAMES",
    "NASH",
    "PRESETS",
    "PRODUCT",
    "QRE",
    "Numbers",
    "Parameters",
    "mix_modes",
    "read_parameters",
    "to_row",
]

_PATH = "simulate.parameters"
CHOICES = ("nash", "logit", "qre", "imitate", "fixed")
NASH, LOGIT, QRE, IMITATE, FIXED = range(5)
FORMS = ("product", "additive", "minimum", "ces")
PRODUCT, ADDITIVE, MINIMUM, CES = range(4)


@dataclass(frozen=True, slots=True)
class Parameters:
    """Numbers of the model (模型参数). The first six are the preset `zhou`; the others are our assumptions.

    Efforts are in the units in which the cost of own effort g is c g²/2. The *attention unit* a₀ is the effort of a
    contest in growth alone, a₀ = (V β/σ + s)/c; frictions, contract floors and joint output are relative to it.
    What is 0 by default is off. In a compact `choice` and `joint_form` are words.
    """

    promotion_slots: float = 3  # k in each pool
    prize: float = 1.0  # V, value of a promotion; V = 0 withdraws promotion
    effort_cost: float = 1.0  # c
    noise: float = 1.0  # σ, of growth
    spillover: float = 0.1  # r, spread over the n−1 rivals
    sharing: float = 0.4  # s, fiscal residual claim
    choice: float = NASH  # how officials choose, place in CHOICES
    tau: float = 0.05  # τ, noise of choice, in money
    levels: float = 21  # of the grid of efforts
    reach: float = 1.5  # highest effort of the grid, in attention units
    reduced: float = 0  # 1: one level of joint effort for all partners (logit, qre)
    structured: float = 0  # 1: own score linear in effort, one exponential a task
    substitution: float = 0.0  # κ/c, how far tasks crowd each other out
    linear_cost: float = 0.0  # of a unit of any effort, beside c e²/2
    spillover_neighbours: float = 0.0  # share of r that reaches neighbours only
    joint_form: float = PRODUCT  # f, how the efforts of two partners combine, place in FORMS
    elasticity: float = 0.5  # ρ of the form ces
    joint_value: float = 7.0  # b, joint output when both give one attention unit, own effort's output = 1
    joint_credit: float = 0.5  # γ, statistical credit of each side in growth
    joint_claim: float = 0.5  # π, fiscal share of each side
    joint_measure: float = 1.0  # k_q, measured collaboration of each side per unit of joint output
    progress: float = 0.3  # v, share of the remaining projects finished when both give one attention unit
    wear: float = 0.2  # d_P, share of the stock of projects that wears out
    lag: float = 0  # L, years until joint work pays
    discount: float = 0.95  # δ per year
    compensation: float = 0.0  # M, paid to the partner per unit of joint effort that one gives less
    measure_noise: float = 1.5  # σ_q/σ
    gaming: float = 0.6  # γ_w, indicator bought by window dressing
    audit: float = 0.2  # chance that a city's window dressing of the year is found and struck off
    audit_penalty: float = 0.0  # φ_w, per unit found, in marginal cost of one attention unit
    friction: float = 0.1  # F₀, transaction cost
    coordination: float = 0.0  # share of F₀ that the platform takes away
    risk: float = 0.1  # ρ_c, at no trust
    barrier: float = 0.3  # h, administrative barrier
    local_first: float = 0.5  # l, local-first bias
    trust: float = 0.5  # T₀, mean of the starting trust
    trust_spread: float = 0.1  # half-width around it
    trust_up: float = 0.25  # a₊
    trust_down: float = 0.35  # a₋
    trust_norm: float = 0.25  # joint effort one expects of a partner, in attention units
    turnover: float = 0.28  # hazard per year
    trust_kept: float = 0.5  # χ, trust carried over to a successor without standards
    tenure_slope: float = 0.0  # how fast V falls with the years before or after the third and fourth
    ability_spread: float = 0.0  # δ_a, standard deviation of officials' productivity
    envy: float = 0.0  # α + γ, pride in winning and pain of losing, relative to V
    memory: float = 0.0  # weight of an official's earlier scores in the ranking
    political_noise: float = 0.0  # σ_pol, in promotion only, relative to the score's noise
    standards: float = 0.1  # S₀
    standards_up: float = 0.12  # η
    standards_down: float = 0.03  # d_S
    standards_ease: float = 0.5  # φ_S, friction that full standards take away
    willingness: float = 0.5  # joint effort expected at the start, in attention units
    adjustment: float = 0.5  # u, weight of the last year in what officials expect of each other
    packaged_floor: float = 0.25  # joint effort a packaged contract asks for, in attention units
    special_floor: float = 0.5  # the same for a special contract
    inspection: float = 0.5  # m, chance that a shortfall is found
    penalty: float = 1.0  # φ, per unit short, in marginal cost of one attention unit
    subsidy: float = 0.0  # σ_e, to both sides together for a whole special task
    milestone: float = 0.0  # prize to both sides together when half of a special task is done
    authority_ease: float = 0.0  # friction that delegated powers take away
    authority_gain: float = 0.0  # productivity they add
    authority_slack: float = 0.0  # share of the inspection they take away
    protection: float = 0.0  # σ_s, rivals' growth lost per unit of protection
    protection_cost: float = 1.0  # its cost relative to c
    innovation: float = 0.0  # chance of adoption that an attention unit buys
    innovation_gain: float = 0.0  # δ_I, productivity of adopters
    innovation_credit: float = 0.0  # measured collaboration of the first mover
    adoption: float = 0.0  # p, spontaneous
    diffusion: float = 0.0  # q, from neighbours
    diffusion_region: float = 0.0  # q, from the whole region
    top_down: float = 0.0  # u_top, pressed by the province
    pay_growth: float = 0.0  # linear pay per unit of output as counted
    pay_joint: float = 0.0  # linear pay per unit of measured collaboration
    absolute_prize: float = 0.0  # for measured collaboration at or above the target
    absolute_target: float = 1.0  # in units of its noise
    team_prize: float = 0.0  # per unit of the circle's mean output and measured collaboration
    fund_value: float = 1.0  # worth of a special fund as large as the mean yearly revenue of a city
    dispute_rate: float = 0.0  # ν_D, cases per unit of joint output at no trust and no standards
    dispute_drag: float = 0.0  # F_Q, friction of a pending case
    capacity: float = 0.0  # K_m, cases the platform clears in a year
    horizontal: float = 0.0  # weights of the three modes of governance; all 0: none is mixed in
    vertical: float = 0.0
    network: float = 0.0
    decisiveness: float = 0.0  # r > 0: a ratio contest in log effort instead of noise on effort


_FULL = Parameters(
    choice=LOGIT,
    substitution=0.15,
    tenure_slope=0.15,
    ability_spread=0.1,
    memory=0.3,
    political_noise=0.3,
    audit_penalty=0.5,
    authority_ease=0.3,
    authority_gain=0.05,
    authority_slack=0.3,
    protection=0.3,
    innovation=0.1,
    innovation_gain=0.05,
    innovation_credit=0.2,
    adoption=0.02,
    diffusion=0.2,
    top_down=0.02,
    dispute_rate=0.2,
    dispute_drag=0.1,
    capacity=2.0,
)
PRESETS: dict[str, Parameters] = {
    "zhou": Parameters(),
    "shanxi": replace(Parameters(), choice=LOGIT, tenure_slope=0.15, authority_ease=0.3, coordination=0.1),
    "full": _FULL,
}
NAMES = tuple(item.name for item in fields(Parameters))
if TYPE_CHECKING:
    _Numbers = Parameters
else:
    _Numbers = namedtuple("Numbers", NAMES)  # noqa: PYI024 - the same as a tuple, which is what compiled code can take apart
Numbers = _Numbers

_SHARE = (0.0, 1.0)
_MANY = (0.0, 1e6)
_RANGES: dict[str, tuple[float, float]] = dict.fromkeys(NAMES, _SHARE)
_RANGES |= dict.fromkeys(
    [
        "prize",
        "joint_value",
        "joint_measure",
        "friction",
        "risk",
        "barrier",
        "willingness",
        "packaged_floor",
        "special_floor",
        "penalty",
        "subsidy",
        "milestone",
        "linear_cost",
        "audit_penalty",
        "envy",
        "political_noise",
        "protection",
        "innovation",
        "innovation_gain",
        "innovation_credit",
        "adoption",
        "diffusion",
        "diffusion_region",
        "top_down",
        "absolute_prize",
        "team_prize",
        "fund_value",
        "dispute_rate",
        "dispute_drag",
        "capacity",
        "compensation",
        "ability_spread",
        "authority_gain",
        "pay_growth",
        "pay_joint",
    ],
    _MANY,
)
_RANGES |= {
    "promotion_slots": (1, 1e6),
    "effort_cost": (1e-6, 1e6),
    "noise": (1e-6, 1e6),
    "spillover": (-1.0, 1.0),
    "measure_noise": (1e-6, 1e6),
    "substitution": (0.0, 0.5),
    "protection_cost": (1e-6, 1e6),
    "absolute_target": (-1e6, 1e6),
    "trust_norm": (1e-6, 1e6),
    "tau": (1e-9, 1e6),
    "levels": (2, 1001),
    "reach": (1e-6, 1e3),
    "elasticity": (0.01, 1.0),
    "lag": (0, 20),
    "memory": (0.0, 0.9),
    "decisiveness": (0.0, 100.0),
}
_WHOLE = ("promotion_slots", "levels", "lag", "reduced", "structured")
_WORDS = {"choice": CHOICES, "joint_form": FORMS}
# Assumption: what a pure mode of governance makes of each number; the three average to 1 (theory Y3).
_MODES: dict[str, tuple[float, float, float]] = {  # horizontal, vertical, network
    "inspection": (0.5, 1.75, 0.75),
    "audit": (0.5, 1.25, 1.25),
    "friction": (1.1, 1.2, 0.7),
    "diffusion": (0.75, 0.5, 1.75),
}


def read_parameters(preset: str, given: Mapping[str, Any]) -> Parameters:
    """Take a preset and put the given values in its place.

    Args:
        preset: name of a preset.
        given: values by parameter name; what is not given keeps the preset's value.
    Returns:
        The parameters.
    Raises:
        RuleError: unknown preset or parameter, a value that is no number, or outside its range: all at once.

    >>> read_parameters("zhou", {"prize": 2}).prize
    2.0
    """
    if preset not in PRESETS:
        raise RuleError([problem("preset-unknown", "simulate.preset", found=preset, known=", ".join(PRESETS))])
    faults = [fault for name, value in given.items() for fault in _check(name, value)]
    if faults:
        raise RuleError(faults)
    cells = {name: float(_WORDS[name].index(value) if name in _WORDS else value) for name, value in given.items()}
    found = replace(PRESETS[preset], **cells)
    total = found.horizontal + found.vertical + found.network
    if total and abs(total - 1) > 1e-9:
        raise RuleError([problem("modes-sum", _PATH, found=f"{total:g}")])
    return found


def mix_modes(parameters: Parameters) -> Parameters:
    """Mix the three modes of governance into the numbers they set (13): x = x₀ Σ μ_m k_m(x); without weights, x₀.

    Horizontal governance inspects little and bargains at length, vertical governance inspects much and loses
    information, a network lowers friction and spreads innovations. The factors are assumptions.

    >>> mixed = mix_modes(replace(Parameters(), horizontal=0.5, vertical=0.5))
    >>> round(mixed.inspection, 4), round(mixed.friction, 4)
    (0.5625, 0.115)
    """
    weights = (parameters.horizontal, parameters.vertical, parameters.network)
    if not any(weights):
        return parameters
    factors = {name: sum(w * k for w, k in zip(weights, row, strict=True)) for name, row in _MODES.items()}
    mixed: dict[str, float] = {name: getattr(parameters, name) * factor for name, factor in factors.items()}
    return replace(parameters, **(mixed | {name: min(mixed[name], 1.0) for name in ("inspection", "audit")}))


def to_row(parameters: Parameters) -> Array:
    """Write the parameters, modes mixed in, as a row of numbers in the order of `Numbers`."""
    mixed = mix_modes(parameters)
    return np.array([getattr(mixed, name) for name in NAMES], dtype=np.float64)


def _check(name: str, value: Any) -> list[Problem]:
    path = f"{_PATH}.{name}"
    if name not in _RANGES:
        near = next(iter(get_close_matches(name, _RANGES, 1, 0)))
        return [problem("parameter-unknown", path, found=name, nearest=near)]
    if name in _WORDS:
        known = ", ".join(_WORDS[name])
        return [] if value in _WORDS[name] else [problem("parameter-word", path, found=value, known=known)]
    low, high = _RANGES[name]
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and value == 0 and name in ("noise", "measure_noise"):
        return [problem("noise-none", path)]
    if not is_number or not low <= value <= high or (name in _WHOLE and value != int(value)):
        return [problem("parameter-range", path, found=value, low=f"{low:g}", high=f"{high:g}")]
    return []
