"""The steps of scoring and their settings (考核步骤), and what the rank intervals vary (不确定性设定)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from jinghe.contest.aggregate import AGGREGATIONS
from jinghe.contest.normalise import NORMALISATIONS
from jinghe.contest.spec import read_choice, read_keys, read_list, read_map, read_number_in, read_pair
from jinghe.contest.treat import IMPUTATIONS
from jinghe.errors import CompactError, Problem, attempt, problem

__all__ = ["Steps", "Uncertainty", "read_steps", "read_uncertainty"]

_ORDER = ("screen", "impute", "normalise", "aggregate")
_RELATIVE = tuple(name for name in NORMALISATIONS if name != "goalposts")


@dataclass(frozen=True, slots=True)
class Steps:
    """Settings of the four steps (步骤设定): screen, impute, normalise, aggregate."""

    coverage: float = 0.0
    imputation: str = "none"
    groups: tuple[str, ...] = ()
    normalisation: str = "minmax"
    scale: tuple[float, float] = (1.0, 100.0)
    goalposts: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    aggregation: str = "arithmetic"
    aggregations: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """What the rank intervals vary (名次不确定性): see `rank`."""

    coverage: float = 0.90
    draws: int = 2000
    concentration: float = 50.0
    normalisations: tuple[str, ...] = ("minmax",)


def read_steps(tree: Any) -> tuple[Steps, tuple[Problem, ...]]:
    """Read `contest.steps`, a list of one-key mappings in the order screen, impute, normalise, aggregate.

    Returns the settings and every fault; a faulty step keeps its defaults.
    """
    readers: dict[str, Callable[[Steps, Any], Steps]]
    readers = {"screen": _screen, "impute": _impute, "normalise": _normalise, "aggregate": _aggregate}
    steps, faults, seen = Steps(), list[Problem](), list[str]()
    for entry in read_list(tree):
        whole = {entry: {}} if isinstance(entry, str) else entry
        keys = attempt(faults, partial(read_keys, allowed=_ORDER, path="contest.steps"), whole) or {}
        for name, below in keys.items():
            seen.append(name)
            steps = attempt(faults, partial(readers[name], steps), below or {}) or steps
    if seen != [name for name in _ORDER if name in seen]:
        faults.append(problem("steps-order", "contest.steps", found=", ".join(seen), expected=", ".join(_ORDER)))
    return steps, tuple(faults)


def read_uncertainty(tree: Any) -> Uncertainty:
    """Read `contest.rank`. Raises CompactError."""
    path = "contest.rank"
    keys = read_keys(tree, ("coverage", "draws", "concentration", "normalisations"), path=path)
    default = Uncertainty()
    names = read_list(keys.get("normalisations")) or default.normalisations
    return Uncertainty(
        read_number_in(keys.get("coverage", default.coverage), low=0.5, high=0.999, path=f"{path}.coverage"),
        int(read_number_in(keys.get("draws", default.draws), low=1, high=1e6, path=f"{path}.draws")),
        read_number_in(keys.get("concentration", default.concentration), low=1, high=1e9, path=f"{path}.concentration"),
        tuple(read_choice(name, _RELATIVE, path=f"{path}.normalisations") for name in names),
    )


def _screen(steps: Steps, tree: Any) -> Steps:
    path = "contest.steps[screen]"
    keys = read_keys(tree, ("coverage",), path=path)
    return replace(steps, coverage=read_number_in(keys.get("coverage", 0), low=0, high=1, path=f"{path}.coverage"))


def _impute(steps: Steps, tree: Any) -> Steps:
    path = "contest.steps[impute]"
    keys = read_keys(tree, ("method", "groups"), path=path)
    method = read_choice(keys.get("method", "group_median"), IMPUTATIONS, path=f"{path}.method")
    return replace(steps, imputation=method, groups=tuple(str(name) for name in read_list(keys.get("groups"))))


def _normalise(steps: Steps, tree: Any) -> Steps:
    path = "contest.steps[normalise]"
    keys = read_keys(tree, ("default", "to", "goalposts"), path=path)
    method = read_choice(keys.get("default", "minmax"), NORMALISATIONS, path=f"{path}.default")
    scale = read_pair(keys.get("to", (1, 100)), path=f"{path}.to")
    faults: list[Problem] = []
    posts: dict[str, tuple[float, float]] = {}
    for name, pair in read_map(keys.get("goalposts"), path=f"{path}.goalposts").items():
        ends = attempt(faults, partial(read_pair, path=f"{path}.goalposts.{name}"), pair)
        posts |= {str(name): ends} if ends else {}
    if faults:
        raise CompactError(faults)
    return replace(steps, normalisation=method, scale=scale, goalposts=posts)


def _aggregate(steps: Steps, tree: Any) -> Steps:
    path = "contest.steps[aggregate]"
    words = read_map(tree, path=path)
    means = {str(node): read_choice(mean, AGGREGATIONS, path=f"{path}.{node}") for node, mean in words.items()}
    return replace(steps, aggregation=means.pop("default", "arithmetic"), aggregations=means)
