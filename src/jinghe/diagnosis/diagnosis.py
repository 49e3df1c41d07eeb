"""What state the cooperation is in and what holds it back (诊断): every sentence rests on evidence one can open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jinghe.compact import Compact
from jinghe.diagnosis.advice import advise
from jinghe.diagnosis.bottleneck import find_bottlenecks, list_unjudged
from jinghe.diagnosis.finding import Criterion, Finding
from jinghe.diagnosis.profile import find_profile
from jinghe.diagnosis.stage import find_stage, list_criteria
from jinghe.evidence import Evidence
from jinghe.labels import Text
from jinghe.operation import Assessment
from jinghe.simulation import Run

__all__ = ["Diagnosis", "diagnose"]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Stage with its criteria, bottlenecks, profile and next steps (诊断结果); `missing`: what could not be judged."""

    stage: str
    criteria: tuple[Criterion, ...]
    bottlenecks: tuple[Finding, ...]
    profile: tuple[Finding, ...]
    next_steps: tuple[Finding, ...]
    missing: tuple[Text, ...]


def diagnose(compact: Compact, *, assessment: Assessment, runs: Sequence[Run], evidence: Evidence) -> Diagnosis:
    """Derive the stage, the bottlenecks and the profile from what the other verbs found.

    A stage is reached when none of its criteria fails and at least half hold, the earlier stage being reached;
    a criterion without evidence does not block, and is listed as missing.

    Args:
        compact: the compact.
        assessment: scores, settlements and lights of the period.
        runs: the forecast under this compact (first) and its alternatives; may be empty.
        evidence: standards, network, published statistics, surveys and coded documents.
    Returns:
        The diagnosis.
    Source: theory rows C1–C3, S5–S9, Y1–Y4.
    """
    criteria = list_criteria(compact, assessment=assessment, runs=runs, evidence=evidence)
    bottlenecks = find_bottlenecks(compact, assessment=assessment, evidence=evidence)
    unknown = (
        Text(f"{c.label.zh}：{c.evidence.zh}", f"{c.label.en}: {c.evidence.en}") for c in criteria if c.holds is None
    )
    return Diagnosis(
        stage=find_stage(criteria),
        criteria=criteria,
        bottlenecks=bottlenecks,
        profile=find_profile(compact, evidence=evidence),
        next_steps=advise(bottlenecks, has_contest=compact.contest is not None),
        missing=(
            *unknown,
            *list_unjudged(compact, assessment=assessment, evidence=evidence),
            *(note.text for note in compact.notes if note.kind == "missing"),
        ),
    )
