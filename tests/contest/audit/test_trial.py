import numpy as np
import pytest

from jinghe.contest.audit.trial import Trial, take_rows
from jinghe.contest.impute import History
from jinghe.contest.prepare import Context

FIGURES = {"gdp": [4, 8, 6, None], "rd": [1, 2, 3, 9]}


def test_all_rows_give_the_scores_again(make_scores):
    scores = make_scores(FIGURES, steps=[{"impute": {"method": "median"}}, {"aggregate": {"index": "geometric"}}])

    assert Trial.of(scores).run(range(4)).total.tolist() == scores.total.tolist()


def test_fewer_rows_are_the_contest_without_those_cities(make_scores):
    scores, fewer = make_scores(FIGURES), make_scores({"gdp": [4, 6, None], "rd": [1, 3, 9]}, codes="ACD")

    assert Trial.of(scores).run([0, 2, 3]).total.tolist() == fewer.total.tolist()


def test_everything_of_a_city_goes_with_its_row():
    history = History(np.array([1.0]), np.arange(6.0).reshape(1, 3, 2), 2.0)
    base = np.ones((5, 2))
    context = Context({"gdp": np.array([1.0, 2, 3])}, [[0, 1], [2]], history, 2, base)

    found = take_rows(context, [2, 0, 2])

    assert found.denominators["gdp"].tolist() == [3, 1, 3]
    assert found.groups == [[1], [0, 2]]
    assert found.history.figures[0].tolist() == [[4, 5], [0, 1], [4, 5]]
    assert (found.reference, found.base is base) == (0, True)
    assert take_rows(context, [0, 1]).reference is None


def test_changed_figures_take_the_place_of_the_rows(make_scores):
    trial = Trial.of(make_scores(FIGURES))

    raw = np.array([[1.0, 1.0], [2.0, 2.0]])
    assert trial.run([0, 1], raw=raw).total == pytest.approx([1, 100])
