"""The forecast as a part of the document (推演部分)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from jinghe.labels import Text
from jinghe.simulation import VARIABLES, Check, Estimate, Run

__all__ = ["document_forecast"]

_Tree = dict[str, Any]


def document_forecast(runs: Sequence[Run], checks: Sequence[Check]) -> _Tree:
    """Put the runs (the compact's first) and the simulator's checks as the part that `simulate` prints.

    Args:
        runs: the compact and its alternatives; may be empty.
        checks: what `validate` returned; may be empty.
    Returns:
        A tree: calibrated, survives_without_promotion (None without runs), runs, notes, checks.
    """
    shared = [note for note in (runs[0].notes if runs else ()) if all(note in run.notes for run in runs)]
    return {
        "calibrated": all(run.calibrated for run in runs),
        "survives_without_promotion": runs[0].survives_without_promotion if runs else None,
        "runs": [_run(run, shared) for run in runs],
        "notes": [note.as_dict() for note in shared],
        "checks": [_check(one) for one in checks],
    }


def _run(run: Run, shared: Sequence[Text]) -> _Tree:
    return {
        "id": run.id,
        "label": run.label.as_dict(),
        "periods": list(run.periods),
        "replications": run.replications,
        "regret": run.regret,
        "losers": list(run.losers),
        "survives_without_promotion": run.survives_without_promotion,
        "notes": [note.as_dict() for note in run.notes if note not in shared],
        "variables": {name: _variable(run, name) for name in VARIABLES},
        "summary": [{"id": name, "label": one.label.as_dict()} | _numbers(one) for name, one in run.summary.items()],
    }


def _variable(run: Run, name: str) -> _Tree:
    band = run.regional[name]
    paths = {part: [float(v) for v in getattr(band, part)] for part in ("mean", "low", "high")}
    cities = {code: [float(v) for v in run.means[name][:, i]] for i, code in enumerate(run.codes)}
    return {"label": VARIABLES[name].as_dict()} | paths | {"by_code": cities}


def _numbers(one: Estimate) -> _Tree:
    return {"value": _number(one.value), "error": _number(one.error)}


def _check(one: Check) -> _Tree:
    numbers = {key: _number(getattr(one, key)) for key in ("expected", "simulated", "error", "standard_errors")}
    return {"name": one.name, "setting": one.setting.as_dict(), "passed": bool(one.passed)} | numbers


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
