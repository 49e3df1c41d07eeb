"""Outliers (异常值处理): a few extremes are pulled in, a skewed indicator is put on a log or power scale."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["TRANSFORMS", "Outliers", "Treatment", "find_treatment", "shape_of"]

TRANSFORMS = ("log", "boxcox", "none")

_SHIFT = 0.01  # of the range; what is added so that the smallest figure has a logarithm

_Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Outliers:
    """When and how an indicator is treated (异常值规则).

    It passes when |skewness| < `skew` or kurtosis < `kurtosis`. Otherwise up to `winsor_max` figures are pulled in;
    if that does not do, the figures as they were are transformed: log, boxcox (`power`, or the likeliest one) or none.
    """

    winsor_max: int = 5
    skew: float = 2.0
    kurtosis: float = 3.5
    then: str = "log"
    power: float | None = None

    def passes(self, values: _Array) -> bool:
        """Is the shape acceptable?"""
        skew, kurtosis = shape_of(values)
        return not (abs(skew) > self.skew and kurtosis > self.kurtosis)


@dataclass(frozen=True, slots=True)
class Treatment:
    """What is done to an indicator (处理): cut to [low, high], then ln z or (z^power − 1)/power, z = (x + shift)/unit.

    `points` figures of the sample were pulled in. `form` is none, winsorise, log or boxcox.
    """

    form: str = "none"
    low: float = -np.inf
    high: float = np.inf
    shift: float = 0.0
    unit: float = 1.0
    power: float = 0.0
    points: int = 0

    def apply(self, values: _Array) -> _Array:
        """Treat figures, of the sample or of another period; figures below the sample's lowest are taken as that."""
        if self.form == "none":
            return values
        cut = np.clip(values, self.low, self.high)
        if self.form == "winsorise":
            return cut
        logs = np.log((cut + self.shift) / self.unit)
        return logs if self.power == 0 else np.asarray(np.expm1(self.power * logs) / self.power)


def shape_of(values: _Array) -> tuple[float, float]:
    """Measure skewness G1 and excess kurtosis G2 of a sample (偏度与峰度), corrected for its size.

    G1 = g1 √(n(n − 1)) / (n − 2), G2 = (n − 1) [(n + 1) g2 + 6] / ((n − 2)(n − 3)), g1 = m3/m2^1.5, g2 = m4/m2² − 3.

    Args:
        values: shape (n,), NaN left out.
    Returns:
        (0, 0) where nothing varies or there are fewer than 4 figures: the shape cannot be judged.
    Source: Joanes & Gill (1998), The Statistician 47(1), the second of their three types.
    """
    known = values[~np.isnan(values)]
    n = known.size
    if n < 4:
        return 0.0, 0.0
    gaps = known - known.sum() / n
    squares = gaps * gaps
    m2 = float(squares.sum()) / n
    if m2 <= (1e-12 * float(np.abs(known).max())) ** 2:
        return 0.0, 0.0
    g1 = float((squares * gaps).sum()) / n / m2**1.5
    g2 = float((squares * squares).sum()) / n / m2**2 - 3
    return g1 * (n * (n - 1)) ** 0.5 / (n - 2), (n - 1) * ((n + 1) * g2 + 6) / ((n - 2) * (n - 3))


def find_treatment(values: _Array, *, rule: Outliers) -> Treatment:
    """Find the mildest treatment that makes the shape of a sample pass.

    First one extreme at a time takes the value of its neighbour, the highest when G1 ≥ 0, else the lowest, until the
    shape passes or `winsor_max` figures are pulled in; ties move together. If it still fails, the untreated figures
    are transformed: log(x − min + 0.01 range), or Box–Cox of the same shifted figures over their geometric mean.

    Args:
        values: the sample, shape (n,): the figures of this period, or of a base window.
        rule: thresholds and methods.
    Returns:
        The treatment; the same one treats other periods.
    Source: the two stages and log_CT of COINr 1.1.14 (Becker et al. 2022, JOSS 7(78)); thresholds of the JRC.
    """
    if rule.passes(values):
        return Treatment()
    low, high, points = -np.inf, np.inf, 0
    cut = np.unique(values[~np.isnan(values)])
    sample = values[~np.isnan(values)]
    moved = {1: 0, -1: 0}
    while points < rule.winsor_max and cut.size > 2:
        side = 1 if shape_of(sample)[0] >= 0 else -1
        cut, edge = (cut[:-1], cut[-1]) if side > 0 else (cut[1:], cut[0])
        moved[side] = int((sample == edge).sum())
        low, high = (low, float(cut[-1])) if side > 0 else (float(cut[0]), high)
        sample, points = np.clip(sample, low, high), moved[1] + moved[-1]
        if rule.passes(sample):
            return Treatment("winsorise", low, high, points=points)
    if rule.then == "none":
        return Treatment("winsorise", low, high, points=points) if points else Treatment()
    return _transform(values[~np.isnan(values)], rule)


def _transform(sample: _Array, rule: Outliers) -> Treatment:
    bottom = float(sample.min())
    shift = _SHIFT * float(sample.max() - bottom) - bottom
    if rule.then == "log":
        return Treatment("log", bottom, shift=shift)
    logs = np.log(sample + shift)
    power = _likeliest(logs - logs.mean()) if rule.power is None else rule.power
    return Treatment("boxcox", bottom, shift=shift, unit=float(np.exp(logs.mean())), power=power)


def _likeliest(logs: _Array) -> float:
    """The Box–Cox power of the largest profile likelihood on [−2, 2], that is of the least variance, as Σ ln z = 0."""
    from scipy.optimize import minimize_scalar  # heavy: only where this transform is asked for

    def loss(power: float) -> float:
        return float(np.log((logs if power == 0 else np.expm1(power * logs) / power).var()))

    return float(minimize_scalar(loss, bounds=(-2, 2), method="bounded", options={"xatol": 1e-8}).x)
