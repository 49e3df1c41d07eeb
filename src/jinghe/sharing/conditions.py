"""Which clauses apply (条款适用): conditions, exceptions, priorities; of one topic exactly one clause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from jinghe.errors import Place, Problem, RuleError, problem
from jinghe.sharing.agreement import Clause
from jinghe.sharing.ops import Number, total
from jinghe.sharing.quantities import moves_money
from jinghe.sharing.work import WHOLE, Work

__all__ = ["find_masks", "find_topic"]


def find_topic(clause: Clause, clauses: Sequence[Clause]) -> str:
    """Name the question a clause answers: its topic, that of the clause it is an exception of, or its own.

    >>> find_topic(Clause("c1", "nothing", None, None, "s", {}), [])
    'c1'
    """
    seen = set()
    while not clause.topic and clause.exception_of and clause.id not in seen:
        seen.add(clause.id)
        clause = next((item for item in clauses if item.id == clause.exception_of), clause)
    return clause.topic or clause.id


def find_masks(work: Work) -> dict[str, Number]:
    """Find where each clause that moves money applies: 1 or 0, in arrays one number per replication.

    A clause applies where its condition holds, no exception to it does, and no clause of its topic with a higher
    priority is left.

    Raises:
        RuleError: two clauses of a topic are left, or none is, with both clauses and their sources.
    """
    moving = [item for item in work.facts.agreement.clauses if moves_money(item)]
    topics: dict[str, list[Clause]] = {}
    for clause in moving:
        topics.setdefault(find_topic(clause, moving), []).append(clause)
    masks: dict[str, Number] = {}
    found: list[Problem] = []
    for topic, clauses in topics.items():
        rows = _resolve(clauses, work)
        found += _faults(topic, clauses, rows, work)
        masks |= {item.id: row for item, row in zip(clauses, rows, strict=True)}
    if found:
        raise RuleError(found)
    return masks


def _resolve(clauses: Sequence[Clause], work: Work) -> list[Number]:
    met = {item.id: _met(item, work) for item in clauses}
    kept = {}
    for item in clauses:
        kept[item.id] = met[item.id]
        for other in clauses:
            if other.exception_of == item.id:
                kept[item.id] = kept[item.id] * (1 - met[other.id])
    rows = []
    for item in clauses:
        row = kept[item.id]
        for other in clauses:
            if other.priority > item.priority:
                row = row * (1 - kept[other.id])
        rows.append(row)
    return rows


def _met(clause: Clause, work: Work) -> Number:
    when = clause.when
    if when is None:
        return 1
    period = work.facts.period
    if (when.start and period.start < when.start) or (when.end and period.end > when.end):
        _refuse_straddling(clause, work)
        return 0
    mask: Number = 1
    for name, wanted in ((when.holds, True), (when.fails, False)):
        if name:
            test = work.facts.ops.exceeds(work.slot("when", name).at(WHOLE)[0].value, 0)
            mask = mask * (test if wanted else 1 - test)
    return mask


def _refuse_straddling(clause: Clause, work: Work) -> None:
    """A period across the first or last day of a clause has to be settled in parts."""
    assert clause.when
    period, file = work.facts.period, work.facts.agreement.file
    for day in (clause.when.start, clause.when.end):
        if day and period.start < day < period.end:
            path = f"clauses.{clause.id}.when"
            raise RuleError([problem("agreement-when-straddled", path, file=file, period=period, on=day)])


def _faults(topic: str, clauses: Sequence[Clause], rows: Sequence[Number], work: Work) -> Iterator[Problem]:
    count = total(rows)
    if np.all(count == 1):
        return
    shown = [item for item, row in zip(clauses, rows, strict=True) if np.any(row)] if np.any(count > 1) else clauses
    sources = work.facts.agreement.sources
    words = [f"{item.id} ({sources[item.source].title if item.source in sources else item.source})" for item in shown]
    values = {"topic": topic, "clauses": " / ".join(words), "period": work.facts.period.name}
    code = "agreement-clause-conflict" if np.any(count > 1) else "agreement-clause-gap"
    yield Problem(code, Place(work.facts.agreement.file, None, "clauses"), tuple(values.items()))
