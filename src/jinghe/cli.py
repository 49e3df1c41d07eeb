"""The command line (命令行): one verb, one command; tables for people, `--json` for programs."""

from __future__ import annotations

import json
import locale
import os
import sys
from collections.abc import Callable
from datetime import date
from functools import wraps
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jinghe import __version__
from jinghe.errors import JingheError, problem

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["app", "main"]


def _guess_language() -> str:
    name = (
        os.environ.get("LC_ALL")
        or os.environ.get("LC_MESSAGES")
        or os.environ.get("LANG")
        or locale.getlocale()[0]
        or ""
    )
    return "zh" if name.lower().startswith("zh") else "en"


_LANG = _guess_language()


def _(zh: str, en: str) -> str:
    return zh if _LANG == "zh" else en


app = typer.Typer(
    name="jinghe",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help=_(
        "竞合：把区域契约写成数据，先推演、再运行、后评估。",
        "jinghe: a regional compact as data; simulate it, operate it, evaluate it.",
    ),
)

Case = Annotated[
    str,
    typer.Argument(
        help=_(
            "案例文件夹，或随包案例名（shanxi、toy）", "A case folder, or the name of a case that ships (shanxi, toy)"
        )
    ),
]
PeriodOption = Annotated[str | None, typer.Option("--period", help=_("考核期，如 2021", "The period, such as 2021"))]
Seed = Annotated[
    int | None, typer.Option("--seed", help=_("随机种子；默认取契约所载", "Random seed; default: the compact's"))
]
Lang = Annotated[
    str | None, typer.Option("--lang", help=_("输出语言 zh 或 en；默认随系统", "zh or en; default: the locale's"))
]
Json = Annotated[bool, typer.Option("--json", help=_("输出 JSON", "Print JSON"))]
On = Annotated[
    str | None,
    typer.Option(
        "--on",
        help=_(
            "亮灯截至日；默认为数据所知的最后一天", "Day on which lights are read; default: the last day in the data"
        ),
    ),
]


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False, markup=False, soft_wrap=True)


def _speak(lang: str | None) -> str:
    if lang not in (None, "zh", "en"):
        raise JingheError([problem("language-unknown", "--lang", found=lang)])
    return lang or _LANG


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise JingheError([problem("date-unreadable", "--on", found=text)]) from None


def _command(function: Callable[..., None]) -> Callable[..., None]:
    """Turn the user's faults and refusals of the disk into messages and exit code 2; a broken pipe ends quietly."""

    @wraps(function)
    def guarded(*args: Any, **kwargs: Any) -> None:
        lang = kwargs.get("lang") if kwargs.get("lang") in ("zh", "en") else _LANG
        try:
            function(*args, **kwargs)
        except JingheError as error:
            for item in error.problems:
                print(f"✗ {item.text(str(lang))}", file=sys.stderr)
            raise typer.Exit(2) from None
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(1) from None
        except OSError as error:
            if error.filename is None:
                raise
            refused = problem("file-refused", file=str(error.filename))
            print(f"✗ {refused.text(str(lang))}", file=sys.stderr)
            raise typer.Exit(2) from None

    return guarded


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False))


@app.callback(invoke_without_command=True)
def version(show: Annotated[bool, typer.Option("--version", help=_("显示版本", "Show the version"))] = False) -> None:
    """Say the version when asked."""
    if show:
        print(f"jinghe {__version__}")
        raise typer.Exit


@app.command(help=_("检查契约，一次报出所有问题", "Check a compact and report every fault at once"))
@_command
def check(case: Case, lang: Lang = None, as_json: Json = False) -> None:
    """Check a compact; exit code 2 when there is an error."""
    from jinghe.compact import check as find_problems

    spoken = _speak(lang)
    problems = find_problems(case)
    errors = [item for item in problems if item.level == "error"]
    if as_json:
        _print_json(
            [
                {"code": p.code, "level": p.level, "place": str(p.place), "zh": p.text("zh"), "en": p.text("en")}
                for p in problems
            ]
        )
    else:
        marks = {"error": "✗", "warning": "!", "note": "·"}
        for item in problems:
            print(f"{marks[item.level]} {item.text(spoken)}")
        if not errors:
            print({"zh": "✓ 契约可用。", "en": "✓ The compact is sound."}[spoken])
    if errors:
        raise typer.Exit(2)


