"""From files to the parts of a compact (组装): each room reads its own; what cannot be read is told and left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeVar

from jinghe.compact.case import Case, Sheet
from jinghe.compact.compact import Alternative, Compact, Note, Simulate
from jinghe.contest import Contest, JointItem, read_contest, read_items
from jinghe.contract import Contract, Progress, read_contract, read_progress
from jinghe.errors import Problem, attempt
from jinghe.labels import Text
from jinghe.region import Region, read_region
from jinghe.sharing import Agreement, read_agreement
from jinghe.source import Source, read_source

__all__ = ["Draft", "build", "complete"]

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Draft:
    """What could be made of a case (草稿): its parts, None where one cannot be read, and every problem so far."""

    case: Case
    sources: Mapping[str, Source]
    region: Region | None
    contracts: tuple[Contract, ...]
    progress: tuple[Progress, ...] | None
    contest: Contest | None
    items: tuple[JointItem, ...] | None
    agreements: tuple[tuple[Sheet, Agreement], ...]
    problems: tuple[Problem, ...]
    has_groups: bool = True

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The sources that are listed, whether or not they could be read."""
        return tuple(str(key) for key in self.case.sources.document.tree)

    @property
    def in_force(self) -> tuple[date, date] | None:
        """The first day and the first day after, where both are known."""
        shaped = self.case.compact.shaped
        span = shaped.tree.get("in_force", {})
        return (span["from"], span["to"]) if shaped.is_sound("in_force") else None


def build(case: Case) -> Draft:
    """Let every room read its part of a case."""
    problems = [*case.missing, *(item for sheet in case.sheets for item in sheet.problems)]
    shaped, tree = case.compact.shaped, case.compact.shaped.tree
    own = case.sources.shaped
    sources = {key: read_source(key, item) for key, item in own.tree.items() if own.is_sound(key)}
    contest = read_contest(tree["contest"]) if "contest" in tree and shaped.is_sound("contest") else None
    region, has_groups = _read_region(problems, case)
    return Draft(
        case,
        sources,
        region,
        _read_contracts(problems, case),
        _read_table(problems, case, "progress", read_progress),
        contest,
        _read_table(problems, case, "joint_items", read_items),
        _read_agreements(problems, case, sources),
        tuple(problems),
        has_groups,
    )


def complete(draft: Draft) -> Compact:
    """Make the compact of a draft in which nothing is wrong."""
    tree, case = draft.case.compact.shaped.tree, draft.case
    assert draft.region is not None, "a draft with errors is not completed"
    assert draft.in_force is not None
    return Compact(
        id=tree["compact"],
        version=tree["version"],
        title=Text.of(tree["title"]),
        principal=tree["principal"],
        in_force=draft.in_force,
        region=draft.region,
        contracts=draft.contracts,
        progress=draft.progress or (),
        contest=draft.contest,
        items=draft.items or (),
        agreements=tuple(agreement for _, agreement in draft.agreements),
        platform=tree.get("platform") or {},
        simulate=_read_simulate(tree.get("simulate") or {}),
        standards=tree.get("standards") or {},
        evidence=tree.get("evidence") or {},
        projects=tuple(tree.get("projects") or ()),
        notes=tuple(Note(n["id"], n["kind"], n["path"], Text.of(n["text"])) for n in tree.get("notes") or ()),
        sources=draft.sources,
        digest=case.digest,
        case=case,
    )


def _try(problems: list[Problem], sheet: Sheet, read: Callable[[Any], _T], value: Any) -> _T | None:
    found: list[Problem] = []
    result = attempt(found, read, value)
    problems += [sheet.place(item) for item in found]
    return result


def _read_region(problems: list[Problem], case: Case) -> tuple[Region | None, bool]:
    """Read as much of the region as can be: a fault in one table must not hide those that the others would show."""
    files = case.compact.shaped.tree.get("region") or {}
    files = {key: file for key, file in files.items() if (case.folder / file).is_file()}
    if not case.compact.shaped.is_sound("region") or "jurisdictions" not in files:
        return None, False
    read = partial(read_region, case.folder)
    region = _try(problems, case.compact, lambda named: read(**named), files)
    for keys in (("jurisdictions", "groups"), ("jurisdictions",)):
        if region is not None:
            break
        files = {key: file for key, file in files.items() if key in keys}
        region = _try([], case.compact, lambda named: read(**named), files)
    return region, "groups" in files


def _read_contracts(problems: list[Problem], case: Case) -> tuple[Contract, ...]:
    shaped = case.compact.shaped
    items = enumerate(shaped.tree.get("contracts") or ()) if shaped.is_sound("principal") else ()
    read = partial(read_contract, principal=shaped.tree.get("principal", ""))
    found = [_try(problems, case.compact, read, item) for at, item in items if shaped.is_sound("contracts", at)]
    return tuple(contract for contract in found if contract)


def _read_table(
    problems: list[Problem], case: Case, name: str, read: Callable[..., tuple[_T, ...]]
) -> tuple[_T, ...] | None:
    file = (case.compact.shaped.tree.get("data") or {}).get(name)
    if not file or not (case.folder / file).is_file():
        return None
    return attempt(problems, partial(read, name=file), case.folder / file)


def _read_agreements(
    problems: list[Problem], case: Case, sources: Mapping[str, Source]
) -> tuple[tuple[Sheet, Agreement], ...]:
    found = []
    for sheet in case.agreements:
        if not sheet.shaped.spoiled:
            read = partial(read_agreement, sources=sources, file=sheet.document.file)
            found.append((sheet, _try(problems, sheet, read, sheet.shaped.tree)))
    return tuple((sheet, agreement) for sheet, agreement in found if agreement)


def _read_simulate(tree: Mapping[str, Any]) -> Simulate:
    listed = tree.get("alternatives") or ()
    alternatives = tuple(Alternative(item["id"], Text.of(item["label"]), dict(item["set"])) for item in listed)
    return Simulate(**{**tree, "parameters": dict(tree.get("parameters") or {}), "alternatives": alternatives})
