"""Actors and what they did together (行动者与协作事件): the two-mode record that every view is drawn from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinghe.errors import DataError, Problem, attempt, problem
from jinghe.labels import Text
from jinghe.source import read_rows
from jinghe.units import Period, read_count

__all__ = ["KINDS", "Actor", "Event", "check_events", "read_actors", "read_events"]

KINDS = {
    "agreement": Text("协议", "agreement"),
    "joint_meeting": Text("联席会议", "joint meeting"),
    "joint_document": Text("联合发文", "joint document"),
    "joint_standard": Text("共同标准", "joint standard"),
    "joint_enforcement": Text("联合执法", "joint enforcement"),
    "project": Text("合作项目", "project"),
}
_ACTOR_COLUMNS = ("id", "name_zh", "name_en", "level", "province", "type")
_EVENT_COLUMNS: tuple[str, ...] = (
    "id",
    "on",
    "kind",
    "domain",
    "initiator",
    "binding",
    "participants",
    "superiors",
    "title_zh",
)
_EVENT_COLUMNS += ("title_en", "source", "note")
_MOST_BINDING = 3


@dataclass(frozen=True, slots=True)
class Actor:
    """Who can take part (行动者): a jurisdiction, an agency, a firm; `type` is government, agency, firm, society …"""

    id: str
    name: Text
    level: str
    province: str
    type: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something done together (协作事件): who took part as equals, and which superior convened, signed or chaired it.

    `binding` runs from 0 (talk) to 3 (enforceable); `initiator` is the participant or superior that began it, or "".
    """

    id: str
    on: Period | None
    kind: str
    domain: str
    initiator: str
    binding: int
    participants: tuple[str, ...]
    superiors: tuple[str, ...]
    title: Text
    source: str
    note: str = ""


def read_actors(path: Path, *, name: str = "") -> tuple[Actor, ...]:
    """Read the table of actors. Raises DataError: a column is missing, an id stands twice, an actor has no name."""
    file, faults, found = name or path.name, list[Problem](), dict[str, Actor]()
    for line, row in read_rows(path, _ACTOR_COLUMNS, name=file):
        words = attempt(faults, Text.of, {"zh": row["name_zh"], "en": row["name_en"]}, file=file, line=line)
        if row["id"] in found:
            faults.append(problem("actor-twice", "id", file=file, line=line, found=row["id"]))
        if words:
            found.setdefault(row["id"], Actor(row["id"], words, row["level"], row["province"], row["type"]))
    if faults:
        raise DataError(faults)
    return tuple(found.values())


def read_events(path: Path, *, name: str = "") -> tuple[Event, ...]:
    """Read the table of events, lists separated by `;`. Raises DataError with every fault and its line."""
    file, faults, found = name or path.name, list[Problem](), list[Event]()
    for line, row in read_rows(path, _EVENT_COLUMNS, name=file):
        event = attempt(faults, _read_event, row, file=file, line=line)
        found += [event] if event else []
    if faults:
        raise DataError(faults)
    return tuple(found)


def _read_event(row: Mapping[str, str]) -> Event:
    faults, members = list[Problem](), _split(row["participants"])
    binding = attempt(faults, read_count, row["binding"] or "0", path="binding")
    on = attempt(faults, Period.of, row["on"], path="on") if row["on"] else None
    title = attempt(faults, Text.of, {"zh": row["title_zh"], "en": row["title_en"]}, path="title_zh")
    if row["kind"] not in KINDS:
        faults.append(problem("event-kind", "kind", found=row["kind"], choices=", ".join(KINDS)))
    if binding is not None and binding > _MOST_BINDING:
        faults.append(problem("event-binding", "binding", found=binding))
    if len(members) < 2:
        faults.append(problem("event-alone", "participants", event=row["id"], found=row["participants"] or "—"))
    if faults or title is None or binding is None:
        raise DataError(faults)
    plain = {key: row[key] for key in ("id", "kind", "domain", "initiator", "source", "note")}
    return Event(on=on, binding=binding, participants=members, superiors=_split(row["superiors"]), title=title, **plain)


def _split(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip() for word in cell.split(";") if word.strip()))


def check_events(events: Sequence[Event], *, actors: Iterable[Actor]) -> list[Problem]:
    """List what events and actors get wrong together: an id used twice, an actor that is not in the table."""
    known, seen, faults = {actor.id for actor in actors}, set[str](), list[Problem]()
    for event in events:
        if event.id in seen:
            faults.append(problem("event-twice", event.id, found=event.id))
        seen.add(event.id)
        named = {*event.participants, *event.superiors, *([event.initiator] if event.initiator else [])}
        faults += [problem("actor-unknown", event.id, found=code) for code in sorted(named - known)]
    return faults
