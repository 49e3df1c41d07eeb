"""The compiled engine, what is measured of a replication (编译内核·指标): the same numbers as `measures.measure`."""

from __future__ import annotations

from typing import Any

import numpy as np

from jinghe.simulation.compiled import compiled
from jinghe.simulation.layout import City, Edge
from jinghe.simulation.parameters import NAMES

__all__ = ["measure_run"]

_MEASURE = NAMES.index("joint_measure")
_ROUNDING = 1e-20  # as in `measures`


@compiled
def measure_run(d: Any, w: Any, copy: int, row: Any) -> None:
    """Write the measures of one of the replications in the work arrays into a row, in the order of `MEASURES`."""
    d_regime, d_theta, d_numbers, w_course = d.regime, d.cities[0], d.numbers, w.course[copy]
    r, years, n = w.records[copy], len(d_regime), len(d_theta) // d.copies
    w_bar = w.city[City.bar, :n]
    last = years - 1
    cooperation, dressing, trust = _mean(r[1, last]), _mean(r[2, last]), _mean(r[3, last])
    row[0], row[1], row[2], row[3] = cooperation, _mean_all(r[0]), trust, _mean_all(r[4])
    row[4] = dressing / (cooperation + dressing) if cooperation + dressing > 0 else np.nan
    row[5] = 1 - _slope(r[5], r[6]) * d_numbers[0, _MEASURE]
    row[6] = _rank_correlation(r[8, last], r[7, last], w)
    row[7] = _selectivity(d, w, copy)
    row[8], row[9] = w_course[0, last], w_course[1, last]
    falls, first = 0.0, np.nan
    for t in range(years):
        if t > 0 and w_course[1, t] < w_course[1, t - 1]:
            falls += 1.0
        if np.isnan(first) and w_course[1, t] == 2.0:
            first = t + 1.0
    row[10], row[11], row[12] = falls, first, _mean_all(r[12])
    worst, losers = 0.0, 0.0
    for t in range(years):
        worst = max(worst, abs(w_course[2, t]))
    for i in range(n):
        losers += 1.0 if _mean(r[9, :, i]) < 0 else 0.0
        w_bar[i] = d_theta[i] * _mean(r[7, :, i])
    row[13], row[14] = losers, _theil(w_bar)
    row[15] = 1.0 if cooperation > 0.2 * d.unit else 0.0
    row[16] = _wrong(d, r[10, last], r[7, last])
    row[17] = worst


@compiled
def _mean(values: Any) -> float:
    total = 0.0
    for k in range(len(values)):
        total += values[k]
    return float(total / len(values))


@compiled
def _mean_all(values: Any) -> float:
    total = 0.0
    for t in range(values.shape[0]):
        for i in range(values.shape[1]):
            total += values[t, i]
    return float(total / values.size)


@compiled
def _slope(x: Any, y: Any) -> float:
    mean, above, below, whole = _mean_all(x), 0.0, 0.0, 0.0
    for t in range(x.shape[0]):
        for i in range(x.shape[1]):
            above += (x[t, i] - mean) * y[t, i]
            below += (x[t, i] - mean) ** 2
            whole += x[t, i] ** 2
    return above / below if below > _ROUNDING * whole else np.nan


@compiled
def _rank_correlation(x: Any, y: Any, w: Any) -> float:
    n = len(x)
    w_bar, w_next_bar = w.city[City.bar, :n], w.city[City.next_bar, :n]
    _rank_middle(x, w_bar)
    _rank_middle(y, w_next_bar)
    return _correlation(w_bar, w_next_bar)


@compiled
def _rank_middle(x: Any, out: Any) -> None:
    """Mid-ranks from ½ on: equal values share their mean rank."""
    order, start = np.argsort(x), 0
    for k in range(1, len(x) + 1):
        if k == len(x) or x[order[k]] != x[order[start]]:
            for j in range(start, k):
                out[order[j]] = (start + k) / 2
            start = k


@compiled
def _correlation(x: Any, y: Any) -> float:
    mean_x, mean_y, above, square_x, square_y = _mean(x), _mean(y), 0.0, 0.0, 0.0
    whole_x, whole_y = 0.0, 0.0
    for k in range(len(x)):
        above += (x[k] - mean_x) * (y[k] - mean_y)
        square_x += (x[k] - mean_x) ** 2
        square_y += (y[k] - mean_y) ** 2
        whole_x += x[k] ** 2
        whole_y += y[k] ** 2
    varies = square_x > _ROUNDING * whole_x and square_y > _ROUNDING * whole_y
    return above / np.sqrt(square_x * square_y) if varies else np.nan


@compiled
def _selectivity(d: Any, w: Any, copy: int) -> float:
    edges = len(d.links[0]) // d.copies
    d_giver, d_theta, d_partner, w_fresh = d.links[0, :edges], d.cities[0], d.links[1], w.edge[Edge.fresh, :edges]
    w_joint = w.edge[Edge.joint, copy * edges : (copy + 1) * edges]
    low, high = np.inf, -np.inf
    for e in range(len(d_giver)):
        w_fresh[e] = d_theta[d_giver[e]] / (d_theta[d_giver[e]] + d_theta[d_partner[e]])
        low, high = min(low, w_fresh[e]), max(high, w_fresh[e])
    return _correlation(w_joint, w_fresh) if high > low else np.nan


@compiled
def _theil(values: Any) -> float:
    mean, total = _mean(values), 0.0
    for i in range(len(values)):
        if values[i] <= 0 or mean <= 0:
            return np.nan
        total += values[i] / mean * np.log(values[i] / mean)
    return total / len(values)


@compiled
def _wrong(d: Any, promoted: Any, contribution: Any) -> float:
    d_pools, d_numbers = d.groups[0], d.numbers
    chosen, wrong = 0.0, 0.0
    for i in range(len(promoted)):
        if promoted[i] > 0:
            ahead = 0
            for j in range(len(promoted)):
                ahead += 1 if d_pools[j] == d_pools[i] and contribution[j] > contribution[i] else 0
            chosen += 1.0
            wrong += 1.0 if ahead >= d_numbers[-1, 0] else 0.0
    return wrong / chosen if chosen > 0 else np.nan
