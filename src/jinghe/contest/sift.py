"""Which cities and indicators have enough figures to count (有效性筛选), on arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.steps import Steps

__all__ = ["sift"]


def sift(figures: NDArray[np.float64], *, steps: Steps) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Find the rows and columns that stay: cities first, then indicators among the cities that stay.

    A city stays when it has any figure, figures for at least `unit_coverage` of the indicators, and at least
    `unit_nonzero` of its figures are not 0; an indicator likewise by `coverage` and `nonzero`.

    Args:
        figures: shape (n, m), NaN where missing.
        steps: the four thresholds, shares in 0–1.
    Returns:
        Rows (n,) and columns (m,) that stay.
    Source: availability and zeros as in COINr's unit screening; 65 % is the JRC's rule of thumb for both.
    """
    rows = _pass(figures, axis=1, coverage=steps.unit_coverage, nonzero=steps.unit_nonzero)
    columns = _pass(figures[rows], axis=0, coverage=steps.coverage, nonzero=steps.nonzero)
    return rows, columns


def _pass(figures: NDArray[np.float64], *, axis: int, coverage: float, nonzero: float) -> NDArray[np.bool_]:
    known = (~np.isnan(figures)).sum(axis=axis)
    live = (np.nan_to_num(figures) != 0).sum(axis=axis)
    of = figures.shape[axis]
    return np.asarray((known > 0) & (known >= coverage * of - 1e-9) & (live >= nonzero * known - 1e-9))
