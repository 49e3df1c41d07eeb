"""A questionnaire as data (问卷): items, options, batteries, scales, skip logic; bilingual, with a version."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from jinghe.errors import DataError, Problem, problem
from jinghe.labels import Text
from jinghe.survey.expression import list_items, list_pairs, parse_expression

__all__ = [
    "KINDS",
    "PROVENANCES",
    "SCORES",
    "Battery",
    "Choice",
    "Instrument",
    "Item",
    "Scale",
    "check_instrument",
]

KINDS: Mapping[str, Text] = {
    "select_one": Text("单选", "one choice"),
    "select_multiple": Text("多选", "several choices"),
    "integer": Text("整数", "whole number"),
    "decimal": Text("小数", "number"),
    "text": Text("文字", "text"),
    "note": Text("说明", "note"),
}
PROVENANCES: Mapping[str, Text] = {
    "": Text("", ""),
    "printed": Text("原文刊出", "as printed"),
    "described": Text("据原文叙述重建，措辞非原文", "rebuilt from a description, not the printed words"),
    "unprinted": Text("原文未刊出", "not printed"),
}
SCORES: Mapping[str, Text] = {
    "sum": Text("各题之和", "sum of the items"),
    "mean": Text("各题均值", "mean of the items"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One option (选项): its code in the data and its words; `value` is the code where it is a number."""

    code: str
    label: Text

    @property
    def value(self) -> float | None:
        """The number of a rating option."""
        try:
            return float(self.code)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Item:
    """One question (题项).

    `short` names it in tables, `choices` names a list of options, `battery` the battery it stands in, `reverse` marks a
    reversed wording, `cut` a background question by which tables may be cut, `provenance` where its words come from.
    """

    id: str
    kind: str
    label: Text
    short: Text | None = None
    hint: Text | None = None
    choices: str = ""
    battery: str = ""
    relevant: str = ""
    constraint: str = ""
    required: bool = False
    reverse: bool = False
    cut: bool = False
    provenance: str = ""


@dataclass(frozen=True, slots=True)
class Battery:
    """Items asked side by side with the same options (矩阵题)."""

    id: str
    label: Text


@dataclass(frozen=True, slots=True)
class Scale:
    """Items that measure one thing (量表): the score is their sum or mean, of those who answered all of them."""

    id: str
    label: Text
    items: tuple[str, ...]
    score: str = "sum"


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire in one version (问卷)."""

    id: str
    version: str
    title: Text
    items: tuple[Item, ...]
    choices: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    batteries: tuple[Battery, ...] = ()
    scales: tuple[Scale, ...] = ()
    note: Text | None = None

    def item(self, name: str) -> Item:
        """Return an item; raises DataError when there is none of this name."""
        for item in self.items:
            if item.id == name:
                return item
        known = ", ".join(item.id for item in self.items)
        raise DataError([problem("survey-item-unknown", self.id, found=name, known=known)])

    def scale(self, name: str) -> Scale | None:
        """Return a scale, or None."""
        return next((scale for scale in self.scales if scale.id == name), None)

    def options(self, name: str) -> tuple[Choice, ...]:
        """Return the options of an item; none for numbers, texts and notes."""
        return self.choices.get(self.item(name).choices, ())

    def members(self, battery: str) -> tuple[Item, ...]:
        """Return the items of a battery."""
        return tuple(item for item in self.items if item.battery == battery)

    def label(self, name: str) -> Text:
        """Return the words by which tables name an item or a scale: the short ones where there are."""
        scale = self.scale(name)
        return scale.label if scale else self.item(name).short or self.item(name).label

    def is_rating(self, name: str) -> bool:
        """Tell whether an item is answered on a scale of numbers (two options or more, every code a number)."""
        options = self.options(name)
        return (
            self.item(name).kind == "select_one"
            and not self.item(name).cut
            and len(options) > 1
            and all(choice.value is not None for choice in options)
        )

    def ends(self, name: str) -> tuple[int, int] | None:
        """Return the range of a rating item or of a scale's score; None where it has none of whole numbers."""
        scale = self.scale(name)
        if scale:
            found = [self.ends(item) for item in scale.items]
            if scale.score == "mean":
                return found[0] if len(set(found)) == 1 else None
            known = [ends for ends in found if ends]
            return (sum(low for low, _ in known), sum(high for _, high in known)) if len(known) == len(found) else None
        values = [choice.value for choice in self.options(name)] if self.is_rating(name) else []
        whole = [int(value) for value in values if value is not None and value == int(value)]
        return (min(whole), max(whole)) if whole and len(whole) == len(values) else None

    def questions(self) -> tuple[Item, ...]:
        """Return the items that are answered: all but notes."""
        return tuple(item for item in self.items if item.kind != "note")


