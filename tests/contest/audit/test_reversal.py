from math import isnan

import numpy as np
import pytest

from jinghe.contest.audit.reversal import REVERSALS, _add_worst, find_reversals
from jinghe.contest.audit.trial import Trial
from jinghe.contest.score import score
from jinghe.units import Period


def find(scores, **parts):
    return find_reversals(Trial.of(scores), **parts)


def test_dropping_a_city_swaps_others_under_min_max(make_scores):
    # to [0, 100], weights 0.4 and 0.6. With C: A = 40 + 0, B = 0 + 6, C = 20 + 60. Without C, y of B is 100: B = 60.
    scores = make_scores({"x": [10, 0, 5], "y": [0, 10, 100]}, weights={"x": 0.4, "y": 0.6},
                         steps=[{"normalise": {"to": [0, 100]}}])  # fmt: skip

    found = {(one.kind, one.row): one for one in find(scores)}

    assert scores.total.tolist() == pytest.approx([40, 6, 80])
    assert found["dropped", 2].swaps == ((0, 1),)
    assert found["dropped", 2].tau == pytest.approx(-1)
    assert found["doubled", 2].swaps == ()


def test_fixed_goalposts_swap_no_one(make_scores):
    posts = {"normalise": {"default": "goalposts", "goalposts": {"x": [0, 40], "y": [0, 40]}}}
    scores = make_scores({"x": [30, 20, 0, 29], "y": [0, 22, 40, 1]}, steps=[posts])

    found = find(scores)

    assert [one.kind for one in found] == ["dropped"] * 4 + ["doubled"] * 4 + ["dominated"]
    assert all(one.swaps == () and one.tau == pytest.approx(1) and not one.problems for one in found)
    assert set(REVERSALS) == {one.kind for one in found}


def test_the_worst_newcomer_is_worst_after_division_too(make_contest, make_panel, make_region):
    contest = make_contest({"index": ["roads", "dust"]}, {"dust": {"unit": "%", "direction": "negative"}},
                           steps=[{"denominate": {"roads": "people"}}])  # fmt: skip
    panel = make_panel({"roads": [10, 40, 12], "people": [10, 20, 4], "dust": [1, 2, 3]})
    scores = score(contest, panel=panel, items=(), region=make_region("ABC"), period=Period.of(2021))

    worst = _add_worst(Trial.of(scores), 1)[-1]

    assert worst.tolist() == [20.0, 3.0]  # 1 road a head, as A has, times 20; most dust


def test_a_trial_that_cannot_be_run_says_why(make_scores):
    scores = make_scores({"x": [1, 2, 3, 4], "y": [1, 2, 3, 0]}, steps=[{"weigh": {"default": "critic"}}])

    gone = next(one for one in find(scores) if (one.kind, one.row) == ("dropped", 3))

    assert [p.code for p in gone.problems] == ["weight-uninformative"]  # x and y are the same without D
    assert gone.swaps == ()
    assert isnan(gone.tau)


def test_the_reference_city_stays_and_the_silent_are_not_tried(make_scores):
    steps = [{"normalise": {"default": "reference", "reference": "A"}}]
    scores = make_scores({"x": [9, 5, 3, None], "y": [1, 2, 3, None]}, steps=steps)

    found = find(scores)

    assert {(one.kind, one.row) for one in found if one.kind == "dropped"} == {("dropped", 1), ("dropped", 2)}
    assert not any(one.row == 3 for one in found)


def test_of_many_cities_some_are_tried_evenly_over_the_order(make_scores):
    scores = make_scores({"x": [float(k) for k in range(20)]})

    rows = [one.row for one in find(scores, most=5) if one.kind == "dropped"]

    assert rows == [19, 14, 9, 5, 0]


def test_asem_swaps_under_min_max(asem):
    found = find(asem, most=3)

    assert len(found) == 7
    assert all(one.tau > 0.95 for one in found)
    assert np.isfinite([one.tau for one in found]).all()
