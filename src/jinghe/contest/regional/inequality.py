"""Disparity between jurisdictions and what it is made of (差异及其分解): Theil's index and Dagum's Gini."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jinghe.contest.regional.shaping import read_amounts
from jinghe.errors import DataError, problem

__all__ = ["GiniParts", "TheilParts", "decompose_gini", "decompose_theil", "find_gini", "find_theil"]

_Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class TheilParts:
    """Theil's index and its parts (泰尔指数分解): total = within + between.

    `groups` are in order of appearance; `index` is each group's own, `share` its share of output; within = Σ share ·
    index.
    """

    total: float
    within: float
    between: float
    groups: tuple[str, ...]
    index: _Array
    share: _Array


@dataclass(frozen=True, slots=True, eq=False)
class GiniParts:
    """Dagum's Gini and its parts (达格姆基尼系数分解): total = within + net_between + transvariation.

    `own` is each group's Gini, (g,); `across` the extended Gini of each pair, (g, g), with `own` on the diagonal;
    `affluence` Dagum's relative economic affluence D of each pair, (g, g), 0 on the diagonal.
    """

    total: float
    within: float
    net_between: float
    transvariation: float
    groups: tuple[str, ...]
    own: _Array
    across: _Array
    affluence: _Array


def find_theil(output: ArrayLike, *, people: ArrayLike) -> tuple[float, _Array]:
    """Find Theil's index of output against population, T = Σ (y_i/Y) ln[(y_i/Y)/(p_i/P)], and each term.

    0 when output per head is the same everywhere, ln(P/p) when the smallest has all; 0 ln 0 = 0.

    Args:
        output: y, (n,), not negative, some positive.
        people: p, (n,), positive.
    Returns:
        T and its terms, (n,); a term is negative where output per head is below the mean.
    Raises:
        DataError: negative output, population not positive, or fewer than two.
    Source: Theil (1967), Economics and Information Theory.
    """
    y = read_amounts(output, least=2, path="theil.output")
    p = read_amounts(people, least=2, path="theil.people", positive=True)
    a, b = y / y.sum(), p / p.sum()
    terms = np.where(a > 0, a * np.log(np.where(a > 0, a / b, 1.0)), 0.0)
    return float(terms.sum()), terms


def decompose_theil(output: ArrayLike, *, people: ArrayLike, groups: Sequence[str]) -> TheilParts:
    """Split Theil's index: T = Σ_g (Y_g/Y) T_g + Σ_g (Y_g/Y) ln[(Y_g/Y)/(P_g/P)].

    Args:
        output: y, (n,); people: p, (n,), as `find_theil`.
        people: p, (n,).
        groups: the group of each, (n,). A group of one has T_g = 0.
    Returns:
        Total, within, between, and each group's own index.
    """
    total, _ = find_theil(output, people=people)
    y, p = np.asarray(output, dtype=float), np.asarray(people, dtype=float)
    names, at = _code(groups, len(y))
    inside, heads = np.bincount(at, y), np.bincount(at, p)
    share = inside / y.sum()
    alone = [
        find_theil(y[at == g], people=p[at == g])[0] if (at == g).sum() > 1 and inside[g] > 0 else 0.0
        for g in range(len(names))
    ]
    index = np.array(alone)
    between = find_theil(inside, people=heads)[0] if len(names) > 1 else 0.0
    return TheilParts(total, float(share @ index), between, names, index, share)


def find_gini(values: ArrayLike) -> float:
    """Find the Gini coefficient, G = Σ_ij |y_i − y_j| / (2 n² μ): 0 for equals, (n − 1)/n when one has all.

    Raises DataError for negative values or fewer than two.

    >>> find_gini([0, 0, 0, 4])
    0.75
    """
    y = np.sort(read_amounts(values, least=2, path="gini"))
    n = len(y)
    return float((2 * np.arange(1, n + 1) - n - 1) @ y / (n * y.sum()))


def decompose_gini(values: ArrayLike, *, groups: Sequence[str]) -> GiniParts:
    """Split the Gini by groups: within, net between, and transvariation (where the poorer group overlaps the richer).

    G_jh = Σ|y_ji − y_hr|/(n_j n_h (μ_j + μ_h)), p_j = n_j/n, s_j = n_j μ_j/(n μ); G_w = Σ_j G_jj p_j s_j;
    G_nb = Σ_{j<h} G_jh (p_j s_h + p_h s_j) D_jh; G_t the same with 1 − D_jh; D = (d − m)/(d + m), d the mean of
    positive and m of negative differences, richer group first.

    Args:
        values: y, (n,), not negative, some positive.
        groups: the group of each, (n,).
    Returns:
        The parts; they sum to the total within rounding.
    Raises:
        DataError: negative values, fewer than two, or not one group each.
    Source: Dagum (1997), A new approach to the decomposition of the Gini income inequality ratio, Empirical Economics
    22.
    """
    y = read_amounts(values, least=2, path="gini")
    names, at = _code(groups, len(y))
    g, n = len(names), len(y)
    across, affluence, weight = np.zeros((g, g)), np.zeros((g, g)), np.zeros((g, g))
    counts, sums = np.bincount(at), np.bincount(at, y)
    p, s = counts / n, sums / y.sum()
    for j in range(g):
        for h in range(g):
            gaps = y[at == j][:, None] - y[at == h][None, :]
            whole = counts[h] * sums[j] + counts[j] * sums[h]
            size = float(np.abs(gaps).sum())
            across[j, h] = size / whole if whole > 0 else 0.0
            affluence[j, h] = abs(float(gaps.sum())) / size if size > 0 else 0.0
            weight[j, h] = p[j] * s[h]
    parts = across * weight
    own, net = float(np.trace(parts)), float((parts * affluence).sum() - np.trace(parts * affluence))
    rest = float((parts * (1 - affluence)).sum() - np.trace(parts * (1 - affluence)))
    return GiniParts(find_gini(y), own, net, rest, names, np.diag(across).copy(), across, affluence)


def _code(groups: Sequence[str], n: int) -> tuple[tuple[str, ...], NDArray[np.intp]]:
    if len(groups) != n:
        raise DataError([problem("measure-groups", "groups", found=len(groups), expected=n)])
    names = tuple(dict.fromkeys(groups))
    return names, np.array([names.index(group) for group in groups], dtype=np.intp)
