"""One decision on small groups for all tables of a report."""

from __future__ import annotations

import numpy as np
import pytest

from jinghe.survey import find_closed, protect_answers, protect_scores, read_instrument
from jinghe.survey.protection import link_scores, protect_each


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


def test_a_battery_is_protected_as_one(tree):
    tree["scales"] = {}

    assert set(link_scores(read_instrument(tree), ["t2"])) == {"t1", "t2", "t3"}


def test_the_order_in_which_cuts_are_named_decides_nothing(make_two_cuts):
    answers = make_two_cuts(120, seed=5)
    cuts = [("unit",), ("level",), ("unit", "level")]

    one, two = (protect_scores(answers, ["t1"], cuts=order) for order in (cuts, cuts[::-1]))

    assert any(gone.any() for gone in one)
    assert [gone.tolist() for gone in one] == [gone.tolist() for gone in two[::-1]]


def test_a_score_that_few_answered_leaves_the_others_their_tables(make_answers):
    answers = make_answers(60)
    answers.answers["t1"][5:] = -1

    assert set(protect_each(answers, ["t1", "t2", "t3"], cuts=[("unit",)])) == {"t2", "t3"}


@pytest.mark.parametrize(("rule", "closed"), [("= 'c'", True), ("!= 'c'", True), ("= 'a'", False)])
def test_a_question_put_to_a_small_unit_or_to_all_others_tells_its_size(tree, draw_answers, rule, closed):
    tree["items"][3]["relevant"] = f"${{unit}} {rule}"
    answers = draw_answers(read_instrument(tree), 60)
    answers.answers["unit"][:] = np.repeat([0, 1, 2], [30, 27, 3])

    assert find_closed(answers, cuts=[("unit",)]) == (frozenset({"t1"}) if closed else frozenset())


def test_choices_are_protected_on_those_who_answered(make_answers):
    answers = make_answers(90)
    answers.answers["met"][np.flatnonzero(answers.answers["unit"] == 2)[5:]] = -1

    (hidden,) = protect_answers(answers, "met", cuts=[("unit",)])

    assert hidden[2]
    assert hidden.sum() == 2


def test_what_hangs_on_a_closed_question_is_closed_too(tree, draw_answers):
    """Who chose what among three people followed from how many were asked the next question."""
    tree["items"][1]["relevant"] = "${unit} = 'c'"
    tree["items"][2]["relevant"] = "${met} != 'yes'"
    answers = draw_answers(read_instrument(tree), 60)
    answers.answers["unit"][:] = np.repeat([0, 1, 2], [30, 27, 3])
    answers.answers["met"][:57] = -1

    assert find_closed(answers, cuts=[("unit",)]) == {"met", "times"}
