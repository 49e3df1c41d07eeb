from __future__ import annotations

import pytest

from jinghe.recalc.hypothesis import df_allowed, hypotheses

GROUPS = [{"name": "a", "n": 284, "mean": "4.54", "sd": "0.68"}, {"name": "b", "n": 2122, "mean": "4.48", "sd": "0.77"}]


def test_the_meaning_row_is_possible_under_welch_alone(claim):
    student, welch = hypotheses(claim("t_ind", {"t": "1.50", "p": "0.14"}, GROUPS, tails=2, items=1))

    assert (None, None) == (student.means_t, student.joint)
    assert ("1.4950", "1.4978") == (f"{welch.joint.low:.4f}", f"{welch.joint.high:.4f}")
    assert 1.4604 == pytest.approx(welch.needed.low, abs=1e-4)  # the reference: ν = 387; here every ν the SDs allow


def test_without_sds_welch_s_df_lie_between_the_sizes(claim):
    bare = claim("t_ind", {"t": "1.50", "p": "0.14"}, [{"name": "a", "n": 10}, {"name": "b", "n": 20}])

    assert (9, 28) == (df_allowed(bare, "welch").low, df_allowed(bare, "welch").high)
    assert (28, 28) == (df_allowed(bare, "student").low, df_allowed(bare, "student").high)


def test_one_side_is_tried_only_where_the_paper_is_silent_and_two_fail(claim):
    said = {"t": "1.80", "p": "0.04"}
    groups = [{"name": "a", "n": 30}, {"name": "b", "n": 30}]

    assert ["student", "welch"] == [item.name for item in hypotheses(claim("t_ind", said, groups, tails=2))]
    silent = hypotheses(claim("t_ind", said, groups))
    assert ["student", "welch", "student one-sided", "welch one-sided"] == [item.name for item in silent]
    assert all(item.joint for item in hypotheses(claim("t_ind", said, groups, tails=1)))


def test_a_one_sided_p_may_lie_in_the_other_tail(claim):
    groups = [{"name": "a", "n": 30}, {"name": "b", "n": 30}]

    assert all(item.joint for item in hypotheses(claim("t_ind", {"t": "1.80", "p": "0.96"}, groups, tails=1)))


def test_printed_df_rule_out_the_other_procedure(claim):
    student, welch = hypotheses(claim("t_ind", {"t": "1.50", "p": "0.13", "df": "386.9"}, GROUPS, tails=2, items=1))

    assert student.joint is None
    assert student.t_p is None
    assert welch.joint is not None
