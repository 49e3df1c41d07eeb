"""Words and columns that tables share (统计表用语): the line on method, the base, where an item's words come from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jinghe.labels import Text
from jinghe.survey.instrument import PROVENANCES
from jinghe.survey.responses import Responses
from jinghe.survey.table import Column
from jinghe.survey.weighting import Weights

__all__ = [
    "COUNT",
    "GROUP",
    "ITEM",
    "LIMITS",
    "MEAN",
    "OPTION",
    "SD",
    "SHARE",
    "SIZE",
    "TOTAL",
    "join_labels",
    "say_method",
    "say_origin",
    "say_small",
]

LIMITS = Text(
    "人数下限保护的是组：一个组所有人答案相同时，该组的均值就是每个人的答案；对全体作答者的计数照实印出，不设下限。"
    "同一批答卷只宜公布一份报告：分组、下限或答卷不同的两份报告相减，仍可能推出小组。",
    "The threshold protects groups. Where all members of a group gave one answer, its mean is everybody's answer; "
    "counts over all respondents are printed as they are, however small. Publish one report of a collection: two that "
    "differ in cuts, threshold or responses may give small groups away between them.",
)
_ONE_BASE = Text(
    "同属一个量表或一组重复比较的题只计各题均答者：否则各表基数之差太小，相减可得个人的答案。",
    "Items of one scale or one comparison within respondents rest on those who answered all of them; else the bases "
    "would differ by so few that single answers followed.",
)
TOTAL = Text("合计", "Total")
OPTION, ITEM, GROUP = (
    Column("option", Text("选项", "Option")),
    Column("item", Text("题项", "Item")),
    Column("group", Text("组别", "Group")),
)
COUNT, SIZE = Column("count", Text("人数", "n"), "count"), Column("n", Text("人数", "n"), "count")
SHARE = Column("share", Text("占比", "Share"), "share")
MEAN, SD = Column("mean", Text("均值", "M"), "mean"), Column("sd", Text("标准差", "SD"), "mean")


def say_method(responses: Responses, words: Text, *, weights: Weights | None = None) -> Text:
    """Write the line below a table: how it was made, on how many, weighted how, and whether the answers are real."""
    zh, en = f"基数 {responses.n} 份答卷", f"Base: {responses.n} responses"
    if weights is not None:
        zh, en = f"{zh}；{weights.method.zh}", f"{en}; {weights.method.en}"
    if responses.synthetic:
        zh, en = f"{zh}；合成数据，非真实作答", f"{en}; synthetic data, not real answers"
    return Text(f"方法：{words.zh}；{zh}。", f"Method: {words.en}. {en}.")


def say_origin(responses: Responses, names: Iterable[str]) -> tuple[Text, ...]:
    """Say where the words of the items come from, unless they are as printed, and whose answers are left out."""
    scales = {scale.id: scale.items for scale in responses.instrument.scales}
    items = [item for name in names for item in scales.get(name, (name,))]
    found = dict.fromkeys(responses.instrument.item(name).provenance for name in items)
    marks = [PROVENANCES[name] for name in found if name not in {"", "printed"}]
    origin = tuple(Text(f"题项来源：{mark.zh}。", f"Wording: {mark.en}.") for mark in marks)
    return (*origin, _ONE_BASE) if any(map(responses.leaves_out, items)) else origin


def say_small(k: int) -> Text:
    """Say what happens to small groups."""
    return Text(
        f"不足 {k} 人的组，及为防反推须一并隐去的组，只列名称",
        f"Groups of fewer than {k}, and those that would give them away, show only their names",
    )


def join_labels(responses: Responses, names: Sequence[str]) -> Text:
    """Name one or two background questions together."""
    labels = [responses.instrument.label(name) for name in names]
    return Text(" × ".join(label.zh for label in labels), " × ".join(label.en for label in labels))
