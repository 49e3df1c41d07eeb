"""What is asked of an outcome (条件): `survival<0.5` read, tested and said in words."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jinghe.errors import RuleError, problem
from jinghe.exploration.factor import Array
from jinghe.labels import Text
from jinghe.simulation import SUMMARY

__all__ = ["Condition", "name_outcome", "read_condition"]

_SIGNS: dict[str, Callable[[Any, Any], Any]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
}
_WORDS = {
    "<=": Text("不高于", "at most"),
    ">=": Text("不低于", "at least"),
    "<": Text("低于", "below"),
    ">": Text("高于", "above"),
}


@dataclass(frozen=True, slots=True)
class Condition:
    """An outcome, a sign and a bound (条件)."""

    outcome: str
    sign: str
    bound: float

    def holds(self, values: Array) -> NDArray[np.bool_]:
        """Where it holds; nowhere where the value is undefined."""
        return np.asarray(_SIGNS[self.sign](values, self.bound), dtype=bool)

    @property
    def words(self) -> Text:
        """Say it in both languages."""
        name, sign = name_outcome(self.outcome), _WORDS[self.sign]
        return Text(f"{name.zh}{sign.zh} {self.bound:g}", f"{name.en} {sign.en} {self.bound:g}")


def read_condition(words: str) -> Condition:
    """Read `outcome<bound`, with one of < <= > >=.

    Raises:
        RuleError: `condition-unreadable`.

    >>> read_condition("survival < 0.5")
    Condition(outcome='survival', sign='<', bound=0.5)
    """
    match = re.fullmatch(r"\s*(\w+)\s*(<=|>=|<|>)\s*([-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)\s*", words)
    if match is None:
        raise RuleError([problem("condition-unreadable", found=words)])
    return Condition(match[1], match[2], float(match[3]))


def name_outcome(name: str) -> Text:
    """Name an outcome as the simulator does, else by its id."""
    return SUMMARY.get(name) or Text(name, name)
