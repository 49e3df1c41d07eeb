"""What a statement has to say besides its lines (结算说明): late figures, assumed values, what a ceiling left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from jinghe.labels import Text
from jinghe.panel import Observation
from jinghe.sharing.dates import earlier, set_dates
from jinghe.sharing.evidence import Evidence
from jinghe.sharing.seal import check_seal
from jinghe.sharing.trace import Input, Trace
from jinghe.sharing.words import amount_words
from jinghe.units import convert, read_number

__all__ = ["make_notes"]

_JUMP = 1000  # a figure this many times that of a year before, or this small a part of it, may be in another unit


def make_notes(traces: Sequence[Trace], *, evidence: Evidence) -> tuple[Text, ...]:
    """Say what the reader of a statement must know: seal, changes, exits, assumed values, late or odd figures, remains.

    Args:
        traces: of the statement's lines.
        evidence: of the statement.
    Returns:
        The notes, each once.
    """
    inputs = list({id(item): item for trace in traces for item in _inputs(trace)}.values())
    found = [
        *check_seal(evidence.agreement, period=evidence.period),
        *_changed(evidence),
        *_exits(evidence),
        *_assumed(inputs),
        *_late(inputs, evidence),
        *_odd(inputs, evidence),
        *_left(traces, evidence),
    ]
    return tuple(dict.fromkeys(found))


def _inputs(trace: Trace) -> Iterator[Input]:
    yield from trace.inputs
    for part in (*trace.steps, *trace.children):
        yield from _inputs(part)


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


def _late(inputs: Sequence[Input], evidence: Evidence) -> Iterator[Text]:
    due = set_dates(evidence.agreement, evidence.period).data_due
    late = [item for item in inputs if due and _vintage(item) and (_vintage(item) or due) > due]
    if late:
        labels = list(dict.fromkeys(item.label for item in late))
        zh, en = "、".join(item.zh for item in labels), ", ".join(item.en for item in labels)
        yield Text(
            f"{len(late)} 个数晚于报数期限（{due}）报来，已按报来的数结算：{zh}。",
            f"{len(late)} figures came after the day they were due ({due}) and were used as they came: {en}.",
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
