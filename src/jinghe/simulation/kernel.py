"""The compiled engine (编译内核): what `model` specifies, one replication at a time, in memory of order n·T."""

from __future__ import annotations

from typing import Any

from numba.np.unsafe.ndarray import to_fixed_tuple

from jinghe.simulation.compiled import borrow, compiled, fill_uniforms
from jinghe.simulation.draws import Purpose
from jinghe.simulation.kernel_choice import choose
from jinghe.simulation.kernel_logit import tabulate
from jinghe.simulation.kernel_measure import measure_run
from jinghe.simulation.kernel_year import draw_year, move_on, score_year, settle_cities, settle_edges, turn_over
from jinghe.simulation.layout import City, Edge, Plan, Work
from jinghe.simulation.parameters import NAMES, Numbers

__all__ = ["REGIONAL", "play_block"]

_COUNT = len(NAMES)
_TRUST = int(Purpose.TRUST)
REGIONAL = ("growth", "cooperation", "dressing", "trust", "output", "standards", "stage")
"""What is kept of the region in every replication and year: means over cities, standards, stage."""


@compiled
def _begin(d: Any, p: Any, w: Any, seed: Any, replication: int) -> None:
    d_theta, d_start, d_reference, d_key, d_copy = d.cities[0], d.start, d.field[1], d.links[3], d.links[4]
    d_joint, d_reverse, w_own, w_standing = d.edges[3], d.links[2], w.tasks[0], w.city[City.standing]
    w_adopted, w_earned, w_edge, w_joint = w.city[City.adopted], w.city[City.earned], w.edge_draws, w.edge[Edge.joint]
    w_belief, w_trust, w_stock = w.edge[Edge.belief], w.edge[Edge.trust], w.edge[Edge.stock]
    w_backlog, w_standards = w.edge[Edge.backlog], w.region[0]
    for i in range(len(d_theta)):
        w_own[0, i], w_own[1, i], w_own[2, i], w_own[3, i] = d_start[0, i], d_start[1, i], d_start[2, i], 0.0
        w_standing[i] = d_reference[0, i]
        w_adopted[i], w_earned[i] = 0.0, 0.0
    fill_uniforms(w_edge, seed, replication, d_copy, 0, d_key, _TRUST)
    for e in range(len(d_key)):
        w_joint[e], w_belief[e] = d_joint[e], d_joint[d_reverse[e]]
        w_trust[e] = min(max(p.trust + p.trust_spread * (2 * w_edge[0, e] - 1), 0.0), 1.0)
        w_stock[e], w_backlog[e] = 0.0, 0.0
    w_standards[:] = p.standards


