from dataclasses import replace

import numpy as np
import pytest

from jinghe.contest.audit.pattern import find_patterns
from jinghe.contest.regional import find_moran, make_weights

CHAIN = tuple(zip("ABCDEFG", "BCDEFGH", strict=False))
TREE = {"index": {"growth": ["gdp"], "green": ["air"]}}


@pytest.fixture
def scores(make_scores):
    return make_scores({"gdp": [1, 2, 3, 4, 5, 6, 7, 8], "air": [1, 9, 1, 9, 1, 9, 1, 9]}, tree=TREE)


def test_scores_in_a_row_follow_their_neighbours(scores, make_region):
    region = replace(make_region("ABCDEFGH"), borders=CHAIN)

    total, growth, green = find_patterns(scores, region=region, seed=1)

    weights = make_weights("ABCDEFGH", CHAIN)
    assert growth.moran.value == pytest.approx(find_moran(np.arange(8.0), weights=weights, seed=1).value, rel=1e-12)
    assert ("index", "growth", "green") == (total.node, growth.node, green.node)
    assert growth.moran.value > 0.5
    assert green.moran.value < 0
    assert growth.moran.p < 0.05
    assert 0 < growth.moran.power < 1


def test_without_borders_there_is_no_pattern(scores, make_region):
    assert () == find_patterns(scores, region=make_region("ABCDEFGH"), seed=1)


def test_a_gap_leaves_its_city_out(make_scores, make_region):
    figures = {"gdp": [1, 2, 3, 4, 5, 6, 7, None], "air": [1, 9, 1, 9, 1, 9, 1, None]}
    region = replace(make_region("ABCDEFGH"), borders=CHAIN)

    found = find_patterns(make_scores(figures, tree=TREE), region=region, seed=1)

    assert [7, 7, 7] == [one.moran.n for one in found]
