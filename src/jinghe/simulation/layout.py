"""How the compiled engine keeps its arrays (内存布局): few and large, since each costs time in a call."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jinghe.simulation.design import Design
from jinghe.simulation.draws import Array
from jinghe.simulation.measures import RECORDS
from jinghe.simulation.parameters import NAMES

__all__ = ["City", "Edge", "Plan", "Work", "make_work", "pack"]


City = IntEnum(
    "City",
    "standing shift total count level claimed transfer spent money quality mean_output adopting contribution gain "
    "output measured score ranked chosen promoted funded earned bar next_bar pooled push yields ability adopted "
    "tenure carried gone bonus team",
    start=0,
)
"""Rows of `Work.city`."""

Edge = IntEnum("Edge", "joint trust belief stock backlog together partner value cost fine fresh", start=0)
"""Rows of `Work.edge`."""


class Work(NamedTuple):
    """Arrays of one thread (工作数组), used again for every replication."""

    city: Array  # (City, n)
    edge: Array  # (Edge, 2M)
    tasks: Array  # own efforts, those of last year, returns: (3, 4, n)
    draws: Array  # uniforms of the year and of the officials: (2, n, 4)
    edge_draws: Array  # (2M, 4)
    words: Array  # (1, 4)
    waiting: Array  # (21, n) joint output that is not yet counted
    weights: Array  # (levels,)
    ease: Array  # (2 + most partners, levels); the first column is the slope
    bars: Array  # best scores of every pool
    standards: Array  # (1,)
    records: Array  # (V, T, n) in the order of RECORDS
    course: Array  # (3, T): standards, stage, imbalance


class Plan(NamedTuple):
    """A design in few arrays; see `Design` for what they are."""

    numbers: Array
    scales: Array
    regime: NDArray[np.int64]
    edge_years: Array  # floors, special, authority: (3, T, 2M)
    city_years: Array  # powers, settled: (2, T, n)
    batches: Array
    cities: Array  # theta, sizes, rivals, partners: (4, n)
    edges: Array  # credit, claim, same, joint: (4, 2M)
    groups: NDArray[np.int64]  # pools, circles: (2, n)
    links: NDArray[np.int64]  # giver, partner, reverse: (3, 2M)
    first: NDArray[np.int64]
    funds: Array
    tables: Array  # tilt, worth: (2, G, 2, n, 17)
    lead: Array
    field: Array  # spill, reference: (2, G, n)
    start: Array
    unit: float
    degree: float


def pack(design: Design) -> Plan:
    """Copy a design into the arrays of one thread: two threads that count references to one array wait for it."""
    d = design
    return Plan(
        numbers=d.numbers.copy(),
        scales=d.scales.copy(),
        regime=d.regime.copy(),
        edge_years=np.stack([d.floors, d.special, d.authority]),
        city_years=np.stack([d.powers, d.settled]),
        batches=d.batches.copy(),
        cities=np.stack([d.theta, d.sizes, d.rivals, d.partners]),
        edges=np.stack([d.credit, d.claim, d.same, d.joint]),
        groups=np.stack([d.pools, d.circles]),
        links=np.stack([d.giver, d.partner, d.reverse]),
        first=d.first.copy(),
        funds=d.funds.copy(),
        tables=np.stack([d.tilt, d.worth]),
        lead=d.lead.copy(),
        field=np.stack([d.spill, d.reference]),
        start=d.start.copy(),
        unit=d.unit,
        degree=d.degree,
    )


def make_work(design: Design) -> Work:
    """Set aside the arrays of one thread."""
    n, edges, years = len(design.theta), len(design.giver), len(design.regime)
    at = {name: NAMES.index(name) for name in ("levels", "promotion_slots")}
    places = max([int(design.numbers[:, at["promotion_slots"]].max()), 1, *(int(top) for top, _ in design.funds)])
    levels = int(design.numbers[:, at["levels"]].max())
    return Work(
        city=np.zeros((len(City), n)),
        edge=np.zeros((len(Edge), edges)),
        tasks=np.zeros((3, 4, n)),
        draws=np.zeros((2, n, 4)),
        edge_draws=np.zeros((edges, 4)),
        words=np.zeros((1, 4)),
        waiting=np.zeros((21, n)),
        weights=np.zeros(levels),
        ease=np.zeros((2 + int(design.partners.max()), levels)),
        bars=np.zeros((int(design.pools.max()) + 1) * places),
        standards=np.zeros(1),
        records=np.zeros((len(RECORDS), years, n)),
        course=np.zeros((3, years)),
    )
