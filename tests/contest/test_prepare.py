from dataclasses import replace

import numpy as np

from jinghe.contest.impute import History
from jinghe.contest.indicator import read_tree
from jinghe.contest.prepare import Context, denominate, prepare, treat_columns
from jinghe.contest.steps import Steps
from jinghe.contest.treat import Outliers, Treatment
from jinghe.contest.tree import Tree

NAN = float("nan")
TREE = Tree.of(read_tree({"index": {"growth": ["gdp", "rd"], "green": ["air"]}}))
RAW = np.array([[4.0, 1.0, 30.0], [8.0, 2.0, 20.0], [6.0, 3.0, 10.0]])
PLAIN = Steps()


def prepared(raw=RAW, steps=PLAIN, **context):
    return prepare(raw, tree=TREE, steps=steps, context=Context(**context))


def test_what_is_not_asked_for_leaves_the_figures_alone():
    found = prepared()

    for stage in found.made.values():
        assert stage.tolist() == RAW.tolist()


def test_the_order_of_the_steps_counts():
    raw = np.vstack([RAW, [5.0, 2.0, NAN]])
    asem = replace(PLAIN, imputation="median", unit_coverage=0.9, order=("impute", "screen", "denominate", "treat"))

    assert not np.isnan(prepared(raw, asem).made["treat"]).any()
    screened_first = prepared(raw, replace(asem, order=("screen", "impute", "denominate", "treat")))
    assert screened_first.fit.tolist() == [True, True, True, False]
    assert np.isnan(screened_first.made["treat"]).all(axis=1).tolist() == [False, False, False, True]


def test_figures_are_divided_and_what_cannot_be_divided_is_missing():
    found = denominate(RAW, tree=TREE, denominators={"rd": np.array([2.0, 0.0, NAN])})

    assert found[0].tolist() == [4, 0.5, 30]
    assert np.isnan(found[1:, 1]).all()
    assert prepared(denominators={"rd": np.array([2.0, 0.0, NAN])}).made["denominate"][0, 1] == 0.5


def test_groups_and_other_periods_fill_gaps():
    raw = RAW.copy()
    raw[2, 0] = NAN
    past = History(np.array([1.0]), np.full((1, 3, 3), 7.0), 2.0)

    assert prepared(raw, replace(PLAIN, imputation="group_mean"), groups=[[1, 2]]).filled.values[2, 0] == 8
    latest = prepared(raw, replace(PLAIN, imputation="latest"), history=past)
    assert (latest.filled.values[2, 0], latest.filled.donor[2, 0]) == (7, -3)
    assert prepared(raw, replace(PLAIN, imputation="multiple", draws=3)).filled.draws.shape == (3, 3, 3)


def test_indicators_with_fixed_ends_are_not_treated():
    raw = np.column_stack([[*range(1, 11), 30, 100.0]] * 3)
    posts = {"gdp": (0.0, 50.0)}
    steps = replace(PLAIN, outliers=Outliers(), goalposts=posts, targets={"rd": 40.0})

    found = prepared(raw, steps)

    assert [one.form for one in found.treatments] == ["none", "none", "winsorise"]
    assert found.made["treat"][:, 2].max() == 30


def test_every_column_is_treated_in_its_own_way():
    found = treat_columns(RAW, treatments=(Treatment(), Treatment("winsorise", high=2.0), Treatment("log")))

    assert found[:, 0].tolist() == [4, 8, 6]
    assert found[:, 1].tolist() == [1, 2, 2]
    assert found[:, 2].tolist() == np.log(RAW[:, 2]).tolist()
    assert treat_columns(RAW, treatments=(Treatment(),) * 3) is RAW
