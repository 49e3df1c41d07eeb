"""Agreements in the model (协议传导): what a city's growth moves between cities, read off the array evaluator."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from jinghe.errors import JingheError
from jinghe.labels import Text
from jinghe.panel import Panel
from jinghe.sharing import EACH, Agreement, Series, settle_arrays
from jinghe.simulation.draws import Array
from jinghe.units import Period, convert

__all__ = ["Figures", "Rates", "find_rates", "read_figures"]

Figures = Callable[[str, Series, Period], float | None]
"""The figure of a party (key of its column) for a series and a period, in the unit of the series."""

_GROWING = {"tax", "revenue", "gdp", "output", "fiscal", "payroll"}  # a word of the indicators that grow with a city
_STEPS = (0.01, 0.1)  # of the figure; a rule whose slope differs between them is not linear
_ROWS = 256  # figures moved at once
_STRAIGHT = 1e-6

_REVENUE = Series("revenue", "budget_revenue", EACH, "元", Text("收入", "revenue"))
_FOREIGN = Text("所依据的数据不在模型之内", "it settles figures that the model does not have")
_NO_YEAR = Text("推演期内没有整年有效", "it is not in force for a whole year of the simulation")
_MONTHLY = Text("按月结算，模型以年为步", "it settles month by month, the model year by year")
_NO_REVENUE = Text(
    "面板中没有有关地区的一般公共预算收入（budget_revenue），无从折算",
    "the panel has no budget_revenue of its cities to value it by",
)


@dataclass(frozen=True, eq=False)
class Rates:
    """What an agreement moves when cities grow (协议传导率).

    `rates[t, i, j]`: what city i receives in year t when the revenue of city j grows by one; 0 where the agreement is
    not in force. `is_linear`: no figure moved by 10 % says otherwise.
    """

    rates: Array
    is_linear: bool


def find_rates(agreement: Agreement, *, figures: Figures, codes: Sequence[str], years: Sequence[str]) -> Rates | Text:
    """Settle an agreement with each growing figure of each city a little larger, one year at a time.

    A figure grows with its city when a word of its indicator is tax, revenue, gdp, output, fiscal or payroll, and then
    in proportion to the city's `budget_revenue` R: dT/dR = (ΔT/h)/R for a figure larger by the share h. Other figures
    stay. What a figure of this year does to later years is left out, as officials of the model look at the year.

    Args:
        agreement: in force.
        figures: what to settle around, revenue among them.
        codes: the cities.
        years: of the simulation.
    Returns:
        The rates, or why there are none.
    """
    periods = [Period.of(year) for year in years]
    live = [p for p in periods if agreement.is_in_force(p) and agreement.reason_against(p) is None]
    if not live:
        return _NO_YEAR
    moving = {j: growing for j, code in enumerate(codes) if (growing := _growing(agreement, code))}
    if not moving:
        return _FOREIGN
    if any(item.every == "month" and not item.at for item in agreement.data.values()):
        return _MONTHLY
    try:
        known = [[figures(code, _REVENUE, p) or np.nan for code in codes] for p in live]
        revenue = np.array(known, dtype=np.float64)
        if not np.isfinite(revenue[:, list(moving)]).all():
            return _NO_REVENUE
        small, large = (_rates(agreement, figures, live, codes, moving, step) for step in _STEPS)
    except JingheError as error:
        return Text(error.problems[0].text("zh"), error.problems[0].text("en"))
    found = np.zeros((len(periods), len(codes), len(codes)))
    found[[periods.index(p) for p in live]] = small / np.where(np.isfinite(revenue), revenue, 1.0)[:, None, :]
    return Rates(found, bool(np.abs(large - small).max() <= _STRAIGHT * max(np.abs(large).max(), 1e-300)))


def read_figures(panel: Panel) -> Figures:
    """Read figures off a panel: that of the period, else of the last year before it, else of the first."""
    known: dict[tuple[str, str], list[str]] = {}
    for item in panel.observations:
        if len(item.period) == 4 and np.isfinite(item.value):
            known.setdefault((item.jurisdiction, item.indicator), []).append(item.period)

    def find(key: str, series: Series, period: Period) -> float | None:
        years = sorted(known.get((key, series.indicator), ()))
        past = [year for year in years if year <= period.name[:4]]
        item = panel.find(key, series.indicator, period.name)
        if item is None or not np.isfinite(item.value):
            item = panel.find(key, series.indicator, (past[-1:] or years[:1])[0]) if years else None
        return None if item is None else float(convert(Fraction(item.value), item.unit, series.unit))

    return find


def _growing(agreement: Agreement, code: str) -> frozenset[str]:
    """Indicators of a city that the agreement reads and that grow with it."""
    members = {member.code for member in agreement.members}
    return frozenset(
        item.indicator
        for item in agreement.data.values()
        if _GROWING & set(item.indicator.split("_"))
        and ((not members or code in members) if item.of == EACH else agreement.key(item.of) == code)
    )


def _rates(
    agreement: Agreement,
    figures: Figures,
    live: Sequence[Period],
    codes: Sequence[str],
    moving: dict[int, frozenset[str]],
    step: float,
) -> Array:
    """ΔT/h in CNY, shape (years in force, n receivers, n cities that grow)."""
    periods = sorted({*live, *_earlier(agreement, live)})
    parties = list(dict.fromkeys([*codes, *(agreement.key(role) for role in agreement.parties)]))
    base = _series(agreement, figures, periods, parties)
    found = np.zeros((len(live), len(codes), len(codes)))
    pairs = [(t, j) for t in range(len(live)) for j in moving]
    for first in range(0, len(pairs), _ROWS):
        rows = pairs[first : first + _ROWS]
        moved = {name: np.repeat(one[None], len(rows) + 1, axis=0) for name, one in base.items()}
        for row, (t, j) in enumerate(rows, start=1):
            for name in moving[j]:
                moved[name][row, periods.index(live[t]), parties.index(codes[j])] *= 1 + step
        net = settle_arrays(agreement, series=moved, parties=parties, periods=periods)
        for row, (t, j) in enumerate(rows, start=1):
            at = periods.index(live[t])
            found[t, :, j] = (net[row, at, : len(codes)] - net[0, at, : len(codes)]) / step
    return found


def _earlier(agreement: Agreement, live: Sequence[Period]) -> Iterator[Period]:
    """Periods that the figures are read of besides those that are settled."""
    for item in agreement.data.values():
        wanted = [Period.of(name) for name in item.at] if item.at else [p.back(item.lag) for p in live if item.lag]
        yield from (p for p in wanted if not agreement.is_in_force(p) or agreement.reason_against(p) is None)


def _series(
    agreement: Agreement, figures: Figures, periods: Sequence[Period], parties: Sequence[str]
) -> dict[str, Array]:
    """Every figure the agreement may read, (periods, parties), NaN where there is none."""
    found = {}
    for item in agreement.data.values():
        cells = [[figures(key, item, p) for key in parties] for p in periods]
        found[item.indicator] = np.array([[np.nan if x is None else x for x in row] for row in cells])
    return found
