"""One decision on small groups for all tables of a report."""

from __future__ import annotations

import numpy as np

from jinghe.survey import protect_scores
from jinghe.survey.protection import link_scores


def test_a_scale_and_its_items_give_each_other_away(small):
    assert set(link_scores(small, ["t2"])) == {"t1", "t2", "t3", "trust_score"}
    assert link_scores(small, ["times"]) == ("times",)


def test_what_one_item_hides_is_hidden_for_the_scale_too(make_answers):
    answers = make_answers(90)
    answers.answers["t2"][np.flatnonzero(answers.answers["unit"] == 2)[:25]] = -1  # 5 of unit c are left

    (hidden,) = protect_scores(answers, ["t1"], cuts=[("unit",)])

    assert hidden.tolist() == [True, False, True] or hidden.tolist() == [False, True, True]


def test_fewer_than_k_answers_to_an_item_print_no_table(make_answers):
    answers = make_answers(30)
    answers.answers["t1"][5:] = -1

    assert protect_scores(answers, ["t1"], cuts=[("unit",)]) is None
