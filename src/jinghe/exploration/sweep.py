"""Run a design (批量推演): units of work that can be killed at any moment, resumed, extended and run anywhere."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import numpy as np

from jinghe.compact.path import nearest_word
from jinghe.errors import Problem, RuleError, problem
from jinghe.exploration.design import Designs
from jinghe.exploration.factor import Array
from jinghe.exploration.model import Model
from jinghe.exploration.store import Done, Store, Unit, read_fault
from jinghe.exploration.workers import Task, run_here, run_on_cluster, run_pool

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Progress", "Sweep", "sweep"]

Progress = Callable[[float], None]

_EVERY = 2.0  # seconds between parts
_HELD = 4_000_000  # or that many values


@dataclass(frozen=True, slots=True, eq=False)
class Sweep:
    """What a sweep found (批量推演结果): N designs, R replications each, K outcomes.

    Attributes:
        designs: the points.
        outcomes: their names.
        cells: shape (K, N, R); NaN where an outcome is undefined and in every cell of a design that could not be run.
        faults: by number of the design, why it could not be run.
    """

    designs: Designs
    outcomes: tuple[str, ...]
    cells: Array
    faults: Mapping[int, tuple[Problem, ...]]

    def values(self, outcome: str) -> Array:
        """One outcome of every replication, shape (N, R). Raises RuleError `outcome-unknown`."""
        if outcome not in self.outcomes:
            nearest = nearest_word(outcome, self.outcomes)
            raise RuleError([problem("outcome-unknown", found=outcome, nearest=nearest)])
        return np.asarray(self.cells[self.outcomes.index(outcome)])

    def means(self, outcome: str) -> Array:
        """Means over the replications that define it, shape (N,); NaN where none does."""
        values = self.values(outcome)
        known = np.isfinite(values)
        total, count = np.where(known, values, 0.0).sum(axis=1), known.sum(axis=1)
        return np.asarray(np.divide(total, count, out=np.full(len(values), np.nan), where=count > 0))


def sweep(
    model: Model,
    *,
    designs: Designs,
    replications: int,
    outcomes: tuple[str, ...] = (),
    folder: Path | None = None,
    block: int = 1000,
    workers: int = 1,
    cluster: str = "",
    progress: Progress | None = None,
) -> Sweep:
    """Run R replications of every design, each with the same draws (common random numbers).

    What is in `folder` is not run again: a sweep that was killed goes on, one of 500 replications continues one of 100,
    and the final file has the same bytes however often it was killed, cut and spread.

    Args:
        model: what is run, such as `CompactModel`.
        designs: from `sample` or `cross`.
        replications: R, at least 2.
        outcomes: which to keep; default: all.
        folder: where results are kept; none: in memory only.
        block: replications in a unit of work.
        workers: processes on this machine.
        cluster: address of a Dask scheduler, instead.
        progress: called with the share done.
    Returns:
        The sweep; designs that cannot be run are in `faults`.
    Raises:
        RuleError: too few replications, an outcome the model does not give, a lost worker or cluster.
        DataError: the folder holds another sweep.
    """
    if replications < 2:
        raise RuleError([problem("replications-few", found=replications)])
    wrong = [name for name in outcomes if name not in model.outcomes]
    if wrong:
        named = [problem("outcome-unknown", found=name, nearest=nearest_word(name, model.outcomes)) for name in wrong]
        raise RuleError(named)
    kept = tuple(sorted(outcomes or model.outcomes))
    known = "|".join((model.identity, designs.digest, *kept))
    store = Store(folder or Path(), hashlib.sha256(known.encode()).hexdigest(), kept)
    frame = store.frame(())
    if folder is not None:
        store.open(_describe(model, designs, kept))
        frame = store.read()
    tasks = list(_find_missing(frame, designs, replications=replications, block=block))
    run = _engine(model, workers=min(workers, len(tasks)), cluster=cluster)
    found = _collect(run(tasks), store, keep=folder is not None, total=len(tasks), progress=progress)
    frame = _join(frame, store.frame(found))
    if folder is not None and (tasks or not store.is_finished):
        store.finish(frame)
    return _lay_out(frame, designs, kept, replications)


def _describe(model: Model, designs: Designs, outcomes: tuple[str, ...]) -> dict[str, object]:
    factors = [factor.as_dict() for factor in designs.factors]
    return {"model": model.identity, "factors": factors, "points": len(designs), "outcomes": outcomes}


def _find_missing(frame: pl.DataFrame, designs: Designs, *, replications: int, block: int) -> Iterator[Task]:
    there = np.zeros((len(designs), replications), dtype=bool)
    rows = frame.filter(frame["replication"] < replications)
    there[rows["design"].to_numpy(), rows["replication"].to_numpy()] = True
    there[frame.filter(frame["fault"] != "")["design"].to_numpy()] = True
    for design in np.flatnonzero(~there.all(axis=1)).tolist():
        changes = designs.changes(design)
        for first in range(0, replications, block):
            count = min(block, replications - first)
            if not there[design, first : first + count].all():
                yield Unit(design, first, count), changes


def _engine(model: Model, *, workers: int, cluster: str) -> Callable[[list[Task]], Iterator[Done]]:
    if cluster:
        return lambda tasks: run_on_cluster(model, tasks, address=cluster)
    if workers > 1:
        return lambda tasks: run_pool(model, tasks, workers=workers)
    return lambda tasks: run_here(model, tasks)


def _collect(results: Iterable[Done], store: Store, *, keep: bool, total: int, progress: Progress | None) -> list[Done]:
    """Take results as they come; every two seconds what is new is written as a part."""
    found: list[Done] = []
    written, held, last = 0, 0, monotonic()
    try:
        for number, done in enumerate(results, start=1):
            found.append(done)
            held += done.unit.count * len(done.outcomes)
            if keep and (monotonic() - last > _EVERY or held > _HELD):
                store.append(found[written:])
                written, held, last = len(found), 0, monotonic()
            if progress:
                progress(number / total)
    except BaseException:  # whatever stops it, what is finished stays
        store.append(found[written:] if keep else ())
        raise
    return found


def _join(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    joined = pl.concat([old, new]).unique(["design", "replication"], keep="first")
    return joined.sort("design", "replication")


def _lay_out(frame: pl.DataFrame, designs: Designs, outcomes: tuple[str, ...], replications: int) -> Sweep:
    faults = dict(frame.filter(frame["fault"] != "").select("design", "fault").iter_rows())
    sound = frame.filter((frame["fault"] == "") & (frame["replication"] < replications))
    cells = np.full((len(outcomes), len(designs), replications), np.nan)
    at = sound["design"].to_numpy(), sound["replication"].to_numpy()
    for number, name in enumerate(outcomes):
        cells[number][at] = sound[name].to_numpy()
    return Sweep(designs, outcomes, cells, {design: read_fault(words) for design, words in sorted(faults.items())})
