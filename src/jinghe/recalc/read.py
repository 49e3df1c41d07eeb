"""Read claims from a plain mapping (读取论断): every fault at its path, all at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from fractions import Fraction
from functools import partial
from typing import Any, TypeVar

from jinghe.errors import DataError, Problem, attempt, problem
from jinghe.labels import Text
from jinghe.recalc.claim import STATISTICS, TESTS, Claim, Contrast, Group
from jinghe.recalc.printed import read_printed
from jinghe.recalc.validity import check_values
from jinghe.recalc.values import (
    read_alpha,
    read_df,
    read_flag,
    read_levels,
    read_p,
    read_scale,
    read_stars,
    read_tails,
    read_texts,
)
from jinghe.source import read_source
from jinghe.units import read_count

__all__ = ["read_claim", "read_claims"]

_T = TypeVar("_T")

_NAMES = tuple(dict.fromkeys(STATISTICS.values()))
_KEYS: Mapping[str, tuple[str, ...]] = {
    "": ("title", "sources", "claims"),
    "entry": ("claim", "groups", "reported", "posthoc"),
    "claim": (
        (
            "id",
            "test",
            "source",
            "place",
            "n",
            "tails",
            "items",
            "range",
            "alpha",
            "levels",
            "order",
            "top_box",
            "assumed",
        )
    ),
    "group": ("name", "n", "mean", "sd", "share"),
    "reported": (*_NAMES, "df", "p", "stars"),
    "contrast": ("less", "than", "significant"),
}


def read_claims(tree: Mapping[str, Any]) -> tuple[Claim, ...]:
    """Read `{sources: {…}, claims: [{claim, groups, reported, posthoc}, …]}`; numbers are strings, as printed.

    Raises:
        DataError: with every fault at its path (`claims[t4.meaning].groups[1].sd`).

    >>> entry = {"claim": {"id": "a", "test": "t"}, "reported": {"t": "2.20", "df": "28", "p": ".03"}}
    >>> read_claims({"claims": [entry]})[0].statistic.text
    '2.20'
    """
    found: list[Problem] = []
    words = tree if isinstance(tree, Mapping) else {}
    _keys(found, words, "", "")
    sources = _mapping(found, words.get("sources"), "sources")
    for name, item in sources.items():
        attempt(found, partial(read_source, str(name)), item)
    entries = words.get("claims")
    if not isinstance(entries, list | tuple) or not entries:
        raise DataError([*found, problem("claims-missing", "claims")])
    claims = [_entry(found, item, number, sources) for number, item in enumerate(entries)]
    names = [claim.id for claim in claims if claim]
    for name in sorted({name for name in names if names.count(name) > 1}):
        found.append(problem("claim-repeated", f"claims[{name}]", found=name))
    if found:
        raise DataError(found)
    return tuple(claim for claim in claims if claim)


def read_claim(tree: Mapping[str, Any]) -> Claim:
    """Read one entry of `claims`. Raises DataError with every fault."""
    return read_claims({"claims": [tree]})[0]


def _entry(found: list[Problem], tree: Any, number: int, sources: Mapping[str, Any]) -> Claim | None:
    at = f"claims[{number}]"
    entry = _mapping(found, tree, at)
    head = _mapping(found, entry.get("claim"), f"{at}.claim")
    at = f"claims[{head['id']}]" if head.get("id") else at
    _keys(found, entry, "entry", at)
    before = len(found)
    claim = _claim(found, entry, head, at)
    if claim.source and claim.source not in sources and sources:
        found.append(
            problem("claim-source-unknown", f"{at}.claim.source", found=claim.source, known=", ".join(sources))
        )
    if len(found) == before:
        found += check_values(claim, at=at)
    return claim


def _claim(found: list[Problem], entry: Mapping[str, Any], head: Mapping[str, Any], at: str) -> Claim:
    said = _mapping(found, entry.get("reported"), f"{at}.reported")
    _keys(found, head, "claim", f"{at}.claim")
    _keys(found, said, "reported", f"{at}.reported")
    test = _choice(found, head, "test", tuple(TESTS), f"{at}.claim")
    read = _Reader(found, said, f"{at}.reported")
    head_read = _Reader(found, head, f"{at}.claim")
    groups = tuple(_group(found, item, f"{at}.groups[{k}]") for k, item in enumerate(_list(found, entry, "groups", at)))
    pairs = enumerate(_list(found, entry, "posthoc", at))
    if not head.get("id"):
        found.append(problem("claim-key-missing", f"{at}.claim", key="id"))
    return Claim(
        id=str(head.get("id", "")),
        test=test,
        source=str(head.get("source") or ""),
        place=head_read.get("place", Text.of) or Text("", ""),
        n=head_read.get("n", read_count),
        groups=groups,
        statistic=read.get(STATISTICS[test], read_printed) if test in STATISTICS else None,
        df=read.get("df", read_df) or (),
        p=read.get("p", read_p),
        stars=read.get("stars", read_stars),
        levels=head_read.get("levels", read_levels) or {},
        alpha=head_read.get("alpha", read_alpha) or Fraction(1, 20),
        tails=head_read.get("tails", read_tails),
        items=head_read.get("items", read_count),
        scale=head_read.get("range", read_scale),
        posthoc=tuple(_contrast(found, item, groups, f"{at}.posthoc[{k}]") for k, item in pairs),
        order=_choice(found, {"order": "falling"} | dict(head), "order", ("falling", "rising"), f"{at}.claim"),
        top_box=head_read.get("top_box", read_flag) or False,
        assumed=head_read.get("assumed", read_texts) or (),
    )


class _Reader:
    """Reads the values of one mapping; a fault goes to the list with its path."""

    __slots__ = ("at", "found", "tree")

    def __init__(self, found: list[Problem], tree: Mapping[str, Any], at: str) -> None:
        self.found, self.tree, self.at = found, tree, at

    def get(self, key: str, read: Callable[[Any], _T]) -> _T | None:
        value = self.tree.get(key)
        return None if value is None else attempt(self.found, read, value, path=f"{self.at}.{key}")


def _group(found: list[Problem], tree: Any, at: str) -> Group:
    words = _mapping(found, tree, at)
    _keys(found, words, "group", at)
    read = _Reader(found, words, at)
    numbers = {key: read.get(key, read_printed) for key in ("mean", "sd", "share")}
    return Group(read.get("name", Text.of) or Text("", ""), read.get("n", read_count), **numbers)


def _contrast(found: list[Problem], tree: Any, groups: Sequence[Group], at: str) -> Contrast:
    words = _mapping(found, tree, at)
    _keys(found, words, "contrast", at)
    for key in ("less", "than", "significant"):
        if key not in words:
            found.append(problem("claim-key-missing", at, key=key))
    numbers = [_find_group(found, words[key], groups, f"{at}.{key}") for key in ("less", "than") if key in words]
    less, more = numbers if len(numbers) == 2 else (0, 0)
    return Contrast(less, more, _Reader(found, words, at).get("significant", read_flag) or False)


def _find_group(found: list[Problem], name: Any, groups: Sequence[Group], at: str) -> int:
    for number, group in enumerate(groups):
        if name in (group.name.zh, group.name.en):
            return number
    known = ", ".join(group.name.zh for group in groups)
    found.append(problem("claim-phase-unknown", at, found=name, known=known))
    return 0


def _mapping(found: list[Problem], tree: Any, at: str) -> Mapping[str, Any]:
    if tree is None or isinstance(tree, Mapping):
        return tree or {}
    found.append(problem("claim-shape", at, found=tree))
    return {}


def _list(found: list[Problem], tree: Mapping[str, Any], key: str, at: str) -> Sequence[Any]:
    listed = tree.get(key)
    if listed is None or isinstance(listed, list | tuple):
        return listed or ()
    found.append(problem("claim-shape", f"{at}.{key}", found=listed))
    return ()


def _keys(found: list[Problem], tree: Mapping[str, Any], kind: str, at: str) -> None:
    known = _KEYS[kind]
    for key in tree:
        if key not in known:
            near = next(iter(get_close_matches(str(key), known, 1, 0)), "—")
            path = f"{at}.{key}" if at else str(key)
            found.append(problem("claim-key-unknown", path, found=key, nearest=near))


def _choice(found: list[Problem], tree: Mapping[str, Any], key: str, choices: Sequence[str], at: str) -> str:
    value = tree.get(key)
    if value is None:
        found.append(problem("claim-key-missing", at, key=key))
    elif value not in choices:
        found.append(problem("claim-choice-unknown", f"{at}.{key}", found=value, choices=", ".join(choices)))
    return str(value) if value in choices else choices[0]
