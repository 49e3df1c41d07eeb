"""Sentences about a change (措辞): what is changed, named as people name it, and from what to what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from jinghe.compact.compact import Compact
from jinghe.compact.dictionary import Field, find_field
from jinghe.compact.document import Steps
from jinghe.compact.edit import render_value
from jinghe.compact.path import take
from jinghe.labels import LANGUAGES, Text

__all__ = ["say_change", "say_row_change"]

_INDICATORS = Text("下属指标", "indicators")


def say_change(
    compact: Compact, steps: Steps, *, before: Any, after: Any, on: date | None = None, earlier: Compact | None = None
) -> Text:
    """Say that what stands at `steps` of a compact changes, is added (no `before`) or is deleted (no `after`).

    Args:
        compact: where the place is, for its names.
        earlier: the compact that names the old value; default: the same.
        steps: the place.
        before: the old value, or None.
        after: the new value, or None.
        on: the day from which a dated value changes.
    Returns:
        One sentence in each language.
    """
    field = find_field(steps)
    subject = _name_place(compact, steps)
    old, new = (
        Text(*("" if _is_part(value, field) else _say_value(source, value, field, lang) for lang in LANGUAGES))
        for source, value in ((earlier or compact, before), (compact, after))
    )
    return _sentence(subject, old=old, new=new, kind=_kind(before, after), on=on)


def say_row_change(
    compact: Compact,
    table: str,
    *,
    row: Mapping[str, str],
    column: str = "",
    change: tuple[str, str] = ("", ""),
    added: bool = True,
) -> Text:
    """Say that a row of a table is added or deleted, or, with `column`, that a cell of it changes."""
    steps: Steps = tuple(table.split("."))
    label = _label(find_field(steps), table)
    names = Text(*(_name_row(compact, row, lang) for lang in LANGUAGES))
    subject = Text(f"{label.zh}中的{_quote(names.zh)}", f"{_quote(names.en)} in the {label.en}")
    if not column:
        return _sentence(subject, old=Text("", ""), new=Text("", ""), kind="added" if added else "deleted", on=None)
    cell = _label(find_field((column,), document=f"{steps[-1]}.csv"), column)
    subject = Text(f"{subject.zh}的{cell.zh}", f"the {cell.en} of {subject.en}")
    old, new = (Text(value or "空白", value or "nothing") for value in change)
    return _sentence(subject, old=old, new=new, kind="changed", on=None)


def _is_part(value: Any, field: Field | None) -> bool:
    """Is it a part with fields of its own, too long to be told in a sentence?"""
    kind = field.type if field else "map"
    return isinstance(value, dict) and kind not in ("text", "any", "tree") and not kind.startswith("dated ")


def _kind(before: Any, after: Any) -> str:
    return "added" if before is None else "deleted" if after is None else "changed"


def _sentence(subject: Text, *, old: Text, new: Text, kind: str, on: date | None) -> Text:
    zh = {
        "changed": f"{subject.zh}由 {old.zh} 改为 {new.zh}",
        "added": f"新增{subject.zh}" + (f"：{new.zh}" if new.zh else ""),
        "deleted": f"删去{subject.zh}" + (f"（原为 {old.zh}）" if old.zh else ""),
    }[kind]
    en = {  # without a verb, so that it fits one thing and many
        "changed": f"{subject.en}: from {old.en} to {new.en}",
        "added": f"added: {subject.en}" + (f", {new.en}" if new.en else ""),
        "deleted": f"deleted: {subject.en}" + (f", formerly {old.en}" if old.en else ""),
    }[kind]
    if on:
        return Text(f"{on} 起，{zh}。", f"From {on}, {en}.")
    return Text(f"{zh}。", f"{en[:1].upper()}{en[1:]}.")


def _name_place(compact: Compact, steps: Steps) -> Text:
    """Name a place: what the dictionary calls it, and whose it is: the nearest thing with a title, or its part."""
    field = find_field(steps)
    label = _INDICATORS if field and field.type == "tree" else _label(field, str(steps[-1]))
    title = _title(compact, steps)
    is_value = field is not None and field.type != "map" and not isinstance(steps[-1], int)
    if title and not is_value:
        return Text(f"{label.zh}{_quote(title.zh)}", f"the {label.en} {_quote(title.en)}")
    owners = [title] if title else [_title(compact, steps[:n]) for n in range(len(steps) - 1, 0, -1)]
    owner = next((one for one in owners if one), None)
    if owner:
        return Text(f"{_quote(owner.zh)}的{label.zh}", f"the {label.en} of {_quote(owner.en)}")
    around = find_field(steps[:-1]) if len(steps) > 1 else None
    if around:
        return Text(f"{around.label.zh}的{label.zh}", f"the {label.en} of the {around.label.en}")
    return Text(label.zh, f"the {label.en}")


def _title(compact: Compact, steps: Steps) -> Text | None:
    """The title of an item, the label of a node, or the id of what has no other name."""
    value = take(compact.tree, steps)
    if isinstance(value, dict) and (words := value.get("title") or value.get("label")):
        return Text.of(words)
    if isinstance(value, dict) and isinstance(value.get("id"), str):
        return Text.of(value["id"])
    field = find_field(steps)
    if field is None or not (field.path.endswith("*") or (field.type == "tree" and steps[-1] != "tree")):
        return None
    return _node(compact, str(steps[-1])) if steps[0] == "contest" else Text.of(str(steps[-1]))


def _node(compact: Compact, name: str) -> Text:
    return compact.contest.label(name) if compact.contest else Text.of(name)


def _quote(words: str) -> str:
    return "“" + words.replace("“", "‘").replace("”", "’") + "”"


def _label(field: Field | None, fallback: str) -> Text:
    return field.label if field else Text(fallback, fallback)


def _name_row(compact: Compact, row: Mapping[str, str], lang: str) -> str:
    title = row.get(f"title_{lang}") or row.get(f"name_{lang}", "") * ("code" in row)
    if title:
        return title
    titles = {contract.id: contract.title for contract in compact.contracts}
    titles |= {group.id: group.name for group in compact.region.groups}
    cells = [row[key] for key in ("group", "jurisdiction", "a", "b", "contract", "on", "id") if row.get(key)]
    named = [titles[cell].get(lang) if cell in titles else compact.region.name(cell, lang) for cell in cells]
    return ("、" if lang == "zh" else ", ").join(named)


def _say_value(compact: Compact, value: Any, field: Field | None, lang: str) -> str:
    if value is None:
        return "无" if lang == "zh" else "nothing"
    if field and field.type == "text":
        return _quote(Text.of(value).get(lang))
    if field and field.type == "tree" and isinstance(value, str):
        return _node(compact, value).get(lang)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ("、" if lang == "zh" else ", ").join(_say_value(compact, item, field, lang) for item in value)
    if field and field.type.endswith("code"):
        return compact.region.name(str(value), lang)
    return value if isinstance(value, str) else render_value(value)
