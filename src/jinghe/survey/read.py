"""Read a questionnaire from a plain mapping, as YAML holds it, and back (读取问卷): every fault at its path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from jinghe.errors import DataError, Problem, attempt, problem
from jinghe.labels import Text
from jinghe.survey.instrument import Battery, Choice, Instrument, Item, Scale, check_instrument

__all__ = ["dump_instrument", "read_instrument"]

_KEYS: Mapping[str, tuple[str, ...]] = {
    "": ("instrument", "version", "title", "note", "choices", "batteries", "items", "scales"),
    "item": (
        "id",
        "kind",
        "label",
        "short",
        "hint",
        "choices",
        "battery",
        "relevant",
        "constraint",
        "required",
        "reverse",
        "cut",
        "provenance",
    ),
    "scale": ("label", "items", "score"),
}
_WORDS = ("choices", "battery", "relevant", "constraint", "provenance")
_FLAGS = ("required", "reverse", "cut")


def read_instrument(tree: Mapping[str, Any]) -> Instrument:
    """Read `{instrument, version, title, note, choices, batteries, items, scales}`.

    Raises:
        DataError: with every fault, those of `check_instrument` included.

    >>> tree = {"instrument": "q", "version": 1, "title": "Q", "items": [{"id": "n", "kind": "integer", "label": "N?"}]}
    >>> read_instrument(tree).item("n").kind
    'integer'
    """
    found: list[Problem] = []
    words = _mapping(found, tree, "")
    _keys(found, words, "", "")
    options = _mapping(found, words.get("choices"), "choices")
    batteries = _mapping(found, words.get("batteries"), "batteries")
    scales = _mapping(found, words.get("scales"), "scales")
    instrument = Instrument(
        id=_word(found, words, "instrument", ""),
        version=_word(found, words, "version", ""),
        title=_text(found, words.get("title"), "title"),
        items=tuple(
            _item(found, item, f"items[{k}]") for k, item in enumerate(_list(found, words.get("items"), "items"))
        ),
        choices={str(name): _options(found, listed, f"choices.{name}") for name, listed in options.items()},
        batteries=tuple(
            Battery(str(name), _text(found, label, f"batteries.{name}")) for name, label in batteries.items()
        ),
        scales=tuple(_scale(found, scale, str(name)) for name, scale in scales.items()),
        note=_text(found, words["note"], "note") if words.get("note") else None,
    )
    if not instrument.items:
        found.append(problem("survey-key-missing", "items", key="items"))
    if found := found or check_instrument(instrument):
        raise DataError(found)
    return instrument


def _item(found: list[Problem], tree: Any, at: str) -> Item:
    words = _mapping(found, tree, at)
    at = f"items[{words['id']}]" if words.get("id") else at
    _keys(found, words, "item", at)
    for flag in _FLAGS:
        if not isinstance(words.get(flag, False), bool):
            found.append(problem("choice-unknown", f"{at}.{flag}", found=words[flag], expected="true, false"))
    named: dict[str, Any] = {key: str(words.get(key) or "").strip() for key in _WORDS}
    named |= {key: words.get(key) is True for key in _FLAGS}
    return Item(
        id=_word(found, words, "id", at),
        kind=_word(found, words, "kind", at),
        label=_text(found, words.get("label"), f"{at}.label"),
        short=_text(found, words["short"], f"{at}.short") if words.get("short") else None,
        hint=_text(found, words["hint"], f"{at}.hint") if words.get("hint") else None,
        **named,
    )


def _options(found: list[Problem], tree: Any, at: str) -> tuple[Choice, ...]:
    words = _mapping(found, tree, at)
    return tuple(Choice(str(code), _text(found, label, f"{at}.{code}")) for code, label in words.items())


def _scale(found: list[Problem], tree: Any, name: str) -> Scale:
    at = f"scales.{name}"
    words = _mapping(found, tree, at)
    _keys(found, words, "scale", at)
    items = tuple(map(str, _list(found, words.get("items"), f"{at}.items")))
    return Scale(name, _text(found, words.get("label"), f"{at}.label"), items, str(words.get("score") or "sum"))


def _mapping(found: list[Problem], tree: Any, at: str) -> Mapping[str, Any]:
    if tree is None or isinstance(tree, Mapping):
        return tree or {}
    found.append(problem("survey-shape", at, found=tree))
    return {}


def _list(found: list[Problem], tree: Any, at: str) -> Sequence[Any]:
    if tree is None or isinstance(tree, list | tuple):
        return tree or ()
    found.append(problem("survey-shape", at, found=tree))
    return ()


def _word(found: list[Problem], tree: Mapping[str, Any], key: str, at: str) -> str:
    word = str(tree.get(key) if tree.get(key) is not None else "").strip()
    if not word:
        found.append(problem("survey-key-missing", f"{at}.{key}".strip("."), key=key))
    return word


def _text(found: list[Problem], value: Any, at: str) -> Text:
    return attempt(found, Text.of, value, path=at) or Text("", "")


def _keys(found: list[Problem], tree: Mapping[str, Any], kind: str, at: str) -> None:
    for key in tree:
        if key not in _KEYS[kind]:
            near = next(iter(get_close_matches(str(key), _KEYS[kind], 1, 0)), "—")
            found.append(problem("survey-key-unknown", f"{at}.{key}".strip("."), found=key, nearest=near))


def dump_instrument(instrument: Instrument) -> dict[str, Any]:
    """Return a questionnaire as the mapping that `read_instrument` reads; what is empty is left out."""
    tree: dict[str, Any] = {
        "instrument": instrument.id,
        "version": instrument.version,
        "title": instrument.title.as_dict(),
        "note": instrument.note.as_dict() if instrument.note else None,
        "choices": {
            name: {choice.code: choice.label.as_dict() for choice in options}
            for name, options in instrument.choices.items()
        },
        "batteries": {battery.id: battery.label.as_dict() for battery in instrument.batteries},
        "items": [_dump_item(item) for item in instrument.items],
        "scales": {
            scale.id: {"label": scale.label.as_dict(), "items": list(scale.items), "score": scale.score}
            for scale in instrument.scales
        },
    }
    return {key: value for key, value in tree.items() if value}


def _dump_item(item: Item) -> dict[str, Any]:
    named = {"label": item.label, "short": item.short, "hint": item.hint}
    texts = {key: words.as_dict() for key, words in named.items() if words}
    rest = {key: getattr(item, key) for key in (*_WORDS, *_FLAGS)}
    return {key: value for key, value in ({"id": item.id, "kind": item.kind} | texts | rest).items() if value}
