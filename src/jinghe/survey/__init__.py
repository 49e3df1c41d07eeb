"""Surveys that can be trusted (问卷调查): instruments, collection, protected tables, comparisons that say how."""

from jinghe.survey.collection import FORMATS, read_responses, write_responses
from jinghe.survey.comparison import TESTS, Comparison, Sample, compare, compare_samples, compare_summaries
from jinghe.survey.cut import tabulate_choices, tabulate_means, tabulate_sample
from jinghe.survey.effect import ADJUSTMENTS, Effect, Equivalence, adjust
from jinghe.survey.encode import Reading
from jinghe.survey.exhibition import exhibit_tables
from jinghe.survey.expression import parse_expression
from jinghe.survey.inspection import check_survey
from jinghe.survey.instrument import (
    KINDS,
    PROVENANCES,
    Battery,
    Choice,
    Instrument,
    Item,
    Scale,
    check_instrument,
)
from jinghe.survey.omnibus import OMNIBUS, Omnibus, compare_all, compare_together
from jinghe.survey.opening import Survey, open_survey
from jinghe.survey.overview import make_comparisons, make_tables
from jinghe.survey.plan import Between, Plan, Within, check_plan, read_plan
from jinghe.survey.protection import find_closed, protect_answers, protect_sample, protect_scores
from jinghe.survey.quality import Quality, judge_quality, tabulate_quality
from jinghe.survey.read import dump_instrument, read_instrument
from jinghe.survey.repetition import Contrast, Repetition, compare_within, find_epsilon, repeat_measures
from jinghe.survey.responses import Responses, find_asked, join_waves, seal, take_scores
from jinghe.survey.results import (
    tabulate_comparisons,
    tabulate_contrasts,
    tabulate_omnibus,
    tabulate_reliability,
    tabulate_repetition,
)
from jinghe.survey.scale import Reliability, measure_reliability, score_reliability
from jinghe.survey.suppression import DEFAULT_K, find_recovered, hide_small, protect_cuts
from jinghe.survey.synthesis import shape_counts, synthesise
from jinghe.survey.table import HIDDEN, Check, Column, Row, Table, verify_table, verify_tables
from jinghe.survey.tabulate import tabulate_battery, tabulate_item, tabulate_multiple, tabulate_scores, tabulate_unshown
from jinghe.survey.token import Register, Turnout, close_register, issue_tokens, redeem_token
from jinghe.survey.weighting import (
    Frame,
    Weights,
    check_frame,
    check_turnout,
    kish,
    post_stratify,
    rake,
    rake_table,
    read_frame,
)
from jinghe.survey.wording import LIMITS
from jinghe.survey.xlsform import read_xlsform, write_xlsform

__all__ = [
    "ADJUSTMENTS",
    "DEFAULT_K",
    "FORMATS",
    "HIDDEN",
    "KINDS",
    "LIMITS",
    "OMNIBUS",
    "PROVENANCES",
    "TESTS",
    "Battery",
    "Between",
    "Check",
    "Choice",
    "Column",
    "Comparison",
    "Contrast",
    "Effect",
    "Equivalence",
    "Frame",
    "Instrument",
    "Item",
    "Omnibus",
    "Plan",
    "Quality",
    "Reading",
    "Register",
    "Reliability",
    "Repetition",
    "Responses",
    "Row",
    "Sample",
    "Scale",
    "Survey",
    "Table",
    "Turnout",
    "Weights",
    "Within",
    "adjust",
    "check_frame",
    "check_instrument",
    "check_plan",
    "check_survey",
    "check_turnout",
    "close_register",
    "compare",
    "compare_all",
    "compare_samples",
    "compare_summaries",
    "compare_together",
    "compare_within",
    "dump_instrument",
    "exhibit_tables",
    "find_asked",
    "find_closed",
    "find_epsilon",
    "find_recovered",
    "hide_small",
    "issue_tokens",
    "join_waves",
    "judge_quality",
    "kish",
    "make_comparisons",
    "make_tables",
    "measure_reliability",
    "open_survey",
    "parse_expression",
    "post_stratify",
    "protect_answers",
    "protect_cuts",
    "protect_sample",
    "protect_scores",
    "rake",
    "rake_table",
    "read_frame",
    "read_instrument",
    "read_plan",
    "read_responses",
    "read_xlsform",
    "redeem_token",
    "repeat_measures",
    "score_reliability",
    "seal",
    "shape_counts",
    "synthesise",
    "tabulate_battery",
    "tabulate_choices",
    "tabulate_comparisons",
    "tabulate_contrasts",
    "tabulate_item",
    "tabulate_means",
    "tabulate_multiple",
    "tabulate_omnibus",
    "tabulate_quality",
    "tabulate_reliability",
    "tabulate_repetition",
    "tabulate_sample",
    "tabulate_scores",
    "tabulate_unshown",
    "take_scores",
    "verify_table",
    "verify_tables",
    "write_responses",
    "write_xlsform",
]
