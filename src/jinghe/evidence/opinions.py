"""Opinions of jurisdictions as a section (意见表态, Y1)."""

from __future__ import annotations

from jinghe.consensus import STANDINGS, Consensus
from jinghe.exhibit import Column, Section, Table
from jinghe.labels import Text

__all__ = ["show_consensus"]


def show_consensus(found: Consensus) -> Section:
    """Put every statement with its standing, the consensus of the jurisdictions, and the support in each."""
    columns = (
        Column(Text("陈述", "Statement")),
        Column(Text("结论", "Standing")),
        Column(Text("地区共识度", "Consensus"), "number", 3),
        Column(Text("分歧", "Gap"), "number", 2),
        *(Column(Text(code, code), "share", 0) for code in found.jurisdictions),
    )
    rows = tuple(
        (
            one.statement,
            STANDINGS[one.standing],
            one.consensus,
            one.gap,
            *(side.agree / side.seen if side.seen else None for side in one.sides),
        )
        for one in found.opinions
    )
    method = Text(
        "共识度为各地支持率（Jeffreys 先验）的几何平均，不因地区多少、大小而变；票数不足者不下结论。",
        "Geometric mean of every jurisdiction's support (Jeffreys prior), whatever their number and size; without "
        "enough votes nothing is concluded.",
    )
    notes = (Text("成员数未知，按投票者计。", "Members unknown: voters are counted."),) if found.assumed else ()
    counts = {name: sum(one.standing == name for one in found.opinions) for name in STANDINGS}
    return Section(
        "consensus",
        Text("意见共识", "Consensus of opinion"),
        Text(
            "、".join(f"{STANDINGS[name].zh} {n} 条" for name, n in counts.items() if n) + "。",
            ", ".join(f"{STANDINGS[name].en} {n}" for name, n in counts.items() if n) + ".",
        ),
        (Table("statements", Text("逐条", "Statement by statement"), columns, rows, method, notes),),
    )
