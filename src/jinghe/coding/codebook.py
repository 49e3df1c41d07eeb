"""A codebook (编码本): what a passage can be coded as, on two or three levels, and what is known of a document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from jinghe.errors import DataError, Problem, attempt, problem
from jinghe.labels import Text

__all__ = ["Code", "Codebook", "read_codebook"]

_KEYS = ("codebook", "title", "source", "note", "codes", "attributes")
_CODE_KEYS = ("id", "name", "description", "codable", "colour", "codes")
_LEVELS = 3


@dataclass(frozen=True, slots=True)
class Code:
    """One code (编码). A code that is not codable only holds others together."""

    id: str
    name: Text
    parent: str = ""
    description: Text | None = None
    codable: bool = True
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Codebook:
    """The declared codes, parents before children, and the attributes documents may have, each with its values."""

    id: str
    title: Text
    codes: tuple[Code, ...]
    attributes: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)
    source: str = ""

    def find(self, code_id: str) -> Code | None:
        """Return a code, or None."""
        return next((code for code in self.codes if code.id == code_id), None)

    @property
    def codable(self) -> tuple[str, ...]:
        """The ids that a passage can be coded with."""
        return tuple(code.id for code in self.codes if code.codable)

    def gather(self, code_id: str) -> frozenset[str]:
        """Return a code and everything below it."""
        below = {code_id}
        for code in self.codes:  # parents stand before their children
            if code.parent in below:
                below.add(code.id)
        return frozenset(below)


def read_codebook(tree: Mapping[str, Any]) -> Codebook:
    """Read `{codebook, title, source, codes: […], attributes: {name: {value: words}}}`.

    A code is `{id, name, description, codable, colour, codes: […]}`; with codes below it, it is not codable unless it
    says so.
    Raises DataError with every fault: keys, ids used twice, more than three levels.

    >>> read_codebook({"codebook": "b", "title": "B", "codes": [{"id": "C", "name": "共识"}]}).codable
    ('C',)
    """
    found: list[Problem] = []
    tree = _mapping(found, tree, "")
    _check_keys(found, tree, _KEYS, "")
    codes = _codes(found, tree.get("codes"), "", "codes", _LEVELS)
    if not codes:
        found.append(problem("codebook-empty", "codes"))
    for name in sorted({code.id for code in codes}):
        if sum(code.id == name for code in codes) > 1:
            found.append(problem("codebook-repeated", "codes", found=name))
    title = attempt(found, Text.of, tree.get("title"), path="title")
    listed = _mapping(found, tree.get("attributes"), "attributes")
    attributes = {str(name): _values(found, listed[name], f"attributes.{name}") for name in listed}
    if found or title is None:
        raise DataError(found)
    return Codebook(str(tree.get("codebook") or ""), title, tuple(codes), attributes, str(tree.get("source") or ""))


def _codes(found: list[Problem], tree: Any, parent: str, at: str, levels: int) -> list[Code]:
    if tree is None:
        return []
    if not isinstance(tree, Sequence) or isinstance(tree, str):
        found.append(problem("codebook-shape", at, found=tree))
        return []
    if not levels:
        found.append(problem("codebook-deep", at, found=parent))
        return []
    codes: list[Code] = []
    for number, item in enumerate(tree):
        spot = f"{at}[{number}]"
        words = _mapping(found, item, spot)
        _check_keys(found, words, _CODE_KEYS, spot)
        own = str(words.get("id") or "")
        if not re.fullmatch(r"\S+", own):
            found.append(problem("codebook-id", spot, found=own))
        name = attempt(found, Text.of, words.get("name"), path=f"{spot}.name") or Text(own, own)
        said = words.get("description")
        description = None if said is None else attempt(found, Text.of, said, path=f"{spot}.description")
        codable = words.get("codable", not words.get("codes"))
        if not isinstance(codable, bool):
            found.append(problem("codebook-shape", f"{spot}.codable", found=codable))
        codes.append(Code(own, name, parent, description, codable is True, str(words.get("colour") or "")))
        codes += _codes(found, words.get("codes"), own, f"{spot}.codes", levels - 1)
    return codes


def _values(found: list[Problem], tree: Any, at: str) -> dict[str, Text]:
    words = _mapping(found, tree, at)
    return {str(key): attempt(found, Text.of, words[key], path=f"{at}.{key}") or Text("", "") for key in words}


def _mapping(found: list[Problem], tree: Any, at: str) -> Mapping[Any, Any]:
    if tree is None or isinstance(tree, Mapping):
        return tree or {}
    found.append(problem("codebook-shape", at, found=tree))
    return {}


def _check_keys(found: list[Problem], tree: Mapping[Any, Any], known: Sequence[str], at: str) -> None:
    for key in tree:
        if key not in known:
            nearest = next(iter(get_close_matches(str(key), known, 1, 0)), "—")
            found.append(problem("codebook-key", f"{at}.{key}" if at else str(key), found=key, nearest=nearest))
