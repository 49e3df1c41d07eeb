"""One closed form beside the simulation (自检项), and how the two are held against each other."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np

from jinghe.labels import Text
from jinghe.simulation.draws import Array
from jinghe.simulation.engine import Played, play
from jinghe.simulation.equilibrium import prepare
from jinghe.simulation.outcome import average
from jinghe.simulation.setting import Setting

__all__ = ["Check", "hold", "hold_exactly", "run"]

_ALLOWED = 4.0  # standard errors
_EXACT = 1e-8  # where nothing is random


@dataclass(frozen=True, slots=True)
class Check:
    """One closed form beside the simulation (自检项).

    `error` is the Monte-Carlo standard error of `simulated`, 0 where nothing is random; `standard_errors` is how far
    simulated and expected are apart, in these errors.
    """

    name: str
    setting: Text
    expected: float
    simulated: float
    error: float
    standard_errors: float
    passed: bool


def hold(name: str, setting: Text, expected: float, samples: Array) -> Check:
    """Compare the mean of independent samples with its closed form: within four standard errors, 1e-8 without any."""
    simulated, error = average(np.asarray(samples, dtype=float))
    if error < _EXACT:
        return hold_exactly(name, setting, expected, simulated)
    apart = abs(simulated - expected) / error
    return Check(name, setting, expected, simulated, error, apart, apart <= _ALLOWED)


def hold_exactly(name: str, setting: Text, expected: float, simulated: float, *, within: float = _EXACT) -> Check:
    """Compare a number in which nothing is random with its closed form."""
    close = bool(abs(simulated - expected) <= within)
    return Check(name, setting, float(expected), float(simulated), 0.0, 0.0 if close else inf, close)


def run(setting: Setting, *, seed: int, replications: int, threads: int | None = None) -> Played:
    """Run a setting with the engine of the product and keep everything."""
    design = prepare(setting).design
    return play(design, seed=seed, replications=range(replications), keep=replications, threads=threads)
