"""What a statement has to say besides its lines (结算说明): late figures, assumed values, what a ceiling left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from jinghe.labels import Text
from jinghe.panel import Observation
from jinghe.sharing.dates import earlier, set_dates
from jinghe.sharing.evidence import Evidence
from jinghe.sharing.seal import Sealing, check_seal
from jinghe.sharing.trace import Input, Trace
from jinghe.sharing.words import amount_words
from jinghe.units import convert, read_number

__all__ = ["find_sealing", "make_notes"]

_JUMP = 1000  # a figure this many times that of a year before, or this small a part of it, may be in another unit


def find_sealing(traces: Sequence[Trace], *, evidence: Evidence) -> Sealing:
    """Hold the agreement's seal against the first day on which a figure of the period was known."""
    period, agreement = evidence.period, evidence.agreement
    if agreement.sealed is None:
        return Sealing()
    inputs = (item for trace in traces for item in trace.all_inputs() if item.kind == "observation")
    mine = (item for item in inputs if period.contains(type(period).of(item.detail["period"]).start))
    known = min((day for day in map(_vintage, mine) if day), default=None)
    return check_seal(agreement, period=period, known=known)


def make_notes(traces: Sequence[Trace], *, evidence: Evidence, sealing: Sealing) -> tuple[Text, ...]:
    """Say what the reader of a statement must know: seal, changes, exits, assumed values, late or odd figures, remains.

    Args:
        traces: of the statement's lines.
        evidence: of the statement.
        sealing: of the agreement (`find_sealing`); a seal that holds needs no note.
    Returns:
        The notes, each once.
    """
    inputs = list({id(item): item for trace in traces for item in trace.all_inputs()}.values())
    found = [
        *([sealing.text] if sealing.is_warning else []),
        *_changed(evidence),
        *_exits(evidence),
        *_assumed(inputs),
        *_hearsay(traces, evidence),
        *_late(inputs, evidence),
        *_odd(inputs, evidence),
        *_left(traces, evidence),
    ]
    return tuple(dict.fromkeys(found))


def _changed(evidence: Evidence) -> Iterator[Text]:
    """The parameters whose value changed inside the period: the later value was used."""
    period = evidence.period
    for item in evidence.agreement.parameters.values():
        starts = [v.start for v in item.values if v.start and period.start < v.start < period.end]
        if starts:
            day = max(starts)
            zh = f"参数“{item.label.zh}”在期内（{day}）调整，按期末取值计算。"
            en = f"The parameter “{item.label.en}” changed inside the period ({day}); its last value was used."
            yield Text(zh, en)


def _exits(evidence: Evidence) -> Iterator[Text]:
    agreement = evidence.agreement
    for item in agreement.termination.exits:
        if item.on > evidence.period.last:
            continue
        name = evidence.name(agreement.key(item.party) if item.party in agreement.parties else item.party)
        cite = evidence.cite(item.source)
        zh, en = f"{name.zh}已于 {item.on} 退出（{cite.zh}）", f"{name.en} left on {item.on} ({cite.en})"
        if agreement.termination.rule == "residual":
            other = evidence.name(agreement.key(agreement.termination.residual))
            yield Text(f"{zh}，其权利义务由{other.zh}承接。", f"{en}; {other.en} takes its place.")
        else:
            yield Text(f"{zh}，其余各方继续结算。", f"{en}; the others settle among themselves.")


def _assumed(inputs: Sequence[Input]) -> Iterator[Text]:
    items = [item for item in inputs if item.detail.get("confidence") == "assumed"]
    labels = list(dict.fromkeys(item.label for item in items))
    if labels:
        zh, en = "、".join(item.zh for item in labels), ", ".join(item.en for item in labels)
        yield Text(f"以下参数为假定值，未经核实：{zh}。", f"These parameters are assumed, not verified: {en}.")


def _hearsay(traces: Sequence[Trace], evidence: Evidence) -> Iterator[Text]:
    """The clauses whose own text nobody has seen."""
    sources = evidence.agreement.sources
    parts = [part for trace in traces for part in trace.walk()]
    labels = list(dict.fromkeys(p.label for p in parts if p.source in sources and sources[p.source].kind == "assumed"))
    if labels:
        zh, en = "、".join(item.zh for item in labels), ", ".join(item.en for item in labels)
        yield Text(
            f"以下条款的依据为假定，未见原文：{zh}。", f"These clauses rest on an assumption, not on a text: {en}."
        )


def _late(inputs: Sequence[Input], evidence: Evidence) -> Iterator[Text]:
    due = set_dates(evidence.agreement, evidence.period).data_due
    late = [item for item in inputs if due and _vintage(item) and (_vintage(item) or due) > due]
    if late:
        labels = list(dict.fromkeys(item.label for item in late))
        zh, en = "、".join(item.zh for item in labels), ", ".join(item.en for item in labels)
        many = "1 figure" if len(late) == 1 else f"{len(late)} figures"
        yield Text(
            f"{len(late)} 个数晚于报数期限（{due}）报来，已按报来的数结算：{zh}。",
            f"{many} came after the due day ({due}) and counted as reported: {en}.",
        )


def _vintage(item: Input) -> date | None:
    words = item.detail.get("vintage")
    return date.fromisoformat(words) if words else None


def _odd(inputs: Sequence[Input], evidence: Evidence) -> Iterator[Text]:
    """A figure out of all proportion to the year before is the mark of 元 and 万元 mixed up."""
    for item in inputs:
        if item.kind != "observation" or item.unit != "分" or not item.value:
            continue
        period = earlier(type(evidence.period).of(item.detail["period"]), years=1)
        other = evidence.panel.find(item.detail["jurisdiction"], item.detail["indicator"], period.name)
        before = _fen(other) if other else None
        assert isinstance(item.value, Fraction)  # an observation is a number
        if before and not Fraction(1, _JUMP) < abs(item.value / before) < _JUMP:
            shown = f"{item.detail['printed']} {item.detail['unit']}"
            yield Text(
                f"{item.label.zh} {shown}，与上年同期相差千倍以上，请核对单位（元、万元）。",
                f"{item.label.en} {shown} is a thousand times more or less than the year before: check its unit.",
            )


def _fen(item: Observation) -> Fraction | None:
    reading = read_number(item.printed or repr(item.value))
    unit = (reading.unit or item.unit).split("/", 1)[0]
    return None if reading.value is None else convert(reading.value, unit, "分")


def _left(traces: Sequence[Trace], evidence: Evidence) -> Iterator[Text]:
    """Say what a cumulative ceiling leaves when sharing is over: no clause says who owes it."""
    for trace in traces:
        ends = {c.block: c for c in trace.children}
        limit = ends.get("cap_cumulative")
        term = ends.get("term") or ends.get("term_extend")
        if limit is None or term is None or term.input("end").value > evidence.period.end:
            continue
        left = limit.input("ceiling").value - limit.input("used").value - limit.exact
        if left > 0:
            zh, en = (amount_words(int(left), lang) for lang in ("zh", "en"))
            yield Text(
                f"{limit.label.zh}：分享期满，累计上限尚余 {zh}未分享；协议没有规定由谁补足。",
                f"{limit.label.en}: sharing is over and the ceiling leaves {en} unshared; no clause says who owes it.",
            )
