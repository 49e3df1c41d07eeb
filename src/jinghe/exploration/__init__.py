"""Explore what a compact would do (推演探索): designs, sweeps, sensitivity, discovery, robustness, calibration."""

from __future__ import annotations

from jinghe.exploration.adapters import ema_model, salib_problem
from jinghe.exploration.calibrate import Calibration, calibrate, show_calibration
from jinghe.exploration.design import METHODS, Designs, cross, sample
from jinghe.exploration.discover import Discovery, discover, show_discovery
from jinghe.exploration.factor import Factor
from jinghe.exploration.history import Target
from jinghe.exploration.identify import identify
from jinghe.exploration.model import CompactModel, Model
from jinghe.exploration.noise import Difference, Spread, difference, separate_noise
from jinghe.exploration.odd import odd
from jinghe.exploration.robust import Choice, Verdict, check_choice, choose, show_choice
from jinghe.exploration.sensitivity import Effects, Shares, decompose, screen, tabulate_effects, tabulate_shares
from jinghe.exploration.space import Space, list_levers, read_space
from jinghe.exploration.sweep import Sweep, sweep
from jinghe.exploration.withdraw import Withdrawal, show_withdrawal, withdraw

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
    "Model",
    "Shares",
    "Space",
    "Spread",
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
    "odd",
    "read_space",
    "salib_problem",
    "sample",
    "screen",
    "separate_noise",
    "show_calibration",
    "show_choice",
    "show_discovery",
    "show_withdrawal",
    "sweep",
    "tabulate_effects",
    "tabulate_shares",
    "withdraw",
]
