from itertools import pairwise

import numpy as np
import pytest

from jinghe.contest.regional import (
    find_gravity,
    find_lag,
    find_local_moran,
    find_moran,
    find_moran_power,
    make_weights,
)
from jinghe.errors import DataError

CODES = "ABCDEFGHIJK"
LINE = make_weights(CODES, list(pairwise(CODES)))


def test_weights_share_out_over_neighbours_and_leave_the_isolated_alone():
    found = make_weights("ABCD", [("A", "B"), ("B", "C"), ("C", "Z"), ("A", "A")])

    assert found.tolist() == [[0, 1, 0, 0], [0.5, 0, 0.5, 0], [0, 1, 0, 0], [0, 0, 0, 0]]


def test_a_lag_averages_the_neighbours_that_have_a_figure():
    found = find_lag([1.0, 2.0, np.nan, 9.0], weights=make_weights("ABCD", [("A", "B"), ("B", "C"), ("C", "D")]))

    assert found[:3].tolist() == [2, 1, 5.5]
    assert np.isnan(found[3])


def test_moran_of_a_row_by_hand():
    # five in a row, x = 1…5: z = −2…2, the means of the neighbours −1, −1, 0, 1, 1; I = Σ z lag / Σ z² = 6/10
    weights = make_weights("ABCDE", list(zip("ABCD", "BCDE", strict=True)))

    found = find_moran([1, 2, 3, 4, 5], weights=weights, seed=1)

    assert found.value == pytest.approx(0.6)
    assert (found.expected, found.n, found.isolated) == (-0.25, 5, 0)


def test_a_gradient_is_found_and_a_chequered_row_as_well():
    up, down = find_moran(range(11), weights=LINE, seed=3), find_moran([0, 1] * 5 + [0], weights=LINE, seed=3)

    assert up.value > 0.8
    assert up.p < 0.01
    assert down.value == pytest.approx(-1, abs=0.05)
    assert down.p < 0.05


def test_the_same_seed_gives_the_same_p():
    first, second = (find_moran([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5], weights=LINE, seed=9) for _ in "ab")

    assert first == second


def test_with_eleven_cities_the_power_is_small():
    assert find_moran_power(LINE, autoregression=0.5, seed=1) < 0.6
    assert find_moran_power(LINE, autoregression=0.0, seed=1) == pytest.approx(0.05, abs=0.02)


def test_an_isolated_city_is_left_out_and_counted():
    weights = np.zeros((12, 12))
    weights[:11, :11] = LINE

    found = find_moran([*range(11), 100], weights=weights, seed=1)

    assert (found.isolated, found.n) == (1, 11)
    assert found.value == pytest.approx(find_moran(range(11), weights=LINE, seed=1).value)


def test_local_values_sum_to_the_whole():
    x = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5]
    local, whole = find_local_moran(x, weights=LINE, seed=1), find_moran(x, weights=LINE, seed=1)

    assert local.values.sum() == pytest.approx(LINE.sum() * whole.value)
    assert np.all(local.q >= local.p)


def test_quadrants_name_a_city_and_its_neighbours():
    weights = np.zeros((12, 12))
    weights[:11, :11] = LINE
    found = find_local_moran([*range(11), 100], weights=weights, seed=1)

    assert (found.quadrants[0], found.quadrants[10], found.quadrants[11]) == ("LL", "HH", "")
    assert np.isnan(found.values[11])
    assert find_local_moran([0, 1] * 5 + [0], weights=LINE, seed=1).quadrants[1] == "HL"


def test_gravity_by_hand():
    # masses √(4·9) = 6 and √(1·4) = 2 at distance 2: 6·2/4 = 3, of which 9/13 goes out of the richer
    found = find_gravity([4, 1], output=[9, 4], distance=[[0, 2], [2, 0]])

    assert found.links[0, 1] == pytest.approx(3 * 9 / 13)
    assert found.links[0, 1] + found.links[1, 0] == pytest.approx(3)
    assert (found.out[1], found.into[1]) == (pytest.approx(3 * 4 / 13), pytest.approx(3 * 9 / 13))


def test_the_network_keeps_links_above_the_mean_of_their_row():
    distance = np.array([[0, 1, 3], [1, 0, 3], [3, 3, 0]], dtype=float)

    found = find_gravity([1, 1, 1], output=[1, 1, 1], distance=distance)

    assert found.network.tolist() == [[False, True, False], [True, False, False], [False, False, False]]
    assert found.density == pytest.approx(2 / 6)


@pytest.mark.parametrize(
    "run,code",
    [
        (lambda: find_moran([1, 2, 3, 4], weights=np.zeros((4, 4)), seed=1), "measure-few"),
        (lambda: find_moran([1] * 11, weights=LINE, seed=1), "measure-constant"),
        (lambda: find_moran(range(11), weights=np.zeros((11, 11)), seed=1), "measure-few"),
        (lambda: find_moran([*range(10), np.nan], weights=LINE, seed=1), "measure-missing"),
        (lambda: find_moran(range(11), weights=np.eye(3), seed=1), "measure-groups"),
        (lambda: find_gravity([1, 1], output=[1, 1], distance=[[0, 0], [0, 0]]), "measure-negative"),
        (lambda: find_gravity([1, 1], output=[1, 1], distance=[[0]]), "measure-groups"),
        (lambda: find_gravity([1, 0], output=[1, 1], distance=[[0, 1], [1, 0]]), "measure-negative"),
    ],
)
def test_bad_figures_are_told(run, code):
    with pytest.raises(DataError) as error:
        run()

    assert error.value.problems[0].code == code


@pytest.mark.slow
def test_the_size_of_moran_is_at_most_6_percent():
    rng = np.random.Generator(np.random.Philox(key=2))
    p = [find_moran(rng.standard_normal(11), weights=LINE, seed=k, draws=199).p for k in range(1000)]

    assert np.mean(np.array(p) <= 0.05) <= 0.06
