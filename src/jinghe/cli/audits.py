"""A contest under examination (指标体系审计): the audit, an explanation in words, a workbook for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jinghe.cli.options import (
    Case,
    Json,
    Lang,
    PeriodOption,
    Seed,
    app,
    command,
    console,
    print_json,
    read_day,
    said,
    speak,
)
from jinghe.errors import DataError, problem

__all__ = ["audit", "explain", "export", "import_index"]

_LAYOUTS = {".xlsx": ("coinr", "coin-tool"), ".csv": ("long", "wide"), ".parquet": ("long", "wide")}


@app.command(help=said("指标体系审计：十步检查清单", "Audit the contest in ten steps"))
@command
def audit(case: Case, period: PeriodOption = None, seed: Seed = None, lang: Lang = None, as_json: Json = False) -> None:
    """Audit the contest of a case for one period."""
    from jinghe.contest.audit import audit as examine
    from jinghe.contest.audit import show_audit
    from jinghe.operation import confirm_reports
    from jinghe.report import terminal
    from jinghe.run import open_case, pick_period

    spoken = speak(lang)
    compact, reading = open_case(case)
    found = examine(
        compact.need_contest(),
        panel=reading.panel,
        items=confirm_reports(compact)[0],
        region=compact.region,
        period=pick_period(compact, reading, period=period),
        seed=compact.simulate.seed if seed is None else seed,
    )
    section = show_audit(found).as_dict()
    if as_json:
        print_json(section)
        return
    for table in terminal.section_tables([section], spoken):
        console().print(table)


@app.command(help=said("用文字说明某市某项得分", "Say in words why a city has its score at a node"))
@command
def explain(
    case: Case,
    city: Annotated[str, typer.Argument(help=said("行政区代码或名称", "Code or name of the city"))],
    node: Annotated[str | None, typer.Argument(help=said("指标或节点；默认总分", "Indicator or node"))] = None,
    period: PeriodOption = None,
    seed: Seed = None,
    lang: Lang = None,
) -> None:
    """Explain one score: strongest and weakest parts, what was imputed or dropped, the rank with its interval."""
    from jinghe.contest import rank_node
    from jinghe.contest.wording import describe, find_city
    from jinghe.operation import score_period, study_period
    from jinghe.run import open_case, pick_period

    spoken = speak(lang)
    compact, reading = open_case(case)
    chosen = pick_period(compact, reading, period=period)
    region, scores = compact.region, score_period(compact, panel=reading.panel, period=chosen)
    code = find_city(city, region=region, codes=scores.codes)
    wanted = node or scores.root.id
    used = compact.simulate.seed if seed is None else seed
    study = study_period(compact, panel=reading.panel, period=chosen, seed=used)
    ranking = rank_node(scores, node=wanted, seed=used, study=study) if wanted in scores.nodes else None
    print(describe(scores, code=code, node=wanted, region=region, lang=spoken, ranking=ranking))


@app.command(
    help=said(
        "写出一期：COINr 版式或 COIN Tool 版式的工作簿（.xlsx），或得分表（.csv、.parquet）",
        "Write one period: a COINr or COIN Tool workbook (.xlsx), or a table of scores (.csv, .parquet)",
    )
)
@command
def export(
    case: Case,
    out: Annotated[
        Path, typer.Option("--out", help=said("文件：.xlsx、.csv 或 .parquet", "The file: .xlsx, .csv or .parquet"))
    ],
    layout: Annotated[
        str | None,
        typer.Option(
            "--layout",
            help=said(
                "coinr（默认）、coin-tool；表格为 long（默认）、wide", "coinr, coin-tool; of a table long or wide"
            ),
        ),
    ] = None,
    period: PeriodOption = None,
    lang: Lang = None,
) -> None:
    """Export one period of the contest for index tools."""
    from jinghe.contest.exchange import (
        make_framework,
        write_coin_tool,
        write_contest_workbook,
        write_long,
        write_wide,
    )
    from jinghe.operation import score_period
    from jinghe.run import open_case, pick_period

    spoken = speak(lang)
    kind = _pick_layout(out, layout)
    compact, reading = open_case(case)
    chosen = pick_period(compact, reading, period=period)
    scores = score_period(compact, panel=reading.panel, period=chosen)
    if kind == "coin-tool":
        framework = make_framework(scores, region=compact.region, lang=spoken)
        write_coin_tool(framework, out, period=chosen.name)
    else:
        write = {"coinr": write_contest_workbook, "long": write_long, "wide": write_wide}[kind]
        write(scores, out, region=compact.region, lang=spoken)
    print({"zh": "已写出：", "en": "Written: "}[spoken] + str(out))


@app.command(
    name="import-index",
    help=said(
        "由 COINr 或 COIN Tool 的工作簿建一个案例文件夹", "Make a case folder from a COINr or COIN Tool workbook"
    ),
)
@command
def import_index(
    file: Annotated[
        Path, typer.Argument(help=said("工作簿（.xlsx），或数据表（.csv）", "The workbook (.xlsx), or iData (.csv)"))
    ],
    out: Annotated[Path, typer.Option("--out", help=said("新案例的文件夹", "Folder of the new case"))],
    known: Annotated[
        str, typer.Option("--known", help=said("数据为人所知的日期", "Day on which the figures became known"))
    ],
    meta: Annotated[
        Path | None, typer.Option("--meta", help=said("指标表（.csv），与数据表同用", "iMeta (.csv), beside iData"))
    ] = None,
    layout: Annotated[
        str | None, typer.Option("--layout", help=said("coinr（默认）或 coin-tool", "coinr (default) or coin-tool"))
    ] = None,
    period: PeriodOption = None,
    lang: Lang = None,
) -> None:
    """Make a case that scores from the tables of another index tool."""
    from jinghe.contest.exchange import read_coin_tool, read_coinr_tables, read_coinr_workbook, write_case

    spoken, day = speak(lang), read_day(known, option="--known")
    kind = _pick_layout(file, layout) if meta is None else "tables"
    if kind == "coin-tool":
        framework = read_coin_tool(file, period=period or str(day)[:4])
    elif meta is not None:
        framework = read_coinr_tables(file, meta, period=period or "")
    elif kind == "coinr":
        framework = read_coinr_workbook(file, period=period or "")
    else:
        raise DataError([problem("choice-unknown", "--meta", found="—", expected="iMeta.csv")])
    assert day is not None
    write_case(framework, out, vintage=day, title=file.stem)
    print({"zh": "已写出：", "en": "Written: "}[spoken] + str(out))


def _pick_layout(out: Path, layout: str | None) -> str:
    """The lay-out asked for, if files of this kind have it; else the first they have."""
    if out.suffix not in _LAYOUTS:
        raise DataError(
            [problem("choice-unknown", "--out", found=out.suffix or out.name, expected=", ".join(_LAYOUTS))]
        )
    known = _LAYOUTS[out.suffix]
    if layout is not None and layout not in known:
        raise DataError([problem("choice-unknown", "--layout", found=layout, expected=", ".join(known))])
    return layout or known[0]
