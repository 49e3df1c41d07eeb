"""A statement as a page to sign (结算单签认页): who pays whom how much, by which clause, from which figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from jinghe.labels import Text
from jinghe.sharing.numerals import capitalise
from jinghe.sharing.settle import Settlement
from jinghe.sharing.stages import OFFICE, STAGES
from jinghe.sharing.statement import Item, Statement
from jinghe.sharing.trace import Input
from jinghe.sharing.words import amount_words, period_words, status_words
from jinghe.units import Money, unit_name

__all__ = ["SheetTable", "Signature", "SigningSheet", "signing_sheet"]

_DAYS = {
    "data_due": Text("报数截止", "data due"),
    "notice_due": Text("送达截止", "notice due"),
    "issued": Text("送达", "issued"),
    "objection_end": Text("异议截止", "last day for objections"),
    "payment_due": Text("清算截止", "payment due"),
}
_NONE = Text("—", "—")


@dataclass(frozen=True, slots=True)
class SheetTable:
    """One table of the page (表): title, heads and rows of bilingual cells."""

    id: str
    title: Text
    columns: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """A place to sign (签章栏): who, and the day of its confirmation where it has confirmed."""

    party: str
    name: Text
    confirmed_on: date | None = None


@dataclass(frozen=True, slots=True)
class SigningSheet:
    """A statement ready to be signed (签认页); `tables`: lines, net, figures, terms, calendar, course."""

    id: str
    title: Text
    period: Text
    state: Text
    corrects: str
    reason: Text | None
    tables: tuple[SheetTable, ...]
    signatures: tuple[Signature, ...]
    notes: tuple[Text, ...]
    digest: str
    previous: str

    def table(self, name: str) -> SheetTable:
        """Return a table by its id."""
        return next(table for table in self.tables if table.id == name)

    def as_dict(self) -> dict[str, Any]:
        """Return the page as JSON data."""
        return {
            "id": self.id,
            "title": self.title.as_dict(),
            "period": self.period.as_dict(),
            "state": self.state.as_dict(),
            "corrects": self.corrects,
            "reason": self.reason.as_dict() if self.reason else None,
            "tables": [
                {
                    "id": table.id,
                    "title": table.title.as_dict(),
                    "columns": [head.as_dict() for head in table.columns],
                    "rows": [[cell.as_dict() for cell in row] for row in table.rows],
                }
                for table in self.tables
            ],
            "signatures": [
                {
                    "party": s.party,
                    "name": s.name.as_dict(),
                    "confirmed_on": s.confirmed_on and s.confirmed_on.isoformat(),
                }
                for s in self.signatures
            ],
            "notes": [note.as_dict() for note in self.notes],
            "digest": self.digest,
            "previous": self.previous,
        }


def signing_sheet(statement: Statement) -> SigningSheet:
    """Lay a statement out as the page that finance officers sign (编制签认页).

    Lines of no amount are counted and left out. Amounts stand in figures and, exact to the fen, in capital numerals;
    every figure and term used is listed once with its source; a correction shows before and difference; what each
    party confirmed is dated in its signature block.

    Args:
        statement: at any state; a draft says so and bears no digest.
    """
    found = statement.settlement
    tables = [_lines(statement), _net(statement), _figures(statement), _terms(statement)]
    tables += [_calendar(statement), _course(statement)]
    return SigningSheet(
        id=statement.id,
        title=found.title,
        period=Text(period_words(found.period.name, "zh"), period_words(found.period.name, "en")),
        state=STAGES.say(statement.state),
        corrects=statement.corrects,
        reason=statement.reason,
        tables=tuple(table for table in tables if table.rows),
        signatures=tuple(_signatures(statement)),
        notes=(*_left_out(statement), *_marks(found), *found.notes),
        digest=statement.digest,
        previous=statement.previous,
    )


def _marks(found: Settlement) -> Iterator[Text]:
    """Whether the rules were sealed (a broken seal is among the notes), and by what the computed content is known."""
    if not found.sealing.is_warning:
        yield found.sealing.text
    mark = found.as_dict()["digest"][:16]
    zh = f"计算内容摘要：{mark}（与 result.json 所载一致）。"
    yield Text(zh, f"Digest of what was computed: {mark}, as in result.json.")


def _left_out(statement: Statement) -> Iterator[Text]:
    if empty := sum(not (item.amount or item.before) for item in statement.items):
        said = f"{empty} line of no amount is" if empty == 1 else f"{empty} lines of no amount are"
        yield Text(f"另有 {empty} 行金额为零，未列出。", f"{said} left out.")


def _lines(statement: Statement) -> SheetTable:
    heads = [
        "行号 line",
        "付款方 payer",
        "收款方 payee",
        "金额 amount",
        "大写金额 in capitals",
        "条款 clause",
        "说明 note",
    ]
    rows = tuple(
        (
            Text(item.id, item.id),
            _name(statement, item.payer),
            _name(statement, item.payee),
            *_amount(item.amount),
            _clause(item),
            _note(item),
        )
        for item in statement.items
        if item.amount or item.before
    )
    return SheetTable("lines", Text("收付明细", "Lines"), _heads(heads), rows)


def _net(statement: Statement) -> SheetTable:
    heads = ["当事方 party", "应收或应付 receives or pays", "净额 net amount", "大写金额 in capitals"]
    rows = []
    for key, money in statement.net.items():
        if key not in (*statement.parties, statement.settlement.pool):
            continue
        side = Text("应收", "receives") if money.fen > 0 else Text("应付", "pays") if money.fen < 0 else _NONE
        rows.append((_name(statement, key), side, *_amount(Money(abs(money.fen)))))
    return SheetTable(
        "net", Text("各方净额（中止的行除外）", "Net by party (suspended lines left out)"), _heads(heads), tuple(rows)
    )


def _figures(statement: Statement) -> SheetTable:
    heads = [
        "数据 figure",
        "所属 of",
        "期间 period",
        "数值 value",
        "口径 status",
        "可知日 known on",
        "报送 reported by",
    ]
    rows = dict.fromkeys(_figure(statement, one) for one in _inputs(statement) if one.kind == "observation")
    return SheetTable("figures", Text("依据数据", "Figures"), _heads([*heads, "来源 source"]), tuple(rows))


def _figure(statement: Statement, one: Input) -> tuple[Text, ...]:
    detail = one.detail
    area, vintage, reporter = detail["jurisdiction"], detail["vintage"], detail["reporter"]
    status = Text(status_words(detail["status"], "zh"), status_words(detail["status"], "en"))
    period = Text(period_words(detail["period"], "zh"), period_words(detail["period"], "en"))
    value = _printed(detail["printed"], detail["unit"])
    return one.label, _name(statement, area), period, value, status, _same(vintage), _same(reporter or "—"), one.cite


def _terms(statement: Statement) -> SheetTable:
    rows = dict.fromkeys(
        (one.label, _printed(one.detail["printed"], one.detail["unit"]), _same(one.detail.get("from") or "—"), one.cite)
        for one in _inputs(statement)
        if one.kind == "parameter"
    )
    heads = _heads(["约定 term", "取值 value", "自 from", "来源 source"])
    return SheetTable("terms", Text("依据约定", "Terms"), heads, tuple(rows))


def _calendar(statement: Statement) -> SheetTable:
    days = dict(statement.days)
    if statement.issued_on:
        days["issued"] = statement.issued_on
    rows = tuple((_DAYS[name], _same(days[name].isoformat())) for name in _DAYS if name in days)
    return SheetTable("calendar", Text("日程", "Calendar"), _heads(["事项 what", "日期 day"]), rows)


def _course(statement: Statement) -> SheetTable:
    heads = ["日期 day", "谁 who", "办理 step", "行号 line", "理由 reason"]
    rows = tuple(
        (
            _same(move.on.isoformat()),
            STAGES.say(OFFICE) if move.by == OFFICE else _name(statement, move.by),
            STAGES.say(move.action),
            _same(move.line or "—"),
            move.reason or _NONE,
        )
        for move in statement.moves
    )
    return SheetTable("course", Text("流转记录", "Course"), _heads(heads), rows)


def _signatures(statement: Statement) -> Iterator[Signature]:
    confirmed = {move.by: move.on for move in statement.moves if move.action == "confirm"}
    for key in statement.parties:
        yield Signature(key, _name(statement, key), confirmed.get(key))
    yield Signature(OFFICE, STAGES.say(OFFICE), statement.issued_on)


def _name(statement: Statement, key: str) -> Text:
    return statement.settlement.names.get(key, Text(key, key))


def _clause(item: Item) -> Text:
    if item.line is None:
        return Text(item.clause, item.clause)
    trace = item.line.trace
    return Text(f"{trace.basis}{trace.label.zh}", f"{trace.basis}, {trace.label.en}")


def _note(item: Item) -> Text:
    notes = []
    if item.before or item.replaces:
        shown = [_signed(money.fen, lang) for lang in ("zh", "en") for money in (item.before, item.difference)]
        notes.append(Text(f"原为 {shown[0]}，差额 {shown[1]}", f"was {shown[2]}, difference {shown[3]}"))
    if item.is_suspended:
        notes.append(Text("争端中，暂不收付", "in dispute, not payable yet"))
    if item.line and item.line.amount != item.amount:
        notes.append(Text("依裁定改定", "amended by a ruling"))
    return Text("；".join(n.zh for n in notes), "; ".join(n.en for n in notes)) if notes else _NONE


def _amount(money: Money) -> tuple[Text, Text]:
    sign, fen = "-" if money.fen < 0 else "", abs(money.fen)
    shown = f"{sign}{fen // 100:,}.{fen % 100:02d}"
    return Text(f"¥{shown}", f"CNY {shown}"), _same(capitalise(money.fen))


def _signed(fen: int, lang: str) -> str:
    return f"{'-' if fen < 0 else ''}{amount_words(abs(fen), lang)}"


def _inputs(statement: Statement) -> Iterator[Input]:
    for item in statement.drawn:
        if item.line:
            yield from item.line.trace.all_inputs()


def _printed(printed: str, unit: str) -> Text:
    if unit in ("share", "1", "choice") or not printed[-1:].isdigit():
        return _same(printed)
    return Text(f"{printed} {unit_name(unit, 'zh')}", f"{printed} {unit_name(unit, 'en')}")


def _same(words: str) -> Text:
    return Text(words, words)


def _heads(pairs: Iterable[str]) -> tuple[Text, ...]:
    return tuple(Text(*pair.split(" ", 1)) for pair in pairs)
