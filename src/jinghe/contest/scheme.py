"""Weights that the figures themselves give (客观赋权): entropy, CRITIC, variation, principal component, balance.

Each takes figures of shape (n, k) on one scale, more being better and NaN missing, and gives k weights that sum to 1.
A column that does not vary weighs 0. Dispersion is not importance: one outlier can take most of the weight, and new
figures move everyone's weights unless they are frozen on a base window.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.normalise import has_spread
from jinghe.errors import RuleError, problem

__all__ = [
    "SCHEMES",
    "balance_weights",
    "correlate",
    "critic_weights",
    "entropy_weights",
    "equal_weights",
    "find_loadings",
    "pca_weights",
    "variation_weights",
    "weigh",
]

SCHEMES = ("given", "equal", "entropy", "critic", "variation", "pca", "balance")

_NOISE = 1e-12  # relative; figures closer than this differ by floating point only

_Array = NDArray[np.float64]


def equal_weights(values: _Array) -> _Array:
    """Weigh all columns that have a figure the same (等权).

    >>> equal_weights(np.array([[1.0, 2.0], [3.0, np.nan]])).tolist()
    [0.5, 0.5]
    """
    return _share((~np.isnan(values).all(axis=0)).astype(float), "equal")


def entropy_weights(values: _Array) -> _Array:
    """Weigh by what entropy leaves (熵权): w ∝ 1 − e, e_k = −Σ_i p_ik ln p_ik / ln n, p_ik = x_ik / Σ_i x_ik.

    0 ln 0 = 0; n counts the figures that are present in the column. The weights hang on where the scale begins:
    min–max to [1, 100] and to [0, 100] give different ones.

    Args:
        values: shape (n, k), ≥ 0; in a panel n = cities × periods.
    Returns:
        Shape (k,).
    Raises:
        RuleError: a figure is negative (`weight-negative`), or no column varies (`weight-uninformative`).
    Source: Zeleny (1982), Multiple Criteria Decision Making, ch. 7; as scikit-criteria has it where nothing is missing.
    """
    _check_sign(values, "entropy")
    known, figures = ~np.isnan(values), np.nan_to_num(values)
    sums, live = figures.sum(axis=0), _varies(values)
    part = figures / np.where(live, sums, 1.0)
    logs = np.log(part, out=np.zeros_like(part), where=part > 0)
    entropy = -(part * logs).sum(axis=0) / np.log(np.maximum(known.sum(axis=0), 2))
    return _share(np.where(live, np.maximum(1 - entropy, 0.0), 0.0), "entropy")


def variation_weights(values: _Array) -> _Array:
    """Weigh by the coefficient of variation (变异系数): w ∝ sd (n − 1) / mean.

    Args:
        values: shape (n, k), ≥ 0.
    Returns:
        Shape (k,).
    Raises:
        RuleError: a figure is negative (`weight-negative`), or no column varies (`weight-uninformative`).
    """
    _check_sign(values, "variation")
    mean, spread = _moments(values)
    live = _varies(values)
    return _share(np.where(live, spread, 0.0) / np.where(live, mean, 1.0), "variation")


def critic_weights(values: _Array) -> _Array:
    """Weigh by contrast and conflict (CRITIC): w ∝ s_k Σ_j (1 − r_jk), on columns scaled to [0, 1].

    Correlations are over the rows that both columns have. A column that alone varies takes all.

    Args:
        values: shape (n, k).
    Returns:
        Shape (k,).
    Raises:
        RuleError: no column varies, or those that do are perfectly correlated (`weight-uninformative`).
    Source: Diakoulaki, Mavrotas & Papayannakis (1995), Computers & Operations Research 22(7), 763–770.
    """
    live = _varies(values)
    if live.sum() == 1:
        return live.astype(float)
    found = np.zeros(live.size)
    if live.any():
        columns = values[:, live]
        width = np.nanmax(columns, axis=0) - np.nanmin(columns, axis=0)
        conflict = (1 - correlate(columns)).sum(axis=0)
        found[live] = _moments(columns)[1] / width * np.where(conflict > 1e-12, conflict, 0.0)
    return _share(found, "critic")


def pca_weights(values: _Array) -> _Array:
    """Weigh by the squared loadings of the first principal component of the correlations (主成分): w_k = v_k².

    Where loadings differ in sign (`find_loadings`) the columns do not measure one thing; the weights are then still
    positive, and that is said with the result.

    Args:
        values: shape (n, k).
    Returns:
        Shape (k,).
    Raises:
        RuleError: no column varies (`weight-uninformative`).
    Source: OECD/JRC Handbook (2008), ch. 6, with one component and no rotation.
    """
    return _share(find_loadings(values) ** 2, "pca")


def find_loadings(values: _Array) -> _Array:
    """Find the first principal component of the correlations (第一主成分载荷), of length 1, its sum not negative."""
    live, found = _varies(values), np.zeros(values.shape[1])
    if live.any():
        vector = np.linalg.eigh(correlate(values[:, live]))[1][:, -1]
        found[live] = vector if vector.sum() >= 0 else -vector
    return found


def balance_weights(values: _Array) -> _Array:
    """Weigh so that every column correlates equally with the weighted sum (相关均衡): R (w σ) ∝ 1, w ≥ 0.

    corr(x_k, Σ w x) = (R w σ)_k / sd(Σ w x). Where the solution would need a negative weight, the least squares
    solution with w ≥ 0 is taken and the correlations are not all equal.

    Args:
        values: shape (n, k).
    Returns:
        Shape (k,).
    Raises:
        RuleError: no column varies (`weight-uninformative`).
    Source: the aim is that of Becker, Saisana, Paruolo & Vandecasteele (2017), Ecological Indicators 80; solved by
    non-negative least squares.
    """
    from scipy.optimize import nnls  # heavy: only where this scheme is asked for

    live, found = _varies(values), np.zeros(values.shape[1])
    if live.any():
        solved, _ = nnls(correlate(values[:, live]), np.ones(int(live.sum())))
        found[live] = solved / _moments(values)[1][live]
    return _share(found, "balance")


def correlate(values: _Array) -> _Array:
    """Correlate columns over the rows that both have (相关系数矩阵); 0 where fewer than 3 rows or no variation remain.

    >>> correlate(np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]])).round(12).tolist()
    [[1.0, 1.0], [1.0, 1.0]]
    """
    known = (~np.isnan(values)).astype(float)
    count = known.T @ known
    centre = np.where(known > 0, values - _moments(values)[0], 0.0)
    own, square = centre.T @ known, (centre**2).T @ known  # of column i over the rows that it shares with j
    some = np.maximum(count, 1)
    spread = square - own**2 / some
    cross = centre.T @ centre - own * own.T / some
    level = np.nan_to_num(np.abs(values)).max(axis=0, initial=0.0)[:, None]
    varies = (spread > some * (_NOISE * level) ** 2) & (count > 2)
    scale = np.sqrt(spread * spread.T, where=varies & varies.T, out=np.ones_like(spread))
    found = np.where(varies & varies.T, np.clip(cross / scale, -1.0, 1.0), 0.0)
    np.fill_diagonal(found, 1.0)
    return found


def weigh(values: _Array, *, scheme: str) -> _Array:
    """Weigh columns by one of `SCHEMES` but given.

    Args:
        values: shape (n, k).
        scheme: equal, entropy, critic, variation, pca or balance.
    Returns:
        Shape (k,), ≥ 0, sums to 1.
    Raises:
        RuleError: see the schemes.
    """
    return _WEIGHERS[scheme](values)


_WEIGHERS: Mapping[str, Callable[[_Array], _Array]] = {
    "equal": equal_weights,
    "entropy": entropy_weights,
    "critic": critic_weights,
    "variation": variation_weights,
    "pca": pca_weights,
    "balance": balance_weights,
}


def _varies(values: _Array) -> NDArray[np.bool_]:
    return np.array([has_spread(column) for column in values.T])


def _moments(values: _Array) -> tuple[_Array, _Array]:
    known = ~np.isnan(values)
    count = known.sum(axis=0)
    mean = np.nan_to_num(values).sum(axis=0) / np.maximum(count, 1)
    squares = (np.where(known, values - mean, 0.0) ** 2).sum(axis=0)
    return mean, np.sqrt(squares / np.maximum(count - 1, 1))


def _check_sign(values: _Array, scheme: str) -> None:
    if np.nanmin(values, initial=0.0) < 0:
        found = f"{np.nanmin(values):g}"
        raise RuleError([problem("weight-negative", "contest.steps[weigh]", scheme=scheme, found=found)])


def _share(found: _Array, scheme: str) -> _Array:
    if not found.sum() > 0:
        raise RuleError([problem("weight-uninformative", "contest.steps[weigh]", scheme=scheme)])
    return np.asarray(found / found.sum())
