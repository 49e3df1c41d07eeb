from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from jinghe.contest import check_contest, score
from jinghe.contest.uncertainty.combined import find_rank_uncertainty
from jinghe.contest.uncertainty.figures import find_errors, redraw_panel
from jinghe.units import Period

CODES = tuple("ABCDE")
WEIGHTS = {"path": "contest.weights", "dirichlet": 20}
NORMALISE = {"path": "contest.steps[normalise].default", "choices": ["minmax", "zscore"]}
FIGURES = {"gdp": [4.0, 12, 6, 5, 7], "rd": [1.0, 2, 8, 4, 3], "air": [3.0, 1, 2, 9, 4]}


@pytest.fixture(scope="module")
def sure(study):
    def run(error, *entries, **parts):
        plain = study(*entries, **parts)
        contest = replace(plain.contest, uncertainty=replace(plain.contest.uncertainty, draws=800))
        rng = np.random.default_rng(1)
        replicates = []
        for _ in range(0 if error is None else 40):
            moved = {leaf: np.array(row) + error * rng.standard_normal(5) for leaf, row in FIGURES.items()}
            replicates.append(study(*entries, figures=moved, **parts).rescore)
        return find_rank_uncertainty(contest, rescore=plain.rescore, codes=CODES, seed=7, replicates=replicates)

    return run


def test_without_known_errors_only_the_method_speaks(sure):
    found = sure(None, WEIGHTS, NORMALISE)

    assert (found.figures, found.combined, found.sets) == (None, None, None)
    assert found.whole is found.method
    assert found.robust is not None
    assert [one.option for one in found.effects] == ["minmax", "zscore"]
    assert sorted(code for band in found.ties for code in band) == list(CODES)


def test_the_two_uncertainties_stand_apart_and_together_are_wider(sure):
    found = sure(1.0, WEIGHTS, NORMALISE)

    widths = [(one.high - one.low + 1).sum() for one in (found.method, found.figures, found.combined)]
    assert widths[2] >= max(widths[:2])
    assert found.whole is found.combined
    assert (found.sets.low <= found.sets.rank).all()
    assert found.sets.coverage == 0.9
    assert found.method.probability.tolist() == sure(None, WEIGHTS, NORMALISE).method.probability.tolist()


def test_figures_without_error_add_nothing(sure):
    found = sure(0.0, WEIGHTS)

    assert found.figures.low.tolist() == found.figures.high.tolist() == found.figures.rank.tolist()
    assert found.combined.probability == pytest.approx(found.method.probability)
    assert found.sets.low.tolist() == found.sets.high.tolist()


def test_mixed_means_leave_the_proof_out_but_not_the_rest(sure):
    steps = [{"normalise": {}}, {"aggregate": {"growth": "geometric"}}]

    assert sure(None, WEIGHTS, steps=steps).robust is None


def test_a_scored_contest_is_varied_whole_from_its_figures_on(make_contest, make_panel, make_region):
    """Through `score`; the only error of the figures is their rounding."""
    ends = {"path": "contest.steps[normalise].to", "choices": [[1, 100], [5, 10]]}
    entries = [{"path": "contest.weights", "within": 0.5}, ends]
    contest = make_contest(
        {"index": ["gdp", "air"]},
        steps=[{"normalise": {}}, {"aggregate": {}}],
        uncertainty=entries,
        rank={"draws": 300},
    )
    panel = make_panel({"gdp": ["4", "8", "6"], "air": ["1.0", "3.0", "2.9"]})
    common = {"items": (), "region": make_region("ABC"), "period": Period.of(2021)}
    errors = find_errors(panel, indicators=contest.root.leaves)
    drawn = [redraw_panel(panel, errors=errors, seed=1, replicate=k) for k in range(20)]

    def on(figures):
        return lambda variant: score(variant, panel=figures, **common).stages

    found = find_rank_uncertainty(
        contest, rescore=on(panel), codes=tuple("ABC"), seed=7, replicates=[on(one) for one in drawn]
    )

    assert check_contest(contest, region=make_region("ABC"), on=date(2021, 1, 1)) == []
    assert found.method.rank.tolist() == [3, 1, 2]
    assert found.method.probability[0, 2] == found.combined.probability[0, 2] == 1
    assert found.robust.ahead.tolist() == [[False] * 3, [True, False, True], [True, False, False]]
    assert found.ties == (("B",), ("C",), ("A",))
