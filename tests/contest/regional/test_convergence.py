import numpy as np
import pytest

from jinghe.contest.regional import find_beta, find_sigma
from jinghe.errors import DataError


def test_sigma_by_hand():
    assert find_sigma([[1.0, 1.0], [np.e, 1.0]]).tolist() == pytest.approx([np.sqrt(0.5), 0])


def test_beta_of_an_exact_process():
    # ln y moves towards its steady state at 3 % a year: y_T = y_0^(e^(−0.03·10)) …
    first = np.array([100.0, 200, 300, 500, 900])
    last = first ** np.exp(-0.3) * 5

    found = find_beta(first, last, years=10)

    assert (found.speed, found.half_life) == (pytest.approx(0.03), pytest.approx(np.log(2) / 0.03))
    assert found.error == pytest.approx(0, abs=1e-9)


def test_beta_agrees_with_least_squares():
    rng = np.random.Generator(np.random.Philox(key=1))
    first = rng.lognormal(4, 1, 30)
    last = first * np.exp(rng.normal(0.5, 0.2, 30) - 0.1 * np.log(first))
    x, y = np.log(first), np.log(last / first) / 5
    (slope, _), covariance = np.polyfit(x, y, 1, cov=True)

    found = find_beta(first, last, years=5)

    assert (found.slope, found.error) == (pytest.approx(slope), pytest.approx(np.sqrt(covariance[0, 0])))
    assert 0 < found.p < 1
    assert 0 < found.power < 1


def test_the_poor_may_grow_faster_without_less_spread():
    # Galton's fallacy: the order is thrown about, β < 0, and the spread stays
    first, last = np.array([1.0, 2, 3, 4, 5, 6]), np.array([6.0, 3, 1, 5, 2, 4])

    assert find_beta(first, last, years=1).slope < 0
    assert find_sigma(np.column_stack([first, last])) == pytest.approx(find_sigma(np.column_stack([first, first])))


def test_divergence_has_no_speed():
    found = find_beta([1.0, 2, 3, 4, 5], [1.0, 3, 6, 11, 20], years=2)

    assert found.slope > 0
    assert np.isnan(found.speed)
    assert np.isnan(found.half_life)


@pytest.mark.parametrize(
    "run,code",
    [
        (lambda: find_beta([1, 2, 3, 4], [1, 2, 3, 4], years=1), "measure-few"),
        (lambda: find_beta([2] * 5, [1, 2, 3, 4, 5], years=1), "measure-constant"),
        (lambda: find_beta([1, 2, 3, 4, 0], [1, 2, 3, 4, 5], years=1), "measure-negative"),
        (lambda: find_beta([1, 2, 3, 4, 5], [1, 2, 3, 4, 5, 6], years=1), "measure-groups"),
        (lambda: find_beta([1, 2, 3, 4, 5], [1, 2, 3, 4, 5], years=0), "measure-negative"),
        (lambda: find_sigma([[1.0], [-1.0]]), "measure-negative"),
    ],
)
def test_bad_levels_are_told(run, code):
    with pytest.raises(DataError) as error:
        run()

    assert error.value.problems[0].code == code
