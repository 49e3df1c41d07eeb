"""From observations and joint items to the figures of an indicator (测度), each with what it was read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.credit import Credits, ItemCredit, credit_items
from jinghe.contest.credit_rule import CreditRule
from jinghe.contest.formula import GapFormula
from jinghe.contest.indicator import Convergence, Indicator, Ratio, Register
from jinghe.contest.outcome import Setting, evaluate
from jinghe.contest.register import JointItem
from jinghe.errors import DataError, RuleError, problem
from jinghe.labels import Text
from jinghe.panel import Observation, Panel
from jinghe.region import Region
from jinghe.units import Period, convert

__all__ = ["Evidence", "Inputs", "Measured", "measure", "read_series"]

_Array = NDArray[np.float64]

_NOISE = 1e-12  # log points; gaps are of order 1, so that less than this is floating point


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a period is scored from (考核依据): figures, joint items, contestants, the credit rule and known units."""

    panel: Panel
    items: tuple[JointItem, ...]
    codes: tuple[str, ...]
    period: Period
    rule: CreditRule | str
    units: Mapping[str, Text]
    region: Region | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one city's figure was read from (依据)."""

    observations: tuple[Observation, ...] = ()
    items: tuple[ItemCredit, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """One indicator for all contestants (测度值): shape (n,), NaN where undefined."""

    values: _Array
    evidence: tuple[Evidence, ...]
    notes: tuple[Text, ...] = ()


def measure(indicator: Indicator, *, inputs: Inputs) -> Measured:
    """Measure one indicator in its own period or the scored one.

    Figure: x = the latest observation. Ratio: x = factor · of_t / over_s. Register: x = Σ credit of the joint items
    dated inside the window. Convergence: with y_t = level_t / over, y_{t−1} = y_t / (1 + growth/100) (real, at prices
    of t) and the mean ȳ weighted by `over`, x = |ln(y_{t−1}/ȳ_{t−1})| − |ln(y_t/ȳ_t)|; positive = came closer.
    Assumption: ours, that the population of `over_period` weighs both years. Regional formulas: see `evaluate`.

    Args:
        indicator: what to measure.
        inputs: figures, items, contestants, period and credit rule.
    Returns:
        Values of shape (n,), the evidence of each, and notes on what was left out.
    Raises:
        DataError: a figure's unit does not convert to the indicator's.
        RuleError: a regional formula without a region.
    """
    spec = indicator.measure
    if isinstance(spec, Register):
        return _register(indicator, spec, inputs)
    if isinstance(spec, Convergence | GapFormula) and spec.growth:  # their formulas take growth in percent
        inputs = replace(inputs, units={**inputs.units, spec.growth: Text("%", "%")})
    series = [read_series(name, inputs=inputs, period=period) for name, period in indicator.series]
    values = [s.values for s in series]
    cells = zip(*(s.evidence for s in series), strict=True)
    evidence = tuple(Evidence(tuple(o for one in cell for o in one.observations)) for cell in cells)
    if isinstance(spec, Ratio):
        return Measured(_divide(spec.factor * values[0], values[1]), evidence)
    if isinstance(spec, Convergence):
        return Measured(_converge(*values), evidence)
    if spec is None:
        return Measured(values[0], evidence)
    if inputs.region is None:
        raise RuleError([problem("measure-region", f"contest.indicators.{indicator.id}.measure")])
    found = evaluate(spec, values, setting=Setting(inputs.codes, inputs.region, inputs.period.last))
    names = indicator.label
    return Measured(
        found.values, evidence, tuple(Text(f"{names.zh}：{n.zh}", f"{names.en}: {n.en}") for n in found.notes)
    )


def read_series(name: str, *, inputs: Inputs, period: str | None = None) -> Measured:
    """Read one panel series for the contestants, in the unit of its indicator or else of the first figure."""
    found = [inputs.panel.find(code, name, period or inputs.period.name) for code in inputs.codes]
    first = next((item.unit for item in found if item), "")
    unit = inputs.units.get(name) or Text(first, first)
    values = [np.nan if item is None else item.value * _factor(item, unit) for item in found]
    return Measured(np.array(values, dtype=float), tuple(Evidence((item,) if item else ()) for item in found))


def _factor(item: Observation, unit: Text) -> float:
    if item.unit in (unit.zh, unit.en):
        return 1.0
    try:
        return float(convert(Fraction(1), item.unit, unit.zh))
    except DataError as error:
        path = f"{item.jurisdiction} {item.indicator} {item.period}"
        raise DataError(p.at(path=path) for p in error.problems) from None


def _divide(above: _Array, below: _Array) -> _Array:
    quotient: _Array = np.full(above.shape, np.nan)
    return np.divide(above, below, out=quotient, where=below != 0)


def _converge(level: _Array, growth: _Array, people: _Array) -> _Array:
    now = _divide(level, people)
    before = _divide(now, 1 + growth / 100)
    known = ~np.isnan(before) & (before > 0) & (now > 0) & (people > 0)
    gaps = np.full((2, *level.shape), np.nan)
    if known.any():
        weight = people[known] / people[known].sum()
        for row, output in enumerate((before[known], now[known])):
            gaps[row, known] = np.abs(np.log(output / (weight @ output)))
    closer = gaps[0] - gaps[1]
    return np.where(np.abs(closer) < _NOISE, 0.0, closer)


def _register(indicator: Indicator, spec: Register, inputs: Inputs) -> Measured:
    window = spec.window or inputs.period
    inside = [item for item in inputs.items if item.is_inside(window)]
    worth = [item for item in inside if spec.points.get(item.status, 0) > 0]
    found = credit_items(worth, rule=inputs.rule, codes=inputs.codes, points=spec.points, on=inputs.period.last)
    evidence = tuple(Evidence((), tuple(c for c in found.items if c.jurisdiction == code)) for code in inputs.codes)
    undated = sum(item.on is None or item.date_kind == "target_year" for item in inputs.items)
    counts = (
        len(worth) - len(found.unclaimed) - len(found.unconfirmed),
        undated,
        len(inputs.items) - len(inside) - undated,
    )
    notes = [_tell_register(indicator.label, window, len(inputs.items), counts, len(inside) - len(worth), found)]
    notes += _tell_credit(indicator.label, found)
    if window.end > inputs.period.end:
        zh, en = (
            f"晚于考核期 {inputs.period} 的事项也计入。",
            f"items later than the scored period {inputs.period} count, too.",
        )
        notes.append(Text(f"{indicator.label.zh}：{zh}", f"{indicator.label.en}: {en}"))
    return Measured(found.totals, evidence, tuple(notes))


def _tell_register(
    label: Text, window: Period, registered: int, counts: tuple[int, int, int], idle: int, found: Credits
) -> Text:
    """Say how many items earn points, and why the others do not."""
    earning, undated, elsewhere = counts
    zh = (
        f"{label.zh}：登记 {registered} 项，{window} 内计分 {earning} 项；未计：无日期或只有目标年份 {undated} 项，"
        f"日期在外 {elsewhere} 项，状态不计分 {idle} 项，无参赛地区 {len(found.unclaimed)} 项。"
    )
    en = (
        f"{label.en}: {earning} of {registered} registered items earn points inside {window}; not counted: {undated} "
        f"with no date or only a target year, {elsewhere} dated outside, {idle} of a status without points, "
        f"{len(found.unclaimed)} without a contestant."
    )
    if found.fallback:
        zh += f"缺少分计规则所需内容、改按均分的 {len(found.fallback)} 项：{'、'.join(found.fallback)}。"
        en += (
            f" Split equally, as what the rule needs is not there: {len(found.fallback)} ({', '.join(found.fallback)})."
        )
    return Text(zh, en)


def _tell_credit(label: Text, found: Credits) -> list[Text]:
    """Say what waits for confirmation, and when credits of the contestants must not be added up."""
    notes = []
    if found.unconfirmed:
        n, names = len(found.unconfirmed), Text("、".join(found.unconfirmed), ", ".join(found.unconfirmed))
        zh = f"{label.zh}：{n} 项尚待合作方确认，未计分：{names.zh}。"
        en = f"{label.en}: items that wait for a partner's confirmation and earn nothing ({n}): {names.en}."
        notes.append(Text(zh, en))
    if abs(found.inflation - 1) > _NOISE and len(found.items):
        zh = f"{label.zh}：各地计分之和为事项总分的 {found.inflation:.2f} 倍，各地得分不得相加。"
        en = f"{label.en}: credits sum to {found.inflation:.2f} times the points of the items and must not be added up."
        notes.append(Text(zh, en))
    return notes
