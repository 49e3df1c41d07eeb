"""The working of a line in words (计算过程): figures, clauses used, parameters, method, and what changed the amount."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction

from jinghe.labels import Text
from jinghe.sharing.blocks import BEST, TIES
from jinghe.sharing.phrases import amount_words, figure_words, number_words, printed_words, stated_words
from jinghe.sharing.trace import Input, Trace

__all__ = ["METHODS", "tell_condition", "tell_working"]

# What each block does with its figures; the four whose working says it by itself have none.
METHODS: Mapping[str, Text] = {
    "base_growth": Text("取超过基数的部分", "what exceeds the base"),
    "base_level": Text("按率计额", "at the rate"),
    "gap": Text("按与基准的差额计", "by the distance to the reference"),
    "equalise_linear": Text("按与基准的差额和均衡率计", "by the gap to the reference at the equalisation rate"),
    "elig_threshold": Text("与门槛相比", "compared with the threshold"),
    "elig_list": Text("核对名录", "by the list"),
    "class_change": Text("按水质类别升降逐期计", "by the rise or fall of the class, period by period"),
    "load_charge": Text("按超标浓度乘水量计", "the excess concentration times the flow"),
    "weighted_ratio": Text("加权求补偿指数", "the weighted ratio to the base"),
    "delta_weighted": Text("加权求改善幅度", "the weighted improvement"),
    "percent_drop": Text("加权求同比降幅（%）", "the weighted fall in per cent"),
    "inverse_capacity": Text("人口除以人均财力", "population over capacity per head"),
    "total": Text("各方合计", "summed over the parties"),
    "share_points": Text("按点数占比分配", "in proportion to the points"),
    "share_claims": Text("按索求规则分配", "by the claims rule"),
    "share_game": Text("按合作博弈解分配", "by the cooperative solution"),
    "share_river": Text("按流域规则分摊", "by the river rule"),
    "clawback": Text("按断面不达标程度扣回", "taken back as far as the section failed"),
    "equalise_piecewise": Text("按分段曲线均衡", "by the curve in pieces"),
    "min_endowment": Text("补至最低保障", "raised to the guaranteed part"),
    "recover_first": Text("先还投资，余额分成", "the investment first, the rest shared"),
    "settle_up": Text("期末清算，不使多缴", "settled up at the end of the window"),
    "true_up": Text("预付与应付相抵", "the advance less what is owed"),
}
_MANY = 3  # figures of more parties than this are counted, not listed


def tell_working(trace: Trace, lang: str) -> list[str]:
    """Say how a line, or a step of it, came about: a list of phrases."""
    if trace.block in _OWN:
        return _OWN[trace.block](trace, lang)
    words = [*_figures(trace, lang), *_steps(trace, lang)]
    given = [item for item in trace.inputs if item.kind in ("parameter", "agreement") and item.name != "other"]
    words += [stated_words(item, trace.source, lang) for item in given]
    words += [_carried(item, lang) for item in trace.inputs if item.kind == "state"][:1]
    return [*words, *_points(trace, lang), *([METHODS[trace.block].get(lang)] if trace.block in METHODS else [])]


def tell_condition(trace: Trace, lang: str) -> str:
    """Say what a term, ceiling, floor, credit or condition did to the amount."""
    words = _CONDITIONS[trace.block](trace, lang)
    return f"{trace.label.zh}：{words}" if lang == "zh" else f"{trace.label.en}: {words}"


def _figures(trace: Trace, lang: str) -> Iterator[str]:
    """The observations by what they are bound to; those of many parties are counted."""
    groups: dict[str, list[Input]] = {}
    for item in trace.inputs:
        if item.kind == "observation" and item.name != "other":
            groups.setdefault(item.name, []).append(item)
    for items in groups.values():
        parties = {item.detail["jurisdiction"] for item in items}
        if len(parties) > 1:
            label = items[0].label
            yield f"{label.zh} {len(items)} 个数" if lang == "zh" else f"{label.en}, {len(items)} figures"
        else:
            yield figure_words(items, lang)


def _steps(trace: Trace, lang: str) -> Iterator[str]:
    """The clauses whose results went in: each with its working and result; one of many parties by its number."""
    groups: dict[str, list[Trace]] = {}
    for step in trace.steps:
        groups.setdefault(step.clause, []).append(step)
    units = {item.detail["clause"]: item.unit for item in trace.inputs if item.kind == "clause"}
    for clause, steps in groups.items():
        mine = [step for step in steps if step.seat in ("", trace.payer, trace.payee, trace.seat)]
        if not mine and len(steps) > _MANY:
            yield (
                f"{steps[0].label.zh} {len(steps)} 项" if lang == "zh" else f"{steps[0].label.en}, {len(steps)} results"
            )
        for step in mine or steps[: _MANY if len(steps) <= _MANY else 0]:
            result = number_words(step.exact, units.get(clause, "1"), lang)
            inner = [*tell_working(step, lang), *(tell_condition(child, lang) for child in step.children)]
            if lang == "zh":
                yield f"{step.label.zh}得 {result}（{'；'.join(inner)}）"
            else:
                yield f"{step.label.en} gives {result} ({'; '.join(inner)})"


def _carried(item: Input, lang: str) -> str:
    assert isinstance(item.value, Fraction)  # sums are numbers
    return f"{item.label.get(lang)} {amount_words(round(item.value), lang)}"


def _points(trace: Trace, lang: str) -> Iterator[str]:
    """The points of the party and of all, where an amount is divided by points."""
    points = [item for item in trace.inputs if item.name in ("point", "other")]
    values = [item.value for item in points if isinstance(item.value, Fraction)]
    if trace.block.startswith("share_") and values:
        mine, whole = (number_words(x, "1", lang) for x in (values[0], sum(values, Fraction(0))))
        yield f"点数 {mine}，合计 {whole}" if lang == "zh" else f"{mine} of {whole} points"


def _accumulate(trace: Trace, lang: str) -> list[str]:
    stated = [item for item in trace.inputs if item.name == "amount" and item.kind == "parameter"]
    words = [stated_words(item, trace.source, lang) for item in stated]
    return [*_figures(trace, lang), *words, *_steps(trace, lang)]


def _step_table(trace: Trace, lang: str) -> list[str]:
    mode, amounts = trace.input("mode"), trace.input("amounts")
    chosen = mode.detail.get(f"choice_{lang}", str(mode.value))
    steps = f"按“{chosen}”分档" if lang == "zh" else f"steps by “{chosen}”"
    return [*_figures(trace, lang), *_steps(trace, lang), steps, stated_words(amounts, trace.source, lang)]


def _share_fixed(trace: Trace, lang: str) -> list[str]:
    base = [item for item in trace.inputs if item.name == "base" and item.kind == "parameter"]
    stated = [stated_words(item, trace.source, lang) for item in (*base, trace.input("share"))]
    return [*_figures(trace, lang), *_steps(trace, lang), *stated]


def _rank_transfer(trace: Trace, lang: str) -> list[str]:
    scores = [item for item in trace.inputs if item.name == "score"]
    own = next(item for item in scores if item.detail["jurisdiction"] in (trace.payer, trace.payee))
    sign = 1 if trace.input("best").value == BEST[0] else -1
    values = [sign * item.value for item in scores if isinstance(item.value, Fraction)]
    mine = values[scores.index(own)]
    n, place, ties = len(values), sum(value > mine for value in values) + 1, values.count(mine)
    if lang == "zh":
        spot = f"{n} 家中{f' {ties} 家并列' if ties > 1 else ''}第 {place} 名"
    else:
        spot = f"{f'{ties} tie for ' if ties > 1 else ''}place {place} of {n}"
    figures = [figure_words([own], lang)] if own.kind == "observation" else list(_steps(trace, lang))
    words = [*figures, spot, *(stated_words(trace.input(key), trace.source, lang) for key in ("gets", "pays"))]
    if ties > 1 and trace.input("ties").value == TIES[0]:
        words.append("并列者平分所占名次的金额" if lang == "zh" else "those who tie share the amounts of their places")
    return words


def _term(trace: Trace, lang: str) -> str:
    start, end = trace.input("start").value, trace.input("end").value
    assert isinstance(start, date)  # a term is made of days
    assert isinstance(end, date)
    last = end - timedelta(days=1)
    extended = trace.exact != 0
    zh = {
        "before": f"分享期自 {start} 起算，尚未开始，不分享",
        "inside": f"在分享期内（{start} 至 {last}）",
        "extended": f"累计上限未达，顺延至 {last}" if extended else "累计上限已达，不再顺延",
        "after": f"分享期已于 {last} 届满，不再分享",
    }
    en = {
        "before": f"the term begins on {start}: nothing is shared yet",
        "inside": f"inside the term, {start} to {last}",
        "extended": f"the ceiling is not reached: extended to {last}"
        if extended
        else "the ceiling is reached: not extended",
        "after": f"the term ended on {last}: nothing is shared any more",
    }
    return (zh if lang == "zh" else en)[trace.outcome]


def _limit(zh: str, en: str, name: str) -> Callable[[Trace, str], str]:
    def tell(trace: Trace, lang: str) -> str:
        item = trace.input(name)
        shown = _bound(item, lang)
        used = "；".join(_carried(one, lang) for one in trace.inputs if one.kind == "state")
        reached = trace.outcome == "reached"
        if lang == "zh":
            head = f"{zh} {shown}" + (f"，{used}" if used else "")
            return f"{head}，{'已达' if reached else '未达'}{zh}"
        return f"{en} {shown}" + (f", {used}" if used else "") + (", reached" if reached else ", not reached")

    return tell


def _bound(item: Input, lang: str) -> str:
    if "printed" in item.detail:
        return printed_words(item, lang)
    assert isinstance(item.value, Fraction)  # the result of a clause
    return number_words(item.value, item.unit, lang)


def _floor(trace: Trace, lang: str) -> str:
    shown, raised = _bound(trace.input("least"), lang), trace.outcome == "reached"
    if lang == "zh":
        return f"保底 {shown}，{'已补足' if raised else '高于保底'}"
    return f"floor {shown}, {'raised to it' if raised else 'above it'}"


def _credit(trace: Trace, lang: str) -> str:
    shown = _bound(trace.input("credit"), lang)
    return f"实物抵扣 {shown}" if lang == "zh" else f"credited in kind {shown}"


def _tranche(trace: Trace, lang: str) -> str:
    passed = trace.outcome == "passed" and trace.exact != 0
    inner = [*_figures(trace, lang), *_steps(trace, lang)]
    if lang == "zh":
        return f"{'条件成立' if passed else '条件不成立'}（{'；'.join(inner)}）"
    return f"the condition is {'met' if passed else 'not met'} ({'; '.join(inner)})"


_OWN: Mapping[str, Callable[[Trace, str], list[str]]] = {
    "accumulate": _accumulate,
    "step_table": _step_table,
    "share_fixed": _share_fixed,
    "rank_transfer": _rank_transfer,
}
_CONDITIONS: Mapping[str, Callable[[Trace, str], str]] = {
    "term": _term,
    "term_extend": _term,
    "cap": _limit("上限", "ceiling", "ceiling"),
    "cap_party": _limit("上限", "ceiling", "ceiling"),
    "cap_cumulative": _limit("累计上限", "ceiling of all periods", "ceiling"),
    "floor": _floor,
    "in_kind_credit": _credit,
    "tranche": _tranche,
}
