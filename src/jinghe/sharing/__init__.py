"""Interest coordination (利益协调): agreements written once, settled with a trace to clause, figure and source."""

from jinghe.sharing.agreement import (
    EACH,
    POOL,
    Agreement,
    Choice,
    Clause,
    DatedValue,
    Parameter,
    Party,
    Series,
)
from jinghe.sharing.check import check_agreement, lint
from jinghe.sharing.read import read_agreement, template_paths
from jinghe.sharing.settle import Line, Settlement, settle
from jinghe.sharing.trace import Input, Trace
from jinghe.sharing.verify import verify

__all__ = [
    "EACH",
    "POOL",
    "Agreement",
    "Choice",
    "Clause",
    "DatedValue",
    "Input",
    "Line",
    "Parameter",
    "Party",
    "Series",
    "Settlement",
    "Trace",
    "check_agreement",
    "lint",
    "read_agreement",
    "settle",
    "template_paths",
    "verify",
]
