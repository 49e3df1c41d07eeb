"""Indicators, how each is measured, and the tree they hang in (指标与指标树)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinghe.contest.formula import FORMULAS, Formula
from jinghe.contest.register import STATUSES
from jinghe.contest.spec import placed, read_choice, read_keys, read_number_in
from jinghe.errors import CompactError, problem
from jinghe.labels import Text
from jinghe.units import Period, unit_name

__all__ = [
    "Convergence",
    "Identity",
    "Indicator",
    "Measure",
    "Node",
    "Ratio",
    "Register",
    "read_identity",
    "read_indicator",
    "read_tree",
]

_DIRECTIONS = {"positive": 1, "negative": -1}


@dataclass(frozen=True, slots=True)
class Ratio:
    """One series over another (比值): factor · of_t / over_s, where s is `over_period` or the scored period."""

    of: str
    over: str
    over_period: str | None = None
    factor: float = 1.0

    @property
    def series(self) -> tuple[tuple[str, str | None], ...]:
        """The series read, each with its own period or None for the scored one."""
        return ((self.of, None), (self.over, self.over_period))


@dataclass(frozen=True, slots=True)
class Register:
    """Points of the joint items dated inside a window (协同事项登记); without a window, inside the scored period."""

    points: Mapping[str, float]
    window: Period | None = None

    @property
    def series(self) -> tuple[tuple[str, str | None], ...]:
        """No series: the register is read."""
        return ()


@dataclass(frozen=True, slots=True)
class Convergence:
    """How much closer to the mean of all contestants a city came in one year (趋同), in log points."""

    level: str
    growth: str
    over: str
    over_period: str | None = None

    @property
    def series(self) -> tuple[tuple[str, str | None], ...]:
        """The series read, each with its own period or None for the scored one."""
        return ((self.level, None), (self.growth, None), (self.over, self.over_period))


Measure = Ratio | Register | Convergence | Formula


@dataclass(frozen=True, slots=True)
class Identity:
    """A published ratio that its published parts must give within rounding (勾稽关系): ratio = of / over."""

    ratio: str
    of: str
    over: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing that is measured (指标). `direction` is +1 when more is better, −1 when less is.

    Without `measure` the figure itself is read from the panel. `period` is read in place of the scored period.
    `goalposts` are the fixed ends of its scale, if it has any.
    """

    id: str
    label: Text
    unit: Text
    direction: int = 1
    measure: Measure | None = None
    goalposts: tuple[float, float] | None = None
    period: str | None = None

    @property
    def series(self) -> tuple[tuple[str, str | None], ...]:
        """The panel series this indicator reads, each with its own period or None for the scored one."""
        if self.measure is None:
            return ((self.id, self.period),)
        return tuple((name, period or self.period) for name, period in self.measure.series)


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the indicator tree (指标树节点); a leaf names an indicator."""

    id: str
    children: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """Yield this node and all below it, parents before children."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def leaves(self) -> tuple[str, ...]:
        """Ids of the leaves, left to right.

        >>> read_tree({"index": {"growth": ["gdp", "rd"], "green": ["air"]}}).leaves
        ('gdp', 'rd', 'air')
        """
        return tuple(node.id for node in self.walk() if not node.children)


def read_indicator(name: str, tree: Any) -> Indicator:
    """Read one entry of `contest.indicators`. Raises CompactError."""
    path = f"contest.indicators.{name}"
    keys = read_keys(tree, ("label", "unit", "direction", "measure", "period"), path=path)
    direction = read_choice(keys.get("direction", "positive"), _DIRECTIONS, path=f"{path}.direction")
    period = keys.get("period")
    measure = keys.get("measure")
    with placed(f"{path}.label"):
        label = Text.of(keys.get("label") or name)
    with placed(f"{path}.unit"):
        unit = _unit(keys.get("unit"))
    return Indicator(
        id=name,
        label=label,
        unit=unit,
        direction=_DIRECTIONS[direction],
        measure=None if measure is None else _measure(measure, path=f"{path}.measure"),
        period=None if period is None else _period(period, path=f"{path}.period").name,
    )