@compiled
def _record(d: Any, t: int, w: Any, copy: int) -> None:
    d_theta, d_first, d_partners, d_giver, w_trust = d.cities[0], d.first, d.cities[3], d.links[0], w.edge[Edge.trust]
    w_level, w_transfer, w_records, w_own = w.city[City.level], w.city[City.transfer], w.records, w.tasks[0]
    w_output, w_measured, w_total = w.city[City.output], w.city[City.measured], w.city[City.total]
    w_contribution, w_score, w_gain = w.city[City.contribution], w.city[City.score], w.city[City.gain]
    w_promoted, w_earned, w_spent = w.city[City.promoted], w.city[City.earned], w.city[City.spent]
    w_standards, w_paid, w_course, r = w.region[0], w.region[1], w.course[copy], w_records[copy]
    n, trust, effort, balance = len(d_theta) // d.copies, 0.0, 0.0, 0.0
    for k in range(n):
        i, own = copy * n + k, 0.0
        for e in range(d_first[i], d_first[i + 1]):
            own += w_trust[e]
        trust += own
        effort += w_level[i]
        balance += w_transfer[i]
        r[0, t, k], r[1, t, k], r[2, t, k], r[3, t, k] = w_own[0, i], w_level[i], w_own[1, i], own / d_partners[i]
        r[4, t, k], r[5, t, k], r[6, t, k], r[7, t, k] = w_output[i], w_measured[i], w_total[i], w_contribution[i]
        r[8, t, k], r[9, t, k], r[10, t, k], r[11, t, k] = w_score[i], w_gain[i], w_promoted[i], w_earned[i]
        r[12, t, k] = w_contribution[i] - w_spent[i]
    mean, s, level = trust / max(len(d_giver) // d.copies, 1), w_standards[copy], effort / n / d.unit
    stage = 2.0 if mean > 0.6 and s > 0.6 and level > 0.5 else (1.0 if mean > 0.3 and level > 0.2 else 0.0)
    w_course[0, t], w_course[1, t], w_course[2, t] = s, stage, balance + w_paid[copy]


@compiled
def _play(d: Any, w: Any, seed: Any, replication: int) -> None:
    """Run one replication and those beside it; their records are left in the work arrays."""
    d_regime, d_numbers = d.regime, d.numbers
    for t in range(len(d_regime)):
        p = Numbers(*to_fixed_tuple(d_numbers[t], _COUNT))  # type: ignore[call-arg]
        if t == 0:
            _begin(d, p, w, seed, replication)
        if t == 0 or d_regime[t] != d_regime[t - 1]:
            tabulate(d, p, w)
        draw_year(d, t, p, w, seed, replication)
        turn_over(d, t, p, w)
        choose(d, t, p, w, seed, replication)
        settle_edges(d, t, p, w)
        settle_cities(d, t, p, w)
        score_year(d, t, p, w)
        move_on(d, t, p, w)
        for copy in range(d.copies):
            _record(d, t, w, copy)


@compiled
def play_block(
    d: Any, w: Any, seed: Any, first: int, rows: Any, regional: Any, kept: Any, pairs: Any, sums: Any, gains: Any
) -> None:
    """Run replications first, first + 1, …: one row of measures each, the course of the region, sums by city.

    Args:
        d: the design.
        w: work arrays of this thread; both are only lent to the functions below.
        seed: as uint64.
        first: number of the first replication.
        rows: out, (R, K) measures.
        regional: out, (R, T, 7) in the order of `REGIONAL`.
        kept: out, (R′, V, T, n) full records of the first R′ ≤ R.
        pairs: out, (R′, 2M) joint efforts of the last year.
        sums: out, (5, T, n) sums over replications of the first five records.
        gains: out, (2, n) sums of the mean gain and of its square.
    """
    d, w = _borrow_plan(d), _borrow_work(w)
    edges = len(d.links[0]) // d.copies
    for start in range(0, len(rows), d.copies):
        _play(d, w, seed, first + start)
        for copy in range(min(d.copies, len(rows) - start)):
            k = start + copy
            measure_run(d, w, copy, rows[k])
            _add(w.records[copy], w.course[copy], regional[k], sums, gains)
            if k < len(kept):
                kept[k] = w.records[copy]
                pairs[k] = w.edge[Edge.joint, copy * edges : (copy + 1) * edges]


@compiled
def _add(records: Any, course: Any, regional: Any, sums: Any, gains: Any) -> None:
    """Course of the region, and what is summed over replications."""
    years, n = records.shape[1:]
    for t in range(years):
        for v in range(5):
            total = 0.0
            for i in range(n):
                total += records[v, t, i]
                sums[v, t, i] += records[v, t, i]
            regional[t, v] = total / n
        regional[t, 5], regional[t, 6] = course[0, t], course[1, t]
    for i in range(n):
        gain = 0.0
        for t in range(years):
            gain += records[9, t, i]
        gains[0, i] += gain / years
        gains[1, i] += (gain / years) ** 2


@compiled
def _borrow_plan(d: Any) -> Any:
    return Plan(
        borrow(d.numbers),
        borrow(d.scales),
        borrow(d.regime),
        borrow(d.bound),
        borrow(d.edge_years),
        borrow(d.city_years),
        borrow(d.agreed),
        borrow(d.passed),
        borrow(d.batches),
        borrow(d.cities),
        borrow(d.edges),
        borrow(d.circles),
        borrow(d.groups),
        borrow(d.links),
        borrow(d.first),
        borrow(d.funds),
        borrow(d.tables),
        borrow(d.lead),
        borrow(d.field),
        borrow(d.start),
        d.unit,
        d.degree,
        d.copies,
    )


@compiled
def _borrow_work(w: Any) -> Any:
    return Work(
        borrow(w.city),
        borrow(w.edge),
        borrow(w.tasks),
        borrow(w.draws),
        borrow(w.edge_draws),
        borrow(w.waiting),
        borrow(w.weights),
        borrow(w.ladder),
        borrow(w.rows),
        borrow(w.ease),
        borrow(w.bars),
        borrow(w.region),
        borrow(w.records),
        borrow(w.course),
    )
