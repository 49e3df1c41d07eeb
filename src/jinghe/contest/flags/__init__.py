"""Figures worth a second look (数据疑点): one family of tests a file, all of them questions and none a verdict."""

from __future__ import annotations

from jinghe.contest.flags.benford import find_benford, find_benford_power, probe_benford, tell_unfit
from jinghe.contest.flags.bunching import (
    find_bunching,
    find_density_jump,
    find_density_power,
    find_excess_mass,
    probe_bunching,
    probe_density,
)
from jinghe.contest.flags.copies import find_match_chance, find_match_power, probe_copies
from jinghe.contest.flags.crosscheck import find_crosscheck, probe_crosschecks
from jinghe.contest.flags.flag import Flag, Probe, Untested, raise_flags
from jinghe.contest.flags.heaping import (
    find_digit_power,
    find_digit_spread,
    probe_heaping,
    probe_rounding,
    probe_spread,
)
from jinghe.contest.flags.hollow import flag_hollow, probe_slices
from jinghe.contest.flags.identities import flag_ratios, flag_reports, flag_sums, list_unheld
from jinghe.contest.flags.jumps import find_changes, find_jump, probe_jumps
from jinghe.contest.flags.mirroring import probe_reporters
from jinghe.contest.flags.ratchet import find_ratchet, probe_ratchet
from jinghe.contest.flags.revisions import find_overlap, find_overlap_power, list_revisions, probe_revisions
from jinghe.contest.flags.rules import Check, FlagRules, read_flag_rules
from jinghe.contest.flags.scope import Scope, find_factor, find_history, is_amount

__all__ = [
    "Check",
    "Flag",
    "FlagRules",
    "Probe",
    "Scope",
    "Untested",
    "find_benford",
    "find_benford_power",
    "find_bunching",
    "find_changes",
    "find_crosscheck",
    "find_density_jump",
    "find_density_power",
    "find_digit_power",
    "find_digit_spread",
    "find_excess_mass",
    "find_factor",
    "find_history",
    "find_jump",
    "find_match_chance",
    "find_match_power",
    "find_overlap",
    "find_overlap_power",
    "find_ratchet",
    "flag_hollow",
    "flag_ratios",
    "flag_reports",
    "flag_sums",
    "is_amount",
    "list_revisions",
    "list_unheld",
    "probe_benford",
    "probe_bunching",
    "probe_copies",
    "probe_crosschecks",
    "probe_density",
    "probe_heaping",
    "probe_jumps",
    "probe_ratchet",
    "probe_reporters",
    "probe_revisions",
    "probe_rounding",
    "probe_slices",
    "probe_spread",
    "raise_flags",
    "read_flag_rules",
    "tell_unfit",
]
