"""The Shapley value by sampling (抽样计算沙普利值), for more parties than a table can hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from jinghe.errors import DataError, problem
from jinghe.games.game import Floats

__all__ = ["Sample", "sample_shapley"]


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """An estimate with its precision (抽样估计): shares (n,), their standard errors (n,), and how many orders."""

    shares: Floats
    errors: Floats
    orders: int


def sample_shapley(
    worth: Callable[[tuple[str, ...]], float], *, parties: Sequence[str], orders: int, seed: int
) -> Sample:
    """Estimate the Shapley value from random orders of arrival, each with its reverse.

    φ_i ≈ mean over orders of v(before i ∪ i) − v(before i); an order and its reverse count as one observation, which
    makes what a party adds early and late cancel. Every order shares out v(N), and so does the estimate.

    Args:
        worth: takes the parties of a non-empty coalition in the order of `parties`, returns v(S); asked 2 n times an
            order, remembered.
        parties: any number of identifiers from 2 on.
        orders: pairs of orders, at least 2.
        seed: of the random orders.
    Returns:
        Shares with standard errors; the same for the same seed.
    Raises:
        DataError: fewer than two parties or pairs of orders, a party twice, or a worth that is not finite.
    Source: Castro, Gómez and Tejada (2009), Polynomial calculation of the Shapley value based on sampling.

    >>> sample_shapley(len, parties=("A", "B", "C"), orders=2, seed=1).shares.tolist()
    [1.0, 1.0, 1.0]
    """
    n, known = len(parties), {0: 0.0}
    if n < 2 or len(set(parties)) < n:
        raise DataError([problem("game-party-repeated", "game.parties", found=", ".join(parties))])
    if orders < 2:
        raise DataError([problem("game-length", "game.orders", found=orders, expected="≥ 2")])

    def ask(mask: int) -> float:
        if mask not in known:
            value = float(worth(tuple(party for i, party in enumerate(parties) if mask >> i & 1)))
            if not np.isfinite(value):
                raise DataError([problem("game-number", "game.worth", found=value)])
            known[mask] = value
        return known[mask]

    rng = np.random.Generator(np.random.Philox(seed))
    found = np.zeros((orders, n))
    for at in range(orders):
        order = rng.permutation(n).tolist()
        for one in (order, order[::-1]):
            mask = 0
            for i in one:
                found[at, i] += (ask(mask | 1 << i) - ask(mask)) / 2
                mask |= 1 << i
    return Sample(found.mean(axis=0), found.std(axis=0, ddof=1) / np.sqrt(orders), orders)
