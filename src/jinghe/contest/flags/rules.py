"""What the flags are told to look at (核查设定), as written in `contest.flags`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jinghe.contest.spec import read_keys, read_list, read_map, read_number_in
from jinghe.errors import CompactError, Problem, attempt

__all__ = ["Check", "FlagRules", "read_flag_rules"]


@dataclass(frozen=True, slots=True)
class Check:
    """A reported series and one beside it that is hard to make up (旁证): electricity, freight, lights at night."""

    figure: str
    beside: str


@dataclass(frozen=True, slots=True)
class FlagRules:
    """What the flags look at beyond the figures themselves (核查设定).

    Args:
        rate: the false-discovery rate over all tests of a run.
        targets: indicator → the series that holds its target.
        checks: reported series with a hard-to-fake one beside each.
        thresholds: unit → the size of a joint item from which on it is treated otherwise.
    """

    rate: float = 0.05
    targets: Mapping[str, str] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    thresholds: Mapping[str, float] = field(default_factory=dict)


def read_flag_rules(tree: Any) -> FlagRules:
    """Read `contest.flags`. Raises CompactError with every fault.

    >>> read_flag_rules({"targets": {"gdp_growth": "gdp_growth_target"}}).rate
    0.05
    """
    path = "contest.flags"
    keys = read_keys(tree or {}, ("rate", "targets", "checks", "thresholds"), path=path)
    faults: list[Problem] = []
    rate = attempt(
        faults, lambda value: read_number_in(value, low=0, high=1, path=f"{path}.rate"), keys.get("rate", 0.05)
    )
    targets = attempt(faults, lambda value: read_map(value, path=f"{path}.targets"), keys.get("targets")) or {}
    checks = [attempt(faults, _check, entry) for entry in read_list(keys.get("checks"))]
    sizes = attempt(faults, lambda value: read_map(value, path=f"{path}.thresholds"), keys.get("thresholds")) or {}
    thresholds = {
        str(unit): attempt(faults, _positive, size, path=f"{path}.thresholds.{unit}") for unit, size in sizes.items()
    }
    if faults or rate is None:
        raise CompactError(faults)
    words = {str(name): str(target) for name, target in targets.items()}
    return FlagRules(
        rate, words, tuple(c for c in checks if c), {unit: size for unit, size in thresholds.items() if size}
    )


def _check(tree: Any) -> Check:
    keys = read_keys(tree, ("figure", "beside"), required=("figure", "beside"), path="contest.flags.checks")
    return Check(str(keys["figure"]), str(keys["beside"]))


def _positive(value: Any) -> float:
    return read_number_in(value, low=1e-300, high=1e300, path="")
