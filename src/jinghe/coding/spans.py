"""Passages coded elsewhere, laid on the fixed segments (区间对应片段)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jinghe.coding.document import Segment
from jinghe.coding.record import Coding

__all__ = ["Span", "lay"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a document that somebody coded in another program (区间): characters start ≤ k < end."""

    coder: str
    document: str
    start: int
    end: int
    code: str


def lay(spans: Sequence[Span], *, segments: Sequence[Segment]) -> tuple[tuple[Coding, ...], tuple[Span, ...]]:
    """Lay spans on the segments they cover by at least half of the segment or half of the span.

    Assumption: ours, the half. A segment gets a coder's code once.

    Returns:
        The codings, and the spans that reach no segment by half.
    """
    homes: dict[str, list[Segment]] = {}
    for segment in segments:
        homes.setdefault(segment.document, []).append(segment)
    codings: dict[Coding, None] = {}
    lost = []
    for span in spans:
        hits = [one for one in homes.get(span.document, ()) if _covers(span, one)]
        codings |= dict.fromkeys(Coding(span.coder, one.id, span.code) for one in hits)
        if not hits:
            lost.append(span)
    return tuple(codings), tuple(lost)


def _covers(span: Span, segment: Segment) -> bool:
    common = min(span.end, segment.end) - max(span.start, segment.start)
    return common > 0 and 2 * common >= min(span.end - span.start, segment.end - segment.start)
