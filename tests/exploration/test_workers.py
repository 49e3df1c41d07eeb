from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from jinghe.errors import RuleError
from jinghe.exploration.store import Unit, read_fault
from jinghe.exploration.workers import run_here, run_on_cluster, run_unit


def test_a_unit_gives_its_outcomes_or_why_it_cannot_be_run(analytic) -> None:
    model = analytic(lambda c: {"y": c["a"]} if c["a"] else None)

    good, bad = run_here(model, [(Unit(0, 5, 3), {"a": 2.0}), (Unit(1, 0, 3), {"a": 0})])

    np.testing.assert_array_equal([2.0] * 3, good.outcomes["y"])
    assert "equilibrium-none" == read_fault(bad.fault)[0].code


def test_a_fault_of_the_programmer_is_not_hidden(analytic) -> None:
    with pytest.raises(KeyError):
        run_unit(analytic(lambda c: {"y": c["missing"]}), (Unit(0, 0, 2), {}))


@pytest.mark.slow
def test_a_cluster_that_is_not_there_is_named() -> None:
    pytest.importorskip("distributed")
    script = """
import logging; logging.disable(logging.CRITICAL)
from jinghe.errors import RuleError
from jinghe.exploration import workers
workers._PATIENCE = 0.3
try:
    list(workers.run_on_cluster(None, [], address="tcp://127.0.0.1:9"))
except RuleError as error:
    print(error.problems[0].code)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)

    assert "cluster-unreachable" == done.stdout.strip(), done.stderr


def test_a_package_that_is_missing_is_named(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(RuleError) as caught:
        next(run_on_cluster(None, [], address="tcp://127.0.0.1:9"))

    assert "package-missing" == caught.value.problems[0].code
    assert "jinghe[distributed]" in caught.value.problems[0].text("zh")


POOL = """
import os, sys
from dataclasses import dataclass
import numpy as np
from jinghe.errors import RuleError
from jinghe.exploration.store import Unit
from jinghe.exploration.workers import run_here, run_pool

@dataclass(frozen=True)
class Doubling:
    identity: str = "d"
    outcomes: tuple = ("y",)
    def __call__(self, changes, first, count):
        if changes["a"] < 0:
            os._exit(3)
        return {"y": 2 * changes["a"] + np.arange(first, first + count)}

if __name__ == "__main__":
    tasks = [(Unit(k, 0, 3), {"a": float(k)}) for k in range(20)]
    key = lambda done: done.unit
    near, far = sorted(run_here(Doubling(), tasks), key=key), sorted(run_pool(Doubling(), tasks, workers=2), key=key)
    print(all((a.outcomes["y"] == b.outcomes["y"]).all() for a, b in zip(near, far, strict=True)))
    try:
        list(run_pool(Doubling(), [(Unit(0, 0, 1), {"a": -1.0})], workers=2))
    except RuleError as error:
        print(error.problems[0].code)
"""


@pytest.mark.slow
def test_a_pool_gives_the_same_bits_and_names_a_lost_process(tmp_path) -> None:
    file = tmp_path / "pool.py"
    file.write_text(POOL)

    done = subprocess.run([sys.executable, str(file)], capture_output=True, text=True, check=False)

    assert ["True", "sweep-worker"] == done.stdout.split(), done.stderr
