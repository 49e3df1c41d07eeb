import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinghe.contest.aggregate import AGGREGATIONS, MEANS, Synthesis, aggregate, average, combine, decompose, penalise
from jinghe.contest.indicator import Node, read_tree
from jinghe.contest.normalise import normalise
from jinghe.errors import RuleError

NAN = float("nan")
FAST = settings(max_examples=40)
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


def test_a_harmonic_mean_is_split_by_hand():
    # M = 2/(1/2 + 1/4) = 8/3 above b = 1: part = w (b + M − M b / x): ½ (11/3 − 4/3), ½ (11/3 − 2/3)
    found = decompose(np.array([2.0, 4.0]), np.array([0.5, 0.5]), method="harmonic", floor=1.0)

    assert found == pytest.approx([7 / 6, 3 / 2])


@FAST
@given(MARKS, st.data(), st.sampled_from(MEANS), st.floats(0.01, 1), st.sampled_from([-2.0, -0.5, 0.0, 0.5, 2.0, 3.0]))
def test_the_parts_sum_to_the_mean(marks, data, method, floor, power):
    children = np.array(marks)
    gaps = data.draw(st.lists(st.booleans(), min_size=len(marks), max_size=len(marks)).filter(lambda row: not all(row)))
    children[gaps] = NAN
    weights = np.array(data.draw(st.lists(st.floats(0.01, 1), min_size=len(marks), max_size=len(marks))))

    parts = decompose(children, weights, method=method, floor=floor, power=power)

    mean = average([np.array([child]) for child in children], list(weights), method=method, power=power)[0]
    assert parts.sum() == pytest.approx(mean, abs=1e-9)
    assert (parts >= 0).all()
    assert (parts[gaps] == 0).all()


def test_power_means_by_hand():
    children, weights = [np.array([1.0, 3.0]), np.array([7.0, 4.0])], [0.5, 0.5]

    assert average(children, weights, method="generalised", power=2).tolist() == [5, pytest.approx(np.sqrt(12.5))]
    assert average(children, weights, method="harmonic")[0] == pytest.approx(1.75)
    for power, method in ((1.0, "arithmetic"), (0.0, "geometric"), (-1.0, "harmonic")):
        same = average(children, weights, method="generalised", power=power)
        assert same == pytest.approx(average(children, weights, method=method))


def test_a_gap_is_skipped_by_every_mean():
    # COINr's generalised mean is missing as soon as one child is, against its own documentation
    children = [np.array([4.0]), np.array([NAN])]

    assert [average(children, [0.5, 0.5], method=mean)[0] for mean in MEANS] == pytest.approx([4] * 4)


def test_imbalance_is_penalised_by_hand():
    # M = 100, S² = 100: 100 − 100/100; a gap is no imbalance
    children = [np.array([90.0, 80.0]), np.array([110.0, NAN])]

    assert penalise(children, [0.5, 0.5]).tolist() == [99, 80]


@pytest.mark.parametrize(
    "method,least",
    [("geometric", 0.0), ("harmonic", 0.0), ("harmonic", -1.0), ("generalised", -1.0), ("mazziotta_pareto", 0.0)],
)
def test_figures_that_are_not_positive_are_told(method, least):
    with pytest.raises(RuleError) as error:
        combine([np.array([least]), np.array([5.0])], [0.5, 0.5], method=method, synthesis=Synthesis())

    [found] = error.value.problems
    assert found.code == "mean-positive"
    assert found.text("en").startswith(f"contest.steps[aggregate]: the aggregate “{method}” meets the value {least:g}.")


def test_relative_aggregates_are_put_on_the_scale():
    # the first is best in both, the third worst in both: TOPSIS 1, ½, 0; duels 2, 0, −2
    children = [np.array([30.0, 20.0, 10.0])] * 2
    scale = Synthesis(scale=(1.0, 101.0))

    for method in ("topsis", "promethee", "copeland"):
        assert combine(children, [0.5, 0.5], method=method, synthesis=scale) == pytest.approx([101, 51, 1]), method
    assert combine(children, [0.5, 0.5], method="grey", synthesis=scale) == pytest.approx([101, 51, 1 + 100 / 3])
    favoured = combine(children, [0.5, 0.5], method="benefit_of_doubt", synthesis=scale)
    assert favoured == pytest.approx([101, 101 * 2 / 3, 101 / 3])


@pytest.mark.parametrize("method", AGGREGATIONS)
def test_draws_at_once_are_draws_one_by_one(method):
    rng = np.random.default_rng(0)
    children, weights = list(rng.random((3, 5)) + 1), list(rng.random((3, 4, 1)))

    whole = combine(children, weights, method=method, synthesis=Synthesis())
    nested = combine([np.tile(child, (4, 1)) for child in children], weights, method=method, synthesis=Synthesis())

    single = [combine(children, [w[d, 0] for w in weights], method=method, synthesis=Synthesis()) for d in range(4)]
    assert nested == pytest.approx(np.stack(single))
    assert whole == pytest.approx(np.stack(single))


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

    @pytest.mark.parametrize("mean,file", [("arithmetic", "amean"), ("geometric", "gmean"), ("harmonic", "hmean")])
    def test_means_on_the_scale_1_to_100_are_those_of_coinr(self, mean, file):
        _, treated = read_oracle("coin_Treated.csv")
        _, expected = read_oracle(f"agg_minmax1_100_a_{file}.csv")
        root, weights, directions = read_framework()
        branches = [node.id for node in root.walk() if node.children]
        leaves = {leaf: normalise(treated[leaf], method="minmax", direction=directions[leaf]) for leaf in root.leaves}

        found = aggregate(root, leaves=leaves, weights=weights, methods=dict.fromkeys(branches, mean))

        for name, column in expected.items():
            assert found[name] == pytest.approx(column, abs=1e-9), name
