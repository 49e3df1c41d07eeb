"""The shape of an agreement file (协议文件格式): which fields it has, and which blocks take which bindings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from jinghe.errors import Problem, problem
from jinghe.sharing.agreement import CONFIDENCES
from jinghe.sharing.rules import RULES
from jinghe.source import KINDS

__all__ = ["BLOCKS", "check_shape"]

# What each block must bind under `with`: key → what the bound name stands for.
BLOCKS: Mapping[str, Mapping[str, str]] = {name: rule.binds for name, rule in RULES.items()}

_FIELDS = {
    "": (
        ("agreement", "title", "status", "book", "parties", "clauses", "rounding"),
        (
            *("text", "template", "effective", "sources", "parameters", "data", "notes", "calendar", "replay"),
            *("members", "termination", "sealed", "credit"),
        ),
    ),
    "effective": (("from",), ("to", "source")),
    "sources": (("title", "kind"), ("published", "address", "note")),
    "parameters": (("unit",), ("label", "values", "open", "question", "choices")),
    "values": (("value", "source"), ("from", "to", "confidence")),
    "choices": (("value",), ("zh", "en", "source")),
    "data": (("indicator", "of", "unit"), ("label", "every", "at", "lag", "negative")),
    "clauses": (
        ("id", "block", "text", "source", "with"),
        ("label", "phrase", "topic", "priority", "exception_of", "when"),
    ),
    "when": ((), ("from", "to", "holds", "fails")),
    "termination": ((), ("rule", "residual", "notice_days", "exits")),
    "exits": (("party", "on", "source"), ()),
    "sealed": (("on", "digest"), ()),
    "credit": (("indicator", "mode"), ()),
    "calendar": ((), ("data_due_days", "notice_days", "objection_days", "payment_due_days")),
}
_MOST_DAYS = 36_600  # a hundred years: a treaty may be terminated with ten years' notice
_WORDS = {
    "status": ("in_force", "proposed", "template"),
    "book": ("money", "assessment"),
    "mode": ("situs", "split", "double_count"),
    "every": ("period", "month"),
    "negative": ("refuse", "zero", "refund"),
    "confidence": tuple(CONFIDENCES),
    "rule": ("stop", "without", "residual"),
    "block": tuple(BLOCKS),
    "kind": tuple(KINDS),
}
# Of these keys a block binds exactly one.
_EITHER = {name: (("holder", "collector"),) for name, rule in RULES.items() if rule.way == "split"}
_EITHER |= {"elig_threshold": (("least", "most"),), "tranche": (("holds", "fails"),)}
_NESTED = ("values", "choices")  # lists inside a parameter


def _is_plain(value: Any) -> bool:
    return not isinstance(value, Mapping | list | tuple)


def _is_text(value: Any) -> bool:
    if isinstance(value, Mapping):
        return bool(value.get("zh") or value.get("en")) and all(_is_plain(words) for words in value.values())
    return isinstance(value, str)


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping)


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)


def _is_plain_table(value: Any) -> bool:
    return isinstance(value, Mapping) and bool(value) and all(_is_plain(item) for item in value.values())


_FORMS: Mapping[str, Callable[[Any], bool]] = {
    **dict.fromkeys(
        ("agreement", "template", "id", "block", "status", "book", "source", "unit", "of", "every"), _is_plain
    ),
    **dict.fromkeys(
        ("indicator", "kind", "from", "to", "open", "rule", "residual", "party", "on", "digest"), _is_plain
    ),
    **dict.fromkeys(("topic", "exception_of", "holds", "fails", "confidence", "negative", "mode"), _is_plain),
    "priority": lambda value: type(value) is int,
    "lag": lambda value: type(value) is int and 0 <= value < 100,
    **dict.fromkeys(("title", "text", "label", "phrase", "question"), _is_text),
    **dict.fromkeys(
        ("effective", "sources", "parameters", "data", "with", "when", "termination", "sealed", "calendar", "credit"),
        _is_table,
    ),
    **dict.fromkeys(("clauses", "rounding", "values", "choices", "replay", "exits"), _is_list),
    "at": lambda value: _is_list(value) and bool(value) and all(_is_plain(item) for item in value),
    "members": lambda value: _is_list(value) or (_is_table(value) and all(_is_days(days) for days in value.values())),
    "notes": lambda value: _is_list(value) and all(_is_text(item) for item in value),
    "parties": lambda value: _is_table(value) and all(_is_party(item) for item in value.values()),
}


def _is_days(value: Any) -> bool:
    return value is None or (_is_table(value) and set(value) <= {"from", "to"})


def _is_party(value: Any) -> bool:
    return _is_plain_table(value) or (_is_plain(value) and bool(value))


def check_shape(tree: Mapping[str, Any], *, file: str = "") -> list[Problem]:
    """List every field of an agreement file that is missing, unknown or not one of its words."""
    if not isinstance(tree, Mapping):
        return [problem("agreement-field-missing", file=file, field="agreement")]
    found = list(_fields(tree, kind="", path=""))
    if not found:
        for path, kind, item in _parts(tree):
            found += _fields(item, kind=kind, path=path)
        found += _effective(tree)
    return [item.at(file=file) for item in found]


def _parts(tree: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Walk the named parts: (path, kind of part, subtree)."""
    for name in ("effective", "sealed", "termination", "calendar", "credit"):
        if tree.get(name) is not None:
            yield name, name, tree[name]
    for at, item in enumerate((tree.get("termination") or {}).get("exits") or ()):
        yield f"termination.exits.{at}", "exits", item
    for kind in ("sources", "parameters", "data"):
        for name, item in (tree.get(kind) or {}).items():
            yield f"{kind}.{name}", kind, item
            if kind == "parameters" and isinstance(item, Mapping):
                yield from _inner(item, path=f"{kind}.{name}")
    for at, item in enumerate(tree["clauses"]):
        path = f"clauses.{item.get('id', at) if isinstance(item, Mapping) else at}"
        yield path, "clauses", item
        if isinstance(item, Mapping) and item.get("when") is not None:
            yield f"{path}.when", "when", item["when"]


