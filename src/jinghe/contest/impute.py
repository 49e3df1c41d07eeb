"""What stands in for missing figures (插补), cell by cell and marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["ALL", "DRAWN", "IMPUTATIONS", "OBSERVED", "OWN", "Filled", "History", "Imputed", "fill", "impute", "recall"]

IMPUTATIONS = ("none", "median", "mean", "group_median", "group_mean", "latest", "linear", "multiple")

OBSERVED, ALL, OWN, DRAWN = -2, -1, -3, -4  # donors; from 0 on they number the groups

_Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Imputed:
    """Values with gaps filled (插补).

    `donor` says from where: the number of a group, −1 all, −3 the city's own other periods, −4 the mean of the draws,
    −2 for no imputation.
    """

    values: _Array
    donor: NDArray[np.int64]

    @property
    def mask(self) -> NDArray[np.bool_]:
        """True where a cell was imputed."""
        return np.asarray(self.donor != OBSERVED)


@dataclass(frozen=True, slots=True, eq=False)
class Filled(Imputed):
    """A matrix with gaps filled (插补矩阵); `draws` (d, n, m) holds the multiple imputations, if there are any."""

    draws: _Array | None = None


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """The same figures in other periods (往期数值): `times` (t,) and `figures` (t, n, m); `now` is the scored time."""

    times: _Array
    figures: _Array
    now: float


def impute(values: _Array, *, method: str, groups: Sequence[Sequence[int]] = ()) -> Imputed:
    """Fill each missing cell with the median or mean of the observed figures of its group, else of all (分组插补).

    Args:
        values: shape (n,), NaN where missing.
        method: median or mean (of all), group_median or group_mean; anything else leaves the gaps.
        groups: row indices of each group; a city takes the first group that holds it and has a figure.
    Returns:
        The filled values and where each came from; observed figures are unchanged, imputed ones feed no median.

    >>> impute(np.array([1.0, 3.0, np.nan, 9.0]), method="group_median", groups=[[0, 1, 2]]).values.tolist()
    [1.0, 3.0, 2.0, 9.0]
    """
    filled, donor = values.copy(), np.full(values.shape, OBSERVED, dtype=np.int64)
    known = ~np.isnan(values)
    middle = np.median if method.endswith("median") else np.mean
    if known.all() or not known.any() or not method.endswith(("median", "mean")):
        return Imputed(filled, donor)
    gaps = ~known
    for g, members in enumerate(groups if method.startswith("group") else ()):
        inside = np.zeros_like(known)
        inside[list(members)] = True
        if (inside & gaps).any() and (inside & known).any():
            filled[inside & gaps], donor[inside & gaps] = middle(values[inside & known]), g
            gaps &= ~inside
    if gaps.any():
        filled[gaps], donor[gaps] = middle(values[known]), ALL
    return Imputed(filled, donor)


def recall(values: _Array, *, method: str, history: History) -> Imputed:
    """Fill missing cells from the same city's other periods (以往期数值插补).

    latest: the figure of the last earlier period that has one. linear: on the line between the nearest known periods
    before and after; beyond them the nearest figure stands. A city without any other figure keeps its gap.

    Args:
        values: shape (n, m).
        method: latest or linear. Assumption: linear reads later periods, so that it revises the past when they arrive.
        history: the other periods.
    Returns:
        Shape (n, m), with donor −3 where filled.
    """
    filled, donor = values.copy(), np.full(values.shape, OBSERVED, dtype=np.int64)
    order = np.argsort(history.times)
    for row, column in zip(*np.nonzero(np.isnan(values)), strict=True):
        known = [k for k in order if not np.isnan(history.figures[k, row, column])]
        if method == "latest":
            known = [k for k in known if history.times[k] < history.now][-1:]
        if known:
            at, figures = history.times[known], history.figures[known, row, column]
            filled[row, column], donor[row, column] = np.interp(history.now, at, figures), OWN
    return Imputed(filled, donor)


def fill(
    figures: _Array,
    *,
    method: str,
    groups: Sequence[Sequence[int]] = (),
    history: History | None = None,
    otherwise: str = "none",
    draws: int = 20,
    seed: int = 0,
) -> Filled:
    """Fill a matrix column by column. A row without any figure is left empty: a city is not made up.

    Args:
        figures: shape (n, m), NaN where missing.
        method: one of `IMPUTATIONS`; latest and linear need `history`.
        groups: row indices of each group, for the group methods.
        history: figures of other periods.
        otherwise: a median or mean method for the gaps that latest and linear leave.
        draws: number of multiple imputations; their mean stands in.
        seed: of the multiple imputations.
    Returns:
        The matrix, the donors, and the draws of shape (d, n, m) where the method is multiple.
    """
    from jinghe.contest.multiple import draw_imputations

    donor = np.full(figures.shape, OBSERVED, dtype=np.int64)
    some = np.asarray(~np.isnan(figures).all(axis=1))
    if method == "multiple":
        sets = draw_imputations(figures, draws=draws, seed=seed)
        gaps = np.isnan(figures) & ~np.isnan(sets[0])
        donor[gaps] = DRAWN
        return Filled(np.where(gaps, sets.mean(axis=0), figures), donor, sets)
    filled = figures
    if method in ("latest", "linear"):
        own = recall(figures, method=method, history=history) if history else Imputed(figures, donor)
        filled = np.where(some[:, None], own.values, figures)
        donor = np.where(some[:, None], own.donor, donor)
        method = otherwise
    rows = [[row for row in members if some[row]] for members in groups]
    parts = [impute(column, method=method, groups=rows) for column in figures.T]
    rest = np.isnan(filled) & some[:, None]
    values = np.column_stack([part.values for part in parts]) if parts else figures
    sources = np.column_stack([part.donor for part in parts]) if parts else donor
    return Filled(np.where(rest, values, filled), np.where(rest, sources, donor))
