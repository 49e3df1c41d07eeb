"""The events of a case (协作事件): read and checked together with their actors."""

from __future__ import annotations

from jinghe.compact import Compact
from jinghe.errors import DataError, Problem, RuleError, attempt, problem
from jinghe.labels import Text
from jinghe.network import Actor, Event, check_events, read_actors, read_events

__all__ = ["has_network", "need_network"]

_Found = tuple[tuple[Event, ...], tuple[Actor, ...], tuple[Text, ...]]


def has_network(compact: Compact) -> bool:
    """Does the compact name events and actors?"""
    return bool(compact.evidence.get("events") and compact.evidence.get("actors"))


def need_network(compact: Compact) -> _Found:
    """Read events, actors, and the notes on them.

    Raises:
        RuleError: the compact names no events.
        DataError: with every fault of both tables.
    """
    if not has_network(compact):
        raise RuleError([problem("evidence-missing", "evidence.events", found="evidence.events")])
    files, folder, faults = compact.evidence, compact.folder, list[Problem]()
    actors = attempt(faults, read_actors, folder / files["actors"], file=files["actors"])
    events = attempt(faults, read_events, folder / files["events"], file=files["events"])
    if actors is not None and events is not None:
        faults += [item.at(file=files["events"]) for item in check_events(events, actors=actors)]
    if faults or actors is None or events is None:
        raise DataError(faults)
    return events, actors, tuple(note.text for note in compact.notes if note.path == "evidence.events")
