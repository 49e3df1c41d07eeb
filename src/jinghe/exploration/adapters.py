"""Adapters to SALib and the EMA Workbench (适配器): for those who know them; imported only when asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

import numpy as np

from jinghe.errors import RuleError, problem
from jinghe.exploration.factor import Factor
from jinghe.exploration.model import Model

__all__ = ["ema_model", "salib_problem"]


def salib_problem(factors: Sequence[Factor]) -> dict[str, Any]:
    """Describe factors as a SALib problem: every one uniform on [0, 1], to be scaled by `Factor.values`.

    Quantiles keep whole numbers, choices and any distribution exact, which bounds alone would not.

    >>> from jinghe.labels import Text
    >>> salib_problem([Factor("x", True, Text("x", "x"), choices=("a", "b"))])
    {'num_vars': 1, 'names': ['x'], 'bounds': [[0.0, 1.0]]}
    """
    return {
        "num_vars": len(factors),
        "names": [factor.path for factor in factors],
        "bounds": [[0.0, 1.0] for _ in factors],
    }


def ema_model(model: Model, factors: Sequence[Factor], *, replications: int, outcomes: Sequence[str] = ()) -> Any:
    """Wrap a model for the EMA Workbench: parameters are quantiles on [0, 1], outcomes are means over replications.

    Replications share their draws in all experiments: the workbench passes no seed, and needs none.

    Args:
        model: what is run.
        factors: levers and uncertainties.
        replications: of each experiment.
        outcomes: names; default: all.
    Returns:
        An `ema_workbench.Model` with `uncertainties`, `levers` and `outcomes` set; names are `f0`, `f1` … in the order
        of the factors, since a path is no name of a Python argument.
    Raises:
        RuleError: `package-missing`, when the workbench is not installed.
    """
    try:
        ema = import_module("ema_workbench")
    except ImportError as error:
        raise RuleError([problem("package-missing", found="ema_workbench", extra="ema_workbench")]) from error
    names = {f"f{at}": factor for at, factor in enumerate(factors)}
    watched = tuple(outcomes or model.outcomes)

    def run(**quantiles: float) -> Mapping[str, float]:
        changes = {factor.path: factor.values(np.array([quantiles[name]]))[0] for name, factor in names.items()}
        found = model(changes, 0, replications)
        return {name: float(np.nanmean(found[name])) for name in watched}

    wrapped = ema.Model("jinghe", function=run)
    wrapped.levers = [ema.RealParameter(name, 0, 1) for name, factor in names.items() if factor.is_lever]
    wrapped.uncertainties = [ema.RealParameter(name, 0, 1) for name, factor in names.items() if not factor.is_lever]
    wrapped.outcomes = [ema.ScalarOutcome(name) for name in watched]
    return wrapped
