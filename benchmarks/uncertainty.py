"""Time the uncertainty of ranks: `python benchmarks/uncertainty.py [ORACLE]` prints CPU seconds, best of three.

ORACLE is the folder with COINr's numbers for the ASEM index; without it figures of the same shape are drawn.
"""

from __future__ import annotations

import csv
import resource
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np

from jinghe.contest.chain import Stages, run_chain
from jinghe.contest.contest import Contest, read_contest
from jinghe.contest.tree import Tree
from jinghe.contest.uncertainty.monte_carlo import sample_ranks
from jinghe.contest.uncertainty.rank_sets import find_rank_sets
from jinghe.contest.uncertainty.sensitivity import find_sensitivity
from jinghe.contest.uncertainty.stage import Stage
from jinghe.contest.uncertainty.study import Rescore, Study

ORACLE = Path(__file__).parents[2] / "shared" / "oracle" / "asem"
PILLARS = (8, 6, 3, 5, 8, 5, 9, 5)  # leaves per pillar, as in the ASEM index; five pillars, then three
SCALES = [{"default": "minmax", "to": [1, 100]}, {"default": "zscore_open", "to": [4, 16]}]
VARIED = [
    {"path": "contest.steps[treat].winsor_max", "choices": [1, 2, 3, 4, 5]},
    {"path": "contest.steps[normalise]", "choices": SCALES},
    {"path": "contest.weights", "within": 0.25, "under": ["Index", "Conn", "Sust"]},
    {"path": "contest.steps[aggregate].default", "choices": ["arithmetic", "geometric"]},
]


def read_asem(folder: Path) -> tuple[Contest, np.ndarray]:
    """Read the framework and the screened figures of the ASEM index, 51 × 49."""
    with (folder / "ASEM_iMeta.csv").open(encoding="utf-8") as file:
        meta = [row for row in csv.DictReader(file) if row["Type"] in ("Indicator", "Aggregate")]
    with (folder / "coin_Screened.csv").open(encoding="utf-8") as file:
        units = list(csv.DictReader(file))
    below: dict[str, list[str]] = {}
    for row in meta:
        below.setdefault(row["Parent"], []).append(row["iCode"])
    tree = {"Index": {top: {pillar: below[pillar] for pillar in below[top]} for top in below["Index"]}}
    directions = {row["iCode"]: int(row["Direction"]) for row in meta if row["Level"] == "1"}
    contest = make_contest(tree, directions)
    return contest, np.array([[float(row[leaf]) for leaf in contest.root.leaves] for row in units])


def make_contest(tree: dict[str, Any], directions: dict[str, int]) -> Contest:
    """Make the contest that COINr's vignette varies."""
    words = {1: "positive", -1: "negative"}
    return read_contest(
        {
            "indicators": {leaf: {"unit": "1", "direction": words[way]} for leaf, way in directions.items()},
            "tree": tree,
            "steps": [
                {"treat": {"winsor_max": 5}},
                {"normalise": {"default": "minmax", "to": [0, 100]}},
                {"aggregate": {"default": "arithmetic"}},
            ],
            "uncertainty": VARIED,
        }
    )


def draw_asem() -> tuple[Contest, np.ndarray]:
    """Draw figures of the same shape."""
    names = iter(f"i{k}" for k in range(49))
    pillars = {f"p{k}": [next(names) for _ in range(size)] for k, size in enumerate(PILLARS)}
    tops = {"Conn": dict(list(pillars.items())[:5]), "Sust": dict(list(pillars.items())[5:])}
    contest = make_contest({"Index": tops}, {leaf: 1 for below in pillars.values() for leaf in below})
    return contest, np.random.default_rng(1).lognormal(size=(51, 49))


def make_study(contest: Contest, raw: np.ndarray) -> Study:
    """Make a new study, nothing run yet."""
    tree = Tree.of(contest.root)
    directions = [contest.indicator(leaf).direction for leaf in tree.leaves]
    weights = dict.fromkeys(tree.ids, 1.0)

    def rescore(variant: Contest) -> Stages:
        return run_chain(raw, tree=tree, steps=variant.steps, weights=weights, directions=directions)

    return Study(contest, contest.perturbations, rescore)


def time_best(run: Callable[[], object], times: int = 3) -> float:
    """CPU seconds of the best of some runs."""
    found = []
    for _ in range(times):
        begun = process_time()
        run()
        found.append(process_time() - begun)
    return min(found)


def loop_plainly(study: Study, draws: int) -> float:
    """Seconds per draw of the plain way, one chain run and one ranking per draw: what a regenerating tool does."""
    from jinghe.contest.uncertainty.plan import apply_choices

    rescore: Rescore = study.rescore
    begun = process_time()
    for number in range(draws):
        options = [(one, number % 2) for one in study.choosing]
        np.argsort(-rescore(apply_choices(study.contest, options)).total)
    return (process_time() - begun) / draws


