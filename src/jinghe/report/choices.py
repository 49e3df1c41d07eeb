"""Choices of a contest in words (做法用语): the paths that may vary, and the options they may take."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from jinghe.compact import find_field
from jinghe.contest import Contest, Perturbation
from jinghe.contest.audit.names import AGGREGATES, CREDITS, SCALES
from jinghe.labels import Text

__all__ = ["OPTIONS", "name_option", "name_path", "tell_choice"]

OPTIONS: Mapping[str, Text] = {**SCALES, **AGGREGATES, **CREDITS}
_FIGURES = Text("数据误差", "errors of the figures")
_STEPS = ("contest", "contest.steps", "contest.steps[]")  # too general to say


def name_path(contest: Contest, path: str) -> Text:
    """Name a path of the contest, as the data dictionary and the contest name its parts.

    A list of nodes in brackets behind the path, as inputs of a sensitivity study have it, is named, too.
    """
    path, _, under = path.partition(" (")
    if path == "contest.figures":
        return _FIGURES
    steps = _read_steps(path)
    fields = [(step, find_field(steps[:size])) for size, step in enumerate(steps, start=1)]
    told = [(contest.label(str(step)), one) for step, one in fields if one and one.path not in _STEPS]
    name = _name_parts([(own, one.label, one.path.endswith("*")) for own, one in told], path)
    if not under:
        return name
    below = _join([contest.label(node) for node in under.rstrip(")").split(", ")], zh="、", en=", ")
    return Text(f"{name.zh}（{below.zh}）", f"{name.en} ({below.en})")


def name_option(path: str, option: Any) -> Text:
    """Say an option: a method by its name, a setting of several keys key by key, else as it is written."""
    if isinstance(option, Perturbation):
        return tell_choice(option)
    if isinstance(option, Mapping):
        return _join([_name_setting(path, str(key), value) for key, value in option.items()], zh="，", en=", ")
    if isinstance(option, str) and option in OPTIONS:
        return OPTIONS[option]
    shown = f"{option:g}" if isinstance(option, float) else str(option)
    return Text(shown, shown)


def tell_choice(one: Perturbation) -> Text:
    """Say how a perturbation varies its path."""
    if one.dirichlet is not None:
        return Text(f"狄利克雷抽取，集中度 {one.dirichlet:g}", f"Dirichlet draws, concentration {one.dirichlet:g}")
    if one.within is not None:
        return Text(f"上下浮动 {one.within:.0%}", f"within ±{one.within:.0%}")
    if one.imputations:
        return Text(f"{one.imputations} 套插补", f"{one.imputations} imputations")
    return _join([name_option(one.path, option) for option in one.choices], zh="、", en=" / ")


def _name_parts(parts: list[tuple[Text, Text, bool]], path: str) -> Text:
    """Name the last part by what is above it, or by whose it is."""
    if not parts:
        return Text.of(path)
    *above, (own, label, has_id) = parts
    owner = next((name for name, _, named in reversed(above) if named), None)
    if has_id and above:
        return Text(f"{above[-1][1].zh}（{own.zh}）", f"{above[-1][1].en} ({own.en})")
    if owner:
        return Text(f"“{owner.zh}”的{label.zh}", f"{label.en} of “{owner.en}”")
    return Text(f"{above[-1][1].zh}{label.zh}", f"{above[-1][1].en} {label.en}") if above else label


def _name_setting(path: str, key: str, value: Any) -> Text:
    words = name_option(path, value)
    if isinstance(value, str):
        return words
    field = find_field((*_read_steps(path), key))
    label = field.label if field else Text.of(key)
    return Text(f"{label.zh} {words.zh}", f"{label.en} {words.en}")


def _read_steps(path: str) -> tuple[str | int, ...]:
    steps: list[str | int] = []
    for name, key in re.findall(r"([^.\[\]]+)|\[([^\[\]]+)\]", path):
        steps += [name] if name else [0, key]
    return tuple(steps)


def _join(parts: list[Text], *, zh: str, en: str) -> Text:
    return Text(zh.join(one.zh for one in parts), en.join(one.en for one in parts))
