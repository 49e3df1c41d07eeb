from __future__ import annotations

import pytest

from jinghe.coding import Span, lay


@pytest.mark.parametrize(
    ("start", "end", "hits"),
    [
        (0, 11, ["d1-0001"]),
        (2, 5, ["d1-0001"]),  # inside a segment
        (0, 23, ["d1-0001", "d1-0002"]),
        (5, 20, ["d1-0001", "d1-0002"]),  # half of each
        (8, 20, ["d1-0002"]),  # less than half of the first
        (11, 13, []),  # blank lines between
    ],
)
def test_a_span_reaches_the_segments_it_covers_by_half(segments, start, end, hits):
    codings, lost = lay([Span("甲", "d1", start, end, "C1")], segments=segments)

    assert hits == [coding.segment for coding in codings]
    assert (not hits) == bool(lost)


def test_a_segment_gets_a_code_once_from_a_coder(segments):
    spans = [Span("甲", "d1", 0, 6, "C1"), Span("甲", "d1", 5, 11, "C1"), Span("乙", "d1", 0, 11, "C1")]

    assert ["甲", "乙"] == [coding.coder for coding in lay(spans, segments=segments)[0]]


def test_a_span_of_a_foreign_document_is_lost(segments):
    span = Span("甲", "d9", 0, 5, "C1")

    assert ((), (span,)) == lay([span], segments=segments)
