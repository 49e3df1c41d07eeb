"""Qualitative evidence that can be opened (质性编码, Y5): documents, segments, codes, agreement, exchange."""

from jinghe.coding.adjudicate import Dispute, Ruling, Settled, adjudicate, draft_rulings, read_rulings
from jinghe.coding.agreement import LABELS, Agreement, Coefficient, agree, agree_on_codes
from jinghe.coding.codebook import Code, Codebook, read_codebook
from jinghe.coding.document import (
    Document,
    Segment,
    check_segments,
    dump_segments,
    read_documents,
    read_segments,
    split,
)
from jinghe.coding.foreign import read_qualcoder, read_taguette
from jinghe.coding.profile import Cell, Following, Profile, Quote, find_following, find_profile, quote
from jinghe.coding.record import Coding, Ratings, check_codings, dump_codings, rate, read_codings, see
from jinghe.coding.refi import format_qdc, format_qdpx
from jinghe.coding.refi_read import Project, parse_qdc, parse_qdpx, read_qdc, read_qdpx
from jinghe.coding.spans import Span, lay

__all__ = [
    "LABELS",
    "Agreement",
    "Cell",
    "Code",
    "Codebook",
    "Coding",
    "Coefficient",
    "Dispute",
    "Document",
    "Following",
    "Profile",
    "Project",
    "Quote",
    "Ratings",
    "Ruling",
    "Segment",
    "Settled",
    "Span",
    "adjudicate",
    "agree",
    "agree_on_codes",
    "check_codings",
    "check_segments",
    "draft_rulings",
    "dump_codings",
    "dump_segments",
    "find_following",
    "find_profile",
    "format_qdc",
    "format_qdpx",
    "lay",
    "parse_qdc",
    "parse_qdpx",
    "quote",
    "rate",
    "read_codebook",
    "read_codings",
    "read_documents",
    "read_qdc",
    "read_qdpx",
    "read_qualcoder",
    "read_rulings",
    "read_segments",
    "read_taguette",
    "see",
    "split",
]
