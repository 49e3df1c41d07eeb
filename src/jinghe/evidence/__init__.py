"""Evidence of a case (证据): published statistics, standards, networks, surveys, coded documents, opinions."""

from __future__ import annotations

from jinghe.evidence.gather import Evidence, gather_evidence

__all__ = ["Evidence", "gather_evidence"]
