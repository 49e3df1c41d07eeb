"""What a settlement stands on (依据): figures of the panel, values of parameters, names of parties."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from jinghe.errors import JingheError, Problem, RuleError, problem
from jinghe.labels import Text
from jinghe.panel import Observation, Panel
from jinghe.region import Region
from jinghe.sharing.agreement import EACH, Agreement, Series, is_money
from jinghe.sharing.trace import Input
from jinghe.units import Period, convert, read_number

__all__ = ["Evidence"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The facts of one settlement (结算依据): an agreement, a period, a panel and a region, read exactly."""

    agreement: Agreement
    panel: Panel
    region: Region
    period: Period
    contestants: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        last = self.period.last
        object.__setattr__(self, "contestants", self.region.contestants(on=last))

    def keys(self, role: str) -> tuple[str, ...]:
        """Keys of the parties a role stands for: one, or every contestant."""
        return self.contestants if role == EACH else (self.agreement.key(role),)

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
        detail["unit"] = item.unit
        return Input(role, "parameter", found.value, unit, item.label, found.source, self.cite(found.source), detail)

    def day(self, role: str, parameter_id: str) -> Input:
        """Return a first day: that of the agreement (`effective`) or a parameter's."""
        if parameter_id != "effective":
            return self.parameter(role, parameter_id)
        start, source = self.agreement.start or date.min, self.agreement.dated_by
        return Input(role, "agreement", start, "date", Text("协议生效日", "effective date"), source, self.cite(source))

    def readings(self, role: str, series_name: str, *, code: str) -> tuple[Input, ...]:
        """Return the figures of one party: one for the period, or one per month of it.

        Raises RuleError naming every figure that is missing, negative where it is money, or in a wrong unit.
        """
        series = self.agreement.data[series_name]
        periods = self._months() if series.every == "month" else [self.period.name]
        inputs: list[Input] = []
        found: list[Problem] = []
        for name in periods:
            try:
                inputs.append(self._reading(role, series, code, name))
            except JingheError as error:
                found += [p.at(file=self.agreement.file, path=f"data.{series_name}") for p in error.problems]
        if found:
            raise RuleError(found)
        return tuple(inputs)

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

    def changed(self) -> Iterator[Text]:
        """Note the parameters whose value changed inside the period: the later value was used."""
        for item in self.agreement.parameters.values():
            starts = [v.start for v in item.values if v.start and self.period.start < v.start < self.period.end]
            if starts:
                day = max(starts)
                zh = f"参数“{item.label.zh}”在期内（{day}）调整，按期末取值计算。"
                en = f"The parameter “{item.label.en}” changed inside the period ({day}); its last value was used."
                yield Text(zh, en)

    def _reading(self, role: str, series: Series, code: str, period: str) -> Input:
        item = self.panel.find(code, series.indicator, period)
        exact = _exact(item) if item else None
        if item is None or exact is None:
            raise RuleError([self._missing(series, code, period)])
        unit = "分" if is_money(series.unit) else series.unit
        value = convert(exact[0], exact[1], unit)
        if unit == "分" and value < 0:
            raise RuleError([problem("agreement-base-negative", found=item.printed, area=code, period=period)])
        shown = ("jurisdiction", "indicator", "period", "printed", "unit", "vintage", "status", "reporter", "note")
        detail = {key: str(getattr(item, key)) for key in shown}
        return Input(role, "observation", value, unit, series.label, item.source, self.cite(item.source), detail)

    def _months(self) -> list[str]:
        if (self.period.start.day, self.period.end.day) != (1, 1):
            raise RuleError([problem("agreement-months-partial", period=self.period)])
        return [month.name for month in self.period.split_months()]

    def _missing(self, series: Series, code: str, period: str) -> Problem:
        name = self.name(code)
        return problem(
            "agreement-data-missing",
            area=code,
            name_zh=name.zh,
            name_en=name.en,
            indicator=series.indicator,
            period=period,
        )


def _exact(item: Observation) -> tuple[Fraction, str] | None:
    """Read the printed figure exactly; without one, the float as it is written."""
    reading = read_number(item.printed or repr(item.value))
    return None if reading.value is None else (reading.value, reading.unit or item.unit)
