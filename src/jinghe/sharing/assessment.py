"""The assessment book (考核账): output credited where it is made, split, or counted twice; never mixed with money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from jinghe.errors import DataError, JingheError, Problem, RuleError, problem
from jinghe.labels import Text
from jinghe.ledger import Entry, Ledger, Leg, credited, find_overlap, read_step
from jinghe.ledger.credit import DOUBLE, OFFICIAL, credit_account
from jinghe.panel import Observation, Panel
from jinghe.sharing.posting import post_lines
from jinghe.sharing.settle import Settlement
from jinghe.sharing.statement import Item, Statement
from jinghe.units import Money, apportion, convert, read_number

__all__ = [
    "FEN",
    "MODES",
    "Credit",
    "book_credit",
    "book_official",
    "book_settlement",
    "check_credit",
    "post_credit",
    "say_overlap",
]

FEN = "0.000001 万元"
MODES = {
    "situs": Text("在地统计，不分计", "counted where it is produced"),
    "split": Text("按比例分计", "split"),
    "double_count": Text("双方重复计入", "counted by both"),
}


@dataclass(frozen=True, slots=True)
class Credit:
    """Who is credited with the output of a joint project (GDP分计).

    `holder` is the jurisdiction in whose official figure the `amount` stands; `shares` says what each partner is
    credited with. Mode `situs`: the holder keeps all. `split`: the partners' parts leave the holder. `double_count`:
    they are counted on top, for assessment only.
    """

    id: str
    indicator: str
    period: str
    holder: str
    amount: Fraction
    unit: str
    mode: str
    shares: Mapping[str, Fraction]
    memo: Text


def book_official(
    panel: Panel, *, indicator: str, period: str, codes: Sequence[str], unit: str, on: date
) -> tuple[Entry, ...]:
    """Enter the official figures with which credit begins (公布数入账): each code +a, `(official)` −a.

    Args:
        panel: the figures; the latest vintage is taken.
        indicator: indicator id.
        period: name of the period.
        codes: the jurisdictions.
        unit: the smallest unit to count in: `fen`, `0.01 亿元`, `项`.
        on: the day of posting.
    Returns:
        An entry per code, with ids `official/<indicator>/<period>/<code>`.
    Raises:
        DataError: naming every figure that is missing, in another unit, or finer than the smallest unit.
    """
    found: list[Entry] = []
    faults: list[Problem] = []
    for code in codes:
        item = panel.find(code, indicator, period)
        try:
            amount = _count(_exact(item, code, indicator, period), unit)
        except JingheError as error:
            faults += [p.at(path=f"{indicator}/{period}/{code}") for p in error.problems]
            continue
        legs = ((code, amount), (OFFICIAL, -amount))
        memo = Text("公布数入账", "official figure")
        found.append(
            _entry(f"official/{indicator}/{period}/{code}", indicator, period, legs, unit=unit, on=on, memo=memo)
        )
    if faults:
        raise DataError(faults)
    return tuple(found)


def book_credit(credit: Credit, *, unit: str, on: date) -> tuple[Entry, ...]:
    """Turn a credit into postings of the assessment book, whole numbers of the smallest unit (分计入账).

    Split: holder −Σ, partners +, by largest remainder. Double count: partners +, `(double)` −Σ: the contra
    account shows how far the sum of credit exceeds the official total.

    Returns:
        One entry `credit/<id>`; none for `situs`.
    Raises:
        DataError: an unknown mode, shares outside 0–1 or (split) beyond 1 in all, the holder among the partners,
            another unit, or an amount finer than the smallest unit.
    """
    if faults := _check(credit):
        raise DataError(faults)
    if credit.mode == "situs":
        return ()
    whole = Money(_count((credit.amount, credit.unit), unit))
    if credit.mode == "split":
        weights = [*credit.shares.values(), 1 - sum(credit.shares.values(), Fraction(0))]
        parts = [money.fen for money in apportion(whole, weights)][:-1]
    else:
        parts = [apportion(whole, (share, 1 - share))[0].fen for share in credit.shares.values()]
    source = credit.holder if credit.mode == "split" else DOUBLE
    legs = ((source, -sum(parts)), *zip(credit.shares, parts, strict=True))
    name = f"credit/{credit.id}"
    return (_entry(name, credit.indicator, credit.period, legs, unit=unit, on=on, memo=credit.memo),)


def post_credit(statement: Statement, ledger: Ledger, *, indicator: str, mode: str) -> Ledger:
    """Post an issued statement of the assessment book (考核账结算单入账): each line credits its payee.

    Split takes the amount from the payer, double count from the contra account, situs posts nothing. Amounts are in
    fen; corrections reverse as in the money book. Posting twice posts once.

    Raises:
        RuleError: a draft or a statement of money.
        DataError: an unknown mode.
    """
    if mode not in MODES:
        raise DataError([problem("choice-unknown", statement.id, found=mode, expected=", ".join(MODES))])
    if statement.issued_on is None or statement.settlement.book != "assessment":
        raise RuleError([problem("credit-posting", statement.id, found=statement.settlement.book)])
    if mode == "situs":
        return ledger

    def legs_of(item: Item) -> tuple[Leg, ...]:
        source = item.payer if mode == "split" else DOUBLE
        sides = ((source, -item.amount.fen), (item.payee, item.amount.fen))
        return _legs(indicator, statement.settlement.period.name, sides)

    return post_lines(statement, ledger, legs_of=legs_of)


def book_settlement(settlement: Settlement, *, indicator: str, mode: str) -> tuple[Entry, ...]:
    """Turn a settlement of the assessment book into postings, issued or not: what a contest scores by (考核计入).

    As `post_credit`: split takes each line from its payer, double count from the contra account, situs nothing. A fen
    is counted as 0.000001 万元.
    """
    entries = []
    for at, line in enumerate(settlement.lines if mode != "situs" else (), start=1):
        source = line.payer if mode == "split" else DOUBLE
        legs = ((source, -line.amount.fen), (line.payee, line.amount.fen))
        name, on = f"{settlement.agreement}/{settlement.period}/{at}", settlement.period.last
        if line.amount:
            period, memo = settlement.period.name, line.trace.label
            entries.append(_entry(name, indicator, period, legs, unit=FEN, on=on, memo=memo))
    return tuple(entries)


def check_credit(ledger: Ledger, *, panel: Panel, indicator: str, period: str) -> list[Problem]:
    """Check Σ credited − Σ official = overlap, with the official figures read anew from the panel (核对).

    The codes are those credited; one without an official figure counts as 0.
    """
    found = credited(ledger, indicator=indicator, period=period)
    units = {entry.unit for entry in ledger.entries if entry.id.startswith(f"official/{indicator}/{period}/")}
    step_unit = read_step(units.pop())[1] if units else ""
    items = [panel.find(code, indicator, period) for code in found]
    official = sum((convert(*_exact(one, "", indicator, period), step_unit) for one in items if one), Fraction(0))
    overlap = find_overlap(ledger, indicator=indicator, period=period)
    gap = sum(found.values(), Fraction(0)) - official - overlap
    if not gap:
        return []
    return [problem("credit-gap", f"{indicator}/{period}", found=_show(gap), unit=step_unit, overlap=_show(overlap))]


def say_overlap(ledger: Ledger, *, indicator: str, period: str, label: Text, unit: Text) -> Text:
    """Say by how much what is credited exceeds the official total (重复计入说明)."""
    total = sum(credited(ledger, indicator=indicator, period=period).values(), Fraction(0))
    overlap = find_overlap(ledger, indicator=indicator, period=period)
    if not overlap:
        return Text(
            f"{period} {label.zh}各方计入合计 {_show(total)} {unit.zh}，与公布合计一致。",
            f"{label.en} for {period}: {_show(total)} {unit.en} are credited, as published.",
        )
    share = f"{float(overlap / (total - overlap)):.2%}" if total != overlap else "—"
    return Text(
        f"{period} {label.zh}各方计入合计 {_show(total)} {unit.zh}，其中重复计入 {_show(overlap)} {unit.zh}"
        f"（比公布合计虚增 {share}），仅供考核，不得对外发布。",
        f"{label.en} for {period}: {_show(total)} {unit.en} are credited, {_show(overlap)} {unit.en} of them twice "
        f"({share} above the published total); for assessment only, not for publication.",
    )


def _check(credit: Credit) -> list[Problem]:
    path = f"credit/{credit.id}"
    faults = []
    if credit.mode not in MODES:
        faults.append(problem("choice-unknown", f"{path}.mode", found=credit.mode, expected=", ".join(MODES)))
    total = sum(credit.shares.values(), Fraction(0))
    is_over = credit.mode == "split" and total > 1
    if is_over or any(not 0 <= share <= 1 for share in credit.shares.values()):
        shown = ", ".join(f"{code} {share}" for code, share in credit.shares.items())
        faults.append(problem("credit-shares", f"{path}.shares", found=shown, sum=total))
    if credit.holder in credit.shares:
        faults.append(problem("credit-holder", f"{path}.shares", found=credit.holder))
    return faults


def _exact(item: Observation | None, code: str, indicator: str, period: str) -> tuple[Fraction, str]:
    reading = read_number(item.printed or repr(item.value)) if item else None
    if item is None or reading is None or reading.value is None:
        raise DataError([problem("credit-missing", found=f"{code} {indicator} {period}".strip())])
    return reading.value, reading.unit or item.unit


def _count(amount: tuple[Fraction, str], unit: str) -> int:
    """Count an amount in whole smallest units."""
    step, name = read_step(unit)
    number = convert(amount[0], amount[1], name) / step
    if number.denominator != 1:
        raise DataError([problem("credit-step", found=_show(amount[0]), unit=amount[1], step=unit)])
    return int(number)


def _entry(
    name: str, indicator: str, period: str, legs: Sequence[tuple[str, int]], *, unit: str, on: date, memo: Text
) -> Entry:
    return Entry(name, on, "assessment", unit, _legs(indicator, period, legs), memo)


def _legs(indicator: str, period: str, legs: Sequence[tuple[str, int]]) -> tuple[Leg, ...]:
    return tuple(Leg(credit_account(indicator, period, holder), amount) for holder, amount in legs)


def _show(number: Fraction) -> str:
    """Write a number exactly where it ends, else to twelve digits."""
    return f"{float(number):.12g}"
