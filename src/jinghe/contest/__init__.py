"""The collaborative contest (协同竞赛): indicators, scores, ranks with uncertainty, credit, prizes and flags."""

from __future__ import annotations

from jinghe.contest.aggregate import Synthesis, aggregate_tree
from jinghe.contest.basis import make_rescores
from jinghe.contest.chain import Stages, run_chain
from jinghe.contest.check import check_contest, check_inputs
from jinghe.contest.contest import Contest, read_contest
from jinghe.contest.credit import Credits, ItemCredit, credit_items, share_item
from jinghe.contest.credit_rule import CreditRule
from jinghe.contest.explain import Part, explain
from jinghe.contest.flags import Flag, FlagRules
from jinghe.contest.gaming import Examination, examine, flag
from jinghe.contest.impute import History
from jinghe.contest.indicator import Convergence, Identity, Indicator, Node, Ratio, Register
from jinghe.contest.perturbation import Perturbation
from jinghe.contest.pool import Pool, PoolRule, assign_pools, find_neutrality
from jinghe.contest.prepare import Context
from jinghe.contest.prize import Award, Prize, award
from jinghe.contest.rank import Ranking, find_ranks
from jinghe.contest.ranking import PoolRanking, rank, rank_node, rank_pools, study_scores
from jinghe.contest.register import JointItem, read_items
from jinghe.contest.score import Scores, score
from jinghe.contest.screen import Dropped
from jinghe.contest.steps import Steps, Uncertainty, Weighing
from jinghe.contest.treat import Outliers
from jinghe.contest.tree import Tree
from jinghe.contest.uncertainty.acceptability import Acceptability, find_acceptability
from jinghe.contest.uncertainty.combined import RankUncertainty, find_rank_uncertainty
from jinghe.contest.uncertainty.distribution import RankDistribution
from jinghe.contest.uncertainty.figures import FigureError, find_errors, redraw_panel
from jinghe.contest.uncertainty.monte_carlo import Effect, list_draws, list_effects, sample_ranks
from jinghe.contest.uncertainty.rank_sets import RankSets, find_rank_sets
from jinghe.contest.uncertainty.robust_pairs import RobustPairs, find_robust_pairs
from jinghe.contest.uncertainty.sensitivity import find_sensitivity
from jinghe.contest.uncertainty.sobol import Indices
from jinghe.contest.uncertainty.study import Study, list_perturbations
from jinghe.contest.uncertainty.tau_best import find_tau_best, find_tau_worst
from jinghe.contest.uncertainty.ties import find_tie_groups

__all__ = [
    "Acceptability",
    "Award",
    "Contest",
    "Context",
    "Convergence",
    "CreditRule",
    "Credits",
    "Dropped",
    "Effect",
    "Examination",
    "FigureError",
    "Flag",
    "FlagRules",
    "History",
    "Identity",
    "Indicator",
    "Indices",
    "ItemCredit",
    "JointItem",
    "Node",
    "Outliers",
    "Part",
    "Perturbation",
    "Pool",
    "PoolRanking",
    "PoolRule",
    "Prize",
    "RankDistribution",
    "RankSets",
    "RankUncertainty",
    "Ranking",
    "Ratio",
    "Register",
    "RobustPairs",
    "Scores",
    "Stages",
    "Steps",
    "Study",
    "Synthesis",
    "Tree",
    "Uncertainty",
    "Weighing",
    "aggregate_tree",
    "assign_pools",
    "award",
    "check_contest",
    "check_inputs",
    "credit_items",
    "examine",
    "explain",
    "find_acceptability",
    "find_errors",
    "find_neutrality",
    "find_rank_sets",
    "find_rank_uncertainty",
    "find_ranks",
    "find_robust_pairs",
    "find_sensitivity",
    "find_tau_best",
    "find_tau_worst",
    "find_tie_groups",
    "flag",
    "list_draws",
    "list_effects",
    "list_perturbations",
    "make_rescores",
    "rank",
    "rank_node",
    "rank_pools",
    "read_contest",
    "read_items",
    "redraw_panel",
    "run_chain",
    "sample_ranks",
    "score",
    "share_item",
    "study_scores",
]
