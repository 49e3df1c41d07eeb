"""What a run tells (推演结果): means, bands and a summary, each with its Monte-Carlo error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import nan, sqrt

import numpy as np

from jinghe.labels import Text
from jinghe.simulation.draws import Array
from jinghe.simulation.model import Paths
from jinghe.simulation.setting import Setting

__all__ = ["SUMMARY", "VARIABLES", "Band", "Estimate", "Run", "average", "find_losers", "make_bands", "summarise"]


VARIABLES: dict[str, Text] = {
    "cooperation": Text("协同努力", "Joint effort"),
    "growth_effort": Text("增长努力", "Growth effort"),
    "window_dressing": Text("数据粉饰", "Window dressing"),
    "trust": Text("互信", "Trust"),
    "output": Text("产出", "Output"),
}
SUMMARY: dict[str, Text] = {
    "cooperation": Text("末年协同努力", "Joint effort, last year"),
    "cooperation_without_promotion": Text("末年协同努力（取消晋升激励）", "Joint effort without promotion"),
    "growth_effort": Text("增长努力（各年平均）", "Growth effort, mean of all years"),
    "trust": Text("末年互信", "Trust, last year"),
    "output": Text("产出（各年平均）", "Output, mean of all years"),
    "window_dressing_share": Text("末年粉饰占比", "Share of window dressing, last year"),
    "goodhart_gap": Text("古德哈特缺口（指标与真实进展之差）", "Goodhart gap (indicator and true progress)"),
    "rank_validity": Text("末年得分与真实贡献的秩相关", "Rank correlation of score and contribution"),
    "selectivity": Text("选择性合作（努力与得益份额的相关）", "Selective cooperation (effort and gain)"),
    "losing_cities": Text("因协同净受损的城市数", "Cities that lose by cooperating"),
}

_SOURCES = {"cooperation": "cooperation", "growth_effort": "growth", "window_dressing": "dressing"}


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over replications with its Monte-Carlo standard error (估计值); NaN when undefined."""

    label: Text
    value: float
    error: float


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """Mean and 5–95 % band over replications (区间): shape (T,) for the region, (T, n) for its cities."""

    mean: Array
    low: Array
    high: Array


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """What the cities would do under one set of rules (一次推演). Nothing in it is calibrated.

    Attributes:
        id: `compact`, or the id of the alternative.
        label: its name.
        codes: the n contestants.
        periods: the T years.
        means, low, high: by variable of `VARIABLES`, shape (T, n): mean and 5–95 % over replications.
        regional: the same for the mean over contestants, shape (T,).
        summary: by name of `SUMMARY`.
        losers: contestants whose net gain from cooperation is negative by more than two standard errors.
        regret: what an official could still gain by leaving the equilibrium the run starts from.
        survives_without_promotion: for the compact, whether at V = 0 at least half of its last joint effort is left;
            for an alternative, whether it still differs from the compact in the same direction.
    """

    id: str
    label: Text
    codes: tuple[str, ...]
    periods: tuple[str, ...]
    means: Mapping[str, Array]
    low: Mapping[str, Array]
    high: Mapping[str, Array]
    regional: Mapping[str, Band]
    summary: Mapping[str, Estimate]
    losers: tuple[str, ...]
    regret: float
    seed: int
    replications: int
    survives_without_promotion: bool
    calibrated: bool = False
    notes: tuple[Text, ...] = ()


def make_bands(paths: Paths) -> tuple[dict[str, Band], dict[str, Band]]:
    """Return, by variable, the bands of the cities (T, n) and of the region (T,)."""
    series = {name: getattr(paths, _SOURCES.get(name, name)) for name in VARIABLES}
    cities = {name: _band(values) for name, values in series.items()}
    return cities, {name: _band(values.mean(axis=-1)) for name, values in series.items()}


def summarise(setting: Setting, paths: Paths, without: Paths) -> dict[str, Estimate]:
    """Sum up a run: means over replications with standard errors, defined replications only.

    `losing_cities` is the number of `find_losers`, a count over all replications without an error of its own.

    Args:
        setting: the rules.
        paths: what happened, R replications.
        without: the same with V = 0.
    Returns:
        An estimate for every name of `SUMMARY`; NaN where no replication defines it.
    """
    last = paths.cooperation[:, -1].mean(axis=1)
    dressing = paths.dressing[:, -1].mean(axis=1)
    found = {
        "cooperation": last,
        "cooperation_without_promotion": without.cooperation[:, -1].mean(axis=1),
        "growth_effort": paths.growth.mean(axis=(1, 2)),
        "trust": paths.trust[:, -1].mean(axis=1),
        "output": paths.output.mean(axis=(1, 2)),
        "window_dressing_share": _divide(dressing, last + dressing),
        "goodhart_gap": 1 - _slope(_flat(paths.measured), setting.parameters.joint_measure * _flat(paths.joint)),
        "rank_validity": _correlation(_ranks(paths.score[:, -1]), _ranks(paths.contribution[:, -1])),
        "selectivity": _selectivity(setting, paths),
    }
    estimates = {name: Estimate(SUMMARY[name], *average(values)) for name, values in found.items()}
    losing = Estimate(SUMMARY["losing_cities"], float(len(find_losers(setting, paths))), 0.0)
    return estimates | {"losing_cities": losing}


def find_losers(setting: Setting, paths: Paths) -> tuple[str, ...]:
    """Name the contestants whose mean net gain from cooperation is below zero by more than two standard errors."""
    means = [average(paths.gain[:, :, i].mean(axis=1)) for i in range(setting.n)]
    return tuple(code for code, (mean, error) in zip(setting.codes, means, strict=True) if mean + 2 * error < 0)


def average(values: Array) -> tuple[float, float]:
    """Return the mean over replications and its standard error, leaving undefined replications out; NaN when all are.

    >>> average(np.array([1.0, 3.0, np.nan]))
    (2.0, 1.0)
    """
    known = values[~np.isnan(values)]
    if not len(known):
        return nan, nan
    return float(known.mean()), float(known.std(ddof=1) / sqrt(len(known))) if len(known) > 1 else nan


def _band(values: Array) -> Band:
    low, high = np.quantile(values, (0.05, 0.95), axis=0)
    return Band(values.mean(axis=0), low, high)


def _flat(values: Array) -> Array:
    return values.reshape(len(values), -1)


def _divide(above: Array, below: Array) -> Array:
    return np.asarray(np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 0))


def _slope(x: Array, y: Array) -> Array:
    """Least-squares slope of y on x in every row."""
    x = x - x.mean(axis=1, keepdims=True)
    return _divide((x * y).sum(axis=1), (x * x).sum(axis=1))


def _correlation(x: Array, y: Array) -> Array:
    x, y = (v - v.mean(axis=1, keepdims=True) for v in (x, y))
    return _divide((x * y).sum(axis=1), np.sqrt((x * x).sum(axis=1) * (y * y).sum(axis=1)))


def _ranks(values: Array) -> Array:
    """Mid-ranks in every row: equal values share their mean rank."""
    below = (values[:, :, None] > values[:, None, :]).sum(axis=-1)
    equal = (values[:, :, None] == values[:, None, :]).sum(axis=-1)
    return np.asarray(below + (equal + 1) / 2)


def _selectivity(setting: Setting, paths: Paths) -> Array:
    giver, partner = setting.network.giver, setting.network.partner
    share = setting.theta[giver] / (setting.theta[giver] + setting.theta[partner])
    efforts = paths.pairs[:, 0]
    if not len(giver) or np.ptp(share) == 0:
        return np.full(len(efforts), nan)
    return _correlation(efforts, np.broadcast_to(share, efforts.shape))
