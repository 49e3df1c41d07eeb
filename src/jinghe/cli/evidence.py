"""Evidence (证据核对): published statistics, surveys, catalogues, coded documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jinghe.cli.options import Json, Lang, app, command, console, print_json, said, speak
from jinghe.errors import DataError, problem

if TYPE_CHECKING:  # help needs no statistics
    from jinghe.recalc import Claim

__all__ = ["recalc"]


@app.command(help=said("核对公布的统计数：彼此是否自洽", "Check published statistics: do they agree with themselves?"))
@command
def recalc(
    claims: Annotated[
        Path,
        typer.Argument(
            help=said(
                "写有公布数值的 YAML 文件，或论文文本（.txt、.md）、表格（.csv、.tsv）",
                "A YAML file with published figures, the text of a paper (.txt, .md), or a table (.csv, .tsv)",
            )
        ),
    ],
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Recompute published statistics and say what follows from their rounding; exit code 1 when one is inconsistent."""
    from jinghe.recalc import check_claims
    from jinghe.report import terminal

    spoken = speak(lang)
    verdicts = check_claims(_read(claims))
    if as_json:
        print_json([verdict.as_dict() for verdict in verdicts])
    else:
        console().print(*terminal.verdict_lines(verdicts, spoken), sep="\n", soft_wrap=False)
    if any(verdict.status == "inconsistent" for verdict in verdicts):
        raise typer.Exit(1)


def _read(path: Path) -> tuple[Claim, ...]:
    """Read claims as YAML holds them, or find them in a text or a table. Raises DataError and CompactError."""
    from jinghe.recalc import extract_claims, extract_table, read_claims

    kind = path.suffix.lower()
    if kind in {".txt", ".md"}:
        return extract_claims(_read_text(path))
    if kind in {".csv", ".tsv"}:
        return extract_table(_read_text(path))
    from jinghe.compact import read_tree

    return read_claims(read_tree(path))


def _read_text(path: Path) -> str:
    if not path.is_file():
        raise DataError([problem("file-missing", file=path.name, found=path.name)])
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise DataError([problem("file-encoding", file=path.name, found=path.name)]) from None
