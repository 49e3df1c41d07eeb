"""From series to the figure of every city under a regional formula (区域测度计算), with what was left out and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.formula import (
    CouplingFormula,
    Formula,
    GapFormula,
    GravityFormula,
    LocalMoranFormula,
    NeighbourFormula,
    StructureFormula,
)
from jinghe.contest.regional import (
    SCALE_WARNING,
    compare_to_rest,
    couple,
    couple_corrected,
    find_gini,
    find_gravity,
    find_lag,
    find_local_moran,
    find_sigma,
    find_theil,
    make_weights,
)
from jinghe.errors import DataError, problem
from jinghe.labels import Text
from jinghe.region import Region

__all__ = ["Outcome", "Setting", "evaluate"]

_Array = NDArray[np.float64]
_FLOOR = 0.01  # the worst level of a subsystem; at 0 a geometric mean would forget all the others
_LEAST = 5  # cities for a statistic over neighbours


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a formula is evaluated (测度环境): the contestants, their region and the day on which groups are read."""

    codes: tuple[str, ...]
    region: Region
    on: date


class Outcome(NamedTuple):
    """Values of shape (n,), NaN where undefined, and notes on what is undefined or must be known to read them."""

    values: _Array
    notes: tuple[Text, ...] = ()


def evaluate(formula: Formula, columns: Sequence[_Array], *, setting: Setting) -> Outcome:
    """Evaluate a regional formula for every contestant.

    coupling: D of `couple` or `couple_corrected`, levels (x − worst)/(best − worst) cut to [0.01, 1]. theil, gini,
    sigma: Theil's index, the Gini, or σ of figures per head inside the first listed group that holds the city (each
    city counts once in Gini and σ, by its people in Theil's index), or its fall, before − now with
    y_{t−1} = y_t/(1 + growth/100). neighbours: mean of the figures of the city and its neighbours, one of theirs at
    least, or |ln x_i − ln mean of the neighbours|. local_moran: I_i. structure: Krugman's index or the cosine against
    all others. gravity: ln Σ_j R_ij. With `over`, x is of/over.

    Args:
        formula: what to evaluate.
        columns: its series, (n,) each, in the order of `formula.series`.
        setting: contestants, region, day.
    Returns:
        Values and notes. A city with a gap, with a figure that is not positive where a logarithm is taken, without a
        neighbour or without a group has NaN; too few cities, or cities that are all alike, leave all NaN. Each is told.
    Raises:
        DataError: an unknown group, or a pair of cities without a distance.
    """
    return _RULES[type(formula)](formula, list(columns), setting)


def _couple(formula: CouplingFormula, columns: list[_Array], setting: Setting) -> Outcome:
    ends = [(worst, best) for _, worst, best in formula.systems]
    levels = np.column_stack([(x - worst) / (best - worst) for x, (worst, best) in zip(columns, ends, strict=True)])
    known = ~np.isnan(levels).any(axis=1)
    values = _blank(setting)
    if known.any():
        model = couple if formula.model == "traditional" else couple_corrected
        values[known] = model(np.clip(levels[known], _FLOOR, 1.0)).coordination
    outside = int(((levels < _FLOOR) | (levels > 1)).any(axis=1).sum())
    cut = Text(
        f"{outside} 个地区有子系统水平越界，已截断。", f"Cities with a subsystem beyond its ends, cut off: {outside}."
    )
    return Outcome(values, (SCALE_WARNING, *((cut,) if outside else ())))


def _gap(formula: GapFormula, columns: list[_Array], setting: Setting) -> Outcome:
    level, people = columns[:2]
    before = level / (1 + columns[2] / 100) if formula.growth else level
    usable = (level > 0) & (people > 0) & (before > 0) & np.isfinite(before)
    values, alone = _blank(setting), []
    groups = [setting.region.group(name) for name in formula.groups]
    for k, code in enumerate(setting.codes):
        home = next((group for group in groups if code in group.codes(setting.on)), None)
        members = set(home.codes(setting.on)) if home else set()
        inside = np.array([other in members for other in setting.codes]) & usable
        if not usable[k] or inside.sum() < 2:
            alone.append(code)
            continue
        now = _INDICES[formula.index](level[inside], people[inside])
        values[k] = _INDICES[formula.index](before[inside], people[inside]) - now if formula.growth else now
    why = Text("没有数据，或所在分组不足两个地区有数据", "without figures, or in no group with two that have them")
    return Outcome(values, _tell(alone, setting, why))


