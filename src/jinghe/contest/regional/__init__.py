"""Measures of a region (区域测度): outcomes that nobody reports of himself, as pure functions of arrays."""

from __future__ import annotations

from jinghe.contest.regional.convergence import BetaConvergence, find_beta, find_sigma
from jinghe.contest.regional.coupling import GRADES, SCALE_WARNING, Coupling, couple, couple_corrected, grade
from jinghe.contest.regional.inequality import (
    GiniParts,
    TheilParts,
    decompose_gini,
    decompose_theil,
    find_gini,
    find_theil,
)
from jinghe.contest.regional.spatial import (
    Gravity,
    LocalMoran,
    Moran,
    find_gravity,
    find_lag,
    find_local_moran,
    find_moran,
    find_moran_power,
    make_weights,
)
from jinghe.contest.regional.structure import compare_to_rest, find_shares, find_similarity, find_specialisation

__all__ = [
    "GRADES",
    "SCALE_WARNING",
    "BetaConvergence",
    "Coupling",
    "GiniParts",
    "Gravity",
    "LocalMoran",
    "Moran",
    "TheilParts",
    "compare_to_rest",
    "couple",
    "couple_corrected",
    "decompose_gini",
    "decompose_theil",
    "find_beta",
    "find_gini",
    "find_gravity",
    "find_lag",
    "find_local_moran",
    "find_moran",
    "find_moran_power",
    "find_shares",
    "find_sigma",
    "find_similarity",
    "find_specialisation",
    "find_theil",
    "grade",
    "make_weights",
]
