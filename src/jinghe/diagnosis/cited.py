"""What publications found to hold cooperation back (文献结论), beside what the figures show."""

from __future__ import annotations

from jinghe.compact import Compact
from jinghe.diagnosis.finding import Finding
from jinghe.labels import Text

__all__ = ["KINDS", "cite_findings"]

KINDS = {
    "benefit": Text("收益不足", "Too little benefit"),
    "cost": Text("成本过高", "Too costly"),
    "risk": Text("承诺兑现有风险", "Promises are at risk"),
    "local_first": Text("地方本位", "Local-first thinking"),
    "barrier": Text("行政壁垒", "Administrative barriers"),
    "measurement": Text("协同难以量准", "Collaboration is hard to measure"),
    "tenure": Text("任期与长期效益不合", "Terms of office are shorter than the returns"),
    "interest": Text("利益协调滞后", "Interests are not settled"),
}


def cite_findings(compact: Compact) -> tuple[Finding, ...]:
    """Return the findings in print that a compact lists, each with its source; they are quoted, not computed.

    Source: theory rows C1–C2, S8.
    """
    return tuple(_cite(compact, one) for one in compact.evidence.get("findings") or ())


def _cite(compact: Compact, one: dict[str, str]) -> Finding:
    kind, said = one["bottleneck"], Text.of(one["text"])
    title = compact.sources[one["source"]].title
    text = Text(f"{said.zh}（据《{title}》）", f"{said.en} (from: {title})")
    return Finding(kind, KINDS[kind], text, f"evidence.findings.{one['id']}", ("C1", "C2", "S8"))