def _neighbours(formula: NeighbourFormula, columns: list[_Array], setting: Setting) -> Outcome:
    x = _divide(columns)
    if formula.how == "gap":
        x = np.where(x > 0, x, np.nan)
    lag = find_lag(x, weights=make_weights(setting.codes, setting.region.borders))
    if formula.how == "gap":
        values = np.abs(np.log(x) - np.log(lag))
    else:
        counts, own = _count_neighbours(x, setting), ~np.isnan(x)
        values = (np.where(own, x, 0.0) + counts * lag) / (own + counts)
    missing = [code for code, value in zip(setting.codes, values, strict=True) if np.isnan(value)]
    why = Text("没有有数据的邻市，或本市没有数据", "without a neighbour that has figures, or without any of its own")
    return Outcome(values, _tell(missing, setting, why))


def _local_moran(_formula: LocalMoranFormula, columns: list[_Array], setting: Setting) -> Outcome:
    x = _divide(columns)
    known = ~np.isnan(x)
    codes = tuple(code for code, there in zip(setting.codes, known, strict=True) if there)
    weights = make_weights(codes, setting.region.borders)
    values = _blank(setting)
    near = weights.sum(axis=1) > 0
    if near.sum() >= _LEAST and np.ptp(x[known][near]) > 1e-12 * np.abs(x[known][near]).max():
        values[known] = find_local_moran(x[known], weights=weights, seed=0, draws=1).values
    missing = [code for code, value in zip(setting.codes, values, strict=True) if np.isnan(value)]
    why = Text(
        f"没有数据或邻市，或可用地区不足 {_LEAST} 个、全部相同",
        f"no figure or neighbour, fewer than {_LEAST} cities, or all alike",
    )
    return Outcome(values, _tell(missing, setting, why))


def _structure(formula: StructureFormula, columns: list[_Array], setting: Setting) -> Outcome:
    table = np.column_stack(columns)
    known = (table >= 0).all(axis=1) & (table.sum(axis=1) > 0)
    values = _blank(setting)
    if known.sum() > 1:
        values[known] = compare_to_rest(table[known])[("krugman", "cosine").index(formula.how)]
    missing = [code for code, value in zip(setting.codes, values, strict=True) if np.isnan(value)]
    return Outcome(values, _tell(missing, setting, Text("分产业数据不全或为负", "sectors missing or negative")))


def _gravity(formula: GravityFormula, columns: list[_Array], setting: Setting) -> Outcome:
    people, output = columns
    known = (people > 0) & (output > 0)
    codes = [code for code, there in zip(setting.codes, known, strict=True) if there]
    values = _blank(setting)
    if len(codes) > 1:
        links = find_gravity(people[known], output=output[known], distance=_distances(formula, codes))
        values[known] = np.log(links.out)
    missing = [code for code, value in zip(setting.codes, values, strict=True) if np.isnan(value)]
    return Outcome(values, _tell(missing, setting, Text("没有数据", "without figures")))


def _distances(formula: GravityFormula, codes: list[str]) -> _Array:
    table = np.zeros((len(codes), len(codes)))
    missing = []
    for i, a in enumerate(codes):
        for j, b in enumerate(codes[:i]):
            found = formula.distances.get((a, b)) or formula.distances.get((b, a))
            missing += [] if found else [f"{b}-{a}"]
            table[i, j] = table[j, i] = found or np.nan
    if missing:
        raise DataError(
            [problem("distance-missing", "measure.gravity.distances", found=", ".join(missing[:5]), count=len(missing))]
        )
    return table


def _divide(columns: list[_Array]) -> _Array:
    if len(columns) == 1:
        return columns[0]
    above, below = columns
    return np.asarray(np.divide(above, below, out=np.full(above.shape, np.nan), where=below != 0))


def _count_neighbours(x: _Array, setting: Setting) -> _Array:
    links = make_weights(setting.codes, setting.region.borders) > 0
    counts: _Array = (links & ~np.isnan(x)[None, :]).sum(axis=1).astype(float)
    return counts


def _blank(setting: Setting) -> _Array:
    return np.full(len(setting.codes), np.nan)


def _tell(codes: Sequence[str], setting: Setting, why: Text) -> tuple[Text, ...]:
    if not codes:
        return ()
    zh, en = (setting.region.names(codes, lang) for lang in ("zh", "en"))
    return (Text(f"{zh}无值：{why.zh}。", f"No value for {en}: {why.en}."),)


_INDICES: dict[str, Callable[[_Array, _Array], float]] = {
    "theil": lambda output, people: find_theil(output, people=people)[0],
    "gini": lambda output, people: find_gini(output / people),
    "sigma": lambda output, people: float(find_sigma(output / people)[0]),
}
_RULES: dict[type, Callable[..., Outcome]] = {
    CouplingFormula: _couple,
    GapFormula: _gap,
    NeighbourFormula: _neighbours,
    LocalMoranFormula: _local_moran,
    StructureFormula: _structure,
    GravityFormula: _gravity,
}
