"""The blocks of sharing rules (分享积木): pure formulas over the operations of `ops`, exact or in arrays."""

from jinghe.sharing.blocks.base import accumulate, base_growth, base_level, elig_list, elig_threshold, gap
from jinghe.sharing.blocks.indices import delta_weighted, inverse_capacity, percent_drop, weighted_ratio
from jinghe.sharing.blocks.keys import (
    GAME_RULES,
    RIVER_RULES,
    check_shares,
    river_points,
    share_fixed,
    share_points,
    solution_points,
)
from jinghe.sharing.blocks.limits import (
    cap,
    cap_cumulative,
    floor,
    in_kind_credit,
    term_end,
    term_extend,
    term_window,
)
from jinghe.sharing.blocks.reconcile import BASES, recover_first, settle_up, true_up
from jinghe.sharing.blocks.rounding import apportion_rows, round_parts
from jinghe.sharing.blocks.tiers import TIER_MODES, check_table, class_change, load_charge, step_table
from jinghe.sharing.blocks.transfers import (
    BEST,
    TIES,
    check_transfer,
    clawback,
    equalise_piecewise,
    min_endowment,
    rank_transfer,
)

__all__ = [
    "BASES",
    "BEST",
    "GAME_RULES",
    "RIVER_RULES",
    "TIER_MODES",
    "TIES",
    "accumulate",
    "apportion_rows",
    "base_growth",
    "base_level",
    "cap",
    "cap_cumulative",
    "check_shares",
    "check_table",
    "check_transfer",
    "class_change",
    "clawback",
    "delta_weighted",
    "elig_list",
    "elig_threshold",
    "equalise_piecewise",
    "floor",
    "gap",
    "in_kind_credit",
    "inverse_capacity",
    "load_charge",
    "min_endowment",
    "percent_drop",
    "rank_transfer",
    "recover_first",
    "river_points",
    "round_parts",
    "settle_up",
    "share_fixed",
    "share_points",
    "solution_points",
    "step_table",
    "term_end",
    "term_extend",
    "term_window",
    "true_up",
    "weighted_ratio",
]
