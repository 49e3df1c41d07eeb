"""Books (账簿): double entry in money and in assessment credit, and the course that their papers take."""

from jinghe.ledger.book import BOOKS, Entry, Ledger, Leg
from jinghe.ledger.credit import credited, find_overlap, read_step
from jinghe.ledger.procedure import Option, Procedure, Step, Window

__all__ = [
    "BOOKS",
    "Entry",
    "Ledger",
    "Leg",
    "Option",
    "Procedure",
    "Step",
    "Window",
    "credited",
    "find_overlap",
    "read_step",
]