def check_instrument(instrument: Instrument) -> list[Problem]:
    """List every fault of a questionnaire: names, kinds, options, scales and skip logic.

    A relevance may only look back: it names items that stand earlier, so that no two items wait for each other.

    >>> item = Item("a", "select_one", Text.of("?"), choices="yn")
    >>> [found.code for found in check_instrument(Instrument("q", "1", Text.of("Q"), (item, item)))]
    ['survey-name-repeated', 'survey-choices-missing', 'survey-choices-missing']
    """
    names = [item.id for item in instrument.items] + [scale.id for scale in instrument.scales]
    found = [problem("survey-name-repeated", name, found=name) for name, times in Counter(names).items() if times > 1]
    found += [fault for item in instrument.items for fault in _check_item(instrument, item)]
    found += [fault for name, options in instrument.choices.items() for fault in _check_options(name, options)]
    found += [fault for scale in instrument.scales for fault in _check_scale(instrument, scale)]
    return found + list(_check_logic(instrument))


def _check_item(instrument: Instrument, item: Item) -> Iterator[Problem]:
    if item.kind not in KINDS:
        yield problem("survey-kind-unknown", item.id, found=item.kind, known=", ".join(KINDS))
    if item.provenance not in PROVENANCES:
        known = ", ".join(filter(None, PROVENANCES))
        yield problem("choice-unknown", f"{item.id}.provenance", found=item.provenance, expected=known)
    if item.kind.startswith("select") and item.choices not in instrument.choices:
        yield problem("survey-choices-missing", item.id, found=item.choices or "—")
    if item.cut and item.kind != "select_one":
        yield problem("survey-cut-kind", item.id, found=item.kind)
    if item.battery and item.battery not in {battery.id for battery in instrument.batteries}:
        yield problem(
            "survey-item-unknown", f"{item.id}.battery", found=item.battery, known=_names(instrument.batteries)
        )


def _names(listed: Sequence[Battery]) -> str:
    return ", ".join(item.id for item in listed) or "—"


def _check_options(name: str, options: Sequence[Choice]) -> Iterator[Problem]:
    if not options:
        yield problem("survey-choices-missing", f"choices.{name}", found=name)
    for code, times in Counter(choice.code for choice in options).items():
        if times > 1:
            yield problem("survey-name-repeated", f"choices.{name}", found=code)
        if not code or code.split() != [code]:
            yield problem("survey-code-wrong", f"choices.{name}", found=code)


def _check_scale(instrument: Instrument, scale: Scale) -> Iterator[Problem]:
    known = {item.id for item in instrument.items}
    if scale.score not in SCORES:
        yield problem("choice-unknown", f"{scale.id}.score", found=scale.score, expected=", ".join(SCORES))
    if len(scale.items) < 2:
        yield problem("survey-scale-short", scale.id, found=len(scale.items))
    for name in scale.items:
        if name not in known:
            yield problem("survey-item-unknown", f"{scale.id}.items", found=name, known=", ".join(sorted(known)))
        elif not instrument.is_rating(name) and instrument.item(name).kind not in {"integer", "decimal"}:
            yield problem("survey-scale-kind", f"{scale.id}.items", found=name)


def _check_logic(instrument: Instrument) -> Iterator[Problem]:
    earlier: set[str] = set()
    for item in instrument.items:
        for key, allowed in (("relevant", earlier), ("constraint", earlier | {item.id, "."})):
            text = str(getattr(item, key))
            if text:
                yield from _check_expression(instrument, item, text, f"{item.id}.{key}", allowed)
        earlier.add(item.id)


def _check_expression(instrument: Instrument, item: Item, text: str, at: str, allowed: set[str]) -> Iterator[Problem]:
    try:
        tree = parse_expression(text)
    except DataError as error:
        yield from (fault.at(path=at) for fault in error.problems)
        return
    for name in list_items(tree):
        if name not in allowed:
            yield problem("survey-logic-order", at, found=name)
    for name, code in list_pairs(tree):
        options = instrument.options(item.id if name == "." else name) if name in allowed else ()
        if code and options and code not in {choice.code for choice in options}:
            known = ", ".join(choice.code for choice in options)
            yield problem("survey-logic-code", at, found=code, item=name, known=known)
