"""How carefully was it answered? (答卷质量): straight-lining, speeding, ceilings, blanks. Flags, no verdicts."""

from __future__ import annotations

import math
from collections.abc import Container, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jinghe.labels import Text
from jinghe.survey.instrument import Item
from jinghe.survey.responses import Responses, find_asked
from jinghe.survey.suppression import DEFAULT_K
from jinghe.survey.table import Check, Column, Row, Table
from jinghe.survey.wording import ITEM, SHARE, SIZE, say_method

__all__ = [
    "CEILING",
    "SPEED",
    "ItemQuality",
    "Quality",
    "StraightLining",
    "find_batteries",
    "judge_quality",
    "tabulate_quality",
]

SPEED = 1 / 3  # of the median time
CEILING = 0.5  # share of the top answer from which the SD says more about the scale than about people
_Bools = NDArray[np.bool_]
_BLANK = Text("", "")


@dataclass(frozen=True, slots=True)
class StraightLining:
    """Of those who answered all items of a battery, how many gave one answer throughout (雷同作答)."""

    battery: str
    items: tuple[str, ...]
    n: int
    identical: int

    @property
    def share(self) -> float:
        """Their share; NaN where nobody answered all."""
        return self.identical / self.n if self.n else math.nan


@dataclass(frozen=True, slots=True)
class ItemQuality:
    """One item: asked, answered, and the share of its top answer (天花板) where it is a rating."""

    item: str
    asked: int
    answered: int
    top: float
    ceiling: bool


@dataclass(frozen=True, slots=True, eq=False)
class Quality:
    """The flags of a collection (质量标记): `straight` and `fast` per respondent, nobody is removed.

    `median_seconds` is NaN where times are not known; then nobody is fast.
    """

    n: int
    straight: _Bools
    fast: _Bools
    median_seconds: float
    lines: tuple[StraightLining, ...]
    items: tuple[ItemQuality, ...]


def find_batteries(responses: Responses) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """List batteries of at least three rating items with the same options."""
    instrument = responses.instrument
    found = []
    for battery in instrument.batteries:
        items = [item for item in instrument.members(battery.id) if instrument.is_rating(item.id)]
        if len(items) >= 3 and len({item.choices for item in items}) == 1:
            found.append((battery.id, tuple(item.id for item in items)))
    return tuple(found)


def judge_quality(responses: Responses, *, speed: float = SPEED, ceiling: float = CEILING) -> Quality:
    """Flag one answer throughout every battery, haste, and items whose top answer nearly everybody gave.

    What tables leave out (`share_bases`) counts as answered; shares of the top answer are those of the tables.

    Args:
        responses: the answers.
        speed: a respondent is fast below this share of the median time.
        ceiling: an item has a ceiling from this share of the top answer.
    """
    lines, straight = [], np.zeros(responses.n, dtype=bool)
    for battery, items in find_batteries(responses):
        full, same = _same_answers(responses.as_given(), items)
        lines.append(StraightLining(battery, items, int(full.sum()), int(same.sum())))
        straight |= same
    known = responses.seconds[~np.isnan(responses.seconds)]
    median = float(np.median(known)) if len(known) else math.nan
    with np.errstate(invalid="ignore"):
        fast = responses.seconds < speed * median
    judged = tuple(_judge_item(responses, item, ceiling) for item in responses.instrument.questions())
    return Quality(responses.n, straight, np.asarray(fast), median, tuple(lines), judged)


def _same_answers(responses: Responses, items: Sequence[str]) -> tuple[_Bools, _Bools]:
    columns = [responses.answers[name] for name in items]
    full, same = columns[0] >= 0, np.ones(responses.n, dtype=bool)
    for column in columns[1:]:
        full = full & (column >= 0)
        same &= column == columns[0]
    return full, full & same


def _judge_item(responses: Responses, item: Item, ceiling: float) -> ItemQuality:
    asked, answered = find_asked(responses, item), responses.as_given().answered(item.id)
    counts, base = (int(asked.sum()), int(answered.sum())), int(responses.answered(item.id).sum())
    if not responses.instrument.is_rating(item.id) or not base:
        return ItemQuality(item.id, *counts, math.nan, ceiling=False)
    values = [choice.value or 0.0 for choice in responses.instrument.options(item.id)]
    top = float((responses.answers[item.id] == int(np.argmax(values))).sum()) / base
    return ItemQuality(item.id, *counts, top, ceiling=top >= ceiling)


def tabulate_quality(
    responses: Responses, found: Quality, *, k: int = DEFAULT_K, closed: Container[str] = ()
) -> tuple[Table, ...]:
    """Tabulate the flags of a collection: items, then batteries; only sums, never a person.

    What fewer than k were asked or answered, and what is in `closed`, shows its name only; so does a background
    question that somebody left blank, since who did is a group that the sample may hide.
    """
    rows = []
    for item in found.items:
        label = responses.instrument.label(item.item)
        blank_group = responses.instrument.item(item.item).cut and item.answered < item.asked
        if item.item in closed or blank_group or 0 < item.asked < k or 0 < item.answered < k:
            rows.append(Row((label, *[None] * 4, _BLANK), hidden=True))
            continue
        flag = Text("有", "yes") if item.ceiling else _BLANK
        share = item.answered / item.asked if item.asked else math.nan
        rows.append(Row((label, item.asked, item.answered, share, item.top, flag)))
    columns = (
        ITEM,
        Column("asked", Text("应答", "Asked"), "count"),
        Column("count", Text("已答", "Answered"), "count"),
        SHARE,
        Column("top", Text("最高分占比", "Top answer"), "share"),
        Column("ceiling", Text("天花板", "Ceiling")),
    )
    at = tuple(number for number, item in enumerate(found.items) if item.asked and not rows[number].hidden)
    checks = (Check("part", at, {"count": "count", "share": "share", "base": "asked"}),)
    words = Text(
        f"最高分占比达 {CEILING:.0%} 者标“有”；标记只供复核，不删除答卷",
        f"Ceiling from {CEILING:.0%} on the top answer; flags remove nobody",
    )
    title = Text("答卷质量：各题", "Quality of answers: items")
    tables = [Table("quality.items", title, columns, tuple(rows), say_method(responses, words), (), checks)]
    if found.lines:
        tables.append(_lines_table(responses, found, k))
    return tuple(tables)


def _lines_table(responses: Responses, found: Quality, k: int) -> Table:
    names = {battery.id: battery.label for battery in responses.instrument.batteries}
    rows = [
        Row((names[line.battery], len(line.items), line.n, line.identical, line.share), hidden=0 < line.n < k)
        for line in found.lines
    ]
    columns = (
        Column("battery", Text("矩阵题", "Battery")),
        Column("items", Text("题数", "Items"), "count"),
        SIZE,
        Column("count", Text("各题同答", "Identical"), "count"),
        SHARE,
    )
    fast = int(found.fast.sum())
    known = not math.isnan(found.median_seconds)
    zh = f"答题时间不足中位数 {SPEED:.0%} 者 {fast} 人" if known else "答题时间未知，未判过快"
    en = (
        f"{fast} took less than {SPEED:.0%} of the median time"
        if known
        else "Times are not known, so haste is not judged"
    )
    at = tuple(number for number, line in enumerate(found.lines) if line.n >= k)
    checks = (Check("part", at, {"count": "count", "share": "share", "base": "n"}),)
    title = Text("答卷质量：各题同答", "Quality of answers: identical answers")
    return Table("quality.lines", title, columns, tuple(rows), say_method(responses, Text(zh, en)), (), checks)
