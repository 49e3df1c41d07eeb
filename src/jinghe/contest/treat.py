"""What stands in for missing figures (插补), cell by cell and marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["IMPUTATIONS", "Imputed", "impute"]

IMPUTATIONS = ("none", "median", "group_median")

_Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Imputed:
    """Values with gaps filled (插补); `donor` is the group whose median stands in, −1 for all, −2 for no imputation."""

    values: _Array
    donor: NDArray[np.int64]

    @property
    def mask(self) -> NDArray[np.bool_]:
        """True where a cell was imputed."""
        return self.donor > -2


def impute(values: _Array, *, method: str, groups: Sequence[Sequence[int]] = ()) -> Imputed:
    """Fill each missing cell with the median of the observed figures of its group, else of all (分组中位数).

    Args:
        values: shape (n,), NaN where missing.
        method: none, median (of all) or group_median.
        groups: row indices of each group; a city takes the first group that holds it and has a figure.
    Returns:
        The filled values and where each came from; observed figures are unchanged, imputed ones feed no median.

    >>> impute(np.array([1.0, 3.0, np.nan, 9.0]), method="group_median", groups=[[0, 1, 2]]).values.tolist()
    [1.0, 3.0, 2.0, 9.0]
    """
    filled, donor = values.copy(), np.full(values.shape, -2, dtype=np.int64)
    known = ~np.isnan(values)
    if method == "none" or not known.any():
        return Imputed(filled, donor)
    own = list(groups) if method == "group_median" else []
    for row in np.flatnonzero(~known):
        homes = [g for g, members in enumerate(own) if row in members and known[list(members)].any()]
        donor[row] = homes[0] if homes else -1
        pool = values[list(own[homes[0]])] if homes else values
        filled[row] = np.nanmedian(pool)
    return Imputed(filled, donor)
