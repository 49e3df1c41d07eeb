import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.contest.aggregate import aggregate, average, decompose
from jinghe.contest.indicator import Node, read_tree
from jinghe.contest.normalise import normalise

NAN = float("nan")
ORACLE = Path(__file__).parents[3] / "shared" / "oracle" / "asem"
MARKS = st.lists(st.floats(1, 100), min_size=2, max_size=5)


def test_an_arithmetic_mean_weighs_its_children():
    found = average([np.array([10.0, 20.0]), np.array([30.0, 40.0])], [0.25, 0.75], method="arithmetic")

    assert found.tolist() == [25, 35]


def test_a_geometric_mean_rewards_balance():
    found = average([np.array([1.0, 10.0]), np.array([100.0, 10.0])], [0.5, 0.5], method="geometric")

    assert found == pytest.approx([10, 10], abs=1e-12)


def test_the_weight_of_a_missing_child_goes_to_its_siblings():
    children = [np.array([10.0, NAN]), np.array([30.0, NAN]), np.array([NAN, NAN])]

    found = average(children, [0.2, 0.2, 0.6], method="arithmetic")

    assert found[0] == pytest.approx(20)
    assert np.isnan(found[1])


def test_many_draws_are_computed_at_once():
    weights = [np.array([[1.0], [0.5]]), np.array([[0.0], [0.5]])]

    found = average([np.array([10.0, 20.0]), np.array([30.0, 40.0])], weights, method="arithmetic")

    assert found.tolist() == [[10, 20], [20, 30]]


def test_each_node_has_its_own_mean():
    root = read_tree({"index": {"a": ["x", "y"], "b": ["z"]}})
    leaves = {"x": np.array([10.0]), "y": np.array([90.0]), "z": np.array([2.0])}
    weights = {"index": 1.0, "a": 0.5, "b": 0.5, "x": 0.5, "y": 0.5, "z": 1.0}

    found = aggregate(
        root, leaves=leaves, weights=weights, methods={"index": "geometric", "a": "arithmetic", "b": "arithmetic"}
    )

    assert (found["a"][0], found["index"][0]) == (50, pytest.approx(10))


def test_a_geometric_mean_is_split_by_hand():
    # M = 10, b = 1: L = 9/ln 10; the child at 1 keeps its floor 0.5, the other gets 0.5 (1 + 9/ln 10 · ln 100) = 9.5
    found = decompose(np.array([1.0, 100.0]), np.array([0.5, 0.5]), method="geometric", floor=1.0)

    assert found == pytest.approx([0.5, 9.5])


def test_at_the_floor_the_split_follows_the_weights():
    found = decompose(np.array([20.0, 20.0]), np.array([0.3, 0.7]), method="geometric", floor=20.0)

    assert found == pytest.approx([6, 14])


@given(MARKS, st.data(), st.sampled_from(["arithmetic", "geometric"]), st.floats(0.01, 1))
def test_the_parts_sum_to_the_mean(marks, data, method, floor):
    children = np.array(marks)
    gaps = data.draw(st.lists(st.booleans(), min_size=len(marks), max_size=len(marks)).filter(lambda row: not all(row)))
    children[gaps] = NAN
    weights = np.array(data.draw(st.lists(st.floats(0.01, 1), min_size=len(marks), max_size=len(marks))))

    parts = decompose(children, weights, method=method, floor=floor)

    mean = average([np.array([child]) for child in children], list(weights), method=method)[0]
    assert parts.sum() == pytest.approx(mean, abs=1e-9)
    assert (parts >= 0).all()
    assert (parts[gaps] == 0).all()


def read_oracle(name: str) -> tuple[list[str], dict[str, np.ndarray]]:
    with (ORACLE / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = [key for key in rows[0] if key not in ("uCode", "uName", "Time") and not key.endswith("_group")]
    return [row["uCode"] for row in rows], {
        key: np.array([float(row[key] or "nan") for row in rows]) for key in columns
    }


def read_framework() -> tuple[Node, dict[str, float], dict[str, int]]:
    with (ORACLE / "ASEM_iMeta.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["Type"] in ("Indicator", "Aggregate")]
    below: dict[str, list[str]] = {}
    for row in rows:
        below.setdefault(row["Parent"], []).append(row["iCode"])

    def grow(name: str) -> Node:
        return Node(name, tuple(grow(child) for child in below.get(name, ())))

    [top] = [row["iCode"] for row in rows if row["Parent"] in ("", "NA")]
    return grow(top), {r["iCode"]: float(r["Weight"]) for r in rows}, {r["iCode"]: int(r["Direction"]) for r in rows}


@pytest.mark.skipif(not ORACLE.is_dir(), reason="the COINr oracle (shared/oracle/asem) is not beside the repository")
class TestAgainstCoinr:
    """The composite of 51 countries and 49 indicators as COINr 1.1.14 computes it, to 1e-9."""

    def test_min_max_with_direction_is_that_of_coinr(self):
        codes, treated = read_oracle("coin_Treated.csv")
        expected_codes, expected = read_oracle("coin_Normalised.csv")
        root, _, directions = read_framework()

        for leaf in root.leaves:
            found = normalise(treated[leaf], method="minmax", direction=directions[leaf], to=(0, 100))
            assert found == pytest.approx(expected[leaf], abs=1e-9), leaf
        assert codes == expected_codes

    def test_arithmetic_means_up_the_tree_are_those_of_coinr(self):
        _, leaves = read_oracle("coin_Normalised.csv")
        _, expected = read_oracle("coin_Aggregated.csv")
        root, weights, _ = read_framework()
        branches = [node.id for node in root.walk() if node.children]

        found = aggregate(root, leaves=leaves, weights=weights, methods=dict.fromkeys(branches, "arithmetic"))

        assert len(branches) == 11
        for name in branches:
            assert found[name] == pytest.approx(expected[name], abs=1e-9), name
        assert max(found["Index"]) == pytest.approx(68.3837242383, abs=1e-9)  # Switzerland

    @pytest.mark.parametrize("mean,file", [("arithmetic", "amean"), ("geometric", "gmean")])
    def test_means_on_the_scale_1_to_100_are_those_of_coinr(self, mean, file):
        _, treated = read_oracle("coin_Treated.csv")
        _, expected = read_oracle(f"agg_minmax1_100_a_{file}.csv")
        root, weights, directions = read_framework()
        branches = [node.id for node in root.walk() if node.children]
        leaves = {leaf: normalise(treated[leaf], method="minmax", direction=directions[leaf]) for leaf in root.leaves}

        found = aggregate(root, leaves=leaves, weights=weights, methods=dict.fromkeys(branches, mean))

        for name, column in expected.items():
            assert found[name] == pytest.approx(column, abs=1e-9), name
