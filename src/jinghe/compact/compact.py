"""The compact (契约): one region's rules, composed of its contracts, contest, agreements and simulation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from jinghe.compact.case import Case
from jinghe.contest import Contest, JointItem
from jinghe.contract import Contract, Progress
from jinghe.errors import RuleError, problem
from jinghe.labels import Text
from jinghe.region import Region
from jinghe.sharing import Agreement
from jinghe.source import Source

__all__ = ["Alternative", "Compact", "Note", "Simulate"]


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader must know of a part of the compact (说明): illustrative, bias, missing, assumed or synthetic."""

    id: str
    kind: str
    path: str
    text: Text


@dataclass(frozen=True, slots=True)
class Alternative:
    """Other rules to compare with (备选方案): paths and their new values."""

    id: str
    label: Text
    set: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Simulate:
    """How the compact is simulated (推演设定)."""

    model: str = "cbc1"
    preset: str = "zhou"
    horizon: int = 10
    replications: int = 500
    seed: int = 7
    parameters: Mapping[str, float] = field(default_factory=dict)
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class Compact:
    """A compact as read and checked (协同契约). Two that say the same are equal, whatever their comments and folder.

    A compact without a contest ranks nobody and is not simulated. `in_force` is the first day and the first day
    after. `digest` is the SHA-256 of its content: `compact.yaml`, the
    agreements and every table but the observations. `standards`, `evidence` and `projects` name the files that other
    rooms read. `case` keeps the files, for writing and changing them.
    """

    id: str
    version: str
    title: Text
    principal: str
    in_force: tuple[date, date]
    region: Region
    contracts: tuple[Contract, ...]
    progress: tuple[Progress, ...]
    contest: Contest | None
    items: tuple[JointItem, ...]
    agreements: tuple[Agreement, ...]
    platform: Mapping[str, Any]
    simulate: Simulate
    standards: Mapping[str, Any]
    evidence: Mapping[str, Any]
    projects: tuple[str, ...]
    notes: tuple[Note, ...]
    sources: Mapping[str, Source]
    digest: str
    case: Case = field(repr=False, compare=False)

    def need_contest(self) -> Contest:
        """Return the contest. Raises RuleError where the compact has none: nothing can be ranked or simulated."""
        if self.contest is None:
            raise RuleError([problem("contest-missing", "contest", found=self.id)])
        return self.contest

    @property
    def folder(self) -> Path:
        """Where it was read from."""
        return self.case.folder

    @property
    def tree(self) -> dict[str, Any]:
        """The compact as plain values, the content of each agreement in the place of its file."""
        return self.case.tree
