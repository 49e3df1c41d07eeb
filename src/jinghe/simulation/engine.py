"""Running a prepared setting (运行): blocks of replications over threads, the same bits however they are cut."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from os import cpu_count
from queue import SimpleQueue

import numpy as np

from jinghe.compact import Compact
from jinghe.errors import RuleError, problem
from jinghe.panel import Panel
from jinghe.simulation.design import Design
from jinghe.simulation.draws import Array
from jinghe.simulation.equilibrium import prepare
from jinghe.simulation.measures import MEASURES, RECORDS
from jinghe.simulation.scenario import read_setting

__all__ = ["Played", "play", "run_block"]

_PARTS = 64  # blocks at most: sums by city are added up in this order, whatever the threads


@dataclass(frozen=True, eq=False)
class Played:
    """What R replications gave (运行结果).

    Attributes:
        rows: (R, K) measures in the order of `MEASURES`.
        regional: (R, T, 7) course of the region: growth, cooperation, dressing, trust, output, standards, stage.
        means: (5, T, n) means over replications of growth, cooperation, dressing, trust and output by city.
        gain, gain_error: (n,) mean net gain from cooperation and its standard error.
        kept: (R′, V, T, n) all records of the first R′ replications, in the order of `RECORDS`.
        pairs: (R′, 2M) joint effort by directed edge in the last year.
    """

    rows: Array
    regional: Array
    means: Array
    gain: Array
    gain_error: Array
    kept: Array
    pairs: Array

    def measured(self, name: str) -> Array:
        """One measure of every replication, shape (R,)."""
        return self.rows[:, MEASURES.index(name)]

    def recorded(self, name: str) -> Array:
        """One record of the replications kept in full, shape (R′, T, n)."""
        return self.kept[:, RECORDS.index(name)]


def play(
    design: Design,
    *,
    seed: int,
    replications: range,
    keep: int = 0,
    threads: int | None = None,
    progress: Callable[[float], None] | None = None,
) -> Played:
    """Run replications with the compiled engine.

    Replication r depends on (design, seed, r) alone: rows are the same bits for any number of threads and any cut into
    ranges. Memory: the rows, the records of `keep` replications, and arrays of order n·T for each thread.

    Args:
        design: from `prepare`.
        seed: 0 ≤ seed < 2⁶⁴.
        replications: which, such as range(100, 200).
        keep: how many of the first to keep in full.
        threads: default: one for each processor.
        progress: called with the share done.
    Raises:
        RuleError: `parameter-range` for another seed.
    """
    from jinghe.simulation.kernel import REGIONAL, play_block
    from jinghe.simulation.layout import Work, count_copies, make_work, pack

    if not 0 <= seed < 2**64:
        raise RuleError([problem("parameter-range", "simulate.seed", found=seed, low=0, high=2**64 - 1)])
    count, years, n, edges = len(replications), len(design.regime), len(design.theta), len(design.giver)
    keep, copies = min(keep, count), count_copies(design, count)
    size = max(1, copies * -(-count // (copies * _PARTS)))
    rows, regional = np.empty((count, len(MEASURES))), np.empty((count, years, len(REGIONAL)))
    kept, pairs = np.empty((keep, len(RECORDS), years, n)), np.empty((keep, edges))
    parts = range(0, count, size)
    sums, gains = np.zeros((len(parts), 5, years, n)), np.zeros((len(parts), 2, n))

    plan, idle = pack(design, copies), SimpleQueue[Work]()
    threads = min(threads or cpu_count() or 1, max(len(parts), 1))
    for _ in range(threads):
        idle.put(make_work(design, copies))  # new pages are dear: each thread keeps its own

    def run(part: int) -> None:
        work = idle.get()
        chosen = slice(parts[part], parts[part] + size)
        try:
            outputs = (*(one[chosen] for one in (rows, regional, kept, pairs)), sums[part], gains[part])
            play_block(plan, work, np.uint64(seed), replications.start + parts[part], *outputs)
        finally:
            idle.put(work)

    with ThreadPoolExecutor(threads) as pool:
        for done, _ in enumerate(pool.map(run, range(len(parts))), start=1):
            if progress:
                progress(done / len(parts))
    gain, square = gains.sum(axis=0) / count
    error = np.sqrt(np.maximum(square - gain**2, 0.0) / max(count - 1, 1))
    return Played(rows, regional, sums.sum(axis=0) / count, gain, error, kept, pairs)


def run_block(
    compact: Compact, *, panel: Panel, first: int, count: int, seed: int, attention: float | None = None
) -> Mapping[str, Array]:
    """Run one block of replications of a compact: the unit of work of sweeps and of machines far away (运行单元).

    Args:
        compact: the rules.
        panel: observations.
        first: number of the first replication; blocks put together are the bits of one long run.
        count: how many.
        seed: of the draws; the same for every design to be compared.
        attention: a₀ to keep; for a design of a sweep that of the compact it is compared with, so that technology stays
            when incentives change. Default: this compact's own.
    Returns:
        By name of `MEASURES`, shape (count,): one value for each replication, NaN where it is undefined.
    Raises:
        RuleError: whatever is wrong with the rules; nothing is run then.
    """
    design = prepare(read_setting(compact, panel=panel, attention=attention)).design
    played = play(design, seed=seed, replications=range(first, first + count), threads=1)
    return {name: played.measured(name) for name in MEASURES}
