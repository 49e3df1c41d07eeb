"""Interests on the command line (利益协调): rules compared, probed and sealed, the procedure of disputes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from jinghe.cli.options import (
    Case,
    Json,
    Lang,
    PeriodOption,
    app,
    command,
    console,
    print_json,
    read_day,
    said,
    speak,
)

__all__ = ["compare", "dispute", "probe", "seal", "templates"]


@app.command(help=said("同一合作项目、多种分法：谁得多少，谁会退出", "One joint project under many sharing rules"))
@command
def compare(
    project: Annotated[Path, typer.Argument(help=said("项目文件（YAML）", "A project file (YAML)"))],
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Compare sharing rules on a joint project."""
    from jinghe.compact import read_tree
    from jinghe.games import compare_rules, read_project
    from jinghe.report import show_comparison, terminal

    spoken = speak(lang)
    found = read_project(read_tree(project), file=project.name)
    comparison = compare_rules(found)
    if as_json:
        print_json({"project": found.as_dict(), "comparison": comparison.as_dict()})
        return
    section = show_comparison(found, comparison).as_dict()
    for table in terminal.section_tables([section], spoken):
        console().print(table)


@app.command(help=said("诊断协议规则：谁会受损、何处跳档、何处可钻空子", "Probe agreements: losers, jumps, gaming"))
@command
def probe(case: Case, period: PeriodOption = None, lang: Lang = None, as_json: Json = False) -> None:
    """Vary every figure of every agreement and say what follows."""
    from jinghe.run import open_case, pick_period
    from jinghe.sharing import diagnose_agreement
    from jinghe.units import Period

    spoken = speak(lang)
    compact, reading = open_case(case)
    chosen = pick_period(compact, reading, period=period)
    found: list[dict[str, object]] = []
    for agreement in compact.agreements:
        inside = chosen if agreement.is_in_force(chosen) else next(map(Period.of, agreement.replay), None)
        if agreement.status == "proposed" or inside is None:
            continue
        later = inside.back(-1) if inside == Period.of(inside.year) else None  # for ratchets
        figures = diagnose_agreement(agreement, panel=reading.panel, region=compact.region, period=inside, later=later)
        found.append({"agreement": agreement.id, "figures": [one.as_dict() for one in figures]})
        if as_json:
            continue
        console().print(f"{agreement.title.get(spoken)} · {inside.name}", style="bold")
        for one in figures:
            console().print(f"{compact.region.name(one.jurisdiction, spoken)} · {one.label.get(spoken)}")
            for sentence in one.diagnosis.sentences:
                console().print(f"  · {sentence.get(spoken)}")
    if as_json:
        print_json(found)
    elif not found:
        none = {
            "zh": "没有可诊断的协议：都只是拟议，或本期不生效、也没有可复算的期间。",
            "en": "No agreement to probe: each is proposed only, or not in force now, with no period to replay.",
        }
        print(none[spoken])


@app.command(
    help=said("封存协议规则：给出摘要，先于数据确定", "Seal agreements: the digest of the rules, before the figures")
)
@command
def seal(
    case: Case,
    on: Annotated[str | None, typer.Option("--on", help=said("封存日；默认今天", "The day; default: today"))] = None,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Print the line that seals each agreement, and whether a seal still holds; nothing is written."""
    from jinghe.run import open_case
    from jinghe.sharing import judge_seal

    spoken = speak(lang)
    compact, _ = open_case(case)
    day = read_day(on) or date.today()
    found = [(one, judge_seal(one)) for one in compact.agreements]
    if as_json:
        print_json([{"agreement": one.id, "file": one.file} | state.as_dict() for one, state in found])
        return
    for one, state in found:
        console().print(f"{one.title.get(spoken)} · {one.file}", style="bold")
        print(f"  {state.text.get(spoken)}")
        if state.state in ("unsealed", "changed"):
            print(f'  sealed: {{on: {day}, digest: "{state.digest}"}}')


@app.command(help=said("协议模板：列出，或打印一份供填写", "Agreement templates: list them, or print one"))
@command
def templates(
    name: Annotated[str | None, typer.Argument(help=said("模板名", "A template's name"))] = None,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """List the templates with what they rest on and how many choices they leave open, or print one to fill in."""
    from jinghe.compact import read_tree
    from jinghe.errors import JingheError, problem
    from jinghe.report import terminal
    from jinghe.sharing import read_agreement, template_paths
    from jinghe.source import KINDS

    spoken, paths = speak(lang), {path.stem: path for path in template_paths()}
    if name is not None:
        if name not in paths:
            raise JingheError([problem("choice-unknown", "NAME", found=name, expected=", ".join(paths))])
        print(paths[name].read_text(encoding="utf-8"), end="")
        return
    found = [(stem, read_agreement(read_tree(path), sources={}, file=path.name)) for stem, path in paths.items()]
    rows = [
        (stem, one, list(dict.fromkeys(source.kind for source in one.sources.values())), len(one.open_choices))
        for stem, one in found
    ]
    if as_json:
        keys = ("name", "agreement", "title", "rests_on", "open")
        print_json([dict(zip(keys, (n, a.id, a.title.as_dict(), kinds, o), strict=True)) for n, a, kinds, o in rows])
        return
    heads = {"zh": ("模板", "名称", "依据", "未定"), "en": ("Template", "Title", "Rests on", "Open")}[spoken]
    shown = [
        (n, a.title.get(spoken), ", ".join(KINDS[k].get(spoken) for k in kinds), str(o)) for n, a, kinds, o in rows
    ]
    console().print(terminal.plain_table("", list(zip(heads, "tttn", strict=True)), shown))


@app.command(help=said("争端程序：谁可做什么、期限几天、效果如何", "The procedure of disputes: who, what, by when"))
@command
def dispute(lang: Lang = None) -> None:
    """Print the one table that governs disputes."""
    from jinghe.dispute import describe_procedure

    print(describe_procedure(speak(lang)))
