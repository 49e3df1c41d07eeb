"""Codings from Taguette and QualCoder (外部编码导入): CSV in, each passage found again in its document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from jinghe.coding.codebook import Codebook
from jinghe.coding.document import Document
from jinghe.coding.spans import Span
from jinghe.errors import DataError, Problem, attempt, problem
from jinghe.source import read_rows
from jinghe.units import read_count

__all__ = ["read_qualcoder", "read_taguette"]

_TAGUETTE = ("id", "document", "tag", "content")
_QUALCODER = ("owner", "codename", "filename", "pos0", "pos1", "seltext")


def read_taguette(path: Path, *, coder: str, codebook: Codebook, documents: Sequence[Document]) -> tuple[Span, ...]:
    """Read Taguette's highlights (CSV: id, document, tag, content) as one coder's spans.

    The file has no positions: each passage is looked for in its document, blanks compared as one, and must stand there
    exactly once. Highlights without a tag are left out.
    Raises DataError with every fault: unknown document or tag, passage not found or found in several places.
    """
    found: list[Problem] = []
    spans = []
    for line, row in read_rows(path, _TAGUETTE):
        own: list[Problem] = []
        document = _document(row["document"], documents, own)
        code = _code(row["tag"], codebook, own) if row["tag"] else ""
        places = _places(row["content"], document.text) if document else []
        if document and len(places) != 1:
            own.append(problem("span-lost", document.id, found=row["content"][:20], count=len(places)))
        if document and code and not own:
            spans.append(Span(coder, document.id, *places[0], code))
        found += [fault.at(file=path.name, line=line) for fault in own]
    if found:
        raise DataError(found)
    return tuple(spans)


def read_qualcoder(path: Path, *, codebook: Codebook, documents: Sequence[Document]) -> tuple[Span, ...]:
    """Read QualCoder's coded text as CSV of its SQL report: owner, codename, filename, pos0, pos1, seltext.

    The query joins code_text, code_name and source. The words at the positions must be those of `seltext`.
    Raises DataError with every fault: unknown document or code, positions that no longer fit.
    """
    found: list[Problem] = []
    spans = []
    for line, row in read_rows(path, _QUALCODER):
        own: list[Problem] = []
        document = _document(row["filename"], documents, own)
        code = _code(row["codename"], codebook, own)
        start, end = (attempt(own, read_count, row[name], path=name) for name in ("pos0", "pos1"))
        if document and start is not None and end is not None:
            if _squeeze(document.text[start:end]) != _squeeze(row["seltext"]):
                places = _places(row["seltext"], document.text)
                now = str(places[0][0]) if len(places) == 1 else "—"
                own.append(problem("segment-moved", row["codename"], document=document.id, start=start, now=now))
            elif not own:
                spans.append(Span(row["owner"], document.id, start, end, code))
        found += [fault.at(file=path.name, line=line) for fault in own]
    if found:
        raise DataError(found)
    return tuple(spans)


def _document(name: str, documents: Sequence[Document], found: list[Problem]) -> Document | None:
    names: Mapping[str, Document] = {
        word: one for one in documents for word in (one.id, one.title.zh, one.title.en, f"{one.id}.txt")
    }
    if name not in names:
        nearest = next(iter(get_close_matches(name, list(names), 1, 0)), "—")
        found.append(problem("document-unknown", found=name, nearest=nearest))
    return names.get(name)


def _code(name: str, codebook: Codebook, found: list[Problem]) -> str:
    """Find a code by its id, by one of its names, or by `id name`."""
    for code in codebook.codes:
        words = (code.name.zh, code.name.en)
        if code.codable and name in (code.id, *words, *(f"{code.id} {word}" for word in words)):
            return code.id
    nearest = next(iter(get_close_matches(name, codebook.codable, 1, 0)), "—")
    found.append(problem("coding-undeclared", found=name, nearest=nearest))
    return ""


def _places(passage: str, text: str) -> list[tuple[int, int]]:
    words = passage.split()
    return [match.span() for match in re.finditer(r"\s+".join(map(re.escape, words)), text)] if words else []


def _squeeze(text: str) -> str:
    return " ".join(text.split())
