"""Levers and uncertainties (推演空间): read from a mapping, and tried on the compact before anything is run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from hashlib import sha256
from typing import Any

import numpy as np

from jinghe.compact import Compact, read_fields, replace_values
from jinghe.compact.dictionary import Field, find_field
from jinghe.compact.path import list_paths, nearest_word, parse_path
from jinghe.errors import JingheError, Place, Problem, RuleError, problem
from jinghe.exploration.factor import Factor, read_factor
from jinghe.exploration.revise import complete_weights
from jinghe.labels import Text
from jinghe.panel import Panel
from jinghe.simulation.scenario import read_setting

__all__ = ["Space", "list_levers", "name_path", "read_space", "rules_mark"]

_HEADS = ("contest.weights.", "contest.prizes[", "contracts[", "platform.", "simulate.parameters.")
_KEYS = ("levers", "uncertain", "outcomes")
_VARIED = ("number", "integer", "share", "money", "date")


@dataclass(frozen=True, slots=True)
class Space:
    """What is varied and what is watched (推演空间): levers first, then uncertainties; no outcome named means all."""

    factors: tuple[Factor, ...]
    outcomes: tuple[str, ...] = ()

    @property
    def levers(self) -> tuple[Factor, ...]:
        """What the province can set."""
        return tuple(factor for factor in self.factors if factor.is_lever)

    @property
    def uncertain(self) -> tuple[Factor, ...]:
        """What nobody can set."""
        return tuple(factor for factor in self.factors if not factor.is_lever)


def read_space(compact: Compact, tree: Mapping[str, Any], *, panel: Panel, known: tuple[str, ...] = ()) -> Space:
    """Read `{levers: {path: values}, uncertain: {path: values}, outcomes: [names]}` and try every path's ends.

    Each end (each choice) is put into the compact alone and the whole is checked; a path whose values all give the
    simulator the same rules is refused as one it does not use.

    Args:
        compact: the rules.
        tree: as under `explore:` in the compact file.
        panel: observations.
        known: outcomes that exist.
    Returns:
        The space, levers first.
    Raises:
        RuleError: every fault at once: unknown or unused path (with the nearest lever), values that cannot be
            understood or that the compact refuses, an outcome that does not exist, nothing to vary.
    """
    faults = [problem("explore-key", found=key, known=", ".join(_KEYS)) for key in tree if key not in _KEYS]
    factors: list[Factor] = []
    for group in ("levers", "uncertain"):
        for path, given in (tree.get(group) or {}).items():
            try:
                factor = read_factor(path, given, label=name_path(compact, path), is_lever=group == "levers")
            except RuleError as error:
                faults += error.problems
                continue
            if _holds_whole_numbers(path) and factor.dist == "uniform":
                factor = replace(factor, whole=True)
            factors.append(factor)
            faults += _try(compact, factor, panel=panel)
    paths = [factor.path for factor in factors]
    faults += [problem("factor-twice", path) for path in dict.fromkeys(paths) if paths.count(path) > 1]
    outcomes = tuple(str(name) for name in tree.get("outcomes") or ())
    if known:
        wrong = [name for name in outcomes if name not in known]
        faults += [problem("outcome-unknown", found=name, nearest=nearest_word(name, known)) for name in wrong]
    if not factors and not faults:
        faults.append(problem("explore-empty"))
    if faults:
        raise RuleError(faults)
    return Space(tuple(factors), outcomes)


def list_levers(compact: Compact) -> tuple[str, ...]:
    """List the paths of a compact that its simulation may use, whether written or left at their default."""
    tree = compact.tree
    written = [path for path in list_paths(tree) if path.startswith(_HEADS)]
    nodes = compact.contest.root.walk() if compact.contest else ()
    weights = [f"contest.weights.{node.id}" for node in nodes if compact.contest and node is not compact.contest.root]
    plain = [field.path for field in read_fields() if field.path.startswith(("simulate.parameters.", "platform."))]
    contracts = [f"contracts[{contract.id}].due" for contract in compact.contracts]
    listed = dict.fromkeys((*written, *weights, *contracts, *(path for path in plain if "*" not in path)))
    return tuple(path for path in listed if _may_vary(path))


def _may_vary(path: str) -> bool:
    """Is it a number, a share, an amount or a day, or a word of the simulation: nothing that only names or tells?"""
    field = _find_field(path)
    if field is None:
        return False
    return field.type.removeprefix("dated ") in _VARIED or (bool(field.choices) and path.startswith("simulate."))


def name_path(compact: Compact, path: str) -> Text:
    """Name a path in words: the field of the dictionary, and whose it is where it has an owner.

    What the dictionary does not know is named by its path.
    """
    tokens, field = parse_path(path.partition("@")[0]) or (), _find_field(path)
    if field is None:
        return Text(path, path)
    owner = None
    if path.startswith("contest.weights.") and compact.contest:
        owner = compact.contest.label(tokens[-1][1])
    for kind, word in tokens:
        titles = {contract.id: contract.title for contract in compact.contracts}
        owner = (titles.get(word) or Text.of(word)) if kind == "item" else owner
    if owner is None:
        return field.label
    zh, en = (words.replace("“", "‘").replace("”", "’") for words in (owner.zh, owner.en))
    return Text(f"“{zh}”的{field.label.zh}", f"{field.label.en} of “{en}”")


def _find_field(path: str) -> Field | None:
    tokens = parse_path(path.partition("@")[0])
    return find_field(tuple(0 if kind == "item" else word for kind, word in tokens)) if tokens else None


def _holds_whole_numbers(path: str) -> bool:
    field = _find_field(path)
    return field is not None and field.type == "integer"


def _try(compact: Compact, factor: Factor, *, panel: Panel) -> list[Problem]:
    ends = np.linspace(0, 1, len(factor.choices) or 2)
    marks = set()
    for value in factor.values(ends):
        try:
            changed = replace_values(compact, complete_weights(compact, {factor.path: value}))
            marks.add(rules_mark(changed, panel))
        except JingheError as error:
            if any(fault.code in ("path-unknown", "node-unknown") for fault in error.problems):
                return [problem("lever-unknown", found=factor.path, nearest=_nearest(compact, factor.path))]
            return [replace(fault, place=Place(path=f"{factor.path} = {value}")) for fault in error.problems]
    is_shared = factor.path.startswith("simulate.") and not factor.path.startswith("simulate.parameters.")
    if len(marks) < 2 or is_shared:
        return [problem("lever-unused", found=factor.path, nearest=_nearest(compact, factor.path))]
    return []


def _nearest(compact: Compact, path: str) -> str:
    return nearest_word(path, [one for one in list_levers(compact) if one != path])


def rules_mark(compact: Compact, panel: Panel) -> str:
    """Return what the simulator makes of a compact, its notes apart, to see whether a change reaches it."""
    setting = read_setting(compact, panel=panel)
    told = [_spell(getattr(setting, field.name)) for field in fields(setting) if field.name != "notes"]
    return sha256("|".join(told).encode()).hexdigest()


def _spell(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"{value.dtype}{value.shape}{value.tobytes().hex()}"
    if is_dataclass(value) and not isinstance(value, type):
        return f"({'|'.join(_spell(getattr(value, field.name)) for field in fields(value))})"
    if isinstance(value, list | tuple):
        return f"[{'|'.join(map(_spell, value))}]"
    return repr(value)
