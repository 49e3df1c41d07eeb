"""How the compiled engine keeps its arrays (内存布局): few and large, since each costs time in a call."""

from __future__ import annotations

from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jinghe.simulation.design import Design
from jinghe.simulation.draws import Array
from jinghe.simulation.measures import RECORDS
from jinghe.simulation.parameters import NAMES

__all__ = ["City", "Edge", "Plan", "Work", "count_copies", "make_work", "pack"]

_SIDE = 300  # cities side by side


City = IntEnum(
    "City",
    "standing shift total count level claimed transfer spent money quality mean_output adopting contribution gain "
    "output measured score ranked chosen promoted funded earned bar next_bar pooled push yields ability adopted "
    "tenure carried gone bonus team made agreed pull pace weight target found",
    start=0,
)
"""Rows of `Work.city`."""

Edge = IntEnum("Edge", "joint trust belief stock backlog together partner value cost fine fresh", start=0)
"""Rows of `Work.edge`."""


class Work(NamedTuple):
    """Arrays of one thread (工作数组), used again for every round of C replications, which stand side by side."""

    city: Array  # (City, C n)
    edge: Array  # (Edge, C 2M)
    tasks: Array  # own efforts, those of last year, returns: (3, 4, C n)
    draws: Array  # uniforms of the year, of the officials, of their choices, of joint effort as one: (4, 4, C n)
    edge_draws: Array  # (4, C 2M)
    waiting: Array  # (21, C n) joint output that is not yet counted
    weights: Array  # (levels,)
    ladder: Array  # cumulative weights of all cities at once, (levels, C n)
    rows: NDArray[np.int64]  # of `ease`, (C n,)
    ease: Array  # (2 + most partners, levels); the first column is the slope
    bars: Array  # best scores of every pool
    region: Array  # (2, C) standards, what the province is paid
    records: Array  # (C, V, T, n) in the order of RECORDS
    course: Array  # (C, 3, T): standards, stage, imbalance


class Plan(NamedTuple):
    """A design in few arrays, C copies of the region side by side; see `Design` for what they are."""

    numbers: Array
    scales: Array
    regime: NDArray[np.int64]
    bound: NDArray[np.bool_]  # is there a floor, a special task: (2, T)
    edge_years: Array  # floors, special, authority: (3, T, C 2M)
    city_years: Array  # powers, settled: (2, T, C n)
    agreed: NDArray[np.int64]  # payee, source: (2, C K)
    passed: Array  # (T, C K)
    batches: Array
    cities: Array  # theta, sizes, rivals, partners: (4, C n)
    edges: Array  # credit, claim θ, same, joint, credit of the partner: (5, C 2M)
    circles: NDArray[np.int64]  # −1: in none
    groups: NDArray[np.uint64]  # pools, place in the region, copy: (3, C n)
    links: NDArray[np.uint64]  # giver, partner, reverse, key of the pair, copy: (5, C 2M)
    first: NDArray[np.uint64]
    funds: Array
    tables: Array  # tilt, worth: (2, G, 2, C n, 17)
    lead: Array
    field: Array  # spill, reference: (2, G, C n)
    start: Array
    unit: float
    degree: float
    copies: int


def count_copies(design: Design, replications: int) -> int:
    """How many replications stand side by side: a year has fixed costs, which small regions share."""
    return max(1, min(_SIDE // len(design.theta), replications))


def pack(design: Design, copies: int = 1) -> Plan:
    """Copy a design into few arrays, with so many copies of the region."""
    d = design
    n, edges = len(d.theta), len(d.giver)

    def repeat(values: NDArray[Any]) -> NDArray[Any]:
        """Side by side along the last axis."""
        return np.tile(values, copies)

    def number(values: NDArray[np.int64], step: int) -> NDArray[np.int64]:
        """Numbers of cities, edges or groups, each copy with its own."""
        return np.concatenate([np.where(values >= 0, values + c * step, values) for c in range(copies)])

    city_copy, edge_copy = (np.repeat(np.arange(copies), size) for size in (n, edges))
    return Plan(
        numbers=d.numbers.copy(),
        scales=d.scales.copy(),
        regime=d.regime.copy(),
        bound=np.stack([d.floors.any(axis=1), d.special.any(axis=1)]),
        edge_years=repeat(np.stack([d.floors, d.special, d.authority])),
        city_years=repeat(np.stack([d.powers, d.settled])),
        agreed=np.stack([number(d.payee, n), number(d.source, n)]),
        passed=repeat(d.passed),
        batches=d.batches.copy(),
        cities=repeat(np.stack([d.theta, d.sizes, d.rivals, d.partners])),
        edges=repeat(np.stack([d.credit, d.claim * d.theta[d.giver], d.same, d.joint, d.credit[d.reverse]])),
        circles=number(d.circles, n),
        groups=_unsigned([number(d.pools, int(d.pools.max()) + 1), repeat(np.arange(n)), city_copy]),
        links=_unsigned(
            [
                *(number(values, step) for values, step in ((d.giver, n), (d.partner, n), (d.reverse, edges))),
                *(repeat(d.giver * n + d.partner), edge_copy),
            ]
        ),
        first=_unsigned(np.concatenate([[0], *(d.first[1:] + c * edges for c in range(copies))])),
        funds=d.funds.copy(),
        tables=np.tile(np.stack([d.tilt, d.worth]), (1, 1, 1, copies, 1)),
        lead=repeat(d.lead),
        field=repeat(np.stack([d.spill, d.reference])),
        start=repeat(d.start),
        unit=d.unit,
        degree=d.degree,
        copies=copies,
    )


def _unsigned(numbers: Any) -> NDArray[np.uint64]:
    """A place that cannot be negative is not counted from the end: loops run on several cities at once then."""
    return np.asarray(numbers, dtype=np.uint64)


def make_work(design: Design, copies: int = 1) -> Work:
    """Set aside the arrays of one thread, for so many copies of the region."""
    years = len(design.regime)
    n, edges = copies * len(design.theta), copies * len(design.giver)
    at = {name: NAMES.index(name) for name in ("levels", "promotion_slots")}
    places = max([int(design.numbers[:, at["promotion_slots"]].max()), 1, *(int(top) for top, _ in design.funds)])
    levels = int(design.numbers[:, at["levels"]].max())
    return Work(
        city=np.zeros((len(City), n)),
        edge=np.zeros((len(Edge), edges)),
        tasks=np.zeros((3, 4, n)),
        draws=np.zeros((4, 4, n)),
        edge_draws=np.zeros((4, edges)),
        waiting=np.zeros((21, n)),
        weights=np.zeros(levels),
        ladder=np.zeros((levels, n)),
        rows=np.zeros(n, dtype=np.int64),
        ease=np.zeros((2 + int(design.partners.max()), levels)),
        bars=np.zeros(copies * (int(design.pools.max()) + 1) * places),
        region=np.zeros((2, copies)),
        records=np.zeros((copies, len(RECORDS), years, len(design.theta))),
        course=np.zeros((copies, 3, years)),
    )
