"""Putting indicators on one scale (无量纲化). The direction of an indicator is applied here and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["EFFICACY", "NORMALISATIONS", "Scaling", "find_posts", "has_spread", "normalise", "normalise_matrix"]

NORMALISATIONS = (
    "minmax",
    "goalposts",
    "rank",
    "zscore",
    "zscore_open",
    "borda",
    "percentile",
    "target",
    "reference",
    "efficacy",
)
EFFICACY = (60.0, 100.0)
_Z_END = 3.0  # standard deviations from the mean to either end of the scale
_OPEN = (
    "minmax",
    "reference",
)  # beyond the better end there is more than full marks: above a base window, above the reference

_NOISE = 1e-12  # relative; figures closer than this differ by floating point only

_RANKED = ("rank", "borda", "percentile")

_Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scaling:
    """How one indicator is put on the scale (无量纲化设定): see `normalise`."""

    method: str
    direction: int = 1
    goalposts: tuple[float, float] | None = None
    aim: float | None = None


def has_spread(values: _Array) -> bool:
    """Do the figures differ by more than floating point does (有无差异)? max x − min x > 1e-12 · max |x|.

    >>> has_spread(np.array([0.1 + 0.2, 0.3])), has_spread(np.array([0.3, 0.4]))
    (False, True)
    """
    known = values[~np.isnan(values)]
    return bool(known.size) and bool(known.max() - known.min() > _NOISE * np.abs(known).max())


def find_posts(
    values: _Array,
    *,
    method: str,
    goalposts: tuple[float, float] | None = None,
    direction: int = 1,
    aim: float | None = None,
) -> tuple[float, float]:
    """Find the raw values that stand for the two ends of the scale.

    minmax: (min x, max x); zscore: mean ± 3 sd with n − 1 degrees of freedom; goalposts: as given; efficacy: as given
    (not-allowed and satisfactory value), else as minmax; target and reference: from the worst figure to the aim.

    Args:
        values: the sample, shape (n,): this period's figures, or those of a base window.
        method: one of `NORMALISATIONS` but rank, borda and percentile.
        goalposts: the ends, for goalposts and efficacy.
        direction: +1 or −1, for target and reference.
        aim: the target, or the figure of the reference city.
    Returns:
        (low, high), NaN where they are not defined.

    >>> find_posts(np.array([1.0, 4.0, 2.0]), method="minmax")
    (1.0, 4.0)
    """
    low, high = _find_ends(values[:, None], [Scaling(method, direction, goalposts, aim)])
    return float(low[0]), float(high[0])


def normalise(
    values: _Array,
    *,
    method: str,
    direction: int = 1,
    to: tuple[float, float] = (1.0, 100.0),
    goalposts: tuple[float, float] | None = None,
    aim: float | None = None,
    base: _Array | None = None,
) -> _Array:
    """Map one indicator to the scale [to_0, to_1], more always being better.

    y = to_0 + (to_1 − to_0) · s, with s = t for direction +1 and 1 − t for −1.
    Linear methods: t = (x − low) / (high − low), (low, high) from `find_posts`, s cut to [0, 1]; with minmax and
    reference s may exceed 1 (above the base window, above the reference city); zscore_open is not cut at all.
    rank: t = (number below + half the number equal, without itself) / (n − 1); borda: s = number of worse / (n − 1);
    percentile: t = (number below + half the number equal) / n, counted in the base window if there is one.
    Equal is within 1e-12 of the largest |x|.
    zscore puts the mean in the middle of the scale and three standard deviations at its ends, so that geometric means
    are defined; efficacy always is 60 + 40 s.

    Args:
        values: x, shape (n,), NaN where missing.
        method: one of `NORMALISATIONS`.
        direction: +1 or −1.
        to: the ends of the scale; the lower one must be positive for geometric means.
        goalposts: the raw ends, for goalposts and efficacy.
        aim: the target, or the figure of the reference city.
        base: figures of the base window, shape (b,): they and not x define ends, mean, sd and percentiles. Rank and
            borda have no base.
    Returns:
        Shape (n,); NaN stays NaN; all NaN where nothing varies, since then the scale is undefined (but not for
        goalposts and targets); where no figure falls short of the target all have full marks.
    Source: OECD/JRC Handbook (2008), chapter 5; the efficacy coefficient (功效系数) in its linear form.

    >>> normalise(np.array([2.0, 4.0, 3.0]), method="minmax", direction=-1).tolist()
    [100.0, 1.0, 50.5]
    """
    scaling = Scaling(method, direction, goalposts, aim)
    sample = None if base is None else base[:, None]
    return normalise_matrix(values[:, None], scalings=[scaling], to=to, base=sample)[:, 0]


def normalise_matrix(
    values: _Array, *, scalings: Sequence[Scaling], to: tuple[float, float] = (1.0, 100.0), base: _Array | None = None
) -> _Array:
    """Normalise every column in its own way, all linear ones at once; see `normalise`.

    Args:
        values: shape (n, m).
        scalings: m of them.
        to: the ends of the scale.
        base: shape (b, m).
    Returns:
        Shape (n, m).
    """
    sample = values if base is None else base
    low, high = _find_ends(sample, scalings)
    share = _linear_shares(values, low, high, scalings)
    for k, one in enumerate(scalings):
        if one.method in _RANKED:
            share[:, k] = _rank_share(values[:, k], sample[:, k] if one.method == "percentile" else values[:, k], one)
    efficacy = np.array([one.method == "efficacy" for one in scalings])
    bottom, top = np.where(efficacy, EFFICACY[0], to[0]), np.where(efficacy, EFFICACY[1], to[1])
    return np.asarray(bottom + (top - bottom) * share)


def _find_ends(sample: _Array, scalings: Sequence[Scaling]) -> tuple[_Array, _Array]:
    """The raw figures at both ends of the scale, per column; NaN where a relative scale has nothing to compare."""
    least, most = _extremes(sample)
    spread = most - least > _NOISE * np.maximum(np.abs(least), np.abs(most))
    low, high = np.where(spread, least, np.nan), np.where(spread, most, np.nan)
    wide = [k for k, one in enumerate(scalings) if one.method.startswith("zscore") and spread[k]]
    if wide:
        known = sample[:, wide]
        mean, sd = np.nanmean(known, axis=0), np.nanstd(known, axis=0, ddof=1)
        low[wide], high[wide] = mean - _Z_END * sd, mean + _Z_END * sd
    for k, one in enumerate(scalings):
        if one.method == "goalposts" or (one.method == "efficacy" and one.goalposts):
            assert one.goalposts is not None, "check_contest reports indicators without goalposts"
            low[k], high[k] = one.goalposts
        elif one.method in ("target", "reference"):
            aim = np.nan if one.aim is None else one.aim
            worst = least if one.direction > 0 else most
            worst = worst if one.method == "target" else low if one.direction > 0 else high
            low[k], high[k] = (worst[k], aim) if one.direction > 0 else (aim, worst[k])
    return low, high


def _linear_shares(values: _Array, low: _Array, high: _Array, scalings: Sequence[Scaling]) -> _Array:
    sound = low < high  # or squares of tiny figures underflow, and with them the standard deviation
    width = np.where(sound, high - low, np.nan)
    share = (values - low) / width
    share = np.where(np.array([one.direction > 0 for one in scalings]), share, 1 - share)
    methods = [one.method for one in scalings]
    floor = np.array([-np.inf if method == "zscore_open" else 0.0 for method in methods])
    ceiling = np.array([np.inf if method in (*_OPEN, "zscore_open") else 1.0 for method in methods])
    share = np.clip(share, floor, ceiling)
    for k in np.flatnonzero(low >= high):
        if methods[k] == "target":  # no one falls short of it
            share[:, k] = np.where(np.isnan(values[:, k]), np.nan, 1.0)
    return share


def _rank_share(values: _Array, sample: _Array, scaling: Scaling) -> _Array:
    if not has_spread(sample):
        return np.full(values.shape, np.nan)
    if scaling.method == "borda" and scaling.direction < 0:
        values, sample = -values, -sample
    known = np.sort(sample[~np.isnan(sample)])
    slack = _NOISE * np.abs(known).max()
    below = np.searchsorted(known, values - slack, side="left")
    upto = np.searchsorted(known, values + slack, side="right")
    if scaling.method == "borda":
        return np.where(np.isnan(values), np.nan, below / (known.size - 1))
    if scaling.method == "rank":
        share = (below + (upto - below - 1) / 2) / (known.size - 1)
    else:
        share = (below + upto) / (2 * known.size)
    return np.where(np.isnan(values), np.nan, share if scaling.direction > 0 else 1 - share)


def _extremes(sample: _Array) -> tuple[_Array, _Array]:
    known = ~np.isnan(sample)
    some = known.any(axis=0)
    least = np.min(sample, axis=0, where=known, initial=np.inf)
    most = np.max(sample, axis=0, where=known, initial=-np.inf)
    return np.where(some, least, np.nan), np.where(some, most, np.nan)
