"""Measure how fast published claims are recalculated. Prints one row per kind of claim.

    .venv/bin/python benchmarks/recalc.py [--claims 1000] [--seed 7]

The claims are made from random data and rounded, so that none repeats another and every one must be called consistent
or conditional; the target is 1,000 of them, mixed, in 5 seconds on one core.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from scipy import stats

from jinghe.recalc import Claim, check_claims, read_claims

TARGET = 5.0  # seconds for 1,000 mixed claims
Tree = dict[str, Any]


def group(data: np.ndarray) -> Tree:
    """Print one group of answers."""
    return {"name": "g", "n": len(data), "mean": f"{data.mean():.2f}", "sd": f"{data.std(ddof=1):.2f}"}


def two_groups(rng: np.random.Generator, **head: Any) -> Tree:
    """Make a table of two groups of five-point answers."""
    one, two = (rng.integers(1, 6, rng.integers(20, 3000)) for _ in range(2))
    test = stats.ttest_ind(one, two, equal_var=bool(rng.integers(2)))
    reported = {"t": f"{test.statistic:.2f}", "p": f"{test.pvalue:.3f}"}
    claim = {"test": "t_ind", "items": 1, "range": [1, 5], "tails": 2, **head}
    return {"claim": claim, "groups": [group(one), group(two)], "reported": reported}


def with_top_box(rng: np.random.Generator) -> Tree:
    """Make a table of two groups whose top box is wanted too (integer programming)."""
    return two_groups(rng, top_box=True)


def phases(rng: np.random.Generator) -> Tree:
    """Make a table of three phases with a post hoc note."""
    x = rng.integers(1, 6, (int(rng.integers(20, 3000)), 1)) + rng.integers(0, 2, (1, 3)) * rng.random((1, 1))
    x = np.clip(np.rint(x + rng.normal(0, 0.6, (len(x), 3))), 1, 5)
    n, k = x.shape
    condition = n * ((x.mean(0) - x.mean()) ** 2).sum()
    f = condition / (k - 1) / ((((x - x.mean(1, keepdims=True)) ** 2).sum() - condition) / ((n - 1) * (k - 1)))
    reported = {"F": f"{f:.2f}", "p": f"{stats.f.sf(f, k - 1, (n - 1) * (k - 1)):.3f}"}
    groups = [{"name": name, "mean": f"{mean:.3f}"} for name, mean in zip("abc", x.mean(0), strict=True)]
    note = [{"less": "a", "than": "c", "significant": True}]
    return {
        "claim": {"test": "f_rm", "n": n, "items": 1, "range": [1, 5]},
        "groups": groups,
        "reported": reported,
        "posthoc": note,
    }


def statistic(rng: np.random.Generator) -> Tree:
    """Make a t with its df and p."""
    df, t = int(rng.integers(5, 500)), float(rng.normal(0, 2))
    return {
        "claim": {"test": "t", "tails": 2},
        "reported": {"t": f"{t:.2f}", "df": df, "p": f"{2 * stats.t.sf(abs(t), df):.3f}"},
    }


def build(makers: list[Callable[[np.random.Generator], Tree]], count: int, seed: int) -> tuple[Claim, ...]:
    """Make `count` claims, the kinds in turn."""

    def trees() -> Iterator[Tree]:
        rng = np.random.default_rng(seed)
        for number in range(count):
            tree = makers[number % len(makers)](rng)
            yield tree | {"claim": {"id": str(number), **tree["claim"]}}

    return read_claims({"claims": list(trees())})


def main() -> int:
    """Print the rows; exit code 1 when the target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    wished = parser.parse_args()
    rows = {
        "mixed": [statistic, two_groups, phases],
        "statistic": [statistic],
        "two groups": [two_groups],
        "three phases": [phases],
        "two groups with top box": [with_top_box],
    }
    taken = {}
    for name, makers in rows.items():
        claims = build(makers, wished.claims if name != "two groups with top box" else wished.claims // 10, wished.seed)
        start = time.perf_counter()
        verdicts = check_claims(claims)
        taken[name] = time.perf_counter() - start
        wrong = sum(found.status == "inconsistent" for found in verdicts)
        print(f"{name:>24}: {len(claims):5d} claims in {taken[name]:6.2f} s, {wrong} called inconsistent in error")
    return int(taken["mixed"] * 1000 / wished.claims > TARGET)


if __name__ == "__main__":
    raise SystemExit(main())