def read_tree(tree: Any) -> Node:
    """Read `contest.tree`: nested mappings, with lists of indicator ids at the ends; one root. Raises CompactError."""
    if not isinstance(tree, Mapping) or len(tree) != 1:
        found = ", ".join(map(str, tree)) if isinstance(tree, Mapping) else str(tree)
        raise CompactError([problem("tree-root", "contest.tree", found=found or "—")])
    [(name, below)] = tree.items()
    root = _node(str(name), below)
    if not root.children:
        raise CompactError([problem("tree-shape", "contest.tree", node=name, found=below)])
    names = [node.id for node in root.walk()]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise CompactError([problem("node-duplicate", "contest.tree", found=name) for name in twice])
    return root


def _node(name: str, below: Any) -> Node:
    if below is None:
        return Node(name)
    if isinstance(below, Mapping):
        return Node(name, tuple(_node(str(key), value) for key, value in below.items()))
    if isinstance(below, str):
        return Node(name, (Node(below),))
    if not isinstance(below, Sequence):
        raise CompactError([problem("tree-shape", "contest.tree", node=name, found=below)])
    parts = [_node(name, part).children if isinstance(part, Mapping) else (Node(str(part)),) for part in below]
    return Node(name, tuple(node for part in parts for node in part))


def _unit(unit: Any) -> Text:
    if unit is None:
        return Text("", "")
    return Text(unit_name(unit, "zh"), unit_name(unit, "en")) if isinstance(unit, str) else Text.of(unit)


def _period(value: Any, *, path: str) -> Period:
    with placed(path):
        return Period.of(value)


def _measure(tree: Any, *, path: str) -> Measure:
    kinds: dict[str, Callable[[Any, str], Measure]]
    kinds = {"ratio": _ratio, "register": _register, "convergence": _convergence, **FORMULAS}
    keys = read_keys(tree, tuple(kinds), path=path)
    if len(keys) != 1:
        raise CompactError([problem("contest-mapping", path, found=", ".join(keys) or "—", expected=" | ".join(kinds))])
    [(kind, below)] = keys.items()
    return kinds[kind](below, f"{path}.{kind}")


def _ratio(tree: Any, path: str) -> Ratio:
    keys = read_keys(tree, ("of", "over", "over_period", "factor"), required=("of", "over"), path=path)
    factor = read_number_in(keys.get("factor", 1), low=-1e300, high=1e300, path=f"{path}.factor")
    return Ratio(str(keys["of"]), str(keys["over"]), _period_name(keys, path), factor)


def _register(tree: Any, path: str) -> Register:
    keys = read_keys(tree, ("window", "points"), required=("points",), path=path)
    window = keys.get("window")
    points = read_keys(keys["points"], STATUSES, path=f"{path}.points")
    worth = {
        status: read_number_in(value, low=0, high=1e9, path=f"{path}.points.{status}")
        for status, value in points.items()
    }
    return Register(worth, None if window is None else _period(window, path=f"{path}.window"))


def _convergence(tree: Any, path: str) -> Convergence:
    needed = ("level", "growth", "over")
    keys = read_keys(tree, (*needed, "over_period"), required=needed, path=path)
    return Convergence(str(keys["level"]), str(keys["growth"]), str(keys["over"]), _period_name(keys, path))


def _period_name(keys: Mapping[str, Any], path: str) -> str | None:
    found = keys.get("over_period")
    return None if found is None else _period(found, path=f"{path}.over_period").name


def read_identity(tree: Any) -> Identity:
    """Read one entry of `contest.identities`. Raises CompactError.

    >>> read_identity({"ratio": "rd_intensity", "of": "rd_expenditure", "over": "gdp"}).over
    'gdp'
    """
    names = ("ratio", "of", "over")
    keys = read_keys(tree, names, required=names, path="contest.identities")
    return Identity(*(str(keys[name]) for name in names))
