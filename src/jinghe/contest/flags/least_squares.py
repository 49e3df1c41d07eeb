"""Least squares with what a test needs (最小二乘): standard errors, leverage and studentised residuals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Fit", "fit_least_squares"]

_Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A fitted line (拟合结果): coefficients and errors (k,), residuals and leverage (n,), scale s, df."""

    coefficients: _Array
    errors: _Array
    residuals: _Array
    leverage: _Array
    scale: float
    df: int

    @property
    def studentised(self) -> _Array:
        """Externally studentised residuals, (n,): t with df − 1 when the errors are normal; NaN at full leverage."""
        left = 1 - self.leverage
        rest = (self.df * self.scale**2 - self.residuals**2 / np.where(left > 1e-9, left, np.nan)) / (self.df - 1)
        t: _Array = self.residuals / np.sqrt(np.maximum(rest, 1e-300) * left)
        return t


def fit_least_squares(design: _Array, y: _Array) -> Fit:
    """Fit y = X b + e. Columns that others explain get the smallest coefficients (pseudo-inverse) and no error of 0.

    Args:
        design: X, (n, k), constant included.
        y: (n,).
    Returns:
        The fit; df = n − rank(X) > 0 is for the caller to see to.
    """
    u, d, vt = np.linalg.svd(design, full_matrices=False)
    keep = d > 1e-10 * d[0]
    u, d, vt = u[:, keep], d[keep], vt[keep]
    coefficients = vt.T @ ((u.T @ y) / d)
    residuals = y - u @ (u.T @ y)
    df = len(y) - int(keep.sum())
    scale = float(np.sqrt(residuals @ residuals / df)) if df > 0 else float("nan")
    return Fit(coefficients, scale * np.sqrt(((vt.T / d) ** 2).sum(axis=1)), residuals, (u * u).sum(axis=1), scale, df)
