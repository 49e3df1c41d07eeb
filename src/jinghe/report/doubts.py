"""Figures to check (数据疑点), as a section: what was asked, how strong each test is, and what could not be tested."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from jinghe.contest import Contest, Examination, Flag
from jinghe.contest.gaming import KINDS
from jinghe.contest.mirror import Confirmation
from jinghe.exhibit import Cell, Column, Section, Table
from jinghe.labels import Text
from jinghe.region import Region

__all__ = ["show_confirmations", "show_doubts"]

_STANDINGS = {
    "claimed": Text("待合作方确认", "waits for a partner"),
    "confirmed": Text("已互认", "confirmed"),
    "adjudicated": Text("已裁定", "ruled upon"),
}
_CITY, _N = Column(Text("地区", "City")), Column(Text("n", "n"), "number", 0)
_P, _Q = Column(Text("p", "p"), "number", 3), Column(Text("q", "q"), "number", 3)
_POWER = Column(Text("检出力", "Power"), "share", 0)


def show_doubts(found: Examination, *, contest: Contest, region: Region) -> Section:
    """Show the flags, and how many tests of each kind were run, raised one, or could not be run.

    Args:
        found: what `examine` returned.
        contest: names the indicators.
        region: names the contestants.
    Returns:
        The section; its words accuse nobody.
    """
    title = Text("数据疑点（请核对，并非结论）", "Figures to check (questions, not verdicts)")
    flags = (_show_flags(found.flags, contest, region),) if found.flags else ()
    return Section("doubts", title, found.tell(), (*flags, _show_tests(found)))


def _show_flags(flags: Sequence[Flag], contest: Contest, region: Region) -> Table:
    columns = (
        _CITY,
        Column(Text("指标", "Indicator")),
        Column(Text("期间", "Period")),
        Column(Text("疑点", "Question")),
        Column(Text("依据", "Evidence")),
        *(_P, _Q, _POWER, _N),
        Column(Text("把握", "Strength")),
    )
    rows = tuple(
        (
            Text(region.name(one.jurisdiction, "zh"), region.name(one.jurisdiction, "en")),
            contest.label(one.indicator) if one.indicator else None,
            one.period,
            KINDS[one.code],
            *(one.evidence, one.p, one.q, one.power, one.n, one.strength),
        )
        for one in flags
    )
    method = Text(
        "p：无异常时出现这样或更极端数字的概率；q：按全部检验校正后的错误发现率；检出力：真有“把握”一栏所述情形时能够察觉的"
        "概率。勾稽关系不符无须检验，故空白。",
        "p: the chance of such figures, or more extreme ones, when nothing is amiss; q: the false-discovery rate over "
        "all tests; power: the chance to notice what the strength column describes. An identity needs no test.",
    )
    return Table("flags", Text("请核对的数字", "Figures to check"), columns, rows, method)


def _show_tests(found: Examination) -> Table:
    columns = (
        Column(Text("检验", "Test")),
        Column(Text("已检验", "Run"), "number", 0),
        Column(Text("提出疑点", "Flags"), "number", 0),
        Column(Text("检出力（中位）", "Power (median)"), "share", 0),
        Column(Text("未能检验", "Not possible"), "number", 0),
        Column(Text("未能检验之因（数据最多的一例）", "Why not (the case with the most figures)")),
    )
    method = Text(
        "检出力低于 80% 的检验，没有提出疑点也不说明数字无误。勾稽关系（各市合计与上级公布数、比值与分子分母、"
        "多次报送）逐一核对，不作检验，不符的才列为疑点。",
        "Where the power is below 80 %, no flag does not mean that the figures are right. Identities (sums against the "
        "superior's total, ratios against their parts, reports against each other) are all checked without a test; "
        "those that fail are listed.",
    )
    rows = tuple(_count_kind(found, kind, counts) for kind, counts in found.counts.items())
    return Table("tests", Text("查了什么、查不了什么", "What was and was not tested"), columns, rows, method)


def _count_kind(found: Examination, kind: str, counts: tuple[int, int, int]) -> tuple[Cell, ...]:
    run, raised, missed = counts
    powers = [probe.power for probe in found.probes if probe.code == kind]
    why = max((one for one in found.untested if one.code == kind), key=lambda one: one.n, default=None)
    return (KINDS[kind], run, raised, median(powers) if powers else None, missed, why.reason if why else None)


def show_confirmations(found: Sequence[Confirmation], *, titles: dict[str, Text], region: Region) -> Section:
    """Show what the partners' own reports make of every joint item.

    Args:
        found: one per item.
        titles: of the items, by id.
        region: names the partners.
    Returns:
        The section; what only one side claims is said to wait, not to be wrong.
    """
    waiting = sum(one.standing == "claimed" for one in found)
    lead = Text(
        f"共 {len(found)} 项，{waiting} 项尚待合作方确认、暂不计分；各方数字不一的，按差异扣减。",
        f"{waiting} of {len(found)} items wait for a partner and earn nothing yet; reports that differ cost points.",
    )
    columns = (
        Column(Text("事项", "Item")),
        Column(Text("状态", "Standing")),
        Column(Text("认定值", "Agreed value"), "number", 2),
        Column(Text("差异", "Discrepancy"), "number", 3),
        Column(Text("计分比例", "Part of the points"), "share", 0),
        Column(Text("未申报的合作方", "Partners that have not reported")),
    )
    rows = tuple(
        (
            titles[one.item],
            _STANDINGS[one.standing],
            *(one.value, one.discrepancy, one.factor),
            Text(region.names(one.silent, "zh"), region.names(one.silent, "en")) if one.silent else None,
        )
        for one in found
    )
    table = Table("items", Text("共同事项的互认", "Joint items as their partners report them"), columns, rows)
    return Section("confirmations", Text("共同事项互认", "Reports of joint items"), lead, (table,))
