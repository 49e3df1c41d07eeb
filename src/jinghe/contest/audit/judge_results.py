"""Steps 6–10 of the check-list (后五步): weights, uncertainty, single indicators, outside figures, presentation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from jinghe.contest.audit.finding import Finding, Told, list_labels, make_finding, percent
from jinghe.contest.audit.influence import Influence
from jinghe.contest.audit.names import AGGREGATES, name_choice
from jinghe.contest.audit.omission import Omissions
from jinghe.contest.audit.outside import Link
from jinghe.contest.audit.robustness import Robustness
from jinghe.contest.audit.stability import Stability
from jinghe.contest.score import Scores
from jinghe.labels import Text
from jinghe.region import Region

__all__ = ["judge_links", "judge_omissions", "judge_presentation", "judge_robustness", "judge_weights"]

_SAME, _STUCK, _NOISY = 0.9, 0.95, 0.5
_SOFT = ("assumed", "estimated", "synthetic")
_STATUS = {
    "assumed": Text("假定", "assumed"),
    "estimated": Text("估计", "estimated"),
    "synthetic": Text("合成", "synthetic"),
}


def judge_weights(scores: Scores, influences: Sequence[Influence], least: float) -> Finding:
    """Judge weights on paper against what decides: less than half its part, or against the total (r < −`least`)."""
    label = scores.contest.label
    pairs = [one for one in influences if one.own > 0 and one.own < 1 and not np.isnan(one.share)]
    faint = [one for one in pairs if one.share < one.own / 2]
    against = [one for one in pairs if one.r < -least]
    heavy = max(pairs, key=lambda one: abs(one.share - one.own), default=None)
    means = Counter(scores.contest.aggregation(node.id) for node in scores.root.walk() if node.children)
    used = [Text(f"{AGGREGATES[x].zh} {count} 处", f"{AGGREGATES[x].en} × {count}") for x, count in means.items()]
    gap = float("nan") if heavy is None else abs(heavy.share - heavy.own)
    widest = heavy and Text(
        f"差距最大的是“{label(heavy.id).zh}”：名义 {percent(heavy.own)}，实际 {percent(heavy.share)}。",
        f"The widest gap: {label(heavy.id).en}, {percent(heavy.own)} on paper and {percent(heavy.share)} in fact.",
    )
    return make_finding(
        6,
        [
            list_labels(Text("合成方式", "Aggregates"), used, verdict="ok"),
            ("ok", widest) if widest else ("missing", Text("没有可比的同级。", "No siblings to compare.")),
            list_labels(
                Text("实际影响不及名义权重一半", "Less than half the part they weigh"), (label(x.id) for x in faint)
            ),
            list_labels(Text("与总分反向", "Against the total"), (label(x.id) for x in against)),
        ],
        faint=len(faint),
        against=len(against),
        gap=gap,
    )


def judge_robustness(scores: Scores, robustness: Robustness) -> Finding:
    """Judge how wide the rank intervals are, and name what decides them; a third of the field is wide."""
    n = int((scores.rank > 0).sum())
    if robustness.spread is None or not n:
        none = Text("没有地区有名次。", "No city has a rank.")
        words = [Text(p.text("zh"), p.text("en")) for p in robustness.problems] or [none]
        return make_finding(7, [("missing", word) for word in words])
    draws = robustness.spread.whole
    width = float((draws.high - draws.low + 1)[draws.rank > 0].mean())
    wide = Text(
        f"{draws.draws} 次抽样，{percent(draws.coverage)} 名次区间平均宽 {width:.1f} 名（共 {n} 名）。",
        f"Over {draws.draws} draws the {percent(draws.coverage)} rank intervals are {width:.1f} of {n} places wide on "
        "average.",
    )
    proved = (
        float("nan")
        if robustness.spread.robust is None
        else 2 * float(robustness.spread.robust.ahead.sum()) / max(n * (n - 1), 1)
    )
    return make_finding(
        7,
        [
            ("look" if width > n / 3 else "ok", wide),
            _tell_robust(robustness, proved),
            _tell_decider(robustness, scores.contest.label),
            ("ok", Text("数据自身的误差未计入。", "The errors of the figures themselves are not in here.")),
        ],
        width=width,
        cities=n,
        robust=proved,
    )


def judge_omissions(scores: Scores, omissions: Omissions, region: Region) -> Finding:
    """Judge the ranks without each indicator: a quarter of the field for one city, or a place on average, is much."""
    n = int((omissions.nominal > 0).sum())
    counted = [k for k, leaf in enumerate(omissions.leaves) if leaf in scores.leaves]
    shifts = omissions.shifts[counted]
    if not counted or np.isnan(shifts).all():
        return make_finding(8, [("missing", Text("没有可剔除的指标。", "There is no indicator to leave out."))])
    at, row = np.unravel_index(int(np.nanargmax(np.abs(shifts))), shifts.shape)
    leaf, most = omissions.leaves[counted[int(at)]], float(np.abs(shifts[at, row]))
    label, code, mean = scores.contest.label(leaf), scores.codes[int(row)], float(np.nanmax(omissions.mean[counted]))
    words = Text(
        f"逐一剔除 {len(counted)} 个指标：剔除“{label.zh}”时{region.name(code, 'zh')}变动最大，{most:.0f} 名；"
        f"平均变动最多 {mean:.1f} 名。",
        f"{len(counted)} indicators left out in turn: without {label.en} {region.name(code, 'en')} moves most, by "
        f"{most:.0f} places; the largest mean shift is {mean:.1f} places.",
    )
    sole = [omissions.leaves[k] for k in counted if ((omissions.ranks[k] == 0) & (omissions.nominal > 0)).any()]
    return make_finding(
        8,
        [
            ("look" if most > n / 4 or mean > 1 else "ok", words),
            list_labels(
                Text("缺此则有地区无分", "Without which some city has no score"), map(scores.contest.label, sole)
            ),
        ],
        most=most,
        mean=mean,
    )


def judge_links(scores: Scores, links: Sequence[Link], stability: Stability | None) -> Finding:
    """Judge the total beside figures outside the tree, and ranks from year to year."""
    strong = [link for link in links if abs(link.r) > link.least]
    same = [link for link in links if abs(link.r) > _SAME]
    none = Text("没有可对照的外部指标。", "No figures outside the tree to compare with.")
    seen = Text(
        f"对照 {len(links)} 项外部数据，{len(strong)} 项相关超出偶然。",
        f"Beside {len(links)} outside series, {len(strong)} correlate beyond chance.",
    )
    named = [Text(f"{scores.contest.label(x.series).zh}（{x.period}，{x.r:.2f}）",
                  f"{scores.contest.label(x.series).en} ({x.period}, {x.r:.2f})") for x in same]  # fmt: skip
    icc = float("nan") if stability is None else stability.reliability
    return make_finding(
        9,
        [
            ("ok", seen) if links else ("missing", none),
            list_labels(
                Text("与总分几乎相同，指数未添新信息", "Nearly the same as the total, which adds little"), named
            ),
            *_tell_stability(stability),
        ],
        links=len(links),
        strong=len(strong),
        reliability=icc,
    )


def judge_presentation(scores: Scores, *, intervals: bool) -> Finding:
    """Judge whether names stand in both languages, figures have units and sources, and soft ones are told."""
    contest, cells = scores.contest, [cell for row in scores.evidence.values() for cell in row]
    items = [item for cell in cells for item in cell.observations]
    single = [
        contest.label(node.id) for node in contest.root.walk() if contest.label(node.id).zh == contest.label(node.id).en
    ]
    plain = [contest.label(leaf) for leaf in scores.leaves if not contest.indicator(leaf).unit.zh]
    bare = sum(not item.source for item in items)
    soft = Counter(item.status for item in items if item.status in _SOFT)
    marked = [Text(f"{_STATUS[name].zh} {count} 个", f"{count} {_STATUS[name].en}") for name, count in soft.items()]
    ranks = (
        Text("名次附区间。", "Ranks come with intervals.")
        if intervals
        else Text("名次没有区间。", "Ranks have no intervals.")
    )
    return make_finding(
        10,
        [
            ("ok" if intervals else "missing", ranks),
            list_labels(Text("中英文名称相同或只有一种", "Named in one language only"), single),
            list_labels(Text("没有单位的指标", "Indicators without a unit"), plain),
            ("look", Text(f"{bare} 个数据没有来源。", f"{bare} figures have no source.")) if bare else None,
            list_labels(Text("非实测数据，须标明", "Figures not observed, to be marked"), marked),
        ],
        figures=len(items),
        unsourced=bare,
        soft=sum(soft.values()),
    )  # fmt: skip


def _tell_robust(robustness: Robustness, proved: float) -> Told:
    spread = robustness.spread
    if spread is None or spread.robust is None:
        return None
    within = percent(spread.robust.within)
    zh = f"权重各自变动 ±{within} 之内，{percent(proved)} 的两两先后不变。"
    return "ok", Text(zh, f"For any weights within ±{within}, {percent(proved)} of the pairs keep their order.")


def _tell_decider(robustness: Robustness, label: Callable[[str], Text]) -> Told:
    found = robustness.indices
    if found is None:
        reasons = [Text(p.text("zh"), p.text("en")) for p in robustness.problems]
        return ("look", reasons[0]) if reasons else None
    if len(found.names) == 1:
        only = name_choice(found.names[0], label)
        return "ok", Text(f"只变动了{only.zh}。", f"Only {only.en} varied.")
    top = int(np.argmax(found.total))
    choice = name_choice(found.names[top], label)
    sure = Text("", "") if found.converged else Text("（未收敛）", " (not converged)")
    share = percent(float(found.total[top]))
    return "ok", Text(
        f"最左右名次的是{choice.zh}：总敏感度 {share}{sure.zh}。",
        f"What moves ranks most: {choice.en}, total Sobol' index {share}{sure.en}.",
    )


def _tell_stability(stability: Stability | None) -> list[Told]:
    if stability is None or not stability.transitions:
        none = Text(
            "没有同一套指标的其他期间，不能判断稳定与可靠。",
            "No other period has the same indicators: stability unknown.",
        )
        return [("missing", none)]
    known = [one.spearman for one in stability.transitions if not np.isnan(one.spearman)]
    if not known or np.isnan(stability.reliability):
        flat = Text(
            "有的期间各地同分，或两期都有分的地区太少，稳定与可靠无从计算。",
            "Scores of a period are all alike, or too few cities have one in both: stability is undefined.",
        )
        return [("look", flat)]
    least = min(known)
    words = Text(
        f"相邻两期名次相关最低 {least:.2f}；得分的可靠性 ICC(2,1) 为 {stability.reliability:.2f}。",
        f"From period to period ranks correlate at {least:.2f} or more; reliability of scores, ICC(2,1): "
        f"{stability.reliability:.2f}.",
    )
    stuck = Text("名次几乎不动，难以激励。", "Ranks hardly move, which motivates no one.")
    noisy = Text("得分多为波动，难以评比。", "Scores are mostly noise, which ranks no one.")
    return [
        ("ok", words),
        ("look", stuck) if least > _STUCK else None,
        ("look", noisy) if stability.reliability < _NOISY else None,
    ]
