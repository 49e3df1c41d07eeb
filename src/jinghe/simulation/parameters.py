"""Parameters of the model (参数): default, range and preset; every fault of a compact's list at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from typing import Any

from jinghe.errors import Problem, RuleError, problem

__all__ = ["PRESETS", "Parameters", "read_parameters"]

_PATH = "simulate.parameters"


@dataclass(frozen=True, slots=True)
class Parameters:
    """Numbers of the model (模型参数). The first six are the preset `zhou`; the others are our assumptions.

    Efforts are in the units in which the cost of own effort g is c g²/2. The *attention unit* a₀ is the effort of a
    contest in growth alone, a₀ = (V β/σ + s)/c; frictions, contract floors and joint output are relative to it.
    """

    promotion_slots: float = 3  # k
    prize: float = 1.0  # V, value of a promotion; V = 0 withdraws promotion
    effort_cost: float = 1.0  # c
    noise: float = 1.0  # σ, of growth
    spillover: float = 0.1  # r, spread over the n−1 rivals
    sharing: float = 0.4  # s, fiscal residual claim
    substitution: float = 0.0  # κ/c, how far tasks crowd each other out
    joint_value: float = 7.0  # b, joint output when both give one attention unit, own effort's output = 1
    joint_credit: float = 0.5  # γ, statistical credit of each side in growth
    joint_claim: float = 0.5  # π, fiscal share of each side
    joint_measure: float = 1.0  # k_q, measured collaboration of each side per unit of joint output
    progress: float = 0.3  # v, share of the remaining projects finished when both give one attention unit
    wear: float = 0.2  # d_P, share of the stock of projects that wears out
    measure_noise: float = 1.5  # σ_q/σ
    gaming: float = 0.6  # γ_w, indicator bought by window dressing
    audit: float = 0.2  # share of it that is found and struck off
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
    standards: float = 0.1  # S₀
    standards_up: float = 0.12  # η
    standards_down: float = 0.03  # d_S
    standards_ease: float = 0.5  # φ_S, friction that full standards take away
    willingness: float = 0.5  # joint effort expected at the start, in attention units
    adjustment: float = 0.5  # u, weight of the last year in what officials expect of each other
    packaged_floor: float = 0.25  # joint effort a packaged contract asks for, in attention units
    special_floor: float = 0.5  # the same for a special contract
    enforcement: float = 0.5  # m φ, expected penalty per unit short, in marginal cost of one attention unit
    imagined: float = 64  # contests an official imagines before choosing


PRESETS: dict[str, Parameters] = {"zhou": Parameters()}

_SHARE = (0.0, 1.0)
_MANY = (0.0, 1e6)
_RANGES: dict[str, tuple[float, float]] = dict.fromkeys(asdict(Parameters()), _SHARE) | {
    "promotion_slots": (1, 1e6),
    "prize": _MANY,
    "effort_cost": (1e-6, 1e6),
    "noise": (1e-6, 1e6),
    "spillover": (-1.0, 1.0),
    "joint_value": _MANY,
    "joint_measure": _MANY,
    "measure_noise": (1e-6, 1e6),
    "substitution": (0.0, 0.5),
    "friction": _MANY,
    "risk": _MANY,
    "barrier": _MANY,
    "trust_norm": (1e-6, 1e6),
    "willingness": _MANY,
    "packaged_floor": _MANY,
    "special_floor": _MANY,
    "enforcement": _MANY,
    "imagined": (1, 1e5),
}
_WHOLE = ("promotion_slots", "imagined")


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
    return Parameters(**(asdict(PRESETS[preset]) | {name: float(value) for name, value in given.items()}))


def _check(name: str, value: Any) -> list[Problem]:
    path = f"{_PATH}.{name}"
    if name not in _RANGES:
        near = next(iter(get_close_matches(name, _RANGES, 1, 0)))
        return [problem("parameter-unknown", path, found=name, nearest=near)]
    low, high = _RANGES[name]
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not low <= value <= high or (name in _WHOLE and value != int(value)):
        return [problem("parameter-range", path, found=value, low=f"{low:g}", high=f"{high:g}")]
    return []
