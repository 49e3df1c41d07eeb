"""The ASEM index of 51 countries and 49 indicators as COINr 1.1.14 computes it: every stage, every aggregate."""

from __future__ import annotations

import csv
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from jinghe.contest.chain import run_chain
from jinghe.contest.indicator import Node
from jinghe.contest.prepare import Context
from jinghe.contest.rank import find_ranks
from jinghe.contest.steps import Steps
from jinghe.contest.treat import Outliers, shape_of
from jinghe.contest.tree import Tree

ORACLE = Path(__file__).parents[3] / "shared" / "oracle" / "asem"
STEPS = Steps(
    order=("denominate", "impute", "screen", "treat"),
    imputation="group_mean",
    unit_coverage=0.9,
    outliers=Outliers(),
    scale=(0.0, 100.0),
)

pytestmark = pytest.mark.skipif(
    not ORACLE.is_dir(), reason="the COINr oracle (shared/oracle/asem) is not beside the repository"
)


def read(name):
    with (ORACLE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(cell):
    return float("nan") if cell in ("", "NA") else float(cell)


@cache
def framework():
    rows = [row for row in read("ASEM_iMeta.csv") if row["Type"] in ("Indicator", "Aggregate")]
    below = {}
    for row in rows:
        below.setdefault(row["Parent"], []).append(row["iCode"])

    def grow(name):
        return Node(name, tuple(grow(child) for child in below.get(name, ())))

    [top] = [row["iCode"] for row in rows if row["Parent"] in ("", "NA")]
    return Tree.of(grow(top)), {row["iCode"]: row for row in rows}


def run(steps):
    tree, meta = framework()
    units = sorted(read("ASEM_iData.csv"), key=lambda row: row["uCode"])
    column = {
        name: np.array([number(row[name]) for row in units]) for name in units[0] if name[0] != "u" and "_" not in name
    }
    regions = sorted({row["EurAsia_group"] for row in units})
    denominators = {leaf: meta[leaf]["Denominator"] for leaf in tree.leaves}
    context = Context(
        denominators={leaf: column[name] for leaf, name in denominators.items() if name not in ("", "NA")},
        groups=[[k for k, row in enumerate(units) if row["EurAsia_group"] == region] for region in regions],
    )
    weights = {name: float(row["Weight"]) for name, row in meta.items()}
    directions = [int(meta[leaf]["Direction"]) for leaf in tree.leaves]
    raw = np.column_stack([column[leaf] for leaf in tree.leaves])
    return run_chain(raw, tree=tree, steps=steps, weights=weights, directions=directions, context=context)


@cache
def nominal():
    return run(STEPS)


def expected(name, columns):
    rows = sorted(read(name), key=lambda row: row["uCode"])
    return np.array([[number(row[column]) for column in columns] for row in rows])


def assert_equal(found, want):
    assert (np.isnan(found) == np.isnan(want)).all()
    np.testing.assert_allclose(found, want, rtol=1e-9, atol=1e-12)  # zeros are exact in both


@pytest.mark.parametrize(
    "stage,file",
    [
        ("raw", "Raw"),
        ("denominated", "Denominated"),
        ("imputed", "Imputed"),
        ("screened", "Screened"),
        ("treated", "Treated"),
        ("normalised", "Normalised"),
    ],
)
def test_every_stage_is_that_of_coinr(stage, file):
    tree, _ = framework()

    assert_equal(getattr(nominal(), stage), expected(f"coin_{file}.csv", tree.leaves))


def test_the_ten_aggregates_and_the_index_are_those_of_coinr():
    tree, _ = framework()

    found = np.column_stack([nominal().nodes[node] for node in tree.nodes])

    assert len(tree.nodes) == 11
    assert_equal(found, expected("coin_Aggregated.csv", tree.nodes))
    assert nominal().total.max() == pytest.approx(68.3837242383, rel=1e-9)  # Switzerland


def test_the_ranks_are_those_of_coinr():
    want = {row["uCode"]: int(row["Index"]) for row in read("results_ranks.csv")}

    assert find_ranks(nominal().total).tolist() == [want[code] for code in sorted(want)]


def test_fifteen_indicators_are_winsorised_by_as_many_points_and_none_needs_the_logarithm():
    tree, _ = framework()
    details = {row["iCode"]: row for row in read("treat_details.csv")}
    treatments = dict(zip(tree.leaves, nominal().treatments, strict=True))

    assert {one.form for one in treatments.values()} == {"none", "winsorise"}
    assert sum(one.form == "winsorise" for one in treatments.values()) == 15
    for leaf, one in treatments.items():
        assert one.points == (0 if details[leaf]["winsorise.nwin"] == "NA" else int(details[leaf]["winsorise.nwin"]))


def test_skewness_and_kurtosis_are_those_of_coinr_before_and_after():
    tree, _ = framework()
    for row in read("treat_details.csv"):
        k = tree.leaves.index(row["iCode"])
        want = [number(row["check_SkewKurt0.Skew"]), number(row["check_SkewKurt0.Kurt"])]
        assert shape_of(nominal().screened[:, k]) == pytest.approx(want, rel=1e-9)
        if row["check_SkewKurt0.Pass"] == "FALSE":
            want = [number(row["check_SkewKurt1.Skew"]), number(row["check_SkewKurt1.Kurt"])]
            assert shape_of(nominal().treated[:, k]) == pytest.approx(want, rel=1e-9)


@pytest.mark.parametrize("mean,file", [("arithmetic", "amean"), ("geometric", "gmean"), ("harmonic", "hmean")])
def test_the_means_on_the_scale_1_to_100_are_those_of_coinr(mean, file):
    columns = ("Index", "Conn", "Sust", "Physical", "P2P")

    found = run(replace(STEPS, scale=(1.0, 100.0), aggregation=mean)).nodes

    assert_equal(np.column_stack([found[name] for name in columns]), expected(f"agg_minmax1_100_a_{file}.csv", columns))


def test_standard_scores_of_mean_10_and_deviation_2_are_those_of_coinr():
    # zscore_open puts 3 standard deviations at the ends of the scale: 10 ± 3 · 2
    found = run(replace(STEPS, normalisation="zscore_open", scale=(4.0, 16.0)))

    assert_equal(found.total[:, None], expected("agg_zscore.csv", ("Index",)))


def test_effective_weights_are_those_of_equal_weights_at_each_of_four_levels():
    tree, meta = framework()
    weights = {name: float(row["Weight"]) for name, row in meta.items()}

    found = dict(zip(tree.leaves, tree.leaf_weights(weights), strict=True))

    assert sum(found[leaf] for leaf in tree.children["Physical"]) == pytest.approx(0.10)
    assert sum(found[leaf] for leaf in tree.children["Social"]) == pytest.approx(1 / 6)
