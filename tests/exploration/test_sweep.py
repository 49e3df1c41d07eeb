from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from jinghe.errors import DataError, RuleError
from jinghe.exploration.design import sample
from jinghe.exploration.sweep import sweep

SCRIPT = '''
import sys, time
from dataclasses import dataclass
from pathlib import Path
import numpy as np
from jinghe.exploration import Factor, sample, sweep
from jinghe.labels import Text

import jinghe.exploration.sweep
sys.modules["jinghe.exploration.sweep"]._EVERY = 0.05  # seconds between parts

@dataclass(frozen=True)
class Slow:
    """A model of known draws that takes its time."""
    identity: str = "slow"
    outcomes: tuple = ("y", "z")
    def __call__(self, changes, first, count):
        time.sleep(0.06)
        streams = [np.random.Generator(np.random.Philox(key=[3, r])) for r in range(first, first + count)]
        draws = np.array([stream.standard_normal(2) for stream in streams])
        return {"y": changes["a"] + draws[:, 0], "z": changes["b"] * draws[:, 1]}

def designs():
    word = Text("x", "x")
    factors = [Factor(p, True, word, dist="uniform", numbers={"low": 0, "high": 1}) for p in "ab"]
    return sample(factors, n=40, seed=1)

def run(folder, **how):
    return sweep(Slow(), designs=designs(), replications=30, block=10, folder=Path(folder), **how)
'''


def write_script(folder: Path, main: str) -> list[str]:
    file = folder / "job.py"
    file.write_text(f"{SCRIPT}\nif __name__ == '__main__':\n" + "".join(f"    {line}\n" for line in main.splitlines()))
    return [sys.executable, str(file)]


@pytest.fixture
def line(analytic, between):
    """Twenty designs of y = a + noise."""
    return analytic(lambda c: {"y": c["a"]}, noise=1.0), sample([between("a", 0, 2)], n=20, seed=1)


def test_a_sweep_has_every_replication_of_every_design_on_the_same_draws(line) -> None:
    model, designs = line

    found = sweep(model, designs=designs, replications=50, block=20)

    values = found.values("y")
    assert (20, 50) == values.shape
    np.testing.assert_allclose(
        values - values[0], np.subtract.outer(designs.columns["a"], [designs.columns["a"][0]] * 50)
    )
    np.testing.assert_allclose(values[3, 20:40], model(designs.changes(3), 20, 20)["y"])


def test_blocks_and_folders_change_no_bit(line, tmp_path) -> None:
    model, designs = line

    whole = sweep(model, designs=designs, replications=30)
    cut = sweep(model, designs=designs, replications=30, block=7, folder=tmp_path / "cut")

    np.testing.assert_array_equal(whole.cells, cut.cells)


def test_a_longer_sweep_goes_on_where_the_shorter_one_ended(line, tmp_path) -> None:
    model, designs = line
    asked: list[tuple[int, int]] = []

    class Watched:
        identity, outcomes = model.identity, model.outcomes

        def __call__(self, changes, first, count):
            asked.append((first, count))
            return model(changes, first, count)

    sweep(Watched(), designs=designs, replications=10, block=10, folder=tmp_path / "a")
    asked.clear()
    longer = sweep(Watched(), designs=designs, replications=30, block=10, folder=tmp_path / "a")
    sweep(model, designs=designs, replications=30, folder=tmp_path / "b")

    assert {(10, 10), (20, 10)} == set(asked)
    np.testing.assert_array_equal(longer.cells, sweep(model, designs=designs, replications=30).cells)
    assert (tmp_path / "b" / "sweep.parquet").read_bytes() == (tmp_path / "a" / "sweep.parquet").read_bytes()
    asked.clear()
    assert (20, 10) == sweep(Watched(), designs=designs, replications=10, folder=tmp_path / "a").values("y").shape
    assert [] == asked


