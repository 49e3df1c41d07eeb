"""Interest coordination (利益协调): agreements written once, settled with a trace to clause, figure and source."""

from jinghe.sharing.agreement import (
    EACH,
    POOL,
    Agreement,
    Choice,
    Clause,
    Crediting,
    DatedValue,
    Exit,
    Member,
    Parameter,
    Party,
    Seal,
    Series,
    Termination,
    When,
)
from jinghe.sharing.arrays import settle_arrays
from jinghe.sharing.assessment import (
    FEN,
    MODES,
    Credit,
    book_credit,
    book_official,
    book_settlement,
    check_credit,
    post_credit,
    say_overlap,
)
from jinghe.sharing.check import check_agreement, lint
from jinghe.sharing.correction import check_chain, correct
from jinghe.sharing.dates import (
    Dates,
    set_dates,
)
from jinghe.sharing.diagnose import RuleDiagnosis, diagnose_rule
from jinghe.sharing.incentive import FigureDiagnosis, diagnose_agreement
from jinghe.sharing.numerals import capitalise
from jinghe.sharing.posting import check_books, post
from jinghe.sharing.read import read_agreement, template_paths
from jinghe.sharing.recount import verify_statement
from jinghe.sharing.restate import Restatement, find_late, list_known, restate, revise
from jinghe.sharing.seal import Sealing, check_seal, digest_rules, judge_seal
from jinghe.sharing.settle import Line, Settlement, settle
from jinghe.sharing.signing import SigningSheet, signing_sheet
from jinghe.sharing.stages import STAGES
from jinghe.sharing.state import State
from jinghe.sharing.statement import Item, Statement, draft_statement
from jinghe.sharing.trace import Input, Trace
from jinghe.sharing.verify import verify

__all__ = [
    "EACH",
    "FEN",
    "MODES",
    "POOL",
    "STAGES",
    "Agreement",
    "Choice",
    "Clause",
    "Credit",
    "Crediting",
    "DatedValue",
    "Dates",
    "Exit",
    "FigureDiagnosis",
    "Input",
    "Item",
    "Line",
    "Member",
    "Parameter",
    "Party",
    "Restatement",
    "RuleDiagnosis",
    "Seal",
    "Sealing",
    "Series",
    "Settlement",
    "SigningSheet",
    "State",
    "Statement",
    "Termination",
    "Trace",
    "When",
    "book_credit",
    "book_official",
    "book_settlement",
    "capitalise",
    "check_agreement",
    "check_books",
    "check_chain",
    "check_credit",
    "check_seal",
    "correct",
    "diagnose_agreement",
    "diagnose_rule",
    "digest_rules",
    "draft_statement",
    "find_late",
    "judge_seal",
    "lint",
    "list_known",
    "post",
    "post_credit",
    "read_agreement",
    "restate",
    "revise",
    "say_overlap",
    "set_dates",
    "settle",
    "settle_arrays",
    "signing_sheet",
    "template_paths",
    "verify",
    "verify_statement",
]
