import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinghe.contest.treat import Outliers, Treatment, find_treatment, shape_of

NAN = float("nan")
FAST = settings(max_examples=40)
TEN = np.arange(1.0, 11)
ROW = st.lists(st.floats(-1e3, 1e3).map(lambda x: round(x, 3)), min_size=5, max_size=30).map(np.array)


def test_the_shape_of_ten_numbers_and_two_outliers_by_hand():
    # 1 … 10 is symmetric with g2 = -1.2242…; G2 = (n − 1)[(n + 1) g2 + 6] / ((n − 2)(n − 3)) = −1.2 exactly
    assert shape_of(TEN) == pytest.approx((0, -1.2), abs=1e-12)


def test_the_shape_is_that_of_scipy_without_bias():
    from scipy.stats import kurtosis, skew

    sample = np.random.default_rng(1).gamma(1, size=40)

    assert shape_of(sample) == pytest.approx((skew(sample, bias=False), kurtosis(sample, bias=False)), rel=1e-12)


@pytest.mark.parametrize("values", [[1, 2, 100], [5, 5, 5, 5, 5], [NAN, NAN, NAN, NAN, 1]])
def test_a_shape_that_cannot_be_judged_passes(values):
    values = np.array(values, dtype=float)

    assert shape_of(values) == (0, 0)
    assert find_treatment(values, rule=Outliers()) == Treatment()


def test_extremes_take_the_value_of_their_neighbour_one_at_a_time():
    # the example of COINr's documentation: 1 … 10, 30, 100 with at most two points
    found = find_treatment(np.array([*TEN, 30, 100]), rule=Outliers(winsor_max=2))

    assert (found.form, found.high, found.points) == ("winsorise", 30, 1)
    assert found.apply(np.array([5.0, 30, 100, 200, NAN]))[:4].tolist() == [5, 30, 30, 30]


def test_the_low_side_is_pulled_in_where_the_skew_is_negative():
    found = find_treatment(-np.array([*TEN, 30, 100]), rule=Outliers())

    assert (found.form, found.low, found.points) == ("winsorise", -30, 1)


def test_ties_at_the_end_move_together():
    found = find_treatment(np.array([*np.repeat(TEN, 3), 500, 500]), rule=Outliers())

    assert (found.form, found.high, found.points) == ("winsorise", 10, 2)


def test_what_winsorising_cannot_mend_is_put_on_a_logarithmic_scale_from_the_untreated_figures():
    sample = np.exp(np.linspace(0, 60, 60))

    found = find_treatment(sample, rule=Outliers(winsor_max=2))

    assert (found.form, found.points) == ("log", 0)
    span = sample.max() - sample.min()
    assert found.apply(sample) == pytest.approx(np.log(sample - sample.min() + 0.01 * span))


def test_without_a_transform_the_winsorised_figures_stand():
    sample = np.exp(np.linspace(0, 60, 60))

    found = find_treatment(sample, rule=Outliers(winsor_max=2, then="none"))

    assert (found.form, found.points, found.high) == ("winsorise", 2, sample[-3])


def test_the_power_of_box_cox_is_the_likeliest_one():
    from scipy.stats import boxcox_normmax

    sample = np.exp(np.linspace(0, 12, 30))

    found = find_treatment(sample, rule=Outliers(winsor_max=0, then="boxcox"))

    assert found.form == "boxcox"
    scaled = (sample + found.shift) / found.unit
    assert found.power == pytest.approx(boxcox_normmax(scaled, method="mle"), abs=1e-5)  # Brent's tolerance there
    half = find_treatment(sample, rule=Outliers(winsor_max=0, then="boxcox", power=0.5))
    assert half.apply(sample) == pytest.approx(2 * (np.sqrt(scaled) - 1))


def test_a_treatment_of_one_period_treats_another_without_an_undefined_figure():
    found = find_treatment(np.exp(np.linspace(0, 60, 60)), rule=Outliers(winsor_max=0))

    assert np.isfinite(found.apply(np.array([-5.0, 0.0, 1e9]))).all()


@FAST
@given(ROW, st.sampled_from(["log", "boxcox", "none"]))
def test_no_treatment_ever_turns_the_order_round(values, then):
    treated = find_treatment(values, rule=Outliers(then=then, power=0.5)).apply(values)

    order = np.argsort(values)
    assert (np.diff(treated[order]) >= -1e-9).all()


@FAST
@given(ROW)
def test_the_unit_does_not_change_what_is_done(values):
    one, other = (find_treatment(values * unit, rule=Outliers()) for unit in (1.0, 1024.0))  # a power of 2: no rounding

    assert (one.form, one.points) == (other.form, other.points)