def _inner(item: Mapping[str, Any], *, path: str) -> Iterator[tuple[str, str, Any]]:
    for inner in _NESTED:
        listed = item.get(inner)
        for part in listed if isinstance(listed, list | tuple) else ():
            if inner == "values" or isinstance(part, Mapping):
                yield f"{path}.{inner}", inner, part


def _fields(item: Any, *, kind: str, path: str) -> Iterator[Problem]:
    required, optional = _FIELDS[kind]
    if not isinstance(item, Mapping):
        yield problem("agreement-field-missing", path, field=(*required, *optional)[0])
        return
    yield from _keys(item, required=required, optional=optional, path=path)
    for key, value in item.items():
        if key in (*required, *optional) and value is not None:
            yield from _word(key, value, path=_join(path, key))
    if kind == "clauses" and isinstance(item.get("with"), Mapping):
        yield from _bound(item["with"], block=str(item.get("block")), path=f"{path}.with")
    if kind == "parameters" and not item.get("open") and not item.get("values"):
        yield problem("agreement-field-missing", path, field="values")


def _bound(bindings: Mapping[str, Any], *, block: str, path: str) -> Iterator[Problem]:
    if block not in RULES:
        return
    rule = RULES[block]
    kinds = {**rule.binds, **rule.optional}
    yield from _keys(bindings, required=tuple(rule.binds), optional=tuple(rule.optional), path=path)
    for key, value in bindings.items():
        kind = kinds.get(key, "value")
        mapped, named = kind in ("shares", "limits", "table", "points"), kind not in ("shares", "limits", "table")
        fits = (mapped and _is_plain_table(value)) or (named and _is_plain(value))
        if value is not None and not fits:
            yield problem("agreement-field-misshapen", _join(path, str(key)), field=key)
    tables = {key: value for key, value in bindings.items() if kinds.get(key) == "table" and _is_table(value)}
    parts = dict.fromkeys(part for table in tables.values() for part in table)
    for key, table in tables.items():  # every part in every table
        yield from _keys(table, required=tuple(parts), optional=(), path=f"{path}.{key}")
    for one in _EITHER.get(block, ()):
        if sum(bindings.get(key) is not None for key in one) != 1:
            yield problem("agreement-field-either", path, fields=", ".join(one))
    if (bindings.get("payer") is None) != (bindings.get("payee") is None):
        yield problem("agreement-field-missing", path, field="payee" if bindings.get("payer") else "payer")


def _keys(item: Mapping[str, Any], *, required: Sequence[str], optional: Sequence[str], path: str) -> Iterator[Problem]:
    for key in required:
        if item.get(key) is None:
            yield problem("agreement-field-missing", path, field=key)
    for key in item:
        if key not in (*required, *optional):
            near = next(iter(get_close_matches(str(key), [*required, *optional], 1, 0)), "—")
            yield problem("agreement-field-unknown", _join(path, str(key)), found=key, nearest=near)


def _word(key: str, value: Any, *, path: str) -> Iterator[Problem]:
    if key in _FORMS and not _FORMS[key](value):
        yield problem("agreement-field-misshapen", path, field=key)
    elif key in _WORDS and value not in _WORDS[key]:
        yield problem("choice-unknown", path, found=value, expected=", ".join(_WORDS[key]))
    elif key.endswith("_days") and not (type(value) is int and 0 <= value <= _MOST_DAYS):
        yield problem("agreement-days-unfit", path, found=value, most=_MOST_DAYS)


def _effective(tree: Mapping[str, Any]) -> Iterator[Problem]:
    if tree["status"] == "in_force" and not tree.get("effective"):
        yield problem("agreement-field-missing", "effective", field="from")


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
