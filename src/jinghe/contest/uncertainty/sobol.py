"""How much of the spread each input explains (Sobol' 敏感度指数), with intervals, doubled until they are narrow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.stream import open_stream
from jinghe.errors import RuleError, problem

__all__ = ["Evaluations", "Indices", "estimate_indices", "find_indices", "sample_pairs", "sample_unit_cube"]

_Array = NDArray[np.float64]
_RESAMPLES, _BLOCK = 400, 50
_FIRST, _MOST, _WIDTH = 1024, 65_536, 0.02


class Evaluations(NamedTuple):
    """The target at base rows (N,), (N,) and with one input swapped (N, d): f(A), f(B), f(A with column i of B)."""

    a: _Array
    b: _Array
    ab: _Array


_Evaluate = Callable[[int, int], Evaluations]


@dataclass(frozen=True, slots=True, eq=False)
class Indices:
    """Sobol' indices (敏感度指数): shape (d,), with 95 % bootstrap intervals (d, 2).

    `first` is the share of the variance that an input explains alone, `total` the share that would stay if all others
    were known. `converged`: every total index is known to ±0.02. `runs` = N (d + 2) evaluations.
    """

    names: tuple[str, ...]
    first: _Array
    total: _Array
    first_interval: _Array
    total_interval: _Array
    variance: float
    n: int
    runs: int
    converged: bool


def find_indices(
    evaluate: _Evaluate, *, names: Sequence[str], seed: int, start: int = _FIRST, most: int = _MOST
) -> Indices:
    """Double the sample until the half-width of every total index's interval is below 0.02, or `most` is reached.

    Args:
        evaluate: rows [k, l) of the base sample → the target there; a later call continues the earlier one.
        names: of the inputs.
        seed: of the bootstrap.
        start: first N, a power of 2.
        most: last N.
    Returns:
        The indices, and whether they converged.
    Raises:
        RuleError: nothing moves the target (`sensitivity-constant`).
    """
    found = evaluate(0, start)
    while True:
        indices = estimate_indices(found, names=names, seed=seed)
        n = len(found.a)
        if indices.converged or 2 * n > most:
            return indices
        more = evaluate(n, 2 * n)
        found = Evaluations(*(np.concatenate(pair) for pair in zip(found, more, strict=True)))


def estimate_indices(found: Evaluations, *, names: Sequence[str], seed: int) -> Indices:
    """Estimate S_i = mean f(B) (f(AB_i) − f(A)) / V and T_i = mean (f(A) − f(AB_i))² / 2V, f centred at its mean.

    V is the variance over the 2N base rows. Intervals: percentiles of 400 bootstrap resamples of rows.

    Source: Saltelli et al. (2010), Computer Physics Communications 181, table 2, (b) and (f); Jansen (1999).

    >>> sample = Evaluations(np.array([0.0, 0, 1, 1]), np.array([0.0, 1, 0, 1]), np.array([[0.0], [1], [0], [1]]))
    >>> estimate_indices(sample, names=["x"], seed=1).first.tolist()
    [1.0]
    """
    centre = (found.a.mean() + found.b.mean()) / 2
    a, b, ab = found.a - centre, found.b - centre, found.ab - centre
    n, d = ab.shape
    terms = np.column_stack(
        [(a + b) / 2, (a * a + b * b) / 2, b[:, None] * (ab - a[:, None]), (a[:, None] - ab) ** 2 / 2]
    )
    variance, first, total = _read(terms.mean(axis=0)[None], d)
    if not variance[0] > 1e-15 * max(1.0, centre * centre):
        raise RuleError([problem("sensitivity-constant", "contest.uncertainty")])
    sampled = np.concatenate(list(_resample(terms, seed)))
    _, firsts, totals = _read(sampled, d)
    first_interval, total_interval = (np.quantile(one, [0.025, 0.975], axis=0).T for one in (firsts, totals))
    narrow = bool(((total_interval[:, 1] - total_interval[:, 0]) / 2 < _WIDTH).all())
    spread = float(variance[0])
    return Indices(tuple(names), first[0], total[0], first_interval, total_interval, spread, n, n * (d + 2), narrow)


def sample_unit_cube(function: Callable[[_Array], _Array], *, inputs: int, seed: int) -> _Evaluate:
    """Evaluate a function of `inputs` independent uniform variables on scrambled Sobol' points, (N, inputs) → (N,)."""
    pairs = sample_pairs(inputs, seed=seed)

    def evaluate(start: int, stop: int) -> Evaluations:
        a, b = pairs(start, stop)
        swapped = []
        for column in range(inputs):
            mixed = a.copy()
            mixed[:, column] = b[:, column]
            swapped.append(function(mixed))
        return Evaluations(function(a), function(b), np.column_stack(swapped))

    return evaluate


def sample_pairs(inputs: int, *, seed: int) -> Callable[[int, int], tuple[_Array, _Array]]:
    """Return what gives rows [k, l) of the matrices A and B: the two halves of one scrambled Sobol' sequence in 2d.

    Rows are asked for in order, from 0 on, each once.
    Source: Saltelli (2002), Computer Physics Communications 145; points of scipy.stats.qmc (Owen scrambling).
    """
    from scipy.stats import qmc  # heavy: only where indices are asked for

    engine = qmc.Sobol(2 * inputs, scramble=True, rng=np.random.default_rng(seed % 2**64)) if inputs else None

    def take(start: int, stop: int) -> tuple[_Array, _Array]:
        if engine is None:
            return np.zeros((stop - start, 0)), np.zeros((stop - start, 0))
        assert engine.num_generated == start, "rows come in order"
        points = engine.random(stop - start)
        return points[:, :inputs], points[:, inputs:]

    return take


def _read(means: _Array, d: int) -> tuple[_Array, _Array, _Array]:
    variance = means[:, 1] - means[:, 0] ** 2
    scale = np.where(variance > 0, variance, np.nan)[:, None]
    return variance, means[:, 2 : 2 + d] / scale, means[:, 2 + d :] / scale


def _resample(terms: _Array, seed: int) -> list[_Array]:
    n, rng, found = len(terms), open_stream(seed, "bootstrap"), []
    for _ in range(_RESAMPLES // _BLOCK):
        picks = rng.integers(n, size=(_BLOCK, n), dtype=np.int32)
        counts = np.array([np.bincount(row, minlength=n) for row in picks], dtype=float)
        found.append(counts @ terms / n)
    return found
