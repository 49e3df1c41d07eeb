"""What is looked at for flags (核查范围): whose figures, of which periods, in which unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import isnan

import numpy as np
from numpy.typing import NDArray

from jinghe.errors import DataError
from jinghe.labels import Text
from jinghe.panel import Observation, Panel
from jinghe.region import Region
from jinghe.units import Period, convert

__all__ = ["Scope", "find_factor", "find_history", "is_amount"]


@dataclass(frozen=True, slots=True)
class Scope:
    """Figures of the contestants and of their superior (核查范围).

    `periods` are those that are scored; `history` are all of the same length up to the scored one, the oldest first.
    `directions` are +1 where more is better, −1 where less is.
    """

    panel: Panel
    region: Region
    codes: tuple[str, ...]
    periods: tuple[str, ...]
    labels: Mapping[str, Text]
    history: tuple[str, ...] = ()
    directions: Mapping[str, int] = field(default_factory=dict)

    @property
    def superior(self) -> str:
        """Code of the jurisdiction the contestants belong to, empty when the region does not say."""
        return self.region.jurisdiction(self.codes[0]).parent if self.codes else ""

    @property
    def series(self) -> tuple[tuple[str, str], ...]:
        """Each (indicator, period) with a figure, in order."""
        found = {(item.indicator, item.period) for item in self.panel.observations if item.period in self.periods}
        return tuple(sorted(found))

    @property
    def indicators(self) -> tuple[str, ...]:
        """Each indicator with a figure of a contestant in the history, in order."""
        past, own = set(self.history), set(self.codes)
        return tuple(
            sorted({o.indicator for o in self.panel.observations if o.period in past and o.jurisdiction in own})
        )

    @property
    def span(self) -> str:
        """Name the history: its only period, or first–last."""
        ends = tuple(dict.fromkeys((self.history[0], self.history[-1]))) if self.history else ()
        return "–".join(ends)

    @property
    def tail(self) -> tuple[str, ...]:
        """The longest run of periods without a gap that ends with the scored one."""
        run: list[str] = []
        for name in reversed(self.history):
            if run and Period.of(name).end != Period.of(run[-1]).start:
                break
            run.append(name)
        return tuple(reversed(run))

    def find(self, code: str, indicator: str, period: str) -> Observation | None:
        """Return the latest figure unless it is missing."""
        item = self.panel.find(code, indicator, period)
        return None if item is None or isnan(item.value) else item

    def find_all(self, indicator: str, period: str) -> tuple[Observation, ...]:
        """Return the contestants' latest figures, those there are."""
        return tuple(item for code in self.codes if (item := self.find(code, indicator, period)))

    def table(self, indicator: str, periods: Sequence[str]) -> NDArray[np.float64]:
        """Return the contestants' figures, (n, periods), in the unit of the first; NaN where there is none."""
        found = [[self.find(code, indicator, period) for period in periods] for code in self.codes]
        unit = next((item.unit for row in found for item in row if item), "")
        values = [
            [item.value * (find_factor(item.unit, unit) or np.nan) if item else np.nan for item in row] for row in found
        ]
        return np.array(values, dtype=float).reshape(len(self.codes), len(periods))

    def label(self, indicator: str) -> Text:
        """Name an indicator, by its id when the contest does not declare it."""
        return self.labels.get(indicator) or Text(indicator, indicator)

    def name(self, code: str) -> Text:
        """Name a jurisdiction."""
        return Text(self.region.name(code, "zh"), self.region.name(code, "en"))

    def title(self, item: Observation) -> Text:
        """Name one figure: who, when, what."""
        label, name = self.label(item.indicator), self.name(item.jurisdiction)
        when = f"{item.period}年" if item.period.isdigit() else f" {item.period} "
        return Text(f"{name.zh}{when}{label.zh}", f"{label.en} of {name.en}, {item.period}")


def find_history(panel: Panel, period: Period) -> tuple[str, ...]:
    """Find the periods of the panel that are as long as this one, in the same part of the year and not later."""
    names = {item.period for item in panel.observations}
    found = []
    for name in names:
        try:
            one = Period.of(name)
        except DataError:
            continue
        same = (one.months, one.start.month) == (period.months, period.start.month)
        found += [one] if same and one.end <= period.end else []
    return tuple(one.name for one in sorted(found))


def find_factor(found: str, expected: str) -> float:
    """How many `expected` one `found` is; 0 when they do not convert.

    >>> find_factor("亿元", "万元"), find_factor("亿元", "人")
    (10000.0, 0.0)
    """
    try:
        return float(convert(Fraction(1), found, expected))
    except DataError:
        return 0.0


def is_amount(unit: str) -> bool:
    """Is it a unit of money or of persons, whose figures add up?"""
    return any(find_factor(unit, whole) for whole in ("元", "人"))
