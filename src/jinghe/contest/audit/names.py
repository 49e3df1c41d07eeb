"""What scales, aggregates and choices are called in an audit (审计用语)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from jinghe.labels import Text

__all__ = ["AGGREGATES", "CREDITS", "SCALES", "TREATMENTS", "name_choice", "name_option"]

SCALES = {
    "minmax": Text("最小—最大值", "min–max"),
    "goalposts": Text("固定目标值", "goalposts"),
    "rank": Text("名次", "ranks"),
    "zscore": Text("均值±3个标准差", "mean ± 3 sd"),
    "zscore_open": Text("均值±3个标准差（不截断）", "mean ± 3 sd, not cut"),
    "borda": Text("Borda 分", "Borda points"),
    "percentile": Text("百分位", "percentiles"),
    "target": Text("与目标的距离", "distance to a target"),
    "reference": Text("与参照地区的距离", "distance to the reference city"),
    "efficacy": Text("功效系数", "efficacy coefficient"),
}
AGGREGATES = {
    "arithmetic": Text("算术平均", "arithmetic mean"),
    "geometric": Text("几何平均", "geometric mean"),
    "harmonic": Text("调和平均", "harmonic mean"),
    "generalised": Text("幂平均", "power mean"),
    "mazziotta_pareto": Text("马齐奥塔—帕累托", "Mazziotta–Pareto"),
    "topsis": Text("TOPSIS", "TOPSIS"),
    "grey": Text("灰色关联", "grey relation"),
    "promethee": Text("PROMETHEE II", "PROMETHEE II"),
    "copeland": Text("Copeland", "Copeland"),
    "benefit_of_doubt": Text("最有利权重", "benefit of the doubt"),
}
TREATMENTS = {
    "none": Text("无", "none"),
    "winsorise": Text("极端值拉回", "extremes pulled in"),
    "log": Text("对数", "logarithm"),
    "boxcox": Text("幂变换", "power (Box–Cox)"),
}
CREDITS = {
    "equal": Text("均分", "equal shares"),
    "contribution": Text("按贡献", "by contribution"),
    "negotiated": Text("按协议", "as negotiated"),
    "lead": Text("牵头方另计", "lead and partners"),
    "shapley": Text("沙普利值", "Shapley value"),
    "both": Text("各方都计", "counted by each"),
    "marginal": Text("边际贡献", "marginal contribution"),
}
_CHOICES = {
    "contest.weights": Text("权重", "weights"),
    "contest.steps[normalise].default": Text("无量纲化方法", "the normalisation"),
    "contest.steps[normalise].methods": Text("无量纲化方法", "the normalisation"),
    "contest.steps[aggregate].default": Text("合成方式", "the aggregate"),
    "contest.steps[aggregate]": Text("合成方式", "the aggregate"),
    "contest.steps[impute].method": Text("插补方法", "the imputation"),
    "contest.steps[impute]": Text("插补值", "imputed figures"),
    "contest.steps[treat]": Text("异常值处理", "the treatment of outliers"),
    "contest.steps[screen]": Text("筛选", "the screening"),
    "contest.credit": Text("分计规则", "the credit rule"),
    "contest.credit.rule": Text("分计规则", "the credit rule"),
}


def name_choice(path: str, label: Callable[[str], Text] = Text.of) -> Text:
    """Name a path of the plan in words: by itself, or by what it is part of and for whom; else it shows itself.

    Args:
        path: as in `contest.uncertainty`; nodes in brackets may stand behind it.
        label: names a node.

    >>> name_choice("contest.weights").en, name_choice("contest.steps[aggregate].index").en
    ('weights', 'the aggregate (index)')
    """
    bare, _, under = path.partition(" (")
    above, _, last = bare.rpartition(".")
    nodes = under.rstrip(")").split(", ") if under else []
    if bare not in _CHOICES and above in _CHOICES:
        bare, nodes = above, [last, *nodes]
    words = _CHOICES.get(bare, Text.of(bare))
    if not nodes:
        return words
    names = [label(node) for node in nodes]
    return Text(
        f"{words.zh}（{'、'.join(name.zh for name in names)}）", f"{words.en} ({', '.join(name.en for name in names)})"
    )


def name_option(option: object) -> Text:
    """Name an option of a choice in words, one of several keys part by part; else it shows itself.

    >>> name_option("zscore").en, name_option({"rule": "lead", "lead_share": 0.6}).en
    ('mean ± 3 sd', 'lead and partners, lead_share 0.6')
    """
    words = SCALES | AGGREGATES | CREDITS
    if isinstance(option, Mapping):
        parts = [(str(key), value, name_option(value)) for key, value in option.items()]
        shown = [name if isinstance(v, str) and v in words else Text(f"{k} {v}", f"{k} {v}") for k, v, name in parts]
        return Text("，".join(part.zh for part in shown), ", ".join(part.en for part in shown))
    return words[option] if isinstance(option, str) and option in words else Text(str(option), str(option))
