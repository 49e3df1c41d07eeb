from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.contest.indicator import read_tree
from jinghe.contest.weight import find_in_force, read_weight, redistribute, resolve_weights
from jinghe.errors import CompactError, RuleError

TREE = read_tree({"index": {"growth": ["gdp", "rd"], "green": ["air"], "joint": ["items", "gap"]}})
DAY = date(2021, 12, 31)


def weigh(tree=TREE, on=DAY, **weights):
    return resolve_weights(tree, weights={k: read_weight(v, path=k) for k, v in weights.items()}, on=on)


def faults(error):
    return [p.text("en").split(". ")[0] for p in error.value.problems]


def test_a_plain_weight_stands_for_always():
    assert find_in_force(read_weight(0.6, path=""), date(1949, 10, 1)) == 0.6


def test_the_latest_date_not_after_the_day_counts():
    weight = read_weight({date(2021, 1, 1): 0.6, "2023-01-01": "1/2"}, path="")

    assert [find_in_force(weight, date(year, 12, 31)) for year in (2020, 2021, 2022, 2023)] == [None, 0.6, 0.6, 0.5]


def test_every_fault_of_a_weight_is_told():
    with pytest.raises(CompactError) as error:
        read_weight({"2021-13-01": 0.6, "2022-01-01": 1.2}, path="contest.weights.growth")

    assert [p.code for p in error.value.problems] == ["date-unreadable", "share-range"]
    assert {p.place.path for p in error.value.problems} == {"contest.weights.growth"}


def test_leaves_without_weights_weigh_the_same():
    found = weigh(growth=0.5, green=0.2, joint=0.3)

    assert found == {"index": 1, "growth": 0.5, "green": 0.2, "joint": 0.3} | {
        "gdp": 0.5, "rd": 0.5, "air": 1.0, "items": 0.5, "gap": 0.5
    }  # fmt: skip


def test_siblings_without_a_weight_share_what_is_left():
    found = weigh(growth=0.5)

    assert (found["green"], found["joint"]) == (0.25, 0.25)


def test_weights_that_do_not_sum_to_one_are_told():
    with pytest.raises(RuleError) as error:
        weigh(growth=0.5, green=0.15, joint=0.3, gdp=0.8, rd=0.4)

    assert [p.code for p in error.value.problems] == ["weights-sum", "weights-sum"]
    assert faults(error) == [
        "contest.weights: the weights sum to 0.95",
        "contest.weights: the weights sum to 1.2 [growth]",
    ]


def test_the_date_of_a_wrong_sum_is_told():
    with pytest.raises(RuleError) as error:
        weigh(growth={"2021-01-01": 0.6, "2023-01-01": 0.5}, green=0.1, joint=0.3, on=date(2023, 1, 1))

    assert faults(error) == ["contest.weights: the weights sum to 0.9 [2023-01-01]"]


def test_a_node_left_without_weight_is_told():
    with pytest.raises(RuleError) as error:
        weigh(growth=0.6, joint=0.4)

    assert [p.code for p in error.value.problems] == ["weight-missing"]


def test_a_weight_may_be_nought():
    assert weigh(growth=0.6, joint=0.4, green=0)["green"] == 0


def test_a_weight_that_does_not_yet_hold_is_told():
    with pytest.raises(RuleError) as error:
        weigh(growth={"2023-01-01": 0.5})

    assert [(p.code, p.place.path) for p in error.value.problems] == [("weight-not-in-force", "contest.weights.growth")]


def test_the_weight_of_a_dropped_leaf_goes_to_its_siblings():
    left = redistribute(TREE, weights=weigh(growth=0.5, green=0.2, joint=0.3, gdp=0.8, rd=0.2), drop={"gdp"})

    assert (left.weights["rd"], left.weights["growth"], left.emptied) == (1.0, 0.5, ())


def test_the_weight_of_an_emptied_node_goes_to_its_siblings():
    left = redistribute(TREE, weights=weigh(growth=0.5, green=0.2, joint=0.3), drop={"air"})

    assert left.emptied == ("green",)
    assert (left.weights["growth"], left.weights["joint"]) == (0.5 / 0.8, 0.3 / 0.8)
    assert "air" not in left.weights


def test_nothing_is_left_when_all_is_dropped():
    assert redistribute(TREE, weights=weigh(), drop=set(TREE.leaves)).root is None


def test_a_node_whose_rest_weighs_nothing_is_emptied():
    left = redistribute(TREE, weights=weigh(gdp=1, rd=0), drop={"gdp"})

    assert left.emptied == ("growth",)
    assert left.weights["green"] == 0.5


@given(st.sets(st.sampled_from(TREE.leaves), max_size=4))
def test_siblings_always_sum_to_one(drop):
    left = redistribute(TREE, weights=weigh(growth=0.5, green=0.2), drop=drop)

    for node in left.root.walk():
        if node.children:
            assert sum(left.weights[child.id] for child in node.children) == pytest.approx(1, abs=1e-12)
    assert set(left.root.leaves) == set(TREE.leaves) - drop
