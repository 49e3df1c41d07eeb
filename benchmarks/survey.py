"""Measure how fast survey tables are made and small groups are hidden. Prints one row per measurement.

    .venv/bin/python benchmarks/survey.py [--respondents 100000] [--items 60] [--units 50] [--repeat 3]

Targets: all tables of 100,000 responses × 60 items in 5 s; hiding over all two-way cuts of 50 units in 2 s. The best of
several runs counts; seconds are of the process, those of the clock in brackets. The peer, where pandas is installed, is
its crosstab of every item by unit, which hides nothing.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from jinghe.survey import Plan, Responses, find_recovered, make_tables, protect_cuts, read_instrument

TABLES, HIDING = 5.0, 2.0  # seconds


def build(n: int, items: int, units: int, rng: np.random.Generator) -> Responses:
    """Make answers: units of very different sizes, a level, batteries of ten, one in a hundred answers missing."""
    five = {str(k): {"zh": f"{k}分", "en": str(k)} for k in range(1, 6)}
    listed = [
        {"id": f"q{k}", "kind": "select_one", "choices": "five", "battery": f"b{k // 10}", "label": f"q{k}"}
        for k in range(items)
    ]
    tree = {
        "instrument": "load",
        "version": "1",
        "title": "load",
        "choices": {
            "five": five,
            "unit": {f"u{k}": f"u{k}" for k in range(units)},
            "level": dict.fromkeys("abcde", "x"),
        },
        "batteries": {f"b{k}": f"b{k}" for k in range((items + 9) // 10)},
        "items": [
            {"id": "unit", "kind": "select_one", "choices": "unit", "label": "unit", "cut": True},
            {"id": "level", "kind": "select_one", "choices": "level", "label": "level", "cut": True},
            *listed,
        ],
        "scales": {
            f"s{k}": {"label": f"s{k}", "items": [f"q{j}" for j in range(10 * k, min(10 * k + 10, items))]}
            for k in range((items + 9) // 10)
        },
    }
    answers: dict[str, Any] = {"unit": sizes(n, units, rng), "level": sizes(n, 5, rng)}
    for k in range(items):
        column = np.clip(np.rint(rng.normal(3.2, 1.1, n)), 0, 4).astype(np.int64)
        answers[f"q{k}"] = np.where(rng.random(n) < 0.01 * (k % 10 == 0), -1, column)
    blank = np.full(n, np.nan)
    days = np.full(n, "2024-01-01", dtype="datetime64[D]")
    return Responses(read_instrument(tree), answers, days, blank, np.zeros(n, dtype=np.int64), synthetic=True)


def sizes(n: int, count: int, rng: np.random.Generator) -> np.ndarray:
    """Deal respondents to groups of very different sizes."""
    ends = rng.dirichlet(np.full(count, 0.7)).cumsum()
    return np.minimum(np.searchsorted(ends, rng.random(n)), count - 1)


def best(run: Callable[[], Any], repeat: int) -> tuple[float, float, Any]:
    """Return process seconds, clock seconds and the result of the best run."""
    rows = []
    for _ in range(repeat):
        clock, start = time.perf_counter(), time.process_time()
        result = run()
        rows.append((time.process_time() - start, time.perf_counter() - clock, result))
    return min(rows, key=lambda row: row[0])


def peer(responses: Responses) -> None:
    """Cross every item with the unit, as a data frame does."""
    import pandas as pd

    unit = responses.answers["unit"]
    for name, column in responses.answers.items():
        if name.startswith("q"):
            pd.crosstab(unit, column, normalize="index")


def main() -> int:
    """Print the rows; exit code 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("respondents", 100_000), ("items", 60), ("units", 50), ("repeat", 3), ("seed", 7)):
        parser.add_argument(f"--{name}", type=int, default=default)
    wished = parser.parse_args()
    rng = np.random.default_rng(wished.seed)
    responses = build(wished.respondents, wished.items, wished.units, rng)
    plan = Plan(cuts=(("unit",), ("level",)))
    cpu, clock, tables = best(lambda: make_tables(responses, plan=plan), wished.repeat)
    print(
        f"tables: {len(tables)} of {wished.respondents} × {wished.items} in {cpu:.2f} s ({clock:.2f}), target {TABLES}"
    )
    late = clock > TABLES
    try:
        crossed, _, _ = best(lambda: peer(responses), wished.repeat)
        print(f"peer:   pandas crosstab of every item by unit alone, nothing hidden, in {crossed:.2f} s")
    except ModuleNotFoundError:
        print("peer:   pandas is not installed")
    for n in (2406, wished.respondents):
        unit, others = sizes(n, wished.units, rng), [sizes(n, 5, rng) for _ in range(6)]
        cuts = [unit, *others, *(unit * 5 + other for other in others)]
        cpu, clock, hidden = best(lambda cuts=cuts: protect_cuts(cuts), wished.repeat)
        gone, recovered = sum(int(mask.sum()) for mask in hidden), find_recovered(cuts, hidden)
        what = f"{n} respondents, {wished.units} units × 6 questions: {gone} groups hidden"
        print(f"hiding: {what} in {cpu:.2f} s ({clock:.2f}), target {HIDING}; recovered: {len(recovered)}")
        late |= clock > HIDING or bool(recovered)
    return int(late)


if __name__ == "__main__":
    raise SystemExit(main())
