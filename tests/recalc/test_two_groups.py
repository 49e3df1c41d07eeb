from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from jinghe.labels import Text
from jinghe.recalc.claim import Group
from jinghe.recalc.printed import Interval, read_printed
from jinghe.recalc.two_groups import PROCEDURES, mean_interval, t_range


def group(n, mean, sd):
    return Group(Text("组", "group"), n, read_printed(mean), read_printed(sd))


# reference §2.2: (t low, t high), point t
PAPER = [
    ("student", ("4.48", "0.81"), ("4.48", "0.80"), ("-0.190", "0.147"), "0.0000"),
    ("welch", ("4.48", "0.81"), ("4.48", "0.80"), ("-0.188", "0.145"), "0.0000"),
    ("student", ("4.54", "0.68"), ("4.48", "0.77"), ("1.0405", "1.4094"), "1.2495"),
    ("welch", ("4.54", "0.68"), ("4.48", "0.77"), ("1.1432", "1.5505"), "1.3738"),
    ("student", ("13.06", "2.53"), ("12.96", "2.64"), ("0.5512", "0.6527"), "0.6024"),
    ("welch", ("13.06", "2.53"), ("12.96", "2.64"), ("0.5694", "0.6743"), "0.6223"),
]


@pytest.mark.parametrize(("procedure", "first", "second", "ends", "point"), PAPER)
def test_the_paper_s_tables_allow_the_t_of_the_reference(procedure, first, second, ends, point):
    found = t_range(procedure, group(284, *first), group(2122, *second), items=1)

    digits = len(ends[0].partition(".")[2])
    assert ends == (f"{found.t.low:.{digits}f}", f"{found.t.high:.{digits}f}")
    assert point == f"{found.point[0]:.4f}"


def test_point_df_and_p_are_those_of_scipy():
    student, welch = (t_range(name, group(284, "4.54", "0.68"), group(2122, "4.48", "0.77")) for name in PROCEDURES)
    oracle = stats.ttest_ind_from_stats(4.54, 0.68, 284, 4.48, 0.77, 2122, equal_var=False)

    assert oracle.statistic == pytest.approx(welch.point[0], abs=1e-10)
    assert (2404.0, "386.9") == (student.point[1], f"{welch.point[1]:.1f}")
    assert "384 390" == f"{welch.df.low:.0f} {welch.df.high:.0f}"
    assert welch.p.low < oracle.pvalue < welch.p.high


def test_whole_numbers_narrow_the_mean_to_feasible_sums():
    assert Interval(1288 / 284, 1290 / 284) == mean_interval(group(284, "4.54", "0.68"), items=1)
    assert Interval(4.535, 4.545) == mean_interval(group(284, "4.54", "0.68"), items=None)


def test_no_spread_at_all_allows_any_t():
    found = t_range("welch", group(5, "2.00", "0.00"), group(5, "1.00", "0.00"))

    assert float("inf") == found.t.high


@pytest.mark.slow
@given(
    st.lists(st.integers(1, 5), min_size=3, max_size=40),
    st.lists(st.integers(1, 5), min_size=3, max_size=40),
    st.integers(0, 3),
)
def test_the_t_of_data_lies_in_the_range_of_their_table(one, two, decimals):
    assume(np.std(one) > 0 and np.std(two) > 0)
    groups = [group(len(x), f"{np.mean(x):.{decimals}f}", f"{np.std(x, ddof=1):.{decimals}f}") for x in (one, two)]

    for name in PROCEDURES:
        oracle = stats.ttest_ind(one, two, equal_var=name == "student")
        found = t_range(name, *groups, items=1)
        assert found.t.low - 1e-9 <= oracle.statistic <= found.t.high + 1e-9
        assert found.df.low - 1e-6 <= oracle.df <= found.df.high + 1e-6
