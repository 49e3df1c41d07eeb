"""The data dictionary (数据字典): every field of a compact, its agreements, sources and tables.

`fields.csv` is its only source: validation (`structure.py`), JSON Schema (`schema.py`), form labels and the reference
page (`reference.py`) all read it. A path pattern writes `*` for any key and `[]` for any list item; before a colon
stands the document, nothing for `compact.yaml`: `contracts[].due`, `agreement:parameters.*.unit`, `groups.csv:share`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from jinghe.compact.document import Steps
from jinghe.labels import Text

__all__ = ["Branch", "Field", "find_field", "read_branches", "read_fields"]

_FIELDS = Path(__file__).with_name("fields.csv")


@dataclass(frozen=True, slots=True)
class Field:
    """One field (字段): where it stands, what it holds, and what to call it.

    `type` is map, list, tree, any, or the type of a scalar; `list X` is a list of X, `dated X` an X or one X per date.
    """

    path: str
    type: str
    unit: str
    required: bool
    choices: tuple[str, ...]
    label: Text
    help: Text

    @property
    def document(self) -> str:
        """The document it belongs to: "" for the compact, agreement, sources, or the name of a table."""
        return self.path.rpartition(":")[0]

    @property
    def pattern(self) -> tuple[str, ...]:
        """Its path pattern in parts.

        >>> find_field(("contracts", 0, "due")).pattern
        ('contracts', '[]', 'due')
        """
        return tuple(re.findall(r"[^.\[\]]+|\[\]", self.path.rpartition(":")[2]))


@dataclass(slots=True)
class Branch:
    """A place in the shape of a document: its field, if described, and what may stand below it by key, `*` or `[]`."""

    entry: Field | None = None
    below: dict[str, Branch] = field(default_factory=dict)

    def at(self, step: object) -> Branch | None:
        """Return the branch below for a key or an item, or None when it is not in the dictionary."""
        if isinstance(step, int):
            return self.below.get("[]")
        return self.below.get(str(step)) or self.below.get("*")

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys named in the dictionary."""
        return tuple(key for key in self.below if key not in ("*", "[]"))


@cache
def read_fields() -> tuple[Field, ...]:
    """Read `fields.csv`, in its order.

    >>> read_fields()[0].label
    Text(zh='契约代号', en='compact id')
    """
    with _FIELDS.open(encoding="utf-8", newline="") as file:
        return tuple(
            Field(
                row["path"],
                row["type"],
                row["unit"],
                row["required"] == "yes",
                tuple(filter(None, row["choices"].split("|"))),
                Text(row["zh"], row["en"]),
                Text(row["help_zh"], row["help_en"]),
            )
            for row in csv.DictReader(file)
        )


@cache
def read_branches() -> Mapping[str, Branch]:
    """Arrange the fields as one tree per document."""
    roots: dict[str, Branch] = {}
    for item in read_fields():
        branch = roots.setdefault(item.document, Branch())
        for part in item.pattern:
            branch = branch.below.setdefault(part, Branch())
        branch.entry = item
    return roots


def find_field(steps: Steps, *, document: str = "") -> Field | None:
    """Return the field at a place, or None; keys below an agreement of the compact belong to its own document.

    >>> find_field(("contest", "weights", "growth")).label.zh
    '权重'
    >>> find_field(("agreements", 0, "status")).path
    'agreement:status'
    """
    if not document and steps[:1] == ("agreements",) and len(steps) > 2:
        return find_field(steps[2:], document="agreement")
    branch: Branch | None = read_branches()[document]
    for step in steps:
        if branch is None:
            return None
        kind = branch.entry.type if branch.entry else ""
        if kind == "tree" or kind.startswith("dated ") or (kind.startswith("list ") and "[]" not in branch.below):
            return branch.entry
        branch = branch.at(step)
    return branch.entry if branch else None
