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
_MORE = {  # measured of every replication and not in the summary of a run
    "stage": Text("末年所处阶段（0 初始、1 过渡、2 高级）", "Stage at the end (0 initial, 1 transition, 2 advanced)"),
    "years_to_advance": Text("达到高级阶段的年数", "Years until the advanced stage"),
    "theil": Text("贡献差距（泰尔指数）", "Inequality of contribution (Theil)"),
    "survival": Text("末年合作存续（存续为 1）", "Cooperation alive at the end (alive: 1)"),
    "late_share": Text(
        "后五分之二年份在协同努力中所占份额", "Share of joint effort in the last two fifths of the years"
    ),
    "imbalance": Text("收支不平衡的最大值", "Greatest imbalance of transfers"),
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
    return SUMMARY.get(name) or _MORE.get(name) or Text(name, name)