def test_designs_that_cannot_be_run_are_named_and_the_others_stand(analytic, between, tmp_path) -> None:
    model = analytic(lambda c: {"y": c["a"]} if c["a"] < 0.5 else None, noise=1.0)
    designs = sample([between("a")], n=10, seed=1)

    found = sweep(model, designs=designs, replications=20, block=5, folder=tmp_path / "a")
    again = sweep(model, designs=designs, replications=20, block=5, folder=tmp_path / "a")

    assert 5 == len(found.faults)
    assert all("equilibrium-none" == problems[0].code for problems in again.faults.values())
    assert np.isnan(found.means("y")).tolist() == [a >= 0.5 for a in designs.columns["a"]]


def test_progress_is_told_and_an_interruption_keeps_what_is_finished(line, tmp_path) -> None:
    model, designs = line

    def stop(share: float) -> None:
        if share > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sweep(model, designs=designs, replications=20, folder=tmp_path / "a", progress=stop)
    told: list[float] = []
    sweep(model, designs=designs, replications=20, folder=tmp_path / "a", progress=told.append)

    assert 9 == len(told)  # eleven of twenty were there
    assert 1.0 == told[-1]


def test_bad_requests_are_refused_before_anything_is_written(line, tmp_path) -> None:
    model, designs = line
    for wrong, code in [
        ({"replications": 1}, "replications-few"),
        ({"replications": 5, "outcomes": ("x",)}, "outcome-unknown"),
    ]:
        with pytest.raises(RuleError) as caught:
            sweep(model, designs=designs, folder=tmp_path / "a", **wrong)
        assert code == caught.value.problems[0].code
    assert not (tmp_path / "a").exists()

    sweep(model, designs=designs, replications=3, folder=tmp_path / "a")
    with pytest.raises(DataError):
        sweep(model, designs=sample(designs.factors, n=20, seed=2), replications=3, folder=tmp_path / "a")
    with pytest.raises(RuleError):
        sweep(model, designs=designs, replications=3).values("nothing")


@pytest.mark.slow
def test_a_sweep_killed_ten_times_ends_with_the_file_of_one_never_killed(tmp_path) -> None:
    command = write_script(tmp_path, "run(sys.argv[1], workers=2)")
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    subprocess.run([*command, str(whole)], check=True, capture_output=True)
    luck, parts = random.Random(20), [0]

    for _ in range(10):
        process = subprocess.Popen([*command, str(killed)], start_new_session=True, stderr=subprocess.DEVNULL)
        more = luck.randint(0, 2)  # parts to wait for: some kills come before the first, in the midst of starting
        while process.poll() is None and len(list(killed.glob("part-*"))) < parts[-1] + more:
            time.sleep(0.01)
        time.sleep(luck.uniform(0, 0.1 if more else 2.0))
        assert process.poll() is None, "it finished before it was killed"
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert has_ended(process.pid), "the workers outlived the sweep"
        parts.append(len(list(killed.glob("part-*"))))
    subprocess.run([*command, str(killed)], check=True, capture_output=True)

    assert parts[-1] > 0, "no kill came after a part was written"
    assert (whole / "sweep.parquet").read_bytes() == (killed / "sweep.parquet").read_bytes()
    assert ["plan.json", "sweep.parquet"] == sorted(file.name for file in killed.iterdir())


def has_ended(group: int) -> bool:
    """Does the process group empty itself within ten seconds?"""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.slow
def test_a_cluster_that_loses_a_worker_loses_nothing(tmp_path) -> None:
    main = """
import os, signal, threading
from distributed import Client, LocalCluster
with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
    pids = [worker.pid for worker in cluster.workers.values()]
    killed = []
    def kill(share):
        if share > 0.3 and not killed:
            killed.append(pids[0])
            os.kill(pids[0], signal.SIGKILL)
    far = run(sys.argv[1], cluster=cluster.scheduler_address, progress=kill)
    assert killed
near = run(sys.argv[2])
assert (far.cells == near.cells).all()
print("equal")
"""
    command = write_script(tmp_path, main.strip())

    done = subprocess.run(
        [*command, str(tmp_path / "far"), str(tmp_path / "near")], capture_output=True, text=True, check=False
    )

    assert "equal" in done.stdout, done.stderr
    assert (tmp_path / "near" / "sweep.parquet").read_bytes() == (tmp_path / "far" / "sweep.parquet").read_bytes()
