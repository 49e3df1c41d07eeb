"""What publications found to hold cooperation back (文献结论), beside what the figures show."""

from __future__ import annotations

from jinghe.compact import Compact
from jinghe.diagnosis.finding import Finding
from jinghe.labels import Text
from jinghe.source import Source

__all__ = ["KINDS", "cite_findings", "cite_stage"]

KINDS = {
    "benefit": Text("收益不足", "Too little benefit"),
    "cost": Text("成本过高", "Too costly"),
    "risk": Text("承诺兑现有风险", "Promises are at risk"),
    "local_first": Text("地方本位", "Local-first thinking"),
    "barrier": Text("行政壁垒", "Administrative barriers"),
    "measurement": Text("协同难以量准", "Collaboration is hard to measure"),
    "tenure": Text("任期与长期效益不合", "Terms of office are shorter than the returns"),
    "interest": Text("利益协调滞后", "Interests are not settled"),
    "selective": Text("选择性合作", "Selective cooperation"),
}
_STAGE = "stage"


def cite_findings(compact: Compact) -> tuple[Finding, ...]:
    """Return the findings in print that a compact lists, each with its source; they are quoted, not computed.

    Source: theory rows C1–C2, S8.
    """
    found = [one for one in compact.evidence.get("findings") or () if one["bottleneck"] != _STAGE]
    return tuple(_cite(compact, one, KINDS[one["bottleneck"]], ("C1", "C2", "S8")) for one in found)


def cite_stage(compact: Compact) -> tuple[Finding, ...]:
    """Return what publications say of the stage of the cooperation (C3), to read beside the one derived here."""
    found = [one for one in compact.evidence.get("findings") or () if one["bottleneck"] == _STAGE]
    return tuple(_cite(compact, one, Text("文献判断的阶段", "The stage in print"), ("C3",)) for one in found)


def _cite(compact: Compact, one: dict[str, str], label: Text, rows: tuple[str, ...]) -> Finding:
    said, printed = Text.of(one["text"]), _name(compact.sources[one["source"]])
    text = Text(f"{said.zh}（据{printed}）", f"{said.en} (from {printed})")
    return Finding(one["bottleneck"], label, text, f"evidence.findings.{one['id']}", rows)


def _name(source: Source) -> str:
    """Name a paper by its authors and year; its title is written `authors：title`. Others by their whole title."""
    authors, colon, _ = source.title.partition("：")
    return f"{authors} {source.published[:4]}" if colon and source.kind == "paper" else source.title
