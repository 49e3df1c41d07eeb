import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.contest.indicator import read_tree
from jinghe.contest.rank import draw_weights, find_ranks, rank
from jinghe.contest.steps import Uncertainty

NAN = float("nan")
FIGURES = {"gdp": [4.0, 8, 6, 5, 7], "rd": [1.0, 2, 5, 4, 3], "air": [3.0, 1, 2, 5, 4]}
METHODS = Uncertainty(0.9, 2000, 50.0, ("minmax", "rank", "zscore"))


@pytest.fixture(scope="session")
def ranked(make_scores):
    def run(figures=FIGURES, *, seed=7, spec=METHODS, codes="", **parts):
        scores = make_scores(figures, codes=codes, **parts)
        return rank(replace(scores.contest, uncertainty=spec), scores=scores, seed=seed)

    return run


def test_ties_share_the_lowest_number():
    assert find_ranks(np.array([70.0, 90, 70, 60])).tolist() == [2, 1, 2, 4]


def test_noise_of_floating_point_breaks_no_tie():
    assert find_ranks(np.array([0.1 + 0.2, 0.3, 0.2])).tolist() == [1, 1, 3]


def test_without_a_score_there_is_no_rank():
    assert find_ranks(np.array([NAN, 3.0, NAN, 5.0])).tolist() == [0, 2, 0, 1]
    assert find_ranks(np.array([NAN, NAN])).tolist() == [0, 0]


@given(st.lists(st.lists(st.integers(0, 5), min_size=6, max_size=6), min_size=1, max_size=4))
def test_a_rank_is_one_more_than_the_number_of_better_cities(rows):
    scores = np.array(rows, dtype=float)

    found = find_ranks(scores)

    assert found.tolist() == [[1 + sum(other > own for other in row) for own in row] for row in rows]


def test_drawn_weights_scatter_around_the_nominal_ones():
    tree = read_tree({"index": {"a": ["x", "y"], "b": ["z"], "c": ["u"]}})
    weights = {"index": 1, "a": 0.6, "b": 0.4, "c": 0.0, "x": 0.5, "y": 0.5, "z": 1, "u": 1}

    drawn = draw_weights(tree, weights=weights, concentration=50, draws=20_000, seed=1)

    for name, nominal in weights.items():
        deviation = (nominal * (1 - nominal) / 51) ** 0.5
        assert drawn[name].shape == (20_000, 1)
        assert drawn[name].mean() == pytest.approx(nominal, abs=4 * deviation / 20_000**0.5 + 1e-12)
        assert drawn[name].std() == pytest.approx(deviation, rel=0.05)
    assert drawn["a"] + drawn["b"] == pytest.approx(1)


def test_a_change_elsewhere_in_the_tree_leaves_draws_as_they_are():
    small, large = (
        read_tree({"index": {"a": ["x", "y"], "b": ["z"]}}),
        read_tree({"index": {"a": ["x", "y"], "b": ["z", "v"]}}),
    )
    weights = dict.fromkeys(["a", "b", "x", "y", "z", "v"], 0.5)

    before = draw_weights(small, weights=weights | {"z": 1.0}, concentration=50, draws=10, seed=1)
    after = draw_weights(large, weights=weights, concentration=50, draws=10, seed=1)

    assert (before["x"] == after["x"]).all()
    assert (before["a"] == after["a"]).all()


def test_the_same_seed_gives_the_same_ranking_and_another_moves_it(ranked):
    assert ranked(seed=7).probability.tolist() == ranked(seed=7).probability.tolist()
    assert ranked(seed=7).probability.tolist() != ranked(seed=8).probability.tolist()
    assert ranked(seed=7).rank.tolist() == ranked(seed=8).rank.tolist()
    assert ranked(seed=-1).draws == 2000


def test_intervals_cover_what_they_promise(ranked):
    found = ranked()

    places = np.arange(1, 6)
    assert found.probability.sum(axis=1) == pytest.approx(np.ones(5))
    for row, low, high in zip(found.probability, found.low, found.high, strict=True):
        assert row[(places >= low) & (places <= high)].sum() >= 0.9
        assert row[places < low].sum() <= 0.05 + 1e-12
        assert row[places > high].sum() <= 0.05 + 1e-12
    assert (found.high > found.low).any()


def test_a_city_that_is_best_in_everything_is_first_for_sure(ranked):
    found = ranked({"gdp": [9.0, 1, 5], "rd": [9.0, 5, 1]})

    assert (found.low[0], found.high[0], found.probability[0].tolist()) == (1, 1, [1, 0, 0])


def test_a_tie_in_every_draw_is_a_tie(ranked):
    found = ranked({"gdp": [1.0, 5, 5], "rd": [1.0, 2, 2]})

    assert found.rank.tolist() == [3, 1, 1]
    assert found.probability.tolist() == [[0, 0, 1], [1, 0, 0], [1, 0, 0]]


def test_one_indicator_and_one_method_leave_no_doubt(ranked):
    found = ranked({"gdp": [4.0, 8, 6]}, spec=Uncertainty(0.9, 100))

    assert found.low.tolist() == found.high.tolist() == found.rank.tolist() == [3, 1, 2]


def test_a_city_without_a_score_has_no_interval(ranked):
    found = ranked({"gdp": [4.0, None, 6]})

    assert (found.rank[1], found.low[1], found.high[1], found.probability[1].sum()) == (0, 0, 0, 0)


def test_goalposts_are_kept_in_every_draw(ranked):
    steps = [{"normalise": {"goalposts": {"gdp": [0, 10]}}}]

    certain = ranked({"gdp": [4.0, 8, 6]}, steps=steps)

    assert certain.probability.tolist() == [[0, 0, 1], [1, 0, 0], [0, 1, 0]]


def test_geometric_means_are_defined_under_every_normalisation(ranked):
    found = ranked(steps=[{"aggregate": {"default": "geometric"}}])

    assert found.probability.sum(axis=1) == pytest.approx(np.ones(5))


def test_permuting_the_cities_permutes_the_ranking(ranked):
    order = [3, 0, 4, 1, 2]

    before = ranked()
    after = ranked({k: [row[i] for i in order] for k, row in FIGURES.items()}, codes=["ABCDE"[i] for i in order])

    assert after.probability.tolist() == before.probability[order].tolist()
    assert after.low.tolist() == before.low[order].tolist()


def test_above_counts_the_draws_in_which_one_is_ahead(ranked):
    found = ranked({"gdp": [9.0, 5, 5, None], "rd": [9.0, 2, 2, None]})

    assert found.above.tolist() == [[0, 1, 1, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]


def test_a_pool_is_ranked_among_its_members_in_the_same_draws(ranked, make_scores):
    scores = make_scores(FIGURES)

    whole, pool = ranked(), rank(replace(scores.contest, uncertainty=METHODS), scores=scores, seed=7, among="BDE")

    assert pool.codes == ("B", "D", "E")
    assert pool.above[0, 2] == whole.above[1, 4]
    assert pool.rank.tolist() == find_ranks(scores.total[[1, 3, 4]]).tolist()


@pytest.mark.slow
def test_eleven_cities_and_23_indicators_take_less_than_a_second(ranked):
    rng = np.random.default_rng(1)
    figures = {f"i{k}": rng.normal(size=11).tolist() for k in range(23)}
    names = list(figures)
    tree = {"index": {"a": names[:8], "b": names[8:16], "c": names[16:]}}
    start = time.perf_counter()

    ranked(figures, tree=tree, spec=replace(METHODS, draws=10_000))

    assert time.perf_counter() - start < 1
