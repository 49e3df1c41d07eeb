"""Tables as they are printed (统计表): cells, how each is written, how it was made, and what must agree in it.

A table here is printed matter: it writes its own cells, because what is checked must be what the reader sees.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from jinghe.errors import DataError, Problem, problem
from jinghe.labels import LANGUAGES, Text
from jinghe.recalc import Claim, Group, check_claim, grim, read_printed

__all__ = ["FORMS", "HIDDEN", "Cell", "Check", "Column", "Row", "Table", "show_cell", "verify_table", "verify_tables"]

Cell = float | int | Text | None
HIDDEN = Text("隐去", "hidden")
# How a column is written: digits behind the point, or its own way.
FORMS: Mapping[str, int] = {"text": 0, "count": 0, "mean": 2, "number": 2, "share": 1, "df": 2, "p": 3, "fine": 3}
_ENDLESS = 1e15  # no printed figure is this large
_MANY = 5  # so many feasible sums per printed digit and GRIM can refuse nothing
_NAMELESS = Text("该组", "this group")
_GROUP_NAMES, _TEST_NAMES = frozenset({"n", "mean", "sd", "share"}), frozenset({"statistic", "df", "df2", "p"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column (列): `form` is one of FORMS."""

    id: str
    label: Text
    form: str = "text"


