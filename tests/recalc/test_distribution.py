from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from jinghe.recalc.distribution import p_interval, p_value, statistic_for, statistic_interval
from jinghe.recalc.printed import Interval, interval

DF = {"t": (28,), "F": (2, 4810), "chi2": (28,), "r": (55,), "z": ()}


@pytest.mark.parametrize(
    ("test", "statistic", "df", "expected"),
    [
        ("t", 2.2, (28,), 2 * stats.t.sf(2.2, 28)),
        ("t", -2.2, (28,), 2 * stats.t.sf(2.2, 28)),
        ("F", 2.35, (2, 4810), stats.f.sf(2.35, 2, 4810)),
        ("chi2", 22.2, (28,), stats.chi2.sf(22.2, 28)),
        ("z", 2.2, (), 2 * stats.norm.sf(2.2)),
        ("r", 0.49, (55,), 2 * stats.t.sf(0.49 * math.sqrt(55 / (1 - 0.49**2)), 55)),
        ("t", 1.96, (math.inf,), 2 * stats.norm.sf(1.96)),
        ("r", 1.0, (5,), 0.0),
        ("t", math.inf, (5,), 0.0),
    ],
)
def test_p_equals_that_of_scipy_stats(test, statistic, df, expected):
    assert expected == pytest.approx(p_value(test, statistic, df), abs=1e-10)


@given(st.sampled_from(list(DF)), st.floats(1e-8, 0.999))
def test_the_statistic_for_a_p_has_that_p(test, p):
    assert p == pytest.approx(p_value(test, statistic_for(test, p, DF[test]), DF[test]), rel=1e-6)


def test_p_of_nought_and_one_have_the_extreme_statistics():
    assert (math.inf, 1.0, 0.0) == (
        statistic_for("t", 0, (5,)),
        statistic_for("r", 0, (5,)),
        statistic_for("F", 1, (1, 5)),
    )


def test_the_paper_s_table_three_needs_another_f():
    df = (Interval(2, 2), Interval(4810, 4810))

    p, f = p_interval("F", interval("2.35"), df), statistic_interval("F", interval("0.003"), df)

    assert ("0.0950", "0.0960") == (f"{p.low:.4f}", f"{p.high:.4f}")
    assert ("5.66", "6.00") == (f"{f.low:.2f}", f"{f.high:.2f}")
    assert [5.82, 4.61, 3.00] == [round(statistic_for("F", x, (2, 4810)), 2) for x in (0.003, 0.01, 0.05)]
    assert 8.83 == pytest.approx(statistic_for("F", 0.003, (1, 2405)), abs=0.005)  # ε = .5


def test_no_denominator_brings_f_below_its_limit():
    found = p_interval("F", interval("2.35"), (Interval(2, 2), Interval(1, math.inf)))

    assert "0.0949" == f"{found.low:.4f}"
    assert "0.0954" == f"{p_value('F', 2.35, (2, math.inf)):.4f}"
