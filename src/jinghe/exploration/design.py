"""Where to look (试验设计): Latin hypercube, Sobol', Morris, factorial and crossed designs, seeded and scaled."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.uncertainty.sobol import sample_pairs
from jinghe.errors import RuleError, problem
from jinghe.exploration.factor import Array, Factor

__all__ = ["LEVELS", "METHODS", "Designs", "cross", "sample"]

METHODS = ("lhs", "sobol", "morris", "saltelli", "factorial", "fractional")
LEVELS = 4  # of a Morris grid
_MOST = 1_000_000


@dataclass(frozen=True, eq=False)
class Designs:
    """Points of a design (设计点): quantiles in [0, 1], shape (N, d), and the values they stand for.

    `policies` and `scenarios` number the combination of levers and of uncertainties of each point where they are
    crossed; empty elsewhere. `held` are changes that all points share.
    """

    factors: tuple[Factor, ...]
    unit: Array
    method: str
    policies: NDArray[np.int64] | None = None
    scenarios: NDArray[np.int64] | None = None
    held: Mapping[str, Any] | None = None

    def __len__(self) -> int:
        return len(self.unit)

    @cached_property
    def columns(self) -> dict[str, list[Any]]:
        """The values by path, one for each point."""
        return {factor.path: factor.values(self.unit[:, at]) for at, factor in enumerate(self.factors)}

    def changes(self, point: int) -> dict[str, Any]:
        """What a point changes in the compact."""
        return {**(self.held or {}), **{path: values[point] for path, values in self.columns.items()}}

    @cached_property
    def digest(self) -> str:
        """SHA-256 of factors and points."""
        known = [[factor.as_dict() for factor in self.factors], sorted((self.held or {}).items())]
        words = json.dumps(known, sort_keys=True, default=str, ensure_ascii=False).encode()
        return hashlib.sha256(words + np.ascontiguousarray(self.unit).tobytes()).hexdigest()


def sample(
    factors: Sequence[Factor], *, method: str = "lhs", n: int, seed: int, held: Mapping[str, Any] | None = None
) -> Designs:
    """Sample a design over the unit cube and scale it to the factors.

    Args:
        factors: what varies.
        method: `lhs`: n points, one in each of n slices of every factor. `sobol`: the first n of a scrambled sequence
            (balanced when n is a power of 2). `morris`: n trajectories of d + 1 points on four levels. `saltelli`:
            n (d + 2) points for `decompose`. `factorial`: n levels of every range (the two ends for n = 2), every
            choice. `fractional`: the ends only, main effects clear of interactions of two (resolution IV), n unused.
        n: size, at least 1 (`factorial`: 2).
        seed: of the draws; a factorial draws none.
        held: changes that all points share.
    Raises:
        RuleError: an unknown method, a size that cannot be.
    Source: scipy.stats.qmc (Owen scrambling); Morris (1991), Technometrics 33; Saltelli (2010); Box & Hunter (1961).
    """
    d, least = len(factors), 2 if method == "factorial" else 1
    if method not in METHODS:
        raise RuleError([problem("design-unknown", found=method, known=", ".join(METHODS))])
    grids = [len(f.choices) or n for f in factors]
    size = {"factorial": int(np.prod(grids, dtype=float)), "morris": n * (d + 1), "saltelli": n * (d + 2)}.get(
        method, n
    )
    if d == 0 or n < least or size > _MOST:
        raise RuleError([problem("design-size", found=size if n >= least else n, least=least, most=_MOST)])
    rng = np.random.default_rng(seed % 2**64)
    if method in ("lhs", "sobol"):
        unit = _space_filling(method, d, n, rng)
    elif method == "morris":
        unit = _trajectories(d, n, rng)
    elif method == "saltelli":
        unit = _saltelli(d, n, seed)
    elif method == "factorial":
        unit = np.array(list(product(*(_levels(f, k) for f, k in zip(factors, grids, strict=True)))), dtype=float)
    else:
        unit = _fractional(d)
    return Designs(tuple(factors), unit, method, held=held)


def cross(policies: Designs, scenarios: Designs) -> Designs:
    """Combine every policy with every scenario, policy by policy: the same scenarios for all, so that regrets compare.

    >>> from jinghe.labels import Text
    >>> one = sample([Factor("a", True, Text("a", "a"), choices=(1, 2))], method="factorial", n=2, seed=1)
    >>> two = sample([Factor("b", False, Text("b", "b"), choices=(3, 4))], method="factorial", n=2, seed=1)
    >>> [cross(one, two).changes(k) for k in (0, 1)]
    [{'a': 1, 'b': 3}, {'a': 1, 'b': 4}]
    """
    p, s = len(policies), len(scenarios)
    rows = np.hstack([np.repeat(policies.unit, s, axis=0), np.tile(scenarios.unit, (p, 1))])
    at_policy, at_scenario = np.repeat(np.arange(p), s), np.tile(np.arange(s), p)
    held = {**(policies.held or {}), **(scenarios.held or {})}
    return Designs((*policies.factors, *scenarios.factors), rows, "crossed", at_policy, at_scenario, held or None)


def _space_filling(method: str, d: int, n: int, rng: np.random.Generator) -> Array:
    from scipy.stats import qmc  # heavy: only where something is sampled

    if method == "lhs":
        return np.asarray(qmc.LatinHypercube(d, rng=rng).random(n), dtype=float)
    return np.asarray(qmc.Sobol(d, scramble=True, rng=rng).random_base2((n - 1).bit_length())[:n], dtype=float)


def _trajectories(d: int, n: int, rng: np.random.Generator) -> Array:
    """N walks from a random point of the grid, each factor moved once by Δ = p/(2(p − 1)), in random order."""
    step = LEVELS / (2 * (LEVELS - 1))
    walks = np.empty((n, d + 1, d))
    for walk in walks:
        walk[0] = rng.integers(LEVELS, size=d) / (LEVELS - 1)
        for at, factor in enumerate(rng.permutation(d)):
            walk[at + 1] = walk[at]
            walk[at + 1, factor] += step if walk[at, factor] < 0.5 else -step
    return walks.reshape(-1, d)


def _saltelli(d: int, n: int, seed: int) -> Array:
    """A, B, then A with column i of B for every factor i, n rows each."""
    a, b = sample_pairs(d, seed=seed)(0, 2 ** (n - 1).bit_length())
    a, b = a[:n], b[:n]
    mixed = [np.where(np.arange(d) == column, b, a) for column in range(d)]
    return np.concatenate([a, b, *mixed])


def _levels(factor: Factor, count: int) -> Array:
    """Quantiles of evenly spaced levels: ends included for a range, one for every choice."""
    return (np.arange(count) + 0.5) / count if factor.choices else np.linspace(0, 1, count)


def _fractional(d: int) -> Array:
    """Two levels: a full factorial of the first m factors; the others are products of three, five … of them."""
    base = next(m for m in range(1, d + 1) if 2 ** (m - 1) >= d or m == d)
    full = np.array(list(product((-1.0, 1.0), repeat=base)))
    words = [word for size in range(3, base + 1, 2) for word in combinations(range(base), size)]
    columns = [full[:, at] for at in range(base)] + [full[:, word].prod(axis=1) for word in words]
    return (np.stack(columns[:d], axis=1) + 1) / 2
