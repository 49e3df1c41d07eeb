"""Mirror reports (镜像上报): every partner reports the joint item, and the reports are compared."""

from __future__ import annotations

from jinghe.contest.mirror.claims import Claim, check_claims, find_discrepancy, gather_claims, read_claims
from jinghe.contest.mirror.confirm import Confirmation, confirm_items
from jinghe.contest.mirror.reporters import Estimate, Reporters, estimate_items, fit_reporters

__all__ = [
    "Claim",
    "Confirmation",
    "Estimate",
    "Reporters",
    "check_claims",
    "confirm_items",
    "estimate_items",
    "find_discrepancy",
    "fit_reporters",
    "gather_claims",
    "read_claims",
]
