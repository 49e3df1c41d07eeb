from dataclasses import replace

import numpy as np
import pytest

from jinghe.contest.audit.influence import Influence
from jinghe.contest.audit.judge_results import (
    judge_links,
    judge_omissions,
    judge_presentation,
    judge_robustness,
    judge_weights,
)
from jinghe.contest.audit.omission import find_omissions
from jinghe.contest.audit.outside import Link
from jinghe.contest.audit.robustness import Robustness
from jinghe.contest.audit.stability import find_stability
from jinghe.contest.uncertainty.combined import find_rank_uncertainty
from jinghe.errors import problem

TABLE = {"gdp": [1, 2, 3, 4, 9, 6], "rd": [2, 4, 6, 8, 18, 13], "air": [5, 1, 4, 2, 3, 0]}
NAN = float("nan")


def tell(finding):
    return " ".join(words.en for words in finding.words)


def test_weights_that_hardly_decide_are_told(make_scores):
    scores = make_scores(TABLE)
    found = judge_weights(
        scores,
        [Influence("gdp", "index", 0.5, 0.5, 0.9, 0.9, 0.9), Influence("air", "index", 0.5, 0.5, -0.9, 0.1, 0.1)],
        0.8,
    )

    assert found.verdict == "look"
    assert "Less than half the part they weigh: air. Against the total: air." in tell(found)
    assert found.numbers["gap"] == pytest.approx(0.4)
    assert judge_weights(scores, [], 0.8).verdict == "missing"


def test_wide_intervals_ask_for_a_look(make_scores):
    scores = make_scores({"gdp": [4, 8, 6], "rd": [3, 1, 2.5]}, rank={"draws": 100})
    spread = find_rank_uncertainty(scores.contest, rescore=lambda _: scores.stages, codes=scores.codes, seed=1)

    found = judge_robustness(scores, Robustness(spread, None))

    assert found.verdict == "look"
    assert "of 3 places wide on average" in tell(found)
    assert 1 < found.numbers["width"] <= 3


def test_a_single_choice_does_not_decide_against_others(audited):
    assert "Only weights varied." in tell(audited.findings[6])


def test_uncertainty_that_cannot_be_drawn_is_missing(make_scores):
    found = judge_robustness(make_scores(TABLE), Robustness(None, None, (problem("sensitivity-constant"),)))

    assert found.verdict == "missing"
    assert found.words[0].zh


def test_where_no_one_is_ranked_there_is_no_width(make_scores):
    steps = [{"normalise": {"goalposts": {"gdp": [0, 9]}}}, {"aggregate": {"default": "topsis"}}]
    scores = make_scores({"gdp": [4, 4, 4]}, steps=steps)
    spread = find_rank_uncertainty(scores.contest, rescore=lambda _: scores.stages, codes=scores.codes, seed=1)

    found = judge_robustness(scores, Robustness(spread, None))

    assert scores.rank.tolist() == [0, 0, 0]
    assert (found.verdict, tell(found)) == ("missing", "No city has a rank.")
    assert [note.en for note in scores.notes] == [
        "Nothing below index tells the contestants apart: its aggregate is undefined and none is scored."
    ]


def test_an_indicator_that_decides_alone_is_named(make_scores, make_region):
    scores = make_scores({"gdp": [1, 2, 3, 40], "rd": [4, 3, 2, 1]}, weights={"gdp": 0.8, "rd": 0.2})

    found = judge_omissions(scores, find_omissions(scores.stages, steps=scores.contest.steps), make_region("ABCD"))

    assert found.verdict == "look"
    assert found.numbers["most"] == 3
    assert "without gdp City D moves most, by 3 places" in tell(found)


def test_a_sole_indicator_cannot_be_left_out(make_scores, make_region):
    scores = make_scores({"gdp": [1, 2, 3]})

    assert (
        judge_omissions(scores, find_omissions(scores.stages, steps=scores.contest.steps), make_region("ABC")).verdict
        == "missing"
    )


def test_links_and_years(make_scores):
    scores = make_scores(TABLE)
    close = Link("jobs", "2020", 6, 0.95, 0.9, 0.81)
    stuck = find_stability(np.array([[1.0, 2, 3, 4], [1.0, 2, 3, 5]]), periods=["2020", "2021"])
    noise = find_stability(np.array([[1.0, 2, 3, 4], [4.0, 1, 2, 3]]), periods=["2020", "2021"])

    assert judge_links(scores, [], None).verdict == "missing"
    assert "Nearly the same as the total, which adds little: jobs (2020, 0.95)." in tell(
        judge_links(scores, [close], stuck)
    )
    assert "Ranks hardly move" in tell(judge_links(scores, [close], stuck))
    assert "mostly noise" in tell(judge_links(scores, [close], noise))


def test_figures_that_nobody_observed_are_told(make_scores, make_panel):
    scores = make_scores(TABLE)

    def mark(cell):
        return replace(cell, observations=tuple(replace(one, status="assumed", source="") for one in cell.observations))

    marked = {leaf: tuple(mark(cell) for cell in cells) for leaf, cells in scores.evidence.items()}

    assert judge_presentation(scores, intervals=False).verdict == "missing"
    found = judge_presentation(replace(scores, evidence=marked), intervals=True)
    assert "18 figures have no source. Figures not observed, to be marked: 18 assumed." in tell(found)
    assert found.numbers == {"figures": 18, "unsourced": 18, "soft": 18}


def test_periods_in_which_all_score_alike_say_so(make_scores):
    flat = find_stability(np.array([[5.0, 5, 5, 5], [1, 2, 3, 4]]), periods=("2020", "2021"))

    found = judge_links(make_scores(TABLE), (), flat)

    assert "stability is undefined" in " ".join(one.en for one in found.words)
    assert "nan" not in " ".join(one.en + one.zh for one in found.words)
