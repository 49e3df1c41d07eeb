"""What only the whole can tell (整体核对): references between files, ids, dates and places — all faults at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from jinghe.compact.build import Draft
from jinghe.compact.case import Sheet, Table
from jinghe.compact.compact import Compact
from jinghe.compact.dictionary import find_field
from jinghe.compact.path import find_steps, nearest_word, parse_path, show_path, take, unknown_path, walk_steps
from jinghe.contest import check_contest
from jinghe.contest.mirror import check_claims, read_claims
from jinghe.contract import check_contract, check_progress
from jinghe.errors import Problem, attempt, problem
from jinghe.region import Region
from jinghe.sharing import check_agreement, lint
from jinghe.units import Period

__all__ = ["can_stand", "check_draft", "check_period", "check_table"]


def check_draft(draft: Draft) -> list[Problem]:
    """List what the parts of a case get wrong together; each with its file and line.

    Args:
        draft: a case as built; parts that could not be read are passed over, their faults are in `draft.problems`.
    Returns:
        The faults, warnings and notes of the whole compact but its observations and alternatives.
    """
    sheet = draft.case.compact
    found = [*_check_dates(draft), *_check_notes(draft), *_check_rules(draft)]
    found += [item for one in draft.case.sheets for item in _check_ids(one)]
    found += [*_check_sources(draft), *_check_agreement_ids(draft), *_check_progress(draft), *_check_claims(draft)]
    principal = str(draft.case.compact.shaped.tree.get("principal", ""))
    for table in draft.case.tables:
        if table.path != "data.observations":
            found += check_table(table, sources=draft.source_ids, region=draft.region, principal=principal)
    own_sources = not draft.case.sources.problems  # else what seems unlisted may be what could not be read
    for own, agreement in draft.agreements:
        if draft.region:
            faults = check_agreement(agreement, region=draft.region)
            found += [own.place(item) for item in faults if own_sources or item.code != "agreement-source-unknown"]
        found += [own.place(item) for item in lint(agreement)]
    return [sheet.place(item) for item in found]


def check_period(compact: Compact, period: Period) -> list[Problem]:
    """Say when a period is not wholly inside the time the compact is in force."""
    start, end = compact.in_force
    if start <= period.start and period.end <= end:
        return []
    fault = problem("period-outside", "in_force", found=period, start=start, end=end)
    return [compact.case.compact.place(fault)]


def check_table(table: Table, *, sources: Collection[str], region: Region | None, principal: str) -> Iterator[Problem]:
    """Check the sources and codes that a table names; each unknown one is told once, at the first line that has it.

    A partner of a joint item may be a city of another province than the principal's.
    """
    codes = {item.code for item in region.jurisdictions} if region else set()
    told: set[tuple[str, str]] = set()
    for line, row in table.rows:
        for column, words in _references(table.path, row):
            is_outside = column == "partners" and words.isdecimal() and words[:2] != principal[:2]
            if words in (sources if column == "source" else codes) or is_outside or (column, words) in told:
                continue
            told.add((column, words))
            if column != "source":
                faults = [region.unknown(words)] if region and words else []
            elif words and not sources:  # there is no sources.yaml, and that has been told
                faults = []
            elif words:
                faults = [problem("source-unknown", found=words, nearest=nearest_word(words, sources))]
            else:
                faults = [problem("cell-empty", column=column)]
            yield from (fault.at(file=table.file, line=line, path=column) for fault in faults)


def can_stand(tree: object, path: str) -> bool:
    """Is there something at a path, or may there be, as far as the dictionary goes?"""
    tokens = parse_path(path)
    if find_steps(tree, path) is not None or not tokens or tokens[-1][0] != "name":
        return find_steps(tree, path) is not None
    name = tokens[-1][1]
    parent = find_steps(tree, path.removesuffix(name).removesuffix(".")) if len(tokens) > 1 else ()
    steps = (*(parent or ()), name)
    field = find_field(steps) if parent is not None and isinstance(take(tree, parent), dict) else None
    return field is not None and not field.path.endswith("*")


def _references(path: str, row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the columns of a row that name a source or a jurisdiction, with each thing named."""
    if (path.startswith("data.") and path != "data.claims") or row.get("source"):
        yield "source", row.get("source", "")
    if path == "data.observations":
        yield "jurisdiction", row.get("jurisdiction", "")
    if path == "data.joint_items":
        yield "lead", row.get("lead", "")
        yield from (("partners", code.strip()) for code in row.get("partners", "").split(";") if code.strip())