@app.command(
    help=_(
        "主流程：考核、结算、亮灯、推演、诊断，写出报告与表格",
        "The main job: assess, settle, lights, forecast, diagnosis, report and tables",
    )
)
@_command
def run(
    case: Case,
    out: Annotated[
        Path | None, typer.Option("--out", help=_("输出文件夹；默认 out/案例名", "Output folder; default out/CASE"))
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

    spoken = _speak(lang)
    with terminal.show_progress(spoken, quiet=as_json) as progress:
        outcome = run_case(case, period=period, seed=seed, on=_day(on), progress=progress)
    folder = out or Path("out") / outcome.document["case"]
    files = write_outcome(outcome, folder, lang=spoken)
    if as_json:
        _print_json(outcome.document)
        return
    console = _console()
    for table in terminal.tables(outcome.document, spoken):
        console.print(table)
    print({"zh": "已写出：", "en": "Written: "}[spoken] + "  ".join(str(file) for file in files))


@app.command(help=_("只算得分与名次区间", "Scores and ranks with intervals only"))
@_command
def score(case: Case, period: PeriodOption = None, seed: Seed = None, lang: Lang = None, as_json: Json = False) -> None:
    """Score and rank one period."""
    from jinghe.contest import rank as rank_scores
    from jinghe.contest import score as score_period
    from jinghe.report import document_scores, terminal
    from jinghe.run import open_case, pick_period

    spoken = _speak(lang)
    compact, reading = open_case(case)
    chosen = pick_period(compact, reading, period=period)
    scores = score_period(
        compact.contest, panel=reading.panel, items=compact.items, region=compact.region, period=chosen
    )
    ranking = rank_scores(compact.contest, scores=scores, seed=compact.simulate.seed if seed is None else seed)
    part = document_scores(compact, scores=scores, ranking=ranking)
    if as_json:
        _print_json(part)
        return
    _console().print(terminal.rank_table(part, spoken))
    for note in compact.notes:
        if note.path.startswith("contest") and note.kind != "missing":
            _console().print(f"! {note.text.get(spoken)}", style="dim")


@app.command(help=_("结算协议并逐条说明依据", "Settle agreements, clause by clause"))
@_command
def settle(case: Case, period: PeriodOption = None, lang: Lang = None, as_json: Json = False) -> None:
    """Settle every agreement; `--period` may be a period of a published statement, such as 2010-01..2010-09."""
    from jinghe.operation import settle_all
    from jinghe.report import document_settlements, terminal
    from jinghe.run import open_case, pick_period
    from jinghe.units import Period

    spoken = _speak(lang)
    compact, reading = open_case(case)
    replays = {name for agreement in compact.agreements for name in agreement.replay}
    chosen = Period.of(period) if period in replays else pick_period(compact, reading, period=period)
    done, undone = settle_all(compact, panel=reading.panel, period=chosen)
    part = document_settlements(compact, done=[s for s in done if not period or s.period.name == period], undone=undone)
    if as_json:
        _print_json(part)
        return
    for line in terminal.settlement_lines(part, spoken):
        _console().print(line)


@app.command(
    help=_(
        "推演：在这套规则及其备选下，各市会怎么做", "What the cities would do under these rules and their alternatives"
    )
)
@_command
def simulate(
    case: Case,
    replications: Annotated[
        int | None, typer.Option("--replications", min=2, max=100_000, help=_("重复次数", "Replications"))
    ] = None,
    seed: Seed = None,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Simulate the compact and its alternatives with common random numbers."""
    from jinghe.report import document_forecast, terminal
    from jinghe.run import open_case
    from jinghe.simulation import compare

    spoken = _speak(lang)
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
    _print_json(part) if as_json else _console().print(terminal.forecast_table(part, spoken))


@app.command(help=_("模型自检：模拟值与闭式解对照", "Check the simulator against closed forms"))
@_command
def validate(
    seed: Annotated[int, typer.Option("--seed", help=_("随机种子", "Random seed"))] = 7,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Print simulated beside exact; exit code 1 when a check fails."""
    from jinghe.report import document_forecast, terminal
    from jinghe.simulation import validate as run_checks

    spoken = _speak(lang)
    part = document_forecast((), run_checks(seed=seed))
    _print_json(part["checks"]) if as_json else _console().print(terminal.check_table(part, spoken))
    if not all(row["passed"] for row in part["checks"]):
        raise typer.Exit(1)


@app.command(help=_("核对公布的统计数：彼此是否自洽", "Check published statistics: do they agree with themselves?"))
@_command
def recalc(
    claims: Annotated[Path, typer.Argument(help=_("写有公布数值的 YAML 文件", "A YAML file with published figures"))],
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Recompute published statistics and say what follows from their rounding; exit code 1 when one is inconsistent."""
    from jinghe.compact import read_tree
    from jinghe.recalc import check_claims, read_claims
    from jinghe.report import terminal

    spoken = _speak(lang)
    verdicts = check_claims(read_claims(read_tree(claims)))
    found = [verdict.as_dict() for verdict in verdicts]
    _print_json(found) if as_json else _console().print(terminal.verdict_table(verdicts, spoken))
    if any(verdict.status == "inconsistent" for verdict in verdicts):
        raise typer.Exit(1)


@app.command(help=_("两份契约的差别，用文字说明", "The difference of two compacts, in words"))
@_command
def diff(before: Case, after: Case, lang: Lang = None, as_json: Json = False) -> None:
    """Compare two compacts."""
    from jinghe.compact import diff as compare_compacts
    from jinghe.compact import load_compact

    spoken = _speak(lang)
    changes = compare_compacts(load_compact(before), load_compact(after))
    if as_json:
        _print_json([{"path": c.path, "zh": c.text.zh, "en": c.text.en} for c in changes])
        return
    for change in changes:
        print(f"· {change.text.get(spoken)}")
    if not changes:
        print({"zh": "两份契约相同。", "en": "The two compacts are the same."}[spoken])


@app.command(help=_("由 result.json 重新生成报告", "Make the report again from result.json"))
@_command
def report(
    result: Annotated[Path, typer.Argument(help=_("result.json 的路径", "Path of result.json"))],
    out: Annotated[Path | None, typer.Option("--out", help=_("报告文件", "The report's file"))] = None,
    lang: Lang = None,
) -> None:
    """Render a stored result."""
    from jinghe.report import read_document
    from jinghe.report.render import render_html

    spoken = _speak(lang)
    page = render_html(read_document(result), spoken)
    target = out or result.with_name("report.html")
    target.write_text(page, encoding="utf-8")
    print({"zh": "已写出：", "en": "Written: "}[spoken] + str(target))


@app.command(help=_("打开工作台（需安装 jinghe[web]）", "Open the workbench (needs jinghe[web])"))
@_command
def serve(
    case: Case,
    host: Annotated[str, typer.Option("--host", help=_("监听地址", "Address to listen on"))] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help=_("端口", "Port"))] = 8000,
    data: Annotated[Path | None, typer.Option("--data", help=_("数据库所在文件夹", "Folder of the database"))] = None,
    lang: Lang = None,
) -> None:
    """Start the workbench through its entry point: the library does not import it."""
    spoken = _speak(lang)
    found = list(entry_points(group="jinghe.workbench"))
    try:
        start = found[0].load() if found else None
    except ModuleNotFoundError:
        start = None
    if start is None:
        raise JingheError([problem("workbench-missing")])
    start(case, host=host, port=port, data=data, lang=spoken)


def main() -> None:
    """Run the command line."""
    app()
