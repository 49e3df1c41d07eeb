"""Who may be among the best, or the worst (最优 τ 名集合), as far as the figures tell."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jinghe.contest.uncertainty.rank_sets import find_rank_sets

__all__ = ["find_tau_best", "find_tau_worst"]


def find_tau_best(
    estimates: ArrayLike, *, errors: ArrayLike, tau: int, coverage: float = 0.95, draws: int = 10_000, seed: int
) -> NDArray[np.bool_]:
    """Find all that may truly be among the τ best: those whose lower bound is at most τ.

    The bounds are one-sided, simultaneous and stepped down (`find_rank_sets`), so that with the stated probability the
    set holds everyone who truly is among the τ best.

    Args:
        estimates: θ̂, shape (p,), more is better; NaN is in no set.
        errors: standard errors (p,) or covariance (p, p).
        tau: τ ≥ 1.
        coverage: of the whole set.
        draws: of the bootstrap.
        seed: any integer.
    Returns:
        Shape (p,), True for members.
    Raises:
        DataError: see `find_rank_sets`.
    Source: Mogstad, Romano, Shaikh & Wilhelm (2024), section on the τ-best, doi 10.1093/restud/rdad006.

    >>> find_tau_best([9.0, 5.0, 4.9], errors=[0.1, 0.1, 0.1], tau=2, seed=1).tolist()
    [True, True, True]
    """
    assert tau >= 1
    sets = find_rank_sets(estimates, errors=errors, coverage=coverage, side="lower", draws=draws, seed=seed)
    return (sets.low > 0) & (sets.low <= tau)


def find_tau_worst(
    estimates: ArrayLike, *, errors: ArrayLike, tau: int, coverage: float = 0.95, draws: int = 10_000, seed: int
) -> NDArray[np.bool_]:
    """Find all that may truly be among the τ worst: the τ best of −θ̂. Arguments as for `find_tau_best`.

    >>> find_tau_worst([9.0, 5.0, 4.9], errors=[0.1, 0.1, 0.1], tau=1, seed=1).tolist()
    [False, True, True]
    """
    turned = -np.asarray(estimates, dtype=float)
    return find_tau_best(turned, errors=errors, tau=tau, coverage=coverage, draws=draws, seed=seed)
