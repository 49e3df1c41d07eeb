"""Codings as coders make them (编码记录), each blind to the others until all have finished."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from jinghe.coding.codebook import Codebook
from jinghe.coding.document import Segment
from jinghe.errors import DataError, Problem, RuleError, attempt, problem
from jinghe.source import read_rows, write_rows
from jinghe.units import read_date

__all__ = ["MISSING", "Coding", "Ratings", "check_codings", "dump_codings", "rate", "read_codings", "see"]

MISSING = -1
_COLUMNS = ("coder", "segment", "code", "confidence", "memo", "on")


@dataclass(frozen=True, slots=True)
class Coding:
    """One coder's judgement that a code applies to a segment (一条编码); confidence from 0 to 1 where given."""

    coder: str
    segment: str
    code: str
    confidence: float | None = None
    memo: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """Who applied what where (编码矩阵): shape (segments, coders, codes), 1, 0, or MISSING where not assigned."""

    segments: tuple[str, ...]
    coders: tuple[str, ...]
    codes: tuple[str, ...]
    values: NDArray[np.int8]


def read_codings(path: Path, *, codebook: Codebook, segments: Sequence[Segment]) -> tuple[Coding, ...]:
    """Read codings from CSV (coder, segment, code, confidence, memo, on). Raises DataError with every fault."""
    found: list[Problem] = []
    codings, lines = [], []
    for line, row in read_rows(path, _COLUMNS):
        own: list[Problem] = []
        if not row["coder"]:
            own.append(problem("cell-empty", column="coder"))
        sure = attempt(own, _confidence, row["confidence"]) if row["confidence"] else None
        day = attempt(own, read_date, row["on"]) if row["on"] else None
        codings.append(Coding(row["coder"], row["segment"], row["code"], sure, row["memo"], day))
        lines.append(line)
        found += [fault.at(file=path.name, line=line) for fault in own]
    for number, fault in _check(codings, codebook, segments):
        found.append(fault.at(file=path.name, line=lines[number]))
    if found:
        raise DataError(found)
    return tuple(codings)


def dump_codings(codings: Sequence[Coding]) -> str:
    """Write codings as the CSV text that `read_codings` reads."""
    rows = ([one.coder, one.segment, one.code, one.confidence, one.memo, one.on] for one in codings)
    return write_rows(_COLUMNS, rows)


def check_codings(codings: Sequence[Coding], *, codebook: Codebook, segments: Sequence[Segment]) -> list[Problem]:
    """Name undeclared codes and codes that only hold others together, unknown segments, codings made twice."""
    return [fault for _, fault in _check(codings, codebook, segments)]


def see(
    codings: Sequence[Coding], *, coder: str, coders: Collection[str], finished: Collection[str]
) -> tuple[Coding, ...]:
    """Return what a coder may see: only the own codings until every coder has finished, then all of them."""
    is_open = set(coders) <= set(finished)
    return tuple(coding for coding in codings if is_open or coding.coder == coder)


def rate(
    codings: Sequence[Coding],
    *,
    segments: Sequence[Segment],
    codes: Sequence[str],
    assigned: Mapping[str, Collection[str]] | None = None,
) -> Ratings:
    """Arrange codings by segment, coder and code.

    Args:
        codings: of at least two coders.
        segments: all segments, coded or not.
        codes: the codes to look at, normally `codebook.codable`.
        assigned: the documents each coder read whole. Assumption when None: whoever coded anything in a document read
            all of it.
    Returns:
        1 where applied, 0 where read and not applied, MISSING where not read.
    Raises:
        RuleError: one coder only.
    """
    coders = tuple(sorted({coding.coder for coding in codings} | set(assigned or ())))
    if len(coders) < 2:
        raise RuleError([problem("coders-few", found=", ".join(coders) or "—")])
    row = {segment.id: number for number, segment in enumerate(segments)}
    home = {segment.id: segment.document for segment in segments}
    column = {coder: number for number, coder in enumerate(coders)}
    layer = {code: number for number, code in enumerate(codes)}
    if assigned is None:
        assigned = {
            coder: {home[c.segment] for c in codings if c.coder == coder and c.segment in home} for coder in coders
        }
    values = np.full((len(row), len(coders), len(layer)), MISSING, dtype=np.int8)
    for coder, documents in assigned.items():
        read = np.array([home[segment.id] in documents for segment in segments], dtype=bool)
        values[read, column[coder]] = 0
    for coding in codings:
        if coding.segment in row and coding.code in layer:
            values[row[coding.segment], column[coding.coder], layer[coding.code]] = 1
    return Ratings(tuple(row), coders, tuple(layer), values)


def _check(codings: Sequence[Coding], codebook: Codebook, segments: Sequence[Segment]) -> list[tuple[int, Problem]]:
    known, codable = {segment.id for segment in segments}, set(codebook.codable)
    declared = {code.id for code in codebook.codes}
    found: list[tuple[int, Problem]] = []
    seen: set[tuple[str, str, str]] = set()
    for number, coding in enumerate(codings):
        if coding.code not in declared:
            nearest = next(iter(get_close_matches(coding.code, sorted(declared), 1, 0)), "—")
            found.append((number, problem("coding-undeclared", coding.segment, found=coding.code, nearest=nearest)))
        elif coding.code not in codable:
            found.append((number, problem("coding-heading", coding.segment, found=coding.code)))
        if coding.segment not in known:
            found.append((number, problem("coding-segment", coding.segment, found=coding.segment)))
        key = (coding.coder, coding.segment, coding.code)
        if key in seen:
            found.append((number, problem("coding-repeated", coding.segment, found=coding.code, coder=coding.coder)))
        seen.add(key)
    return found


def _confidence(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise DataError([problem("coding-confidence", found=text)])
    return value
