"""Reading the arrays of regional measures (区域测度读数): what may be measured, and a clear word for what may not."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jinghe.errors import DataError, problem

__all__ = ["read_amounts", "read_figures"]

_Array = NDArray[np.float64]


def read_figures(values: ArrayLike, *, least: int, path: str) -> _Array:
    """Read finite figures, the first axis being jurisdictions.

    Raises DataError when there are fewer than `least` of them, or one is missing.

    >>> read_figures([1, 2], least=2, path="income")
    array([1., 2.])
    """
    given = np.array(values, dtype=float)
    if given.ndim == 0 or len(given) < least:
        raise DataError([problem("measure-few", path, found=len(given) if given.ndim else 1, least=least)])
    if not np.isfinite(given).all():
        raise DataError([problem("measure-missing", path, found=int((~np.isfinite(given)).sum()))])
    return given


def read_amounts(values: ArrayLike, *, least: int, path: str, positive: bool = False) -> _Array:
    """Read figures that are not negative, some of them above 0 (with `positive` all of them). Raises DataError."""
    given = read_figures(values, least=least, path=path)
    if (given < 0).any() or not (given > 0).any() or (positive and (given == 0).any()):
        raise DataError([problem("measure-negative", path, found=f"{given.min():g}")])
    return given
