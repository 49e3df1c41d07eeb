"""Published statistics of a case, recomputed (公布统计数的核对, C8)."""

from __future__ import annotations

from collections.abc import Sequence

from jinghe.compact import Compact, read_tree
from jinghe.exhibit import Column, Section, Table
from jinghe.labels import Text
from jinghe.recalc import STATUSES, Verdict, check_claims, read_claims

__all__ = ["find_verdicts", "show_verdicts"]

_MARKS = {"inconsistent": "✗", "conditional": "!", "consistent": "✓", "untestable": "·"}
_YES = Text("是", "yes")


def find_verdicts(compact: Compact) -> tuple[Verdict, ...]:
    """Recompute the claims that a compact names; none without a file. Raises CompactError with the file's faults."""
    file = compact.evidence.get("claims")
    return check_claims(read_claims(read_tree(compact.folder / file))) if file else ()


def show_verdicts(verdicts: Sequence[Verdict]) -> Section:
    """Put verdicts as a section: what was printed where, whether it holds, and why."""
    counts = {status: sum(one.status == status for one in verdicts) for status in STATUSES}
    lead_zh = "、".join(f"{STATUSES[name].zh} {n} 条" for name, n in counts.items() if n)
    lead_en = ", ".join(f"{n} {STATUSES[name].en}" for name, n in counts.items() if n)
    rows = tuple(
        (
            _place(one),
            Text(*(f"{_MARKS[one.status]} {STATUSES[one.status].get(lang)}" for lang in ("zh", "en"))),
            _YES if one.decision_error else "",
            one.text,
        )
        for one in verdicts
    )
    columns = (
        Column(Text("公布处", "Printed in")),
        Column(Text("判定", "Verdict")),
        Column(Text("改变结论", "Decision error")),
        Column(Text("依据", "Because")),
    )
    method = Text(
        "由印出的数字及其舍入区间推得，未见原始数据；“改变结论”指重算后显著与否翻转。",
        "Derived from the printed figures and their rounding intervals, without the raw data; a decision error turns "
        "significance round.",
    )
    tables = [Table("verdicts", Text("逐条判定", "Claim by claim"), columns, rows, method)]
    if further := [(_place(one), item.text) for one in verdicts for item in one.further()]:
        title = Text("由此可以推知", "What follows from them")
        note = Text("推算以所列假设为前提，不判对错。", "These follow under the assumptions named and judge nothing.")
        heads = (Column(Text("公布处", "Printed in")), Column(Text("推知", "It follows")))
        tables.append(Table("derived", title, heads, tuple(further), note))
    return Section(
        "claims",
        Text("公布统计数的核对", "Published statistics, recomputed"),
        Text(f"{len(verdicts)} 条：{lead_zh}。", f"{len(verdicts)} claims: {lead_en}."),
        tuple(tables),
    )


def _place(one: Verdict) -> Text | str:
    return one.claim.place if one.claim.place.zh else one.claim.id
