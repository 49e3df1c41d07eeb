import time
from dataclasses import replace

import numpy as np
import pytest

from jinghe.contest.perturbation import Perturbation
from jinghe.contest.rank import find_ranks
from jinghe.contest.ranking import rank, rank_node, rank_pools, study_scores
from jinghe.contest.steps import Uncertainty
from jinghe.contest.uncertainty.study import Study
from jinghe.errors import DataError

FIGURES = {"gdp": [4.0, 8, 6, 5, 7], "rd": [1.0, 2, 5, 4, 3], "air": [3.0, 1, 2, 5, 4]}
TREE = {"index": {"growth": ["gdp", "rd"], "green": ["air"]}}
METHODS = Uncertainty(0.9, 2000, 50.0, ("minmax", "rank", "zscore"))


@pytest.fixture(scope="session")
def ranked(make_scores):
    def run(figures=FIGURES, *, seed=7, spec=METHODS, codes="", **parts):
        scores = make_scores(figures, codes=codes, **parts)
        return rank(replace(scores.contest, uncertainty=spec), scores=scores, seed=seed)

    return run


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


@pytest.fixture(scope="module")
def region(make_region):
    return make_region("ABCDE", north=["A", "B", "D"])


def test_a_pool_of_one_is_told(region, make_scores):
    scores = make_scores(FIGURES, pools={"n": ["A", "B", "D"], "one": ["E"], "others": ["C"]})

    rankings = rank_pools(scores.contest, scores=scores, region=region, seed=7)

    assert [one.ranking.rank.tolist() for one in rankings[1:]] == [[1], [1]]
    assert "只有 1 个成员" in rankings[1].note.zh


def test_each_pool_is_ranked_on_its_own_from_the_scores_of_all(region, make_scores):
    scores = make_scores(FIGURES, pools={"n": ["A", "B", "D"], "others": "rest"})

    north, others = rank_pools(scores.contest, scores=scores, region=region, seed=7)

    assert north.ranking.codes == ("A", "B", "D")
    assert north.ranking.rank.tolist() == find_ranks(scores.total[[0, 1, 3]]).tolist()
    assert north.ranking.probability.shape == (3, 3)
    assert others.ranking.rank.tolist() == find_ranks(scores.total[[2, 4]]).tolist()
    assert ("0.50" in north.note.en, "factor 0" in others.note.en) == (True, True)


@pytest.fixture(scope="module")
def scores(make_scores):
    steps = [{"normalise": {}}, {"aggregate": {"default": "geometric", "growth": "arithmetic"}}]
    return make_scores(FIGURES, tree=TREE, steps=steps, rank={"normalisations": ["minmax", "rank"], "draws": 300})


def test_the_ranking_of_the_root_is_that_of_the_contest(scores):
    whole, root = rank(scores.contest, scores=scores, seed=3), rank_node(scores, node="index", seed=3)

    assert whole.probability.tolist() == root.probability.tolist()


def test_a_node_and_an_indicator_are_ranked_by_their_own_values(scores):
    growth, gdp = rank_node(scores, node="growth", seed=3), rank_node(scores, node="gdp", seed=3)

    assert growth.rank.tolist() == find_ranks(scores.nodes["growth"]).tolist() == [5, 2, 1, 4, 2]
    assert (growth.high > growth.low).any()
    assert gdp.rank.tolist() == gdp.low.tolist() == gdp.high.tolist() == [5, 1, 3, 4, 2]
    with pytest.raises(DataError) as caught:
        rank_node(scores, node="grwth", seed=3)
    assert [p.code for p in caught.value.problems] == ["node-unknown"]


def test_a_node_moves_only_by_what_varies_below_it(scores):
    top = Perturbation("contest.weights", dirichlet=50, under=("index",))
    study = Study(scores.contest, (top,), lambda variant: scores.rerun(variant.steps))

    growth, index = (rank_node(scores, node=node, seed=3, study=study) for node in ("growth", "index"))

    assert growth.low.tolist() == growth.high.tolist() == growth.rank.tolist()
    assert (index.high > index.low).any()


def test_what_reaches_behind_the_figures_is_not_varied(make_scores):
    perturbations = [{"path": "contest.credit.rule", "choices": ["equal", "contribution"]}]
    scores = make_scores(FIGURES, credit={"rule": "equal"}, uncertainty=perturbations)

    assert [one.path for one in study_scores(scores.contest, scores=scores).perturbations] == ["contest.weights"]
