"""Results as tables (分析结果表): comparisons, repeated measures, reliability, quality; the error term always said."""

from __future__ import annotations

import math
from collections.abc import Sequence

from jinghe.errors import DataError, problem
from jinghe.labels import Text
from jinghe.survey.comparison import TESTS, Comparison
from jinghe.survey.cut import whole_items
from jinghe.survey.effect import ADJUSTMENTS
from jinghe.survey.omnibus import OMNIBUS, Omnibus
from jinghe.survey.repetition import CORRECTIONS, POSTHOC, Repetition
from jinghe.survey.responses import Responses
from jinghe.survey.scale import Reliability
from jinghe.survey.table import Cell, Check, Column, Row, Table, show_cell
from jinghe.survey.wording import GROUP, ITEM, MEAN, SD, SIZE, say_method, say_origin

__all__ = [
    "tabulate_comparisons",
    "tabulate_contrasts",
    "tabulate_omnibus",
    "tabulate_reliability",
    "tabulate_repetition",
]

_P, _P_ADJUSTED = Column("p", Text("p", "p"), "p"), Column("p_adjusted", Text("校正 p", "adj. p"), "p")
_LOW, _HIGH = (
    Column("low", Text("下限", "low"), "number"),
    Column("high", Text("上限", "high"), "number"),
)
_BLANK = Text("", "")


def tabulate_comparisons(responses: Responses, found: Sequence[Comparison], *, title: Text) -> Table:
    """Tabulate comparisons as papers do: two rows each, the test on the first.

    Raises:
        DataError: there is none, or they mix tests.
    """
    if len({item.test for item in found}) != 1:
        raise DataError([problem("survey-results-mixed", found=len({item.test for item in found}))])
    first = found[0]
    ranks = first.test in {"mann-whitney", "brunner-munzel"}
    sign = "z" if first.test == "mann-whitney" else "t"
    rows: list[Row] = []
    checks: list[Check] = []
    for item in found:
        checks += _comparison_checks(responses, item, len(rows), sign)
        rows += _comparison_rows(responses, item, ranks=ranks)
    effect = Text("r", "r") if ranks else Text("g", "g")
    columns = (
        *(ITEM, GROUP, SIZE, MEAN, SD, Column("statistic", Text(sign, sign), "number")),
        *(() if sign == "z" else (Column("df", Text("df", "df"), "df"),)),
        *(_P, _P_ADJUSTED, Column("effect", effect, "number"), _LOW, _HIGH),
        *(() if ranks else (Column("tost", Text("等效 p", "TOST p"), "p"),)),
    )
    names = [item.outcome for item in found]
    return Table(
        f"compare.{'.'.join(dict.fromkeys(names))}.{first.test}",
        title,
        columns,
        tuple(rows),
        say_method(responses, _comparison_method(first, len(found))),
        say_origin(responses, names),
        tuple(checks),
    )


def _comparison_rows(responses: Responses, item: Comparison, *, ranks: bool) -> list[Row]:
    one, two = item.samples
    effect, close = item.effect, item.equivalence
    df = () if item.test == "mann-whitney" else (item.df,)
    test = (item.statistic, *df, item.p, item.p_adjusted, effect.value, effect.low, effect.high)
    test += () if ranks else (close.p if close else math.nan,)
    head = responses.instrument.label(item.outcome)
    blank: tuple[Cell, ...] = (_BLANK,) * len(test)
    return [
        Row((head, one.name, one.n, one.mean, one.sd, *test)),
        Row((_BLANK, two.name, two.n, two.mean, two.sd, *blank)),
    ]


def _comparison_checks(responses: Responses, item: Comparison, at: int, sign: str) -> list[Check]:
    items, ends, rows = whole_items(responses, item.outcome), responses.instrument.ends(item.outcome), (at, at + 1)
    spread = {"n": "n", "mean": "mean", "sd": "sd"}
    test = {"statistic": "statistic", "p": "p"} | ({} if sign == "z" else {"df": "df"})
    if math.isnan(item.statistic):
        return [Check("means", rows, spread, items=items, scale=ends)]
    if item.equivalence is not None:
        return [Check("t_ind", rows, spread | test, items=items, scale=ends)]
    return [Check("means", rows, spread, items=items, scale=ends), Check(sign, rows, test)]


