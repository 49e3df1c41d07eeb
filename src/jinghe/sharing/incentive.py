"""What an agreement invites its parties to do (激励诊断): it is settled again with one figure moved at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from jinghe.errors import RuleError
from jinghe.labels import Text
from jinghe.panel import Observation, Panel
from jinghe.region import Region
from jinghe.sharing.agreement import Agreement, is_money
from jinghe.sharing.diagnose import RuleDiagnosis, Voice, say_edges, say_falls
from jinghe.sharing.phrases import unit_words
from jinghe.sharing.probe import probe
from jinghe.sharing.restate import list_figures
from jinghe.sharing.settle import Settlement, settle
from jinghe.sharing.trace import Input
from jinghe.sharing.words import amount_words, period_words
from jinghe.units import Period, convert, read_number

__all__ = ["FigureDiagnosis", "diagnose_agreement"]

_Key = tuple[str, str, str]
_FEN = 2.0  # lines are rounded to a fen


@dataclass(frozen=True, slots=True)
class FigureDiagnosis:
    """How a settlement answers to one of its figures (逐数诊断); `is_base`: the figure is of an earlier period.

    `own_gain` is what the jurisdiction that reports the figure gains in this period, in fen, when it reports 1 % more;
    `later_gain` the same in the later period, None where none was tried or the figure is not read again.
    """

    jurisdiction: str
    indicator: str
    period: str
    label: Text
    is_base: bool
    own_gain: float
    later_gain: float | None
    diagnosis: RuleDiagnosis

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON data."""
        return {
            "jurisdiction": self.jurisdiction,
            "indicator": self.indicator,
            "period": self.period,
            "label": self.label.as_dict(),
            "base": self.is_base,
            "own_gain": self.own_gain,
            "later_gain": self.later_gain,
            "diagnosis": self.diagnosis.as_dict(),
        }


def diagnose_agreement(
    agreement: Agreement,
    *,
    panel: Panel,
    region: Region,
    period: Period,
    later: Period | None = None,
    reach: Fraction = Fraction(1, 2),
    points: int = 9,
) -> tuple[FigureDiagnosis, ...]:
    """Diagnose an agreement by settling it again with each of its figures moved (协议诊断).

    The outcome of a party is its net amount; the holder of a base (`holder`) also keeps the base itself, so that who
    shares a tax is seen with what it keeps; who loses while a figure grows is said of such bases only. Jumps and
    rates are said of who reports the figure.

    Args:
        agreement: one that settles for the period.
        panel: the figures.
        region: names and contestants.
        period: the period settled.
        later: a later period, to find ratchets: a figure that pays now and costs then.
        reach: how far each figure is moved, as a part of itself, both ways.
        points: how many values are tried at first, besides refinements.
    Returns:
        One diagnosis per figure, in the order in which the settlement reads them.
    Raises:
        RuleError: the agreement cannot be settled for the period as it stands.
    """
    used = {series.indicator for series in agreement.data.values()}
    few = Panel(tuple(item for item in panel.observations if item.indicator in used))
    now = _Lab(agreement, few, region, period)
    then = _Lab(agreement, few, region, later) if later else None
    base = now.settle()
    return tuple(_diagnose(key, item, base, now, then, _grid(few, key, reach, points)) for key, item in _figures(base))


@dataclass(frozen=True, slots=True)
class _Lab:
    """An agreement with its figures, settled for one period again and again with one of them replaced."""

    agreement: Agreement
    panel: Panel
    region: Region
    period: Period

    def settle(self) -> Settlement:
        return settle(self.agreement, panel=self.panel, region=self.region, period=self.period)

    def put(self, key: _Key, value: Fraction) -> _Lab:
        """The same with a figure at `value` of its unit."""
        item = _read(self.panel, key)[0]
        day = max(one.vintage for one in self.panel.observations) + timedelta(days=1)
        printed = f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
        changed = replace(item, vintage=day, unit=_read(self.panel, key)[2], printed=printed, value=float(value))
        return replace(self, panel=self.panel.append([changed]))

    def outcomes(self, key: _Key, value: Fraction, parties: Sequence[str]) -> list[Fraction]:
        """What each party ends up with, fen: its net amount and the base that it holds."""
        found = self.put(key, value).settle()
        net, kept = found.net, self.kept(found)
        return [Fraction(net[party].fen if party in net else 0) + kept.get(party, 0) for party in parties]

    def kept(self, found: Settlement) -> dict[str, Fraction]:
        """What the holders of a base keep before they pay, in fen."""
        holding = {clause.id for clause in self.agreement.clauses if "holder" in clause.bindings}
        inputs = (one for line in found.lines if line.clause in holding for one in line.trace.inputs)
        bases = (one for one in inputs if one.name == "base" and one.kind == "observation")
        return {one.detail["jurisdiction"]: one.value for one in bases if isinstance(one.value, Fraction)}

    def gain(self, key: _Key, more: Fraction) -> float | None:
        """What the reporter of a figure gains by reporting `more`; None where the period does not read it."""
        try:
            before = self.settle()
            after = self.put(key, more).settle()
        except RuleError:
            return None
        if key not in list_figures(before) or key[0] not in before.net:
            return None
        return float(after.net[key[0]].fen - before.net[key[0]].fen)


