import numpy as np

from jinghe.contest.multiple import draw_imputations

NAN = float("nan")


def make(n=120, seed=3, rho=0.9):
    rng = np.random.default_rng(seed)
    x = rng.standard_normal(n)
    return np.column_stack([10 + 2 * x, 100 + 5 * (rho * x + np.sqrt(1 - rho**2) * rng.standard_normal(n))])


def test_draws_follow_the_regression_on_what_is_known():
    whole = make()
    figures = whole.copy()
    figures[:60, 1] = NAN

    draws = draw_imputations(figures, draws=20, seed=1)

    slope, level = np.polyfit(whole[60:, 0], whole[60:, 1], 1)
    expected = level + slope * whole[:60, 0]
    assert np.corrcoef(draws[:, :60, 1].mean(axis=0), expected)[0, 1] > 0.97
    residual = (draws[:, :60, 1] - expected).std()
    assert 0.6 < residual / (5 * np.sqrt(1 - 0.9**2)) < 1.4  # the draws carry the noise that the mean would hide


def test_the_same_seed_gives_the_same_draws_and_another_one_others():
    figures = make(20)
    figures[3, 1] = NAN

    one, same, other = (draw_imputations(figures, draws=3, seed=seed) for seed in (1, 1, 2))

    assert (one == same).all()
    assert one[0, 3, 1] != other[0, 3, 1]
    assert len(set(one[:, 3, 1])) == 3


def test_more_indicators_than_cities_can_be_drawn():
    figures = np.random.default_rng(0).random((6, 20))
    figures[2, 4:9] = NAN

    draws = draw_imputations(figures, draws=4, seed=0)

    assert not np.isnan(draws).any()


def test_draws_stay_in_the_observed_range_and_the_empty_stays_empty():
    figures = np.array([[1.0, 1, 5, NAN], [2, NAN, 5, NAN], [3, 9, NAN, NAN], [NAN] * 4, [4, 20, 5, NAN]])

    draws = draw_imputations(figures, draws=50, seed=0)

    assert ((draws[:, 1, 1] >= 1) & (draws[:, 1, 1] <= 20)).all()
    assert np.isnan(draws[:, 3]).all()
    assert np.isnan(draws[:, :, 3]).all()
    assert np.isnan(draws[:, 2, 2]).all()  # a column that does not vary has no model
    assert (draws[:, 0, 0] == 1).all()
