"""Surveys on the command line (问卷调查): check, tables, compare, report."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jinghe.cli.options import Json, Lang, add_verbs, command, console, print_json, said, speak
from jinghe.errors import DataError

if TYPE_CHECKING:  # help needs no statistics
    from jinghe.survey import Survey, Table

__all__ = ["check_answers", "compare_groups", "make_report", "show_tables"]

_survey = add_verbs("survey", zh="问卷：检查、制表、比较、报告", en="Surveys: check, tables, compare, report")

_Plan = Annotated[Path, typer.Argument(help=said("分析方案（YAML）", "The plan of analysis (YAML)"))]


def _open(plan: Path) -> Survey:
    from jinghe.compact import read_tree
    from jinghe.survey import open_survey, read_instrument

    tree = read_tree(plan)
    file = str(tree.get("instrument", ""))
    asked = read_instrument(read_tree(plan.parent / file)) if file.endswith((".yaml", ".yml")) else None
    return open_survey(tree, folder=plan.parent, instrument=asked)


def _open_sound(plan: Path, spoken: str) -> Survey:
    """Open a survey and say what was put right; an error found while reading stops here. Raises DataError."""
    survey = _open(plan)
    if faults := [item for item in survey.problems if item.level == "error"]:
        raise DataError(faults)
    for item in survey.problems:
        print(f"! {item.text(spoken)}", file=sys.stderr)
    return survey


@_survey.command("check", help=said("检查问卷、方案与作答", "Check questionnaire, plan and answers"))
@command
def check_answers(plan: _Plan, lang: Lang = None, as_json: Json = False) -> None:
    """Say everything wrong or remarkable; exit code 2 when there is an error."""
    from jinghe.survey import check_survey

    spoken = speak(lang)
    survey = _open(plan)
    problems = [*survey.problems, *check_survey(survey.instrument, survey.responses, plan=survey.plan)]
    if as_json:
        print_json([{"code": p.code, "level": p.level, "zh": p.text("zh"), "en": p.text("en")} for p in problems])
    else:
        marks = {"error": "✗", "warning": "!", "note": "·"}
        for item in problems:
            print(f"{marks[item.level]} {item.text(spoken)}")
    if any(item.level == "error" for item in problems):
        raise typer.Exit(2)
    if not as_json:
        print({"zh": "✓ 问卷可用。", "en": "✓ The survey is sound."}[spoken])


@_survey.command("tables", help=said("各题分布、均值、信度（隐去小组）", "Answers and means; small groups hidden"))
@command
def show_tables(plan: _Plan, lang: Lang = None, as_json: Json = False) -> None:
    """Print every table; each is recalculated before it leaves."""
    from jinghe.survey import make_tables

    spoken = speak(lang)
    survey = _open_sound(plan, spoken)
    _print(make_tables(survey.responses, plan=survey.plan), spoken, as_json=as_json)


@_survey.command("compare", help=said("组间与重复测量比较", "Compare groups and repeated measures"))
@command
def compare_groups(plan: _Plan, lang: Lang = None, as_json: Json = False) -> None:
    """Print the comparisons of the plan: test, effect with interval, equivalence, error term."""
    from jinghe.survey import make_comparisons

    spoken = speak(lang)
    survey = _open_sound(plan, spoken)
    _print(make_comparisons(survey.responses, plan=survey.plan), spoken, as_json=as_json)


@_survey.command("report", help=said("写出 DOCX 与 XLSX 报告", "Write the report as DOCX and XLSX"))
@command
def make_report(
    plan: _Plan,
    out: Annotated[Path, typer.Option("--out", help=said("输出文件夹", "Output folder"))] = Path("out/survey"),
    lang: Lang = None,
) -> None:
    """Write report.docx and report.xlsx."""
    from jinghe.report.survey import survey_lead, write_survey_report
    from jinghe.survey import make_tables

    spoken = speak(lang)
    survey = _open_sound(plan, spoken)
    tables = make_tables(survey.responses, plan=survey.plan)
    out.mkdir(parents=True, exist_ok=True)
    docx, xlsx = out / "report.docx", out / "report.xlsx"
    lead = survey_lead(survey.responses, survey.plan, problems=survey.problems)
    write_survey_report(tables, title=survey.plan.title, lead=lead, lang=spoken, docx=docx, xlsx=xlsx)
    print({"zh": "已写出：", "en": "Written: "}[spoken] + f"{docx}  {xlsx}")


def _print(tables: Sequence[Table], spoken: str, *, as_json: bool) -> None:
    from jinghe.report import terminal

    if as_json:
        print_json([table.as_dict() for table in tables])
        return
    for table in tables:
        columns = [(c.label.get(spoken), "t" if c.form == "text" else "n") for c in table.columns]
        console().print(terminal.plain_table(table.title.get(spoken), columns, table.lines(spoken)))
        for line in (table.methods, *table.notes):
            console().print(line.get(spoken), style="dim")
