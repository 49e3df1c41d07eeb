"""Documents and their segments (材料与片段). Segments are fixed before anybody codes, each anchored by its digest."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jinghe.coding.codebook import Codebook
from jinghe.errors import DataError, Problem, RuleError, attempt, problem
from jinghe.labels import Text
from jinghe.source import read_rows
from jinghe.units import read_count

__all__ = [
    "UNITS",
    "Document",
    "Segment",
    "check_segments",
    "dump_segments",
    "read_documents",
    "read_segments",
    "split",
]

UNITS = {
    "paragraph": re.compile(r"[^\n]*\S[^\n]*"),
    "sentence": re.compile(r"[^\s。！？!?；;][^。！？!?；;\n]*(?:[。！？!?；;]+[”’」』）)]*)?"),
}
_COLUMNS = ("id", "file", "title_zh", "title_en", "source")
_SEGMENT_COLUMNS = ("segment", "document", "start", "end", "digest")


@dataclass(frozen=True, slots=True)
class Document:
    """One text (材料): an interview, a plan, an agreement; attributes such as stage, field and level of the actor."""

    id: str
    title: Text
    text: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A passage of a document (片段): characters start ≤ k < end, and the digest of the words when it was fixed."""

    id: str
    document: str
    start: int
    end: int
    digest: str


def split(document: Document, *, unit: str = "paragraph") -> tuple[Segment, ...]:
    r"""Fix the segments of a document before coding.

    Args:
        document: the text.
        unit: `paragraph` (a line with words; an utterance of an interview) or `sentence` (to 。！？；).
    Raises:
        RuleError: no such unit.

    >>> [(s.start, s.end) for s in split(Document("d", Text("题", "T"), "甲。\n\n乙。"))]
    [(0, 2), (4, 6)]
    """
    if unit not in UNITS:
        raise RuleError([problem("choice-unknown", document.id, found=unit, expected=", ".join(UNITS))])
    spans = [match.span() for match in UNITS[unit].finditer(document.text)]
    return tuple(
        Segment(f"{document.id}-{number:04d}", document.id, start, end, _digest(document.text[start:end]))
        for number, (start, end) in enumerate(spans, 1)
    )


def check_segments(segments: Sequence[Segment], *, documents: Sequence[Document]) -> list[Problem]:
    """Name every segment that no longer says what it said when it was fixed, and where its words stand now.

    A text that was edited after coding shifts what the codes refer to: that is an error, never mended silently.
    """
    texts = {document.id: document.text for document in documents}
    found: list[Problem] = []
    ends: dict[str, int] = {}
    for segment in sorted(segments, key=lambda one: (one.document, one.start)):
        if segment.document not in texts:
            found.append(problem("segment-homeless", segment.id, found=segment.document))
            continue
        text = texts[segment.document]
        inside = 0 <= segment.start < segment.end <= len(text)
        if not inside or _digest(text[segment.start : segment.end]) != segment.digest:
            now = _find_now(text, segment.digest)
            found.append(problem("segment-moved", segment.id, document=segment.document, start=segment.start, now=now))
        if segment.start < ends.get(segment.document, 0):
            found.append(problem("segment-overlaps", segment.id, found=segment.start))
        ends[segment.document] = max(segment.end, ends.get(segment.document, 0))
    return found


def read_documents(path: Path, *, codebook: Codebook | None = None) -> tuple[Document, ...]:
    """Read documents from an index (CSV: id, file, title_zh, title_en, source, then attributes) and its UTF-8 texts.

    Line ends become LF, so that positions are the same everywhere. Attributes are those the codebook declares.
    Raises DataError with every fault.
    """
    found: list[Problem] = []
    documents: list[Document] = []
    declared = codebook.attributes if codebook else {}
    for line, row in read_rows(path, _COLUMNS):
        own: list[Problem] = []
        names = {"zh": row["title_zh"], "en": row["title_en"]}
        title = attempt(own, Text.of, names, path=row["id"]) or Text("", "")
        if any(document.id == row["id"] for document in documents):
            own.append(problem("document-repeated", found=row["id"]))
        text = attempt(own, _read_text, path.parent / row["file"]) or ""
        cells = {name: row[name] for name in declared if row.get(name)}
        for name, value in cells.items():
            if value not in declared[name]:
                expected = ", ".join(declared[name])
                own.append(problem("choice-unknown", name, found=value, expected=expected))
        documents.append(Document(row["id"], title, text, cells, row["source"]))
        found += [fault.at(file=fault.place.file or path.name, line=line) for fault in own]
    if found:
        raise DataError(found)
    return tuple(documents)


def dump_segments(segments: Sequence[Segment]) -> str:
    """Write segments as CSV text."""
    rows = (f"{one.id},{one.document},{one.start},{one.end},{one.digest}\n" for one in segments)
    return ",".join(_SEGMENT_COLUMNS) + "\n" + "".join(rows)


def read_segments(path: Path) -> tuple[Segment, ...]:
    """Read segments from CSV. Raises DataError with every fault."""
    found: list[Problem] = []
    segments: dict[str, Segment] = {}
    for line, row in read_rows(path, _SEGMENT_COLUMNS):
        own: list[Problem] = []
        start, end = (attempt(own, read_count, row[name], path=name) for name in ("start", "end"))
        if row["segment"] in segments:
            own.append(problem("segment-repeated", found=row["segment"]))
        segments[row["segment"]] = Segment(row["segment"], row["document"], start or 0, end or 0, row["digest"])
        found += [fault.at(file=path.name, line=line) for fault in own]
    if found:
        raise DataError(found)
    return tuple(segments.values())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _find_now(text: str, digest: str) -> str:
    """Say where a passage with this digest stands now; "—" when it is gone or stands in several places."""
    spans = {match.span() for unit in UNITS.values() for match in unit.finditer(text)}
    places = [start for start, end in spans if _digest(text[start:end]) == digest]
    return str(places[0]) if len(places) == 1 else "—"


def _read_text(path: Path) -> str:
    if not path.is_file():
        raise DataError([problem("file-missing", found=path.name)])
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DataError([problem("file-encoding", file=path.name, found=path.name)]) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")
