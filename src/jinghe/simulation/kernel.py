"""The compiled engine (编译内核): what `model` specifies, one replication at a time, in memory of order n·T."""

from __future__ import annotations

from typing import Any

from numba.np.unsafe.ndarray import to_fixed_tuple

from jinghe.simulation.compiled import compiled, fill_uniforms
from jinghe.simulation.draws import Purpose
from jinghe.simulation.kernel_choice import choose
from jinghe.simulation.kernel_logit import tabulate
from jinghe.simulation.kernel_measure import measure_run
from jinghe.simulation.kernel_year import draw_year, move_on, score_year, settle_cities, settle_edges, turn_over
from jinghe.simulation.layout import City, Edge
from jinghe.simulation.parameters import NAMES, Numbers

__all__ = ["REGIONAL", "play_block"]

_COUNT = len(NAMES)
_TRUST = int(Purpose.TRUST)
REGIONAL = ("growth", "cooperation", "dressing", "trust", "output", "standards", "stage")
"""What is kept of the region in every replication and year: means over cities, standards, stage."""


@compiled
def _begin(d: Any, p: Any, w: Any, seed: Any, replication: int) -> None:
    d_theta, d_start, d_reference, d_giver, d_partner = d.cities[0], d.start, d.field[1], d.links[0], d.links[1]
    d_joint, d_reverse, w_own, w_standing = d.edges[3], d.links[2], w.tasks[0], w.city[City.standing]
    w_adopted, w_earned, w_words, w_joint = w.city[City.adopted], w.city[City.earned], w.words, w.edge[Edge.joint]
    w_belief, w_trust, w_stock = w.edge[Edge.belief], w.edge[Edge.trust], w.edge[Edge.stock]
    w_backlog, w_standards = w.edge[Edge.backlog], w.standards
    n = len(d_theta)
    for i in range(n):
        w_own[0, i], w_own[1, i], w_own[2, i], w_own[3, i] = d_start[0, i], d_start[1, i], d_start[2, i], 0.0
        w_standing[i] = d_reference[0, i]
        w_adopted[i], w_earned[i] = 0.0, 0.0
    for e in range(len(d_giver)):
        fill_uniforms(w_words, 0, seed, replication, 0, d_giver[e] * n + d_partner[e], _TRUST)
        w_joint[e], w_belief[e] = d_joint[e], d_joint[d_reverse[e]]
        w_trust[e] = min(max(p.trust + p.trust_spread * (2 * w_words[0, 0] - 1), 0.0), 1.0)
        w_stock[e], w_backlog[e] = 0.0, 0.0
    w_standards[0] = p.standards


@compiled
def _record(d: Any, t: int, w: Any, paid_in: float) -> None:
    d_theta, d_first, d_partners, d_giver, w_trust = d.cities[0], d.first, d.cities[3], d.links[0], w.edge[Edge.trust]
    w_level, w_transfer, w_records, w_own = w.city[City.level], w.city[City.transfer], w.records, w.tasks[0]
    w_output, w_measured, w_total = w.city[City.output], w.city[City.measured], w.city[City.total]
    w_contribution, w_score, w_gain = w.city[City.contribution], w.city[City.score], w.city[City.gain]
    w_promoted, w_earned, w_spent = w.city[City.promoted], w.city[City.earned], w.city[City.spent]
    w_standards, w_course = w.standards, w.course
    n, trust, effort, balance = len(d_theta), 0.0, 0.0, 0.0
    for i in range(n):
        own = 0.0
        for e in range(d_first[i], d_first[i + 1]):
            own += w_trust[e]
        trust += own
        effort += w_level[i]
        balance += w_transfer[i]
        r = w_records
        r[0, t, i], r[1, t, i], r[2, t, i], r[3, t, i] = w_own[0, i], w_level[i], w_own[1, i], own / d_partners[i]
        r[4, t, i], r[5, t, i], r[6, t, i], r[7, t, i] = w_output[i], w_measured[i], w_total[i], w_contribution[i]
        r[8, t, i], r[9, t, i], r[10, t, i], r[11, t, i] = w_score[i], w_gain[i], w_promoted[i], w_earned[i]
        r[12, t, i] = w_contribution[i] - w_spent[i]
    mean, s, level = trust / max(len(d_giver), 1), w_standards[0], effort / n / d.unit
    stage = 2.0 if mean > 0.6 and s > 0.6 and level > 0.5 else (1.0 if mean > 0.3 and level > 0.2 else 0.0)
    w_course[0, t], w_course[1, t], w_course[2, t] = s, stage, balance + paid_in


@compiled
def _play(d: Any, w: Any, seed: Any, replication: int) -> None:
    """Run one replication; its records are left in the work arrays."""
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
        paid_in = settle_edges(d, t, p, w)
        paid_in += settle_cities(d, t, p, w)
        score_year(d, t, p, w)
        move_on(d, t, p, w)
        _record(d, t, w, paid_in)


@compiled
def play_block(
    d: Any, w: Any, seed: Any, first: int, rows: Any, regional: Any, kept: Any, pairs: Any, sums: Any, gains: Any
) -> None:
    """Run replications first, first + 1, …: one row of measures each, the course of the region, sums by city.

    Args:
        d: the design.
        w: work arrays of this thread.
        seed: as uint64.
        first: number of the first replication.
        rows: out, (R, K) measures.
        regional: out, (R, T, 7) in the order of `REGIONAL`.
        kept: out, (R′, V, T, n) full records of the first R′ ≤ R.
        pairs: out, (R′, 2M) joint efforts of the last year.
        sums: out, (5, T, n) sums over replications of the first five records.
        gains: out, (2, n) sums of the mean gain and of its square.
    """
    d_regime, d_theta, w_records, w_course, w_joint = d.regime, d.cities[0], w.records, w.course, w.edge[Edge.joint]
    years, n = len(d_regime), len(d_theta)
    for k in range(len(rows)):
        _play(d, w, seed, first + k)
        measure_run(d, w, rows[k])
        for t in range(years):
            for v in range(5):
                total = 0.0
                for i in range(n):
                    total += w_records[v, t, i]
                    sums[v, t, i] += w_records[v, t, i]
                regional[k, t, v] = total / n
            regional[k, t, 5], regional[k, t, 6] = w_course[0, t], w_course[1, t]
        for i in range(n):
            gain = 0.0
            for t in range(years):
                gain += w_records[9, t, i]
            gains[0, i] += gain / years
            gains[1, i] += (gain / years) ** 2
        if k < len(kept):
            kept[k] = w_records
            pairs[k] = w_joint
