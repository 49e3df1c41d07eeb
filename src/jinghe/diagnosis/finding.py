"""What a diagnosis is made of (诊断要素): criteria of a stage and findings, each with its evidence."""

from __future__ import annotations

from dataclasses import dataclass

from jinghe.labels import Text

__all__ = ["STAGES", "Criterion", "Finding"]

STAGES = {
    "initial": Text("初始阶段", "Initial stage"),
    "transition": Text("过渡阶段", "Transition stage"),
    "regress": Text("过渡阶段，有退行风险", "Transition stage, at risk of falling back"),
    "advanced": Text("高级阶段", "Advanced stage"),
}


@dataclass(frozen=True, slots=True)
class Criterion:
    """One test of a stage (判据): holds, fails, or None when there is no evidence.

    `path` is the place of the evidence in the compact, `rows` the rows of the papers it comes from.
    """

    id: str
    stage: str
    label: Text
    holds: bool | None
    evidence: Text
    path: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence of the diagnosis with the place of its evidence and its rows in the papers (结论)."""

    id: str
    label: Text | None
    text: Text
    path: str
    rows: tuple[str, ...]
