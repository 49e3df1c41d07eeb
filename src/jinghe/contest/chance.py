"""Exact chances, powers and false-discovery rates (概率、检出概率与错误发现率)."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["SIZE", "find_chance", "find_power", "find_q", "find_t_power"]

SIZE = 0.05  # of every single test


def find_chance(n: int, k: int, *, share: float) -> float:
    """P(Bin(n, share) ≥ k): the chance of at least k successes among n.

    >>> round(find_chance(11, 6, share=0.2), 4)
    0.0117
    """
    from scipy.special import bdtrc

    return 1.0 if k <= 0 else 0.0 if k > n else float(bdtrc(k - 1, n, share))


def find_power(n: int, *, null: float, true: float) -> float:
    """Power of the exact one-sided 5 % test of a share at n figures, when the share is `true` and not `null`.

    P(Bin(n, true) ≥ k*), k* the least k with P(Bin(n, null) ≥ k) ≤ 0.05.

    >>> round(find_power(11, null=0.2, true=0.4), 4)
    0.2465
    """
    critical = next(k for k in range(n + 2) if find_chance(n, k, share=null) <= SIZE)
    return find_chance(n, critical, share=true)


@lru_cache(maxsize=4096)  # a run asks the same of many contestants
def find_t_power(df: float, *, shift: float, sides: int = 2) -> float:
    """Power of a 5 % t test with df degrees of freedom when t is shifted by `shift` of its standard errors.

    P(|T| > t*) of the noncentral t (sides = 2), or P(T > t*) (sides = 1), as the mean of Φ(±δ − t* s) over 2,000
    equally likely values of s = √(χ²_df/df).

    >>> round(find_t_power(10, shift=0.0), 4)
    0.05
    """
    from scipy.special import chdtri, ndtr, stdtrit

    critical = float(stdtrit(df, 1 - SIZE / sides))
    s = np.sqrt(chdtri(df, (np.arange(2000) + 0.5) / 2000) / df)
    upper = float(ndtr(shift - critical * s).mean())
    return upper if sides == 1 else upper + float(ndtr(-shift - critical * s).mean())


def find_q(p: ArrayLike) -> NDArray[np.float64]:
    """Adjust p for the number of tests (错误发现率校正): the smallest false-discovery rate at which each is flagged.

    q_(i) = min_{j ≥ i} m p_(j) / j. Benjamini & Hochberg (1995); holds under independence and positive dependence.

    >>> find_q([0.01, 0.04, 0.03]).tolist()
    [0.03, 0.04, 0.04]
    """
    given = np.asarray(p, dtype=float)
    order = np.argsort(-given, kind="stable")
    ranks = np.arange(given.size, 0, -1)
    q = np.empty(given.shape)
    q[order] = np.minimum.accumulate(np.minimum(given[order] * given.size / ranks, 1.0))
    return q