@dataclass(frozen=True, slots=True)
class Row:
    """One row (行); a row of a hidden group shows its name only."""

    cells: tuple[Cell, ...]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """What must agree in a table (自检项): a test of `recalc`, the rows of its groups, and which column holds what.

    `part`: counts and shares; `single` and `multiple`: n and the shares of one choice or several.

    The statistic, its degrees of freedom and p stand in the first of the rows. `items` is None where answers are
    weighted or not whole numbers.
    """

    test: str
    rows: tuple[int, ...]
    columns: Mapping[str, str]
    n: int | None = None
    items: int | None = None
    scale: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table with a line on its method (统计表)."""

    id: str
    title: Text
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    methods: Text
    notes: tuple[Text, ...] = ()
    checks: tuple[Check, ...] = ()
    figure: Mapping[str, Any] = field(default_factory=dict)

    def column(self, name: str) -> int:
        """Return the place of a column."""
        return [column.id for column in self.columns].index(name)

    def text(self, row: int, column: int, lang: str) -> str:
        """Return a cell as it is printed."""
        found = self.rows[row]
        if found.hidden and self.columns[column].form != "text":
            return HIDDEN.get(lang) if column == self._first_number() else ""
        return show_cell(found.cells[column], self.columns[column].form, lang)

    def _first_number(self) -> int:
        return next(at for at, column in enumerate(self.columns) if column.form != "text")

    def lines(self, lang: str) -> list[list[str]]:
        """Return all cells as they are printed."""
        return [[self.text(at, column, lang) for column in range(len(self.columns))] for at in range(len(self.rows))]

    def as_dict(self) -> dict[str, Any]:
        """Return the table as JSON holds it: words and printed cells only, so that nothing finer leaves with it."""
        return {
            "id": self.id,
            "title": self.title.as_dict(),
            "columns": [{"id": c.id, "label": c.label.as_dict(), "form": c.form} for c in self.columns],
            "rows": {lang: self.lines(lang) for lang in LANGUAGES},
            "hidden": [at for at, row in enumerate(self.rows) if row.hidden],
            "methods": self.methods.as_dict(),
            "notes": [note.as_dict() for note in self.notes],
            "figure": dict(self.figure),
        }


def show_cell(value: Cell, form: str, lang: str) -> str:
    """Write one cell; nothing is a dash, never 0.

    >>> show_cell(0.1049, "share", "zh"), show_cell(0.00004, "p", "zh"), show_cell(-1.376, "number", "en")
    ('10.5%', '<0.001', '−1.38')
    """
    if isinstance(value, Text):
        return value.get(lang)
    if value is None or not math.isfinite(value) or abs(value) >= _ENDLESS:
        return "—"
    if form == "p":
        return "<0.001" if value < 0.001 else _signed(f"{value:.3f}")
    if form == "share":
        return _signed(f"{value * 100:.1f}%")
    if form == "df" and float(value).is_integer():
        return f"{value:.0f}"
    return _signed(f"{value:.{FORMS[form]}f}")


def _signed(text: str) -> str:
    bare = text.lstrip("-")
    return bare if bare == text or not bare.strip("0.%") else f"−{bare}"


def verify_table(table: Table) -> None:
    """Recalculate a table from what it prints.

    Raises:
        DataError: it contradicts itself; such a table is never printed.
    """
    faults: list[Problem] = []
    for check in table.checks:
        if any(table.rows[at].hidden for at in check.rows):
            continue
        if check.test in _OWN:
            faults += _OWN[check.test](table, check)
            continue
        verdict = check_claim(_claim(table, check))
        if verdict.status == "inconsistent":
            reason = verdict.text
            faults.append(problem("survey-table-inconsistent", table.id, reason_zh=reason.zh, reason_en=reason.en))
    if faults:
        raise DataError(faults)


def verify_tables(tables: Sequence[Table]) -> tuple[Table, ...]:
    """Recalculate all tables and return them. Raises DataError with every contradiction."""
    faults: list[Problem] = []
    for table in tables:
        try:
            verify_table(table)
        except DataError as error:
            faults += error.problems
    if faults:
        raise DataError(faults)
    return tuple(tables)


def _claim(table: Table, check: Check) -> Claim:
    places = {name: table.column(column) for name, column in check.columns.items()}
    texts = [{name: table.text(row, at, "en") for name, at in places.items()} for row in check.rows]
    printed = [
        {name: read_printed(text) for name, text in row.items() if text not in {"—", ""} and name in _read_names(at)}
        for at, row in enumerate(texts)
    ]
    groups = tuple(
        Group(_NAMELESS, int(row["n"].value) if "n" in row else None, row.get("mean"), row.get("sd"), row.get("share"))
        for row in printed
    )
    items, first = check.items, printed[0]
    if items and any(_is_vacuous(group, check.n, items) for group in groups):
        items = None
    return Claim(
        id=table.id,
        test=check.test,
        n=check.n,
        groups=() if check.test in {"t", "F", "chi2", "z", "r"} else groups,
        statistic=first.get("statistic"),
        df=tuple(first[name] for name in ("df", "df2") if name in first),
        p=first.get("p"),
        tails=2,
        items=items,
        scale=check.scale,
    )


def _read_names(at: int) -> frozenset[str]:
    """What is read of a row: the test stands in the first one only."""
    return _GROUP_NAMES | _TEST_NAMES if at == 0 else _GROUP_NAMES


def _is_vacuous(group: Group, n: int | None, items: int) -> bool:
    """Beyond this size every printed mean and SD has its whole-number answers, and looking for them takes long."""
    size = group.n or n
    return group.mean is not None and size is not None and size * items >= _MANY * 10**group.mean.decimals


def _check_parts(table: Table, check: Check) -> list[Problem]:
    """Each printed share is that of its printed count in its base (the count in `base`, or n)."""
    faults = []
    for at in check.rows:
        count, share = (table.text(at, table.column(check.columns[name]), "en") for name in ("count", "share"))
        base = check.n or int(table.text(at, table.column(check.columns["base"]), "en"))
        if share != "—" and int(count) not in grim(read_printed(share), base).sums:
            faults.append(_broken(table, f"{count} / {base} ≠ {share}"))
    return faults


def _check_shares(table: Table, check: Check, *, exclusive: bool) -> list[Problem]:
    """Each printed share is that of a whole number of the printed n; those of one choice add up to it."""
    faults = []
    for at in check.rows:
        texts = {name: table.text(at, table.column(column), "en") for name, column in check.columns.items()}
        n = int(texts.pop("n"))
        counts = [grim(read_printed(text), n).sums for text in texts.values() if n and text != "—"]
        wrong = [text for text, sums in zip(texts.values(), counts, strict=False) if not sums]
        if wrong:
            faults.append(_broken(table, f"n={n}: {', '.join(wrong)}"))
        elif exclusive and counts and not sum(one[0] for one in counts) <= n <= sum(one[-1] for one in counts):
            faults.append(_broken(table, f"n={n}: {' + '.join(texts.values())} ≠ 100%"))
    return faults


def _broken(table: Table, text: str) -> Problem:
    return problem("survey-table-inconsistent", table.id, reason_zh=text, reason_en=text)


# Checks of tables that need no claim.
_OWN: Mapping[str, Callable[[Table, Check], list[Problem]]] = {
    "part": _check_parts,
    "single": partial(_check_shares, exclusive=True),
    "multiple": partial(_check_shares, exclusive=False),
}
