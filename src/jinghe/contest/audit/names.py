"""What scales, aggregates and choices are called in an audit (审计用语)."""

from __future__ import annotations

from jinghe.labels import Text

__all__ = ["AGGREGATES", "SCALES", "TREATMENTS", "name_choice", "name_option"]

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
_CHOICES = {
    "contest.weights": Text("权重", "weights"),
    "contest.steps[normalise].default": Text("无量纲化方法", "the normalisation"),
    "contest.steps[aggregate].default": Text("合成方式", "the aggregate"),
    "contest.steps[impute].method": Text("插补方法", "the imputation"),
    "contest.steps[impute]": Text("插补值", "imputed figures"),
    "contest.credit.rule": Text("分计规则", "the credit rule"),
}


def name_choice(path: str) -> Text:
    """Name a path of the plan in words; one without words of its own shows itself.

    >>> name_choice("contest.weights").en
    'weights'
    """
    return _CHOICES.get(path, Text.of(path))


def name_option(option: object) -> Text:
    """Name an option of a choice in words; one without words of its own shows itself.

    >>> name_option("zscore").en
    'mean ± 3 sd'
    """
    words = SCALES | AGGREGATES
    return words[option] if isinstance(option, str) and option in words else Text(str(option), str(option))
