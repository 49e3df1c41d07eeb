import numpy as np
import pytest

from jinghe.contest.rank import find_ranks
from jinghe.contest.uncertainty.study import Study, list_perturbations

NORMALISE = {"path": "contest.steps[normalise].default", "choices": ["minmax", "rank", "zscore"]}
MEAN = {"path": "contest.steps[aggregate].default", "choices": ["arithmetic", "geometric"]}
WEIGHTS = {"path": "contest.weights", "dirichlet": 50}


def count_runs(study):
    runs = []

    def rescore(contest):
        runs.append(contest.steps)
        return study.rescore(contest)

    return Study(study.contest, study.perturbations, rescore), runs


def test_a_kind_of_mean_runs_no_chain_again(study):
    counted, runs = count_runs(study(NORMALISE, MEAN))

    for key in np.ndindex(3, 2):
        counted.stage(key)

    assert len(runs) == 3
    assert counted.sizes == (3, 2)
    assert counted.stage((0, 1)).aggregations == {"growth": "geometric", "green": "geometric", "index": "geometric"}


def test_a_kind_of_mean_runs_the_chain_where_figures_weigh(study):
    steps = [{"normalise": {"to": [1, 100]}}, {"weigh": {"default": "equal"}}, {"aggregate": {}}]
    counted, runs = count_runs(study(MEAN, steps=steps, weights={}))

    counted.stage((0,)), counted.stage((1,))

    assert len(runs) == 2


def test_a_block_is_scored_row_by_row(study):
    found = study(NORMALISE, MEAN)
    rng = np.random.default_rng(1)
    options = np.column_stack([rng.integers(3, size=40), rng.integers(2, size=40)])
    weights = {name: rng.random(40) for name in found.nominal.tree.ids[:-1]}

    scores = found.score(options, lambda stage: weights)

    for row, key in enumerate(options):
        alone = found.stage(tuple(key)).score({name: weight[[row]] for name, weight in weights.items()})
        assert scores[row] == pytest.approx(alone[0], rel=1e-12)


def test_the_nominal_plan_is_the_contest_as_written(study):
    found = study(NORMALISE)

    assert found.nominal.nominal.tolist() == found.rescore(found.contest).total.tolist()
    assert found.rank.tolist() == find_ranks(found.nominal.nominal).tolist()


def test_what_the_screen_drops_weighs_nothing(study):
    nan = float("nan")
    figures = {"gdp": [4.0, 8, 6, 5, 7], "rd": [1.0, nan, nan, nan, 3], "air": [3.0, 1, 2, 5, 4]}
    coverage = {"path": "contest.steps[screen].coverage", "choices": [0.3, 0.9]}

    low, high = (study(coverage, figures=figures).stage((k,)) for k in (0, 1))

    assert low.live == (True, True, True)
    assert high.live == (True, False, True)
    assert (low.weights["rd"], high.weights["rd"]) == (0.5, 0.0)


def test_without_a_list_the_rank_settings_say_what_varies(varied):
    plain = list_perturbations(varied(rank={"concentration": 20, "normalisations": ["minmax", "rank"]}))

    assert [(one.path, one.dirichlet, one.choices) for one in plain] == [
        ("contest.weights", 20, ()),
        ("contest.steps[normalise].default", None, ("minmax", "rank")),
    ]
    assert len(list_perturbations(varied())) == 1


def test_a_plan_that_leaves_normalisation_out_still_varies_it(study):
    found = study(rank={"normalisations": ["minmax", "rank"]}, steps=[])

    assert not np.allclose(found.stage((0,)).nominal, found.stage((1,)).nominal)
