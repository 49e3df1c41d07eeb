"""What may vary (因素): a path of the compact with a range, choices or a distribution."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jinghe.errors import RuleError, problem
from jinghe.labels import Text

__all__ = ["Array", "Factor", "read_factor"]

Array = NDArray[np.float64]

_NEEDS = {
    "uniform": ("low", "high"),
    "triangular": ("low", "mode", "high"),
    "normal": ("mean", "sd", "low", "high"),
    "beta": ("a", "b"),
}
_MAY = {"beta": ("low", "high")}
_LIKE = "[0, 0.5], {range: [0, 6], whole: true}, {choices: [a, b]}, {dist: beta, a: 3, b: 3}"


@dataclass(frozen=True, slots=True)
class Factor:
    """A lever or an uncertainty (因素): values by quantile, or one of the choices.

    `dist` is uniform, triangular, normal (truncated to low…high) or beta (on low…high), with its numbers in `numbers`;
    empty where there are choices. `whole`: rounded to whole numbers, every one of them as likely as its neighbours.
    """

    path: str
    is_lever: bool
    label: Text
    choices: tuple[Any, ...] = ()
    dist: str = ""
    numbers: Mapping[str, float] | None = None
    whole: bool = False

    @property
    def is_ordered(self) -> bool:
        """Do its values have an order: a range, or choices that are numbers in rising order?"""
        numbers = [isinstance(value, int | float) and not isinstance(value, bool) for value in self.choices]
        return not self.choices or (all(numbers) and list(self.choices) == sorted(self.choices))

    def values(self, quantiles: Array) -> list[Any]:
        """Return the values at quantiles in [0, 1]: F⁻¹(u), or the choice in whose k-th part of [0, 1] u lies.

        >>> Factor("x", is_lever=True, label=Text("x", "x"), choices=("a", "b")).values(np.array([0.2, 0.7]))
        ['a', 'b']
        """
        if self.choices:
            return [self.choices[at] for at in _bins(quantiles, len(self.choices))]
        given = dict(self.numbers or {})
        if self.whole:
            low, high = round(given["low"]), round(given["high"])
            return [low + int(at) for at in _bins(quantiles, high - low + 1)]
        return [float(value) for value in _invert(self.dist, given, np.asarray(quantiles, dtype=float))]

    def as_dict(self) -> dict[str, Any]:
        """Return what it varies over, for the identity of a sweep."""
        given = {"choices": list(self.choices)} if self.choices else {"dist": self.dist, **(self.numbers or {})}
        return {"path": self.path, "lever": self.is_lever, "whole": self.whole, **given}


def read_factor(path: str, given: Any, *, label: Text, is_lever: bool) -> Factor:
    """Read what a path may become: `[low, high]`, a list of choices, `{range: …, whole: true}`, `{dist: …}`.

    Two numbers are a range; `{choices: [0, 1]}` makes them choices.

    Raises:
        RuleError: `factor-values`, when it cannot be understood.
    """
    factor = Factor(path, is_lever, label)
    if isinstance(given, list | tuple):
        spread = {"range": given} if len(given) == 2 and all(map(_is_number, given)) else {"choices": given}
        return read_factor(path, spread, label=label, is_lever=is_lever)
    if isinstance(given, Mapping) and set(given) == {"choices"} and isinstance(given["choices"], list | tuple):
        choices = tuple(given["choices"])
        if len({repr(value) for value in choices}) == len(choices) > 1:
            return replace(factor, choices=choices)
    elif isinstance(given, Mapping) and "range" in given and set(given) <= {"range", "whole"}:
        if (ends := _ends(given["range"])) and isinstance(whole := given.get("whole", False), bool):
            return replace(factor, dist="uniform", numbers=dict(zip(("low", "high"), ends, strict=True)), whole=whole)
    elif isinstance(given, Mapping) and given.get("dist") in _NEEDS:
        numbers = {str(key): value for key, value in given.items() if key != "dist"}
        if _stands(given["dist"], numbers):
            bounds = {"low": 0.0, "high": 1.0} if given["dist"] == "beta" else {}
            return replace(factor, dist=given["dist"], numbers=bounds | {k: float(v) for k, v in numbers.items()})
    raise RuleError([problem("factor-values", path, found=given, like=_LIKE)])


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and bool(np.isfinite(value))


def _ends(given: Any) -> tuple[float, float] | None:
    if not isinstance(given, list | tuple) or len(given) != 2 or not all(map(_is_number, given)):
        return None
    return (float(given[0]), float(given[1])) if given[0] < given[1] else None


def _stands(dist: str, numbers: Mapping[str, Any]) -> bool:
    needed, may = _NEEDS[dist], _MAY.get(dist, ())
    if not set(needed) <= set(numbers) <= {*needed, *may} or not all(map(_is_number, numbers.values())):
        return False
    low, high = numbers.get("low", 0.0), numbers.get("high", 1.0)
    inside = low <= numbers.get("mode", low) <= high and low < high
    return inside and all(numbers.get(name, 1.0) > 0 for name in ("a", "b", "sd"))


def _bins(quantiles: Array, count: int) -> list[int]:
    return [min(int(u * count), count - 1) for u in np.asarray(quantiles, dtype=float)]


def _invert(dist: str, p: Mapping[str, float], u: Array) -> Array:
    from scipy.special import betaincinv, ndtr, ndtri  # heavy: only where something is sampled

    low, high = p["low"], p["high"]
    if dist == "uniform":
        return np.asarray(low + u * (high - low))
    if dist == "beta":
        return np.asarray(low + (high - low) * betaincinv(p["a"], p["b"], u))
    if dist == "normal":
        ends = ndtr((low - p["mean"]) / p["sd"]), ndtr((high - p["mean"]) / p["sd"])
        return np.asarray(np.clip(p["mean"] + p["sd"] * ndtri(ends[0] + u * (ends[1] - ends[0])), low, high))
    left = (p["mode"] - low) / (high - low)
    rising = low + np.sqrt(u * left) * (high - low)
    falling = high - np.sqrt((1 - u) * (1 - left)) * (high - low)
    return np.asarray(np.where(u < left, rising, falling))
