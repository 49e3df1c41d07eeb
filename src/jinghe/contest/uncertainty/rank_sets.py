"""Which ranks the figures leave open (名次置信集): confidence sets of ranks from estimates and their errors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jinghe.contest.rank import find_ranks
from jinghe.contest.stream import open_stream
from jinghe.contest.uncertainty.covariance import draw_errors, read_covariance
from jinghe.errors import DataError, problem

__all__ = ["RankSets", "find_rank_sets"]

_Array = NDArray[np.float64]
_Ranks = NDArray[np.int64]
_Pairs = NDArray[np.bool_]

_CELLS = 1 << 17  # differences held at once: what fits the cache, whatever p and the number of draws


@dataclass(frozen=True, slots=True, eq=False)
class RankSets:
    """Confidence sets [low, high] of true ranks (名次置信集); 0 where there is no estimate.

    `worse[j, k]`: in the set of j, k is significantly below j; `better[j, k]`: significantly above. `scope`:
    simultaneous (all sets hold together with the stated coverage) or marginal (each one does, and decides alone).
    `side`: two, lower (high = p) or upper (low = 1). `steps`: down or one.
    """

    rank: _Ranks
    low: _Ranks
    high: _Ranks
    worse: _Pairs
    better: _Pairs
    coverage: float
    scope: str
    side: str
    steps: str
    draws: int


class _Rule(NamedTuple):
    coverage: float
    side: str
    steps: str


def find_rank_sets(
    estimates: ArrayLike,
    *,
    errors: ArrayLike,
    coverage: float = 0.95,
    scope: str = "simultaneous",
    side: str = "two",
    steps: str = "down",
    draws: int = 10_000,
    freedom: int | None = None,
    seed: int,
) -> RankSets:
    """Find the ranks that the figures do not rule out.

    j is above k when (θ̂_j − θ̂_k)/s_jk > c, s²_jk = Σ_jj + Σ_kk − 2Σ_jk, where c is the quantile at `coverage` of the
    maximum of (Z_j − Z_k)/s_jk, Z ~ N(0, Σ), over the pairs not yet decided; with steps "down" the decided pairs leave
    and c is found anew until nothing changes. With N⁻_j above j and N⁺_j below it, the set is [N⁻_j + 1, p − N⁺_j].
    simultaneous: the maximum runs over all ordered pairs; marginal: over those of j, one c per j, both directions for
    side "two", those above j for "lower", those below j for "upper". A pair without error is decided by its estimates.

    Args:
        estimates: θ̂, shape (p,), more is better; NaN = no estimate, left out.
        errors: standard errors (p,), or the covariance Σ (p, p).
        coverage: 0.5 ≤ 1 − α < 1.
        scope: simultaneous or marginal.
        side: two, lower or upper.
        steps: down or one.
        draws: of the parametric bootstrap.
        freedom: ν, where Σ itself is a sample covariance with ν degrees of freedom: Z is then multivariate t.
        seed: any integer.
    Returns:
        The sets, and which pairs are decided.
    Raises:
        DataError: Σ is no covariance, or fewer than two estimates.
    Assumption: the estimates are close to normal and Σ is right; a small p does not help with either.
    Source: Mogstad, Romano, Shaikh & Wilhelm (2024), Inference for ranks with applications, Review of Economic Studies
    91, doi 10.1093/restud/rdad006.

    >>> sets = find_rank_sets([9.0, 5.0, 4.9], errors=[0.1, 0.1, 0.1], seed=1)
    >>> sets.low.tolist(), sets.high.tolist()
    ([1, 2, 2], [1, 3, 3])
    """
    assert scope in _SCOPES
    assert side in ("two", "lower", "upper")
    assert steps in ("down", "one")
    assert 0.5 <= coverage < 1
    theta, noise = np.asarray(estimates, dtype=float), np.asarray(errors, dtype=float)
    live = np.flatnonzero(~np.isnan(theta))
    if live.size < 2:
        raise DataError([problem("rank-sets-few", found=live.size)])
    if noise.shape in {theta.shape, theta.shape * 2}:
        noise = noise[np.ix_(*[live] * noise.ndim)]
    sigma = read_covariance(noise, size=live.size)
    sample = draw_errors(sigma, draws=draws, seed=seed, purpose="rank sets")
    if freedom is not None:
        sample *= np.sqrt(freedom / open_stream(seed, "rank sets: Σ").chisquare(freedom, size=(draws, 1)))
    found = _SCOPES[scope](*_compare(theta[live], sigma), sample, _Rule(coverage, side, steps))
    worse, better = (_spread(pairs, live, theta.size) for pairs in found)
    low = np.where(np.isnan(theta), 0, 1 if side == "upper" else 1 + better.sum(axis=1))
    high = np.where(np.isnan(theta), 0, live.size - (0 if side == "lower" else worse.sum(axis=1)))
    return RankSets(find_ranks(theta), low, high, worse, better, coverage, scope, side, steps, draws)


def _spread(pairs: _Pairs, live: _Ranks, size: int) -> _Pairs:
    whole = np.zeros((size, size), dtype=bool)
    whole[np.ix_(live, live)] = pairs
    return whole


def _compare(theta: _Array, sigma: _Array) -> tuple[_Array, _Array]:
    spread = np.diag(sigma)
    both = spread[:, None] + spread[None, :]
    variance = both - 2 * sigma
    known = variance > 1e-14 * both
    inverse = np.zeros_like(sigma)
    inverse[known] = 1 / np.sqrt(variance[known])
    gap = theta[:, None] - theta[None, :]
    return np.where(known, gap * inverse, np.where(gap > 0, np.inf, -np.inf)), inverse


def _decide_together(test: _Array, inverse: _Array, noise: _Array, rule: _Rule) -> tuple[_Pairs, _Pairs]:
    """All ordered pairs have one critical value, so that every side decides the same pairs."""
    worse = np.zeros(test.shape, dtype=bool)
    peaks, pair = np.empty(len(noise)), np.empty(len(noise), dtype=np.int64)
    stale = np.arange(len(noise))
    while True:
        peaks[stale], pair[stale] = _find_peaks(noise[stale], np.where(worse, 0.0, inverse))
        new = ~worse & (test > np.quantile(peaks, rule.coverage))
        worse |= new
        if rule.steps == "one" or not new.any():
            return worse, worse.T
        stale = np.flatnonzero(worse.ravel()[pair])  # the others keep their maximum, for its pair is still open


def _find_peaks(noise: _Array, inverse: _Array) -> tuple[_Array, _Ranks]:
    """The largest (Z_j − Z_k)/s_jk per draw, and its pair; a decided pair has 1/s = 0, its reverse keeps it ≥ 0."""
    draws, p = noise.shape
    block = max(1, _CELLS // (p * p))
    peaks, pair, room = np.empty(draws), np.empty(draws, dtype=np.int64), np.empty((block, p, p))
    for start in range(0, draws, block):
        z = noise[start : start + block]
        gaps = room[: len(z)]
        np.subtract(z[:, :, None], z[:, None, :], out=gaps)
        flat = np.multiply(gaps, inverse, out=gaps).reshape(len(z), -1)
        at = flat.argmax(axis=1)
        pair[start : start + block] = at
        peaks[start : start + block] = flat[np.arange(len(z)), at]
    return peaks, pair


def _decide_apart(test: _Array, inverse: _Array, noise: _Array, rule: _Rule) -> tuple[_Pairs, _Pairs]:
    """Each row has its own critical value and decides for itself who is below it and who is above."""
    size = len(test)
    decided = np.array([_decide_row(j, test, inverse[j], noise, rule) for j in range(size)])
    return decided[:, :size], decided[:, size:]


def _decide_row(j: int, test: _Array, inverse: _Array, noise: _Array, rule: _Rule) -> _Pairs:
    """Decide the pairs of row j, who is below it, then who is above, by the largest |Z_j − Z_k|/s_jk over open ones."""
    size = len(test)
    signed = np.concatenate([test[j], test[:, j]])
    asked = np.repeat([rule.side != "lower", rule.side != "upper"], size)
    decided = np.zeros(2 * size, dtype=bool)
    peaks, pair = np.empty(len(noise)), np.empty(len(noise), dtype=np.int64)
    stale = np.arange(len(noise))
    while True:
        _renew(peaks, pair, stale, j, noise, inverse, decided | ~asked)
        new = ~decided & asked & (signed > np.quantile(peaks, rule.coverage))
        decided |= new
        if rule.steps == "one" or not new.any():
            return decided
        stale = np.flatnonzero(decided[pair])


def _renew(peaks: _Array, pair: _Ranks, stale: _Ranks, j: int, noise: _Array, inverse: _Array, shut: _Pairs) -> None:
    """Write the peaks of the stale draws, and the signed pairs that attain them, block by block."""
    size = len(inverse)
    block = max(1, _CELLS // (4 * size))
    for start in range(0, stale.size, block):
        rows = stale[start : start + block]
        z = noise[rows]
        gaps = (z[:, [j]] - z) * inverse
        sizes = np.maximum(gaps * ~shut[:size], gaps * (shut[size:] - 1.0)) if shut.any() else np.abs(gaps)
        at, each = sizes.argmax(axis=1), np.arange(rows.size)
        peaks[rows] = sizes[each, at]
        pair[rows] = at + size * (gaps[each, at] < 0)


_SCOPES = {"simultaneous": _decide_together, "marginal": _decide_apart}
