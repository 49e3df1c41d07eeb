"""One step of the check-list and its verdict (检查结论)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from jinghe.labels import Text

__all__ = ["STEPS", "VERDICTS", "Finding", "Told", "list_labels", "make_finding", "percent"]

VERDICTS = {"ok": Text("可", "ok"), "look": Text("需看", "look"), "missing": Text("缺", "missing")}
STEPS = (
    Text("理论框架", "Theoretical framework"),
    Text("数据选取", "Selection of figures"),
    Text("缺失值处理", "Missing figures"),
    Text("多元分析", "Multivariate analysis"),
    Text("异常值与无量纲化", "Outliers and normalisation"),
    Text("权重与合成", "Weights and aggregation"),
    Text("不确定性与敏感性", "Uncertainty and sensitivity"),
    Text("回到数据", "Back to the figures"),
    Text("与其他指标和往年的联系", "Links to other figures and years"),
    Text("呈现", "Presentation"),
)

Told = tuple[str, Text] | None
_SHOWN = 8  # names in a sentence; tables list all


@dataclass(frozen=True, slots=True)
class Finding:
    """What one of the ten steps found (检查所见): sentences, the numbers in them, and ok, look or missing.

    look asks a person to look, it is no fault by itself; missing says that the step could not be done or is not in the
    rules. `numbers` are unrounded, by name; shares are 0–1.
    """

    number: int
    title: Text
    verdict: str
    words: tuple[Text, ...]
    numbers: Mapping[str, float] = field(default_factory=dict)


def make_finding(number: int, found: Iterable[Told], **numbers: float) -> Finding:
    """Make the finding of a step: the gravest verdict of its sentences, missing before look before ok."""
    told = [one for one in found if one]
    grades = [verdict for verdict, _ in told]
    verdict = next((word for word in ("missing", "look") if word in grades), "ok")
    return Finding(number, STEPS[number - 1], verdict, tuple(words for _, words in told), numbers)


def list_labels(what: Text, labels: Iterable[Text], *, verdict: str = "look") -> Told:
    """Say what concerns these, with the names joined as each language joins them; nothing where there are none.

    >>> list_labels(Text("重复", "Twice"), [Text("甲", "A"), Text("乙", "B")])
    ('look', Text(zh='重复：甲、乙。', en='Twice: A, B.'))
    """
    listed = list(labels)
    if not listed:
        return None
    shown, rest = listed[:_SHOWN], len(listed) - _SHOWN
    zh, en = "、".join(label.zh for label in shown), ", ".join(label.en for label in shown)
    if rest > 0:
        zh, en = f"{zh}等 {len(listed)} 项", f"{en} and {rest} more"
    return verdict, Text(f"{what.zh}：{zh}。", f"{what.en}: {en}.")


def percent(share: float) -> str:
    """Write a share inside a sentence.

    >>> percent(0.6)
    '60%'
    """
    return f"{share:.0%}"
