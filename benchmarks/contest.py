"""Time the contest beside scikit-criteria and pymcdm in one run: `python benchmarks/contest.py` prints milliseconds.

Best CPU time of several runs on one thread. A row is one task with its target, if it has one, and the same task done by
peers; the ratio is the peer's time over ours.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from time import perf_counter, process_time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # or waiting threads would count as work, ours and the peers'

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.aggregate import average
from jinghe.contest.chain import normalise_columns, run_chain
from jinghe.contest.indicator import Node
from jinghe.contest.outrank import copeland, promethee, topsis
from jinghe.contest.prepare import Context
from jinghe.contest.scheme import critic_weights, entropy_weights
from jinghe.contest.steps import Steps
from jinghe.contest.treat import Outliers
from jinghe.contest.tree import Tree

Task = Callable[[], object]


@dataclass(frozen=True)
class Row:
    """One task: what is timed, its target in milliseconds, and the same task by peers."""

    name: str
    ours: Task
    target_ms: float | None = None
    peers: Mapping[str, Task] = field(default_factory=dict)


def best_ms(task: Task, *, seconds: float = 1.0, most: int = 200) -> float:
    """Best CPU milliseconds of as many runs as fit into some seconds, at least two."""
    found, begun = [], perf_counter()
    while len(found) < 2 or (perf_counter() - begun < seconds and len(found) < most):
        start = process_time()
        task()
        found.append((process_time() - start) * 1000)
    return min(found)


def chain_row() -> Row:
    """All steps on 51 cities × 49 indicators in four levels, 15 indicators skewed, 65 figures missing."""
    rng = np.random.default_rng(1)
    raw = rng.random((51, 49)) + 0.5
    raw[:, :15] = rng.pareto(1.5, (51, 15)) + 0.1
    raw.flat[rng.choice(raw.size, 65, replace=False)] = np.nan
    pillars = [Node(f"p{k}", tuple(Node(f"i{i}") for i in range(k, 49, 8))) for k in range(8)]
    tree = Tree.of(Node("index", (Node("a", tuple(pillars[:5])), Node("b", tuple(pillars[5:])))))
    steps = Steps(
        order=("denominate", "impute", "screen", "treat"),
        imputation="group_mean",
        unit_coverage=0.9,
        outliers=Outliers(),
        scale=(0.0, 100.0),
    )
    context = Context(
        denominators={leaf: rng.random(51) + 1 for leaf in tree.leaves[:17]}, groups=[range(25), range(25, 51)]
    )
    weights = dict.fromkeys(tree.ids, 1.0)
    run = lambda: run_chain(raw, tree=tree, steps=steps, weights=weights, directions=[1] * 49, context=context)  # noqa: E731
    return Row("chain 51 × 49, four levels", run, 20)


def method_rows(n: int, k: int) -> Iterator[Row]:
    """Single methods on n cities × k indicators."""
    rng = np.random.default_rng(2)
    values, weights, types = rng.random((n, k)) + 0.1, rng.dirichlet(np.ones(k)), np.ones(k)
    flat = Tree.of(Node("index", tuple(Node(f"i{i}") for i in range(k))))
    size = f"{n} × {k}"

    def weighted_sum() -> NDArray[np.float64]:
        scaled = normalise_columns(values, tree=flat, steps=Steps(), directions=[1] * k)
        return average(list(scaled.T), list(weights), method="arithmetic")

    peers = peer_tasks(values, weights, types)
    yield Row(f"min–max and weighted sum, {size}", weighted_sum, None, peers["sum"])
    yield Row(f"TOPSIS, {size}", lambda: topsis(values, weights), None, peers["topsis"])
    yield Row(f"CRITIC, {size}", lambda: critic_weights(values), None, peers["critic"])
    yield Row(f"entropy, {size}", lambda: entropy_weights(values), None, peers["entropy"])
    yield Row(f"PROMETHEE II, {size}", lambda: promethee(values, weights), None, peers["promethee"])
    yield Row(f"Copeland, {size}", lambda: copeland(values, weights), 50 if n == 300 else None)


def peer_tasks(values: object, weights: object, types: object) -> dict[str, dict[str, Task]]:
    """The same tasks by the peers, input prepared beforehand."""
    import skcriteria as skc
    from pymcdm import methods
    from pymcdm import weights as weigh
    from skcriteria.agg.simple import WeightedSumModel
    from skcriteria.agg.topsis import TOPSIS
    from skcriteria.pipelines import mkpipe
    from skcriteria.preprocessing.scalers import MinMaxScaler
    from skcriteria.preprocessing.weighters import CRITIC, EntropyWeighter

    data = skc.mkdm(values, [max] * len(weights), weights=weights)  # type: ignore[arg-type]
    total = mkpipe(MinMaxScaler(target="matrix"), WeightedSumModel())
    ideal, wsm, mcdm_topsis, flow = TOPSIS(), methods.WSM(), methods.TOPSIS(), methods.PROMETHEE_II("usual")
    return {
        "sum": {
            "scikit-criteria": lambda: total.evaluate(data),
            "pymcdm": lambda: wsm(values, weights, types),
        },
        "topsis": {
            "scikit-criteria": lambda: ideal.evaluate(data),
            "pymcdm": lambda: mcdm_topsis(values, weights, types),
        },
        "critic": {
            "scikit-criteria": lambda: CRITIC().transform(data),
            "pymcdm": lambda: weigh.critic_weights(values),
        },
        "entropy": {
            "scikit-criteria": lambda: EntropyWeighter().transform(data),
            "pymcdm": lambda: weigh.entropy_weights(values),
        },
        "promethee": {"pymcdm": lambda: flow(values, weights, types)},
    }


def rows() -> Iterator[Row]:
    """All rows of the table."""
    yield chain_row()
    for n, k in ((51, 49), (300, 50)):
        yield from method_rows(n, k)


def main() -> int:
    """Print the table; exit code 1 when a target is missed."""
    warnings.simplefilter("ignore")  # the peers'
    late = 0
    print("| task | ms | target | peers (ms, ratio) |\n| --- | --- | --- | --- |")
    for row in rows():
        ours = best_ms(row.ours)
        late += row.target_ms is not None and ours > row.target_ms
        times = {name: best_ms(task) for name, task in row.peers.items()}
        shown = ", ".join(f"{name} {ms:.2f} ({ms / ours:.0f}×)" for name, ms in times.items())
        print(f"| {row.name} | {ours:.2f} | {row.target_ms or '—'} | {shown or '—'} |")
    return int(late > 0)


if __name__ == "__main__":
    sys.exit(main())
