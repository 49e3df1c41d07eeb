import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.contest.uncertainty.rank_sets import find_rank_sets
from jinghe.errors import DataError

NAN = float("nan")
SCOPES = ("simultaneous", "marginal")


def test_two_estimates_are_told_apart_by_the_normal_quantile():
    just, not_quite = 1.65 * 2**0.5, 1.64 * 2**0.5  # one-sided 5 % point: 1.6449

    for gap, low in ((just, [1, 2]), (not_quite, [1, 1])):
        sets = find_rank_sets([gap, 0.0], errors=[1, 1], scope="marginal", side="lower", draws=200_000, seed=3)
        assert low == sets.low.tolist()
        assert [2, 2] == sets.high.tolist()


def test_clear_differences_leave_one_rank_each():
    sets = find_rank_sets([1.0, 9.0, 5.0], errors=[0.1, 0.1, 0.1], seed=1)

    assert [3, 1, 2] == sets.low.tolist() == sets.high.tolist() == sets.rank.tolist()
    assert sets.worse.tolist() == [[False] * 3, [True, False, True], [True, False, False]]
    assert sets.better.tolist() == sets.worse.T.tolist()


def test_the_united_kingdom_stands_between_8_and_23_in_pisa_mathematics(pisa):
    """The marginal set printed in the csranks vignette (version 1.2.2): 8, rank 13, 23."""
    place = pisa.names.index("United_Kingdom")

    sets = find_rank_sets(pisa.values, errors=pisa.errors, scope="marginal", seed=1)

    assert (8, 13, 23) == (sets.low[place], sets.rank[place], sets.high[place])


def test_germany_and_korea_part_at_75_percent_only(pisa):
    """As the csranks vignette reads its figures: Chile, Mexico and Colombia overlap with nobody else."""
    germany, korea = (pisa.names.index(name) for name in ("Germany", "Korea"))
    last = [pisa.names.index(name) for name in ("Chile", "Mexico", "Colombia")]

    wide, narrow = (find_rank_sets(pisa.values, errors=pisa.errors, coverage=c, seed=1) for c in (0.95, 0.75))

    assert wide.high[korea] >= wide.low[germany] == 7
    assert narrow.high[korea] < narrow.low[germany]
    assert wide.low[last].min() == 35 > np.delete(wide.high, last).max()


@pytest.mark.parametrize("scope", SCOPES)
def test_stepping_down_and_a_single_direction_never_widen_a_set(pisa, scope):
    common = {"errors": pisa.errors, "scope": scope, "draws": 2000, "seed": 1}
    down, one = (find_rank_sets(pisa.values, steps=steps, **common) for steps in ("down", "one"))
    lower, upper = (find_rank_sets(pisa.values, side=side, **common) for side in ("lower", "upper"))

    assert (down.low >= one.low).all()
    assert (down.high <= one.high).all()
    assert (lower.low >= down.low).all()
    assert (upper.high <= down.high).all()
    assert (lower.high == 37).all()
    assert (upper.low == 1).all()


def test_marginal_sets_lie_inside_simultaneous_ones(pisa):
    together, marginal = (find_rank_sets(pisa.values, errors=pisa.errors, scope=scope, seed=1) for scope in SCOPES)

    assert (marginal.low >= together.low).all()
    assert (marginal.high <= together.high).all()


@given(st.lists(st.floats(-5, 5), min_size=2, max_size=6), st.integers(0, 99), st.sampled_from(SCOPES))
def test_every_set_holds_the_estimated_rank_and_decisions_are_consistent(values, seed, scope):
    errors = np.random.default_rng(seed).uniform(0.1, 2, len(values))

    sets = find_rank_sets(values, errors=errors, scope=scope, draws=200, seed=seed)

    assert ((1 <= sets.low) & (sets.low <= sets.rank)).all()
    assert (sets.rank <= sets.high).all()
    assert (sets.high <= len(values)).all()
    assert not (sets.worse & sets.better).any()


def test_the_order_of_the_estimates_does_not_matter_beyond_the_draws(pisa):
    turned = find_rank_sets(pisa.values[::-1], errors=pisa.errors[::-1], draws=20_000, seed=1)
    straight = find_rank_sets(pisa.values, errors=pisa.errors, draws=20_000, seed=1)

    assert np.abs(turned.low[::-1] - straight.low).max() <= 1
    assert np.abs(turned.high[::-1] - straight.high).max() <= 1


def test_errors_that_are_themselves_estimated_widen_the_sets(pisa):
    """t with ν degrees of freedom instead of normal; for large ν the same."""
    plain, few, many = (
        find_rank_sets(pisa.values, errors=pisa.errors, draws=2000, freedom=freedom, seed=1)
        for freedom in (None, 5, 10**9)
    )

    assert ((few.high - few.low) >= (plain.high - plain.low)).all()
    assert (few.high - few.low).sum() > (plain.high - plain.low).sum()
    assert plain.low.tolist() == many.low.tolist()


def test_a_common_shock_moves_no_rank():
    """With one shock for all, s_jk = 0: every difference is certain, however large the shock."""
    sets = find_rank_sets([3.0, 1.0, 2.0], errors=np.full((3, 3), 100.0), seed=1)

    assert [1, 3, 2] == sets.low.tolist() == sets.high.tolist()


def test_equal_estimates_without_error_stay_tied():
    sets = find_rank_sets([2.0, 2.0, 1.0], errors=[0, 0, 0], seed=1)

    assert [1, 1, 3] == sets.low.tolist()
    assert [2, 2, 3] == sets.high.tolist()


def test_a_gap_has_no_set_and_is_no_rival():
    sets = find_rank_sets([9.0, NAN, 1.0], errors=[0.1, NAN, 0.1], seed=1)

    assert [1, 0, 2] == sets.low.tolist() == sets.high.tolist() == sets.rank.tolist()


@pytest.mark.parametrize(
    "values,errors,code",
    [
        ([1.0], [1.0], "rank-sets-few"),
        ([1.0, NAN], [1.0, 1.0], "rank-sets-few"),
        ([1.0, 2.0], [1.0], "covariance-shape"),
        ([1.0, 2.0], [1.0, NAN], "covariance-gap"),
        ([1.0, 2.0], [[1.0, 2.0], [2.0, 1.0]], "covariance-not-psd"),
    ],
)
def test_what_cannot_be_ranked_is_told(values, errors, code):
    with pytest.raises(DataError) as error:
        find_rank_sets(values, errors=errors, seed=1)

    assert [p.code for p in error.value.problems] == [code]


@pytest.mark.slow
@pytest.mark.parametrize("scope,samples", [("simultaneous", 2000), ("marginal", 500)])
def test_eleven_equal_means_are_not_told_apart_in_95_of_100_samples(scope, samples):
    """Simultaneously all sets are 1…11 in 95.3 %; marginally each one is in 95 %, within 3 errors."""
    rng = np.random.default_rng(1)
    whole = np.empty((samples, 11), dtype=bool)

    for k in range(samples):
        sets = find_rank_sets(rng.normal(size=11), errors=np.ones(11), scope=scope, draws=1000, seed=k)
        whole[k] = (sets.low == 1) & (sets.high == 11)

    error = 3 * (0.05 * 0.95 / samples) ** 0.5
    if scope == "simultaneous":
        assert 0.95 <= whole.all(axis=1).mean() <= 0.95 + error
    else:
        assert whole.mean(axis=0) == pytest.approx(0.95, abs=error)
