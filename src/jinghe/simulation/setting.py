"""What the model is run on (情景): arrays and numbers only, no compact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jinghe.labels import Text
from jinghe.simulation.draws import Array
from jinghe.simulation.limits import beta
from jinghe.simulation.parameters import Parameters, to_row

__all__ = ["Fund", "Index", "Network", "Setting", "add_up", "attention_unit", "make_setting", "splice"]

Index = NDArray[np.int64]


def add_up(values: Array, giver: Index, n: int) -> Array:
    """Sum values of directed edges (…, 2M) by giver, (…, n), in the order of the edges.

    >>> add_up(np.array([1.0, 2.0, 4.0]), np.array([0, 0, 1]), 2).tolist()
    [3.0, 4.0]
    """
    shape = values.shape[:-1]
    rows = prod(shape)
    at = giver + n * np.arange(rows)[:, None]
    total = np.bincount(at.ravel(), weights=values.ravel(), minlength=n * rows).astype(np.float64, copy=False)
    return total.reshape(*shape, n)


@dataclass(frozen=True, eq=False)
class Network:
    """Who can do joint projects with whom (协作网络): every pair as two directed edges, ordered by giver."""

    n: int
    giver: Index
    partner: Index
    reverse: Index  # the same pair seen from the other side

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

    @property
    def partners(self) -> Array:
        """Number of partners of each, shape (n,)."""
        return np.bincount(self.giver, minlength=self.n).astype(np.float64)

    def collect(self, values: Array) -> Array:
        """Sum values of directed edges (…, 2M) by giver, (…, n), in the order of the edges."""
        return add_up(values, self.giver, self.n)


@dataclass(frozen=True, slots=True)
class Fund:
    """A special fund shared equally by the first `top` of the ranking (专项资金); `worth` as the officials value it."""

    top: int
    worth: float


@dataclass(frozen=True, eq=False)
class Setting:
    """One set of rules over time, as arrays (情景).

    Attributes:
        codes: the n contestants.
        periods: names of the T periods.
        network: who can do joint projects with whom.
        yearly: numbers of the model by year, T of them: a rule may change inside the horizon.
        attention: a₀, kept when a lever changes, so that technology does not change with incentives.
        growth_weight, collaboration_weight: effective weights in the score, shape (T,); what is left is noise.
        floors: joint effort that contracts ask for, shape (T, 2M), in attention units.
        special: 1 where a special task runs, shape (T, 2M).
        authority: 1 where delegated powers hold, by edge (T, 2M); `powers` the same by city (T, n).
        theta: output per head relative to the mean, shape (n,): what a unit of growth is worth in money.
        settled: what agreements add to a unit of own growth in money, shape (T, n).
        payee, source, passed: what agreements pass to another city of a unit of a city's growth: who gets it, of whose
            growth, shape (K,), and how much money, (T, K). What nobody gets is the province's.
        credit, claim: statistical and fiscal share of an edge's giver relative to `joint_credit`, `joint_claim`, (2M,).
        batches: standards published at once, share of what is left, shape (T,).
        pools: who is ranked with whom, shape (n,), numbered from 0; `circles` the same for team prizes, −1: in none.
        funds: special funds of the contest.
        efforts: for the choice `fixed`: growth, joint by edge, window dressing; empty otherwise.
        notes: what a reader must know.
    """

    codes: tuple[str, ...]
    periods: tuple[str, ...]
    network: Network
    yearly: tuple[Parameters, ...]
    attention: float
    growth_weight: Array
    collaboration_weight: Array
    floors: Array
    special: Array
    authority: Array
    powers: Array
    theta: Array
    settled: Array
    credit: Array
    claim: Array
    batches: Array
    pools: Index
    circles: Index
    funds: tuple[Fund, ...] = ()
    efforts: tuple[Array, ...] = ()
    notes: tuple[Text, ...] = ()
    payee: Index = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    source: Index = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    passed: Array = field(default_factory=lambda: np.zeros((0, 0)))

    @property
    def n(self) -> int:
        """Number of contestants."""
        return len(self.codes)

    @property
    def parameters(self) -> Parameters:
        """Numbers of the first year."""
        return self.yearly[0]

    @property
    def numbers(self) -> Array:
        """Numbers by year, modes mixed in, shape (T, K) in the order of `Numbers`."""
        rows = {key: to_row(parameters) for key, parameters in {id(p): p for p in self.yearly}.items()}
        return np.stack([rows[id(parameters)] for parameters in self.yearly])

    @property
    def scales(self) -> Array:
        """What a unit of growth and of measured collaboration counts in the score, and the noise left: shape (T, 4).

        z_y = w_y/σ, z_q = w_q/σ_q, w_o = 1 − w_y − w_q, and the standard deviation √(w_y² + w_q² + w_o²) of its noise.
        """
        noise = np.array([p.noise for p in self.yearly])
        joint = noise * [p.measure_noise for p in self.yearly]
        left = 1 - self.growth_weight - self.collaboration_weight
        spread = np.sqrt(self.growth_weight**2 + self.collaboration_weight**2 + left**2)
        return np.stack([self.growth_weight / noise, self.collaboration_weight / joint, left, spread], axis=1)

    def with_parameters(self, **changed: float) -> Setting:
        """Return the setting with these numbers in every year."""
        new = {key: replace(parameters, **changed) for key, parameters in {id(p): p for p in self.yearly}.items()}
        return replace(self, yearly=tuple(new[id(parameters)] for parameters in self.yearly))


def attention_unit(parameters: Parameters, *, n: int) -> float:
    """Effort of the contest in growth alone: a₀ = (V β(n, k)/σ + s)/c; 1 where nothing gives any incentive.

    Raises RuleError `promotion-slots` when the slots do not fit n.
    """
    p = parameters
    pressed = p.prize * beta(n, int(p.promotion_slots)) / p.noise if p.prize else 0.0
    return (pressed + p.sharing) / p.effort_cost or 1.0


def make_setting(
    parameters: Parameters,
    *,
    n: int,
    years: int = 1,
    growth_weight: float = 1.0,
    collaboration_weight: float = 0.0,
    pairs: Sequence[tuple[int, int]] | None = None,
) -> Setting:
    """Make the textbook setting: n equal contestants in one ranking, constant weights, no contracts, no agreements.

    `pairs` are the partners; by default everyone is a partner of everyone.

    >>> make_setting(Parameters(), n=4).network.edges
    12
    """
    network = Network.of(n, [(a, b) for a in range(n) for b in range(a)] if pairs is None else pairs)
    by_edge, by_city = np.zeros((years, network.edges)), np.zeros((years, n))
    return Setting(
        codes=tuple(str(i + 1) for i in range(n)),
        periods=tuple(str(t + 1) for t in range(years)),
        network=network,
        yearly=(parameters,) * years,
        attention=attention_unit(parameters, n=n),
        growth_weight=np.full(years, growth_weight),
        collaboration_weight=np.full(years, collaboration_weight),
        floors=by_edge,
        special=by_edge,
        authority=by_edge,
        powers=by_city,
        theta=np.ones(n),
        settled=by_city,
        credit=np.ones(network.edges),
        claim=np.ones(network.edges),
        batches=np.zeros(years),
        pools=np.zeros(n, dtype=np.int64),
        circles=np.full(n, -1, dtype=np.int64),
    )


_BY_YEAR = ("growth_weight", "collaboration_weight", "floors", "special", "authority", "powers", "settled", "batches")


def splice(before: Setting, after: Setting, *, at: int) -> Setting:
    """Switch from one set of rules to another at the start of year `at` (规则变更).

    Both must have the same contestants, years and partners; technology and starting point are those of `before`. A
    lever
    withdrawn is the compact spliced to the compact without it.

    >>> with_prize = make_setting(Parameters(), n=5, years=4)
    >>> ended = splice(with_prize, with_prize.with_parameters(prize=0.0), at=2)
    >>> [p.prize for p in ended.yearly]
    [1.0, 1.0, 0.0, 0.0]
    """
    same = all(np.array_equal(getattr(before.network, f.name), getattr(after.network, f.name)) for f in fields(Network))
    assert same, "splice needs the same partners"
    assert before.periods == after.periods, "splice needs the same years"
    dated: dict[str, Any] = {
        name: np.concatenate([getattr(before, name)[:at], getattr(after, name)[at:]]) for name in _BY_YEAR
    }
    ends = [np.zeros((len(before.periods), len(one.payee))) for one in (before, after)]
    ends[0][:at], ends[1][at:] = (
        one.passed[part] if len(one.payee) else 0.0 for one, part in ((before, slice(at)), (after, slice(at, None)))
    )
    dated |= {name: np.concatenate([getattr(before, name), getattr(after, name)]) for name in ("payee", "source")}
    dated["passed"] = np.hstack(ends) if len(dated["payee"]) else before.passed
    return replace(before, yearly=before.yearly[:at] + after.yearly[at:], **dated)
