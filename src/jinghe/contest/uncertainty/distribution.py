"""How often each rank occurs (名次分布), counted draw by draw in whole numbers, so that blocks add up exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["RankDistribution", "Tally", "tally_ranks"]

_Array = NDArray[np.float64]
_Counts = NDArray[np.int64]
_LAST = np.iinfo(np.int16).max  # stands for “not ranked”: below everybody, above nobody
_SLACK = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class RankDistribution:
    """Ranks over many draws (名次分布); arrays in the order of `codes`, all in shares of the draws.

    `rank` is the nominal rank, 0 = none. `probability[i, k − 1]` = P(rank of i = k); a row sums to less than 1 where i
    is not ranked in some draws. `above[i, j]` = P(i above j). `shift[i]` = mean of |rank − nominal rank|.
    `low`–`high` hold at least `coverage` of the draws, as in `Ranking`.
    """

    codes: tuple[str, ...]
    rank: _Counts
    probability: _Array
    above: _Array
    shift: _Array
    low: _Counts
    high: _Counts
    coverage: float
    draws: int

    @property
    def mean(self) -> _Array:
        """Mean rank over the draws in which it is ranked; NaN where it never is."""
        return self._over_ranks(np.arange(1, len(self.codes) + 1))

    @property
    def median(self) -> _Counts:
        """The smallest rank with P(rank ≤ k) ≥ ½ among its ranked draws; 0 where it never is ranked."""
        return self.quantile(0.5)

    @property
    def entropy(self) -> _Array:
        """Entropy of the rank in bits: 0 when it is certain, log₂ n when all ranks are as likely."""
        share = self.probability / np.where(self._mass > 0, self._mass, 1)[:, None]
        logs = np.log2(share, out=np.zeros_like(share), where=share > 0)
        return np.where(self._mass > 0, -(share * logs).sum(axis=1) + 0.0, np.nan)

    def top(self, places: int) -> _Array:
        """P(rank ≤ places)."""
        return np.asarray(self.probability[:, :places].sum(axis=1))

    def quantile(self, level: float) -> _Counts:
        """The smallest rank with P(rank ≤ k) ≥ level among the ranked draws; 0 where there are none."""
        reached = np.cumsum(self.probability, axis=1) >= level * self._mass[:, None] - _SLACK
        return np.where(self._mass > 0, reached.argmax(axis=1) + 1, 0)

    @property
    def _mass(self) -> _Array:
        return np.asarray(self.probability.sum(axis=1))

    def _over_ranks(self, values: _Array | _Counts) -> _Array:
        mass = self._mass
        return np.where(mass > 0, self.probability @ values / np.where(mass > 0, mass, 1), np.nan)


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """Counts of ranks (名次计数): `ranks[i, k − 1]`, `above[i, j]`, and the sum of |rank − nominal rank| per unit."""

    ranks: _Counts
    above: _Counts
    shift: _Counts
    draws: int

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.ranks + other.ranks,
            self.above + other.above,
            self.shift + other.shift,
            self.draws + other.draws,
        )

    def describe(self, *, codes: tuple[str, ...], rank: _Counts, coverage: float) -> RankDistribution:
        """Turn counts into shares and intervals."""
        total = np.cumsum(self.ranks, axis=1)
        whole, tail = total[:, -1:], (1 - coverage) / 2 * self.draws
        ranked = whole[:, 0] > 0
        low = np.where(ranked, (total > tail + _SLACK).argmax(axis=1) + 1, 0)
        high = np.where(ranked, (total >= whole - tail - _SLACK).argmax(axis=1) + 1, 0)
        shift = np.where(ranked, self.shift / np.maximum(whole[:, 0], 1), np.nan)
        return RankDistribution(
            codes,
            rank,
            self.ranks / self.draws,
            self.above / self.draws,
            shift,
            low,
            high,
            coverage,
            self.draws,
        )


def tally_ranks(ranks: NDArray[np.integer], *, nominal: _Counts) -> Tally:
    """Count a block of draws.

    Args:
        ranks: shape (d, n), 0 = not ranked in that draw; n ≤ 32,000.
        nominal: shape (n,), 0 = not ranked.
    Returns:
        The counts; those of two blocks add up to those of both.
    """
    draws, n = ranks.shape
    cells = (np.arange(n) * (n + 1) + ranks).ravel()
    counts = np.bincount(cells, minlength=n * (n + 1)).reshape(n, n + 1)[:, 1:].astype(np.int64)
    small = ranks.astype(np.int16)
    upper, lower = np.where(small == 0, _LAST, small), np.where(small == 0, -1, small)
    above = np.empty((n, n), dtype=np.int64)
    for unit in range(n):
        above[unit] = np.count_nonzero(upper[:, unit : unit + 1] < lower, axis=0)
    moved = np.where((ranks > 0) & (nominal > 0), np.abs(ranks - nominal), 0)
    return Tally(counts, above, moved.sum(axis=0), draws)
