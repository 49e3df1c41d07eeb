"""A compact in force (运行): scores and ranks, prizes, settlements, contract lights and doubts of one period."""

from __future__ import annotations

from jinghe.operation.assess import Assessment, assess, known_by, latest_period
from jinghe.operation.books import credit_panel, say_credit
from jinghe.operation.reports import confirm_reports, read_reports
from jinghe.operation.settle import Unsettled, settle_all
from jinghe.operation.standing import (
    REDRAWINGS,
    Move,
    Standing,
    award_prizes,
    find_standing,
    rank_period,
    score_period,
    study_period,
)

__all__ = [
    "REDRAWINGS",
    "Assessment",
    "Move",
    "Standing",
    "Unsettled",
    "assess",
    "award_prizes",
    "confirm_reports",
    "credit_panel",
    "find_standing",
    "known_by",
    "latest_period",
    "rank_period",
    "read_reports",
    "say_credit",
    "score_period",
    "settle_all",
    "study_period",
]
