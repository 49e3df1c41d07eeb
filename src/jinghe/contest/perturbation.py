"""What a plan leaves to doubt (扰动项): which of its paths may vary, and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from jinghe.contest.spec import placed, read_keys, read_list, read_number_in
from jinghe.errors import CompactError, Problem, attempt, problem

__all__ = ["Perturbation", "read_perturbations"]

_WAYS = ("choices", "dirichlet", "within", "imputations")
_PLACES = {"dirichlet": "contest.weights", "within": "contest.weights", "imputations": "contest.steps[impute]"}


@dataclass(frozen=True, slots=True)
class Perturbation:
    """One thing that varies from draw to draw (扰动项); exactly one of the four ways is set.

    `choices`: the path takes one of these values, all equally likely. `dirichlet`: weights follow Dirichlet(κ w).
    `within`: weights times 1 ± q, rescaled. `under` names the parents whose children's weights vary; empty = all.
    `imputations`: the impute step takes one of so many multiple imputations.
    """

    path: str
    choices: tuple[Any, ...] = ()
    dirichlet: float | None = None
    within: float | None = None
    imputations: int = 0
    under: tuple[str, ...] = ()

    @property
    def is_weights(self) -> bool:
        """Does it draw weights, rather than choose among plans?"""
        return self.dirichlet is not None or self.within is not None


def read_perturbations(tree: Any) -> tuple[Perturbation, ...]:
    """Read `contest.uncertainty`, a list of {path, and one of choices, dirichlet, within, imputations}.

    Whether the path is in the plan is told by `check_plan`.

    Raises:
        CompactError: with every fault.
    """
    faults: list[Problem] = []
    found = []
    for number, entry in enumerate(read_list(tree)):
        one = attempt(faults, partial(_read_one, path=f"contest.uncertainty[{number}]"), entry)
        found += [one] if one else []
    seen: list[str] = []
    for one in found:
        for part in [f"{one.path} {node}" for node in one.under] or [one.path]:
            if part in seen:
                faults.append(problem("perturbation-twice", "contest.uncertainty", found=one.path))
            seen.append(part)
    if faults:
        raise CompactError(faults)
    return tuple(found)


def _read_one(tree: Any, *, path: str) -> Perturbation:
    keys = read_keys(tree, ("path", *_WAYS, "under"), required=("path",), path=path)
    target = str(keys["path"])
    ways = [way for way in _WAYS if keys.get(way) is not None]
    if len(ways) != 1:
        raise CompactError([problem("perturbation-way", path, found=", ".join(ways) or "—", choices=", ".join(_WAYS))])
    if target != (needed := _PLACES.get(ways[0], target)):
        raise CompactError([problem("perturbation-place", path, way=ways[0], found=target, expected=needed)])
    number = partial(_read_number, keys, path=path)
    choices = keys.get("choices")
    with placed(path):
        _check_choices(choices)
    return Perturbation(
        path=target,
        choices=tuple(choices or ()),
        dirichlet=number("dirichlet", low=1e-3, high=1e9),
        within=number("within", low=1e-9, high=1),
        imputations=int(number("imputations", low=2, high=1000) or 0),
        under=tuple(str(node) for node in read_list(keys.get("under"))),
    )


def _read_number(keys: Mapping[str, Any], name: str, *, low: float, high: float, path: str) -> float | None:
    return None if keys.get(name) is None else read_number_in(keys[name], low=low, high=high, path=f"{path}.{name}")


def _check_choices(choices: Any) -> None:
    if choices is None:
        return
    listed = list(read_list(choices))
    if len(listed) < 2 or any(one == two for k, one in enumerate(listed) for two in listed[:k]):
        shown = ", ".join(str(one) for one in listed) or "—"
        raise CompactError([problem("perturbation-choice", found=shown)])
