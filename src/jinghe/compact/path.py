"""The one path language (路径): how a place in a compact is written, found and shown.

`contest.weights.growth`, `contest.weights.growth@2023-01-01` (the value of that date), `contracts[roads].due` (a list
item by its id, else by its number from 0), `contest.steps[screen].coverage` (an item with one key, by that key),
`agreements[park].parameters.term_years.values[2021-01-01].value` (by its `from`), and `set["contest.weights.growth"]`
for a key that holds a dot. `contracts.roads.due` is understood too; it is shown with brackets.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from typing import Any

from jinghe.compact.document import Step, Steps
from jinghe.errors import Problem, problem

__all__ = [
    "Token",
    "find_steps",
    "follow",
    "list_paths",
    "name_items",
    "nearest_word",
    "parse_path",
    "show_path",
    "take",
    "unknown_path",
    "walk_steps",
]

Token = tuple[str, str]  # how it is written — name, item or date — and its words

_TOKEN = re.compile(
    r"""(?:^|\.)(?P<name>[^.\[\]@"]+)  | \[(?P<item>[^\]"]+)\]
      | \[(?P<key>"(?:[^"\\]|\\.)*")\] | @(?P<date>\d{4}-\d\d-\d\d)$""",
    re.VERBOSE,
)


def parse_path(path: str) -> tuple[Token, ...] | None:
    """Cut a path into tokens; None when it is not one.

    >>> parse_path("contracts[roads].due@2025-12-31")
    (('name', 'contracts'), ('item', 'roads'), ('name', 'due'), ('date', '2025-12-31'))
    """
    tokens: list[Token] = []
    at = 0
    while at < len(path):
        match = _TOKEN.match(path, at)
        if not match:
            return None
        kind = str(match.lastgroup)
        try:
            tokens.append(("name", json.loads(match["key"])) if kind == "key" else (kind, match[kind]))
        except ValueError:
            return None
        at = match.end()
    return tuple(tokens) or None


def find_steps(tree: Any, path: str) -> Steps | None:
    """Return the keys and numbers that lead to a value; None when nothing stands there.

    >>> find_steps({"contracts": [{"id": "roads", "due": 1}]}, "contracts[roads].due")
    ('contracts', 0, 'due')
    """
    steps, is_whole = follow(tree, path)
    return steps if is_whole else None


def follow(tree: Any, path: str) -> tuple[Steps, bool]:
    """Follow a path as far as it leads, and say whether that is all of it.

    >>> follow({"contest": {"weights": {"growth": 1}}}, "contest.weights.green")
    (('contest', 'weights'), False)
    """
    tokens = parse_path(path)
    steps: Steps = ()
    for token in tokens or ():
        found = _find(tree, token)
        if not found:
            return steps, False
        tree, steps = take(tree, found), steps + found
    return steps, bool(tokens)


def take(tree: Any, steps: Steps) -> Any:
    """Return the value at `steps`."""
    for step in steps:
        tree = tree[step]
    return tree


def show_path(tree: Any, steps: Steps) -> str:
    """Write `steps` as a path; what does not exist is written as it would be.

    >>> show_path({"contracts": [{"id": "roads", "due": 1}]}, ("contracts", 0, "due"))
    'contracts[roads].due'
    """
    shown = ""
    while steps:
        item, key = _below(tree, steps[0]), steps[1:2]
        if isinstance(tree, list) and key and key == _only_key(item) and name_items(tree).count(str(key[0])) == 1:
            shown, tree, steps = f"{shown}[{key[0]}]", _below(item, key[0]), steps[2:]
        else:
            shown, tree, steps = shown + _show(tree, steps[0], first=not shown), item, steps[1:]
    return shown


def list_paths(tree: Any) -> list[str]:
    """List every path in a tree, in file order."""
    return [show_path(tree, steps) for steps in walk_steps(tree)]


def name_items(items: list[Any]) -> list[str]:
    """Name the items of a list: by id, by `from`, or by their only key; empty where there is none.

    >>> name_items([{"id": "roads"}, {"screen": {}}, "140100"])
    ['roads', 'screen', '']
    """
    return [_id(item) or "".join(map(str, _only_key(item))) for item in items]


def nearest_word(word: object, words: Iterable[object]) -> str:
    """Return the word spelt most like `word`, or — when there is none to choose from.

    >>> nearest_word("wieghts", ["tree", "weights"])
    'weights'
    """
    return next(iter(get_close_matches(str(word), [str(one) for one in words], 1, 0)), "—")


def unknown_path(tree: Any, path: str) -> Problem:
    """Make the problem for a path where nothing stands, naming the nearest one."""
    return problem("path-unknown", found=path, nearest=nearest_word(path, list_paths(tree)))


def walk_steps(tree: Any, steps: Steps = ()) -> Iterator[Steps]:
    """Yield the steps of everything in a tree, in file order."""
    items: Iterator[tuple[Step, Any]] | enumerate[Any] = iter(())
    if isinstance(tree, dict):
        items = iter(tree.items())
    elif isinstance(tree, list):
        items = enumerate(tree)
    for step, below in items:
        yield (*steps, step)
        yield from walk_steps(below, (*steps, step))


def _find(tree: Any, token: Token) -> Steps:
    kind, words = token
    if isinstance(tree, dict):
        key = date.fromisoformat(words) if kind == "date" and _is_day(words) else words
        return (key,) if key in tree else ()
    if not isinstance(tree, list) or kind == "date":
        return ()
    names = name_items(tree)
    if words in names:
        at = names.index(words)
        return (at, *(() if _id(tree[at]) else _only_key(tree[at])))
    return (int(words),) if kind == "item" and words.isdecimal() and int(words) < len(tree) else ()


def _is_day(words: str) -> bool:
    try:
        return bool(date.fromisoformat(words))
    except ValueError:
        return False


def _below(tree: Any, step: Step) -> Any:
    try:
        return tree[step]
    except (KeyError, IndexError, TypeError):
        return None


def _id(item: Any) -> str:
    """Name a list item by its id or its `from`."""
    keys = [key for key in ("id", "agreement", "from") if key in item] if isinstance(item, dict) else []
    found = item[keys[0]] if keys else ""
    return str(found) if isinstance(found, str | date) and not set(str(found)) & set('[]"') else ""


def _only_key(item: Any) -> Steps:
    keys = tuple(item) if isinstance(item, dict) else ()
    plain = len(keys) == 1 and isinstance(keys[0], str) and bool(keys[0]) and not set(keys[0]) & set('[]"')
    return keys if plain and not _id(item) else ()


def _show(tree: Any, step: Step, *, first: bool) -> str:
    if isinstance(step, date):
        return f"@{step}"
    if isinstance(step, int):
        name = _id(tree[step]) if isinstance(tree, list) and step < len(tree) else ""
        return f"[{name if name and name_items(tree).count(name) == 1 else step}]"
    if set(step) & set('.[]@"') or not step:
        return f"[{json.dumps(step, ensure_ascii=False)}]"
    return step if first else f".{step}"
