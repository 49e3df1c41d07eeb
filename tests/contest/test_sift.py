import numpy as np
import pytest

from jinghe.contest.sift import sift
from jinghe.contest.steps import Steps

NAN = float("nan")
FIGURES = np.array([[1.0, 0.0, 3.0], [NAN, 0.0, 1.0], [NAN, NAN, NAN], [2.0, 5.0, NAN]])


@pytest.mark.parametrize(
    "steps,rows,columns",
    [
        (Steps(), [1, 1, 0, 1], [1, 1, 1]),  # a city without any figure never counts
        (Steps(unit_coverage=0.9), [1, 0, 0, 0], [1, 1, 1]),
        (Steps(coverage=0.7), [1, 1, 0, 1], [0, 1, 0]),  # 2/3, 3/3, 2/3 of the cities that stay
        (Steps(unit_nonzero=0.6), [1, 0, 0, 1], [1, 1, 1]),
        (Steps(nonzero=0.5), [1, 1, 0, 1], [1, 0, 1]),
        (Steps(coverage=2 / 3), [1, 1, 0, 1], [1, 1, 1]),
    ],
)
def test_cities_are_sifted_first_and_indicators_among_those_that_stay(steps, rows, columns):
    found = sift(FIGURES, steps=steps)

    assert [one.tolist() for one in found] == [[bool(x) for x in rows], [bool(x) for x in columns]]


def test_nothing_stays_where_nothing_is():
    rows, columns = sift(np.full((2, 2), NAN), steps=Steps())

    assert not rows.any()
    assert not columns.any()
