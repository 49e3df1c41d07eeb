from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.coding import agree
from jinghe.coding.coefficients import find_coefficients, find_patterns

N = np.nan
RAW = np.array(  # four raters, twelve units, five categories (Krippendorff 2011; cac.raw4raters of irrCAC)
    [
        *([1, 1, N, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4]),
        *([4, 4, 4, 4], [1, 1, 2, 1], [2, 2, 2, 2], [N, 5, 5, 5], [N, N, 1, 1], [N, N, 3, N]),
    ]
)
SIX = [  # how many of six raters chose each of five diagnoses (Fleiss 1971, first fifteen patients)
    *([0, 0, 0, 6, 0], [0, 3, 0, 0, 3], [0, 1, 4, 0, 1], [0, 0, 0, 0, 6], [0, 3, 0, 3, 0]),
    *([2, 0, 4, 0, 0], [0, 0, 4, 0, 2], [2, 0, 3, 1, 0], [2, 0, 0, 4, 0], [0, 0, 0, 0, 6]),
    *([1, 0, 0, 5, 0], [1, 1, 0, 4, 0], [0, 3, 3, 0, 0], [1, 0, 0, 5, 0], [0, 2, 0, 3, 1]),
]


def values(ratings, categories, metric="nominal"):
    found = agree(np.asarray(ratings, dtype=float), categories=categories, metric=metric, draws=0)
    return {one.name: one.value for one in found.coefficients}


def test_four_raters_with_gaps_give_the_published_figures():
    found = values(RAW, range(1, 6))

    expected = {"observed": 0.81818, "alpha": 0.74342, "ac1": 0.77544, "kappa": 0.76282, "fleiss": 0.76117}
    assert expected | {"brennan_prediger": 0.77273} == {name: round(value, 5) for name, value in found.items()}


@pytest.mark.parametrize(("metric", "alpha"), [("nominal", 0.74342), ("ordinal", 0.81539), ("interval", 0.84911)])
def test_alpha_follows_its_metric(metric, alpha):
    assert alpha == round(values(RAW, range(1, 6), metric)["alpha"], 5)


def test_six_raters_give_the_published_figures():
    found = values([[k for k, count in enumerate(row) for _ in range(count)] for row in SIX], range(5))

    expected = {"ac1": 0.44480, "fleiss": 0.41393, "alpha": 0.42044, "brennan_prediger": 0.43889}
    assert expected == {name: round(found[name], 5) for name in expected}


def test_a_table_of_two_raters_gives_the_published_figures(crossed):
    found = values(crossed([[13, 0, 0], [0, 20, 7], [0, 4, 56]]), range(3))

    expected = {"kappa": 0.79641, "ac1": 0.84933, "fleiss": 0.79624, "alpha": 0.79726}
    assert expected == {name: round(found[name], 5) for name in expected}


def test_the_chance_agreement_of_ac1_is_as_published():
    found = values(RAW, range(1, 6))

    assert 0.19032 == round((found["observed"] - found["ac1"]) / (1 - found["ac1"]), 5)


@pytest.mark.slow
def test_kappas_equal_those_of_statsmodels(crossed):
    rater = pytest.importorskip("statsmodels.stats.inter_rater")
    table = [[20, 5, 2], [3, 30, 4], [1, 6, 9]]

    assert (
        pytest.approx(rater.cohens_kappa(np.array(table)).kappa, abs=1e-12) == values(crossed(table), range(3))["kappa"]
    )
    rows = [[k for k, count in enumerate(row) for _ in range(count)] for row in SIX]
    assert pytest.approx(rater.fleiss_kappa(np.array(SIX)), abs=1e-12) == values(rows, range(5))["fleiss"]


cells = st.sampled_from([0.0, 1.0, 2.0, np.nan])
tables = st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=12).filter(
    lambda rows: any(sum(not math.isnan(cell) for cell in row) > 1 for row in rows)
)


def alpha_by_pairs(rows, distance):
    """α from its definition: observed over expected disagreement, summed pair by pair."""
    units = [[cell for cell in row if not math.isnan(cell)] for row in rows]
    units = [unit for unit in units if len(unit) > 1]
    every = [cell for unit in units for cell in unit]
    apart = sum(distance(a, b) / (len(unit) - 1) for unit in units for a in unit for b in unit) / len(every)
    expected = sum(distance(a, b) for a in every for b in every) / (len(every) * (len(every) - 1))
    return 1 - apart / expected if expected else np.nan


@given(tables)
def test_alpha_equals_its_definition_pair_by_pair(rows):
    for metric, distance in (("nominal", lambda a, b: a != b), ("interval", lambda a, b: (a - b) ** 2)):
        found = values(rows, range(3), metric)["alpha"]
        assert pytest.approx(alpha_by_pairs(rows, distance), nan_ok=True, abs=1e-9) == found


@given(tables, st.permutations([0, 1, 2]), st.permutations([0, 1, 2]))
def test_order_of_units_raters_and_names_of_categories_do_not_matter(rows, raters, names):
    one = values(rows, range(3))
    turned = [[names[int(row[k])] if not math.isnan(row[k]) else np.nan for k in raters] for row in reversed(rows)]

    two = values(turned, range(3))

    assert all(pytest.approx(one[name], nan_ok=True, abs=1e-9) == two[name] for name in one)
    assert all(not value > 1 + 1e-9 for value in one.values())


@given(tables)
def test_full_agreement_is_one_wherever_it_is_defined(rows):
    same = [[max((c for c in row if not math.isnan(c)), default=0.0)] * 3 for row in rows]

    assert {1.0} == {round(value, 9) for value in values(same, range(3)).values() if not math.isnan(value)}


def test_weights_are_repeated_units():
    patterns = find_patterns(np.array([[0, 0, 1], [1, 1, 1], [0, -1, 1]]), np.array([0.0, 1.0]))

    twice = find_coefficients(patterns, np.array([[2.0, 1.0, 3.0]]), metric="ordinal")

    order = [patterns.rows.tolist().index(row) for row in ([0, 0, 1], [1, 1, 1], [0, -1, 1])]
    weights = [2, 1, 3]
    rows = [patterns.rows[k] for k in range(3) for _ in range(weights[k])]
    alone = find_patterns(np.array(rows), np.array([0.0, 1.0]))
    direct = find_coefficients(alone, alone.counts[None, :].astype(float), metric="ordinal")
    assert sorted(order) == [0, 1, 2]
    assert all(pytest.approx(direct[name][0]) == twice[name][0] for name in direct)


def test_many_raters_and_categories_fall_back_to_whole_rows():
    ratings = np.tile(np.arange(30), (3, 2))

    assert [[*range(30), *range(30)]] == find_patterns(ratings, np.arange(30.0)).rows.tolist()
    assert 30**60 > 2**62
