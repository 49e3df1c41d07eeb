"""The collaborative contest (协同竞赛): indicators, scores, ranks with uncertainty, credit, prizes and flags."""

from __future__ import annotations

from jinghe.contest.check import check_contest
from jinghe.contest.contest import Contest, read_contest
from jinghe.contest.credit import Credits, ItemCredit, JointItem, credit_items, read_items, share_item
from jinghe.contest.explain import Part, explain
from jinghe.contest.gaming import Flag, flag
from jinghe.contest.indicator import Convergence, Identity, Indicator, Node, Ratio, Register
from jinghe.contest.prize import Award, Prize, award
from jinghe.contest.rank import Ranking, find_ranks, rank
from jinghe.contest.score import Scores, score
from jinghe.contest.screen import Dropped
from jinghe.contest.steps import Steps, Uncertainty

__all__ = [
    "Award",
    "Contest",
    "Convergence",
    "Credits",
    "Dropped",
    "Flag",
    "Identity",
    "Indicator",
    "ItemCredit",
    "JointItem",
    "Node",
    "Part",
    "Prize",
    "Ranking",
    "Ratio",
    "Register",
    "Scores",
    "Steps",
    "Uncertainty",
    "award",
    "check_contest",
    "credit_items",
    "explain",
    "find_ranks",
    "flag",
    "rank",
    "read_contest",
    "read_items",
    "score",
    "share_item",
]
