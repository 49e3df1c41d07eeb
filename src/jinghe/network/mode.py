"""Vertical, horizontal and network governance as shares of what was done together (治理方式, Y3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jinghe.errors import DataError, problem
from jinghe.network.event import Actor, Event
from jinghe.network.measure import degree_centralisation

__all__ = ["MODES", "Modes", "find_modes"]

_Array = NDArray[np.float64]
MODES = ("vertical", "horizontal", "network")


@dataclass(frozen=True, slots=True)
class Modes:
    """Shares of governance (治理方式占比) with their intervals; `leading` is empty where they leave it open."""

    share: Mapping[str, float]
    low: Mapping[str, float]
    high: Mapping[str, float]
    leading: str
    events: int
    coverage: float


def find_modes(
    events: Sequence[Event], *, actors: Sequence[Actor], draws: int = 1000, coverage: float = 0.95, seed: int = 0
) -> Modes:
    """Measure the three modes of governance, with intervals by drawing events anew.

    An event of n equals carries n/2 of tie weight (Newman). V: the share of the weight whose event had a superior;
    H = 1 − V; N = H (1 − C_D)(1 − Σ_t p_t²), with the degree centralisation C_D of the peer-only ties and the shares
    p_t of actor types among their participants: peers of many kinds without a centre.

    Args:
        events: at least one with two of the actors.
        actors: who counts.
        draws: bootstrap samples of the events.
        coverage: of the percentile intervals.
        seed: of the bootstrap.
    Returns:
        Shares, intervals, and V or H as `leading` where all of the interval of V lies on one side of one half.
    Raises:
        DataError: no event has two of the actors.
    Source: theory row Y3; Provan & Kenis, JPART 18 (2008) 229–252 for the three kinds. Assumption: the formulas.
    """
    plan = _plan(events, actors)
    rng = np.random.default_rng(seed)
    whole = plan.shares(np.ones(plan.events))
    chances = np.full(plan.events, 1 / plan.events)
    drawn = np.array([plan.shares(rng.multinomial(plan.events, chances).astype(float)) for _ in range(draws)])
    ends = np.quantile(drawn, [(1 - coverage) / 2, (1 + coverage) / 2], axis=0)
    low, high = (dict(zip(MODES, map(float, row), strict=True)) for row in ends)
    leading = "vertical" if low["vertical"] > 0.5 else "horizontal" if high["vertical"] < 0.5 else ""
    return Modes(dict(zip(MODES, map(float, whole), strict=True)), low, high, leading, plan.events, coverage)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Events as arrays: how many equals, whether a superior took part, its pairs of actors, its participants' types."""

    events: int
    sizes: _Array
    has_superior: NDArray[np.bool_]
    pair: NDArray[np.int64]
    pair_event: NDArray[np.int64]
    ends: NDArray[np.int64]
    kind: NDArray[np.int64]
    kind_event: NDArray[np.int64]
    actors: int

    def shares(self, count: _Array) -> tuple[float, float, float]:
        """V, H and N when event e stands `count[e]` times."""
        weight = count * self.sizes / 2
        vertical = float(weight[self.has_superior].sum() / weight.sum())
        peers = np.where(self.has_superior, 0.0, count)
        if not peers.any():
            return vertical, 0.0, 0.0
        tied = np.bincount(self.pair, peers[self.pair_event], minlength=len(self.ends)) > 0
        degree = np.bincount(self.ends[tied].ravel(), minlength=self.actors).astype(float)
        kinds = np.bincount(self.kind, peers[self.kind_event])
        variety = 1.0 - float(((kinds / kinds.sum()) ** 2).sum())
        centred = degree_centralisation(degree[degree > 0])
        return vertical, 1 - vertical, (1 - vertical) * (1 - (centred if np.isfinite(centred) else 1.0)) * variety


def _plan(events: Sequence[Event], actors: Sequence[Actor]) -> _Plan:
    at = {actor.id: row for row, actor in enumerate(actors)}
    kinds = np.unique([actor.type for actor in actors], return_inverse=True)[1] if actors else np.zeros(0, dtype=int)
    members = [(event, [at[code] for code in event.participants if code in at]) for event in events]
    members = [(event, rows) for event, rows in members if len(rows) > 1]
    if not members:
        raise DataError([problem("network-empty")])
    sizes = np.array([len(rows) for _, rows in members])
    pairs, pair_event = [], []
    for number, (_, rows) in enumerate(members):
        first, second = np.triu_indices(len(rows), k=1)
        chosen = np.sort(np.array(rows))
        pairs.append(np.stack([chosen[first], chosen[second]], axis=1))
        pair_event.append(np.full(len(first), number))
    ends, pair = np.unique(np.concatenate(pairs), axis=0, return_inverse=True)
    return _Plan(
        events=len(members),
        sizes=sizes.astype(float),
        has_superior=np.array([bool(event.superiors) for event, _ in members]),
        pair=pair.ravel(),
        pair_event=np.concatenate(pair_event),
        ends=ends,
        kind=kinds[np.concatenate([rows for _, rows in members])],
        kind_event=np.repeat(np.arange(len(members)), sizes),
        actors=len(actors),
    )
