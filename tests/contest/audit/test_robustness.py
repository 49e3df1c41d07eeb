from dataclasses import replace

from jinghe.contest.audit.robustness import find_robustness


def find(scores, **changed):
    contest = replace(scores.contest, **changed)
    return find_robustness(contest, rescore=lambda _: scores.stages, codes=scores.codes, seed=1)


def test_weights_that_move_ranks_are_the_only_input(audited):
    found = audited.robustness

    assert found.spread.method.draws == 100
    assert found.indices.names == ("contest.weights",)
    assert found.problems == ()


def test_where_nothing_moves_there_are_draws_but_no_indices(make_scores):
    found = find(make_scores({"gdp": [1, 2, 3]}, rank={"draws": 50}))

    assert found.spread is not None
    assert found.indices is None
    assert [p.code for p in found.problems] == ["sensitivity-constant"]
