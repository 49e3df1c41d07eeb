"""Cooperative games (合作博弈): how a joint gain or cost may be shared, and who would walk away from each split."""

from jinghe.games.build import find_cost_shares, list_game, make_additive, make_savings, read_game, tabulate
from jinghe.games.claims import (
    CLAIMS_RULES,
    equal_awards,
    equal_losses,
    find_dual,
    make_bankruptcy,
    proportional_awards,
    random_arrival,
    talmud,
)
from jinghe.games.compare import Comparison, Verdict, compare, judge
from jinghe.games.draws import Draws, Robustness, Spread, draw_game, judge_draws, spread_rule
from jinghe.games.game import MAX_PARTIES, Game, check_game
from jinghe.games.nucleolus import nucleolus, per_capita_nucleolus, prenucleolus
from jinghe.games.points import (
    downstream_incremental,
    equal_nonseparable,
    equal_split,
    equal_surplus,
    gately,
    nash,
    proportional,
    tau,
)
from jinghe.games.project import Project, compare_rules, read_project
from jinghe.games.rivers import downstream_equal, local_responsibility, upstream_equal
from jinghe.games.rules import Outcome, Proposal, Weighting, apply_rules
from jinghe.games.sampling import Sample, sample_shapley
from jinghe.games.shapley import find_dividends, owen, shapley, weighted_shapley
from jinghe.games.stability import (
    Blocking,
    find_blocking,
    find_core_distance,
    find_excesses,
    find_least_core,
    find_propensities,
    find_stability_cost,
    is_in_core,
)

__all__ = [
    "CLAIMS_RULES",
    "MAX_PARTIES",
    "Blocking",
    "Comparison",
    "Draws",
    "Game",
    "Outcome",
    "Project",
    "Proposal",
    "Robustness",
    "Sample",
    "Spread",
    "Verdict",
    "Weighting",
    "apply_rules",
    "check_game",
    "compare",
    "compare_rules",
    "downstream_equal",
    "downstream_incremental",
    "draw_game",
    "equal_awards",
    "equal_losses",
    "equal_nonseparable",
    "equal_split",
    "equal_surplus",
    "find_blocking",
    "find_core_distance",
    "find_cost_shares",
    "find_dividends",
    "find_dual",
    "find_excesses",
    "find_least_core",
    "find_propensities",
    "find_stability_cost",
    "gately",
    "is_in_core",
    "judge",
    "judge_draws",
    "list_game",
    "local_responsibility",
    "make_additive",
    "make_bankruptcy",
    "make_savings",
    "nash",
    "nucleolus",
    "owen",
    "per_capita_nucleolus",
    "prenucleolus",
    "proportional",
    "proportional_awards",
    "random_arrival",
    "read_game",
    "read_project",
    "sample_shapley",
    "shapley",
    "spread_rule",
    "tabulate",
    "talmud",
    "tau",
    "upstream_equal",
    "weighted_shapley",
]
