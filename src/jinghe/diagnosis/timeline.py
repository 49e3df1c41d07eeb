"""The phases of a case as a timeline (阶段时间线, S9): what was planned and what was put in place, year by year."""

from __future__ import annotations

from collections import Counter

from jinghe.compact import Compact
from jinghe.contest import JointItem
from jinghe.diagnosis.register import DONE, FIELDS, list_items
from jinghe.exhibit import Column, Section, Table
from jinghe.labels import Text

__all__ = ["draw_timeline"]

_PHASES = {
    "design": Text("顶层设计", "design"),
    "response": Text("响应落实", "response"),
    "": Text("—", "—"),
}


def draw_timeline(compact: Compact) -> Section | None:
    """Count the registered items of every year; None where none is dated.

    A year is one of design where plans, decisions and bodies are at least half of its items, of response otherwise.
    Source: theory row S9. Assumption: the rule.
    """
    items = [item for item in list_items(compact) if item.on and item.date_kind != "target_year"]
    if not items:
        return None
    undated = len(list_items(compact)) - len(items)
    years = range(min(i.on.start.year for i in items if i.on), max(i.on.start.year for i in items if i.on) + 1)
    rows = tuple(_row(year, [i for i in items if i.on and i.on.start.year == year]) for year in years)
    columns = (
        Column(Text("年份", "Year")),
        Column(Text("阶段", "Phase")),
        Column(Text("规划、决定与机制", "Plans, decisions, bodies"), "number", 0),
        Column(Text("其他事项", "Other items"), "number", 0),
        Column(Text("已落地", "In place"), "number", 0),
        Column(Text("最多的领域", "Most frequent field")),
    )
    method = Text(
        f"按登记事项的日期；“截至”者取报道之日，故偏晚。规划类过半为顶层设计年（假定）。无日期 {undated} 件。",
        "By the dates of the register; an item known only as of a day stands in that year, which is late. A year of at "
        f"least half plans is one of design (assumption). Without a date: {undated}.",
    )
    return Section(
        "timeline",
        Text("时间线", "Timeline"),
        Text("从顶层设计到响应落实：登记事项逐年的变化。", "From design to response, year by year."),
        (Table("years", Text("逐年", "Year by year"), columns, rows, method),),
    )


def _row(year: int, items: list[JointItem]) -> tuple[str, Text, int, int, int, Text | None]:
    plans, fields = sum(item.field == "planning" for item in items), Counter(item.field for item in items)
    phase = "" if not items else "design" if 2 * plans >= len(items) else "response"
    most = fields.most_common(1)[0][0] if items else ""
    label = FIELDS.get(most, Text(most, most)) if most else None
    done = sum(item.status in DONE for item in items)
    return str(year), _PHASES[phase], plans, len(items) - plans, done, label