def _comparison_method(first: Comparison, count: int) -> Text:
    test, way = TESTS[first.test], ADJUSTMENTS[first.adjusted]
    zh, en = f"{test.zh}，双侧", f"{test.en}, two-sided"
    if count > 1:
        zh, en = f"{zh}；{count} 次比较的 p 值按 {way.zh}校正", f"{en}; p adjusted for {count} comparisons ({way.en})"
    if first.equivalence:
        bound = first.equivalence.bound
        zh += f"；g 为 Hedges g，95% 区间取自非中心 t 分布；等效 p 为界限 ±{bound:g} 个合并标准差的双单侧检验"
        en += f"; g: Hedges' g, 95% interval from the non-central t; TOST against ±{bound:g} pooled SD"
    else:
        zh, en = (
            f"{zh}；r 为秩二列相关，95% 区间用 Brunner–Munzel 方差",
            f"{en}; r: rank-biserial, 95% interval with the Brunner–Munzel variance",
        )
    return Text(zh, en)


def tabulate_omnibus(responses: Responses, found: Sequence[Omnibus], *, title: Text) -> Table:
    """Tabulate tests of all groups together, a row each.

    Raises:
        DataError: there is none, or they mix tests.
    """
    if len({item.test for item in found}) != 1:
        raise DataError([problem("survey-results-mixed", found=len({item.test for item in found}))])
    ranks = found[0].test not in {"welch", "student"}
    test, way = OMNIBUS[found[0].test], ADJUSTMENTS[found[0].adjusted]
    df = (Column("df", Text("df 1", "df 1"), "df"), Column("df2", Text("df 2", "df 2"), "df"))
    columns = (
        *(ITEM, Column("groups", Text("组数", "Groups"), "count"), SIZE),
        Column("statistic", Text("H", "H") if ranks else Text("F", "F"), "number"),
        *((Column("df", Text("df", "df"), "df"),) if ranks else df),
        *(_P, _P_ADJUSTED, Column("effect", Text("ε²", "ε²") if ranks else Text("η²", "η²"), "fine")),
    )
    rows, checks = [], []
    for at, item in enumerate(found):
        free = item.df[:1] if ranks else item.df
        numbers = (item.groups, item.n, item.statistic, *free, item.p, item.p_adjusted, item.effect)
        rows.append(Row((responses.instrument.label(item.outcome), *numbers)))
        slots = {"statistic": "statistic", "df": "df", "p": "p"} | ({} if ranks else {"df2": "df2"})
        if not math.isnan(item.statistic):
            checks.append(Check("chi2" if ranks else "F", (at,), slots))
    zh = f"{test.zh}，只含可显示的组；{'ε²=H/(n−1)' if ranks else 'η² 为组间平方和占总平方和的比例'}；"
    en = f"{test.en}, of the groups that are shown; {'ε² = H/(n − 1)' if ranks else 'η²: SS between / SS whole'}; "
    if len(found) > 1:
        zh, en = f"{zh}{len(found)} 题的 p 值按 {way.zh}校正；", f"{en}p adjusted for {len(found)} items ({way.en}); "
    words = Text(f"{zh}事后比较见下表", f"{en}pairs in the next table")
    names = [item.outcome for item in found]
    own = f"omnibus.{'.'.join(names)}.{found[0].test}"
    methods, origin = say_method(responses, words), say_origin(responses, names)
    return Table(own, title, columns, tuple(rows), methods, origin, tuple(checks))


def tabulate_repetition(responses: Responses, found: Repetition, *, title: Text) -> Table:
    """Tabulate a comparison within respondents: a row per item, the test on the first, ε and the error term said."""
    df = found.corrected_df
    test: tuple[Cell, ...] = (found.f, *df, found.p, found.effect.value, found.effect.low, found.effect.high)
    blank: tuple[Cell, ...] = (_BLANK,) * len(test)
    rows = [
        Row((responses.instrument.label(name), found.n, mean, sd, *(blank if at else test)))
        for at, (name, mean, sd) in enumerate(zip(found.items, found.means, found.sds, strict=True))
    ]
    columns = (
        *(ITEM, SIZE, Column("mean", MEAN.label, "fine"), SD, Column("statistic", Text("F", "F"), "number")),
        *(Column("df", Text("df 1", "df 1"), "df"), Column("df2", Text("df 2", "df 2"), "df"), _P),
        *(Column("effect", Text("偏 η²", "partial η²"), "fine"), _fine(_LOW), _fine(_HIGH)),
    )
    slots = {"n": "n", "mean": "mean", "sd": "sd", "statistic": "statistic", "df": "df", "df2": "df2", "p": "p"}
    ends = responses.instrument.ends(found.items[0])
    kind = "means" if math.isnan(found.f) else "f_rm"
    checks = (Check(kind, tuple(range(len(rows))), slots, n=found.n, items=1 if ends else None, scale=ends),)
    name, methods = f"within.{'.'.join(found.items)}", say_method(responses, _repetition_method(found))
    return Table(name, title, columns, tuple(rows), methods, say_origin(responses, found.items), checks)


def _fine(column: Column) -> Column:
    return Column(column.id, column.label, "fine")


