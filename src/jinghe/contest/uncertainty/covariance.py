"""Standard errors and covariances of estimates (标准误与协方差): read, checked, and drawn from."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jinghe.contest.stream import open_stream
from jinghe.errors import DataError, Problem, problem

__all__ = ["check_covariance", "draw_errors", "read_covariance"]

_Array = NDArray[np.float64]
_NOISE = 1e-9  # relative to the largest eigenvalue: below is floating point


def check_covariance(covariance: _Array, *, size: int) -> list[Problem]:
    """List what is wrong with a covariance matrix: shape, gaps, asymmetry, a negative eigenvalue.

    Eigenvalues down to −1e-9 of the largest are floating point and let pass.
    """
    if covariance.shape != (size, size):
        return [problem("covariance-shape", found="×".join(map(str, covariance.shape)) or "1", size=size)]
    if not np.isfinite(covariance).all():
        return [problem("covariance-gap", found=int((~np.isfinite(covariance)).sum()))]
    if (gap := np.abs(covariance - covariance.T).max(initial=0)) > _NOISE * np.abs(covariance).max(initial=0):
        return [problem("covariance-asymmetric", found=f"{gap:.3g}")]
    values = np.linalg.eigvalsh(covariance)
    if values.size and values[0] < -_NOISE * max(values[-1], 0):
        return [problem("covariance-not-psd", found=f"{values[0]:.3g}")]
    return []


def read_covariance(errors: ArrayLike, *, size: int) -> _Array:
    """Take standard errors, or a covariance matrix, as a checked covariance matrix.

    Args:
        errors: shape (p,), standard errors ≥ 0 of independent estimates; or (p, p), their covariance.
        size: p.
    Returns:
        Shape (p, p).
    Raises:
        DataError: with the fault `check_covariance` finds, or `standard-error-negative`.

    >>> read_covariance([1.0, 2.0], size=2).tolist()
    [[1.0, 0.0], [0.0, 4.0]]
    """
    found = np.asarray(errors, dtype=float)
    if found.ndim == 1 and (found < 0).any():
        raise DataError([problem("standard-error-negative", found=f"{found.min():.3g}")])
    covariance = np.diag(found**2) if found.ndim == 1 else found
    if faults := check_covariance(covariance, size=size):
        raise DataError(faults)
    return covariance


def draw_errors(covariance: _Array, *, draws: int, seed: int, purpose: str) -> _Array:
    """Draw Z ~ N(0, Σ), shape (draws, p), from the stream of that purpose; Σ may be singular."""
    normal = open_stream(seed, purpose).standard_normal((draws, covariance.shape[0]))
    spread = np.diag(covariance)
    if (covariance == np.diag(spread)).all():
        return normal * np.sqrt(spread)
    values, vectors = np.linalg.eigh(covariance)
    return np.asarray((normal * np.sqrt(np.maximum(values, 0))) @ vectors.T)
