"""Disputes (争端): claim, reply, mediation, ruling, appeal as one state table, with clocks and effect in the books."""

from jinghe.dispute.dispute import CLOCKS, Action, Dispute, open_dispute, read_clocks
from jinghe.dispute.effect import carry_out
from jinghe.dispute.table import TABLE, describe_procedure

__all__ = [
    "CLOCKS",
    "TABLE",
    "Action",
    "Dispute",
    "carry_out",
    "describe_procedure",
    "open_dispute",
    "read_clocks",
]
