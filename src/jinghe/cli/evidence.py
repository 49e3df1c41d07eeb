"""Evidence (证据核对): published statistics, surveys, catalogues, coded documents."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jinghe.cli.options import Json, Lang, app, command, console, print_json, said, speak

__all__ = ["recalc"]


@app.command(help=said("核对公布的统计数：彼此是否自洽", "Check published statistics: do they agree with themselves?"))
@command
def recalc(
    claims: Annotated[
        Path, typer.Argument(help=said("写有公布数值的 YAML 文件", "A YAML file with published figures"))
    ],
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Recompute published statistics and say what follows from their rounding; exit code 1 when one is inconsistent."""
    from jinghe.compact import read_tree
    from jinghe.recalc import check_claims, read_claims
    from jinghe.report import terminal

    spoken = speak(lang)
    verdicts = check_claims(read_claims(read_tree(claims)))
    if as_json:
        print_json([verdict.as_dict() for verdict in verdicts])
    else:
        console().print(*terminal.verdict_lines(verdicts, spoken), sep="\n", soft_wrap=False)
    if any(verdict.status == "inconsistent" for verdict in verdicts):
        raise typer.Exit(1)
