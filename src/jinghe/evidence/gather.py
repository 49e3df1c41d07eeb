"""Everything a case has as evidence (证据汇集): read, computed, and put as sections of the report."""

from __future__ import annotations

from dataclasses import dataclass

from jinghe.compact import Compact
from jinghe.errors import DataError, JingheError, Problem
from jinghe.evidence.claims import find_verdicts, show_verdicts
from jinghe.evidence.harmonisation import Harmonisation, find_harmonisation, show_harmonisation
from jinghe.exhibit import Section
from jinghe.network import (
    Choice,
    Modes,
    check_events,
    find_choices,
    find_modes,
    portray_network,
    read_actors,
    read_events,
)
from jinghe.recalc import Verdict

__all__ = ["Evidence", "gather_evidence"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found (证据): for the diagnosis the figures, for the reader the sections."""

    verdicts: tuple[Verdict, ...] = ()
    harmonisation: Harmonisation | None = None
    modes: Modes | None = None
    choices: tuple[Choice, ...] = ()
    sections: tuple[Section, ...] = ()


def gather_evidence(compact: Compact, *, seed: int) -> Evidence:
    """Read and compute the evidence that a compact names.

    Args:
        compact: it names the files; a part that it does not name is left out.
        seed: of bootstraps.
    Returns:
        The evidence.
    Raises:
        JingheError: with every fault of every file.
    """
    faults: list[Problem] = []
    sections: list[Section] = []
    verdicts: tuple[Verdict, ...] = ()
    harmonisation, modes, choices = None, None, tuple[Choice, ...]()
    try:
        verdicts = find_verdicts(compact)
        sections += [show_verdicts(verdicts)] if verdicts else []
    except JingheError as error:
        faults += error.problems
    try:
        harmonisation = find_harmonisation(compact)
        sections += [show_harmonisation(harmonisation)] if harmonisation else []
    except JingheError as error:
        faults += error.problems
    try:
        modes, choices, section = _find_network(compact, seed)
        sections += [section] if section else []
    except JingheError as error:
        faults += error.problems
    if faults:
        raise DataError(faults)
    return Evidence(verdicts, harmonisation, modes, choices, tuple(sections))


def _find_network(compact: Compact, seed: int) -> tuple[Modes | None, tuple[Choice, ...], Section | None]:
    files = compact.evidence
    if not files.get("events") or not files.get("actors"):
        return None, (), None
    actors = read_actors(compact.folder / files["actors"], name=files["actors"])
    events = read_events(compact.folder / files["events"], name=files["events"])
    if faults := check_events(events, actors=actors):
        raise DataError(item.at(file=files["events"]) for item in faults)
    notes = tuple(note.text for note in compact.notes if note.path == "evidence.events")
    section = portray_network(events, actors=actors, seed=seed, notes=notes)
    choices = find_choices(events, actors=[actor.id for actor in actors])
    return find_modes(events, actors=actors, seed=seed), choices, section
