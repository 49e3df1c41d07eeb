from datetime import date

import numpy as np
import pytest

from jinghe.contest.chain import run_chain
from jinghe.contest.screen import screen
from jinghe.contest.tree import Tree
from jinghe.errors import RuleError

NAN, DAY = float("nan"), date(2021, 12, 31)
TREE = {"index": {"growth": ["gdp", "rd"], "green": ["air"]}}


def screened(contest, **rows):
    tree = Tree.of(contest.root)
    raw = np.array([rows[leaf] for leaf in tree.leaves], dtype=float).T
    weights, directions = contest.weights_on(DAY), [1] * len(tree.leaves)
    stages = run_chain(raw, tree=tree, steps=contest.steps, weights=weights, directions=directions)
    return screen(contest, stages=stages, on=DAY)


@pytest.fixture
def contest(make_contest):
    labels = {"growth": {"zh": "增长", "en": "Growth"}}
    rules = {"weights": {"growth": 0.6, "green": 0.4}, "labels": labels, "steps": [{"screen": {"coverage": 0.65}}]}
    return make_contest(TREE, {"gdp": {"label": {"zh": "产出", "en": "Output"}}}, **rules)


def test_what_covers_enough_stays(contest):
    found = screened(contest, gdp=[1, 2, NAN], rd=[1, 2, 3], air=[3, 2, 1])

    assert found.dropped == ()
    assert found.root == contest.root


def test_an_indicator_with_too_few_figures_is_dropped_and_told(contest):
    found = screened(contest, gdp=[1, 2, 3], rd=[1, NAN, NAN], air=[3, 2, 1])

    [dropped] = found.dropped
    assert (dropped.indicator, dropped.present, dropped.of) == ("rd", 1, 3)
    assert dropped.reason.zh == "3 个地区中 1 个有数据，覆盖要求为 65%；权重 0.5 归同级的产出。"
    assert dropped.reason.en == "1 of 3 contestants have a figure, 65% are needed; its weight 0.5 goes to Output."
    assert found.weights["gdp"] == 1


def test_an_emptied_node_gives_its_weight_to_its_siblings_and_is_told(contest):
    found = screened(contest, gdp=[1, 2, 3], rd=[1, 2, 3], air=[NAN, NAN, NAN])

    assert [(d.indicator, d.present) for d in found.dropped] == [("green", 0), ("air", 0)]
    assert found.dropped[0].reason.en == "nothing below it counts; its weight 0.4 goes to Growth."
    assert found.weights["growth"] == 1


def test_an_indicator_that_tells_nobody_apart_is_dropped(contest):
    found = screened(contest, gdp=[5, 5, 5], rd=[1, 2, 3], air=[3, 2, 1])

    assert [d.reason.en for d in found.dropped] == [
        "all figures are equal, so that nothing can be compared; its weight 0.5 goes to rd."
    ]


def test_an_indicator_that_differs_by_floating_point_only_is_dropped(contest):
    found = screened(contest, gdp=[0.1 + 0.2 + 0.3, 0.6, 0.6], rd=[1, 2, 3], air=[3, 2, 1])

    assert [d.indicator for d in found.dropped] == ["gdp"]


def test_goalposts_need_no_variation(make_contest):
    rules = make_contest({"index": ["gdp"]}, steps=[{"normalise": {"goalposts": {"gdp": [0, 10]}}}])

    assert screened(rules, gdp=[5, 5, 5]).dropped == ()


def test_nothing_left_is_an_error(contest):
    with pytest.raises(RuleError) as error:
        screened(contest, gdp=[1, 1], rd=[NAN, NAN], air=[2, 2])

    assert error.value.problems[0].text("en") == (
        "contest.tree: on 2021-12-31 no indicator is left to score (3 were dropped). At least one indicator must be "
        "covered and vary between contestants. Add figures or lower the coverage."
    )
