"""Coded documents of a case (编码材料, Y5): agreement of the coders, and what the documents say by field."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from jinghe.coding import (
    LABELS,
    Agreement,
    Codebook,
    Coding,
    Document,
    Profile,
    Ratings,
    Segment,
    Settled,
    Span,
    adjudicate,
    agree_on_codes,
    check_codings,
    check_segments,
    find_profile,
    format_qdc,
    format_qdpx,
    lay,
    quote,
    rate,
    read_codebook,
    read_codings,
    read_documents,
    read_qdpx,
    read_qualcoder,
    read_rulings,
    read_segments,
    read_taguette,
)
from jinghe.compact import Compact, read_tree
from jinghe.errors import DataError, Problem, RuleError, attempt, problem
from jinghe.exhibit import Cell, Column, Section, Table
from jinghe.labels import Text
from jinghe.source import read_rows

__all__ = ["Coded", "export_coding", "find_coding", "has_coding", "import_coding", "show_coding"]

_NAMED = ("codebook", "documents", "segments", "codings")


@dataclass(frozen=True, slots=True)
class Coded:
    """A coding that stands (定稿编码), with what it rests on."""

    codebook: Codebook
    codings: tuple[Coding, ...]
    documents: tuple[Document, ...]
    segments: tuple[Segment, ...]
    ratings: Ratings
    settled: Settled
    agreement: tuple[Agreement, ...]
    profile: Profile | None
    notes: tuple[Text, ...] = ()


def has_coding(compact: Compact) -> bool:
    """Does the compact name a codebook, documents, segments and codings?"""
    return all(compact.evidence.get(name) for name in _NAMED)


def find_coding(compact: Compact, *, seed: int) -> Coded:
    """Read the coding of a case, measure agreement, settle what all coders see alike or was ruled.

    Raises:
        DataError, RuleError: something is missing, a segment has moved, an undeclared code, one coder only.
    """
    if missing := [name for name in _NAMED if not compact.evidence.get(name)]:
        raise RuleError([problem("evidence-missing", f"evidence.{name}", found=f"evidence.{name}") for name in missing])
    files, folder = compact.evidence, compact.folder
    codebook, documents, segments = _read_material(compact)
    read = partial(read_codings, codebook=codebook, segments=segments)
    faults: list[Problem] = []
    codings = [one for file in files["codings"] for one in attempt(faults, read, folder / file, file=file) or ()]
    if faults:
        raise DataError(faults)
    used = {one.code for one in codings}
    ratings = rate(codings, segments=segments, codes=[code for code in codebook.codable if code in used])
    rulings = read_rulings(folder / files["rulings"]) if files.get("rulings") else ()
    settled = adjudicate(ratings, rulings=rulings)
    attribute = next(iter(codebook.attributes), "")
    profile = (
        find_profile(settled, codebook=codebook, documents=documents, segments=segments, attribute=attribute)
        if attribute
        else None
    )
    notes = tuple(note.text for note in compact.notes if note.path == "evidence.codings")
    return Coded(
        codebook,
        tuple(codings),
        documents,
        segments,
        ratings,
        settled,
        agree_on_codes(ratings, seed=seed),
        profile,
        notes,
    )


def _read_material(compact: Compact) -> tuple[Codebook, tuple[Document, ...], tuple[Segment, ...]]:
    """Read codebook, documents and segments. Raises DataError with the faults of all three, moved segments included."""
    files, folder, faults = compact.evidence, compact.folder, list[Problem]()
    codebook = attempt(faults, read_codebook, read_tree(folder / files["codebook"]), file=files["codebook"])
    documents = attempt(faults, partial(read_documents, codebook=codebook), folder / files["documents"])
    segments = attempt(faults, read_segments, folder / files["segments"], file=files["segments"])
    if documents and segments:
        faults += [item.at(file=files["segments"]) for item in check_segments(segments, documents=documents)]
    if faults or codebook is None or documents is None or segments is None:
        raise DataError(faults)
    return codebook, documents, segments


def show_coding(found: Coded) -> Section:
    """Put agreement, profile and quotes as a section."""
    open_zh = f"，{len(found.settled.open)} 处分歧待裁定" if found.settled.open else ""
    open_en = f"; {len(found.settled.open)} disputes open" if found.settled.open else ""
    passes = len(found.ratings.coders)
    return Section(
        "coding",
        Text("编码材料", "Coded documents"),
        Text(
            f"{len(found.documents)} 份材料、{len(found.segments)} 个片段、{passes} 遍独立编码{open_zh}。",
            f"{len(found.documents)} documents, {len(found.segments)} segments, coded {passes} times apart{open_en}.",
        ),
        (_agreement(found), *((_profile(found),) if found.profile else ()), _quotes(found)),
        found.notes,
    )


def _agreement(found: Coded) -> Table:
    names = found.agreement[0].coefficients if found.agreement else ()
    kept = [one.name for one in names if one.name in ("observed", "alpha", "ac1", "kappa")]
    columns = (
        Column(Text("编码", "Code")),
        *(Column(LABELS[name], "number", 2) for name in kept),
        Column(Text("α 的区间", "Interval of α")),
        Column(Text("出现率", "Share"), "share", 0),
        Column(Text("注", "Note")),
    )
    warned = list(dict.fromkeys(text for one in found.agreement for text in one.warnings))
    rows = tuple(
        (
            _name(found, one.code),
            *(one.get(name).value for name in kept),
            _interval(one),
            one.shares[-1],
            ", ".join(f"[{warned.index(text) + 1}]" for text in one.warnings) or " ",
        )
        for one in found.agreement
    )
    method = Text(
        "逐码计：片段用或不用该码。区间为对片段重抽样的百分位区间；无变化时系数无定义，不写作 0 或 1。",
        "Code by code: applied or not. Percentile intervals by resampling segments; undefined without variation.",
    )
    notes = tuple(Text(f"[{n}] {text.zh}", f"[{n}] {text.en}") for n, text in enumerate(warned, 1))
    return Table("agreement", Text("编码一致性", "Agreement of the coders"), columns, rows, method, notes)


def _name(found: Coded, code: str) -> Text:
    named = found.codebook.find(code)
    return named.name if named else Text(code, code)


def _interval(one: Agreement) -> Text | str:
    alpha = one.get("alpha")
    if not math.isfinite(alpha.value):
        return Text("无变化", "no variation")
    return f"{alpha.low:.2f} – {alpha.high:.2f}".replace("-", "−")


def _profile(found: Coded) -> Table:
    """Codes down, fields across: codes nobody used are left out and counted."""
    assert found.profile is not None
    groups = list(dict.fromkeys(cell.group for cell in found.profile.cells))
    labels = found.codebook.attributes[found.profile.attribute]
    used = [code for code in found.codebook.codable if any(found.profile.get(group, code).segments for group in groups)]
    rows: list[tuple[Cell, ...]] = [
        (_name(found, code), *(found.profile.get(group, code).share for group in groups)) for code in used
    ]
    base = [found.profile.get(group, found.codebook.codable[0]).of_segments for group in groups]
    columns = (
        Column(Text("编码", "Code")),
        *(
            Column(Text(f"{labels[group].zh}（{n}）", f"{labels[group].en} ({n})"), "share", 0)
            for group, n in zip(groups, base, strict=True)
        ),
    )
    left = len(found.codebook.codable) - len(used)
    method = Text(
        f"定稿编码在各领域片段中的占比，括号内为片段数；没有材料的领域为空；"
        f"{left} 个编码没有定稿的片段（未用到，或分歧未裁定），不列。",
        f"Share of a field's passages that carry a code, passages in brackets; codes without a settled passage (not "
        f"used, or disputed and not ruled on), left out: {left}.",
    )
    return Table("profile", Text("编码剖面", "Profile by field"), columns, tuple(rows), method)


def _quotes(found: Coded) -> Table:
    rows = []
    for code in found.codebook.codable:
        cited = quote(
            found.settled, codebook=found.codebook, documents=found.documents, segments=found.segments, code=code
        )
        for one in cited[:2]:
            rows.append((_name(found, code), one.text, Text(one.cite("zh"), one.cite("en"))))
    columns = (Column(Text("编码", "Code")), Column(Text("原文", "Words")), Column(Text("出处", "Place")))
    return Table("quotes", Text("引文（每码至多两条）", "Quotes, two a code at most"), columns, tuple(rows))


def export_coding(compact: Compact, *, kind: str) -> bytes:
    """Write REFI-QDA: the codebook (`.qdc`) or the whole project (`.qdpx`). Raises RuleError for another kind."""
    if kind not in (".qdc", ".qdpx"):
        raise RuleError([problem("export-kind", found=kind or "—")])
    found = find_coding(compact, seed=0)
    if kind == ".qdc":
        return format_qdc(found.codebook)
    return format_qdpx(found.codebook, documents=found.documents, segments=found.segments, codings=found.codings)


def import_coding(compact: Compact, file: Path, *, coder: str) -> tuple[tuple[Coding, ...], tuple[Span, ...]]:
    """Read what was coded in another program and lay it on the segments of a case.

    Args:
        compact: names codebook, documents and segments.
        file: `.qdpx` (REFI-QDA), or CSV of Taguette (highlights) or QualCoder (coded text).
        coder: whose highlights they are, where the file does not say.
    Returns:
        Codings, and the passages that reach no segment by half.
    Raises:
        DataError, RuleError: another kind of file, a document or code the case does not have, a passage not found.
    """
    codebook, documents, segments = _read_material(compact)
    if file.suffix == ".qdpx":
        spans = _read_project(file, documents=documents)
    elif file.suffix == ".csv":
        columns = {name for _, row in read_rows(file, ())[:1] for name in row}
        if "codename" in columns:
            spans = read_qualcoder(file, codebook=codebook, documents=documents)
        else:
            spans = read_taguette(file, coder=coder, codebook=codebook, documents=documents)
    else:
        raise RuleError([problem("import-kind", found=file.suffix or "—")])
    codings, lost = lay(spans, segments=segments)
    faults = [fault.at(file=file.name) for fault in check_codings(codings, codebook=codebook, segments=segments)]
    if faults:
        raise DataError(faults)
    return codings, lost


def _read_project(file: Path, *, documents: Sequence[Document]) -> tuple[Span, ...]:
    """Read the spans of a .qdpx file; its documents are known by their text, for their names are its own."""
    project = read_qdpx(file)
    homes = {one.text: one.id for one in documents}
    used = {span.document for span in project.spans}
    faults = [
        problem("document-differs", file=file.name, found=one.title.zh)
        for one in project.documents
        if one.id in used and one.text not in homes
    ]
    if faults:
        raise DataError(faults)
    known = {one.id: homes.get(one.text, "") for one in project.documents}
    return tuple(replace(span, document=known[span.document]) for span in project.spans)
