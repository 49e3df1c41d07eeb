"""Time the audit of a contest beside scikit-criteria: `python benchmarks/audit.py` prints milliseconds.

Best CPU time of several runs on one thread, on 51 cities × 49 indicators in four levels; the ratio is the peer's time
over ours. Leaving out each indicator: the peer scores 49 flat matrices of 48 columns (min–max, weighted sum), without a
tree. Rank reversal: the peer's own invariance check on a flat matrix of 11 × 23, beside our trials on the same matrix.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Mapping
from time import perf_counter, process_time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from jinghe.contest.audit import Trial, find_bonds, find_influence, find_omissions, find_reversals
from jinghe.contest.indicator import Node
from jinghe.contest.steps import Steps
from jinghe.contest.tree import Tree

Task = Callable[[], object]


def best_ms(task: Task, *, seconds: float = 1.0) -> float:
    """Best CPU milliseconds of as many runs as fit into some seconds, at least two."""
    found, begun = [], perf_counter()
    while len(found) < 2 or perf_counter() - begun < seconds:
        start = process_time()
        task()
        found.append((process_time() - start) * 1000)
    return min(found)


def make_trial(n: int, m: int, *, tree: Tree) -> Trial:
    """Random figures under a tree, equal weights, min–max."""
    raw = np.random.default_rng(1).random((n, m)) + 0.1
    return Trial(raw, tree, Steps(), dict.fromkeys(tree.ids, 1.0), [1] * m)


def make_tree() -> Tree:
    """49 indicators below 8 pillars below 2 nodes below one."""
    pillars = [Node(f"p{k}", tuple(Node(f"i{i}") for i in range(k, 49, 8))) for k in range(8)]
    return Tree.of(Node("index", (Node("a", tuple(pillars[:5])), Node("b", tuple(pillars[5:])))))


def list_peers() -> Mapping[str, Task]:
    """The same by scikit-criteria, if it is there."""
    try:
        import skcriteria as skc
        from skcriteria.agg.simple import WeightedSumModel
        from skcriteria.pipelines import mkpipe
        from skcriteria.preprocessing.scalers import MinMaxScaler
        from skcriteria.ranksrev.rank_invariant_check import RankInvariantChecker
    except ImportError:
        return {}
    rng = np.random.default_rng(1)
    wide, small = rng.random((51, 49)) + 0.1, rng.random((11, 23)) + 0.1
    pipe = mkpipe(MinMaxScaler(target="matrix"), WeightedSumModel())

    def omit() -> None:
        for k in range(49):
            pipe.evaluate(skc.mkdm(np.delete(wide, k, axis=1), [max] * 48))

    check = RankInvariantChecker(pipe, random_state=1)
    return {"omission": omit, "reversal": lambda: check.evaluate(skc.mkdm(small, [max] * 23))}


def main() -> None:
    """Print one line per task."""
    warnings.simplefilter("ignore")
    trial, peers = make_trial(51, 49, tree=make_tree()), list_peers()
    stages = trial.run(range(51))
    values = dict(zip(trial.tree.leaves, stages.normalised.T, strict=True)) | dict(stages.nodes)
    flat = make_trial(11, 23, tree=Tree.of(Node("index", tuple(Node(f"i{k}") for k in range(23)))))
    tasks: dict[str, tuple[Task, float | None, str]] = {
        "leave out each of 49 indicators, 51 × 49": (lambda: find_omissions(stages, steps=trial.steps), 50, "omission"),
        "rank reversal, 23 trials, 11 × 23": (lambda: find_reversals(flat), None, "reversal"),
        "rank reversal, 103 trials, 51 × 49": (lambda: find_reversals(trial), None, ""),
        "correlations in the tree, 51 × 49": (lambda: find_bonds(values, tree=trial.tree), None, ""),
        "influence of 59 items, 51 cities": (
            lambda: find_influence(values, tree=trial.tree, weights=stages.weights), None, ""
        ),
    }  # fmt: skip
    for name, (task, target, peer) in tasks.items():
        ours = best_ms(task)
        line = f"{name:<45}{ours:>10.2f} ms" + (f"   target {target:g} ms" if target else "")
        if peer in peers:
            theirs = best_ms(peers[peer])
            line += f"   scikit-criteria {theirs:.1f} ms, ratio {theirs / ours:.0f}"
        print(line)


if __name__ == "__main__":
    main()
