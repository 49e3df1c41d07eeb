"""The files of a case (案例文件): `compact.yaml`, `sources.yaml`, the agreements and the tables, with their places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from json import dumps
from pathlib import Path
from typing import Any

from jinghe.compact.dictionary import find_field
from jinghe.compact.document import Document, Steps, parse_document, read_document
from jinghe.compact.path import follow, show_path
from jinghe.compact.structure import Shaped, shape
from jinghe.errors import JingheError, Problem, problem
from jinghe.source import read_rows

__all__ = ["COMPACT_FILE", "SOURCES_FILE", "Case", "Sheet", "Table", "read_case"]

COMPACT_FILE = "compact.yaml"
SOURCES_FILE = "sources.yaml"
_TABLES = tuple(f"region.{name}" for name in ("jurisdictions", "groups", "adjacency"))
_OTHERS = ("standards", "evidence", "projects")
_TABLES += tuple(f"data.{name}" for name in ("joint_items", "claims", "progress", "observations"))


@dataclass(frozen=True, slots=True)
class Sheet:
    """One YAML file of a case (文件): as read, as shaped by the dictionary, and what was wrong with it."""

    document: Document
    shaped: Shaped
    problems: tuple[Problem, ...]

    def place(self, item: Problem) -> Problem:
        """Give a problem its file and line from its path, as far as the path leads."""
        if item.place.line or item.place.file not in ("", self.document.file):
            return item
        if not item.place.path:
            return item.at(file=self.document.file)
        steps, is_whole = follow(self.document.tree, item.place.path)
        path = show_path(self.document.tree, steps) if is_whole else item.place.path
        return item.at(file=self.document.file, line=self.document.line(steps), path=path)


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file of a case (表格): its path in the compact, its name, and its rows with their lines."""

    path: str
    file: str
    rows: tuple[tuple[int, dict[str, str]], ...]


@dataclass(frozen=True)
class Case:
    """Everything a case folder holds (案例), read but not yet understood.

    `others` are the files of standards, evidence and projects, which other rooms read: path, file, SHA-256.
    """

    folder: Path
    compact: Sheet
    sources: Sheet
    agreements: tuple[Sheet, ...]
    tables: tuple[Table, ...]
    missing: tuple[Problem, ...] = ()
    others: tuple[tuple[str, str, str], ...] = ()

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The YAML files."""
        return (self.compact, self.sources, *self.agreements)

    @cached_property
    def tree(self) -> dict[str, Any]:
        """The compact with the content of each agreement in the place of its file."""
        tree = self.compact.shaped.tree
        return tree | ({"agreements": [sheet.shaped.tree for sheet in self.agreements]} if "agreements" in tree else {})

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the content: comments, quotes and spacing do not count, the order of keys does."""
        rules = [table for table in self.tables if table.path != "data.observations"]
        rows = [[table.path, [list(row.items()) for _, row in table.rows]] for table in rules]
        content = [_ordered(self.tree), rows, *([list(self.others)] if self.others else [])]
        return sha256(dumps(content, ensure_ascii=False).encode()).hexdigest()

    def find_sheet(self, steps: Steps) -> tuple[Sheet, Steps]:
        """Return the file that holds a place of `tree`, and the place inside it."""
        if len(steps) > 2 and steps[0] == "agreements" and isinstance(steps[1], int):
            return self.agreements[steps[1]], steps[2:]
        return self.compact, steps

    def with_texts(self, texts: dict[str, str]) -> Case:
        """Return the case with other texts of some YAML files; tables are read again only if other ones are named."""
        compact = _reread(self.compact, texts, kind="")
        agreements = tuple(_reread(sheet, texts, kind="agreement") for sheet in self.agreements)
        if _files(compact.shaped.tree) != _files(self.compact.shaped.tree):
            known = {sheet.document.file: sheet for sheet in agreements}
            return _assemble(self.folder, compact, self.sources, known=known)
        return Case(self.folder, compact, self.sources, agreements, self.tables, self.missing, self.others)


