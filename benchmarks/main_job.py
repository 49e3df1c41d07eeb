"""Measure what a user waits for: the import, the help, the main job. Prints one row for docs/benchmarks.md.

    .venv/bin/python benchmarks/main_job.py [--repeat 5] [--cores 2]

Each figure is the median of fresh processes on `--cores` cores, the start of Python included, on warm disks.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[1]
TARGETS = {"import jinghe": 0.3, "jinghe --help": 0.5, "jinghe run cases/shanxi": 20.0}  # seconds


def seconds(command: list[str], *, repeat: int) -> float:
    """Return the median wall time of fresh processes; the first run only warms the disk."""
    times = []
    for _ in range(repeat + 1):
        start = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def measure(*, repeat: int) -> dict[str, float]:
    """Measure each thing named in TARGETS."""
    jinghe = str(Path(sys.executable).with_name("jinghe"))
    with tempfile.TemporaryDirectory() as out:
        return {
            "import jinghe": seconds([sys.executable, "-c", "import jinghe"], repeat=repeat),
            "jinghe --help": seconds([jinghe, "--help"], repeat=repeat),
            "jinghe run cases/shanxi": seconds([jinghe, "run", "cases/shanxi", "--out", out], repeat=min(repeat, 3)),
        }


def main() -> int:
    """Print the row; exit code 1 when a target is missed."""
    parser = argparse.ArgumentParser(description="Measure what a user waits for.")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--cores", type=int, default=2)
    wished = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: wished.cores])

    found = measure(repeat=wished.repeat)

    cells = [f"{found[name]:.2f} s" for name in TARGETS]
    where = f"{wished.cores} cores, {platform.machine()}, Python {platform.python_version()}"
    print("|", " | ".join([date.today().isoformat(), where, *cells]), "|")
    late = [name for name, target in TARGETS.items() if found[name] > target]
    for name in late:
        print(f"{name}: {found[name]:.2f} s, the target is {TARGETS[name]} s", file=sys.stderr)
    return 1 if late else 0


if __name__ == "__main__":
    raise SystemExit(main())
