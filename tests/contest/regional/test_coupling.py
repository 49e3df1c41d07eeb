import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinghe.contest.regional import GRADES, couple, couple_corrected, grade
from jinghe.errors import DataError

LEVELS = st.floats(0.01, 1)

# Wang et al. (2021), table 8: C by the traditional and by the corrected model, 13 cities of Jing-Jin-Ji, 2008 and 2011.
TABLE_8 = """
0.9989 0.9935 0.8868 0.9073 0.6821 0.8328 0.6816 0.7789 0.6871 0.6101 0.8017 0.7867 0.7191
0.9404 0.8660 0.5440 0.5769 0.3006 0.4780 0.3344 0.4171 0.3278 0.2700 0.4374 0.4196 0.3738
0.9939 0.9848 0.9373 0.9468 0.7446 0.8488 0.7437 0.8114 0.7806 0.6469 0.8601 0.8162 0.7560
0.8485 0.7896 0.6271 0.6503 0.3454 0.4767 0.3720 0.4332 0.4123 0.2600 0.4994 0.4361 0.3951
"""


def test_both_models_by_hand():
    # U = 0.4, 0.9: C = 2 √0.36 / 1.3; corrected √([1 − 0.5] · 4/9)
    plain, corrected = couple([[0.4, 0.9]]), couple_corrected([[0.9, 0.4]])

    assert plain.coupling[0] == pytest.approx(1.2 / 1.3)
    assert plain.coordination[0] == pytest.approx(np.sqrt(1.2 / 1.3 * 0.65))
    assert corrected.coupling[0] == pytest.approx(np.sqrt(0.5 * 4 / 9))


def test_weights_count_in_the_development():
    assert couple([[0.2, 0.6]], weights=[3, 1]).development[0] == pytest.approx(0.3)


def test_the_published_pairs_of_values_come_from_levels_between_0_and_1():
    # C gives the ratio r = U₁/U₂; C' then gives U₂ = (1 − C'²/r)/(1 − r), which must be a level
    values = np.array([line.split() for line in TABLE_8.strip().splitlines()], dtype=float)
    plain, corrected = values[::2].ravel(), values[1::2].ravel()
    ratio = ((1 - np.sqrt(1 - plain**2)) / plain) ** 2
    high = (1 - corrected**2 / ratio) / (1 - ratio)

    assert high.min() > 0.2
    assert high.max() < 0.7
    levels = np.column_stack([ratio * high, high])
    assert couple(levels).coupling == pytest.approx(plain, abs=1e-12)
    assert couple_corrected(levels).coupling == pytest.approx(corrected, abs=1e-12)


@settings(max_examples=30)
@given(st.lists(st.tuples(LEVELS, LEVELS), min_size=1, max_size=8))
def test_all_degrees_lie_between_0_and_1_and_the_corrected_coupling_is_stricter(levels):
    plain, corrected = couple(levels), couple_corrected(levels)

    for found in (plain, corrected):
        for part in (found.coupling, found.development, found.coordination):
            assert np.all((part > 0) & (part <= 1 + 1e-12))
    assert np.all(corrected.coupling <= plain.coupling + 1e-12)


@settings(max_examples=30)
@given(st.lists(LEVELS, min_size=2, max_size=5))
def test_the_order_of_subsystems_does_not_matter(levels):
    assert couple([levels]).coordination == pytest.approx(couple([levels[::-1]]).coordination)


def test_two_equally_poor_subsystems_are_fully_coupled():
    assert couple([[0.1, 0.1]]).coupling[0] == pytest.approx(1)
    assert couple_corrected([[0.1, 0.1]]).coupling[0] == pytest.approx(1)


def test_another_scale_makes_another_order():
    # the same two cities, the second subsystem scaled by (0, 1) or by (0.3, 1)
    wide, narrow = np.array([[0.5, 0.5], [0.9, 0.35]]), np.array([[0.5, 0.2 / 0.7], [0.9, 0.05 / 0.7]])

    assert np.diff(couple(wide).coordination)[0] > 0 > np.diff(couple(narrow).coordination)[0]


def test_grades_are_ten_of_equal_width():
    assert [grade(x / 10).zh for x in range(1, 11)] == [text.zh for text in GRADES]
    assert grade(0.8001).en == "good coordination"


@pytest.mark.parametrize(
    "run,code",
    [
        (lambda: couple([[0.0, 0.5]]), "coupling-range"),
        (lambda: couple([[0.5, 1.2]]), "coupling-range"),
        (lambda: couple([[0.5]]), "measure-few"),
        (lambda: couple([[0.5, float("nan")]]), "measure-missing"),
        (lambda: couple_corrected([[0.5, 0.6, 0.7]]), "coupling-two"),
    ],
)
def test_bad_levels_are_told(run, code):
    with pytest.raises(DataError) as error:
        run()

    assert error.value.problems[0].code == code
