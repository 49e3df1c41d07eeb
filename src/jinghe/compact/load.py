"""Open a case (读取契约): find it, read it, check it — and its observations — reporting every fault at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from jinghe.compact.build import Draft, build, complete
from jinghe.compact.case import COMPACT_FILE, SOURCES_FILE, Case, Table, read_case
from jinghe.compact.change import check_alternatives
from jinghe.compact.check import check_draft, check_table
from jinghe.compact.compact import Compact
from jinghe.contest import Contest, check_inputs
from jinghe.errors import CompactError, DataError, Problem, problem
from jinghe.labels import Text
from jinghe.panel import Panel, PanelReading, read_panel
from jinghe.region import Region
from jinghe.sharing import Agreement

__all__ = ["check", "find_case", "load_compact", "load_panel"]

# In the wheel the cases lie inside the package; in the repository beside `src`.
_HOMES = (Path(__file__).parents[1] / "cases", Path(__file__).parents[3] / "cases")
_RANKS = ("error", "warning", "note")


def find_case(name_or_path: str | Path) -> Path:
    """Find the folder of a case by its path, the path of its `compact.yaml`, or its name.

    Raises CompactError naming the cases at hand.
    """
    path = Path(name_or_path)
    if path.name == COMPACT_FILE and path.is_file():
        return path.parent
    at_hand = {item.parent.name: item.parent for home in _HOMES for item in sorted(home.glob(f"*/{COMPACT_FILE}"))}
    if (path / COMPACT_FILE).is_file() or (path.is_dir() and str(path) not in at_hand):
        return path
    if str(path) not in at_hand:
        raise CompactError([problem("case-missing", found=name_or_path, known=", ".join(sorted(at_hand)) or "—")])
    return at_hand[str(path)]


def check(path: str | Path) -> list[Problem]:
    """List everything wrong with a case: errors, then warnings, then notes, each in the order of its file.

    Never raises for a fault of the user: a case that is not there is a problem like another.
    """
    try:
        return _check(_open(path))
    except CompactError as error:
        return list(error.problems)


def load_compact(path: str | Path) -> Compact:
    """Load a compact by the path or the name of its case.

    Raises:
        CompactError: with every error that `check` finds, when there is one in the compact.
    """
    draft = _open(path)
    found = [*draft.problems, *check_draft(draft)]
    if any(item.level == "error" for item in found):
        raise CompactError(item for item in _check(draft) if item.level == "error")
    compact = complete(draft)
    faults = check_alternatives(compact)
    if faults:
        raise CompactError(item for item in _check(draft) if item.level == "error")
    return compact


def load_panel(compact: Compact) -> PanelReading:
    """Read the observations of a compact, in the units its contest and agreements name.

    A series that no rule gives a unit takes that of its first figure. Rows with a fault are left out and told, so are
    jurisdictions outside the region and sources that are not listed.

    Returns:
        The panel, the coercions made and the problems found; with an error among them nothing may be computed.
    """
    units = _declare(compact.contest, compact.agreements)
    return _read_panel(compact.case, sources=list(compact.sources), region=compact.region, units=units)


def _open(path: str | Path) -> Draft:
    return build(read_case(find_case(path)))


def _check(draft: Draft) -> list[Problem]:
    found = [*draft.problems, *check_draft(draft)]
    if not any(item.level == "error" for item in found):
        found += check_alternatives(complete(draft))
    declared = _declare(draft.contest, [agreement for _, agreement in draft.agreements])
    reading = _read_panel(draft.case, sources=draft.source_ids, region=draft.region, units=declared)
    found += reading.problems
    if draft.contest and not any(item.level == "error" for item in reading.problems):
        unread = check_inputs(draft.contest, panel=reading.panel, items=draft.items or ())
        found += [draft.case.compact.place(item) for item in unread]
    files = list(dict.fromkeys((COMPACT_FILE, SOURCES_FILE, *(item.place.file for item in found))))
    return sorted(found, key=lambda p: (_RANKS.index(p.level), files.index(p.place.file), p.place.line or 0))


def _read_panel(
    case: Case, *, sources: Collection[str], region: Region | None, units: Mapping[str, Text]
) -> PanelReading:
    tree = case.compact.shaped.tree
    file = (tree.get("data") or {}).get("observations")
    if not file or not (case.folder / file).is_file():
        return PanelReading(Panel())
    table = next((table for table in case.tables if table.path == "data.observations"), None)
    try:
        reading = read_panel(case.folder / file, units=_pick_units(table, units), name=file)
    except DataError as error:
        return PanelReading(Panel(), (), error.problems)
    if table is None:  # Parquet has no lines
        rows = ({"jurisdiction": item.jurisdiction, "source": item.source} for item in reading.panel.observations)
        table = Table("data.observations", file, tuple((0, row) for row in rows))
    outside = check_table(table, sources=sources, region=region, principal=str(tree.get("principal", "")))
    codes = {item.code for item in region.jurisdictions} if region else set()
    kept = tuple(item for item in reading.panel.observations if item.jurisdiction in codes)
    return PanelReading(Panel(kept), reading.coercions, (*reading.problems, *outside))


def _declare(contest: Contest | None, agreements: Iterable[Agreement]) -> dict[str, Text]:
    """The units that the rules give to the series they read."""
    declared = {series.indicator: Text.of(series.unit) for one in agreements for series in one.data.values()}
    direct = [item for item in contest.indicators if item.measure is None] if contest else []
    return declared | {item.id: item.unit for item in direct if item.unit.zh}


def _pick_units(table: Table | None, declared: Mapping[str, Text]) -> dict[str, str]:
    """One unit per series: the declared one as the first figure spells it, else that of the first figure."""
    first: dict[str, str] = {}
    for _, row in table.rows if table else ():
        first.setdefault(row.get("indicator", ""), row.get("unit", ""))
    spelt = {name: first[name] if first.get(name) in (unit.zh, unit.en) else unit.zh for name, unit in declared.items()}
    return {name: unit for name, unit in (first | spelt).items() if unit}
