"""Targets that follow the last result (棘轮效应): who does well is asked for more, so that it pays to hold back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.chance import find_t_power
from jinghe.contest.flags.flag import Probe, Untested
from jinghe.contest.flags.least_squares import fit_least_squares
from jinghe.contest.flags.scope import Scope
from jinghe.labels import Text

__all__ = ["Ratchet", "find_ratchet", "probe_ratchet"]

_Array = NDArray[np.float64]
_FEW, _SHIFT = 20, 0.3


class Ratchet(NamedTuple):
    """By how much the next target rises per unit of result: λ, its standard error, p, n and degrees of freedom."""

    slope: float
    error: float
    p: float
    n: int
    df: int


def find_ratchet(results: _Array, targets: _Array) -> Ratchet | None:
    """Test whether the next target rises with the last result: T_{t+1} = a_i + c_t + b T_t + λ y_t + e, λ > 0.

    Contestants and periods have effects of their own. The plain regression of T_{t+1} − T_t on y_t − T_t, often used,
    finds λ > 0 even for targets set at random, since T_t stands on both sides; b left free avoids that. One-sided t.

    Args:
        results: y, (n, periods), NaN where missing.
        targets: T, the same shape.
    Returns:
        The ratchet; None when nothing is left to estimate it from.
    Source: Weitzman (1980) on the ratchet principle; the specification is ours.
    """
    from scipy.special import stdtr

    after, before, y = targets[:, 1:], targets[:, :-1], results[:, :-1]
    rows, columns = np.nonzero(~np.isnan(after) & ~np.isnan(before) & ~np.isnan(y))
    if rows.size < _FEW:
        return None
    at = (rows, columns)
    who = rows[:, None] == np.unique(rows)
    when = columns[:, None] == np.unique(columns)
    design = np.column_stack([y[at], before[at], who, when]).astype(float)
    design[:, :2] -= design[:, :2].mean(axis=0)
    fit = fit_least_squares(design, after[at])
    if fit.df < 5 or not fit.errors[0] > 1e-12 * max(abs(fit.coefficients[0]), 1e-300):
        return None
    slope, error = float(fit.coefficients[0]), float(fit.errors[0])
    return Ratchet(slope, error, float(stdtr(fit.df, -slope / error)), rows.size, fit.df)


def probe_ratchet(scope: Scope, targets: Mapping[str, str]) -> Iterator[Probe | Untested]:
    """Test each indicator with targets over all contestants and the periods in a row up to the scored one."""
    for name, target in targets.items():
        place, label = (scope.superior, name, scope.span), scope.label(name)
        sign = scope.directions.get(name, 1)
        tables = [sign * scope.table(series, scope.tail) for series in (name, target)]
        found = find_ratchet(*tables) if scope.tail else None
        if found is None:
            n = int((~np.isnan(tables[0]) & ~np.isnan(tables[1])).sum())
            reason = Text(
                f"有目标又有结果的连续数据不足 {_FEW} 个", f"fewer than {_FEW} results with this and the next target"
            )
            yield Untested("ratchet", *place, n, reason)
            continue
        evidence = Text(
            f"{scope.span} {label.zh}：结果每高 1 个单位，下期目标平均高 {found.slope:.2f}。若属实，留有余地对各地更有"
            "利。请检视目标如何确定。",
            f"{label.en}, {scope.span}: a result higher by 1 goes with a next target higher by {found.slope:.2f}. If "
            "so, holding back "
            "pays. Please look at how targets are set.",
        )
        power = find_t_power(found.df, shift=_SHIFT / found.error, sides=1)
        against = Text("下期目标随结果上调三成时", "targets that follow three tenths of the result")
        yield Probe("ratchet", *place, found.slope, found.p, found.n, power, evidence, against)
