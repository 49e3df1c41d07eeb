"""Results on disk (结果存储): finished units as Parquet parts, put together as one file of the same bytes."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from jinghe.errors import DataError, Problem, problem
from jinghe.exploration.factor import Array

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Done", "Store", "Unit", "read_fault", "write_fault"]

_FINAL, _PLAN = "sweep.parquet", "plan.json"


@dataclass(frozen=True, slots=True, order=True)
class Unit:
    """The unit of work (运行单元): replications first … first + count − 1 of one design point."""

    design: int
    first: int
    count: int


@dataclass(frozen=True, slots=True, eq=False)
class Done:
    """What a unit gave (单元结果): arrays of shape (count,) by outcome, or the faults for which it cannot be run."""

    unit: Unit
    outcomes: Mapping[str, Array]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of results (结果目录): `plan.json` says whose, parts are appended, `sweep.parquet` is what they make.

    Every file is written beside its place, flushed to disk and renamed, so that a kill at any moment leaves whole files
    only. A unit is found by its design and replications; `identity` covers model, seed, compact, points and outcomes.
    """

    folder: Path
    identity: str
    outcomes: tuple[str, ...]

    def open(self, described: Mapping[str, Any]) -> None:
        """Make the folder, or see that it holds this very sweep. Raises DataError `sweep-other`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        plan = {"identity": self.identity, **described}
        file = self.folder / _PLAN
        if file.is_file():
            found = json.loads(file.read_text(encoding="utf-8")).get("identity", "")
            if found != self.identity:
                raise DataError([problem("sweep-other", found=str(self.folder))])
            return
        words = json.dumps(plan, ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n"
        _write(file, lambda path: path.write_text(words, encoding="utf-8"))

    def read(self) -> pl.DataFrame:
        """All rows that are there: one for each design and replication; one, with the fault, where a design has one."""
        import polars as pl

        frames = [self._empty()]
        for file in [*sorted(self.folder.glob("part-*.parquet")), self.folder / _FINAL]:
            if file.is_file():
                with contextlib.suppress(pl.exceptions.ComputeError):  # a torn file: its units are run again
                    frames.append(pl.read_parquet(file).select(self._empty().columns))
        return pl.concat(frames).unique(["design", "replication"], keep="first").sort("design", "replication")

    @property
    def is_finished(self) -> bool:
        """Is the final file there, and nothing beside it?"""
        return (self.folder / _FINAL).is_file() and not any(self.folder.glob("part-*.parquet"))

    def append(self, done: Sequence[Done]) -> None:
        """Write finished units as one part, named by what is in it."""
        if done:
            names = "|".join(f"{d.unit.design}:{d.unit.first}:{d.unit.count}" for d in done)
            key = hashlib.sha256(f"{self.identity}|{names}".encode()).hexdigest()[:24]
            _write(self.folder / f"part-{key}.parquet", self.frame(done).write_parquet)

    def finish(self, frame: pl.DataFrame) -> None:
        """Write all rows in order as the final file, then remove the parts."""
        whole = frame.sort("design", "replication").rechunk()
        _write(
            self.folder / _FINAL,
            lambda path: whole.write_parquet(path, compression="zstd", compression_level=3, row_group_size=1 << 18),
        )
        for file in (*self.folder.glob("part-*.parquet"), *self.folder.glob("*.unfinished")):
            file.unlink(missing_ok=True)

    def frame(self, done: Sequence[Done]) -> pl.DataFrame:
        """Lay finished units out as rows; a design with a fault has one row, of replication 0."""
        import polars as pl

        rows = {name: [np.empty(0)] for name in self.outcomes}
        designs, replications, faults = [np.empty(0, np.uint32)], [np.empty(0, np.uint32)], list[str]()
        for one in done:
            count = 1 if one.fault else one.unit.count
            designs.append(np.full(count, one.unit.design, np.uint32))
            first = 0 if one.fault else one.unit.first
            replications.append(np.arange(first, first + count, dtype=np.uint32))
            faults += [one.fault] * count
            for name in self.outcomes:
                rows[name].append(np.full(1, np.nan) if one.fault else np.asarray(one.outcomes[name], dtype=float))
        columns = {name: np.concatenate(parts) for name, parts in rows.items()}
        keys = {"design": np.concatenate(designs), "replication": np.concatenate(replications)}
        return pl.DataFrame({**keys, "fault": pl.Series(faults, dtype=pl.String), **columns})

    def _empty(self) -> pl.DataFrame:
        return self.frame(())


def write_fault(problems: Sequence[Problem]) -> str:
    """Write why a design cannot be run, so that it can be said in either language later."""
    return json.dumps([[p.code, p.place.path, dict(p.values)] for p in problems], ensure_ascii=False, sort_keys=True)


def read_fault(words: str) -> tuple[Problem, ...]:
    """Read what `write_fault` wrote.

    >>> read_fault(write_fault([problem("replications-few", "simulate", found=1)]))[0].code
    'replications-few'
    """
    return tuple(problem(code, path, **values) for code, path, values in json.loads(words))


def _write(file: Path, write: Callable[[Path], Any]) -> None:
    """Write beside, flush, rename: whole or not at all, whatever kills the process."""
    beside = file.with_name(f"{file.name}.{os.getpid()}.unfinished")
    write(beside)
    with beside.open("rb+") as opened:
        os.fsync(opened.fileno())
    beside.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
