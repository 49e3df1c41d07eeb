from time import process_time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinghe.contest.audit.omission import find_omissions

TREE = {"index": {"growth": ["gdp", "rd"], "green": {"sky": ["air"], "soil": ["mud", "ore"]}}}
CELL = st.one_of(st.integers(0, 50).map(float), st.none())
ROW = st.lists(CELL, min_size=5, max_size=5).filter(lambda row: len({x for x in row if x is not None}) > 1)
TABLE = st.fixed_dictionaries(dict.fromkeys(("gdp", "rd", "air", "mud", "ore"), ROW))


def omit(scores):
    return find_omissions(scores.stages, steps=scores.contest.steps)


def without(leaf, tree):
    if isinstance(tree, list):
        return [name for name in tree if name != leaf]
    return {name: below for name, part in tree.items() if (below := without(leaf, part))}


def test_without_an_indicator_by_hand(make_scores):
    # to [0, 100]: gdp 0 100 50, rd 0 50 100; without gdp the order is that of rd.
    scores = make_scores({"gdp": [4, 8, 6], "rd": [1, 2, 3]}, weights={"gdp": 0.9, "rd": 0.1},
                         steps=[{"normalise": {"to": [0, 100]}}])  # fmt: skip

    found = omit(scores)

    assert found.leaves == ("gdp", "rd")
    assert found.totals.tolist() == [[0, 50, 100], [0, 100, 50]]
    assert found.nominal.tolist() == [3, 1, 2]
    assert found.shifts.tolist() == [[0, 1, -1], [0, 0, 0]]
    assert (found.mean.tolist(), found.most.tolist()) == ([2 / 3, 0], [1, 0])


@settings(max_examples=8, deadline=None)
@given(TABLE, st.sampled_from(["arithmetic", "geometric", "harmonic", "mazziotta_pareto", "copeland", "topsis"]))
def test_it_is_the_contest_without_that_leaf(make_scores, table, mean):
    scores = make_scores(table, tree=TREE, steps=[{"aggregate": {"default": mean}}])

    found = omit(scores)

    for k, leaf in enumerate(found.leaves):
        left = make_scores({name: row for name, row in table.items() if name != leaf}, tree=without(leaf, TREE),
                           steps=[{"aggregate": {"default": mean}}])  # fmt: skip
        assert found.totals[k].tolist() == pytest.approx(left.total.tolist(), nan_ok=True)


@pytest.mark.parametrize("scheme", ["entropy", "critic", "pca"])
def test_weights_that_figures_give_are_found_anew(make_scores, scheme):
    table = {"gdp": [4, 8, 6, 1], "rd": [1, 2, 3, 9], "air": [3, 1, 2, 2]}
    steps = [{"weigh": {"default": scheme}}]

    found = omit(make_scores(table, steps=steps))

    for k, leaf in enumerate(found.leaves):
        left = make_scores({name: row for name, row in table.items() if name != leaf}, steps=steps)
        assert found.totals[k] == pytest.approx(left.total)


def test_a_sole_indicator_leaves_no_score(make_scores):
    found = omit(make_scores({"gdp": [1, 2, 3]}))

    assert found.ranks.tolist() == [[0, 0, 0]]
    assert np.isnan(found.mean).all()
    assert np.isnan(found.most).all()


def test_asem_takes_a_blink(asem):
    omit(asem)
    start = process_time()
    found = omit(asem)
    spent = process_time() - start

    assert found.ranks.shape == (49, 51)
    assert spent < 0.05  # 49 indicators; 2 ms on a quiet machine
    assert found.totals[0] == pytest.approx(asem.total, abs=5)
