"""The audit as tables (审计展示): the check-list, then what each step rests on."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.audit.finding import VERDICTS
from jinghe.contest.audit.judge_figures import BOND_WORDS
from jinghe.contest.audit.names import SCALES, TREATMENTS, name_choice, name_option
from jinghe.contest.audit.report import Audit
from jinghe.contest.normalise import has_spread
from jinghe.contest.treat import shape_of
from jinghe.exhibit import Cell, Column, Section, Table
from jinghe.labels import Text

__all__ = ["show_audit"]

_REVERSALS = {
    "dropped": Text("去掉该市", "dropped"),
    "doubled": Text("该市重复参评", "entered twice"),
    "dominated": Text("新增各项垫底者", "a worst newcomer"),
}


def show_audit(found: Audit) -> Section:
    """Show an audit as a section of tables, unrounded; tables without rows are left out.

    Args:
        found: what `audit` returned.
    Returns:
        The section: check-list, indicators, cities, correlations, nodes, influence, omissions, reversals, choices,
        outside series, patterns in space, years.
    """
    tables = (
        _list_steps(found), _list_indicators(found), _list_cities(found), _list_bonds(found), _list_nodes(found),
        _list_influences(found), _list_omissions(found), _list_reversals(found), _list_choices(found),
        _list_links(found), _list_patterns(found), _list_years(found),
    )  # fmt: skip
    looks = sum(one.verdict == "look" for one in found.findings)
    gone = sum(one.verdict == "missing" for one in found.findings)
    good = len(found.findings) - looks - gone
    return Section(
        "audit",
        Text("指标体系审计", "Audit of the contest"),
        Text(
            f"按十步检查清单：{good} 步可，{looks} 步需看，{gone} 步缺。“需看”是请人复核，不是判定有错。",
            f"Of ten steps: {good} ok, {looks} to look at, {gone} missing. A look is no finding of a fault.",
        ),
        tuple(table for table in tables if table.rows),
    )


def _list_steps(found: Audit) -> Table:
    rows = tuple(
        (one.number, one.title, VERDICTS[one.verdict],
         Text("".join(w.zh for w in one.words), " ".join(w.en for w in one.words)))
        for one in found.findings
    )  # fmt: skip
    columns = (
        Column(Text("步", "Step"), "number", 0),
        Column(Text("内容", "Title")),
        Column(Text("结论", "Verdict")),
        Column(Text("所见", "What was found")),
    )
    method = Text(
        "步骤依经合组织与欧盟联合研究中心手册（2008）；阈值为经验法则，见方法页。",
        "Steps of the OECD/JRC Handbook (2008); thresholds are rules of thumb, see the methods page.",
    )
    return Table("audit-steps", Text("十步检查清单", "The ten steps"), columns, rows, method)


def _list_indicators(found: Audit) -> Table:
    stages, cover, contest = found.scores.stages, found.coverage, found.scores.contest
    shapes = [_shape(column) for column in stages.entering("treat").T]
    rows = tuple(
        (contest.label(leaf), float(cover.by_indicator[k]), float(cover.zeros[k]), *shapes[k],
         TREATMENTS[stages.treatments[k].form], SCALES[contest.scaling(leaf)])
        for k, leaf in enumerate(stages.tree.leaves)
    )  # fmt: skip
    columns = (
        Column(Text("指标", "Indicator")),
        Column(Text("覆盖", "Coverage"), "share"),
        Column(Text("为零", "Zeros"), "share"),
        Column(Text("偏度", "Skewness"), "number"),
        Column(Text("峰度", "Kurtosis"), "number"),
        Column(Text("处理", "Treatment")),
        Column(Text("无量纲化", "Scale")),
    )
    method = Text(
        "偏度 G1、超额峰度 G2，按样本量校正。", "Skewness G1 and excess kurtosis G2, corrected for the sample."
    )
    return Table("audit-indicators", Text("指标数据", "Figures by indicator"), columns, rows, method)


def _shape(column: NDArray[np.float64]) -> tuple[float | None, float | None]:
    """Skewness and kurtosis; None where the shape cannot be judged."""
    return shape_of(column) if has_spread(column) and np.isfinite(column).sum() > 3 else (None, None)


def _list_cities(found: Audit) -> Table:
    scores, spread = found.scores, found.robustness.spread
    draws = spread.whole if spread else None
    rows = tuple(
        (_city(found, row), float(found.coverage.by_city[row]), float(scores.imputed[row].mean()),
         *_place(scores.rank[row]), *(_place(draws.low[row], draws.high[row]) if draws else (None, None)))
        for row in range(len(scores.codes))
    )  # fmt: skip
    columns = (
        Column(Text("地区", "City")),
        Column(Text("覆盖", "Coverage"), "share"),
        Column(Text("插补", "Imputed"), "share"),
        Column(Text("名次", "Rank"), "number", 0),
        Column(Text("区间起", "From"), "number", 0),
        Column(Text("区间止", "To"), "number", 0),
    )
    method = None
    if draws:
        method = Text(
            f"区间：{draws.draws} 次抽样的 {draws.coverage:.0%}，只含方法的不确定性。",
            f"Interval: {draws.coverage:.0%} of {draws.draws} draws; uncertainty of the method only.",
        )
    return Table("audit-cities", Text("各地区数据与名次", "Figures and ranks by city"), columns, rows, method)


def _list_bonds(found: Audit) -> Table:
    label = found.scores.contest.label
    rows = tuple((BOND_WORDS[b.kind], label(b.one), label(b.other), b.r, b.n) for b in found.bonds)
    columns = (
        Column(Text("关系", "Relation")),
        Column(Text("一项", "One")),
        Column(Text("另一项", "Other")),
        Column(Text("r", "r"), "number"),
        Column(Text("n", "n"), "number", 0),
    )
    method = Text(
        f"低于 {found.least:.2f} 的 |r| 与偶然无异（5%）。", f"|r| below {found.least:.2f} may be chance (5 %)."
    )
    return Table("audit-bonds", Text("需看的相关", "Correlations that ask for a look"), columns, rows, method)


def _list_nodes(found: Audit) -> Table:
    rows = tuple(
        (found.scores.contest.label(one.node), len(one.children),
         float(one.components.shares[0]) if one.components else None,
         one.components.strong if one.components else None, one.alpha)
        for one in found.structures if len(one.children) > 1
    )  # fmt: skip
    columns = (
        Column(Text("节点", "Node")),
        Column(Text("下级", "Children"), "number", 0),
        Column(Text("第一主成分", "First component"), "share"),
        Column(Text("特征值大于1", "Eigenvalues above 1"), "number", 0),
        Column(Text("克朗巴哈α", "Cronbach's alpha"), "number"),
    )
    method = Text("按归一化后的数值和相关系数。", "On normalised values and their correlations.")
    return Table("audit-nodes", Text("节点内部结构", "Inside the nodes"), columns, rows, method)


def _list_influences(found: Audit) -> Table:
    label = found.scores.contest.label
    rows = tuple((label(x.id), label(x.node), x.weight, x.own, x.share, x.r, x.ratio) for x in found.influences)
    columns = (
        Column(Text("项", "Item")),
        Column(Text("所属", "Node")),
        Column(Text("有效权重", "Effective weight"), "share"),
        Column(Text("同级名义", "Among siblings, on paper"), "share"),
        Column(Text("同级实际", "Among siblings, in fact"), "share"),
        Column(Text("与总分相关", "r with the total"), "number"),
        Column(Text("相关比", "Correlation ratio"), "number"),
    )
    method = Text("相关比：总分方差中由该项曲线解释的部分（一至三次多项式，留一误差最小者）。",
                  "Correlation ratio: the part of the total's variance that a curve in the item explains "
                  "(polynomial of degree 1–3 by leave-one-out error).")  # fmt: skip
    return Table("audit-influence", Text("名义权重与实际影响", "Weights and influence"), columns, rows, method)


def _list_omissions(found: Audit) -> Table:
    gone = found.omissions
    rows = tuple(
        (found.scores.contest.label(leaf), float(gone.mean[k]), float(gone.most[k]), *_widest(found, k))
        for k, leaf in enumerate(gone.leaves)
        if leaf in found.scores.leaves
    )
    columns = (
        Column(Text("剔除的指标", "Left out")),
        Column(Text("平均变动（名）", "Mean shift, places"), "number"),
        Column(Text("最大变动（名）", "Largest shift"), "number", 0),
        Column(Text("变动最大的地区", "City that moves most")),
    )
    method = Text("权重归同级；其余各步不变。", "Its weight goes to its siblings; all other steps stand.")
    return Table("audit-omissions", Text("逐一剔除指标", "Without each indicator"), columns, rows, method)


def _list_reversals(found: Audit) -> Table:
    rows = tuple(
        (
            _REVERSALS[one.kind],
            _city(found, one.row),
            Text(*(_swaps(found, one.swaps, lang) for lang in ("zh", "en"))),
            one.tau,
        )
        for one in found.reversals
        if one.swaps
    )
    columns = (
        Column(Text("试算", "Trial")),
        Column(Text("地区", "City")),
        Column(Text("其余地区互换名次", "Others that change places")),
        Column(Text("τ", "τ"), "number"),
    )
    method = Text(
        "各项数值不变，只增减参评地区；由邻市算出的指标不重算。",
        "Figures stand, only the contestants change; indicators made from neighbours are not computed anew.",
    )
    return Table("audit-reversals", Text("名次逆转", "Rank reversals"), columns, rows, method)


def _list_choices(found: Audit) -> Table:
    spread, sobol = found.robustness.spread, found.robustness.indices
    rows: list[tuple[Cell, ...]] = []
    method = None
    if sobol:
        method = Text(
            f"Sobol' 指数，对象为名次的平均变动，{sobol.runs} 次计算，95% 区间。",
            f"Sobol' indices of the mean rank shift, {sobol.runs} runs, 95 % intervals.",
        )
        for k, name in enumerate(sobol.names):
            ends = sobol.total_interval[k].tolist()
            rows.append(
                (
                    name_choice(name, found.scores.contest.label),
                    None,
                    float(sobol.first[k]),
                    float(sobol.total[k]),
                    *ends,
                )
            )
    for one in spread.effects if spread else ():
        choice = name_choice(one.path, found.scores.contest.label)
        option = name_option(one.option)
        words = Text(f"{choice.zh}：{option.zh}", f"{choice.en}: {option.en}")
        rows.append((words, one.shift, None, None, None, None))
    columns = (
        Column(Text("选择", "Choice")),
        Column(Text("单独平均变动（名）", "Mean shift alone, places"), "number"),
        Column(Text("一阶敏感度", "First-order index"), "number"),
        Column(Text("总敏感度", "Total index"), "number"),
        Column(Text("自", "From"), "number"),
        Column(Text("至", "To"), "number"),
    )
    return Table("audit-choices", Text("哪些选择左右名次", "Which choices move ranks"), columns, tuple(rows), method)


def _list_links(found: Audit) -> Table:
    label = found.scores.contest.label
    rows = tuple((label(x.series), x.period, x.n, x.r, x.spearman, x.least) for x in found.links)
    columns = (
        Column(Text("外部数据", "Outside series")),
        Column(Text("期间", "Period")),
        Column(Text("n", "n"), "number", 0),
        Column(Text("r", "r"), "number"),
        Column(Text("ρ", "ρ"), "number"),
        Column(Text("偶然可及", "Chance up to"), "number"),
    )
    return Table("audit-links", Text("与外部数据的相关", "Beside outside figures"), columns, rows)


def _list_patterns(found: Audit) -> Table:
    label = found.scores.contest.label
    rows = tuple(
        (label(x.node), x.moran.n, x.moran.value, x.moran.expected, x.moran.p, x.moran.power) for x in found.patterns
    )
    columns = (
        Column(Text("项", "Item")),
        Column(Text("n", "n"), "number", 0),
        Column(Text("莫兰指数", "Moran's I"), "number"),
        Column(Text("偶然之下", "By chance"), "number"),
        Column(Text("p", "p"), "number", 3),
        Column(Text("检出力", "Power"), "share", 0),
    )
    method = Text(
        "相邻地区得分是否相近；p 由置换得出，检出力对应空间自回归系数 0.5。检出力低时，没有检出不等于没有。",
        "Do neighbours score alike? p by permutation; power against a spatial autoregression of 0.5. Where it is low, "
        "nothing found is not nothing there.",
    )
    return Table("audit-patterns", Text("空间格局", "Patterns in space"), columns, rows, method)


def _list_years(found: Audit) -> Table:
    steps = found.stability.transitions if found.stability else ()
    rows = tuple((f"{x.before} → {x.after}", x.n, x.spearman, x.kendall, x.moved, x.beyond) for x in steps)
    columns = (
        Column(Text("期间", "Periods")),
        Column(Text("n", "n"), "number", 0),
        Column(Text("ρ", "ρ"), "number"),
        Column(Text("τ", "τ"), "number"),
        Column(Text("名次变动", "Rank changed"), "share"),
        Column(Text("超出区间", "Beyond the interval"), "share"),
    )
    known = found.stability and not np.isnan(found.stability.reliability)
    icc = f"{found.stability.reliability:.2f}" if found.stability and known else None
    method = Text(f"得分的可靠性 ICC(2,1)：{icc}。", f"Reliability of scores, ICC(2,1): {icc}.") if icc else None
    return Table("audit-years", Text("年际稳定性", "From year to year"), columns, rows, method)


def _city(found: Audit, row: int) -> Text:
    code = found.scores.codes[row]
    return Text(found.region.name(code, "zh"), found.region.name(code, "en"))


def _place(*ranks: np.int64) -> Iterator[int | None]:
    return (int(one) or None for one in ranks)


def _widest(found: Audit, k: int) -> tuple[Text | None]:
    shifts = np.abs(found.omissions.shifts[k])
    if np.isnan(shifts).all() or np.nanmax(shifts) == 0:
        return (None,)
    return (_city(found, int(np.nanargmax(shifts))),)


def _swaps(found: Audit, swaps: tuple[tuple[int, int], ...], lang: str) -> str:
    pairs = [" ↔ ".join(_city(found, row).get(lang) for row in pair) for pair in swaps]
    return ("；" if lang == "zh" else "; ").join(pairs)
