"""Do published statistics agree with themselves? (公布数值的自洽性核对): claims in, verdicts out."""

from jinghe.recalc.check import check_claim, check_claims
from jinghe.recalc.claim import STATISTICS, TESTS, Claim, Contrast, Group
from jinghe.recalc.counts import find_counts, top_box_range
from jinghe.recalc.distribution import p_interval, p_value, statistic_for, statistic_interval
from jinghe.recalc.extract import extract_statistics
from jinghe.recalc.grim import debit, grim, grimmer, sd_range
from jinghe.recalc.paper import extract_claims
from jinghe.recalc.phases import condition_squares, straight_lining_bound
from jinghe.recalc.printed import Interval, Printed, interval, read_printed
from jinghe.recalc.read import read_claim, read_claims
from jinghe.recalc.table import extract_table
from jinghe.recalc.two_groups import t_range
from jinghe.recalc.verdict import STATUSES, Finding, Verdict

__all__ = [
    "STATISTICS",
    "STATUSES",
    "TESTS",
    "Claim",
    "Contrast",
    "Finding",
    "Group",
    "Interval",
    "Printed",
    "Verdict",
    "check_claim",
    "check_claims",
    "condition_squares",
    "debit",
    "extract_claims",
    "extract_statistics",
    "extract_table",
    "find_counts",
    "grim",
    "grimmer",
    "interval",
    "p_interval",
    "p_value",
    "read_claim",
    "read_claims",
    "read_printed",
    "sd_range",
    "statistic_for",
    "statistic_interval",
    "straight_lining_bound",
    "t_range",
    "top_box_range",
]
