"""A contest under examination (指标体系审计): the audit, an explanation in words, a workbook for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jinghe.cli.options import Case, Json, Lang, PeriodOption, Seed, app, command, console, print_json, said, speak

__all__ = ["audit", "explain", "export"]


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


@app.command(help=said("写出 COINr 版式的工作簿：数据、指标表、步骤", "Write a COINr workbook"))
@command
def export(
    case: Case,
    out: Annotated[Path, typer.Option("--out", help=said("工作簿（.xlsx）", "The workbook (.xlsx)"))],
    period: PeriodOption = None,
    lang: Lang = None,
) -> None:
    """Export one period of the contest for index tools."""
    from jinghe.contest.exchange import write_contest_workbook
    from jinghe.operation import score_period
    from jinghe.run import open_case, pick_period

    spoken = speak(lang)
    compact, reading = open_case(case)
    scores = score_period(compact, panel=reading.panel, period=pick_period(compact, reading, period=period))
    write_contest_workbook(scores, out, region=compact.region, lang=spoken)
    print({"zh": "已写出：", "en": "Written: "}[spoken] + str(out))
