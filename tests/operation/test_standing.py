"""Where contestants stand, and how sure that is."""

from dataclasses import replace

import numpy as np
import pytest

from jinghe.contest import sample_ranks
from jinghe.operation import find_standing, rank_period, score_period, study_period
from jinghe.panel import Panel
from jinghe.units import Period

YEAR = Period.of("2021")
PLAN = """  uncertainty:
    - {path: contest.weights, dirichlet: 50}
    - {path: "contest.steps[aggregate].index", choices: [geometric, arithmetic]}
"""
VARIED = ("  rank: {coverage", PLAN + "  rank: {coverage")


@pytest.fixture
def stand(rewrite):
    def find(*pairs, redrawings=20):
        compact, panel = rewrite(*pairs)
        study = study_period(compact, panel=panel, period=YEAR, seed=7, redrawings=redrawings)
        scores = score_period(compact, panel=panel, period=YEAR)
        return find_standing(compact, study=study, scores=scores, seed=7), scores, study

    return find


def test_an_option_alone_moves_ranks_as_the_case_says(stand):
    """Under an arithmetic index A would come before B; the geometric one is the rule."""
    standing, _, _ = stand(VARIED)

    moves = {move.option: (move.rank.tolist(), move.written) for move in standing.moves}
    assert {"geometric": ([2, 1, 3], True), "arithmetic": ([1, 2, 3], False)} == moves
    shifts = [(one.path, one.shift) for one in standing.uncertainty.effects[1:]]
    assert [("contest.steps[aggregate].index", 0.0), ("contest.steps[aggregate].index", pytest.approx(2 / 3))] == shifts


def test_effects_begin_with_the_weights_which_move_ranks_on_average(stand):
    standing, scores, study = stand(VARIED)

    first, spec = standing.uncertainty.effects[0], study.contest.uncertainty
    weights = replace(study, perturbations=study.weighing, replicates=(), _runs={}, _stages={})
    drawn = sample_ranks(weights, codes=scores.codes, draws=spec.draws, coverage=spec.coverage, seed=7)
    assert ("contest.weights", study.weighing[0]) == (first.path, first.option)
    assert pytest.approx(drawn.shift.mean()) == first.shift


def test_the_intervals_of_the_ranking_are_those_of_the_method_alone(stand):
    standing, scores, study = stand(VARIED)

    ranking, method = standing.ranking, standing.uncertainty.method
    assert (method.low.tolist(), method.high.tolist()) == (ranking.low.tolist(), ranking.high.tolist())
    assert scores.rank.tolist() == ranking.rank.tolist()
    plain = replace(study, replicates=(), _runs={}, _stages={})
    alone = rank_period(plain, scores=scores, seed=7)
    assert alone.probability.tolist() == ranking.probability.tolist(), "`jinghe score` and `jinghe run` say the same"


def test_figures_and_method_are_kept_apart_and_then_joined(stand):
    found = stand(VARIED)[0].uncertainty

    assert (found.figures.high - found.figures.low).sum() <= (found.combined.high - found.combined.low).sum()
    assert found.sets is not None
    assert found.whole is found.combined


def test_without_redrawings_only_the_method_varies(stand):
    found = stand(redrawings=0)[0].uncertainty

    assert (None, None, None) == (found.figures, found.combined, found.sets)


def test_without_figures_there_is_nothing_to_redraw(toy):
    assert () == study_period(toy[0], panel=Panel(), period=YEAR, seed=7, redrawings=20).replicates


def test_published_standard_errors_reach_the_ranks(rewrite, root):
    """City C leads B in services by 48 points; with a standard error of 40 nobody can tell."""
    rows = (root / "cases/toy/data/observations.csv").read_text(encoding="utf-8").splitlines()
    noisy = [rows[0] + ",se", *(row + (",40" if ",shared_services,2021," in row else ",") for row in rows[1:])]
    compact, panel = rewrite(observations="\n".join(noisy))
    scores = score_period(compact, panel=panel, period=YEAR)

    def find(figures):
        study = study_period(compact, panel=figures, period=YEAR, seed=7, redrawings=40)
        return find_standing(compact, study=study, scores=scores, seed=7).uncertainty

    known = find(panel)
    rounded = find(Panel(tuple(replace(item, se=None) for item in panel.observations)))

    assert {40.0} == {item.se for item in panel.observations if item.se is not None}
    assert (known.figures.high - known.figures.low).sum() > (rounded.figures.high - rounded.figures.low).sum()
    assert [[1, 3]] * 3 == np.column_stack([known.sets.low, known.sets.high]).tolist()
    assert (known.single.low >= known.sets.low).all()
    assert (known.single.high <= known.sets.high).all()


def test_a_lone_contestant_is_ranked_and_not_compared(toy):
    compact, panel = toy
    scores = score_period(compact, panel=panel, period=YEAR)
    alone = replace(scores, rank=np.where(scores.rank == 1, 1, 0))

    standing = find_standing(
        compact, study=study_period(compact, panel=panel, period=YEAR, seed=7), scores=alone, seed=7
    )

    assert standing.uncertainty is None
    assert () == standing.moves
