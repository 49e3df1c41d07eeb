"""What a settlement stands on (依据): figures of the panel, values of parameters, names of parties."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from jinghe.errors import DataError, JingheError, Problem, RuleError, problem
from jinghe.labels import Text
from jinghe.panel import Observation, Panel
from jinghe.region import Region
from jinghe.sharing.agreement import EACH, Agreement, Clause, Series, is_money
from jinghe.sharing.dates import earlier
from jinghe.sharing.ops import EXACT, Number, Ops
from jinghe.sharing.quantities import result_unit
from jinghe.sharing.trace import Input
from jinghe.sharing.work import WHOLE, Result
from jinghe.units import Period, convert, read_number

__all__ = ["Evidence"]

_BEFORE = Text("此前累计", "sum of the periods before")
_DETAIL = ("jurisdiction", "indicator", "period", "printed", "unit", "vintage", "status", "reporter", "note")


@dataclass(frozen=True, slots=True)
class Evidence:
    """The facts of one settlement (结算依据): an agreement, a period, a panel and a region, read exactly."""

    agreement: Agreement
    panel: Panel
    region: Region
    period: Period
    ops: Ops = EXACT
    contestants: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        last = self.period.last
        members = tuple(m.code for m in self.agreement.members if _stands(m.start, m.end, last))
        gone = {item.party for item in self.agreement.termination.exits if item.on <= last}
        each = members if self.agreement.members else self.region.contestants(on=last)
        object.__setattr__(self, "contestants", tuple(code for code in each if code not in gone))

    def keys(self, role: str) -> tuple[str, ...]:
        """Keys of the parties a role stands for: one, or every contestant."""
        return self.contestants if role == EACH else (self.key(role),)

    def key(self, role: str) -> str:
        """Name who stands in a role in this period."""
        return self.agreement.key_on(role, self.period.last)

    def name(self, key: str) -> Text:
        """Name a party of the statement."""
        for party in self.agreement.parties.values():
            if party.name and self.agreement.key(party.role) == key:
                return party.name
        return self.region.jurisdiction(key, on=self.period.last).name

    def parameter(self, role: str, parameter_id: str) -> Input:
        """Return the value in force on the last day of the period as input `role`.

        Raises RuleError when there is none.
        """
        item = self.agreement.parameters[parameter_id]
        found = item.on(self.period.last)
        if found is None:
            path, file, last = f"parameters.{parameter_id}", self.agreement.file, self.period.last
            raise RuleError([problem("agreement-value-missing", path, file=file, parameter=parameter_id, on=last)])
        detail = {"parameter": parameter_id, "from": str(found.start or ""), "printed": found.printed}
        unit = "分" if is_money(item.unit) else item.unit
        choice = next((c.label for c in item.choices if c.value == found.value), None)
        if choice:
            detail |= {"choice_zh": choice.zh, "choice_en": choice.en}
        detail |= {"unit": item.unit, "confidence": found.confidence}
        return Input(role, "parameter", found.value, unit, item.label, found.source, self.cite(found.source), detail)

    def day(self, role: str, parameter_id: str) -> Input:
        """Return a first day: that of the agreement (`effective`) or a parameter's."""
        if parameter_id != "effective":
            return self.parameter(role, parameter_id)
        start, source = self.agreement.start or date.min, self.agreement.dated_by
        return Input(role, "agreement", start, "date", Text("协议生效日", "effective date"), source, self.cite(source))

    def figures(self, role: str, series_name: str) -> dict[str, tuple[Input, ...]]:
        """Read a series of every party it is of, by party; of one role, for the whole.

        Raises RuleError with all that is missing, negative where it is money, or in a wrong unit.
        """
        of = self.agreement.data[series_name].of
        if of != EACH:
            return {WHOLE: self.readings(role, series_name, code=self.key(of))}
        if not self.contestants:
            raise RuleError([problem("contestants-missing", level="prefecture", on=self.period.last)])
        found: list[Problem] = []
        cells: dict[str, tuple[Input, ...]] = {}
        for code in self.contestants:
            try:
                cells[code] = self.readings(role, series_name, code=code)
            except JingheError as error:
                found += error.problems
        if found:
            raise RuleError(found)
        return cells

    def readings(self, role: str, series_name: str, *, code: str) -> tuple[Input, ...]:
        """Return the figures of one party: one for the period, or one per month of it, or those of fixed periods.

        Raises RuleError naming every figure that is missing, negative where it is money, or in a wrong unit.
        """
        series = self.agreement.data[series_name]
        inputs: list[Input] = []
        found: list[Problem] = []
        for name in self._periods(series):
            try:
                inputs.append(self._reading(role, series, code, name))
            except JingheError as error:
                found += [p.at(file=self.agreement.file, path=f"data.{series_name}") for p in error.problems]
        if found:
            raise RuleError(found)
        return tuple(inputs)

    def result(self, role: str, found: Result) -> Input:
        """Return what another clause gave as input `role`."""
        clause, unit = found.clause, result_unit(self.agreement, found.clause)
        detail = {"clause": clause.id, "jurisdiction": found.seat}
        return Input(
            role, "clause", Fraction(found.value), unit, clause.label, clause.source, self.cite(clause.source), detail
        )

    def carried(self, role: str, value: Number, clause: Clause) -> Input:
        """Return a sum of the periods before as input `role`."""
        return Input(role, "state", Fraction(value), "分", _BEFORE, clause.source, self.cite(clause.source))

    def cite(self, source: str) -> Text:
        """Cite a source of the agreement or of the case without its address; an unknown one shows its id."""
        item = self.agreement.sources.get(source)
        if item is None:
            return Text(source, source)
        short = replace(item, address="")
        return Text(short.cite("zh"), short.cite("en"))

    def title(self, source: str) -> str:
        """Name a source by its title; an unknown one by its id."""
        item = self.agreement.sources.get(source)
        return item.title if item else source

    def _periods(self, series: Series) -> list[str]:
        if series.at:
            return list(series.at)
        periods = [self.period]
        if series.every == "month":
            if (self.period.start.day, self.period.end.day) != (1, 1):
                raise RuleError([problem("agreement-months-partial", period=self.period)])
            periods = list(self.period.split_months())
        return [earlier(period, years=series.lag).name for period in periods]

    def _reading(self, role: str, series: Series, code: str, period: str) -> Input:
        item = self.panel.find(code, series.indicator, period)
        exact = _exact(item) if item else None
        if item is None or exact is None:
            raise RuleError([self._missing(series, code, period)])
        unit = "分" if is_money(series.unit) else series.unit
        value = convert(exact[0], exact[1], series.unit)
        if unit == "分":
            value = convert(value, series.unit.split("/", 1)[0], unit)  # money per something, too
        detail = {key: str(getattr(item, key)) for key in _DETAIL}
        if unit == "分" and value < 0:
            if series.negative == "refuse":
                raise RuleError([problem("agreement-base-negative", found=item.printed, area=code, period=period)])
            detail["negative"] = series.negative
            value = value if series.negative == "refund" else Fraction(0)
        return Input(role, "observation", value, unit, series.label, item.source, self.cite(item.source), detail)

    def _missing(self, series: Series, code: str, period: str) -> Problem:
        try:
            name = self.name(code)
        except DataError:  # an outside party has no figures in the panel
            name = Text(code, code)
        return problem(
            "agreement-data-missing",
            area=code,
            name_zh=name.zh,
            name_en=name.en,
            indicator=series.indicator,
            period=period,
        )


def _stands(start: date | None, end: date | None, day: date) -> bool:
    return (start or date.min) <= day < (end or date.max)


def _exact(item: Observation) -> tuple[Fraction, str] | None:
    """Read the printed figure exactly; without one, the float as it is written."""
    reading = read_number(item.printed or repr(item.value))
    return None if reading.value is None else (reading.value, reading.unit or item.unit)
