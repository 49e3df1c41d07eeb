"""n, mean and SD, alone and by group."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.weightstats import DescrStatsW

from jinghe.labels import Text
from jinghe.survey.responses import Grouping
from jinghe.survey.spread import find_spread, find_spreads


def test_nothing_and_one_leave_the_sd_open():
    assert np.isnan([find_spread(np.array([])).mean, find_spread(np.array([2.0])).sd]).all()


@pytest.mark.slow
@given(st.lists(st.integers(1, 5), min_size=2, max_size=30), st.integers(0, 1000))
def test_groups_at_once_are_groups_one_by_one(values, seed):
    rng = np.random.default_rng(seed)
    score, labels, weights = np.array(values, float), rng.integers(0, 3, len(values)), rng.uniform(0.5, 2, len(values))
    score[0] = np.nan
    grouping = Grouping((Text.of("a"), Text.of("b"), Text.of("c")), labels, ("x",))

    for each in (None, weights):
        for at, found in enumerate(find_spreads(score, grouping, weights=each)):
            rows = (labels == at) & ~np.isnan(score)
            one = find_spread(score[rows], weights=None if each is None else each[rows])
            assert (found.n, found.mean, found.sd) == pytest.approx((one.n, one.mean, one.sd), nan_ok=True, abs=1e-9)


def test_weighted_means_are_those_of_statsmodels():
    rng = np.random.default_rng(1)
    x, w = rng.normal(0, 1, 50), rng.uniform(0.5, 2, 50)
    theirs, ours = DescrStatsW(x, w, ddof=0), find_spread(x, weights=w)

    assert ours.mean == pytest.approx(theirs.mean, abs=1e-10)
    assert ours.sd == pytest.approx(theirs.std * (50 / 49) ** 0.5, abs=1e-10)
