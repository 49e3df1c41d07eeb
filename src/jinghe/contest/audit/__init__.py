"""The audit of a contest (指标体系审计): ten steps, each with what was found, and the methods they rest on."""

from __future__ import annotations

from jinghe.contest.audit.coverage import Coverage, find_coverage
from jinghe.contest.audit.finding import VERDICTS, Finding
from jinghe.contest.audit.influence import (
    Influence,
    find_correlation_ratio,
    find_influence,
)
from jinghe.contest.audit.judge_figures import Structure, find_reported_weight
from jinghe.contest.audit.omission import Omissions, find_omissions
from jinghe.contest.audit.outside import Link, find_links
from jinghe.contest.audit.pattern import Pattern, find_patterns
from jinghe.contest.audit.redundancy import Bond, find_bonds, find_size_bonds
from jinghe.contest.audit.report import Audit, audit
from jinghe.contest.audit.reversal import Reversal, find_reversals
from jinghe.contest.audit.robustness import Robustness, find_robustness
from jinghe.contest.audit.show import show_audit
from jinghe.contest.audit.stability import Stability, Transition, find_reliability, find_stability
from jinghe.contest.audit.structure import Components, find_alpha, find_components
from jinghe.contest.audit.trial import Trial

__all__ = [
    "VERDICTS",
    "Audit",
    "Bond",
    "Components",
    "Coverage",
    "Finding",
    "Influence",
    "Link",
    "Omissions",
    "Pattern",
    "Reversal",
    "Robustness",
    "Stability",
    "Structure",
    "Transition",
    "Trial",
    "audit",
    "find_alpha",
    "find_bonds",
    "find_components",
    "find_correlation_ratio",
    "find_coverage",
    "find_influence",
    "find_links",
    "find_omissions",
    "find_patterns",
    "find_reliability",
    "find_reported_weight",
    "find_reversals",
    "find_robustness",
    "find_size_bonds",
    "find_stability",
    "show_audit",
]
