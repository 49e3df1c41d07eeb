"""Evidence of a case (证据): published statistics, standards, networks, surveys, coded documents, opinions."""

from __future__ import annotations

from jinghe.evidence.coded import Coded, export_coding, find_coding, import_coding, show_coding
from jinghe.evidence.cooperation import need_network
from jinghe.evidence.gather import Evidence, gather_evidence
from jinghe.evidence.harmonisation import need_catalogues
from jinghe.evidence.opinions import show_consensus

__all__ = [
    "Coded",
    "Evidence",
    "export_coding",
    "find_coding",
    "gather_evidence",
    "import_coding",
    "need_catalogues",
    "need_network",
    "show_coding",
    "show_consensus",
]
