"""Standards that several parties make together (联合标准), as far as a case records them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from jinghe.compact import Compact
from jinghe.exhibit import Column, Table
from jinghe.labels import Text
from jinghe.standards import STATES, Catalogue, JointStandard, Life, follow, read_joint

__all__ = ["Joint", "find_joint", "show_joint", "split_remark"]

Joint = tuple[JointStandard, Life]


def find_joint(compact: Compact) -> tuple[Joint, ...]:
    """Follow the joint standards that a compact names to their last recorded step; none without a file.

    Raises:
        DataError, RuleError: the file's faults; a step that the procedure does not allow.
    """
    file = compact.standards.get("joint")
    return tuple((one, follow(one, on=date.max)) for one in read_joint(compact.folder / file)) if file else ()


def show_joint(found: Sequence[Joint], *, owners: Sequence[Catalogue]) -> Table:
    """Put joint standards as a table: who makes them, where each stands, who is awaited."""
    names = {one.jurisdiction: one.owner for one in owners}

    def name(codes: Sequence[str]) -> Text:
        words = [names.get(code, Text(code, code)) for code in codes]
        return Text(*(" · ".join(one.get(lang) for one in words) or "—" for lang in ("zh", "en")))

    rows = tuple(
        (
            one.title,
            name(one.parties),
            STATES[life.state],
            life.since.isoformat() if life.since else "—",
            name(life.awaited),
            split_remark(one.events[-1].note),
        )
        for one, life in found
    )
    heads = ("标准", "Standard"), ("参与方", "Parties"), ("所处阶段", "State"), ("自", "Since"), ("待办方", "Awaited")
    return Table(
        "joint",
        Text("联合标准的进程", "Standards made jointly"),
        tuple(Column(Text(zh, en)) for zh, en in (*heads, ("备注", "Remark"))),
        rows,
        Text(
            "按登记的最后一步；没有登记的步骤不推测。",
            "After the last step on record; what is not on record is not guessed.",
        ),
    )


def split_remark(comment: str) -> Text | str:
    """Split a comment written `中文 / English`; one without the slash serves for both languages."""
    zh, slash, en = comment.partition(" / ")
    return Text(zh, en) if slash else comment
