"""Who is awarded what, and on what ground (奖励), as a section."""

from __future__ import annotations

from collections.abc import Sequence

from jinghe.contest import Award
from jinghe.exhibit import Column, Section, Table
from jinghe.labels import Text
from jinghe.region import Region

__all__ = ["show_awards"]


def show_awards(awards: Sequence[Award], *, region: Region) -> Section:
    """Show the awards of a period; a prize of no amount is an honour.

    Args:
        awards: what `award` returned.
        region: names the contestants.
    Returns:
        The section; its lead says so where nobody is awarded anything.
    """
    rows = tuple(
        (
            one.label,
            Text(region.name(one.jurisdiction, "zh"), region.name(one.jurisdiction, "en")),
            one.amount.fen,
            one.ground,
        )
        for one in awards
    )
    columns = (
        Column(Text("奖项", "Prize")),
        Column(Text("地区", "City")),
        Column(Text("金额", "Amount"), "money"),
        Column(Text("依据", "Ground")),
    )
    title = Text("奖励", "Prizes")
    if not rows:
        return Section("awards", title, Text("没有奖项，或无人获奖。", "There is no prize, or nobody wins one."), ())
    lead = Text(
        "名次有不确定性，依据一栏写明凭什么给；各奖项的金额分文不差。",
        "Ranks are uncertain: the ground says on what a prize rests. Every fund is given out to the fen.",
    )
    return Section("awards", title, lead, (Table("awards", title, columns, rows),))
