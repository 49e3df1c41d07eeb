"""What a run tells (推演结果): means, bands and a summary, each with its Monte-Carlo error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import nan, sqrt

import numpy as np

from jinghe.labels import Text
from jinghe.simulation.draws import Array
from jinghe.simulation.engine import Played
from jinghe.simulation.measures import RECORDS
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
    "standards": Text("末年标准化程度", "Standards, last year"),
    "advanced": Text("末年达到成熟阶段的比例", "Share that ends in the advanced stage"),
    "regress_events": Text("退行次数", "Times a stage was lost"),
    "surplus": Text("社会剩余（各市各年平均）", "Social surplus, mean of cities and years"),
    "participation_violations": Text("每次推演中净受损的城市数", "Cities that lose in a single run"),
    "wrong_winner": Text("末年晋升者并非贡献前列的比例", "Share of the promoted who are not the top contributors"),
}

_SOURCES = {"growth_effort": "growth", "window_dressing": "dressing"}
_REGIONAL = ("growth", "cooperation", "dressing", "trust", "output")


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


def make_bands(played: Played) -> tuple[dict[str, Band], dict[str, Band]]:
    """Return, by variable, the bands of the cities (T, n) and of the region (T,).

    Means are over all replications; the 5–95 % band of a city is over the replications kept in full, that of the
    region over all.
    """
    cities, region = {}, {}
    for name in VARIABLES:
        source = _SOURCES.get(name, name)
        at, course = RECORDS.index(source), played.regional[:, :, _REGIONAL.index(source)]
        low, high = np.quantile(played.kept[:, at], (0.05, 0.95), axis=0)
        cities[name] = Band(played.means[_REGIONAL.index(source)], low, high)
        low, high = np.quantile(course, (0.05, 0.95), axis=0)
        region[name] = Band(course.mean(axis=0), low, high)
    return cities, region


def summarise(setting: Setting, played: Played, without: Played) -> dict[str, Estimate]:
    """Sum up a run: means over replications with standard errors, defined replications only.

    `losing_cities` is the number of `find_losers`, a count over all replications without an error of its own.

    Args:
        setting: the rules.
        played: what happened, R replications.
        without: the same with V = 0.
    Returns:
        An estimate for every name of `SUMMARY`; NaN where no replication defines it.
    """
    found = {
        "cooperation_without_promotion": without.measured("cooperation"),
        "advanced": (played.measured("stage") == 2).astype(float),
    }
    measured = {name: found.get(name) for name in SUMMARY if name != "losing_cities"}
    estimates = {
        name: Estimate(SUMMARY[name], *average(played.measured(name) if values is None else values))
        for name, values in measured.items()
    }
    losing = Estimate(SUMMARY["losing_cities"], float(len(find_losers(setting, played))), 0.0)
    return {name: losing if name == "losing_cities" else estimates[name] for name in SUMMARY}


def find_losers(setting: Setting, played: Played) -> tuple[str, ...]:
    """Name the contestants whose mean net gain from cooperation is below zero by more than two standard errors."""
    below = played.gain + 2 * played.gain_error < 0
    return tuple(code for code, loses in zip(setting.codes, below, strict=True) if loses)


def average(values: Array) -> tuple[float, float]:
    """Return the mean over replications and its standard error, leaving undefined replications out; NaN when all are.

    >>> average(np.array([1.0, 3.0, np.nan]))
    (2.0, 1.0)
    """
    known = values[~np.isnan(values)]
    if not len(known):
        return nan, nan
    return float(known.mean()), float(known.std(ddof=1) / sqrt(len(known))) if len(known) > 1 else nan
