"""A published result as data (论断): every number as printed, nothing computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from jinghe.labels import Text
from jinghe.recalc.printed import Printed

__all__ = ["STATISTICS", "TESTS", "Claim", "Contrast", "Group"]

TESTS: Mapping[str, Text] = {
    "t": Text("t 检验", "t test"),
    "F": Text("F 检验", "F test"),
    "chi2": Text("χ² 检验", "χ² test"),
    "r": Text("相关系数检验", "correlation"),
    "z": Text("z 检验", "z test"),
    "t_ind": Text("两组均值比较", "comparison of two groups"),
    "f_rm": Text("重复测量方差分析", "repeated-measures ANOVA"),
    "means": Text("均值与标准差", "means and standard deviations"),
    "binary": Text("二分变量的均值与标准差", "mean and SD of a binary variable"),
    "order": Text("均值排序", "order of means"),
    "sum": Text("样本量合计", "sum of sample sizes"),
    "share": Text("百分比", "percentages"),
}
# The statistic each test prints.
STATISTICS: Mapping[str, str] = {name: name for name in ("t", "F", "chi2", "r", "z")} | {"t_ind": "t", "f_rm": "F"}


@dataclass(frozen=True, slots=True)
class Group:
    """One group, phase, item or option of a table (组): what is printed about it."""

    name: Text
    n: int | None = None
    mean: Printed | None = None
    sd: Printed | None = None
    share: Printed | None = None


@dataclass(frozen=True, slots=True)
class Contrast:
    """One line of a post hoc comparison (事后比较): group number `less` is below `more`, significantly or not."""

    less: int
    more: int
    significant: bool


@dataclass(frozen=True, slots=True)
class Claim:
    """One published result (论断).

    `items` says how many whole-number answers one score averages (None: not known to be whole); `scale` is the range
    of a score; `tails` is None when the paper does not say; `stars` is None when the table prints none at all and ""
    when only this row has none; `levels` are the levels of stars that the note of the table prints; `assumed` names
    what the paper does not print and we set.
    """

    id: str
    test: str
    source: str = ""
    place: Text = Text("", "")
    n: int | None = None
    groups: tuple[Group, ...] = ()
    statistic: Printed | None = None
    df: tuple[Printed, ...] = ()
    p: Printed | None = None
    stars: str | None = None
    levels: Mapping[str, Fraction] = field(default_factory=dict)
    alpha: Fraction = Fraction(1, 20)
    tails: int | None = None
    items: int | None = None
    scale: tuple[int, int] | None = None
    posthoc: tuple[Contrast, ...] = ()
    order: str = "falling"
    top_box: bool = False
    assumed: tuple[Text, ...] = ()
