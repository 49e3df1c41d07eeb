"""What a compact asks to be explored (探索计划): the keys of `explore:` that are no factors, every fault at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from jinghe.compact import Compact, read_fields
from jinghe.compact.path import nearest_word
from jinghe.errors import JingheError, Problem, RuleError, problem
from jinghe.exploration.condition import read_condition
from jinghe.exploration.history import Target
from jinghe.exploration.revise import revise
from jinghe.exploration.withdraw import switch_off
from jinghe.labels import Text

__all__ = ["Ending", "Observed", "Plan", "Step", "read_plan"]

_PARTS = ("levers", "uncertain", "outcomes")  # for `read_space`
_SIZES = {"horizon": 0, "points": 64, "replications": 100, "policies": 16, "scenarios": 16, "observed_years": 0}


@dataclass(frozen=True, slots=True)
class Step:
    """A set of rules with a name (方案): what it changes in the compact."""

    id: str
    label: Text
    changes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Ending:
    """Levers that end on a day, under several sets of rules (撤除设定)."""

    levers: tuple[str, ...]
    on: date
    cases: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Observed:
    """A figure to be matched with what it is (观测统计量)."""

    target: Target
    label: Text


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be explored (探索计划).

    Attributes:
        space: levers, uncertainties and outcomes as written, for `read_space`.
        horizon: years of sweeps and of the study.
        points, replications, policies, scenarios: sizes.
        when: the condition that is sought, empty where none is written.
        objectives: outcome → `max` or `min`.
        satisfy: conditions.
        observed_years: end of which year of the compact the figures to be matched are of.
        observed: figures to be matched.
        steps: sets of rules compared in turn; `ending`: the withdrawal.
    """

    space: Mapping[str, Any]
    horizon: int
    points: int
    replications: int
    policies: int
    scenarios: int
    when: str
    objectives: Mapping[str, str]
    satisfy: tuple[str, ...]
    observed_years: int
    observed: tuple[Observed, ...]
    steps: tuple[Step, ...]
    ending: Ending | None


def read_plan(compact: Compact, *, known: tuple[str, ...], tree: Mapping[str, Any] | None = None) -> Plan:
    """Read `explore:` of a compact, its factors apart.

    Args:
        compact: the rules.
        known: outcomes that exist.
        tree: keys that replace those of the compact.
    Raises:
        RuleError: every fault at once: an unknown key or outcome, a condition that cannot be read, a lever that cannot
            be left out, a path or value that the compact refuses.
    """
    given = {**(compact.tree.get("explore") or {}), **(tree or {})}
    faults = list(_find_faults(given, known))
    steps, wrong = _read_steps(compact, given.get("steps") or ())
    written = given.get("withdrawal") or {}
    cases, more = _read_steps(compact, written.get("cases") or ())
    if faults := [*faults, *wrong, *more]:
        raise RuleError(faults)
    sizes = {name: int(given.get(name, default)) for name, default in _SIZES.items()}
    sizes["horizon"] = sizes["horizon"] or compact.simulate.horizon
    sizes["observed_years"] = sizes["observed_years"] or compact.simulate.horizon
    return Plan(
        space={name: given[name] for name in _PARTS if given.get(name)},
        when=str(given.get("when") or ""),
        objectives=dict(given.get("objectives") or {}),
        satisfy=tuple(given.get("satisfy") or ()),
        observed=tuple(_read_observed(item) for item in given.get("targets") or ()),
        steps=steps,
        ending=Ending(tuple(written["levers"]), written["on"], cases) if written else None,
        **sizes,
    )


def _find_faults(given: Mapping[str, Any], known: tuple[str, ...]) -> Iterator[Problem]:
    keys = {field.path.split(".")[1].partition("[")[0] for field in read_fields() if field.path.startswith("explore.")}
    listed = ", ".join(sorted(keys))
    yield from (problem("explore-key", found=key, known=listed) for key in given if key not in keys)
    named = [("explore.objectives", name) for name in given.get("objectives") or ()]
    named += [("explore.targets", str(item["outcome"])) for item in given.get("targets") or ()]
    for words in [*([given["when"]] if given.get("when") else []), *(given.get("satisfy") or ())]:
        try:
            named.append(("explore", read_condition(words).outcome))
        except RuleError as error:
            yield from error.problems
    for path, name in named:
        if name not in known:
            yield problem("outcome-unknown", path, found=name, nearest=nearest_word(name, known))


def _read_steps(compact: Compact, listed: Any) -> tuple[tuple[Step, ...], list[Problem]]:
    """Read sets of rules; levers that are never there are switched off before the first year."""
    steps, faults = [], list[Problem]()
    first = date(compact.in_force[0].year, 1, 1)
    for item in listed:
        try:
            changes = dict(item.get("set") or {})
            for lever in item.get("without") or ():
                changes |= switch_off(compact, lever, on=first)
            revise(compact, changes)
        except JingheError as error:
            faults += error.problems
            continue
        steps.append(Step(item["id"], Text.of(item["label"]), changes))
    return tuple(steps), faults


def _read_observed(item: Mapping[str, Any]) -> Observed:
    observed, error, gap = (float(item.get(name) or 0) for name in ("observed", "error", "discrepancy"))
    return Observed(Target(item["outcome"], observed, error, gap), Text.of(item["label"]))
