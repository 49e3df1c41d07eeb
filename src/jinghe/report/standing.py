"""How sure the ranks are (名次的不确定性), as a section: by method, by figures, by both, and what each choice does."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from jinghe.compact import Compact
from jinghe.contest import (
    Effect,
    RankDistribution,
    RankSets,
    RankUncertainty,
    Scores,
    find_ranks,
    list_perturbations,
)
from jinghe.exhibit import Cell, Column, Section, Table
from jinghe.labels import Text
from jinghe.operation import Move, Standing
from jinghe.report.choices import name_option, name_path, tell_choice
from jinghe.report.format import show_interval, show_number
from jinghe.report.pools import show_pools
from jinghe.report.vocabulary import NOTE_KINDS

__all__ = ["show_standing"]


def show_standing(compact: Compact, *, scores: Scores, standing: Standing) -> Section:
    """Show how far the ranks hang on the method, on the figures and on both.

    Args:
        compact: names the contestants and says what is illustrative.
        scores: of the period.
        standing: of the same.
    Returns:
        The section: ranks with their intervals, what each choice does alone, and the pools.
    """
    found, ranked = standing.uncertainty, int((scores.rank > 0).sum())
    title = Text("名次的不确定性", "How sure are the ranks")
    pools = show_pools(standing.pools, region=compact.region, ranked=ranked)
    if found is None:
        lead = Text("有得分的不足两个，无从比较。", "Fewer than two have a score: there is nothing to compare.")
        return Section("standing", title, lead, pools)
    tables = (_show_ranks(compact, scores, found), _show_choices(compact, scores, found, standing.moves), *pools)
    notes = (*_list_notes(compact), _tell_widest(compact, scores, found, standing.moves))
    return Section("standing", title, _tell_bands(found, ranked), tables, notes)


def _tell_bands(found: RankUncertainty, ranked: int) -> Text:
    zh = f"{ranked} 个参评地区分成 {len(found.ties)} 组：组内难分高下，组间可以区分"
    en = f"The {ranked} contestants fall into {len(found.ties)} bands: those inside a band cannot be told apart"
    if found.robust is None:
        return Text(
            f"{zh}。指标树混用不同的合成方法，次序未作证明。",
            f"{en}. The tree mixes kinds of aggregates, so that no order is proved.",
        )
    proved, pairs, within = int(found.robust.ahead.sum()), ranked * (ranked - 1) // 2, f"{found.robust.within:.0%}"
    return Text(
        f"{zh}。各权重上下浮动 {within} 以内，{pairs} 对中有 {proved} 对的次序得到证明。",
        f"{en}. With every weight within ±{within} the order of {proved} of {pairs} pairs is proved.",
    )


def _show_ranks(compact: Compact, scores: Scores, found: RankUncertainty) -> Table:
    bands = {code: number for number, band in enumerate(found.ties, start=1) for code in band}
    ahead = found.robust.ahead if found.robust else None
    rows = tuple(
        (
            int(scores.rank[k]),
            _name(compact, scores.codes[k]),
            *(_interval(one, k) for one in (found.method, found.figures, found.single, found.sets, found.combined)),
            bands.get(scores.codes[k]),
            *((None, None) if ahead is None else (int(ahead[k].sum()), int(ahead[:, k].sum()))),
        )
        for k in np.argsort(scores.rank, kind="stable")
        if scores.rank[k]
    )
    columns = (
        Column(Text("名次", "Rank"), "number", 0),
        Column(Text("地区", "City")),
        Column(Text("方法变动", "By method")),
        Column(Text("数据误差", "By errors of figures")),
        Column(Text("置信集（单看一地）", "Confidence set (one city)")),
        Column(Text("置信集（同时成立）", "Confidence set (all together)")),
        Column(Text("两者合计", "By both")),
        Column(Text("并列组", "Band"), "number", 0),
        Column(Text("证明领先于（个）", "Proved ahead of"), "number", 0),
        Column(Text("证明落后于（个）", "Proved behind"), "number", 0),
    )
    varied = [(name_path(scores.contest, one.path), tell_choice(one)) for one in list_perturbations(scores.contest)]
    share, draws = f"{found.method.coverage:.0%}", f"{found.method.draws:,}"
    method = Text(
        f"{share} 区间，{draws} 次抽取。变动的做法："
        + "；".join(f"{path.zh}（{how.zh}）" for path, how in varied)
        + "。",
        f"{share} intervals over {draws} draws. What varies: "
        + "; ".join(f"{path.en} ({how.en})" for path, how in varied)
        + ".",
    )
    return Table(
        "ranks", Text("名次区间", "Intervals of ranks"), columns, rows, method, (_tell_figures(scores, found),)
    )


def _tell_figures(scores: Scores, found: RankUncertainty) -> Text:
    if found.figures is None:
        return Text(
            "没有可重抽的公布数，数据的误差未计。", "No figure can be redrawn; errors of the figures are not in."
        )
    read = {item.key: item for row in scores.evidence.values() for cell in row for item in cell.observations}
    known, of = sum(item.se is not None for item in read.values()), len(read)
    sets = Text(
        "置信集由重抽得出：“单看一地”只对该地成立，“同时成立”对各地一并成立。",
        "The confidence sets follow from the redrawings: those of one city hold for it alone, the others all together.",
    )
    if not known:
        return Text(
            f"数据的误差只计公布数的四舍五入：各数在末位半个单位内重抽。{sets.zh}"
            "统计误差未见公布，不在其内，实际的不确定性只会更大。",
            "Of the errors of the figures only their rounding is in: each is redrawn within half a unit of its last "
            f"place. {sets.en} Statistical errors are not published and not in: the true uncertainty is larger.",
        )
    return Text(
        f"{of} 个公布数中 {known} 个附有标准误，按正态重抽；其余只计四舍五入，在末位半个单位内重抽。{sets.zh}",
        f"{known} of {of} figures come with a standard error and are redrawn from a normal, the others within half a "
        f"unit of their last place. {sets.en}",
    )


def _show_choices(compact: Compact, scores: Scores, found: RankUncertainty, moves: tuple[Move, ...]) -> Table:
    alone = {(move.path, repr(move.option)): move for move in moves}
    rows = [_show_effect(compact, scores, one, alone.get((one.path, repr(one.option)))) for one in found.effects]
    if found.figures is not None:
        shift = float(np.nanmean(found.figures.shift))
        redrawn = Text("在各自误差内重抽", "redrawn within their errors")
        rows.append((name_path(scores.contest, "contest.figures"), redrawn, shift, None))
    columns = (
        Column(Text("做法", "Choice")),
        Column(Text("取法", "Option")),
        Column(Text("平均移动名次", "Mean shift of ranks"), "number", 2),
        Column(Text("移动最多者", "Who moves most")),
    )
    method = Text(
        "每次只改一项，其余照旧；抽取的（权重、数据误差）为多次抽取的平均。0 表示没有名次因它而动。",
        "One choice at a time, all else as written; what is drawn (weights, errors of figures) is a mean over draws. "
        "0: no rank hangs on it.",
    )
    return Table("choices", Text("每种做法单独的影响", "What each choice does alone"), columns, tuple(rows), method)


def _show_effect(compact: Compact, scores: Scores, one: Effect, move: Move | None) -> tuple[Cell, ...]:
    option, who = name_option(one.path, one.option), None
    if one.problems:
        who = Text(*("；".join(p.text(lang) for p in one.problems) for lang in ("zh", "en")))
    elif move and move.written:
        option = Text(f"{option.zh}（现行）", f"{option.en} (as written)")
    elif move and one.shift > 0:
        k = int(np.where(move.rank > 0, np.abs(move.rank - scores.rank), 0).argmax())
        name, step = _name(compact, scores.codes[k]), f"{scores.rank[k]} → {move.rank[k]}"
        who = Text(f"{name.zh} {step}", f"{name.en} {step}")
    return (name_path(scores.contest, one.path), option, one.shift, who)


def _list_notes(compact: Compact) -> Iterator[Text]:
    """What the compact itself says of the choices that vary."""
    for note in compact.notes:
        if note.path.startswith("contest.uncertainty"):
            kind = NOTE_KINDS[note.kind]
            yield Text(f"{kind.zh}：{note.text.zh}", f"{kind.en.capitalize()}: {note.text.en}")


def _tell_widest(compact: Compact, scores: Scores, found: RankUncertainty, moves: tuple[Move, ...]) -> Text:
    """Say what lies behind the widest interval: the ranks by branch, who is near, and the choice that moves it most."""
    whole = found.whole
    k = min(np.flatnonzero(scores.rank).tolist(), key=lambda row: (whole.low[row] - whole.high[row], scores.rank[row]))
    name, rank, span = _name(compact, scores.codes[k]), int(scores.rank[k]), _interval(whole, k)
    branches = [(scores.contest.label(node.id), find_ranks(scores.nodes[node.id])[k]) for node in scores.root.children]
    near = float(np.nanmax(scores.total) - np.nanmin(scores.total)) / 10
    others = int((np.abs(scores.total - scores.total[k]) < near).sum()) - 1
    zh = [
        f"区间最宽的是{name.zh}：第 {rank} 名，可在 {span} 之间",
        "分项看，" + "、".join(f"{label.zh}第 {place}" for label, place in branches if place),
        f"得分与它相差不到 {show_number(near, 1)} 分的还有 {others} 个",
    ]
    en = [
        f"The widest interval is that of {name.en}: rank {rank}, anywhere in {span}",
        "by branch " + ", ".join(f"{label.en} {place}" for label, place in branches if place),
        f"{others} others are within {show_number(near, 1)} points",
    ]
    move = max(moves, key=lambda one: abs(int(one.rank[k]) - rank), default=None)
    if move and move.rank[k] and move.rank[k] != rank:
        path, option = name_path(scores.contest, move.path), name_option(move.path, move.option)
        zh.append(f"单把“{path.zh}”换成“{option.zh}”，它就到第 {move.rank[k]} 名")
        en.append(f"“{path.en}” as “{option.en}” alone puts it at {move.rank[k]}")
    return Text("；".join(zh) + "。", "; ".join(en) + ".")


def _interval(found: RankDistribution | RankSets | None, row: int) -> str | None:
    return show_interval(int(found.low[row]), int(found.high[row])) if found and found.high[row] else None


def _name(compact: Compact, code: str) -> Text:
    return Text(compact.region.name(code, "zh"), compact.region.name(code, "en"))
