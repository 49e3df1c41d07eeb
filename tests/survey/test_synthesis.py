"""Synthetic answers print what was asked for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinghe.compact import read_tree
from jinghe.errors import DataError
from jinghe.survey import shape_counts, synthesise, take_scores, write_responses
from jinghe.survey.synthesis import split_sums


@pytest.mark.slow
@settings(max_examples=10)
@given(st.integers(0, 10**6), st.integers(10, 300))
def test_any_mean_and_sd_that_exist_can_be_shaped(seed, n):
    x = np.random.default_rng(seed).integers(1, 6, n)
    mean, sd = f"{x.mean():.2f}", f"{x.std(ddof=1):.2f}"

    counts = shape_counts(n, mean, sd, scale=(1, 5))
    made = np.repeat(np.arange(1, 6), counts)

    assert len(made) == n
    assert abs(made.mean() - float(mean)) <= 0.005 + 1e-9
    assert abs(made.std(ddof=1) - float(sd)) <= 0.005 + 1e-9


def test_an_impossible_mean_is_refused():
    with pytest.raises(DataError) as found:
        shape_counts(28, "5.19", "1.00", scale=(1, 7))

    assert [item.code for item in found.value.problems] == ["survey-shape-impossible"]


@pytest.mark.slow
@given(st.lists(st.integers(3, 15), min_size=1, max_size=30))
def test_split_sums_add_up_again(sums):
    parts = split_sums(np.array(sums), parts=3, scale=(1, 5), rng=np.random.default_rng(1))

    assert parts.sum(1).tolist() == sums
    assert parts.min() >= 1
    assert parts.max() <= 5


@pytest.mark.slow
def test_the_case_is_what_its_recipe_makes(case, case_folder, tmp_path):
    tree = read_tree(case_folder / "responses" / "synthesis.yaml")

    made = synthesise(case.instrument, tree["recipe"], seed=tree["seed"])
    write_responses(made, tmp_path / "a.csv")

    assert made.synthetic
    assert (tmp_path / "a.csv").read_bytes() == (case_folder / "responses" / "cooperation.csv").read_bytes()


def test_the_case_has_the_published_sizes_means_and_sds(case):
    circle = case.responses.answers["circle"]
    wanted = {
        "necessity": (("4.48", "0.81"), ("4.48", "0.80")),
        "meaning": (("4.54", "0.68"), ("4.48", "0.77")),
        "initiative_score": (("13.06", "2.53"), ("12.96", "2.64")),
    }

    assert np.bincount(circle).tolist() == [284, 2122]
    for name, rows in wanted.items():
        for at, row in enumerate(rows):
            scores = take_scores(case.responses, name)[circle == at]
            assert (f"{scores.mean():.2f}", f"{scores.std(ddof=1):.2f}") == row
