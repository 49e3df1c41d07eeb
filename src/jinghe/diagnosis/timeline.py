"""The phases of a case as a timeline (阶段时间线, S9), and the register it is drawn from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from jinghe.compact import Compact
from jinghe.contest import JointItem
from jinghe.diagnosis.register import DONE, FIELDS, STATES, list_items
from jinghe.exhibit import Cell, Column, Section, Table
from jinghe.labels import Text

__all__ = ["draw_timeline"]

_PHASES = {
    "design": Text("顶层设计", "design"),
    "response": Text("响应落实", "response"),
    "": Text("—", "—"),
}


def draw_timeline(compact: Compact) -> Section | None:
    """Count the registered items of every year and list them all; None without a register.

    A year is one of design where plans, decisions and bodies are at least half of its items, of response otherwise;
    years before the compact make one row without a phase. Phases in print, where the compact lists some, stand beside.
    Source: theory row S9. Assumption: the rule.
    """
    if not compact.items:
        return None
    years = _years(compact, [item for item in list_items(compact) if item.on and item.date_kind != "target_year"])
    return Section(
        "timeline",
        Text("时间线与登记事项", "Timeline and register"),
        Text("登记事项逐年的变化，以及每一件的出处。", "The registered items year by year, and the source of each."),
        (*([years] if years else ()), _register(compact)),
        tuple(note.text for note in compact.notes if note.path == "data.joint_items"),
    )


def _years(compact: Compact, items: Sequence[JointItem]) -> Table | None:
    if not items:
        return None
    first, phases = compact.in_force[0].year, compact.evidence.get("phases") or ()
    by_year: dict[int, list[JointItem]] = {}
    for item in items:
        assert item.on
        by_year.setdefault(max(item.on.start.year, first - 1), []).append(item)
    rows = tuple(
        (
            Text(f"{year} 年及以前", f"until {year}") if year < first else Text(str(year), str(year)),
            *([_printed(year if year >= first else None, phases)] if phases else []),
            *_count(by_year.get(year, []), told=year >= first),
        )
        for year in range(min(by_year), max(by_year) + 1)
    )
    columns = (
        Column(Text("年份", "Year")),
        *([Column(Text("阶段（文献）", "Phase in print"))] if phases else []),
        Column(Text("阶段（由登记推得）", "Phase by the register")),
        Column(Text("规划、决定与机制", "Plans, decisions, bodies"), "number", 0),
        Column(Text("其他事项", "Other items"), "number", 0),
        Column(Text("已落地", "In place"), "number", 0),
        Column(Text("最多的领域", "Most frequent field")),
    )
    undated = len(list_items(compact)) - len(items)
    method = Text(
        f"按登记事项的日期；“截至”者取报道之日，故偏晚。规划类过半为顶层设计年（假定）。无日期 {undated} 件。",
        "By the dates of the register; an item known only as of a day stands in that year, which is late. A year of at "
        f"least half plans is one of design (assumption). Without a date: {undated}.",
    )
    cited = dict.fromkeys(compact.sources[one["source"]].title for one in phases)
    notes = tuple(Text(f"文献阶段据：{title}。", f"Phases in print: {title}.") for title in cited)
    return Table("years", Text("逐年", "Year by year"), columns, rows, method, notes)


def _printed(year: int | None, phases: Sequence[Mapping[str, Any]]) -> Text:
    """The phases in print that a year belongs to; one may end in the year in which the next begins."""
    inside = [
        Text.of(one["name"])
        for one in phases
        if year is not None and int(one["from"]) <= year <= int(one.get("to") or year)
    ]
    return Text("；".join(one.zh for one in inside), "; ".join(one.en for one in inside)) if inside else _PHASES[""]


def _count(items: Sequence[JointItem], *, told: bool) -> tuple[Cell, ...]:
    plans, fields = sum(item.field == "planning" for item in items), Counter(item.field for item in items)
    phase = "" if not items or not told else "design" if 2 * plans >= len(items) else "response"
    most = fields.most_common(1)[0][0] if items else ""
    done = sum(item.status in DONE for item in items)
    return _PHASES[phase], plans, len(items) - plans, done, _field(most) if most else None


def _field(name: str) -> Text:
    return FIELDS.get(name, Text(name, name))


def _register(compact: Compact) -> Table:
    """Every item as registered, oldest first; those without a date last."""
    ordered = sorted(compact.items, key=lambda item: (item.on is None, item.on.start if item.on else None, item.id))
    rows = tuple(
        (
            item.id,
            item.on.name if item.on else "—",
            item.title,
            _field(item.field),
            Text(*(compact.region.names(item.parties, lang) for lang in ("zh", "en"))),
            STATES.get(item.status, Text(item.status, item.status)),
            _source(compact, item),
        )
        for item in ordered
    )
    heads = (
        ("编号", "Id"),
        ("日期", "Date"),
        ("事项", "Item"),
        ("领域", "Field"),
        ("参与方", "Parties"),
        ("状态", "State"),
    )
    columns = tuple(Column(Text(zh, en)) for zh, en in (*heads, ("来源", "Source")))
    return Table("items", Text("登记事项", "The register"), columns, rows)


def _source(compact: Compact, item: JointItem) -> Text:
    found = compact.sources.get(item.source)
    return Text(found.title, found.title) if found else Text(item.source, item.source)
