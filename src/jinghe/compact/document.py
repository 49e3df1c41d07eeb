"""One YAML file with the place of every value (文档): read for its values, kept for its exact text.

The text is the truth: it is written back byte for byte, and an edit touches only the characters of its value
(`edit.py`). Values are plain Python: dict, list, str, int, float, bool, None and date.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinghe.errors import CompactError, Problem, problem

__all__ = ["Document", "Spot", "Step", "Steps", "parse_document", "read_document", "read_tree"]

Step = str | int | date
Steps = tuple[Step, ...]

_CORE = "tag:yaml.org,2002:"
_PLAIN = {_CORE + name for name in ("map", "seq", "str", "int", "float", "bool", "null", "timestamp", "merge", "value")}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one value stands in its text (位置); offsets count characters.

    `line` is the line of its key or dash, from 1; `key` spans the key (empty for a list item); `flow` tells `{…}`
    and `[…]` from indented collections; `printed` is a scalar as written, without quotes.
    """

    line: int
    start: int
    end: int
    key: tuple[int, int]
    flow: bool = True
    printed: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file as read (文档): its text, its values, and where each stands."""

    file: str
    text: str
    tree: dict[str, Any]
    spots: Mapping[Steps, Spot] = field(repr=False, compare=False)

    def line(self, steps: Steps) -> int:
        """Line of a value, or of the nearest thing around it that is written down."""
        while steps and steps not in self.spots:
            steps = steps[:-1]
        return self.spots[steps].line if steps in self.spots else 1


def read_document(path: Path, *, file: str) -> tuple[Document, list[Problem]]:
    """Read a YAML file; a file that is missing or cannot be read gives an empty document and its problem."""
    empty = Document(file, "", {}, {})
    if not path.is_file():
        return empty, [problem("file-missing", file=file, found=file)]
    try:
        return parse_document(path.read_bytes().decode("utf-8"), file=file)
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        return empty, [problem("yaml-encoding", file=file, line=line)]


def read_tree(path: Path) -> dict[str, Any]:
    """Read a YAML file that is no part of a compact as plain values. Raises CompactError with every fault."""
    document, problems = read_document(path, file=path.name)
    if problems:
        raise CompactError(problems)
    return deepcopy(document.tree)


def parse_document(text: str, *, file: str) -> tuple[Document, list[Problem]]:
    r"""Parse YAML 1.2 with the place of every value; every duplicate key, alias and tag is a problem of its own.

    >>> document, problems = parse_document("weights: {a: 0.6,\n  b: 0.4}", file="compact.yaml")
    >>> document.tree, document.line(("weights", "b")), problems
    ({'weights': {'a': 0.6, 'b': 0.4}}, 2, [])
    """
    document, problems = _parse(text, file)
    return document, list(problems)


@lru_cache(maxsize=64)
def _parse(text: str, file: str) -> tuple[Document, tuple[Problem, ...]]:
    """Parse one text once: a compact and its alternatives, read again and again, share what they have in common."""
    from ruamel.yaml import YAML  # heavy, and only this room reads YAML
    from ruamel.yaml.error import YAMLError

    try:
        root = YAML(typ="rt", pure=True).compose(text)
    except (YAMLError, RecursionError) as error:
        return Document(file, text, {}, {}), (_broken(error, text, file),)
    walk = _Walk(text, file, {}, [], set())
    tree = {} if root is None else walk.value(root, (), (0, 0))
    if not isinstance(tree, dict):
        walk.problems.append(problem("yaml-root", file=file, line=1))
        tree = {}
    return Document(file, text, tree, walk.spots), tuple(walk.problems)


@dataclass(frozen=True, slots=True)
class _Walk:
    """One pass over the composed nodes; it fills `spots` and `problems`."""

    text: str
    file: str
    spots: dict[Steps, Spot]
    problems: list[Problem]
    seen: set[int]

    def value(self, node: Any, steps: Steps, key: tuple[int, int]) -> Any:
        start, end = node.start_mark.index, node.end_mark.index
        special = id(node) in self.seen or str(node.tag) not in _PLAIN
        self.seen.add(id(node))
        line = self.text.count("\n", 0, key[0] or start) + 1
        if special:
            found = self.text[start:end].split("\n")[0] or str(node.tag)
            self.problems.append(problem("yaml-special", file=self.file, line=line, found=found))
            return None
        if isinstance(node.value, str):
            return self._scalar(node, steps, key, line)
        entries = self._mapping(node, steps) if str(node.tag) == _CORE + "map" else self._sequence(node, steps)
        if not node.flow_style and entries:  # its mark runs on over comments and blank lines to the next token
            last = (*steps, len(entries) - 1 if isinstance(entries, list) else [*entries][-1])
            end = self.spots[last].end if last in self.spots else start
        self.spots[steps] = Spot(line, start, end, key, bool(node.flow_style))
        return entries

    def _scalar(self, node: Any, steps: Steps, key: tuple[int, int], line: int) -> Any:
        start, end = node.start_mark.index, node.end_mark.index
        if start == end and key[1]:  # `due:` with nothing behind it
            start = end = max(self.text.find(":", key[1]) + 1, key[1])  # `? due` has no colon at all
        end = start + len(self.text[start:end].rstrip())
        self.spots[steps] = Spot(line, start, end, key, printed=node.value)
        return _construct(str(node.tag).removeprefix(_CORE), node.value)

    def _sequence(self, node: Any, steps: Steps) -> list[Any]:
        return [self.value(item, (*steps, n), (0, 0)) for n, item in enumerate(node.value)]

    def _mapping(self, node: Any, steps: Steps) -> dict[Step, Any]:
        tree: dict[Step, Any] = {}
        for name, item in node.value:
            span = (name.start_mark.index, name.end_mark.index)
            line = name.start_mark.line + 1
            if not isinstance(name.value, str):
                found = self.text[slice(*span)]
                self.problems.append(problem("yaml-special", file=self.file, line=line, found=found))
                continue
            key = _construct("timestamp", name.value) if str(name.tag) == _CORE + "timestamp" else name.value
            if key in tree:
                first = self.spots[(*steps, key)].line if (*steps, key) in self.spots else line
                self.problems.append(problem("key-duplicate", file=self.file, line=line, found=key, first=first))
                continue
            tree[key] = self.value(item, (*steps, key), span)
        return tree


def _construct(tag: str, text: str) -> Any:
    """Give a scalar its value; what its tag promises and it does not keep (2021-13-45) stays a string."""
    plain = text.replace("_", "")
    try:
        if tag == "int":
            return int(plain) if re.fullmatch(r"[-+]?\d+", plain) else int(plain, 0)
        if tag == "float":
            return float(re.sub(r"\.(inf|nan)$", r"\1", plain, flags=re.IGNORECASE))
        if tag == "timestamp":
            return date.fromisoformat(text)
    except ValueError:
        return text
    if tag == "bool":
        return text.lower() == "true"
    return None if tag == "null" else text


def _broken(error: Exception, text: str, file: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    offset = getattr(error, "position", 0)
    line, column = (mark.line, mark.column) if mark else (text.count("\n", 0, offset), 0)
    lines = [*text.split("\n"), ""]
    written = [n for n, one in enumerate(lines[: line + 1]) if one.strip()]  # a fault may show only where the text ends
    line = written[-1] if written else 0
    return problem("yaml-broken", file=file, line=line + 1, column=column + 1, found=lines[line].strip())
