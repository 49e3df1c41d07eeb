from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.contest.pool import assign_pools, check_pools, find_neutrality, read_pools
from jinghe.errors import CompactError, RuleError

ON = date(2021, 12, 31)


@pytest.fixture(scope="session")
def region(make_region):
    return make_region("ABCDE", north=["A", "B", "D"], lone=["E"], empty=[])


def find_codes(rules, region, codes="ABCDE"):
    return [p.code for p in check_pools(read_pools(rules), region=region, codes=codes, on=ON)]


def test_groups_lists_and_the_rest_make_pools(region):
    rules = read_pools({"n": "north", "listed": ["C"], "others": "rest"})

    pools = assign_pools(rules, region=region, codes="ABCDE", on=ON)

    assert [(pool.id, "".join(pool.codes)) for pool in pools] == [("n", "ABD"), ("listed", "C"), ("others", "E")]
    assert pools[0].label.zh == "north圈"
    assert assign_pools((), region=region, codes="ABCDE", on=ON) == ()


@pytest.mark.parametrize(
    "rules,codes",
    [
        ({"n": "north", "others": "rest"}, []),
        ({"n": "north", "others": ["A", "C", "E"]}, ["pool-overlap"]),
        ({"n": "north"}, ["pool-unassigned"]),
        ({"n": "nrth", "others": "rest"}, ["group-unknown"]),
        ({"n": "north", "others": ["C", "E", "X"]}, ["contest-choice"]),
        ({"n": "north", "void": "empty", "others": "rest"}, ["pool-empty"]),
        ({"n": "north", "one": "lone", "others": ["C"]}, ["pool-single", "pool-single"]),
        ({}, []),
    ],
)
def test_everyone_is_in_exactly_one_pool_of_at_least_two(region, rules, codes):
    assert find_codes(rules, region) == codes


@pytest.mark.parametrize(
    "tree,code", [({"n": None}, "pool-members"), ({"n": {}}, "pool-members"), ({"a": "rest", "b": "rest"}, "pool-rest"),
                  (["north"], "contest-mapping")]
)  # fmt: skip
def test_pools_that_cannot_be_read_are_told(tree, code):
    with pytest.raises(CompactError) as error:
        read_pools(tree)

    assert [p.code for p in error.value.problems] == [code]


def test_without_a_pool_for_everyone_nobody_is_assigned(region):
    with pytest.raises(RuleError):
        assign_pools(read_pools({"n": "north"}), region=region, codes="ABCDE", on=ON)


def test_shared_credit_is_worth_nothing_in_a_pool_of_two_and_nine_tenths_among_eleven():
    assert (find_neutrality(2), find_neutrality(3), find_neutrality(11)) == (0, 0.5, 0.9)
    assert np.isnan(find_neutrality(1))


@given(st.integers(2, 12), st.floats(0.1, 5), st.integers(0, 99))
def test_the_factor_is_the_mean_lead_that_credit_to_a_pair_brings(n, credit, seed):
    scores = np.random.default_rng(seed).normal(size=n)
    shared = scores + credit * (np.arange(n) < 2)

    def lead(values):
        return np.mean([values[0] - values[k] for k in range(1, n)])

    assert lead(shared) - lead(scores) == pytest.approx(credit * find_neutrality(n), abs=1e-9)
