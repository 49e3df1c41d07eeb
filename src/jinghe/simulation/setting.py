"""What the model is run on (情景): arrays and numbers only, no compact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jinghe.labels import Text
from jinghe.simulation.draws import Array
from jinghe.simulation.limits import beta
from jinghe.simulation.parameters import Parameters

__all__ = ["Network", "Setting", "attention_unit", "make_setting"]

_Index = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Network:
    """Who can do joint projects with whom (协作网络): every pair as two directed edges, ordered by giver."""

    n: int
    giver: _Index
    partner: _Index
    reverse: _Index  # the same pair seen from the other side

    @classmethod
    def of(cls, n: int, pairs: Iterable[tuple[int, int]]) -> Network:
        """Build it from undirected pairs of positions 0…n−1.

        >>> Network.of(3, [(0, 1), (1, 2)]).giver.tolist()
        [0, 1, 1, 2]
        """
        edges = sorted({(a, b) for a, b in pairs} | {(b, a) for a, b in pairs})
        at = {edge: number for number, edge in enumerate(edges)}
        reverse = [at[b, a] for a, b in edges]
        columns = ([a for a, _ in edges], [b for _, b in edges], reverse)
        return cls(n, *(np.array(column, dtype=np.int64) for column in columns))

    @property
    def edges(self) -> int:
        """Number of directed edges, 2M."""
        return len(self.giver)

    @property
    def degree(self) -> float:
        """Mean number of partners, 2M/n; 1 when there are none."""
        return max(self.edges / self.n, 1.0)

    def collect(self, values: Array) -> Array:
        """Sum values of directed edges (…, 2M) by giver, (…, n), in the same order whatever else is in the array."""
        total = np.zeros((*values.shape[:-1], self.n))
        if self.edges:
            starts = np.searchsorted(self.giver, np.arange(self.n))
            has = np.bincount(self.giver, minlength=self.n) > 0
            total[..., has] = np.add.reduceat(values, starts[has], axis=-1)
        return total


@dataclass(frozen=True, eq=False)
class Setting:
    """One set of rules over time, as arrays (情景).

    Attributes:
        codes: the n contestants.
        periods: names of the T periods.
        network: who can do joint projects with whom.
        growth_weight, collaboration_weight: effective weights in the score, shape (T,); what is left is noise.
        floors: joint effort that contracts ask for, shape (T, 2M), in attention units.
        theta: output per head relative to the mean, shape (n,): what a unit of growth is worth in money.
        parameters: numbers of the model.
        attention: a₀, kept when a lever changes, so that technology does not change with incentives.
        notes: what a reader must know.
    """

    codes: tuple[str, ...]
    periods: tuple[str, ...]
    network: Network
    growth_weight: Array
    collaboration_weight: Array
    floors: Array
    theta: Array
    parameters: Parameters
    attention: float
    notes: tuple[Text, ...] = ()

    @property
    def n(self) -> int:
        """Number of contestants."""
        return len(self.codes)

    @property
    def slots(self) -> int:
        """Promotions k."""
        return int(self.parameters.promotion_slots)

    def spread(self, t: int) -> float:
        """Standard deviation of the score's noise: √(w_y² + w_q² + w_o²), each indicator in its own noise units."""
        growth, joint = self.growth_weight[t], self.collaboration_weight[t]
        return float(np.sqrt(growth**2 + joint**2 + (1 - growth - joint) ** 2))

    def scale_growth(self, t: int) -> float:
        """Score per unit of growth, w_y/σ."""
        return float(self.growth_weight[t] / self.parameters.noise)

    def scale_joint(self, t: int) -> float:
        """Score per unit of measured collaboration, w_q/σ_q."""
        return float(self.collaboration_weight[t] / (self.parameters.noise * self.parameters.measure_noise))


def attention_unit(parameters: Parameters, *, n: int) -> float:
    """Effort of the contest in growth alone: a₀ = (V β(n, k)/σ + s)/c; 1 where nothing gives any incentive.

    Raises RuleError `promotion-slots` when the slots do not fit n.
    """
    p = parameters
    return (p.prize * beta(n, int(p.promotion_slots)) / p.noise + p.sharing) / p.effort_cost or 1.0


def make_setting(
    parameters: Parameters, *, n: int, years: int = 1, growth_weight: float = 1.0, collaboration_weight: float = 0.0
) -> Setting:
    """Make the textbook setting: n equal contestants, everyone a partner of everyone, constant weights, no contracts.

    >>> make_setting(Parameters(), n=4).network.edges
    12
    """
    network = Network.of(n, [(a, b) for a in range(n) for b in range(a)])
    return Setting(
        codes=tuple(str(i + 1) for i in range(n)),
        periods=tuple(str(t + 1) for t in range(years)),
        network=network,
        growth_weight=np.full(years, growth_weight),
        collaboration_weight=np.full(years, collaboration_weight),
        floors=np.zeros((years, network.edges)),
        theta=np.ones(n),
        parameters=parameters,
        attention=attention_unit(parameters, n=n),
    )
