"""Time exploration: `python benchmarks/exploration.py [CASE] [DESIGNS]` prints overhead a design and a real sweep."""

from __future__ import annotations

import sys
import tempfile
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np

from jinghe.compact import load_compact, load_panel
from jinghe.exploration import CompactModel, Factor, decompose, discover, sample, sweep
from jinghe.exploration.revise import revise
from jinghe.labels import Text

LIMIT_MS = 10.0  # overhead a design
OUTCOMES = tuple(f"y{number:02}" for number in range(18))  # as many as the simulator measures


@dataclass(frozen=True)
class Free:
    """A model that costs nothing, so that what is timed is the sweep itself."""

    identity: str = "free"
    outcomes: tuple[str, ...] = OUTCOMES

    def __call__(self, changes: Mapping[str, Any], first: int, count: int) -> dict[str, np.ndarray]:
        """The sum of the changes, plus the number of the replication."""
        values = sum(changes.values()) + np.arange(first, first + count, dtype=float)
        return dict.fromkeys(OUTCOMES, values)


def factors(count: int) -> list[Factor]:
    """Uniform factors on [0, 1]."""
    word = Text("x", "x")
    return [Factor(f"x{at}", True, word, dist="uniform", numbers={"low": 0, "high": 1}) for at in range(count)]


def time_overhead(designs: int, replications: int) -> float:
    """Milliseconds of CPU that a design costs beside its simulation, results on disk included."""
    with tempfile.TemporaryDirectory() as folder:
        points, begun = sample(factors(8), method="sobol", n=designs, seed=1), process_time()
        found = sweep(Free(), designs=points, replications=replications, folder=Path(folder))
        took = 1000 * (process_time() - begun) / designs
        size = (Path(folder) / "sweep.parquet").stat().st_size / 2**20
    print(f"sweep: {took:.2f} ms of CPU a design of {replications} replications × 18 outcomes; file {size:.0f} MiB")
    begun = process_time()
    discover(found, when=f"y00<{replications / 2 + 3:g}", resamples=20)
    print(f"discover: {process_time() - begun:.2f} s of CPU, {designs} designs × 8 factors, 20 resamples")
    return took


def time_shares() -> None:
    """Sobol' shares beside SALib on the same runs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from SALib.analyze import sobol
    points = sample(factors(8), method="saltelli", n=1024, seed=1)
    y = points.unit.sum(axis=1) ** 2
    begun = process_time()
    decompose(points, y)
    middle = process_time()
    parts = y.reshape(10, 1024)
    order = np.stack([parts[0], *parts[2:], parts[1]], axis=1).ravel()
    problem = {"num_vars": 8, "names": [f"x{at}" for at in range(8)], "bounds": [[0, 1]] * 8}
    sobol.analyze(problem, order, calc_second_order=False, num_resamples=400)
    ours, theirs = middle - begun, process_time() - middle
    print(f"decompose: {ours:.3f} s of CPU, SALib {theirs:.3f} s ({theirs / ours:.1f} ×); 1,024 rows, 400 resamples")


def time_real(case: str, designs: int) -> None:
    """A real sweep on two processes: 20 years, 1,000 replications; and what changing the rules costs."""
    compact = load_compact(case)
    compact = replace(compact, simulate=replace(compact.simulate, horizon=20))
    model = CompactModel(compact, load_panel(compact).panel, 7)
    word = Text("x", "x")
    ranges = {"contest.weights.collaboration": (0.0, 0.5), "simulate.parameters.audit": (0.0, 1.0)}
    levers = [Factor(p, True, word, dist="uniform", numbers={"low": a, "high": b}) for p, (a, b) in ranges.items()]
    points = sample(levers, n=designs, seed=1)
    begun = process_time()
    for point in range(designs):
        revise(compact, points.changes(point))
    print(f"revise: {1000 * (process_time() - begun) / designs:.2f} ms of CPU a design")
    model({}, 0, 2)  # compiled, or read from the cache
    begun = perf_counter()
    sweep(model, designs=points, replications=1000, workers=2)
    took = perf_counter() - begun
    print(
        f"{case}: {designs} designs × 1,000 × 20 years, 2 processes: {took:.1f} s, {1000 * took / designs:.0f} ms each"
    )


def main(case: str, designs: int) -> int:
    """Print all timings; 1 when the overhead a design is above its limit."""
    overhead = time_overhead(1000, 1000)
    time_shares()
    time_real(case, designs)
    return int(overhead > LIMIT_MS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "cases/shanxi", int(sys.argv[2]) if len(sys.argv) > 2 else 50))
