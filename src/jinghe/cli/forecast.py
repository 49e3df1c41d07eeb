"""Before adoption (推演): what would the cities do, and is the simulator right."""

from __future__ import annotations

from typing import Annotated

import typer

from jinghe.cli.options import (
    Case,
    Json,
    Lang,
    Seed,
    app,
    command,
    console,
    print_json,
    said,
    speak,
)

__all__ = ["simulate", "validate"]


@app.command(
    help=said(
        "推演：在这套规则及其备选下，各市会怎么做", "What the cities would do under these rules and their alternatives"
    )
)
@command
def simulate(
    case: Case,
    replications: Annotated[
        int | None, typer.Option("--replications", min=2, max=100_000, help=said("重复次数", "Replications"))
    ] = None,
    seed: Seed = None,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Simulate the compact and its alternatives with common random numbers."""
    from jinghe.report import document_forecast, terminal
    from jinghe.run import open_case
    from jinghe.simulation import compare

    spoken = speak(lang)
    compact, reading = open_case(case)
    with terminal.show_progress(spoken, quiet=as_json) as progress:
        runs = compare(
            compact,
            panel=reading.panel,
            seed=seed,
            replications=replications,
            progress=lambda share: progress("simulate", share),
        )
    part = document_forecast(runs, ())
    print_json(part) if as_json else console().print(terminal.forecast_table(part, spoken))


@app.command(help=said("模型自检：模拟值与闭式解对照", "Check the simulator against closed forms"))
@command
def validate(
    seed: Annotated[int, typer.Option("--seed", help=said("随机种子", "Random seed"))] = 7,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Print simulated beside exact; exit code 1 when a check fails."""
    from jinghe.report import document_forecast, terminal
    from jinghe.simulation import validate as run_checks

    spoken = speak(lang)
    part = document_forecast((), run_checks(seed=seed))
    print_json(part["checks"]) if as_json else console().print(terminal.check_table(part, spoken))
    if not all(row["passed"] for row in part["checks"]):
        raise typer.Exit(1)
