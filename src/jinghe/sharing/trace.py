"""How an amount came about (计算依据): a tree of clause, formula, inputs and exact value, ready for JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from jinghe.labels import Text

__all__ = ["Input", "Trace", "as_json", "digest_tree"]

_STEP = (
    "clause",
    "block",
    "label",
    "text",
    "source",
    "cite",
    "period",
    "formula",
    "inputs",
    "exact",
    "seat",
    "outcome",
    "children",
)


@dataclass(frozen=True, slots=True)
class Input:
    """One figure that went in (依据项): an observation, a parameter or a date, with its source.

    `value` is exact (a `Value`; in arrays one number per replication) and in `unit` (money in fen); `detail` says what
    was printed, where, when and by whom.
    """

    name: str
    kind: str
    value: Any
    unit: str
    label: Text
    source: str
    cite: Text
    detail: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trace:
    """One step of a statement line (计算步骤): what a clause made of its inputs.

    A line's root moves `exact` fen from payer to payee; its children (term, ceiling) modified the amount, in order;
    `steps` are the clauses whose results went in. `seat` is the party the figure is of. `basis` is the title of the
    clause's source. `parts` are the exact amounts that were rounded together, `place` the position of this one among
    them. An `outcome` of reversed means that the formula gave the negative: payer and payee changed places.
    """

    agreement: Text
    clause: str
    block: str
    label: Text
    text: Text
    phrase: Text | None
    source: str
    basis: str
    cite: Text
    period: str
    formula: str
    inputs: tuple[Input, ...]
    exact: Fraction
    seat: str = ""
    payer: str = ""
    payee: str = ""
    payer_name: Text = Text("", "")
    payee_name: Text = Text("", "")
    parts: tuple[Fraction, ...] = ()
    place: int = 0
    rounded: int | None = None
    outcome: str = ""
    steps: tuple[Trace, ...] = ()
    children: tuple[Trace, ...] = ()

    def input(self, name: str) -> Input:
        """Return the first input of a name. Raises KeyError if there is none."""
        return {item.name: item for item in reversed(self.inputs)}[name]

    def walk(self) -> Iterator[Trace]:
        """Yield the tree: itself, its steps and what changed the amount, each with its own."""
        yield self
        for part in (*self.steps, *self.children):
            yield from part.walk()

    def all_inputs(self) -> Iterator[Input]:
        """Yield every input of the tree."""
        return (item for part in self.walk() for item in part.inputs)

    def as_dict(self) -> dict[str, Any]:
        """Return the tree as JSON data: fractions as `p/q`, days as ISO dates, words in zh and en.

        Steps are written without what only a line has: agreement, parties, rounding.
        """
        tree = {name: as_json(getattr(self, name)) for name in self.__slots__ if name != "steps"}
        return tree | {"steps": [step.as_step() for step in self.steps]}

    def as_step(self) -> dict[str, Any]:
        """Return it as the step of another: what it computed from what."""
        tree = {name: as_json(getattr(self, name)) for name in _STEP}
        return tree | {"steps": [step.as_step() for step in self.steps]}


def as_json(value: Any) -> Any:
    """Turn a value of a trace into JSON data.

    >>> as_json(Fraction(2, 37)), as_json((Fraction(1),)), as_json(Text("甲", "A"))
    ('2/37', ['1'], {'zh': '甲', 'en': 'A'})
    """
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Text):
        return {"zh": value.zh, "en": value.en}
    if isinstance(value, Trace):
        return value.as_dict()
    if isinstance(value, Input):
        return {name: as_json(getattr(value, name)) for name in value.__slots__}
    if isinstance(value, Mapping):
        return {str(key): as_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(item) for item in value]
    return value


def digest_tree(tree: Mapping[str, Any]) -> str:
    """Hash JSON data (摘要): SHA-256 of its UTF-8 text with sorted keys.

    >>> digest_tree({"a": 1}) == digest_tree({"a": 2})
    False
    """
    return hashlib.sha256(json.dumps(tree, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
