"""Explore what a compact would do (推演探索): designs, sweeps, sensitivity, discovery, robustness, calibration."""

from __future__ import annotations

from jinghe.exploration.adapters import ema_model, salib_problem
from jinghe.exploration.calibrate import Calibration, calibrate, show_calibration
from jinghe.exploration.conclusions import show_study
from jinghe.exploration.condition import name_outcome, read_condition
from jinghe.exploration.design import METHODS, Designs, cross, sample
from jinghe.exploration.discover import Discovery, discover, show_discovery
from jinghe.exploration.factor import Factor
from jinghe.exploration.history import Target
from jinghe.exploration.identify import identify
from jinghe.exploration.model import CompactModel, Fixed, Model
from jinghe.exploration.noise import Difference, Spread, difference, separate_noise, show_difference
from jinghe.exploration.odd import odd
from jinghe.exploration.overview import show_sensitivity, show_sweep
from jinghe.exploration.plan import Plan, read_plan
from jinghe.exploration.robust import Choice, Verdict, check_choice, choose, show_choice
from jinghe.exploration.sensitivity import Effects, Shares, decompose, screen, tabulate_effects, tabulate_shares
from jinghe.exploration.space import Space, list_levers, read_space
from jinghe.exploration.study import Study, study
from jinghe.exploration.sweep import Progress, Sweep, sweep
from jinghe.exploration.withdraw import Withdrawal, show_withdrawal, withdraw
from jinghe.exploration.workers import local_cluster

__all__ = [
    "METHODS",
    "Calibration",
    "Choice",
    "CompactModel",
    "Designs",
    "Difference",
    "Discovery",
    "Effects",
    "Factor",
    "Fixed",
    "Model",
    "Plan",
    "Progress",
    "Shares",
    "Space",
    "Spread",
    "Study",
    "Sweep",
    "Target",
    "Verdict",
    "Withdrawal",
    "calibrate",
    "check_choice",
    "choose",
    "cross",
    "decompose",
    "difference",
    "discover",
    "ema_model",
    "identify",
    "list_levers",
    "local_cluster",
    "name_outcome",
    "odd",
    "read_condition",
    "read_plan",
    "read_space",
    "salib_problem",
    "sample",
    "screen",
    "separate_noise",
    "show_calibration",
    "show_choice",
    "show_difference",
    "show_discovery",
    "show_sensitivity",
    "show_study",
    "show_sweep",
    "show_withdrawal",
    "study",
    "sweep",
    "tabulate_effects",
    "tabulate_shares",
    "withdraw",
]
