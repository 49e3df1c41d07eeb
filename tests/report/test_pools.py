"""Pools, as tables."""

import numpy as np
import pytest

from jinghe.compact import load_compact
from jinghe.contest import Pool, PoolRanking, Ranking
from jinghe.labels import Text
from jinghe.report.pools import show_pools


@pytest.fixture(scope="module")
def region():
    return load_compact("toy").region


def rank(codes, ranks):
    numbers, blank = np.array(ranks), np.zeros((len(codes), len(codes)))
    return Ranking(codes, numbers, numbers, numbers, blank, 0.9, 10, blank)


def test_without_pools_all_contestants_are_one(region):
    (table,) = show_pools((), region=region, ranked=11)

    assert ((Text("全体参评地区", "all contestants"), 11, 0.9),) == table.rows


def test_each_pool_has_its_factor_and_its_own_ranks_best_first(region):
    label, codes = Text("西", "West"), ("990100", "990300")
    pool = PoolRanking(Pool("west", label, codes), rank(codes, [2, 1]), Text("", ""))

    pools, ranks = show_pools([pool], region=region, ranked=3)

    assert ((label, 2, 0.0),) == pools.rows
    assert [(1, "City C", "1"), (2, "City A", "2")] == [(row[1], row[2].en, row[3]) for row in ranks.rows]


def test_who_is_not_ranked_is_not_listed(region):
    codes = ("990100", "990300")
    pool = PoolRanking(Pool("west", Text.of("west"), codes), rank(codes, [0, 1]), Text("", ""))

    assert 1 == len(show_pools([pool], region=region, ranked=2)[1].rows)
