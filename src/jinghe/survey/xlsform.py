"""XLSForm in and out (XLSForm 表格问卷): sheets `survey`, `choices` and `settings`, as ODK, Kobo and pyxform read them.

The subset: select_one, select_multiple, integer, decimal, text, note, begin/end group (appearance `table-list` makes a
battery), relevant, constraint, required, hint, labels in several languages. Scales stand in a sheet of their own,
`scales`; the columns `short`, `reverse`, `cut` and `provenance` are ours. Other programs leave both aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinghe.errors import DataError, Problem, problem
from jinghe.labels import LANGUAGES, Text
from jinghe.survey.instrument import Instrument, Item
from jinghe.survey.read import read_instrument
from jinghe.survey.sheet import open_workbook, read_sheet, save_sheets

__all__ = ["read_xlsform", "write_xlsform"]

_LABELS = {"zh": "label::中文 (zh)", "en": "label::English (en)"}
_HINTS = {"zh": "hint::中文 (zh)", "en": "hint::English (en)"}
_SHORTS = {"zh": "short::中文 (zh)", "en": "short::English (en)"}
_SURVEY = (
    "type",
    "name",
    *_LABELS.values(),
    *_HINTS.values(),
    "relevant",
    "constraint",
    "required",
    "appearance",
    *_SHORTS.values(),
    "reverse",
    "cut",
    "provenance",
)
_META = {"start", "end", "today", "deviceid", "username", "audit", "calculate", "hidden"}
_GROUPS = {"begin group": "begin", "begin_group": "begin", "end group": "end", "end_group": "end"}
_YES = {"yes", "true", "true()", "1", "是"}
_Row = Mapping[str, str]


def read_xlsform(path: Path) -> Instrument:
    """Read a questionnaire from an XLSForm workbook.

    Metadata rows (start, end, today …) are left out; other kinds of questions are faults.

    Raises:
        DataError: no workbook, a sheet is missing, or the questionnaire has faults, with the line of each.
    """
    book = open_workbook(path)
    survey = read_sheet(book, "survey", ("type", "name"), file=path.name)
    choices = read_sheet(book, "choices", ("list_name", "name"), file=path.name, optional=True)
    settings = next((row for _, row in read_sheet(book, "settings", (), file=path.name, optional=True)), {})
    scales = read_sheet(book, "scales", ("name", "items"), file=path.name, optional=True)
    found: list[Problem] = []
    rows = list(_questions(survey, found, file=path.name))
    tree = {
        "instrument": settings.get("form_id") or path.stem,
        "version": settings.get("version") or "1",
        "title": _title(settings) or path.stem,
        "note": _words(settings, "note"),
        "choices": _lists(choices, found, file=path.name),
        "batteries": {name: label for kind, name, label in rows if kind == "battery"},
        "items": [item for kind, _, item in rows if kind == "item"],
        "scales": {row["name"]: _scale(row) for _, row in scales},
    }
    if found:
        raise DataError(found)
    lines = {row["name"]: line for line, row in survey if row["name"]}
    try:
        return read_instrument({key: value for key, value in tree.items() if value})
    except DataError as error:
        raise DataError([_at_line(fault, lines, path.name) for fault in error.problems]) from None


def _at_line(fault: Problem, lines: Mapping[str, int], file: str) -> Problem:
    name = re.sub(r"^items\[(.+?)\]", r"\1", fault.place.path).partition(".")[0]
    return fault.at(file=file, line=lines.get(name))


def _questions(
    survey: Iterable[tuple[int, _Row]], found: list[Problem], *, file: str
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    open_groups: list[str] = []
    for line, row in survey:
        words = row["type"].split()
        group = _GROUPS.get(" ".join(words))
        if group == "begin":
            battery = "table-list" in row.get("appearance", "")
            open_groups.append(row["name"] if battery else "")
            if battery:
                yield "battery", row["name"], _words(row, "label") or Text.of(row["name"]).as_dict()
        elif group == "end" and open_groups:
            open_groups.pop()
        elif group:
            found.append(problem("survey-group-open", file=file, line=line, found=row["name"] or "—"))
        elif words and words[0] not in _META:
            yield "item", row["name"], _item(row, words, open_groups)
    if open_groups:
        found.append(problem("survey-group-open", file=file, found=open_groups[-1] or "—"))


def _item(row: _Row, words: Sequence[str], groups: Sequence[str]) -> dict[str, Any]:
    texts = {"label": _words(row, "label") or row["name"], "hint": _words(row, "hint"), "short": _words(row, "short")}
    flags = {key: row.get(key, "").lower() in _YES for key in ("required", "reverse", "cut")}
    rest = {key: row.get(key, "") for key in ("relevant", "constraint", "provenance")}
    place = {"choices": " ".join(words[1:]), "battery": next(filter(None, reversed(groups)), "")}
    return {"id": row["name"], "kind": words[0], **texts, **rest, **flags, **place}


def _words(row: _Row, key: str) -> dict[str, str] | None:
    """Find a label in both languages: `label::中文 (zh)`, `label::zh`, `label`."""
    found = {}
    for name, value in row.items():
        head, _, language = name.partition("::")
        if head.strip() == key and value:
            code = re.search(r"\((\w\w)\)", language)
            found[code[1] if code else language.strip() or "zh"] = value
    known = {lang: found[lang] for lang in LANGUAGES if lang in found}
    return known or ({"zh": next(iter(found.values()))} if found else None)


def _title(settings: _Row) -> dict[str, str] | None:
    """The title of a form has one language there; the English one stands in a column of ours."""
    found = _words(settings, "form_title")
    return found | {"en": settings["title_en"]} if found and settings.get("title_en") else found


def _lists(rows: Iterable[tuple[int, _Row]], found: list[Problem], *, file: str) -> dict[str, dict[str, Any]]:
    lists: dict[str, dict[str, Any]] = {}
    for line, row in rows:
        listed = lists.setdefault(row["list_name"], {})
        if row["name"] in listed:
            found.append(problem("survey-name-repeated", row["list_name"], file=file, line=line, found=row["name"]))
        listed[row["name"]] = _words(row, "label") or row["name"]
    return lists


def _scale(row: _Row) -> dict[str, Any]:
    label = _words(row, "label") or row["name"]
    return {"label": label, "items": row["items"].split(), "score": row.get("score") or "sum"}


def write_xlsform(instrument: Instrument, path: Path) -> None:
    """Write a questionnaire as an XLSForm workbook that ODK and Kobo accept."""
    groups = {battery.id: battery for battery in instrument.batteries}
    rows: list[dict[str, str]] = []
    current = ""
    for item in instrument.items:
        if item.battery != current:
            rows += [{"type": "end_group"}] if current else []
            current = item.battery
            if current:
                head = {"type": "begin_group", "name": current, "appearance": "table-list"}
                rows.append(head | _named(_LABELS, groups[current].label))
        rows.append(_item_row(item))
    rows += [{"type": "end_group"}] if current else []
    choices = [
        {"list_name": name, "name": choice.code} | _named(_LABELS, choice.label)
        for name, options in instrument.choices.items()
        for choice in options
    ]
    scales = [
        {"name": scale.id, **_named(_LABELS, scale.label), "items": " ".join(scale.items), "score": scale.score}
        for scale in instrument.scales
    ]
    sheets = {
        "survey": (_SURVEY, rows),
        "choices": (("list_name", "name", *_LABELS.values()), choices),
        "settings": _settings(instrument),
        "scales": (("name", *_LABELS.values(), "items", "score"), scales),
    }
    save_sheets(path, {name: sheet for name, sheet in sheets.items() if sheet[1] or name != "scales"})


def _settings(instrument: Instrument) -> tuple[tuple[str, ...], list[dict[str, str]]]:
    row = {"form_title": instrument.title.zh, "title_en": instrument.title.en}
    row |= {"form_id": instrument.id, "version": instrument.version, "default_language": "中文 (zh)"}
    if instrument.note:
        row |= {"note::中文 (zh)": instrument.note.zh, "note::English (en)": instrument.note.en}
    return tuple(row), [row]


def _item_row(item: Item) -> dict[str, str]:
    row = {"type": f"{item.kind} {item.choices}".strip(), "name": item.id} | _named(_LABELS, item.label)
    row |= _named(_HINTS, item.hint) if item.hint else {}
    row |= _named(_SHORTS, item.short) if item.short else {}
    row |= {key: "yes" for key in ("required", "reverse", "cut") if getattr(item, key)}
    return row | {key: str(getattr(item, key)) for key in ("relevant", "constraint", "provenance")}


def _named(columns: Mapping[str, str], words: Text) -> dict[str, str]:
    return {columns[lang]: words.get(lang) for lang in LANGUAGES}
