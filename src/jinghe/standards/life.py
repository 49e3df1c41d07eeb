"""The life of a joint standard (联合标准的生命周期) as one state table, and recognition without joint issue (互认).

    proposed ─approve→ jointly_approved ─draft→ drafting ─consult→ consultation ─adopt→ approved ─issue→ jointly_issued
    ─take_effect→ in_force ─review→ review_due ─confirm→ in_force | ─revise→ drafting | ─abolish→ abolished

approve, adopt and issue need every party; a refusal or a passed deadline ends it before it is issued.
Source: 川渝 (separate projects, joint drafting, review and release); 长三角 (joint project and issue).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from jinghe.errors import DataError, Problem, RuleError, attempt, problem
from jinghe.labels import Text
from jinghe.source import read_rows
from jinghe.units import read_date

__all__ = [
    "STATES",
    "TRANSITIONS",
    "Event",
    "JointStandard",
    "Life",
    "Recognition",
    "follow",
    "read_joint",
    "recognises",
]

STATES = {
    "proposed": Text("已提出", "proposed"),
    "jointly_approved": Text("联合立项", "jointly approved as a project"),
    "drafting": Text("起草中", "drafting"),
    "consultation": Text("征求意见", "in consultation"),
    "approved": Text("各方审定", "approved by every party"),
    "jointly_issued": Text("联合发布", "jointly issued"),
    "in_force": Text("实施", "in force"),
    "review_due": Text("待复审", "due for review"),
    "abolished": Text("废止", "abolished"),
    "ended": Text("终止", "ended before issue"),
}
TRANSITIONS: Mapping[tuple[str, str], str] = {
    ("", "propose"): "proposed",
    ("proposed", "approve"): "jointly_approved",
    ("jointly_approved", "draft"): "drafting",
    ("drafting", "consult"): "consultation",
    ("consultation", "draft"): "drafting",
    ("consultation", "adopt"): "approved",
    ("approved", "issue"): "jointly_issued",
    ("jointly_issued", "take_effect"): "in_force",
    ("in_force", "review"): "review_due",
    ("review_due", "confirm"): "in_force",
    ("review_due", "revise"): "drafting",
    ("review_due", "abolish"): "abolished",
    ("in_force", "abolish"): "abolished",
    **{(state, "end"): "ended" for state in ("proposed", "jointly_approved", "drafting", "consultation", "approved")},
}
_BY_ALL = ("approve", "adopt", "issue")
_COLUMNS = ("standard", "title_zh", "title_en", "parties", "step", "on", "party", "number", "source", "note")


@dataclass(frozen=True, slots=True)
class Event:
    """One step of a joint standard (事件); a step that needs every party names the one that took it."""

    step: str
    on: date
    party: str = ""
    number: str = ""
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class JointStandard:
    """A standard that several parties make together (联合标准)."""

    id: str
    title: Text
    parties: tuple[str, ...]
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Life:
    """Where a joint standard stands on a day (所处阶段): state, since when, who is still awaited, its numbers."""

    state: str = ""
    since: date | None = None
    awaited: tuple[str, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    history: tuple[tuple[date, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Recognition:
    """One party accepts another's standard without a joint one (互认), from a day, maybe until one, within a scope."""

    code: str
    by: str
    of: str
    from_on: date
    until_on: date | None = None
    scope: str = ""
    source: str = ""


def follow(standard: JointStandard, *, on: date) -> Life:
    """Play the events up to a day through the state table.

    Raises:
        RuleError: with every fault: a step that the state does not allow, events out of order, a party that is none
            or that steps twice, a step of every party without a name.
    """
    found: list[Problem] = []
    life = Life()
    before: date | None = None
    for event in standard.events:
        if before and event.on < before:
            found.append(problem("joint-order", standard.id, found=event.on, before=before))
        before = max(before or event.on, event.on)
        if event.on <= on:
            life = _take(life, event, standard, found)
    if found:
        raise RuleError(found)
    return life


def recognises(recognitions: Sequence[Recognition], *, code: str, by: str, on: date) -> Recognition | None:
    """Return the recognition under which a party accepts a standard on a day; None when there is none."""
    for one in recognitions:
        begun = one.from_on <= on and (one.until_on is None or on < one.until_on)
        if (one.code, one.by) == (code, by) and begun:
            return one
    return None


def read_joint(path: Path) -> tuple[JointStandard, ...]:
    """Read joint standards from a CSV of events (one row a step; parties `;`-separated). Raises DataError."""
    found: list[Problem] = []
    standards: dict[str, JointStandard] = {}
    steps = sorted({step for _, step in TRANSITIONS})
    for line, row in read_rows(path, _COLUMNS):
        own: list[Problem] = []
        if row["step"] not in steps:
            own.append(problem("choice-unknown", "step", found=row["step"], expected=", ".join(steps)))
        day = attempt(own, read_date, row["on"])
        title = attempt(own, Text.of, {"zh": row["title_zh"], "en": row["title_en"]})
        parties = tuple(part.strip() for part in row["parties"].split(";") if part.strip())
        if len(parties) < 2:
            own.append(problem("joint-parties", found=row["parties"]))
        if day and title:
            known = standards.setdefault(row["standard"], JointStandard(row["standard"], title, parties))
            event = Event(row["step"], day, row["party"], row["number"], row["source"], row["note"])
            standards[known.id] = replace(known, events=(*known.events, event))
        found += [fault.at(file=path.name, line=line) for fault in own]
    if found:
        raise DataError(found)
    return tuple(standards.values())


def _take(life: Life, event: Event, standard: JointStandard, found: list[Problem]) -> Life:
    target = TRANSITIONS.get((life.state, event.step))
    if target is None:
        allowed = ", ".join(step for state, step in TRANSITIONS if state == life.state) or "—"
        state = life.state or "—"
        found.append(problem("joint-step", standard.id, found=event.step, state=state, allowed=allowed))
        return life
    if event.step not in _BY_ALL:
        return replace(life, state=target, since=event.on, awaited=(), history=(*life.history, (event.on, target)))
    awaited = life.awaited or standard.parties
    if event.party not in awaited:
        found.append(problem("joint-party", standard.id, found=event.party or "—", expected=", ".join(awaited)))
        return life
    rest = tuple(party for party in awaited if party != event.party)
    numbers = (*life.numbers, (event.party, event.number)) if event.number else life.numbers
    if rest:
        return replace(life, awaited=rest, numbers=numbers)
    history = (*life.history, (event.on, target))
    return replace(life, state=target, since=event.on, awaited=(), numbers=numbers, history=history)
