"""A reported figure beside one that is hard to make up (旁证核对): electricity, freight, loans, lights at night."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.chance import find_t_power
from jinghe.contest.flags.flag import Probe, Untested
from jinghe.contest.flags.least_squares import fit_least_squares
from jinghe.contest.flags.rules import Check
from jinghe.contest.flags.scope import Scope
from jinghe.labels import Text

__all__ = ["Crosscheck", "find_crosscheck", "probe_crosschecks"]

_Array = NDArray[np.float64]
_LEAST, _SHIFT = 5, log(1.1)


class Crosscheck(NamedTuple):
    """What is left of ln y: residuals, t and p, each (n, periods), NaN where missing; b, scale s, leverage, df."""

    residuals: _Array
    t: _Array
    p: _Array
    slope: float
    scale: float
    leverage: _Array
    df: int


def find_crosscheck(reported: _Array, beside: _Array) -> Crosscheck | None:
    """Ask which reported figures are far from what the series beside suggests: ln y_it = a_i + d_t + b ln z_it + e.

    Externally studentised residuals, two-sided t with df − 1 degrees of freedom, exact for normal errors.

    Args:
        reported: y, (n, periods), positive; others count as missing.
        beside: z, the same shape.
    Returns:
        The residuals; None when fewer than five degrees of freedom are left.
    Source: after Wallace (2014) and Chen, Qiao & Zhu (2021), who hold reported output against electricity and lights.
    """
    from scipy.special import stdtr

    y, z = (np.log(np.where(table > 0, table, np.nan)) for table in (reported, beside))
    rows, columns = np.nonzero(~np.isnan(y) & ~np.isnan(z))
    if rows.size < _LEAST:
        return None
    at = (rows, columns)
    design = np.column_stack(
        [z[at] - z[at].mean(), rows[:, None] == np.unique(rows), columns[:, None] == np.unique(columns)]
    )
    fit = fit_least_squares(design.astype(float), y[at])
    if fit.df < _LEAST or not fit.scale > 0:
        return None
    t = fit.studentised
    blank = np.full((4, *y.shape), np.nan)
    for layer, values in zip(blank, (fit.residuals, t, 2 * stdtr(fit.df - 1, -np.abs(t)), fit.leverage), strict=True):
        layer[at] = values
    return Crosscheck(blank[0], blank[1], blank[2], float(fit.coefficients[0]), fit.scale, blank[3], fit.df)


def probe_crosschecks(scope: Scope, checks: Sequence[Check]) -> Iterator[Probe | Untested]:
    """Test the scored figure of every contestant against each series that `contest.flags.checks` puts beside it."""
    for check in checks if scope.history else ():
        tables = [scope.table(name, scope.history) for name in (check.figure, check.beside)]
        found = find_crosscheck(*tables)
        last = scope.history[-1]
        if found is None:
            n = int((~np.isnan(tables[0]) & ~np.isnan(tables[1])).sum())
            reason = Text("两列数据共有的期数与地区太少", "too few contestants and periods have both series")
            yield Untested("cross-check", scope.superior, check.figure, last, n, reason)
            continue
        n = int((~np.isnan(found.residuals)).sum())
        for row, code in enumerate(scope.codes):
            if not np.isnan(found.p[row, -1]):
                yield _tell(scope, check, found, row, code, n)


def _tell(scope: Scope, check: Check, found: Crosscheck, row: int, code: str, n: int) -> Probe:
    last, who = scope.history[-1], scope.name(code)
    label, beside = scope.label(check.figure), scope.label(check.beside)
    left = 1 - float(found.leverage[row, -1])
    effect = float(found.residuals[row, -1]) / left  # against a line that leaves this figure out
    evidence = Text(
        f"{who.zh} {last} {label.zh}比{beside.zh}所提示的{'高' if effect > 0 else '低'} "
        f"{abs(100 * np.expm1(effect)):.1f}%。"
        "产业结构与能耗变化也会造成，请核对。",
        f"{label.en} of {who.en}, {last}: {abs(100 * np.expm1(effect)):.1f} % {'above' if effect > 0 else 'below'} "
        "what "
        f"{beside.en} suggests. A change of structure may explain it; please check.",
    )
    power = find_t_power(found.df - 1, shift=_SHIFT * sqrt(left) / found.scale)
    against = Text("偏离一成时", "a tenth too much")
    return Probe("cross-check", code, check.figure, last, effect, float(found.p[row, -1]), n, power, evidence, against)
