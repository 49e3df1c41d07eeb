"""The main job (主流程): check, assess, forecast, diagnose, and write the report with its tables."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinghe.compact import Compact, check_period, load_compact, load_panel, read_tree
from jinghe.diagnosis import diagnose, draw_timeline
from jinghe.errors import CompactError, DataError, Problem, RuleError, problem
from jinghe.evidence import gather_evidence
from jinghe.games import Project, compare_rules, read_project
from jinghe.operation import assess, known_by, latest_period
from jinghe.panel import PanelReading
from jinghe.report import list_tables, make_document, show_comparison, write_csv
from jinghe.sharing import draft_statement, signing_sheet
from jinghe.simulation import Check, Run, compare, validate
from jinghe.units import Period

__all__ = ["Outcome", "open_case", "pick_period", "read_projects", "run_case", "write_outcome"]

_Progress = Callable[[str, float], None]
_BEYOND = ("rule-unexpressed", "prize-pools", "partners-none")  # rules that stand but that the model does not know
_CHECKED = 100  # replications behind the self-check of every run; `jinghe validate` takes more


def _silent(_step: str, _share: float) -> None:
    return None


@cache
def _self_check(seed: int) -> tuple[Check, ...]:
    """Check the simulator itself; it depends on no case, so that a process does it once."""
    return validate(seed=seed, replications=_CHECKED)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the main job found (成果): the compact, the document of the result, and the language to open it in."""

    compact: Compact
    document: dict[str, Any]


def open_case(case: str | Path) -> tuple[Compact, PanelReading]:
    """Load a compact and its panel. Raises CompactError or DataError with every fault of both."""
    compact = load_compact(case)
    reading = load_panel(compact)
    faults = [p for p in reading.problems if p.level == "error"]
    if faults:
        raise DataError(faults)
    return compact, reading


def read_projects(compact: Compact) -> tuple[Project, ...]:
    """Read the joint projects that a compact names. Raises DataError with the faults of each file."""
    return tuple(
        read_project(read_tree(compact.folder / file), sources=compact.sources, file=file) for file in compact.projects
    )


def pick_period(compact: Compact, reading: PanelReading, *, period: str | None) -> Period:
    """Read the wished period, or take the most complete year. Raises CompactError when it is outside the compact."""
    chosen = Period.of(period) if period else latest_period(compact, reading.panel)
    faults = check_period(compact, chosen)
    if faults:
        raise CompactError(faults)
    return chosen


def run_case(
    case: str | Path,
    *,
    period: str | None = None,
    seed: int | None = None,
    on: date | None = None,
    progress: _Progress = _silent,
) -> Outcome:
    """Do everything for one case and period; nothing is written.

    Args:
        case: a folder with `compact.yaml`, or the name of a case that ships with the package.
        period: the period to score; default: the year with the most complete figures.
        seed: default: the compact's own.
        on: the day on which lights are read; default: the last day known in the data.
        progress: called with a step's name and the share done.
    Returns:
        The outcome; the same inputs give the same document, byte for byte.
    Raises:
        CompactError, DataError, RuleError: with every fault found.
    """
    progress("check", 0.0)
    compact, reading = open_case(case)
    chosen = pick_period(compact, reading, period=period)
    used_seed = compact.simulate.seed if seed is None else seed
    progress("assess", 0.15)
    assessment = assess(
        compact, panel=reading.panel, period=chosen, seed=used_seed, on=on or known_by(compact, reading.panel)
    )
    progress("simulate", 0.3)
    runs, beyond = _forecast(compact, reading, seed=used_seed, progress=progress)
    progress("validate", 0.7)
    checks = _self_check(used_seed) if runs else ()
    progress("evidence", 0.8)
    evidence = gather_evidence(compact, seed=used_seed)
    progress("diagnose", 0.9)
    diagnosis = diagnose(compact, assessment=assessment, runs=runs, evidence=evidence)
    timeline = draw_timeline(compact)
    calendars = {agreement.id: agreement.calendar for agreement in compact.agreements}
    bargains = [show_comparison(project, compare_rules(project)) for project in read_projects(compact)]
    sheets = [signing_sheet(draft_statement(one, calendar=calendars[one.agreement])) for one in assessment.settlements]
    document = make_document(
        compact,
        reading=replace(reading, problems=(*reading.problems, *beyond)),
        assessment=assessment,
        forecast=(runs, checks),
        diagnosis=diagnosis,
        seed=used_seed,
        sections=(*([timeline] if timeline else ()), *bargains, *evidence.sections),
        sheets=sheets,
    )
    progress("done", 1.0)
    return Outcome(compact, document)


def _forecast(
    compact: Compact, reading: PanelReading, *, seed: int, progress: _Progress
) -> tuple[tuple[Run, ...], list[Problem]]:
    """Simulate; what the model cannot express keeps nobody from being scored and settled, and is told."""
    if not compact.contest:
        return (), []
    try:
        found = compare(
            compact, panel=reading.panel, seed=seed, progress=lambda share: progress("simulate", 0.3 + 0.4 * share)
        )
    except RuleError as error:
        if any(fault.code not in _BEYOND for fault in error.problems):
            raise
        return (), [problem("forecast-left-out", fault.place.path) for fault in error.problems]
    return found, []


def write_outcome(outcome: Outcome, out: Path, *, lang: str) -> tuple[Path, ...]:
    """Write report.html, the CSV tables and result.json; all are made before the first is put in place.

    Args:
        outcome: what `run_case` returned.
        out: the folder; it is made if missing, other files in it stay.
        lang: the language the report opens in.
    Returns:
        The files written.
    """
    from jinghe.report.render import render_html  # jinja2 only where a page is made

    texts = {"report.html": render_html(outcome.document, lang)}
    texts |= {f"{name}.csv": write_csv(name, outcome.document) for name in list_tables(outcome.document)}
    texts["result.json"] = json.dumps(outcome.document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    out.mkdir(parents=True, exist_ok=True)
    return tuple(_replace(out / name, text) for name, text in texts.items())


def _replace(path: Path, text: str) -> Path:
    """Write beside, then rename: a reader never sees half a file."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    Path(name).chmod(0o644)
    Path(name).replace(path)
    return path
