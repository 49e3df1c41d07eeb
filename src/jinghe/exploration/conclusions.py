"""What rules side by side say (方案对照的结论): tables, pictures and plain sentences, all from the numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import sqrt
from typing import Any

import numpy as np

from jinghe.exhibit import Cell, Column, Section, Table
from jinghe.exploration.condition import name_outcome
from jinghe.exploration.factor import Array
from jinghe.exploration.study import COURSES, Gap, Study, Trial, Withdrawn
from jinghe.labels import Text

__all__ = ["show_study"]

_DRAWN = {
    "cooperation": Text("协同努力", "Joint effort"),
    "trust": Text("互信", "Trust"),
    "standards": Text("标准化程度", "Standards"),
}
_COLUMNS = ("cooperation", "survival", "trust", "standards", "dressing", "goodhart_gap", "surplus")
_LOSING = "participation_violations"
_SAID = {"low": Text("低起点", "low start"), "high": Text("高起点", "high start")}
_UNCALIBRATED = Text(
    "未校准：参数为设定值，只比较规则，不作预测。",
    "Uncalibrated: the parameters are assumed. It compares rules and predicts nothing.",
)
_MARK = Text("撤除", "withdrawn")
_HALF = 0.5
_SURVIVES = Text("有无晋升激励都存续", "it survives with promotion and without")
_DIES = Text("有无晋升激励都不存续", "it survives neither with promotion nor without")


def show_study(found: Study) -> tuple[Section, ...]:
    """Show the rules one after another and, where there is one, the withdrawal: each with its conclusions as notes."""
    return (_show_steps(found), *((_show_ending(found),) if found.ending else ()))


def _show_steps(found: Study) -> Section:
    title = Text("逐项加措施", "One lever after another")
    last, first, r = found.periods[-1], found.periods[0], found.replications
    stands = _sum_up(found)
    lead = Text(
        f"{_UNCALIBRATED.zh}{stands.zh}{first}—{last} 年，每个方案 {r} 次重复，随机数相同，种子 {found.seed}。",
        f"{_UNCALIBRATED.en} {stands.en} {first}–{last}, {r} replications of every set of rules on the same draws, "
        f"seed {found.seed}.",
    )
    told = tuple(
        _tell_gap(found, at, gap, bare)
        for at, (gap, bare) in enumerate(zip(found.gaps, found.gaps_without, strict=True), start=1)
    )
    notes = (*told, *_say_settings(found))
    figure = {"title": title.as_dict(), "runs": [_draw(found, trial) for trial in found.trials]}
    return Section("steps", title, lead, (_tabulate_steps(found), _tabulate_gaps(found)), notes, figure)


def _sum_up(found: Study) -> Text:
    """Which steps up survive λ = 0, and which do not."""
    up = [(t.step.label, b.sign > 0) for t, g, b in zip(found.trials[1:], found.gaps, found.gaps_without, strict=True)
          if g.sign > 0]  # fmt: skip
    zh, en = (
        {stands: mark.join(f"“{label.get(lang)}”" for label, one in up if one is stands) for stands in (True, False)}
        for lang, mark in (("zh", "、"), ("en", ", "))
    )
    return Text(
        f"提高协同努力且取消晋升激励（λ = 0）后仍成立的：{zh[True] or '无'}；不再成立的：{zh[False] or '无'}。",
        f"Raises joint effort and survives λ = 0: {en[True] or 'none'}; does not: {en[False] or 'none'}.",
    )


def _tabulate_steps(found: Study) -> Table:
    heads = (
        Column(Text("方案", "Rules")),
        Column(name_outcome("cooperation"), "number", 3),
        Column(Text("标准误", "s.e."), "number", 3),
        Column(Text("末年合作存续", "Alive at the end"), "share", 0),
        Column(name_outcome("trust"), "number", 2),
        Column(name_outcome("standards"), "number", 2),
        Column(Text("末年数据粉饰", "Window dressing, last year"), "number", 3),
        Column(Text("古德哈特缺口", "Goodhart gap"), "number", 2),
        Column(Text("社会剩余", "Social surplus"), "number", 2),
        Column(Text("净受损城市数", "Cities that lose"), "number", 1),
        Column(Text("λ = 0 时协同努力", "Joint effort at λ = 0"), "number", 3),
        Column(Text("λ = 0 时存续", "Alive at λ = 0"), "share", 0),
    )
    rows = tuple(tuple(_row(trial)) for trial in found.trials)
    method = Text(
        "均值取自全部重复；“存续”指末年协同努力高于注意力单位的 20%；净受损为每次推演中因协同净受损的城市数；"
        "古德哈特缺口为 1 减去真实共同产出随指标变动的斜率，越大则指标越不可信；λ = 0 为取消晋升激励。",
        "Means over all replications; alive: joint effort above 20 % of the attention unit in the last year; cities "
        "that lose by cooperating in a replication, on average; Goodhart gap: 1 less the slope of true joint output on "
        "the indicator, the larger the less the indicator can be trusted; λ = 0: without promotion.",
    )
    return Table("steps", Text("各方案的结果", "What every set of rules gives"), heads, rows, method)


def _row(trial: Trial) -> Iterator[Cell]:
    effort, bare = trial.values["cooperation"], trial.without
    yield trial.step.label
    yield _mean(effort)
    yield float(effort.std(ddof=1)) / sqrt(len(effort))
    for name in _COLUMNS[1:]:
        yield float(trial.courses[name][0, -1]) if name in COURSES else _mean(trial.values[name])
    yield _mean(trial.values[_LOSING])
    yield _mean(bare["cooperation"])
    yield _mean(bare["survival"])


def _tabulate_gaps(found: Study) -> Table:
    heads = (
        Column(Text("方案", "Rules")),
        Column(Text("协同努力之差", "Change in joint effort"), "number", 3),
        Column(Text("标准误", "s.e."), "number", 3),
        Column(Text("λ = 0 时之差", "Change at λ = 0"), "number", 3),
        Column(Text("标准误", "s.e."), "number", 3),
        Column(Text("取消晋升后是否成立", "Does it survive λ = 0?")),
        Column(Text("方向相同的其他情景", "Futures that agree"), "share", 0),
        Column(Text("谁受损", "Who loses")),
    )
    rows = tuple(
        (
            trial.step.label,
            gap.mean,
            gap.error,
            bare.mean,
            bare.error,
            _judge(gap, bare),
            _agree(one, trial, gap),
            trial.losers,
        )
        for one, trial, gap, bare in zip(
            found.trials[:-1], found.trials[1:], found.gaps, found.gaps_without, strict=True
        )
    )
    names = Text("、".join(f.label.zh for f in found.uncertain), ", ".join(f.label.en for f in found.uncertain))
    count = len(found.trials[0].futures["cooperation"])
    method = Text(
        "各行与上一方案按重复逐对相减；差别在两倍标准误或注意力单位的 1% 之内记为无差别。"
        + (f"其他情景 {count} 个，同时变动：{names.zh}。" if count else ""),
        "Every row less the rules above it, replication by replication; inside two standard errors or 1 % of the "
        "attention unit there is none." + (f" {count} other futures vary together: {names.en}." if count else ""),
    )
    return Table("gaps", Text("与上一方案之差", "Change from the rules above"), heads, rows, method)


def _judge(gap: Gap, bare: Gap) -> Text:
    if gap.sign == 0:
        return (
            Text("无差别", "no difference")
            if bare.sign == 0
            else Text("仅 λ = 0 时有差别", "a difference at λ = 0 only")
        )
    if bare.sign == gap.sign:
        return Text("成立", "yes")
    return Text("不成立", "no") if bare.sign == 0 else Text("方向颠倒", "reversed")


def _agree(one: Trial, two: Trial, gap: Gap) -> float | None:
    """Share of the futures in which the change has the same direction; None where there is none or no future."""
    moved = two.futures["cooperation"] - one.futures["cooperation"]
    known = moved[np.isfinite(moved)]
    return float((np.sign(known) == gap.sign).mean()) if len(known) and gap.sign else None


def _tell_gap(found: Study, at: int, gap: Gap, bare: Gap) -> Text:
    one, two = found.trials[at - 1 : at + 1]
    name, above = two.step.label, one.step.label
    (a, b), (p, q), (w, v), (g, h) = (
        (_mean(one.values["cooperation"]), _mean(two.values["cooperation"])),
        (_mean(one.values["survival"]), _mean(two.values["survival"])),
        (float(one.courses["dressing"][0, -1]), float(two.courses["dressing"][0, -1])),
        (_mean(one.values["goodhart_gap"]), _mean(two.values["goodhart_gap"])),
    )
    moved = {1: Text("提高", "raises"), -1: Text("降低", "lowers"), 0: Text("没有可辨的变化", "does not change")}[
        gap.sign
    ]
    zh = (
        f"与“{above.zh}”相比，“{name.zh}”的末年协同努力{moved.zh}（{a:.2f} → {b:.2f}），合作存续 {p:.0%} → {q:.0%}，"
        f"数据粉饰 {w:.2f} → {v:.2f}，古德哈特缺口 {g:.2f} → {h:.2f}。"
    )
    en = (
        f"“{name.en}” {moved.en} joint effort in the last year against “{above.en}” ({a:.2f} → {b:.2f}); alive "
        f"{p:.0%} → {q:.0%}, window dressing {w:.2f} → {v:.2f}, Goodhart gap {g:.2f} → {h:.2f}."
    )
    verdict, lost, change = _judge(gap, bare), two.losers, f"{bare.mean:+.2f}".replace("-", "−")
    zh += f"取消晋升激励（λ = 0）后之差为 {change}：{verdict.zh}。谁受损：{lost.zh}。"
    en += f" At λ = 0 the change is {change}; does it survive: {verdict.en}. Who loses: {lost.en}."
    return Text(zh, en)


def _show_ending(found: Study) -> Section:
    assert found.ending is not None, "only where there is one"
    one = found.withdrawn[0].found
    names = Text("、".join(x.zh for x in one.labels), ", ".join(x.en for x in one.labels))
    title = Text("撤除之后", "After the withdrawal")
    on, year = one.on, one.on.year - int(found.periods[0])
    lead = Text(
        f"自 {on} 起（第 {year} 年末之后）撤除{names.zh}，看到 {one.until} 年。{_UNCALIBRATED.zh}",
        f"Withdrawn from {on} (after {year} years), watched until {one.until}: {names.en}. {_UNCALIBRATED.en}",
    )
    told = (*(_tell_case(case) for case in found.withdrawn), *_tell_extremes(found))
    runs = [_draw(found, case.trial) for case in found.withdrawn]
    mark = {"at": on.year - int(found.periods[0]), "label": _MARK.as_dict()}
    figure = {"title": title.as_dict(), "runs": runs, "mark": mark}
    return Section("withdrawal", title, lead, (_tabulate_ending(found),), told, figure)


def _tabulate_ending(found: Study) -> Table:
    share = [Text("保留", "Kept"), Text("撤除", "Withdrawn"), Text("下限", "low"), Text("上限", "high")]
    share += [Text("从未设立", "Never there"), Text("原存续者仍存续", "Of those alive with it")]
    share += [Text("λ = 0：保留", "λ = 0: kept"), Text("λ = 0：撤除", "λ = 0: withdrawn")]
    heads = (
        Column(Text("情形", "Case")),
        Column(Text("起点", "Start")),
        *(Column(word, "share", 0) for word in share),
        Column(Text("其他情景中存续", "Futures alive"), "share", 0),
    )
    rows = tuple(row for case in found.withdrawn for row in _rows_of(case))
    method = Text(
        "末年合作存续的比例，95% 威尔逊区间。低起点：互信 0.1、对伙伴无期待；高起点：互信 0.9；契约自己的起点见图。"
        "“其他情景”：自契约的起点撤除后，半数以上重复存续的情景所占比例。",
        "Share of replications in which cooperation is alive in the last year, 95 % Wilson intervals. Low start: trust "
        "0.1, nothing expected of partners; high: trust 0.9; the compact's own start is in the picture. Futures alive: "
        "share of the futures in which more than half of the replications survive from the compact's own start.",
    )
    return Table("withdrawal", Text("撤除后的存续", "Survival of the withdrawal"), heads, rows, method)


def _rows_of(case: Withdrawn) -> Iterator[tuple[Cell, ...]]:
    arms = {(arm.start, arm.arm): arm for arm in case.found.arms}
    bare = {(arm.start, arm.arm): arm for arm in case.without.arms}
    alive = case.trial.futures["survival"]
    known = alive[np.isfinite(alive)]
    futures = float((known > 0.5).mean()) if len(known) else None
    for start, said in _SAID.items():
        kept, gone, never = (arms[start, arm] for arm in ("kept", "withdrawn", "never"))
        left = case.found.survival[start]
        shares = (kept.share, gone.share, gone.low, gone.high, never.share, left[0] if left else None)
        ends = (bare[start, "kept"].share, bare[start, "withdrawn"].share)
        yield (case.trial.step.label, said, *shares, *ends, futures)


def _tell_case(case: Withdrawn) -> Text:
    low, high = (_share(case, start) for start in ("low", "high"))
    own, label = _mean(case.trial.values["survival"]), case.trial.step.label
    bare = _mean(case.trial.without["survival"])
    gap, lost = _mean(case.trial.values["goodhart_gap"]), case.trial.losers
    holds = _judge_survival(own, bare)
    return Text(
        f"{label.zh}：撤除后末年合作存续 {own:.0%}（低起点 {low:.0%}，高起点 {high:.0%}）；取消晋升激励（λ = 0）时 "
        f"{bare:.0%}：{holds.zh}。古德哈特缺口 {gap:.2f}；谁受损：{lost.zh}。",
        f"{label.en}: after the withdrawal {own:.0%} are alive at the end (low start {low:.0%}, high start "
        f"{high:.0%}); at λ = 0 {bare:.0%}: {holds.en}. Goodhart gap {gap:.2f}; who loses: {lost.en}.",
    )


def _judge_survival(own: float, bare: float) -> Text:
    if own > _HALF:
        return _SURVIVES if bare > _HALF else Text("存续有赖晋升激励", "it survives only with promotion")
    return Text("只在没有晋升激励时存续", "it survives only without promotion") if bare > _HALF else _DIES


def _tell_extremes(found: Study) -> tuple[Text, ...]:
    shares = np.array([_mean(case.trial.values["survival"]) for case in found.withdrawn])
    near = 2 / sqrt(found.replications)
    if np.ptp(shares) < near:
        return (Text("各情形撤除后的存续没有可辨的差别。", "The cases survive alike, as far as can be seen."),)
    best, worst = (
        {lang: "、".join(f"“{found.withdrawn[at].trial.step.label.get(lang)}”" for at in rows) for lang in ("zh", "en")}
        for rows in (np.flatnonzero(shares > shares.max() - near), np.flatnonzero(shares < shares.min() + near))
    )
    return (
        Text(
            f"撤除之后，{best['zh']}最能存续（{shares.max():.0%}），{worst['zh']}最难（{shares.min():.0%}）。",
            f"After the withdrawal these survive best ({shares.max():.0%}): {best['en'].replace('、', ', ')}; these "
            f"worst ({shares.min():.0%}): {worst['en'].replace('、', ', ')}.",
        ),
    )


def _share(case: Withdrawn, start: str) -> float:
    return next(arm.share for arm in case.found.arms if (arm.start, arm.arm) == (start, "withdrawn"))


def _say_settings(found: Study) -> tuple[Text, ...]:
    """What all settings assume, once."""
    return tuple(dict.fromkeys(note for trial in found.trials for note in trial.notes if note in found.trials[0].notes))


def _draw(found: Study, trial: Trial) -> dict[str, Any]:
    courses: Mapping[str, Array] = trial.courses
    return {
        "label": trial.step.label.as_dict(),
        "periods": list(found.periods),
        "variables": {
            name: {"label": label.as_dict()} | dict(zip(("mean", "low", "high"), courses[name].tolist(), strict=True))
            for name, label in _DRAWN.items()
        },
    }


def _mean(values: Array) -> float:
    """Mean of the replications that define it."""
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else float("nan")
