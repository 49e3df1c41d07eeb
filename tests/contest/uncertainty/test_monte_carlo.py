import numpy as np
import pytest

from jinghe.contest.rank import find_ranks
from jinghe.contest.uncertainty.monte_carlo import draw_options, list_draws, list_effects, sample_ranks, weigh_tile
from jinghe.contest.uncertainty.weight_draws import TILE

CODES = tuple("ABCDE")
NORMALISE = {"path": "contest.steps[normalise].default", "choices": ["minmax", "rank", "zscore"]}
MEAN = {"path": "contest.steps[aggregate].growth", "choices": ["arithmetic", "geometric"]}
WEIGHTS = {"path": "contest.weights", "dirichlet": 50}
COMMON = {"codes": CODES, "coverage": 0.9, "seed": 7}


def test_one_choice_of_two_gives_each_its_share(study):
    """Of three normalisations one turns the order of A and B; draws are uniform over the three."""
    found = study(NORMALISE, figures={"gdp": [10.0, 0, 1, 2, 3], "rd": [0.0, 5, 6, 7, 8], "air": [1.0, 2, 3, 4, 5]})
    ranks = [find_ranks(found.stage((k,)).nominal) for k in range(3)]

    sampled = sample_ranks(found, draws=9000, **COMMON)

    for unit in range(5):
        for place in range(5):
            share = np.mean([rank[unit] == place + 1 for rank in ranks])
            assert sampled.probability[unit, place] == pytest.approx(share, abs=0.02)  # 4 standard errors


def test_the_first_draws_of_a_longer_run_are_a_shorter_run(study):
    found = study(NORMALISE, MEAN, WEIGHTS)
    logged = [list(list_draws(found, draws=range(*ends), seed=7)) for ends in ((0, 1500), (0, 700), (700, 1500))]

    assert logged[0] == logged[1] + logged[2]
    short, long = (sample_ranks(found, draws=draws, **COMMON) for draws in (700, 1500))
    both = (short.probability * 700, long.probability * 1500)
    assert (np.rint(both[1]) >= np.rint(both[0])).all()


def test_scores_of_a_draw_follow_from_its_logged_parameters(study):
    found = study(NORMALISE, MEAN, WEIGHTS)
    scores = found.score(draw_options(found.sizes, seed=7, tile=1), weigh_tile(found, seed=7, tile=1))

    for one in list_draws(found, draws=range(TILE + 5, TILE + 8), seed=7):
        options = (NORMALISE["choices"].index(one[NORMALISE["path"]]), MEAN["choices"].index(one[MEAN["path"]]))
        weights = {n.rsplit(".", 1)[1]: np.array([w]) for n, w in one.items() if n.startswith("contest.weights.")}
        alone = found.stage(options).score(weights)
        assert scores[one["draw"] - TILE] == pytest.approx(alone[0], rel=1e-12)


def test_weights_that_do_not_vary_stay_nominal(study):
    found = study(WEIGHTS | {"under": ["growth"]})

    first = next(list_draws(found, draws=range(1), seed=7))

    assert (first["contest.weights.growth"], first["contest.weights.green"]) == (0.6, 0.4)
    assert first["contest.weights.gdp"] != 0.5


def test_a_choice_does_not_move_the_draws_of_another(study):
    one = draw_options(study(NORMALISE).sizes, seed=7, tile=0)
    two = draw_options(study(NORMALISE, MEAN).sizes, seed=7, tile=0)

    assert (one[:, 0] == two[:, 0]).all()


def test_without_anything_that_varies_the_ranks_are_certain(study):
    found = study()
    still = type(found)(found.contest, (), found.rescore)

    sampled = sample_ranks(still, draws=10, **COMMON)

    assert sampled.low.tolist() == sampled.high.tolist() == found.rank.tolist()
    assert sampled.shift.tolist() == [0] * 5


def test_a_pool_is_ranked_among_itself(study):
    found = study(NORMALISE, WEIGHTS)

    whole, pool = sample_ranks(found, draws=500, **COMMON), sample_ranks(found, draws=500, rows=[1, 3], **COMMON)

    assert pool.codes == ("B", "D")
    assert pool.above[0, 1] == whole.above[1, 3]
    assert pool.probability.sum(axis=1) == pytest.approx([1, 1])


def test_effects_say_what_each_option_does_alone(study):
    effects = list_effects(study(NORMALISE, {"path": "contest.steps[screen].coverage", "choices": [0.5, 0.7]}))

    assert [(one.path.split("[")[1], one.option) for one in effects] == [
        ("normalise].default", "minmax"), ("normalise].default", "rank"), ("normalise].default", "zscore"),
        ("screen].coverage", 0.5), ("screen].coverage", 0.7),
    ]  # fmt: skip
    assert effects[0].shift == 0
    assert [one.shift for one in effects[3:]] == [0, 0], "an option that changes nothing shows"


def test_an_option_that_is_not_defined_alone_says_why(study):
    steps = [{"normalise": {"to": [0, 100]}}, {"aggregate": {"default": "arithmetic"}}]
    effects = list_effects(study(MEAN, steps=steps))

    assert np.isnan(effects[1].shift)
    assert effects[1].problems[0].code == "mean-positive"


def test_missing_figures_are_carried_by_several_imputations(study):
    nan = float("nan")
    figures = {"gdp": [4.0, nan, 6, 5, 7], "rd": [1.0, 2, 5, 4, 3], "air": [3.0, 1, 2, 5, 4]}
    steps = [{"impute": {"method": "multiple"}}, {"normalise": {}}, {"aggregate": {}}]
    found = study({"path": "contest.steps[impute]", "imputations": 10}, figures=figures, steps=steps)

    sampled = sample_ranks(found, draws=500, **COMMON)

    assert len({found.stage((k,)).normalised[1, 0] for k in range(10)}) > 5  # some meet the ends of the range
    assert sampled.draws == 500


@pytest.mark.slow
def test_the_ranks_of_the_asem_index_keep_to_a_few_places(asem):
    """Switzerland is first in 51 countries under every drawn plan of COINr's vignette but few."""
    codes = tuple(f"u{k}" for k in range(51))

    found = sample_ranks(asem, codes=codes, draws=20_000, coverage=0.9, seed=1)

    first = int(np.flatnonzero(found.rank == 1)[0])
    assert found.low[first] == 1
    assert found.probability[first, 0] > 0.5
    assert (found.low <= found.median).all()
    assert (found.median <= found.high).all()