def compare_estimators() -> tuple[float, float]:
    """CPU seconds of our indices with intervals and of SALib's, on the same values, 400 resamples each."""
    from SALib.analyze import sobol

    from jinghe.contest.uncertainty.sobol import estimate_indices, sample_unit_cube

    names = ["a", "b", "c", "d"]
    rows = sample_unit_cube(lambda x: x[:, 0] + x[:, 1] * x[:, 2] + x[:, 3] ** 2, inputs=4, seed=1)(0, 65_536)
    mixed = np.column_stack([rows.a, rows.ab, rows.b]).ravel()
    spec = {"num_vars": 4, "names": names}
    theirs = partial(sobol.analyze, spec, mixed, calc_second_order=False, num_resamples=400, seed=1)
    return time_best(partial(estimate_indices, rows, names=names, seed=1)), time_best(theirs, 1)


def measure_counties() -> None:
    """2,846 counties × 100 indicators × 1,000 draws; prints peak memory in MiB and CPU seconds."""
    leaves = [f"i{k}" for k in range(100)]
    tree = {"index": {f"n{k}": leaves[10 * k : 10 * k + 10] for k in range(10)}}
    contest = read_contest(
        {
            "indicators": {leaf: {"unit": "1"} for leaf in leaves},
            "tree": tree,
            "steps": [{"normalise": {"default": "minmax"}}],
            "uncertainty": [
                {"path": "contest.weights", "dirichlet": 50},
                {"path": "contest.steps[normalise].default", "choices": ["minmax", "rank", "zscore"]},
            ],
        }
    )
    raw = np.random.default_rng(1).normal(size=(2846, 100))
    raw[np.random.default_rng(2).random(raw.shape) < 0.05] = np.nan
    codes = tuple(f"{k:06d}" for k in range(2846))
    begun = process_time()
    sample_ranks(make_study(contest, raw), codes=codes, draws=1000, coverage=0.9, seed=1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{peak:.0f} {process_time() - begun:.2f}")


def leave_out(stage: Stage) -> np.ndarray:
    """Score the contest without each leaf in turn: one row of effective weights per leaf."""
    size = len(stage.tree.leaves)
    weights = {name: np.full(size, weight) for name, weight in stage.weights.items()}
    weights |= {
        leaf: np.where(np.arange(size) == k, 0.0, stage.weights[leaf]) for k, leaf in enumerate(stage.tree.leaves)
    }
    return stage.score(weights)


def main() -> int:
    """Print one row per target; exit code 1 when one is missed."""
    command = [sys.executable, __file__, "--counties"]  # first: a child counts its parent's memory as its own peak
    peak, spent = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ORACLE
    contest, raw = read_asem(folder) if folder.is_dir() else draw_asem()
    find_sensitivity(
        make_study(contest, raw), codes=tuple(f"u{k}" for k in range(51)), seed=1, most=1024
    )  # loads scipy
    codes, rng = tuple(f"u{k}" for k in range(51)), np.random.default_rng(1)
    fresh = partial(make_study, contest, raw)
    stage = fresh().nominal
    estimates, errors = rng.normal(size=300) * 3, np.full(300, 0.5)
    rank_sets = partial(find_rank_sets, estimates, errors=errors, draws=1000, seed=1)
    draw = partial(sample_ranks, codes=codes, coverage=0.9, seed=1)
    rows = [
        ("method, 51 × 49, 100,000 draws", time_best(lambda: draw(fresh(), draws=100_000)), 3.0),
        (
            "Sobol', N = 65,536, d = 4",
            time_best(lambda: find_sensitivity(fresh(), codes=codes, seed=1, start=65_536), 1),
            6.0,
        ),
        ("rank sets, p = 300, R = 1,000, simultaneous", time_best(rank_sets), 1.0),
        ("rank sets, p = 300, R = 1,000, marginal", time_best(partial(rank_sets, scope="marginal")), 1.0),
        ("leave one of 49 out", time_best(lambda: leave_out(stage)), 0.05),
    ]
    late = 0
    print("| job | CPU seconds | target |\n| --- | --- | --- |")
    for name, seconds, target in rows:
        late += seconds > target
        print(f"| {name} | {seconds:.3f} | {target} |")
    each = loop_plainly(fresh(), 50)
    print(f"| method, one chain run per draw (extrapolated) | {each * 100_000:.0f} | {each * 1e5 / rows[0][1]:.0f} × |")
    ours, theirs = compare_estimators()
    print(f"| indices with intervals, 65,536 × 6 values; against SALib | {ours:.3f} | {theirs / ours:.1f} × |")
    print(f"| 2,846 × 100, 1,000 draws, 5 % missing: peak {peak} MiB | {spent} | 2048 MiB |")
    return int(late > 0 or float(peak) > 2048)


if __name__ == "__main__":
    sys.exit(measure_counties() if sys.argv[1:] == ["--counties"] else main())
