"""Do jurisdictions come closer together (收敛)? σ: less spread; β: the poor grow faster."""

from __future__ import annotations

from dataclasses import dataclass
from math import log, log1p

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jinghe.contest.chance import find_t_power
from jinghe.contest.regional.shaping import read_amounts
from jinghe.errors import DataError, problem

__all__ = ["BetaConvergence", "find_beta", "find_sigma"]

_Array = NDArray[np.float64]
_LEAST = 5
_SPEED = 0.02  # a year; the rate often met in the literature, against which power is told


@dataclass(frozen=True, slots=True)
class BetaConvergence:
    """The slope of growth on the initial level, its error and two-sided p (β 收敛).

    `speed` λ is a year, `half_life` in years; both NaN where the slope does not converge. `power` is the chance to find
    a speed of 2 % a year at this n.
    """

    slope: float
    error: float
    p: float
    speed: float
    half_life: float
    n: int
    power: float


def find_sigma(levels: ArrayLike) -> _Array:
    """Find the spread of each period, σ_t = the standard deviation (n − 1) of ln y_it.

    Args:
        levels: y, (n, periods), positive.
    Returns:
        (periods,); falling = σ-convergence.
    Raises:
        DataError: a level that is not positive, or fewer than two jurisdictions.
    """
    y = read_amounts(levels, least=2, path="sigma", positive=True)
    spread: _Array = np.log(y.reshape(len(y), -1)).std(axis=0, ddof=1)
    return spread


def find_beta(first: ArrayLike, last: ArrayLike, *, years: float) -> BetaConvergence:
    """Regress growth on the initial level: ln(y_T/y_0)/T = a + b ln y_0 + e.

    b < 0 is β-convergence; λ = −ln(1 + b T)/T, half-life ln 2/λ. Chance alone makes b negative when y_0 is measured
    with error, and b < 0 does not mean less spread (Galton's fallacy): read it beside `find_sigma`.

    Args:
        first: y_0, (n,), positive.
        last: y_T, (n,), positive.
        years: T > 0.
    Returns:
        Slope, classical error, p with n − 2 degrees of freedom, speed and half-life.
    Raises:
        DataError: fewer than five, not positive, equal first levels, or T not positive.
    Source: Barro & Sala-i-Martin (1992), Convergence, Journal of Political Economy 100(2).
    """
    from scipy.special import stdtr

    x = np.log(read_amounts(first, least=_LEAST, path="beta.first", positive=True))
    y = np.log(read_amounts(last, least=_LEAST, path="beta.last", positive=True))
    if len(x) != len(y):
        raise DataError([problem("measure-groups", "beta.last", found=len(y), expected=len(x))])
    if not years > 0:
        raise DataError([problem("measure-negative", "beta.years", found=f"{years:g}")])
    growth, away = (y - x) / years, x - x.mean()
    if (away @ away) <= 1e-18 * len(x):
        raise DataError([problem("measure-constant", "beta.first", found=f"{np.exp(x[0]):g}")])
    slope = float(away @ growth / (away @ away))
    rest = growth - growth.mean() - slope * away
    df = len(x) - 2
    error = float(np.sqrt(rest @ rest / df / (away @ away)))
    p = float(2 * stdtr(df, -abs(slope / error))) if error > 0 else float(slope == 0)
    speed = -log1p(slope * years) / years if -1 < slope * years < 0 else float("nan")
    aim = (1 - np.exp(-_SPEED * years)) / years
    power = find_t_power(df, shift=aim / error) if error > 0 else 1.0
    return BetaConvergence(slope, error, p, speed, log(2) / speed if speed > 0 else float("nan"), len(x), power)
