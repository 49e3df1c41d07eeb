"""Settle an agreement for a period (结算): a statement whose every line cites its clause and shows its working."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jinghe.errors import Problem, RuleError, problem
from jinghe.labels import Text
from jinghe.ledger import Entry, Leg
from jinghe.panel import Panel
from jinghe.region import Region
from jinghe.sharing.agreement import POOL, Agreement
from jinghe.sharing.check import check_agreement, lint
from jinghe.sharing.clauses import run_clauses
from jinghe.sharing.dates import Dates, periods_before, set_dates
from jinghe.sharing.evidence import Evidence
from jinghe.sharing.lines import make_traces
from jinghe.sharing.notes import find_sealing, make_notes
from jinghe.sharing.seal import Sealing
from jinghe.sharing.state import State, has_memory
from jinghe.sharing.trace import Trace, digest_tree
from jinghe.sharing.words import amount_words, party_words, period_words, sentence
from jinghe.units import Money, Period

__all__ = ["Line", "Settlement", "settle"]


@dataclass(frozen=True, slots=True)
class Line:
    """One amount owed (结算行): who pays whom how much, under which clause, and how it came about."""

    payer: str
    payee: str
    amount: Money
    clause: str
    trace: Trace


@dataclass(frozen=True, slots=True)
class Settlement:
    """A statement of one agreement for one period (结算单), a draft until the parties confirm it.

    Every line has a payer and a payee, so `net` sums to zero with pools and outside parties included;
    `pool_balance` is what the pool is left with: a scheme that balances leaves it nothing. `carry` is what the next
    period starts from, `dates` are the days on which something is due, `sealing` says whether the rules were fixed
    before the figures.
    """

    agreement: str
    title: Text
    book: str
    period: Period
    state: str
    lines: tuple[Line, ...]
    names: Mapping[str, Text]
    pool: str | None
    notes: tuple[Text, ...] = ()
    carry: State = field(default_factory=State)
    dates: Dates = field(default_factory=Dates)
    sealing: Sealing = field(default_factory=Sealing)

    @property
    def net(self) -> dict[str, Money]:
        """What each party receives less what it pays, in the declared order of parties."""
        moved = dict.fromkeys(self.names, 0)
        for line in self.lines:
            moved[line.payer] -= line.amount.fen
            moved[line.payee] += line.amount.fen
        return {key: Money(fen) for key, fen in moved.items()}

    @property
    def pool_balance(self) -> Money:
        """What the pool receives less what it pays out; zero without a pool."""
        return self.net.get(self.pool, Money(0)) if self.pool else Money(0)

    @property
    def is_balanced(self) -> bool:
        """Does all that is paid in go out again?"""
        return not self.pool_balance

    def explain(self, lang: str) -> list[str]:
        """Say each line in one sentence of `lang` (zh or en): basis, amount, working, source."""
        return [sentence(line.trace, lang) for line in self.lines]

    def entries(self) -> tuple[Entry, ...]:
        """Turn the lines that move an amount into journal entries of two legs: payer −, payee +, in fen."""
        numbered = ((at, line) for at, line in enumerate(self.lines, start=1) if line.amount)
        return tuple(self._entry(at, line) for at, line in numbered)

    def _entry(self, at: int, line: Line) -> Entry:
        return Entry(
            id=f"{self.agreement}/{self.period}/{at}",
            on=self.period.last,
            book=self.book,
            unit="fen",
            legs=(Leg(line.payer, -line.amount.fen), Leg(line.payee, line.amount.fen)),
            memo=Text(sentence(line.trace, "zh"), sentence(line.trace, "en")),
            reverses=None,
        )

    def as_dict(self) -> dict[str, Any]:
        """Return the statement as JSON data, as `result.json` holds it; amounts in fen, `digest` over all the rest."""
        tree = {
            "agreement": self.agreement,
            "title": self.title.as_dict(),
            "status": "in_force",
            "book": self.book,
            "period": self.period.name,
            "state": self.state,
            "lines": [self._line(line) for line in self.lines],
            "net": [{"party": k, "name": self.names[k].as_dict(), "amount": m.fen} for k, m in self.net.items()],
            "pool": self._pool(),
            "notes": [note.as_dict() for note in self.notes],
            "dates": self.dates.as_dict(),
            "carry": self.carry.as_dict(),
            "seal": self.sealing.as_dict(),
        }
        return tree | {"digest": digest_tree(tree)}

    def _line(self, line: Line) -> dict[str, Any]:
        return {
            "payer": line.payer,
            "payee": line.payee,
            "payer_name": self.names[line.payer].as_dict(),
            "payee_name": self.names[line.payee].as_dict(),
            "amount": line.amount.fen,
            "clause": line.clause,
            "sentence": {lang: sentence(line.trace, lang) for lang in ("zh", "en")},
            "trace": line.trace.as_dict(),
        }

    def _pool(self) -> dict[str, Any] | None:
        if self.pool is None:
            return None
        balance = self.pool_balance.fen
        return {
            "party": self.pool,
            "name": self.names[self.pool].as_dict(),
            "balance": balance,
            "balanced": self.is_balanced,
        }


def settle(
    agreement: Agreement, *, panel: Panel, region: Region, period: Period, state: State | None = None
) -> Settlement:
    """Compute who owes whom under an agreement for a period.

    Each clause is computed exactly from the figures of the panel and the values in force on the last day of the
    period; lines are rounded to fen at the end by largest remainder in the agreement's declared order.

    Args:
        agreement: read by `read_agreement`; settled by its own effective dates.
        panel: the observations; the latest vintage of each is used (`Panel.as_of` for an earlier view).
        region: names and contestants.
        period: must lie inside the agreement's effective dates and not cross the end of a term.
        state: what the periods before carried on (`Settlement.carry`); None: they are settled first, from the
            agreement's first day, on the same panel. Only rules with memory read it.
    Returns:
        The statement: lines with traces, net per party, pool balance, notes; state `draft`.
    Raises:
        RuleError: the agreement is proposed, not in force or leaves a choice open; a value or a figure is missing;
            clauses conflict, or none applies.
    Source: the clauses' own; largest remainder: Balinski & Young, Fair Representation (1982).
    """
    if refused := _refusals(agreement, region, period):
        raise RuleError(refused)
    evidence = Evidence(agreement, panel, region, period)
    results, after = run_clauses(evidence, state=_carried(evidence, state))
    traces = make_traces(results, evidence=evidence)
    lines = tuple(Line(t.payer, t.payee, Money(t.rounded or 0), t.clause, t) for t in traces)
    return _statement(agreement, evidence, lines, after)


def _carried(evidence: Evidence, state: State | None) -> State:
    """Check the state given, or settle the periods before; an agreement without memory needs none."""
    agreement, period = evidence.agreement, evidence.period
    if not has_memory(agreement):
        return State()
    start = agreement.start or period.start
    if state is not None:
        if (state.until or start) != period.start:
            until = state.until or start
            raise RuleError([problem("agreement-state-unfit", file=agreement.file, until=until, period=period)])
        return state
    earlier = list(periods_before(period, start=start))
    if not earlier and start != period.start:
        raise RuleError([problem("agreement-state-missing", file=agreement.file, start=start, period=period)])
    carried = State()
    for one in earlier:
        _, carried = run_clauses(Evidence(agreement, evidence.panel, evidence.region, one), state=carried)
    return carried


def _refusals(agreement: Agreement, region: Region, period: Period) -> list[Problem]:
    against = agreement.reason_against(period)
    found = ([against] if against else []) or lint(agreement) or check_agreement(agreement, region=region)
    return [item for item in found if item.level == "error" or item is against]


def _statement(agreement: Agreement, evidence: Evidence, lines: tuple[Line, ...], after: State) -> Settlement:
    named = {key: text for line in lines for key, text in _named(line.trace)}
    order = dict.fromkeys(key for role in agreement.rounding for key in evidence.keys(role) if key in named)
    pool = agreement.key(POOL) if POOL in agreement.parties else ""
    traces = [line.trace for line in lines]
    sealing = find_sealing(traces, evidence=evidence)
    return Settlement(
        agreement=agreement.id,
        title=agreement.title,
        book=agreement.book,
        period=evidence.period,
        state="draft",
        lines=lines,
        names={key: named[key] for key in order},
        pool=pool if pool in named else None,
        notes=(
            *_balance(lines, pool, named, evidence.period),
            *make_notes(traces, evidence=evidence, sealing=sealing),
            *agreement.notes,
        ),
        carry=after,
        dates=set_dates(agreement, evidence.period),
        sealing=sealing,
    )


def _named(trace: Trace) -> tuple[tuple[str, Text], tuple[str, Text]]:
    return (trace.payer, trace.payer_name), (trace.payee, trace.payee_name)


def _balance(lines: Sequence[Line], pool: str, names: Mapping[str, Text], period: Period) -> tuple[Text, ...]:
    """Say when a scheme is not balanced: what its pool takes in, pays out and is left with."""
    taken = sum(line.amount.fen for line in lines if line.payee == pool)
    given = sum(line.amount.fen for line in lines if line.payer == pool)
    if taken == given:
        return ()
    zh, en = ([amount_words(fen, lang) for fen in (taken, given, abs(taken - given))] for lang in ("zh", "en"))
    left_zh, left_en = ("净留存", "keeps") if taken > given else ("净支出", "adds")
    for_zh, for_en = (period_words(period.name, lang) for lang in ("zh", "en"))
    name = party_words(pool, names[pool], "en")
    return (
        Text(
            f"本办法收支不平衡：{for_zh}{names[pool].zh}收入 {zh[0]}，支出 {zh[1]}，{left_zh} {zh[2]}。",
            f"The scheme is not balanced: for {for_en}, {name} takes in {en[0]}, pays out {en[1]} "
            f"and {left_en} {en[2]}.",
        ),
    )
