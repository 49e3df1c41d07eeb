import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from jinghe.contest.treat import impute

NAN = float("nan")


def test_a_gap_takes_the_median_of_its_group():
    found = impute(np.array([1.0, 3.0, NAN, 90.0, 100.0]), method="group_median", groups=[[0, 1, 2], [3, 4]])

    assert found.values.tolist() == [1, 3, 2, 90, 100]
    assert found.donor.tolist() == [-2, -2, 0, -2, -2]


def test_a_city_without_a_group_or_figures_in_it_takes_the_median_of_all():
    found = impute(np.array([1.0, 3.0, NAN, NAN, NAN]), method="group_median", groups=[[3, 4]])

    assert found.values.tolist() == [1, 3, 2, 2, 2]
    assert found.donor.tolist() == [-2, -2, -1, -1, -1]


def test_the_first_group_with_a_figure_counts():
    found = impute(np.array([NAN, NAN, 7.0, 9.0]), method="group_median", groups=[[0, 1], [0, 2]])

    assert (found.values[0], found.donor[0]) == (7, 1)


def test_the_median_of_all_knows_no_groups():
    assert impute(np.array([1.0, NAN, 5.0]), method="median", groups=[[0, 1]]).values.tolist() == [1, 3, 5]


def test_nothing_is_imputed_when_the_rules_say_so_or_nothing_is_known():
    assert not impute(np.array([1.0, NAN]), method="none").mask.any()
    assert not impute(np.array([NAN, NAN]), method="median").mask.any()


@given(st.lists(st.one_of(st.floats(-1e6, 1e6), st.just(NAN)), min_size=1, max_size=8))
def test_observed_figures_never_change(values):
    before = np.array(values)

    found = impute(before, method="group_median", groups=[[0], list(range(len(values)))])

    known = ~np.isnan(before)
    assert (found.values[known] == before[known]).all()
    assert not found.mask[known].any()
    assert known.any() == (not np.isnan(found.values).any())
