"""Where units are run (运行场所): this process, a pool of processes, or a Dask cluster; the same bits everywhere."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from typing import Any

from jinghe.errors import JingheError, RuleError, problem
from jinghe.exploration.model import Model
from jinghe.exploration.store import Done, Unit, write_fault

__all__ = ["Task", "local_cluster", "run_here", "run_on_cluster", "run_pool", "run_unit"]

Task = tuple[Unit, dict[str, Any]]

_AHEAD = 4  # units handed out for each worker, so that none waits
_PATIENCE = 10  # seconds to wait for a scheduler
_held: dict[str, Model] = {}  # the model of this worker process


def run_unit(model: Model, task: Task) -> Done:
    """Run one unit. Rules that cannot be simulated are its result; any other fault is the programmer's."""
    unit, changes = task
    try:
        return Done(unit, model(changes, unit.first, unit.count))
    except JingheError as error:
        return Done(unit, {}, write_fault(error.problems))


def run_here(model: Model, tasks: Iterable[Task]) -> Iterator[Done]:
    """Run units one after another in this process."""
    return (run_unit(model, task) for task in tasks)


def run_pool(model: Model, tasks: Iterable[Task], *, workers: int) -> Iterator[Done]:
    """Run units in a pool of fresh processes, in the order in which they finish.

    Processes are spawned, never forked: forking a process with threads (of the compiled engine, of Polars) may hang.
    They end with this one, even when it is killed.

    Raises:
        RuleError: `sweep-worker`, when a process was lost; what is finished has been given out.
    """
    queue = iter(tasks)
    context = get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_take_model, initargs=(model,)) as pool:
        pending: set[Future[Done]] = {pool.submit(_run_held, task) for task in islice(queue, workers * _AHEAD)}
        try:
            while pending:
                finished, pending = wait(pending, return_when=FIRST_COMPLETED)
                pending |= {pool.submit(_run_held, task) for task in islice(queue, len(finished))}
                yield from (future.result() for future in finished)
        except BrokenProcessPool as error:
            raise RuleError([problem("sweep-worker")]) from error
        finally:
            pool.shutdown(cancel_futures=True)


def run_on_cluster(model: Model, tasks: Iterable[Task], *, address: str) -> Iterator[Done]:
    """Run units on a Dask cluster, in the order in which they finish; units of a lost worker are run by another.

    Dask, not Ray: pure Python of a few megabytes that installs on air-gapped machines, and a task that keeps its recipe
    at the scheduler, which is all that blocks without shared state need. The model is such a task too, so it comes back
    with a new worker.

    Args:
        model: pickled once.
        tasks: units and their changes.
        address: of the scheduler, such as tcp://10.0.0.5:8786.
    Raises:
        RuleError: `package-missing`; `cluster-unreachable`.
    """
    try:
        from distributed import Client, as_completed
    except ImportError as error:
        raise RuleError([problem("package-missing", found="distributed", extra="jinghe[distributed]")]) from error
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError) as error:
        raise RuleError([problem("cluster-unreachable", found=address)]) from error
    with client:
        queue = iter(tasks)
        held = client.submit(_keep, model, pure=False)
        width = max(len(client.scheduler_info(n_workers=-1)["workers"]), 1) * _AHEAD
        started = [client.submit(run_unit, held, task, pure=False) for task in islice(queue, width)]
        running = as_completed(started, loop=client.loop)  # type: ignore[no-untyped-call]
        for future in running:
            yield future.result()
            for task in islice(queue, 1):
                running.add(client.submit(run_unit, held, task, pure=False))  # type: ignore[no-untyped-call]


@contextmanager
def local_cluster(workers: int) -> Iterator[str]:
    """Start a Dask cluster on this machine and give its address; it ends with the block.

    Raises RuleError `package-missing`.
    """
    try:
        from distributed import LocalCluster
    except ImportError as error:
        raise RuleError([problem("package-missing", found="distributed", extra="jinghe[distributed]")]) from error
    made = LocalCluster(n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None)  # type: ignore[no-untyped-call]
    with made as cluster:
        yield cluster.scheduler_address


def _keep(model: Model) -> Model:
    return model


def _take_model(model: Model) -> None:
    _held["model"] = model
    if (parent := parent_process()) is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _run_held(task: Task) -> Done:
    return run_unit(_held["model"], task)
