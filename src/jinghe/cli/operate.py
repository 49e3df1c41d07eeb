"""The main job and its parts (主流程): run, settle, report, serve."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path
from typing import Annotated

import typer

from jinghe.cli.options import (
    Case,
    Json,
    Lang,
    On,
    PeriodOption,
    Seed,
    app,
    command,
    console,
    print_json,
    read_day,
    require_place,
    said,
    speak,
)
from jinghe.errors import JingheError, problem

__all__ = ["report", "run", "serve", "settle"]


@app.command(
    help=said(
        "主流程：考核、结算、亮灯、推演、诊断，写出报告与表格",
        "The main job: assess, settle, lights, forecast, diagnosis, report and tables",
    )
)
@command
def run(
    case: Case,
    out: Annotated[
        Path | None,
        typer.Option("--out", help=said("输出文件夹；默认 out/案例名", "Output folder; default out/CASE")),
    ] = None,
    period: PeriodOption = None,
    seed: Seed = None,
    on: On = None,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Do the main job and write its files."""
    from jinghe.report import terminal
    from jinghe.run import run_case, write_outcome

    spoken = speak(lang)
    require_place(out or Path("out"))
    with terminal.show_progress(spoken, quiet=as_json) as progress:
        outcome = run_case(case, period=period, seed=seed, on=read_day(on), progress=progress)
    folder = out or Path("out") / outcome.document["case"]
    files = write_outcome(outcome, folder, lang=spoken)
    if as_json:
        print_json(outcome.document)
        return
    for table in terminal.tables(outcome.document, spoken):
        console().print(table)
    print({"zh": "已写出：", "en": "Written: "}[spoken] + "  ".join(str(file) for file in files))


@app.command(help=said("结算协议并逐条说明依据", "Settle agreements, clause by clause"))
@command
def settle(
    case: Case,
    period: PeriodOption = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", help=said("按此日所知的数字结算", "Settle by the figures known on this day")),
    ] = None,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Settle every agreement; `--period` may be a period of a published statement, such as 2010-01..2010-09."""
    from jinghe.operation import settle_all
    from jinghe.report import document_settlements, terminal
    from jinghe.run import open_case, pick_period
    from jinghe.units import Period

    spoken = speak(lang)
    compact, reading = open_case(case)
    replays = {name for agreement in compact.agreements for name in agreement.replay}
    chosen = Period.of(period) if period in replays else pick_period(compact, reading, period=period)
    day = read_day(as_of, option="--as-of")
    panel = reading.panel.as_of(day) if day else reading.panel
    done, undone = settle_all(compact, panel=panel, period=chosen)
    part = document_settlements(compact, done=[s for s in done if not period or s.period.name == period], undone=undone)
    if as_json:
        print_json(part)
        return
    for line in terminal.settlement_lines(part, spoken):
        console().print(line)


@app.command(help=said("由 result.json 重新生成报告", "Make the report again from result.json"))
@command
def report(
    result: Annotated[Path, typer.Argument(help=said("result.json 的路径", "Path of result.json"))],
    out: Annotated[Path | None, typer.Option("--out", help=said("报告文件", "The report's file"))] = None,
    lang: Lang = None,
) -> None:
    """Render a stored result."""
    from jinghe.report import read_document
    from jinghe.report.render import render_html

    spoken = speak(lang)
    page = render_html(read_document(result), spoken)
    target = out or result.with_name("report.html")
    target.write_text(page, encoding="utf-8")
    print({"zh": "已写出：", "en": "Written: "}[spoken] + str(target))


@app.command(help=said("打开工作台（需安装 jinghe[web]）", "Open the workbench (needs jinghe[web])"))
@command
def serve(
    case: Case,
    host: Annotated[str, typer.Option("--host", help=said("监听地址", "Address to listen on"))] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help=said("端口", "Port"))] = 8000,
    data: Annotated[
        Path | None, typer.Option("--data", help=said("数据库所在文件夹", "Folder of the database"))
    ] = None,
    lang: Lang = None,
) -> None:
    """Start the workbench through its entry point: the library does not import it."""
    spoken = speak(lang)
    found = list(entry_points(group="jinghe.workbench"))
    try:
        start = found[0].load() if found else None
    except ModuleNotFoundError:
        start = None
    if start is None:
        raise JingheError([problem("workbench-missing")])
    start(case, host=host, port=port, data=data, lang=spoken)