def read_case(folder: Path) -> Case:
    """Read the files of a case; what is missing or broken is in the problems of its sheet."""
    sources = _sheet(*read_document(folder / SOURCES_FILE, file=SOURCES_FILE), kind="sources")
    compact = _sheet(*read_document(folder / COMPACT_FILE, file=COMPACT_FILE), kind="")
    return _assemble(folder, compact, sources, known={})


def _assemble(folder: Path, compact: Sheet, sources: Sheet, *, known: Mapping[str, Sheet]) -> Case:
    files = _files(compact.shaped.tree)
    missing = {path: problem("file-missing", path, found=file) for path, file in files if not (folder / file).is_file()}
    listed = [file for path, file in files if path.startswith("agreements[")]
    others = [
        (path, file)
        for path, file in files
        if path.partition(".")[0].partition("[")[0] in _OTHERS and path not in missing
    ]
    agreements = tuple(known.get(file) or _agreement(folder, file) for file in listed)
    tables = [_table(folder, path, file) for path, file in files if path in _TABLES]
    told = tuple(compact.place(item) for item in missing.values())
    hashed = tuple((path, file, sha256((folder / file).read_bytes()).hexdigest()) for path, file in others)
    return Case(folder, compact, sources, agreements, tuple(table for table in tables if table), told, hashed)


def _agreement(folder: Path, file: str) -> Sheet:
    """Read an agreement; that it is missing is told where it is named."""
    document, problems = read_document(folder / file, file=file)
    return _sheet(document, [item for item in problems if item.code != "file-missing"], kind="agreement")


def _files(tree: dict[str, Any]) -> list[tuple[str, str]]:
    """List the files that a compact names, with their paths."""
    parts = (path.split(".") for path in _TABLES)
    named = [(f"{part}.{name}", (tree.get(part) or {}).get(name)) for part, name in parts]
    named += [(f"agreements[{at}]", file) for at, file in enumerate(tree.get("agreements") or ())]
    named += [found for part in _OTHERS for found in _named_files(tree.get(part), (part,))]
    return [(path, str(file)) for path, file in named if file]


def _named_files(value: Any, steps: Steps) -> list[tuple[str, str]]:
    """List the files that a part of the compact names: whatever the dictionary calls a file."""
    if isinstance(value, dict | list):
        below = value.items() if isinstance(value, dict) else enumerate(value)
        return [found for step, item in below for found in _named_files(item, (*steps, step))]
    entry = find_field(steps)
    is_file = entry is not None and entry.type in ("file", "list file")
    return [("".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in steps)[1:], value)] if is_file else []


def _table(folder: Path, path: str, file: str) -> Table | None:
    """Read a table as it stands; what is wrong with it is for the room that reads it to say."""
    if file.endswith(".parquet"):
        return None
    try:
        return Table(path, file, tuple(read_rows(folder / file, (), name=file)))
    except JingheError:
        return None


def _sheet(document: Document, problems: list[Problem], *, kind: str) -> Sheet:
    if not document.text or (problems and not document.tree):  # nothing was read: that alone is the fault
        return Sheet(document, Shaped({}, (), frozenset({()})), tuple(problems))
    shaped = shape(document, kind=kind)
    return Sheet(document, shaped, (*problems, *shaped.problems))


def _reread(sheet: Sheet, texts: dict[str, str], *, kind: str) -> Sheet:
    text = texts.get(sheet.document.file, sheet.document.text)
    if text == sheet.document.text:
        return sheet
    return _sheet(*parse_document(text, file=sheet.document.file), kind=kind)


def _ordered(tree: Any) -> Any:
    """Make a tree fit for hashing, with the order of its keys kept."""
    if isinstance(tree, dict):
        return [[str(key), _ordered(value)] for key, value in tree.items()]
    if isinstance(tree, list):
        return [_ordered(value) for value in tree]
    return str(tree) if isinstance(tree, date) else tree
