"""How alike the industries of jurisdictions are (产业结构相似度): duplicated construction shows here (同构)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jinghe.contest.regional.shaping import read_amounts
from jinghe.errors import DataError, problem

__all__ = ["compare_to_rest", "find_shares", "find_similarity", "find_specialisation"]

_Array = NDArray[np.float64]


def find_shares(output: ArrayLike) -> _Array:
    """Turn output by sector into shares, (n, k), rows summing to 1.

    Raises DataError for negative output, a jurisdiction without any, or fewer than two sectors.
    """
    x = np.atleast_2d(read_amounts(output, least=1, path="structure"))
    if x.shape[1] < 2:
        raise DataError([problem("measure-few", "structure", found=x.shape[1], least=2)])
    whole = x.sum(axis=1, keepdims=True)
    if (whole <= 0).any():
        raise DataError([problem("measure-negative", "structure", found="0")])
    shares: _Array = x / whole
    return shares


def find_specialisation(output: ArrayLike) -> _Array:
    """Find Krugman's index of every pair, K_ij = Σ_k |a_ki − a_kj|: 0 for the same structure, 2 for none in common.

    Args:
        output: by jurisdiction and sector, (n, k), not negative.
    Returns:
        (n, n), symmetric, 0 on the diagonal.
    Source: Krugman (1991), Geography and Trade.

    >>> find_specialisation([[1, 0], [0, 3]])[0].tolist()
    [0.0, 2.0]
    """
    a = find_shares(output)
    gaps: _Array = np.abs(a[:, None, :] - a[None, :, :]).sum(axis=2)
    return gaps


def find_similarity(output: ArrayLike) -> _Array:
    """Find the cosine of every pair, S_ij = Σ a_ki a_kj / √(Σ a_ki² Σ a_kj²): 1 for the same structure, 0 for none.

    Source: the similarity coefficient of UNIDO (1979), as Chinese studies of duplicated construction use it.
    """
    a = find_shares(output)
    a = a / np.linalg.norm(a, axis=1, keepdims=True)
    return np.asarray(np.minimum(a @ a.T, 1.0))


def compare_to_rest(output: ArrayLike) -> tuple[_Array, _Array]:
    """Compare each jurisdiction with all the others taken together.

    Returns:
        Krugman's index and the cosine of each against the sum of the others, both (n,).
    Raises:
        DataError: as `find_shares`, or fewer than two jurisdictions.
    """
    x = np.atleast_2d(read_amounts(output, least=2, path="structure"))
    rest = x.sum(axis=0) - x
    pairs = [np.stack([row, others]) for row, others in zip(x, rest, strict=True)]
    krugman = np.array([find_specialisation(pair)[0, 1] for pair in pairs])
    return krugman, np.array([find_similarity(pair)[0, 1] for pair in pairs])
