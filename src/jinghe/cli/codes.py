"""Coded documents on the command line (文献编码): segments, agreement, disputes, other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from jinghe.cli.options import Case, Json, Lang, Seed, add_verbs, command, print_text, said, show_section, speak

__all__ = ["agreement", "bring", "disputes", "export", "segment"]

_code = add_verbs(
    "code",
    zh="文献编码：切分、导入、一致性、待裁定、导出",
    en="Coded documents: split, import, agreement, disputes, export",
)

_Out = Annotated[Path | None, typer.Option("--out", help=said("写入文件；不写则打印", "Write to a file; else print"))]


@_code.command("split", help=said("编码前把文献切成固定片段", "Fix the segments of documents before they are coded"))
@command
def segment(
    documents: Annotated[Path, typer.Argument(help=said("文献目录（CSV）", "The index of documents (CSV)"))],
    unit: Annotated[
        str, typer.Option("--unit", help=said("paragraph 段或 sentence 句", "paragraph or sentence"))
    ] = "paragraph",
    out: _Out = None,
    lang: Lang = None,
) -> None:
    """Split documents into segments that codes refer to from then on."""
    from jinghe.coding import dump_segments, read_documents, split

    speak(lang)
    print_text(dump_segments([one for each in read_documents(documents) for one in split(each, unit=unit)]), out)


@_code.command(
    "import", help=said("读入其他软件的编码（Taguette、QualCoder、.qdpx）", "Read codings of other programs")
)
@command
def bring(
    case: Case,
    file: Annotated[Path, typer.Argument(help=said(".csv 或 .qdpx 文件", "A .csv or .qdpx file"))],
    coder: Annotated[
        str, typer.Option("--coder", help=said("编码者（文件未写明时）", "The coder, where the file names none"))
    ] = "coder",
    out: _Out = None,
    lang: Lang = None,
) -> None:
    """Lay passages coded elsewhere on the segments of a case; those that reach no segment are named."""
    from jinghe.coding import dump_codings
    from jinghe.compact import load_compact
    from jinghe.evidence import import_coding

    spoken = speak(lang)
    codings, lost = import_coding(load_compact(case), file, coder=coder)
    print_text(dump_codings(codings), out)
    for span in lost:
        place = f"{span.document} {span.start}–{span.end}"
        words = {
            "zh": f"! {place} 的 {span.code} 不足任何片段的一半，未收。",
            "en": f"! {span.code} at {place} covers half of no segment: left out.",
        }
        print(words[spoken], file=sys.stderr)


@_code.command(
    "disputes", help=said("待裁定的分歧；--out 写出裁定表", "Open disputes; --out writes the form to rule on them")
)
@command
def disputes(case: Case, out: _Out = None, seed: Seed = None, lang: Lang = None) -> None:
    """List what coders see differently and nobody has ruled on."""
    from jinghe.coding import draft_rulings
    from jinghe.compact import load_compact
    from jinghe.evidence import find_coding

    speak(lang)
    compact = load_compact(case)
    found = find_coding(compact, seed=compact.simulate.seed if seed is None else seed)
    print_text(draft_rulings(found.settled.open, segments=found.segments, documents=found.documents), out)


@_code.command("agreement", help=said("编码员之间的一致性", "Agreement of the coders"))
@command
def agreement(case: Case, seed: Seed = None, lang: Lang = None, as_json: Json = False) -> None:
    """Measure the agreement of a case's coders, code by code."""
    from jinghe.compact import load_compact
    from jinghe.evidence import find_coding, show_coding

    spoken = speak(lang)
    compact = load_compact(case)
    found = find_coding(compact, seed=compact.simulate.seed if seed is None else seed)
    show_section(show_coding(found), spoken, as_json)


@_code.command("export", help=said("导出 REFI-QDA 编码本（.qdc）或项目（.qdpx）", "Export REFI-QDA: .qdc or .qdpx"))
@command
def export(
    case: Case,
    out: Annotated[Path, typer.Option("--out", help=said("文件名，.qdc 或 .qdpx", "A file named .qdc or .qdpx"))],
    lang: Lang = None,
) -> None:
    """Write the codebook or the whole coding project for other programs."""
    from jinghe.compact import load_compact
    from jinghe.evidence import export_coding

    spoken = speak(lang)
    out.write_bytes(export_coding(load_compact(case), kind=out.suffix))
    print({"zh": "已写出：", "en": "Written: "}[spoken] + str(out))