def _check_dates(draft: Draft) -> Iterator[Problem]:
    tree = draft.case.compact.shaped.tree
    if draft.in_force and draft.in_force[0] >= draft.in_force[1]:
        yield problem("dates-reversed", "in_force.to", first=draft.in_force[0], last=draft.in_force[1])
    principal = tree.get("principal")
    if draft.region and principal and principal not in {item.code for item in draft.region.jurisdictions}:
        yield draft.region.unknown(principal, "principal")


def _check_notes(draft: Draft) -> Iterator[Problem]:
    tree = draft.case.tree
    for at, note in enumerate(tree.get("notes") or ()):
        if draft.case.compact.shaped.is_sound("notes", at) and not can_stand(tree, note["path"]):
            yield unknown_path(tree, note["path"]).at(path=show_path(tree, ("notes", at, "path")))


def _check_rules(draft: Draft) -> Iterator[Problem]:
    if draft.region is None:
        return
    if draft.contest and draft.in_force:
        faults = check_contest(draft.contest, region=draft.region, on=draft.in_force[0])
        yield from (item for item in faults if draft.has_groups or item.code != "group-unknown")
    for contract in draft.contracts:
        yield from check_contract(contract, region=draft.region)


def _check_ids(sheet: Sheet) -> Iterator[Problem]:
    """An id names one item of its list."""
    for steps in walk_steps(sheet.shaped.tree):
        items = take(sheet.shaped.tree, steps)
        if not isinstance(items, list):
            continue
        first: dict[object, int] = {}
        for at, item in enumerate(items):
            name = item.get("id") if isinstance(item, dict) else None
            line = sheet.document.line((*steps, at))
            if name is not None and name in first:
                path, file = show_path(sheet.shaped.tree, (*steps, at)), sheet.document.file
                yield problem("id-duplicate", path, file=file, line=line, found=name, first=first[name])
            first.setdefault(name, line)


def _check_sources(draft: Draft) -> Iterator[Problem]:
    """Every source that is named is listed; of an agreement only those of choices, the others are told by its room."""
    for sheet in (draft.case.compact, *draft.case.agreements):
        tree, known = sheet.shaped.tree, list(draft.source_ids)
        is_agreement = sheet is not draft.case.compact
        known += list(tree.get("sources") or ()) if is_agreement else []
        for steps in walk_steps(tree) if draft.source_ids else ():
            words = take(tree, steps) if steps[-1] == "source" and (not is_agreement or "choices" in steps) else None
            if words is not None and words not in known:
                path = show_path(tree, steps)
                yield sheet.place(problem("source-unknown", path, found=words, nearest=nearest_word(words, known)))


def _check_agreement_ids(draft: Draft) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for sheet, agreement in draft.agreements:
        if agreement.id in first:
            fault = problem("agreement-duplicate", "agreement", found=agreement.id, first=first[agreement.id])
            yield sheet.place(fault)
        first.setdefault(agreement.id, sheet.document.file)


def _check_progress(draft: Draft) -> Iterator[Problem]:
    """Find the rows that the faults of `check_progress` speak of; none where a contract could not be read."""
    table = next((table for table in draft.case.tables if table.path == "data.progress"), None)
    if table is None or len(draft.contracts) < len(draft.case.compact.shaped.tree.get("contracts") or ()):
        return
    for item in check_progress(draft.progress or (), contracts=draft.contracts):
        on = dict(item.values).get("on")
        rows = (line for line, row in table.rows if row["contract"] == item.place.path and on in (None, row["on"]))
        yield item.at(file=table.file, line=next(rows, 1))


def _check_claims(draft: Draft) -> Iterator[Problem]:
    """Read the partners' reports, and find the rows of those that confirm nothing."""
    table = next((table for table in draft.case.tables if table.path == "data.claims"), None)
    if table is None:
        return
    faults: list[Problem] = []
    claims = attempt(faults, lambda file: read_claims(draft.case.folder / file, name=file), table.file)
    yield from faults
    for claim, item in check_claims(claims or (), items=draft.items or ()):
        rows = (line for line, row in table.rows if (row["item"], row["reporter"]) == (claim.item, claim.reporter))
        yield item.at(file=table.file, line=next(rows, 1))
