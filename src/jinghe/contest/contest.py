"""The rules of a collaborative contest (协同竞赛规则), read from `contest:` of a compact and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any

from jinghe.contest.credit import RULES
from jinghe.contest.indicator import Identity, Indicator, Node, read_identity, read_indicator, read_tree
from jinghe.contest.prize import Prize, read_prize
from jinghe.contest.spec import read_choice, read_keys, read_list, read_map
from jinghe.contest.steps import Steps, Uncertainty, read_steps, read_uncertainty
from jinghe.contest.weight import DatedWeight, read_weight, resolve_weights
from jinghe.errors import Problem, attempt
from jinghe.labels import Text

__all__ = ["Contest", "read_contest"]

_KEYS = ("indicators", "tree", "labels", "weights", "steps", "credit", "rank", "prizes", "identities", "level")


@dataclass(frozen=True, slots=True)
class Contest:
    """A contest as written (竞赛). `faults` is what reading found; then nothing is scored."""

    indicators: tuple[Indicator, ...]
    root: Node
    weights: Mapping[str, DatedWeight] = field(default_factory=dict)
    steps: Steps = field(default_factory=Steps)
    credit: str = "equal"
    uncertainty: Uncertainty = field(default_factory=Uncertainty)
    prizes: tuple[Prize, ...] = ()
    labels: Mapping[str, Text] = field(default_factory=dict)
    identities: tuple[Identity, ...] = ()
    level: str = "prefecture"
    faults: tuple[Problem, ...] = ()

    @property
    def branches(self) -> tuple[Node, ...]:
        """The inner nodes, root first."""
        return tuple(node for node in self.root.walk() if node.children)

    @property
    def screen_coverage(self) -> float:
        """The share of cities an indicator must cover."""
        return self.steps.coverage

    @property
    def units(self) -> dict[str, str]:
        """The unit that each figure read straight from the panel must have, for `read_panel`."""
        return {item.id: item.unit.zh for item in self.indicators if item.measure is None and item.unit.zh}

    @property
    def series(self) -> tuple[tuple[str, str | None], ...]:
        """All panel series the tree reads, each with its own period or None for the scored one."""
        return tuple(dict.fromkeys(pair for leaf in self.root.leaves for pair in self.indicator(leaf).series))

    def indicator(self, name: str) -> Indicator:
        """Find an indicator by id. Raises KeyError: `check_contest` has already reported unknown ones."""
        return {item.id: item for item in self.indicators}[name]

    def label(self, node: str) -> Text:
        """Name a node of the tree: its indicator's label, its entry in `labels`, or its id."""
        own = next((item.label for item in self.indicators if item.id == node), None)
        return own or self.labels.get(node) or Text.of(node)

    def aggregation(self, node: str) -> str:
        """The mean of a node: arithmetic or geometric."""
        return self.steps.aggregations.get(node, self.steps.aggregation)

    def scaling(self, leaf: str) -> str:
        """How a leaf is normalised: by goalposts if it has them, else as the step says."""
        return "goalposts" if self.indicator(leaf).goalposts else self.steps.normalisation

    def weight(self, node: str, on: date) -> float:
        """Weight of a node among its siblings on that day. Raises RuleError when weights do not stand."""
        return self.weights_on(on)[node]

    def weights_on(self, on: date) -> dict[str, float]:
        """Weights of all nodes on that day, before anything is dropped; see `resolve_weights`."""
        return resolve_weights(self.root, weights=self.weights, on=on)

    def change_dates(self) -> tuple[date, ...]:
        """Days on which a weight changes, in order."""
        days = {day for weight in self.weights.values() for day, _ in weight if day > date.min}
        return tuple(sorted(days))


def read_contest(tree: Mapping[str, Any]) -> Contest:
    """Read `contest:` of a compact. Faults are kept in the result, for `check_contest` to report all at once.

    A part that cannot be read is left out or takes its default, so that the rest can be checked; `score` refuses the
    contest then.

    Args:
        tree: the mapping under `contest:`, as YAML gives it.
    Returns:
        The contest, with `faults`.
    """
    faults: list[Problem] = []
    attempt(faults, partial(read_keys, allowed=_KEYS, required=("indicators", "tree"), path="contest"), tree)
    if not isinstance(tree, Mapping):
        return Contest((), Node("index"), faults=tuple(faults))
    root = attempt(faults, read_tree, tree["tree"]) if tree.get("tree") is not None else None
    steps, found = read_steps(tree.get("steps") or [])
    faults += found
    contest = Contest(
        indicators=_indicators(tree.get("indicators"), steps, faults),
        root=root or Node("index"),
        weights=_weights(tree.get("weights"), faults),
        steps=steps,
        prizes=_prizes(tree.get("prizes"), faults),
        labels=_labels(tree.get("labels"), faults),
        identities=_identities(tree.get("identities"), faults),
        credit=attempt(faults, _credit, tree.get("credit")) or "equal",
        uncertainty=attempt(faults, read_uncertainty, tree.get("rank") or {}) or Uncertainty(),
        level=str(tree.get("level", "prefecture")),
    )
    return replace(contest, faults=tuple(faults))


def _indicators(tree: Any, steps: Steps, faults: list[Problem]) -> tuple[Indicator, ...]:
    found = []
    for key, below in (attempt(faults, partial(read_map, path="contest.indicators"), tree) or {}).items():
        name = str(key)
        blank = Indicator(name, Text(name, name), Text("", ""))  # stands in, so that the tree still finds it
        item = attempt(faults, partial(read_indicator, name), below) or blank
        found.append(replace(item, goalposts=steps.goalposts.get(name)))
    return tuple(found)


def _weights(tree: Any, faults: list[Problem]) -> dict[str, DatedWeight]:
    found: dict[str, DatedWeight] = {}
    for key, value in (attempt(faults, partial(read_map, path="contest.weights"), tree) or {}).items():
        weight = attempt(faults, partial(read_weight, path=f"contest.weights.{key}"), value)
        found |= {str(key): weight} if weight else {}
    return found


def _prizes(tree: Any, faults: list[Problem]) -> tuple[Prize, ...]:
    found = (attempt(faults, read_prize, entry) for entry in read_list(tree))
    return tuple(prize for prize in found if prize)


def _identities(tree: Any, faults: list[Problem]) -> tuple[Identity, ...]:
    found = (attempt(faults, read_identity, entry) for entry in read_list(tree))
    return tuple(identity for identity in found if identity)


def _labels(tree: Any, faults: list[Problem]) -> dict[str, Text]:
    words = attempt(faults, partial(read_map, path="contest.labels"), tree) or {}
    found = {str(key): attempt(faults, Text.of, value, path=f"contest.labels.{key}") for key, value in words.items()}
    return {key: label for key, label in found.items() if label}


def _credit(tree: Any) -> str:
    keys = read_keys(tree or {}, ("rule",), path="contest.credit")
    return read_choice(keys.get("rule", "equal"), RULES, path="contest.credit.rule")
