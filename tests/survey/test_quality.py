"""Flags of quality."""

from __future__ import annotations

import numpy as np

from jinghe.survey import judge_quality, tabulate_quality, verify_tables
from jinghe.survey.quality import find_batteries


def test_one_answer_throughout_a_battery_is_flagged(make_answers):
    answers = make_answers(50)
    for name in ("t1", "t2", "t3"):
        answers.answers[name][:50] = np.arange(50) % 5 if name == "t3" else np.arange(50) % 4
    found = judge_quality(answers)
    same = (np.arange(50) % 5) == (np.arange(50) % 4)

    assert np.array_equal(found.straight, same)
    assert (found.lines[0].n, found.lines[0].identical) == (50, int(same.sum()))


def test_incomplete_batteries_are_not_judged(make_answers):
    answers = make_answers(20)
    answers.answers["t2"][:] = answers.answers["t1"]
    answers.answers["t3"][:] = -1

    assert judge_quality(answers).lines[0].n == 0
    assert not judge_quality(answers).straight.any()


def test_haste_is_a_third_of_the_median(make_answers):
    answers = make_answers(5)
    answers.seconds[:] = [10, 100, 120, 110, 30]

    found = judge_quality(answers)

    assert found.median_seconds == 100
    assert found.fast.tolist() == [True, False, False, False, True]


def test_unknown_times_flag_nobody(make_answers):
    answers = make_answers(5)
    answers.seconds[:] = np.nan

    assert not judge_quality(answers).fast.any()


def test_a_ceiling_is_told_and_skipped_items_are_not_blanks(make_answers):
    answers = make_answers(40)
    answers.answers["t1"][:30] = 4
    answers.answers["t1"][30:] = 1
    items = {item.item: item for item in judge_quality(answers).items}

    assert (items["t1"].top, items["t1"].ceiling) == (0.75, True)
    assert items["times"].asked == items["times"].answered == int((answers.answers["met"] == 0).sum())
    assert np.isnan(items["met"].top)


def test_batteries_are_found(answers):
    assert find_batteries(answers) == (("trust", ("t1", "t2", "t3")),)


def test_what_few_answered_and_what_is_closed_shows_its_name_only(make_answers):
    answers = make_answers(40)
    answers.answers["times"][answers.answers["met"] == 0] = np.nan
    answers.answers["times"][np.flatnonzero(answers.answers["met"] == 0)[:3]] = 2
    answers.answers["t3"][4:] = -1

    items, lines = tabulate_quality(answers, judge_quality(answers), closed={"met"})
    shown = {row[0]: row[1] for row in items.lines("zh")}

    verify_tables([items, lines])
    assert (shown["是否见过面"], shown["几次"], shown["三"], shown["二"]) == ("隐去", "隐去", "隐去", "40")
    assert lines.rows[0].hidden


def test_who_left_a_background_question_blank_is_not_counted(make_answers):
    """71 of 74 answered: the three others were hidden in the sample and stood here."""
    answers = make_answers(40)
    answers.answers["unit"][:3] = -1

    items, _ = tabulate_quality(answers, judge_quality(answers))

    assert items.rows[0].hidden
    assert not items.rows[1].hidden
