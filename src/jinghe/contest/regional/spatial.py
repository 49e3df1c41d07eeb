"""Neighbours and distance (空间关联): Moran's I, its local form, and gravity links."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jinghe.contest.chance import SIZE, find_q
from jinghe.contest.regional.shaping import read_amounts, read_figures
from jinghe.errors import DataError, problem

__all__ = [
    "Gravity", "LocalMoran", "Moran", "find_gravity", "find_lag", "find_local_moran", "find_moran", "find_moran_power",
    "make_weights",
]  # fmt: skip

_Array = NDArray[np.float64]
_LEAST = 5
_DRAWS = 999


@dataclass(frozen=True, slots=True)
class Moran:
    """Moran's I (莫兰指数): its value, what is expected without any pattern, two-sided permutation p, n, power.

    `isolated` counts jurisdictions without a neighbour, which are left out; `power` is the chance to find a spatial
    autoregression of 0.5 at this n and these borders.
    """

    value: float
    expected: float
    p: float
    n: int
    isolated: int
    power: float


@dataclass(frozen=True, slots=True, eq=False)
class LocalMoran:
    """Local Moran (局部莫兰指数), each (n,): value, permutation p, q over all, and quadrant HH, LL, HL or LH.

    An isolated jurisdiction has NaN and no quadrant. Nothing is a cluster before its q says so.
    """

    values: _Array
    p: _Array
    q: _Array
    quadrants: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Gravity:
    """Gravity links (引力联系): `links` R_ij (n, n), `out` and `into` their sums, `network` those above the row's mean.

    `density` is the share of ordered pairs in the network.
    """

    links: _Array
    out: _Array
    into: _Array
    network: NDArray[np.bool_]
    density: float


def make_weights(codes: Sequence[str], borders: Iterable[tuple[str, str]]) -> _Array:
    """Make row-standardised weights from borders, w_ij = 1/(number of neighbours of i); an isolated one has a row of 0.

    >>> make_weights("ABC", [("A", "B"), ("B", "C"), ("C", "Z")])[1].tolist()
    [0.5, 0.0, 0.5]
    """
    index = {code: k for k, code in enumerate(codes)}
    weights = np.zeros((len(codes), len(codes)))
    for a, b in borders:
        if a in index and b in index and a != b:
            weights[index[a], index[b]] = weights[index[b], index[a]] = 1.0
    counts = weights.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(weights, counts, out=np.zeros_like(weights), where=counts > 0))


def find_lag(values: ArrayLike, *, weights: ArrayLike) -> _Array:
    """Average the neighbours that have a figure, Σ_j w_ij x_j / Σ_j w_ij; NaN where there is none."""
    x, w = np.asarray(values, dtype=float), np.asarray(weights, dtype=float)
    known = ~np.isnan(x)
    total = w @ known.astype(float)
    return np.asarray(np.divide(w @ np.where(known, x, 0.0), total, out=np.full(x.shape, np.nan), where=total > 0))


def find_moran(values: ArrayLike, *, weights: ArrayLike, seed: int, draws: int = _DRAWS) -> Moran:
    """Find Moran's I = (n/S₀) Σ_ij w_ij z_i z_j / Σ z_i², z = x − x̄, with a permutation p.

    p = 2 min(#{I* ≥ I} + 1, #{I* ≤ I} + 1)/(draws + 1), at most 1. E(I) = −1/(n − 1).

    Args:
        values: x, (n,).
        weights: w, (n, n), zero diagonal.
        seed: of the permutations (Philox).
        draws: their number.
    Returns:
        The index. With a dozen jurisdictions the power is small: read it first.
    Raises:
        DataError: fewer than five with a neighbour, or all the same.
    Source: Moran (1950), Notes on continuous stochastic phenomena, Biometrika 37; Cliff & Ord (1981).
    """
    x, w, keep = _read(values, weights)
    rng = np.random.Generator(np.random.Philox(key=seed))
    z = x - x.mean()
    value = _index(z[None, :], w)[0]
    shuffled = _index(rng.permuted(np.broadcast_to(z, (draws, len(z))), axis=1), w)
    slack = 1e-12
    tails = (shuffled >= value - slack).sum(), (shuffled <= value + slack).sum()
    p = min(2 * (min(tails) + 1) / (draws + 1), 1.0)
    power = find_moran_power(w, autoregression=0.5, seed=seed)
    return Moran(float(value), -1 / (len(x) - 1), float(p), len(x), int((~keep).sum()), power)


def find_moran_power(weights: ArrayLike, *, autoregression: float, seed: int, draws: int = 2000) -> float:
    """Find the power of Moran's I for x = ρ W x + e, e normal, by simulation: two sides, 5 %.

    Args:
        weights: w, (n, n), row-standardised.
        autoregression: ρ, |ρ| < 1.
        seed: of the draws (Philox).
        draws: under chance and under ρ each.
    Returns:
        The share of draws under ρ outside the middle 95 % of those under chance.
    """
    w = np.asarray(weights, dtype=float)
    rng = np.random.Generator(np.random.Philox(key=seed))
    noise = rng.standard_normal((2, draws, len(w)))
    spread = noise[1] @ np.linalg.inv(np.eye(len(w)) - autoregression * w).T
    null, true = (_index(x - x.mean(axis=1, keepdims=True), w) for x in (noise[0], spread))
    low, high = np.quantile(null, (SIZE / 2, 1 - SIZE / 2))
    return float(((true < low) | (true > high)).mean())


def find_local_moran(values: ArrayLike, *, weights: ArrayLike, seed: int, draws: int = _DRAWS) -> LocalMoran:
    """Find local Moran I_i = z_i Σ_j w_ij z_j / m₂, m₂ = Σ z²/n, with conditional permutation p and q over all.

    z_i stays, the others are shuffled; p as in `find_moran`. Σ I_i = S₀ I.

    Args:
        values: x, (n,).
        weights: w, (n, n), zero diagonal.
        seed: of the permutations (Philox).
        draws: their number.
    Returns:
        Values, p, q (Benjamini–Hochberg) and quadrants.
    Source: Anselin (1995), Local indicators of spatial association, Geographical Analysis 27(2).
    """
    x, w, keep = _read(values, weights)
    rng = np.random.Generator(np.random.Philox(key=seed))
    z = x - x.mean()
    m2 = (z @ z) / len(z)
    lag = w @ z
    local = z * lag / m2
    p = np.empty(len(z))
    for i in range(len(z)):
        others = np.delete(z, i)
        shuffled = rng.permuted(np.broadcast_to(others, (draws, len(others))), axis=1) @ np.delete(w[i], i) * z[i] / m2
        tails = (shuffled >= local[i] - 1e-12).sum(), (shuffled <= local[i] + 1e-12).sum()
        p[i] = min(2 * (min(tails) + 1) / (draws + 1), 1.0)
    found = np.full((3, len(keep)), np.nan)
    found[:, keep] = local, p, find_q(p)
    words = iter(f"{'H' if a > 0 else 'L'}{'H' if b > 0 else 'L'}" for a, b in zip(z, lag, strict=True))
    return LocalMoran(found[0], found[1], found[2], tuple(next(words) if kept else "" for kept in keep))


def find_gravity(people: ArrayLike, *, output: ArrayLike, distance: ArrayLike) -> Gravity:
    """Find the pull between jurisdictions, R_ij = k_ij √(P_i G_i) √(P_j G_j) / D_ij², k_ij = G_i/(G_i + G_j).

    R_ij + R_ji is the plain gravity of the pair; k splits it by output.

    Args:
        people: P, (n,), positive.
        output: G, (n,), positive.
        distance: D, (n, n), symmetric, positive off the diagonal: kilometres or hours.
    Returns:
        Links and the network of those above the mean of their row.
    Raises:
        DataError: fewer than two, a mass or a distance that is not positive, or a table of another shape.
    Source: the modified gravity model of Chinese city-network studies; k and the threshold as usual there.
    """
    p, g = (
        read_amounts(x, least=2, path=f"gravity.{name}", positive=True)
        for x, name in ((people, "people"), (output, "output"))
    )
    d = np.array(distance, dtype=float)
    if d.shape != (len(p), len(p)) or len(g) != len(p):
        raise DataError([problem("measure-groups", "gravity.distance", found=len(d), expected=len(p))])
    off = ~np.eye(len(p), dtype=bool)
    if not (d[off] > 0).all():
        raise DataError([problem("measure-negative", "gravity.distance", found=f"{np.nanmin(d[off]):g}")])
    mass = np.sqrt(p * g)
    np.fill_diagonal(d, np.inf)
    links = g[:, None] / (g[:, None] + g[None, :]) * mass[:, None] * mass[None, :] / d**2
    network = off & (links > links.sum(axis=1, keepdims=True) / (len(p) - 1))
    return Gravity(links, links.sum(axis=1), links.sum(axis=0), network, float(network.sum() / off.sum()))


def _read(values: ArrayLike, weights: ArrayLike) -> tuple[_Array, _Array, NDArray[np.bool_]]:
    """Keep those with a neighbour; weights of the rest are rescaled by row."""
    x, w = read_figures(values, least=_LEAST, path="moran"), np.asarray(weights, dtype=float)
    if w.shape != (len(x), len(x)):
        raise DataError([problem("measure-groups", "moran.weights", found=len(w), expected=len(x))])
    keep = w.sum(axis=1) > 0
    x, w = x[keep], w[np.ix_(keep, keep)]
    if len(x) < _LEAST:
        raise DataError([problem("measure-few", "moran", found=len(x), least=_LEAST)])
    if np.ptp(x) <= 1e-12 * np.abs(x).max():
        raise DataError([problem("measure-constant", "moran", found=f"{x[0]:g}")])
    return x, w, keep


def _index(z: _Array, w: _Array) -> _Array:
    """Moran's I of every row of centred values, (draws, n)."""
    found: _Array = z.shape[1] / w.sum() * ((z @ w.T) * z).sum(axis=1) / (z * z).sum(axis=1)
    return found
