"""Results as tables for the terminal (终端表格)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text as Styled

from jinghe.recalc import STATUSES, Verdict
from jinghe.report.figures.drawing import LIGHTS
from jinghe.report.format import show_cell, show_interval, show_margin, show_number, show_share, signed_money, words

__all__ = [
    "check_table",
    "contract_table",
    "diagnosis_lines",
    "forecast_table",
    "plain_table",
    "rank_table",
    "section_tables",
    "settlement_lines",
    "show_progress",
    "tables",
    "verdict_lines",
]

_NARROW = 12  # cells of words are folded no narrower than this
_STYLES = {"green": "green", "yellow": "yellow", "red": "bold red", "grey": "dim"}


def plain_table(title: str, columns: list[tuple[str, str]], rows: Iterable[Sequence[RenderableType]]) -> Group:
    """A bold title over a table without lines; columns are (name, "n" for numbers or "t" for text).

    Numbers are never broken over lines; where the terminal is narrow, words are.
    """
    made, lines = Table(box=None, pad_edge=False, header_style="dim"), list(rows)
    for at, (name, kind) in enumerate(columns):
        longest = max((cell_len(str(row[at])) for row in lines), default=0)
        narrow = longest if kind == "n" else min(longest, _NARROW)
        made.add_column(name, justify="right" if kind == "n" else "left", overflow="fold", min_width=narrow)
    for row in lines:
        made.add_row(*row)
    return Group(Styled(title, style="bold"), made, "")


@contextmanager
def show_progress(lang: str, *, quiet: bool) -> Iterator[Callable[[str, float], None]]:
    """Show a bar on standard error while something runs; none when it is no terminal, or when asked to be quiet."""
    if quiet or not sys.stderr.isatty():
        yield lambda _step, _share: None
        return
    names = {
        "check": ("检查", "check"),
        "assess": ("考核", "assess"),
        "simulate": ("推演", "simulate"),
        "validate": ("自检", "validate"),
        "evidence": ("证据", "evidence"),
        "diagnose": ("诊断", "diagnose"),
        "done": ("完成", "done"),
    }
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=1.0)
        yield lambda step, share: bar.update(task, completed=share, description=names[step][lang == "en"])


def tables(document: dict[str, Any], lang: str) -> Iterator[RenderableType]:
    """Yield the tables of the main job: ranks, settlements, contracts, forecast, diagnosis."""
    if document["contest"]:
        yield rank_table(document, lang)
    yield from settlement_lines(document, lang, traces=0)
    yield contract_table(document, lang)
    if document["forecast"]:
        yield forecast_table(document["forecast"], lang)
    yield from list(diagnosis_lines(document["diagnosis"], lang))[: 1 + len(document["diagnosis"]["bottlenecks"])]
    marked = [note for note in document["notes"] if note["kind"] != "missing"]
    for note in marked:
        yield Styled(f"! {words(note['text'], lang)}", style="dim")


def diagnosis_lines(diagnosis: dict[str, Any], lang: str) -> Iterator[RenderableType]:
    """The stage, then bottlenecks, criteria, profile, next steps, and what is missing; each with rows and evidence."""
    zh = lang == "zh"
    colon = "：" if zh else ": "

    def told(item: dict[str, Any], mark: str, said: str) -> Styled:
        label = words(item["label"], lang) + colon if item["label"] else ""
        basis = f" [{', '.join(item['rows'])} · {item['path']}]"
        return Styled.assemble(f"  {mark} {label}{words(item[said], lang)}", (basis, "dim"))

    yield Styled(f"{'诊断' if zh else 'Diagnosis'}{colon}{words(diagnosis['stage']['label'], lang)}", style="bold")
    for item in diagnosis["bottlenecks"]:
        yield told(item, "·", "text")
    marks = {True: "●", False: "■", None: "○"}
    yield Styled("判据" if zh else "Criteria", style="bold")
    for item in diagnosis["criteria"]:
        yield told(item, marks[item["holds"]], "evidence")
    parts = {"profile": ("共识—组织—行动", "Consensus, organisation, action"), "next_steps": ("下一步", "Next steps")}
    for part, names in parts.items():
        yield Styled(names[not zh], style="bold")
        for item in diagnosis[part]:
            yield told(item, "·", "text")
    yield Styled("尚缺的证据" if zh else "Evidence still missing", style="bold")
    for text in diagnosis["missing"]:
        yield f"  ○ {words(text, lang)}"


def rank_table(document: dict[str, Any], lang: str) -> Group:
    """Ranks with intervals and the score of every branch."""
    zh = lang == "zh"
    names = {j["code"]: words(j["name"], lang) for j in document["jurisdictions"]}
    branches = [node for node in document["contest"]["nodes"] if node["parent"] == document["contest"]["root"]]
    columns = [("名次" if zh else "Rank", "n"), ("城市" if zh else "City", "t"), ("得分" if zh else "Score", "n")]
    share = show_share(document["contest"]["coverage"])
    columns += [(f"{share} 区间" if zh else f"{share} interval", "n"), ("前三可能" if zh else "P(top 3)", "n")]
    columns += [(f"{words(node['label'], lang)} {show_share(node['weight'])}", "n") for node in branches]
    rows = []
    for row in sorted(document["scores"], key=lambda row: (row["rank"], row["code"])):
        parts = {child["node"]: child["score"] for child in row["working"]["children"]}
        cells = [
            str(row["rank"]),
            names[row["code"]],
            show_number(row["score"]),
            show_interval(row["low"], row["high"]),
        ]
        rows.append(
            [*cells, show_share(sum(row["probability"][:3])), *(show_number(parts.get(n["id"]), 1) for n in branches)]
        )
    return plain_table(f"{'得分与名次' if zh else 'Scores and ranks'} · {document['period']}", columns, rows)


def settlement_lines(document: dict[str, Any], lang: str, traces: int | None = None) -> Iterator[RenderableType]:
    """Yield each statement as a table of nets, its notes, and up to `traces` sentences (None: all)."""
    zh = lang == "zh"
    for statement in document["settlements"]:
        rows = [(words(row["name"], lang), signed_money(row["amount"], lang)) for row in statement["net"]]
        columns = [("当事方" if zh else "Party", "t"), ("净额" if zh else "Net", "n")]
        period = statement["period"].replace("..", " 至 " if zh else " to ")
        yield plain_table(f"{words(statement['title'], lang)} · {period}", columns, rows)
        for note in statement["notes"]:
            yield Styled(f"! {words(note, lang)}", style="yellow")
        if "seal" in statement and statement["seal"]["state"] in ("sealed", "unsealed"):
            yield Styled(words(statement["seal"]["text"], lang), style="dim")
        moved = [line for line in statement["lines"] if line["amount"]]
        for line in moved[:traces]:
            yield f"  · {words(line['sentence'], lang)}"
        if traces is None and (zero := len(statement["lines"]) - len(moved)):
            said = f"{zero} line of no amount is" if zero == 1 else f"{zero} lines of no amount are"
            yield Styled(f"  另有 {zero} 行金额为零，未列出。" if zh else f"  {said} left out.", style="dim")
    for item in document["unsettled"]:
        yield Styled(f"○ {words(item['title'], lang)}: {words(item['text'], lang)}", style="dim")
    for item in document["proposed"]:
        yield Styled(f"○ {words(item['title'], lang)}: {words(item['text'], lang)}", style="dim")


def section_tables(sections: Sequence[dict[str, Any]], lang: str) -> Iterator[RenderableType]:
    """Yield the tables of sections of the document, each with its method and notes."""
    for section in sections:
        yield Styled(words(section["title"], lang), style="bold underline")
        yield words(section["lead"], lang)
        for note in section["notes"]:
            yield Styled(f"! {words(note, lang)}", style="yellow")
        for table in section["tables"]:
            columns = [(words(c["label"], lang), "t" if c["kind"] == "text" else "n") for c in table["columns"]]
            rows = [
                [show_cell(value, c, lang) for value, c in zip(row, table["columns"], strict=True)]
                for row in table["rows"]
            ]
            yield plain_table(words(table["title"], lang), columns, rows)
            for line in [*([table["method"]] if table["method"] else []), *table["notes"]]:
                yield Styled(words(line, lang), style="dim")


def contract_table(document: dict[str, Any], lang: str) -> Group:
    """Contracts with their lights and reasons."""
    zh = lang == "zh"
    columns = [
        ("灯" if zh else "Light", "t"),
        ("契约" if zh else "Contract", "t"),
        ("进度" if zh else "Done", "n"),
        ("理由" if zh else "Why", "t"),
    ]
    rows: list[Sequence[RenderableType]] = []
    for row in document["contracts"]:
        done = "—" if row["done"] is None else f"{row['done']}/{row['count']}" if row["count"] else str(row["done"])
        light = Styled(f"{LIGHTS[row['colour']][1]}", style=_STYLES[row["colour"]])
        rows.append((light, words(row["title"], lang), done, words(row["reason"], lang)))
    return plain_table(f"{'契约亮灯，截至' if zh else 'Contract lights as of'} {document['lights_on']}", columns, rows)


def forecast_table(forecast: dict[str, Any], lang: str) -> Group:
    """Summary of every run, side by side."""
    runs = forecast["runs"]
    title = "行为推演（未校准，只比较规则）" if lang == "zh" else "Forecast (uncalibrated: compare rules only)"
    rows = []
    for at, item in enumerate(runs[0]["summary"] if runs else ()):
        cells = [run["summary"][at] for run in runs]
        shown = [
            show_number(c["value"], 3) + ("" if c["error"] is None else f" {show_margin(c['error'])}") for c in cells
        ]
        rows.append((words(item["label"], lang), *shown))
    return plain_table(title, [("", "t"), *((words(run["label"], lang), "n") for run in runs)], rows)


def check_table(forecast: dict[str, Any], lang: str) -> Group:
    """Simulated values beside closed forms."""
    zh = lang == "zh"
    columns = [
        ("检验" if zh else "Check", "t"),
        ("设定" if zh else "Setting", "t"),
        ("闭式解" if zh else "Closed form", "n"),
    ]
    columns += [("模拟值" if zh else "Simulated", "n"), ("相差/标准误" if zh else "Off by (SE)", "n"), ("", "t")]
    rows = []
    for row in forecast["checks"]:
        numbers = [show_number(row[key], 6) for key in ("expected", "simulated")]
        verdict = "✓" if row["passed"] else "✗"
        rows.append((row["name"], words(row["setting"], lang), *numbers, show_number(row["standard_errors"]), verdict))
    return plain_table("模型自检" if zh else "Self-check of the simulator", columns, rows)


def verdict_lines(verdicts: Sequence[Verdict], lang: str) -> Iterator[RenderableType]:
    """Every claim with its verdict and the reason below, then what else follows from it, and how many there are."""
    zh = lang == "zh"
    marks = {"inconsistent": "✗", "conditional": "!", "consistent": "✓", "untestable": "·"}
    for one in verdicts:
        name = one.claim.place.get(lang) if one.claim.place.zh else one.claim.id
        said = ("：" if zh else ": ") + STATUSES[one.status].get(lang)
        said += ("，结论颠倒" if zh else ", decision reversed") if one.decision_error else ""
        yield Styled(f"{marks[one.status]} {name}{said}", style="bold")
        yield Padding(one.text.get(lang), (0, 0, 0, 2))
        for item in one.further():
            yield Padding(f"→ {item.text.get(lang)}", (0, 0, 0, 2))
    counts = [(label.get(lang), sum(one.status == name for one in verdicts)) for name, label in STATUSES.items()]
    yield ("、" if zh else ", ").join(f"{label} {n}" if zh else f"{n} {label}" for label, n in counts if n)
