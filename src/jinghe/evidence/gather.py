"""Everything a case has as evidence (证据汇集): read, computed, and put as sections of the report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from jinghe.compact import Compact
from jinghe.consensus import find_consensus, read_votes
from jinghe.errors import DataError, JingheError, Problem
from jinghe.evidence.claims import find_verdicts, show_verdicts
from jinghe.evidence.coded import Coded, find_coding, has_coding, show_coding
from jinghe.evidence.cooperation import has_network, need_network
from jinghe.evidence.harmonisation import Harmonisation, find_harmonisation, show_harmonisation
from jinghe.evidence.opinions import show_consensus
from jinghe.evidence.surveys import open_surveys, show_survey
from jinghe.exhibit import Section
from jinghe.network import Choice, Modes, find_choices, find_modes, portray_network
from jinghe.recalc import Verdict

__all__ = ["Evidence", "gather_evidence"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found (证据): for the diagnosis the figures, for the reader the sections."""

    verdicts: tuple[Verdict, ...] = ()
    harmonisation: Harmonisation | None = None
    modes: Modes | None = None
    choices: tuple[Choice, ...] = ()
    coding: Coded | None = None
    sections: tuple[Section, ...] = ()


def gather_evidence(compact: Compact, *, seed: int) -> Evidence:
    """Read and compute the evidence that a compact names.

    Args:
        compact: it names the files; a part that it does not name is left out.
        seed: of bootstraps.
    Returns:
        The evidence.
    Raises:
        DataError: with every fault of every file.
    """
    parts: tuple[Callable[[Evidence, Compact, int], Evidence], ...] = (
        _claims,
        _surveys,
        _standards,
        _network,
        _coding,
        _votes,
    )
    faults: list[Problem] = []
    found = Evidence()
    for add in parts:
        try:
            found = add(found, compact, seed)
        except JingheError as error:
            faults += error.problems
    if faults:
        raise DataError(faults)
    return found


def _claims(found: Evidence, compact: Compact, _seed: int) -> Evidence:
    verdicts = find_verdicts(compact)
    return replace(found, verdicts=verdicts, sections=(*found.sections, show_verdicts(verdicts))) if verdicts else found


def _surveys(found: Evidence, compact: Compact, _seed: int) -> Evidence:
    sections = [show_survey(name, survey) for name, survey in open_surveys(compact)]
    return replace(found, sections=(*found.sections, *sections))


def _standards(found: Evidence, compact: Compact, _seed: int) -> Evidence:
    one = find_harmonisation(compact)
    return replace(found, harmonisation=one, sections=(*found.sections, show_harmonisation(one))) if one else found


def _network(found: Evidence, compact: Compact, seed: int) -> Evidence:
    if not has_network(compact):
        return found
    events, actors, notes = need_network(compact)
    section = portray_network(events, actors=actors, seed=seed, notes=notes)
    modes = find_modes(events, actors=actors, seed=seed)
    choices = find_choices(events, actors=[actor.id for actor in actors])
    return replace(found, modes=modes, choices=choices, sections=(*found.sections, section))


def _coding(found: Evidence, compact: Compact, seed: int) -> Evidence:
    if not has_coding(compact):
        return found
    one = find_coding(compact, seed=seed)
    return replace(found, coding=one, sections=(*found.sections, show_coding(one)))


def _votes(found: Evidence, compact: Compact, _seed: int) -> Evidence:
    file = compact.evidence.get("votes")
    if not file:
        return found
    return replace(found, sections=(*found.sections, show_consensus(find_consensus(read_votes(compact.folder / file)))))
