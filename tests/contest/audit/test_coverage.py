import numpy as np

from jinghe.contest.audit.coverage import find_coverage

NAN = float("nan")


def test_shares_are_counted_by_hand():
    found = find_coverage(np.array([[1.0, 0.0, NAN], [2.0, 0.0, 5.0], [3.0, NAN, NAN], [NAN, NAN, NAN]]))

    assert found.whole == 6 / 12
    assert found.by_city.tolist() == [2 / 3, 1, 1 / 3, 0]
    assert found.by_indicator.tolist() == [0.75, 0.5, 0.25]
    assert found.zeros.tolist() == [0, 1, 0]
    assert (found.silent, found.flat) == ((3,), (1, 2))


def test_cities_with_the_same_figures_are_told_gaps_included():
    figures = np.array([[1.0, NAN], [2.0, 3.0], [1.0, NAN], [1.0, 4.0], [NAN, NAN], [NAN, NAN], [1.0, NAN]])

    assert find_coverage(figures).twins == ((0, 2), (0, 6), (2, 6))


def test_minus_zero_is_zero():
    assert find_coverage(np.array([[0.0], [-0.0]])).twins == ((0, 1),)


def test_the_figures_of_asem_are_complete_by_97_percent(asem):
    found = find_coverage(asem.stages.raw)

    assert round(found.whole, 6) == round(1 - 63 / (51 * 49), 6)
    assert found.twins == found.silent == ()
