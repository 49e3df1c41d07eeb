"""Paths of the plan and what they may become (方案路径): resolved against the plan as written, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from typing import Any

from jinghe.contest.contest import Contest, read_contest
from jinghe.contest.perturbation import Perturbation
from jinghe.contest.tree import Tree
from jinghe.errors import Problem, attempt, problem

__all__ = ["NORMALISATION", "apply_choices", "check_plan", "list_options", "list_paths", "set_value"]

NORMALISATION = "contest.steps[normalise].default"
_TOKEN = re.compile(r"([^.\[\]]+)|\[([^\[\]]+)\]")
_WEIGHTS, _IMPUTE = "contest.weights", "contest.steps[impute]"
_ASIDE = ("labels", "prizes", "pools", "uncertainty", "rank", "identities")  # they move no score


def list_paths(tree: Mapping[str, Any]) -> list[str]:
    """List the paths of a contest as written that can move a score, `contest.steps[screen].coverage` among them.

    >>> list_paths({"steps": [{"screen": {"coverage": 0.65}}]})
    ['contest.steps', 'contest.steps[screen]', 'contest.steps[screen].coverage']
    """
    return list(_walk({key: below for key, below in tree.items() if key not in _ASIDE}, "contest"))


def set_value(tree: Mapping[str, Any], path: str, value: Any) -> Mapping[str, Any] | None:
    """Return the contest as written with another value at a path; None when the plan has no such place.

    All but the last part of the path must be there; the last may be a setting left at its default.

    >>> set_value({"credit": {"rule": "equal"}}, "contest.credit.rule", "contribution")
    {'credit': {'rule': 'contribution'}}
    >>> set_value({"credit": {"rule": "equal"}}, "contest.steps[treat].winsor_max", 3) is None
    True
    """
    tokens = [name or f"[{key}]" for name, key in _TOKEN.findall(path)]
    if len(tokens) < 2 or tokens[0] != "contest" or "".join(tokens) != re.sub(r"\.", "", path):
        return None
    put: Mapping[str, Any] | None = _put(tree, tokens[1:], value)
    return put


def list_options(one: Perturbation) -> tuple[Any, ...]:
    """The values a perturbation chooses from; the numbers of the imputations; nothing where it draws weights."""
    return one.choices or tuple(range(one.imputations))


def apply_choices(contest: Contest, choices: Sequence[tuple[Perturbation, int]]) -> Contest:
    """Put the chosen option of each perturbation into the contest, by number; see `list_options`.

    A multiple imputation k is the chain's own with one draw and seed `seed + k`.
    """
    tree: Any = contest.tree
    late: dict[str, Any] = {}
    for one, number in choices:
        put = set_value(tree, one.path, one.choices[number]) if one.choices else None
        tree = tree if put is None else put
        if one.imputations:
            late |= {"draws": 1, "seed": contest.steps.seed + number}
        elif put is None:
            assert one.path == NORMALISATION, "check_plan reports paths that the plan does not have"
            late |= {"normalisation": one.choices[number]}  # a plan that leaves the step out still takes it
    found = contest if tree is contest.tree else read_contest(tree)
    found = replace(found, perturbations=(), uncertainty=replace(found.uncertainty, normalisations=()))
    return replace(found, steps=replace(found.steps, **late)) if late else found


def check_plan(contest: Contest, *, on: date) -> list[Problem]:
    """Check that every perturbation varies something the plan has, and that its choices differ and stand.

    Args:
        contest: with its perturbations.
        on: the day whose weights must stand under every choice.
    Returns:
        `perturbation-path` (with the nearest path) for a path or step that is not in the plan, the reader's own fault
        for a choice it refuses, `perturbation-choice` where two choices mean the same, `node-unknown` under `under`.
    """
    faults: list[Problem] = []
    for number, one in enumerate(contest.perturbations):
        place = f"contest.uncertainty[{number}]"
        faults += _check_weights(contest, one, place) if one.is_weights else _check_options(contest, one, place, on)
    return faults


def _check_weights(contest: Contest, one: Perturbation, place: str) -> Iterator[Problem]:
    nodes = Tree.of(contest.root).nodes
    for name in one.under:
        if name not in nodes:
            near = _near(name, nodes)
            yield problem("node-unknown", f"{place}.under", found=name, choices=", ".join(nodes), nearest=near)
    wide = [node.id for node in contest.branches if len(node.children) > 1]
    if not set(one.under or wide) & set(wide) and set(one.under) <= set(nodes):
        yield problem("perturbation-choice", place, found=", ".join(one.under) or one.path)


def _check_options(contest: Contest, one: Perturbation, place: str, on: date) -> list[Problem]:
    if one.imputations:
        multiple = contest.steps.imputation == "multiple"
        return [] if multiple else [_missing(contest, f"{_IMPUTE}.method = multiple", place)]
    read: list[Contest] = []
    for value in one.choices:
        tree = set_value(contest.tree, one.path, value)
        if tree is None or one.path.split(".")[1].split("[")[0] in _ASIDE:
            return [_missing(contest, one.path, place)]
        read.append(read_contest(tree))
    faults = [p for found in read for p in found.faults if p not in contest.faults]
    for found in () if faults else read:
        attempt(faults, found.weights_on, on)
    if faults:
        return list(dict.fromkeys(p.at(path=f"{place}.choices") for p in faults))
    same = [str(value) for k, value in enumerate(one.choices) if read[k] in read[:k]]
    return [problem("perturbation-choice", place, found=", ".join(same))] if same else []


def _missing(contest: Contest, path: str, place: str) -> Problem:
    return problem("perturbation-path", place, found=path, nearest=_near(path, list_paths(contest.tree)))


def _near(found: str, choices: Sequence[str]) -> str:
    return next(iter(get_close_matches(found, choices, 1, 0)), "—")


def _walk(tree: Any, path: str) -> Iterator[str]:
    if isinstance(tree, Mapping):
        for key, below in tree.items():
            yield f"{path}.{key}"
            yield from _walk(below, f"{path}.{key}")
    elif isinstance(tree, list | tuple):
        for item in tree:
            name, below = _open(item)
            if name:
                yield f"{path}[{name}]"
                yield from _walk(below, f"{path}[{name}]")


def _open(item: Any) -> tuple[str, Any]:
    """How a list item is named in a path: by its one key, its id, or itself, when it is a word of its own."""
    if isinstance(item, Mapping):
        return (str(next(iter(item))), next(iter(item.values()))) if len(item) == 1 else (str(item.get("id", "")), item)
    return (item, {}) if isinstance(item, str) and len(item) > 1 else ("", None)


def _put(tree: Any, tokens: list[str], value: Any) -> Any:
    token, rest = tokens[0], tokens[1:]
    if token.startswith("[") and isinstance(tree, list | tuple):
        names = [_open(item)[0] for item in tree]
        name = token[1:-1]
        if name not in names:
            return None
        at = names.index(name)
        below = _put(_open(tree[at])[1] or {}, rest, value) if rest else value
        wrapped = below if isinstance(tree[at], Mapping) and len(tree[at]) > 1 else {name: below}
        return None if below is None else [*tree[:at], wrapped, *tree[at + 1 :]]
    if token.startswith("[") or not isinstance(tree, Mapping) or (rest and token not in tree):
        return None
    below = _put(tree[token], rest, value) if rest else value
    return None if rest and below is None else {**tree, token: below}
