"""The rules of a collaborative contest (协同竞赛规则), read from `contest:` of a compact and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any

from jinghe.contest.ahp import judge
from jinghe.contest.credit_rule import CreditRule, read_credit_rule
from jinghe.contest.flags.rules import FlagRules, read_flag_rules
from jinghe.contest.indicator import Identity, Indicator, Node, read_identity, read_indicator, read_tree
from jinghe.contest.perturbation import Perturbation, read_perturbations
from jinghe.contest.pool import PoolRule, read_pools
from jinghe.contest.prize import Prize, read_prize
from jinghe.contest.spec import read_keys, read_list, read_map
from jinghe.contest.steps import Steps, Uncertainty, read_steps, read_uncertainty
from jinghe.contest.tree import Tree
from jinghe.contest.weight import DatedWeight, read_weight, resolve_weights
from jinghe.errors import Problem, attempt
from jinghe.labels import Text

__all__ = ["Contest", "read_contest"]

_KEYS = ("indicators", "tree", "labels", "weights", "steps", "credit", "level")
_LATER = ("rank", "uncertainty", "pools", "prizes", "identities", "flags")  # they move no score


@dataclass(frozen=True, slots=True)
class Contest:
    """A contest as written (竞赛). `faults` is what reading found; then nothing is scored.

    `tree` is the mapping it was read from, so that variants of it can be read again.
    """

    indicators: tuple[Indicator, ...]
    root: Node
    weights: Mapping[str, DatedWeight] = field(default_factory=dict)
    steps: Steps = field(default_factory=Steps)
    credit: CreditRule = field(default_factory=CreditRule)
    uncertainty: Uncertainty = field(default_factory=Uncertainty)
    prizes: tuple[Prize, ...] = ()
    labels: Mapping[str, Text] = field(default_factory=dict)
    identities: tuple[Identity, ...] = ()
    flags: FlagRules = field(default_factory=FlagRules)
    level: str = "prefecture"
    perturbations: tuple[Perturbation, ...] = ()
    pools: tuple[PoolRule, ...] = ()
    faults: tuple[Problem, ...] = ()
    tree: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)

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
        read = [pair for leaf in self.root.leaves for pair in self.indicator(leaf).series]
        below = [(name, self.indicator(leaf).period) for leaf, name in self.steps.denominators.items()]
        return tuple(dict.fromkeys((*read, *below)))

    def indicator(self, name: str) -> Indicator:
        """Find an indicator by id. Raises KeyError: `check_contest` has already reported unknown ones."""
        return {item.id: item for item in self.indicators}[name]

    def label(self, node: str) -> Text:
        """Name a node of the tree: its indicator's label, its entry in `labels`, or its id."""
        own = next((item.label for item in self.indicators if item.id == node), None)
        return own or self.labels.get(node) or Text.of(node)

    def unit(self, leaf: str) -> Text:
        """The unit of a leaf's figures as they are scored: divided by its denominator, if it has one."""
        unit, below = self.indicator(leaf).unit, self.steps.denominators.get(leaf)
        if below is None:
            return unit
        label = self.label(below)
        return Text(f"{unit.zh}/{label.zh}", f"{unit.en} / {label.en}")

    def aggregation(self, node: str) -> str:
        """How a node is aggregated: one of `AGGREGATIONS`."""
        return self.steps.mean(node, depth=Tree.of(self.root).depths[node] if self.steps.levels else 0)

    def scaling(self, leaf: str) -> str:
        """How a leaf is normalised: one of `NORMALISATIONS`."""
        return self.steps.scaling(leaf)

    def weight(self, node: str, on: date) -> float:
        """Weight of a node among its siblings on that day. Raises RuleError when weights do not stand."""
        return self.weights_on(on)[node]

    def weights_on(self, on: date) -> dict[str, float]:
        """Weights of all nodes on that day, before anything is dropped; see `resolve_weights`.

        Judged weights stand for always; weights that the figures give are equal until the chain finds them.
        """
        return resolve_weights(self.root, weights={**self.weights, **self.judged}, on=on)

    @property
    def judged(self) -> dict[str, DatedWeight]:
        """Weights from pairwise judgements, for the children of every node that has them."""
        judgements = self.steps.weighing.judgements
        pairs = [(node, judgements[node.id]) for node in self.branches if node.id in judgements]
        return {
            child.id: ((date.min, weight),)
            for node, matrix in pairs
            for child, weight in zip(node.children, judge(matrix).weights, strict=False)
        }

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
    attempt(faults, partial(read_keys, allowed=_KEYS + _LATER, required=("indicators", "tree"), path="contest"), tree)
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
        flags=attempt(faults, read_flag_rules, tree.get("flags")) or FlagRules(),
        credit=attempt(faults, read_credit_rule, tree.get("credit")) or CreditRule(),
        uncertainty=attempt(faults, read_uncertainty, tree.get("rank") or {}) or Uncertainty(),
        level=str(tree.get("level", "prefecture")),
        perturbations=attempt(faults, read_perturbations, tree.get("uncertainty")) or (),
        pools=attempt(faults, read_pools, tree.get("pools")) or (),
        tree=tree,
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
