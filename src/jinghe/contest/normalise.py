"""Putting indicators on one scale (无量纲化). The direction of an indicator is applied here and nowhere else."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["NORMALISATIONS", "find_posts", "has_spread", "normalise"]

NORMALISATIONS = ("minmax", "goalposts", "rank", "zscore")
_Z_END = 3.0  # standard deviations from the mean to either end of the scale

_NOISE = 1e-12  # relative; figures closer than this differ by floating point only

_Array = NDArray[np.float64]


def has_spread(values: _Array) -> bool:
    """Do the figures differ by more than floating point does (有无差异)? max x − min x > 1e-12 · max |x|.

    >>> has_spread(np.array([0.1 + 0.2, 0.3])), has_spread(np.array([0.3, 0.4]))
    (False, True)
    """
    known = values[~np.isnan(values)]
    return bool(known.size) and bool(known.max() - known.min() > _NOISE * np.abs(known).max())


def find_posts(values: _Array, *, method: str, goalposts: tuple[float, float] | None = None) -> tuple[float, float]:
    """Find the raw values that stand for the two ends of the scale.

    minmax: (min x, max x); zscore: mean ± 3 sd with n − 1 degrees of freedom; goalposts: as given.

    >>> find_posts(np.array([1.0, 4.0, 2.0]), method="minmax")
    (1.0, 4.0)
    """
    if method == "goalposts":
        assert goalposts is not None, "check_contest reports indicators without goalposts"
        return goalposts
    known = values[~np.isnan(values)]
    if known.size == 0 or (method == "zscore" and known.size == 1):
        return float("nan"), float("nan")
    if method == "minmax":
        return float(known.min()), float(known.max())
    mean, sd = float(known.mean()), float(known.std(ddof=1))
    return mean - _Z_END * sd, mean + _Z_END * sd


def normalise(
    values: _Array,
    *,
    method: str,
    direction: int = 1,
    to: tuple[float, float] = (1.0, 100.0),
    goalposts: tuple[float, float] | None = None,
) -> _Array:
    """Map one indicator to the scale [to_0, to_1], more always being better.

    y = to_0 + (to_1 − to_0) · s, with s = t for direction +1 and 1 − t for −1, and
    t = (x − low) / (high − low) cut to [0, 1], (low, high) from `find_posts`; for rank,
    t = (number below + half the number equal, without itself) / (n − 1), equal being within 1e-12 of the largest |x|.
    The z-score is thus on the same positive scale as the others, three standard deviations reaching its ends, so
    that geometric means are defined under every normalisation.

    Args:
        values: x, shape (n,), NaN where missing.
        method: minmax, goalposts, rank or zscore.
        direction: +1 or −1.
        to: the ends of the scale; the lower one must be positive for geometric means.
        goalposts: the raw ends, for `goalposts`.
    Returns:
        Shape (n,); NaN stays NaN; all NaN where nothing varies, since then the scale is undefined.
    Source: OECD/JRC Handbook (2008), chapter 5; scale [1, 100] as usual before geometric means.

    >>> normalise(np.array([2.0, 4.0, 3.0]), method="minmax", direction=-1).tolist()
    [100.0, 1.0, 50.5]
    """
    if method != "goalposts" and not has_spread(values):
        return np.full(values.shape, np.nan)
    if method == "rank":
        share = _rank_share(values)
    else:
        low, high = find_posts(values, method=method, goalposts=goalposts)
        if not low < high:  # squares of tiny figures underflow, and with them the standard deviation
            return np.full(values.shape, np.nan)
        share = np.clip((values - low) / (high - low), 0.0, 1.0)
    return to[0] + (to[1] - to[0]) * (share if direction > 0 else 1 - share)


def _rank_share(values: _Array) -> _Array:
    known = ~np.isnan(values)
    gaps = values[:, None] - values[None, :]
    slack = _NOISE * np.abs(values[known]).max()
    below, equal = (gaps > slack).sum(axis=1), (np.abs(gaps) <= slack).sum(axis=1) - 1
    return np.where(known, (below + equal / 2) / (known.sum() - 1), np.nan)
