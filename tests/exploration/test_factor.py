from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from jinghe.errors import RuleError
from jinghe.exploration.factor import Factor, read_factor
from jinghe.labels import Text

WORDS = Text("因素", "factor")


def read(given_values):
    return read_factor("x", given_values, label=WORDS, is_lever=True)


def test_two_numbers_are_a_range_and_a_list_is_a_choice() -> None:
    assert read([0, 0.5]).values(np.array([0.0, 0.5, 1.0])) == [0.0, 0.25, 0.5]
    assert read(["equal", "contribution"]).choices == ("equal", "contribution")
    assert read({"choices": [0, 1]}).values(np.array([0.0, 1.0])) == [0, 1]


def test_whole_numbers_are_equally_likely() -> None:
    drawn = read({"range": [0, 6], "whole": True}).values((np.arange(7000) + 0.5) / 7000)

    assert [drawn.count(value) for value in range(7)] == [1000] * 7
    assert all(isinstance(value, int) for value in drawn)


@pytest.mark.parametrize(
    "written, frozen",
    [
        ({"dist": "beta", "a": 3, "b": 2}, stats.beta(3, 2)),
        ({"dist": "beta", "a": 3, "b": 2, "low": 1, "high": 3}, stats.beta(3, 2, loc=1, scale=2)),
        ({"dist": "triangular", "low": 1, "mode": 2, "high": 5}, stats.triang(0.25, loc=1, scale=4)),
        ({"dist": "normal", "mean": 1, "sd": 2, "low": 0, "high": 4}, stats.truncnorm(-0.5, 1.5, loc=1, scale=2)),
        ({"dist": "uniform", "low": -1, "high": 3}, stats.uniform(-1, 4)),
    ],
)
def test_quantiles_are_those_of_scipy(written, frozen) -> None:
    u = np.linspace(0.01, 0.99, 25)

    np.testing.assert_allclose(read(written).values(u), frozen.ppf(u), rtol=1e-9, atol=1e-9)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_greater_quantile_gives_no_smaller_value(a, b) -> None:
    factor = read({"dist": "normal", "mean": 0, "sd": 1, "low": -1, "high": 2})

    low, high = factor.values(np.array(sorted((a, b))))

    assert -1 <= low <= high <= 2


def test_only_numbers_in_rising_order_are_ordered() -> None:
    assert read([1, 2, 4]).is_ordered
    assert not read(["a", "b"]).is_ordered
    assert not read([2, 1, 4]).is_ordered
    assert not Factor("x", True, WORDS, choices=(False, True)).is_ordered


@pytest.mark.parametrize(
    "written",
    [
        [0.5, 0.5],
        [1, 0],
        [3],
        "high",
        {"range": [0]},
        {"dist": "cauchy"},
        {"dist": "beta", "a": 3},
        {"choices": ["a", "a"]},
        {"dist": "triangular", "low": 0, "mode": 2, "high": 1},
        {"range": [0, 1], "whole": "yes"},
        {"range": [0, float("inf")]},
        {"dist": "normal", "mean": 0, "sd": 0, "low": 0, "high": 1},
    ],
)
def test_values_that_cannot_be_understood_are_refused_with_examples(written) -> None:
    with pytest.raises(RuleError) as caught:
        read(written)

    assert [p.code for p in caught.value.problems] == ["factor-values"]
    assert "{range: [0, 6], whole: true}" in caught.value.problems[0].text("zh")
