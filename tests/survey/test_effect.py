"""Effect sizes, equivalence and many comparisons, against statsmodels and scipy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.weightstats import ttost_ind

from jinghe.errors import DataError
from jinghe.survey import adjust
from jinghe.survey.effect import find_dz, find_g, find_partial_eta, find_rank_biserial, judge_equivalence


def test_adjusted_p_are_those_of_the_reference():
    assert adjust([0.04, 0.01, 0.03]) == pytest.approx([0.06, 0.03, 0.06])
    assert adjust([0.04, 0.01, 0.03], method="bh") == pytest.approx([0.04, 0.03, 0.04])
    assert adjust([0.04, 0.01], method="none") == (0.04, 0.01)


@pytest.mark.parametrize(("ours", "theirs"), [("holm", "holm"), ("bh", "fdr_bh")])
def test_adjusted_p_are_those_of_statsmodels(ours, theirs):
    p = np.random.default_rng(6).uniform(0, 0.2, 30).round(2)  # with ties

    assert adjust(p.tolist(), method=ours) == pytest.approx(multipletests(p, method=theirs)[1], abs=1e-10)


def test_an_undefined_p_stays_undefined_and_does_not_count():
    found = adjust([0.04, float("nan"), 0.01])

    assert np.isnan(found[1])
    assert found[::2] == pytest.approx([0.04, 0.02])


def test_an_unknown_adjustment_is_refused():
    with pytest.raises(DataError):
        adjust([0.04], method="bonferoni")


def test_g_has_the_interval_of_the_reference():
    found = find_g(0.06, sd=0.759938, n=(284, 2122))

    assert (round(found.value, 4), round(found.low, 3), round(found.high, 3)) == (0.0789, -0.045, 0.203)


@given(st.integers(3, 40), st.integers(3, 40), st.floats(-2, 2))
def test_the_interval_of_g_is_that_of_the_non_central_t(n, m, d):
    found = find_g(d, sd=1.0, n=(n, m))
    df, root = n + m - 2, (1 / n + 1 / m) ** 0.5
    shrink = found.value / d if d else 1.0

    assert found.low <= found.value <= found.high
    for end, p in ((found.low, 0.975), (found.high, 0.025)):
        if d:
            assert stats.nct.cdf(d / root, df, end / shrink / root) == pytest.approx(p, abs=1e-7)


def test_dz_is_t_over_the_root_of_n():
    gaps = np.array([1.0, 0, 2, -1, 1, 1])
    found = find_dz(gaps)

    assert found.value == pytest.approx(stats.ttest_1samp(gaps, 0).statistic / 6**0.5, abs=1e-12)
    assert found.low < found.value < found.high


def test_partial_eta_has_the_interval_of_the_non_central_f():
    found = find_partial_eta(5.96, (2, 4810))

    assert found.value == pytest.approx(2 * 5.96 / (2 * 5.96 + 4810), abs=1e-12)
    for end, p in ((found.low, 0.975), (found.high, 0.025)):
        delta = end * 4813 / (1 - end)
        assert stats.ncf.cdf(5.96, 2, 4810, delta) == pytest.approx(p, abs=1e-5)  # scipy's own sum is no finer
    assert find_partial_eta(0.5, (2, 20)).low == 0


@pytest.mark.slow
@given(st.lists(st.integers(1, 5), min_size=4, max_size=20), st.lists(st.integers(1, 5), min_size=4, max_size=20))
def test_the_rank_biserial_correlation_is_that_of_mann_whitney(one, two):
    first, second = np.array(one, float), np.array(two, float)
    found = find_rank_biserial(first, second)
    u = stats.mannwhitneyu(first, second).statistic

    assert found.value == pytest.approx(2 * u / len(one) / len(two) - 1, abs=1e-12)
    assert -1 <= found.low <= found.value + 1e-12
    assert found.value - 1e-12 <= found.high <= 1


@pytest.mark.parametrize("var", ["pooled", "unequal"])
def test_equivalence_is_that_of_statsmodels(var):
    rng = np.random.default_rng(4)
    one, two = rng.normal(0, 1, 60), rng.normal(0.1, 1.5, 90)
    sd = (((len(one) - 1) * one.var(ddof=1) + (len(two) - 1) * two.var(ddof=1)) / 148) ** 0.5
    theirs = ttost_ind(one, two, -0.5 * sd, 0.5 * sd, usevar=var)
    test = stats.ttest_ind(one, two, equal_var=var == "pooled")
    error = float((one.mean() - two.mean()) / test.statistic)

    ours = judge_equivalence(one.mean() - two.mean(), error=error, df=test.df, sd=sd, bound=0.5)

    assert ours.p == pytest.approx(theirs[0], abs=1e-10)