def _repetition_method(found: Repetition) -> Text:
    way, (chi2, df, p, w) = CORRECTIONS[found.correction], found.friedman
    shown = [f"{value:.4f}" for value in (*found.epsilon, found.p_uncorrected)]
    zh = f"重复测量方差分析，{found.n} 人各题均答；误差项为题项×答卷人，{way.zh}；ε(GG)={shown[0]}，ε(HF)={shown[1]}，"
    zh += f"未校正 p={shown[2]}；η² 的 95% 区间取自非中心 F 分布"
    en = f"Repeated-measures ANOVA, {found.n} who answered all; error term item × respondent, {way.en}; "
    en += f"ε(GG)={shown[0]}, ε(HF)={shown[1]}, uncorrected p={shown[2]}; 95% interval of η² from the non-central F"
    if not math.isnan(chi2):
        zh += f"；Friedman χ²({df:.0f})={chi2:.2f}，p={p:.4f}，Kendall W={w:.4f}"
        en += f"; Friedman χ²({df:.0f})={chi2:.2f}, p={p:.4f}, Kendall's W={w:.4f}"
    return Text(zh, en)


def tabulate_contrasts(responses: Responses, found: Repetition, *, title: Text) -> Table:
    """Tabulate the pairs of a comparison within respondents, their error term said."""
    rows, checks = [], []
    for at, pair in enumerate(found.contrasts):
        labels = [responses.instrument.label(found.items[number]) for number in (pair.first, pair.second)]
        name = Text(" − ".join(x.zh for x in labels), " − ".join(x.en for x in labels))
        effect = pair.effect
        numbers = (pair.difference, pair.t, pair.df, pair.p, pair.p_adjusted, effect.value, effect.low, effect.high)
        rows.append(Row((name, *numbers)))
        if not math.isnan(pair.t):
            checks.append(Check("t", (at,), {"statistic": "t", "df": "df", "p": "p"}))
    columns = (
        *(Column("pair", Text("比较", "Pair")), Column("difference", Text("均值差", "Difference"), "fine")),
        *(Column("t", Text("t", "t"), "number"), Column("df", Text("df", "df"), "df"), _P, _P_ADJUSTED),
        *(Column("dz", Text("dz", "dz"), "number"), _LOW, _HIGH),
    )
    error, way = POSTHOC[found.posthoc], ADJUSTMENTS[found.adjustment]
    words = Text(
        f"事后比较，误差项：{error.zh}；p 值按 {way.zh}校正；dz 为差值均值除以差值标准差，95% 区间取自非中心 t 分布",
        f"Post hoc, error term: {error.en}; p adjusted by {way.en}; dz: mean over SD of the differences, 95% interval "
        "from the non-central t",
    )
    own = f"posthoc.{'.'.join(found.items)}"
    return Table(own, title, columns, tuple(rows), say_method(responses, words), (), tuple(checks))


def tabulate_reliability(responses: Responses, found: Reliability, *, title: Text) -> Table:
    """Tabulate a scale: its items, and α and ω_t in the line below."""
    rows, checks = [], []
    for at, name in enumerate(found.items):
        numbers = (found.means[at], found.sds[at], found.item_rest[at], found.alpha_without[at], found.loadings[at])
        rows.append(Row((responses.instrument.label(name), found.n, *numbers)))
        ends = responses.instrument.ends(name)
        items = 1 if ends else None
        checks.append(Check("means", (at,), {"n": "n", "mean": "mean", "sd": "sd"}, items=items, scale=ends))
    columns = (
        *(ITEM, SIZE, MEAN, SD, Column("rest", Text("题总相关", "Item–rest r"), "fine")),
        Column("without", Text("删题后 α", "α if deleted"), "fine"),
        Column("loading", Text("载荷", "Loading"), "fine"),
    )
    written = [
        show_cell(value, "fine", "zh") for value in (found.alpha, found.alpha_low, found.alpha_high, found.omega)
    ]
    alpha, omega = f"α={written[0]} [{written[1]}, {written[2]}]", written[3]
    unsafe = _BLANK
    if found.is_heywood:
        unsafe = Text("，有载荷大于题项标准差，ω 不可靠", ", a loading exceeds its SD, ω unsafe")
    words = Text(
        f"{alpha}（Feldt 95% 区间），ω={omega}（单因子模型{unsafe.zh}）；{found.n} 人各题均答，反向题已转换",
        f"{alpha} (Feldt 95% interval), ω={omega} (one factor{unsafe.en}); {found.n} who answered all, reversed turned",
    )
    name = f"scale.{'.'.join(found.items)}"
    origin = say_origin(responses, found.items)
    return Table(name, title, columns, tuple(rows), say_method(responses, words), origin, tuple(checks))
