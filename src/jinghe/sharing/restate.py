"""What was known and owed on a day (重述): a period's settlement by the figures then known, beside the journal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jinghe.errors import Problem, RuleError, problem
from jinghe.labels import Text
from jinghe.ledger import Ledger
from jinghe.panel import Panel
from jinghe.region import Region
from jinghe.sharing.agreement import Agreement
from jinghe.sharing.correction import correct
from jinghe.sharing.settle import Settlement, settle
from jinghe.sharing.statement import Statement
from jinghe.sharing.trace import Input
from jinghe.sharing.words import amount_words, period_words
from jinghe.units import Money, Period

__all__ = ["Change", "Restatement", "find_late", "list_figures", "list_known", "restate", "revise"]


@dataclass(frozen=True, slots=True)
class Change:
    """One amount that later figures change (差额): what the statement says, what is known."""

    clause: str
    payer: str
    payee: str
    stated: Money
    known: Money

    @property
    def difference(self) -> Money:
        """What is still to be paid (+) or to be given back (−)."""
        return self.known - self.stated


@dataclass(frozen=True, slots=True)
class Restatement:
    """A period as seen on a day (重述): two times, that of the facts (`period`) and that of knowing (`as_of`).

    `known` is the settlement by the figures known on that day, None when some were missing (`problems` says which).
    `stated` is the statement in force on that day as it then stood. `owed` is each party's balance in the money book on
    that day. `changes` are the amounts in which what is known departs from what is stated.
    """

    agreement: str
    period: Period
    as_of: date
    known: Settlement | None
    problems: tuple[Problem, ...]
    stated: Statement | None
    owed: Mapping[str, Money]
    changes: tuple[Change, ...]
    text: Text

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON data; amounts in fen."""
        return {
            "agreement": self.agreement,
            "period": self.period.name,
            "as_of": self.as_of.isoformat(),
            "known": self.known.as_dict() if self.known else None,
            "problems": [{lang: one.text(lang) for lang in ("zh", "en")} for one in self.problems],
            "stated": self.stated.as_dict() if self.stated else None,
            "owed": {key: money.fen for key, money in self.owed.items()},
            "changes": [
                {"clause": c.clause, "payer": c.payer, "payee": c.payee, "stated": c.stated.fen, "known": c.known.fen}
                for c in self.changes
            ],
            "text": self.text.as_dict(),
        }


def restate(
    agreement: Agreement,
    *,
    panel: Panel,
    region: Region,
    period: Period,
    as_of: date,
    statements: Sequence[Statement] = (),
    ledger: Ledger | None = None,
) -> Restatement:
    """Say what was known and owed for a period on a day (双时态重述).

    Args:
        agreement: settled by its values in force for the period.
        panel: all vintages; those up to `as_of` are read.
        region: names and contestants.
        period: the settled period.
        as_of: the day.
        statements: the agreement's statements, any periods; their moves up to the day count.
        ledger: the books; entries up to the day count.
    Returns:
        The restatement; a figure missing on that day is a problem in it, not an error.
    Source: valid time and transaction time: Snodgrass, Developing Time-Oriented Database Applications in SQL (1999).
    """
    known, problems = _settle(agreement, panel.as_of(as_of), region, period)
    mine = [one.as_of(as_of) for one in statements if _is_of(one, agreement, period)]
    stated = next((one for one in reversed(mine) if one.issued_on and one.state != "corrected"), None)
    keys = dict.fromkeys([*(known.names if known else ()), *(stated.settlement.names if stated else ())])
    book = (ledger or Ledger()).trial_balance(book="money", unit="fen", on=as_of)
    owed = {key: Money(book.get(key, 0)) for key in keys}
    changes = tuple(_compare(stated, known)) if stated and known else ()
    text = _say(period, as_of, known=known, stated=stated, changes=changes)
    return Restatement(agreement.id, period, as_of, known, problems, stated, owed, changes, text)


def list_known(
    agreement: Agreement, *, panel: Panel, region: Region, period: Period
) -> tuple[tuple[date, Settlement], ...]:
    """List the days on which a period's amounts became known or changed (数据沿革), with the settlement each time."""
    used = {series.indicator for series in agreement.data.values()}
    days = sorted({item.vintage for item in panel.observations if item.indicator in used})
    found: list[tuple[date, Settlement]] = []
    for day in days:
        known, _ = _settle(agreement, panel.as_of(day), region, period)
        if known and (not found or _amounts(found[-1][1]) != _amounts(known)):
            found.append((day, known))
    return tuple(found)


def revise(
    statement: Statement, *, agreement: Agreement, panel: Panel, region: Region, on: date, last: Statement | None = None
) -> tuple[Statement, Statement] | None:
    """Issue a correcting statement when the figures known on a day change an issued one (以更正单补差).

    The reason names every figure that changed, before and after. Arguments as for `correct` and `restate`.

    Returns:
        The statement, now corrected, and the correcting one; None when no amount changes.
    Raises:
        RuleError: a figure is missing, or the statement cannot be corrected now.
    """
    known = settle(agreement, panel=panel.as_of(on), region=region, period=statement.settlement.period)
    if _amounts(known) == _amounts(statement.settlement):
        return None
    return correct(statement, known, on=on, reason=_say_figures(statement.settlement, known), last=last)


