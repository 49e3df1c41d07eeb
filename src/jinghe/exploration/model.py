"""The model that experiments run (推演模型): changes to a compact in, outcomes of a block of replications out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np

import jinghe.simulation
from jinghe import __version__
from jinghe.compact import Compact
from jinghe.exploration.factor import Array
from jinghe.exploration.revise import revise
from jinghe.labels import Text
from jinghe.panel import Panel
from jinghe.simulation import simulate
from jinghe.simulation.engine import play
from jinghe.simulation.equilibrium import prepare
from jinghe.simulation.measures import MEASURES
from jinghe.simulation.parameters import read_parameters
from jinghe.simulation.scenario import read_setting
from jinghe.simulation.setting import attention_unit

__all__ = ["CompactModel", "Fixed", "Model", "late_share", "model_version"]

_ENOUGH = 200  # replications to see who loses
_EFFORT = 1  # place of joint effort in `Played.regional`
_LATE = 0.4  # of the years


class Model(Protocol):
    """What can be swept (可推演的模型): same changes, same replications, same bits, in whatever process.

    `identity` changes when a result may change; `outcomes` are the names every call returns.
    """

    @property
    def identity(self) -> str:
        """A digest of everything but the changes."""

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Names of what is measured of every replication."""

    def __call__(self, changes: Mapping[str, Any], first: int, count: int, /) -> Mapping[str, Array]:
        """Run replications first … first + count − 1 with other values at some paths; arrays of shape (count,)."""


@dataclass(frozen=True, slots=True)
class CompactModel:
    """CBC-1 under one compact and its variants (契约推演).

    The seed is the same for all variants, so draws are common; so is the attention unit a₀ of the compact as it is:
    technology does not change with incentives (`simulation.compare` keeps it likewise).
    """

    compact: Compact
    panel: Panel
    seed: int

    @property
    def identity(self) -> str:
        """Digest of compact, observations, seed and version of the model."""
        known = (self.compact.digest, self.panel.digest, str(self.seed), model_version())
        return hashlib.sha256("|".join(known).encode()).hexdigest()

    @property
    def outcomes(self) -> tuple[str, ...]:
        """What the simulator measures of every replication, and when the joint effort was made."""
        return (*MEASURES, "late_share")

    def __call__(self, changes: Mapping[str, Any], first: int, count: int, /) -> Mapping[str, Array]:
        """Run a block of replications. Raises CompactError or RuleError for rules that cannot be simulated."""
        changed = revise(self.compact, changes)
        setting = read_setting(changed, panel=self.panel, attention=self.attention)
        played = play(prepare(setting).design, seed=self.seed, replications=range(first, first + count), threads=1)
        found = {name: played.measured(name) for name in MEASURES}
        return found | {"late_share": late_share(played.regional[:, :, _EFFORT])}

    @property
    def attention(self) -> float:
        """The attention unit a₀ of the compact as it is."""
        plan, level = self.compact.simulate, self.compact.need_contest().level
        parameters = read_parameters(plan.preset, plan.parameters)
        return attention_unit(parameters, n=len(self.compact.region.contestants(level)))

    def name_losers(self, changes: Mapping[str, Any]) -> Text:
        """Name the cities that lose by cooperating under changed rules; see `simulation.Run.losers`."""
        changed = revise(self.compact, changes)
        codes = simulate(changed, panel=self.panel, seed=self.seed, replications=_ENOUGH).losers
        if not codes:
            return Text("无", "nobody")
        return Text(*(changed.region.names(codes, lang) for lang in ("zh", "en")))


def late_share(courses: Array) -> Array:
    """Share of the joint effort of all years that falls in the last two fifths of them, (R, T) → (R,).

    It has no unit, so that a register of dated joint items can speak of it. NaN where there is no effort.

    >>> late_share(np.array([[1.0, 1.0, 1.0, 1.0, 1.0], [3.0, 1.0, 0.0, 0.0, 0.0]])).tolist()
    [0.4, 0.0]
    """
    late = courses[:, -max(round(_LATE * courses.shape[1]), 1) :].sum(axis=1)
    whole = courses.sum(axis=1)
    return np.asarray(np.divide(late, whole, out=np.full(len(whole), np.nan), where=whole > 0))


@cache
def model_version() -> str:
    """Return the version with a digest of the simulator's sources: any change of the model makes old results others."""
    folder = Path(jinghe.simulation.__file__).parent
    parts = [f"{path.name}:{hashlib.sha256(path.read_bytes()).hexdigest()}" for path in sorted(folder.glob("*.py"))]
    return f"{__version__}+{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class Fixed:
    """A model with some changes forced on every design (固定改动), whatever the design says of them."""

    model: Model
    changes: Mapping[str, Any]

    @property
    def identity(self) -> str:
        """Digest of the model and what is forced."""
        return hashlib.sha256(f"{self.model.identity}|{sorted(self.changes.items())!r}".encode()).hexdigest()

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Those of the model."""
        return self.model.outcomes

    def __call__(self, changes: Mapping[str, Any], first: int, count: int, /) -> Mapping[str, Array]:
        """Run a block with the forced changes on top."""
        return self.model({**changes, **self.changes}, first, count)
