"""Joint projects under many rules, as sections (规则比较): who gets what, and who would leave."""

from __future__ import annotations

from jinghe.exhibit import Cell, Column, Section, Table
from jinghe.games import Comparison, Outcome, Project, Verdict
from jinghe.games.project import STATUSES
from jinghe.labels import Text

__all__ = ["show_comparison"]

_ANSWERS = {True: Text("是", "yes"), False: Text("否", "no")}


def show_comparison(project: Project, comparison: Comparison) -> Section:
    """Put one project under every rule as a section.

    Args:
        project: with its parties and unit.
        comparison: what `compare_rules` returned.
    Returns:
        The section; its status (illustrative, assumed …) is its first note.
    """
    status = STATUSES[project.status]
    return Section(
        f"project-{project.id}",
        Text(f"分享规则比较：{project.title.zh}", f"Sharing rules compared: {project.title.en}"),
        comparison.text,
        (_rules(project, comparison), _reasons(comparison)),
        (Text(f"数据性质：{status.zh}。", f"Kind of data: {status.en}."), *project.notes),
    )


def _rules(project: Project, comparison: Comparison) -> Table:
    game = comparison.game
    paid = project.costs is not None
    rows = tuple(_row(project, outcome, verdict, game.n) for outcome, verdict in comparison.rows)
    columns = (
        Column(Text("规则", "Rule")),
        *(Column(label, "number", 2) for label in game.labels),
        Column(Text("收支平衡", "Balanced")),
        Column(Text("各方不低于单干", "None below alone")),
        Column(Text("最大不满", "Largest complaint"), "number", 2),
        Column(Text("与核的距离", "Distance to the core"), "number", 2),
        Column(Text("谁会退出", "Who would leave")),
    )
    what = Text("分摊额" if paid else "所得", "cost paid" if paid else "gain")
    method = Text(
        f"各列为各方{what.zh}（{project.unit.zh}）。最大不满为某一联盟单干可多得之数，负数表示留下更好。",
        f"Columns: each party's {what.en} ({project.unit.en}). The largest complaint is what a coalition would gain on "
        "its own; below zero it is better off inside.",
    )
    return Table("rules", Text("各种分法", "Every rule"), columns, rows, method)


def _row(project: Project, outcome: Outcome, verdict: Verdict | None, parties: int) -> tuple[Cell, ...]:
    if outcome.shares is None or verdict is None:
        return (outcome.label, *(None for _ in range(parties + 4)), outcome.reason)
    shares = project.pay(outcome) or tuple(float(share) for share in outcome.shares)
    judged = (_ANSWERS[verdict.is_balanced], _ANSWERS[verdict.is_rational], verdict.max_excess, verdict.core_distance)
    return (outcome.label, *shares, *judged, _leavers(verdict))


def _leavers(verdict: Verdict) -> Text:
    """Who would gain by leaving; else who would lose nothing by it."""
    if verdict.blocking:
        texts = [one.text for one in verdict.blocking]
        return Text("".join(text.zh for text in texts), " ".join(text.en for text in texts))
    return verdict.text if verdict.indifferent and verdict.is_balanced else Text("无人", "nobody")


def _reasons(comparison: Comparison) -> Table:
    rows: tuple[tuple[Cell, ...], ...] = (
        (Text("合作总收益", "Worth of all together"), comparison.game.total),
        (Text("最小核 ε", "Least core ε"), comparison.least_core),
        (
            Text("稳定成本（留住各方所需的奖励）", "Cost of stability"),
            comparison.stability_cost,
        ),
    )
    columns = (Column(Text("指标", "Figure")), Column(Text("值", "Value"), "number", 2))
    notes = tuple(Text(item.text("zh"), item.text("en")) for item in comparison.problems)
    return Table("stability", Text("能否留住各方", "What keeps everybody in"), columns, rows, None, notes)