def find_late(statement: Statement) -> list[Problem]:
    """List the figures that became known after the day the data were due (迟报). Empty without `data_due_days`."""
    due = statement.days.get("data_due")
    figures = list_figures(statement.settlement)
    late = [(key, item) for key, item in figures.items() if due and item.detail["vintage"] > due.isoformat()]
    return [
        problem("data-late", statement.id, area=area, indicator=name, period=period, due=due, on=item.detail["vintage"])
        for (area, name, period), item in late
    ]


def _settle(
    agreement: Agreement, panel: Panel, region: Region, period: Period
) -> tuple[Settlement | None, tuple[Problem, ...]]:
    try:
        return settle(agreement, panel=panel, region=region, period=period), ()
    except RuleError as error:
        return None, error.problems


def _is_of(statement: Statement, agreement: Agreement, period: Period) -> bool:
    return (statement.settlement.agreement, statement.settlement.period) == (agreement.id, period)


def _amounts(settlement: Settlement) -> dict[tuple[str, str, str], int]:
    sums: dict[tuple[str, str, str], int] = {}
    for line in settlement.lines:
        key = (line.clause, line.payer, line.payee)
        sums[key] = sums.get(key, 0) + line.amount.fen
    return {key: fen for key, fen in sums.items() if fen}


def _compare(stated: Statement, known: Settlement) -> Iterator[Change]:
    """A ruled amount stands until the computed one changes, so computed amounts are compared."""
    before, after = _amounts(stated.settlement), _amounts(known)
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key, 0), after.get(key, 0)
        if old != new:
            yield Change(*key, Money(old), Money(new))


def list_figures(settlement: Settlement) -> dict[tuple[str, str, str], Input]:
    """List the observations a settlement rests on, by jurisdiction, indicator and period (依据数据)."""
    return {
        (item.detail["jurisdiction"], item.detail["indicator"], item.detail["period"]): item
        for line in settlement.lines
        for item in line.trace.all_inputs()
        if item.kind == "observation"
    }


def _say_figures(before: Settlement, after: Settlement) -> Text:
    old, new = list_figures(before), list_figures(after)
    changed = [(key, old.get(key), new.get(key)) for key in dict.fromkeys([*old, *new])]
    said = [(key, a, b) for key, a, b in changed if (a.value if a else None) != (b.value if b else None)]
    zh, en = [], []
    for (area, indicator, period), a, b in said:
        shown = [f"{x.detail['printed']} {x.detail['unit']}" if x else "—" for x in (a, b)]
        on = b.detail["vintage"] if b else ""
        zh.append(f"{area} {period} {indicator} 由 {shown[0]} 改为 {shown[1]}（{on}）")
        en.append(f"{indicator} of {area} for {period} changed from {shown[0]} to {shown[1]} ({on})")
    if not said:
        return Text("规则或参数有变动。", "A rule or a parameter changed.")
    return Text("数据修订：" + "；".join(zh) + "。", "Revised figures: " + "; ".join(en) + ".")


def _say(
    period: Period, day: date, *, known: Settlement | None, stated: Statement | None, changes: Sequence[Change]
) -> Text:
    zh, en = period_words(period.name, "zh"), period_words(period.name, "en")
    if known is None:
        return Text(f"截至 {day}，{zh}所需数据不全，不能结算。", f"On {day} the figures for {en} were incomplete.")
    if stated is None:
        return Text(
            f"截至 {day}，{zh}数据齐备，尚无送达的结算单。",
            f"On {day} the figures for {en} were complete and no statement issued.",
        )
    if not changes:
        return Text(
            f"截至 {day}，{zh}结算单 {stated.id} 与已知数据一致。",
            f"On {day} statement {stated.id} agreed with what was known.",
        )
    said = [[_say_change(change, stated, known, lang) for change in changes] for lang in ("zh", "en")]
    return Text(
        f"截至 {day}，已知数据与{zh}结算单 {stated.id} 不符，应出更正单：{'；'.join(said[0])}。",
        f"On {day} what was known departed from statement {stated.id}; a correction is due: {'; '.join(said[1])}.",
    )


def _say_change(change: Change, stated: Statement, known: Settlement, lang: str) -> str:
    names = {**stated.settlement.names, **known.names}
    payer, payee = names[change.payer].get(lang), names[change.payee].get(lang)
    amounts = [amount_words(money.fen, lang) for money in (change.stated, change.known)]
    if lang == "zh":
        return f"{payer}应付{payee}由 {amounts[0]} 变为 {amounts[1]}"
    return f"{payer} owes {payee} {amounts[1]}, not {amounts[0]}"