def _figures(base: Settlement) -> Iterator[tuple[_Key, Input]]:
    yield from list_figures(base).items()


def _read(panel: Panel, key: _Key) -> tuple[Observation, Fraction, str]:
    """The observation, its exact value and the unit it is printed in."""
    item = panel.find(*key)
    assert item, "the settlement has read it"
    reading = read_number(item.printed or repr(item.value))
    assert reading.value is not None, "the settlement has read it"
    return item, reading.value, reading.unit or item.unit


def _grid(panel: Panel, key: _Key, reach: Fraction, points: int) -> list[Fraction]:
    """Figures around the reported one, in decimals that can be printed."""
    _, value, _ = _read(panel, key)
    low, high = sorted((value * (1 - reach), value * (1 + reach))) if value else (Fraction(0), Fraction(1))
    step = _step(high)
    return sorted({round((low + (high - low) * k / (points - 1)) / step) * step for k in range(points)})


def _step(size: Fraction) -> Fraction:
    """A power of ten about 1e-9 of a figure: fine enough for a place, coarse enough to print."""
    return Fraction(10) ** (len(str(int(abs(size)))) - 10)


def _diagnose(
    key: _Key, item: Input, base: Settlement, now: _Lab, then: _Lab | None, grid: Sequence[Fraction]
) -> FigureDiagnosis:
    parties = tuple(base.names)
    _, value, unit = _read(now.panel, key)
    step = _step(grid[-1])
    found = probe(lambda x: now.outcomes(key, x, parties), parties=parties, grid=grid, resolution=step, tolerance=_FEN)
    more = round(value * Fraction(101, 100) / step) * step
    own, later = now.gain(key, more) or 0.0, then.gain(key, more) if then else None
    is_base = Period.of(key[2]).end <= base.period.start
    subject = _subject(key, item, base)
    scale = float(convert(Fraction(1), unit, "分")) if is_money(unit) else 0.0
    say = Voice(
        lambda x, lang: _show_figure(x, unit, step, lang),
        _show_fen,
        lambda rate, lang: f"{rate / scale:.4g}" if scale else _show_fen(rate, lang),
    )
    said = list(say_falls(found.falls, subject=subject, names=base.names, say=say)) if key[0] in now.kept(base) else []
    reporter = {party: name for party, name in base.names.items() if party == key[0]}
    said += say_edges(found, subject=subject, names=reporter or base.names, say=say)
    said += _say_gaming(subject, reporter.get(key[0], Text(key[0], key[0])), own, later, is_base=is_base)
    return FigureDiagnosis(*key, item.label, is_base, own, later, RuleDiagnosis(found, tuple(said)))


def _subject(key: _Key, item: Input, base: Settlement) -> Text:
    name = base.names.get(key[0], Text(key[0], key[0]))
    zh, en = period_words(key[2], "zh"), period_words(key[2], "en")
    return Text(f"{name.zh}{zh}{item.label.zh}", f"the {item.label.en} of {name.en} for {en}")


def _say_gaming(subject: Text, name: Text, own: float, later: float | None, *, is_base: bool) -> Iterator[Text]:
    """Say what a report that is 1 % off brings to who makes it."""
    amount = {lang: _show_fen(abs(own), lang) for lang in ("zh", "en")}
    if abs(own) > _FEN:
        zh, en = ("多报", "more") if own > 0 else ("少报", "less")
        kind = Text("（基期数）", ", a base-year figure,") if is_base else Text("", "")
        yield Text(
            f"{subject.zh}{kind.zh}每{zh} 1%，{name.zh}本期多得 {amount['zh']}。",
            f"Reporting 1% {en} for {subject.en}{kind.en} brings {name.en} {amount['en']} this period.",
        )
    if later is not None and own * later < 0 and min(abs(own), abs(later)) > _FEN:
        cost = {lang: _show_fen(abs(later), lang) for lang in ("zh", "en")}
        yield Text(
            f"棘轮效应：{subject.zh}变动 1%，{name.zh}本期得失 {amount['zh']}，后期反向得失 {cost['zh']}。",
            f"Ratchet: 1% in {subject.en} moves {name.en} by {amount['en']} now and {cost['en']} the other way later.",
        )


def _show_figure(x: float, unit: str, step: Fraction, lang: str) -> str:
    """A figure with its unit; one a step above a rounder figure is named by that."""
    edge = round(Fraction(x) / step / 1000) * step * 1000
    shown = f"{x:.9g}"
    if len(near := f"{float(edge):.9g}") < len(shown) and 0 < Fraction(x) - edge <= 2 * step:
        shown = f"{near} 以上" if lang == "zh" else f"just above {near}"
    return shown if unit in ("1", "share") else f"{shown} {unit_words(unit, lang)}"


def _show_fen(fen: float, lang: str) -> str:
    return f"{'-' if fen < 0 else ''}{amount_words(round(abs(fen)), lang)}"
