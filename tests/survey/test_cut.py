"""Tables by group: small units hidden, totals kept."""

from __future__ import annotations

import numpy as np
import pytest

from jinghe.labels import Text
from jinghe.survey import Frame, rake, tabulate_choices, tabulate_means, tabulate_sample, verify_tables
from jinghe.survey.cut import whole_items

TITLE = Text("互信", "Trust")


def uneven(make_answers):
    answers = make_answers(60)
    answers.answers["unit"][:] = np.repeat([0, 1, 2], [40, 18, 2])
    return answers


def test_a_unit_of_two_shows_its_name_only_and_so_does_its_neighbour(make_answers):
    answers = uneven(make_answers)

    (found,) = tabulate_means(answers, ["t1"], cuts=[("unit",)], title=TITLE)
    lines = found.lines("zh")

    verify_tables([found])
    assert [line[1] for line in lines] == ["甲局", "乙局", "丙局", "合计"]
    assert lines[1][2:] == lines[2][2:] == ["隐去", "", ""]
    assert lines[0][2] == "40"
    assert lines[3][2] == "60"
    assert found.rows[2].cells[2:] == (None, None, None)


def test_means_by_group_are_those_of_numpy(answers):
    (found,) = tabulate_means(answers, ["trust_score"], cuts=[("unit",)], title=TITLE)
    from jinghe.survey import take_scores

    scores = take_scores(answers, "trust_score")[answers.answers["unit"] == 0]

    assert found.rows[0].cells[2:] == pytest.approx((30, scores.mean(), scores.std(ddof=1)), abs=1e-10)


def test_weighted_means_are_weighted(answers):
    weights = rake(answers, Frame({"unit": {"a": 8, "b": 1, "c": 1}}))
    (found,) = tabulate_means(answers, ["t1"], cuts=[("unit",)], title=TITLE, weights=weights)

    assert found.rows[-1].cells[3] == pytest.approx(np.average(answers.values("t1"), weights=weights.values), abs=1e-10)


def test_equal_regions_give_the_mean_of_the_reference(case):
    frame = Frame({"circle": {"chengdu": 1, "chongqing": 1}}, assumed=True)
    weights = rake(case.responses, frame)
    (pooled,), (equal,) = (
        tabulate_means(case.responses, ["meaning"], cuts=[("circle",)], title=TITLE, weights=w) for w in (None, weights)
    )

    assert (round(weights.deff, 4), round(weights.n_eff, 1)) == (2.4014, 1001.9)
    assert (pooled.lines("en")[-1][3], equal.lines("en")[-1][3]) == ("4.49", "4.51")


def test_too_few_answers_give_no_table(make_answers):
    assert tabulate_means(make_answers(6), ["t1"], cuts=[("unit",)], title=TITLE) == ()
    assert tabulate_sample(make_answers(6), cuts=[("unit",)]) == ()


def test_the_sample_is_shown_with_response_rates(make_answers):
    answers = uneven(make_answers)
    frame = Frame({"unit": {"a": 80, "b": 20, "c": 2}})

    (found,) = tabulate_sample(answers, cuts=[("unit",)], frame=frame)

    verify_tables([found])
    assert found.lines("en")[0] == ["A", "40", "66.7%", "80", "50.0%"]
    assert found.lines("en")[2] == ["C", "hidden", "", "", ""]
    assert found.lines("en")[3] == ["Total", "60", "100.0%", "102", "58.8%"]


def test_assumed_counts_give_no_response_rate(answers):
    (found,) = tabulate_sample(answers, cuts=[("unit",)], frame=Frame({"unit": {"a": 1, "b": 1, "c": 1}}, assumed=True))

    assert [column.id for column in found.columns] == ["group", "count", "share"]


def test_whole_number_answers_are_told_from_others(answers):
    assert [whole_items(answers, name) for name in ("t1", "trust_score", "times")] == [1, 1, None]


def test_choices_by_group_are_those_of_numpy_and_small_units_hidden(make_answers):
    answers = uneven(make_answers)
    (found,) = tabulate_choices(answers, "met", cuts=[("unit",)])
    mine = answers.answers["met"][answers.answers["unit"] == 0]

    verify_tables([found])
    assert found.rows[0].cells[1:] == pytest.approx((40, (mine == 0).mean(), (mine == 1).mean()), abs=1e-10)
    assert [line[1:] for line in found.lines("zh")[1:3]] == [["隐去", "", ""]] * 2
    assert found.rows[3].cells[1] == 60


def test_several_choices_by_group_are_shares_of_people(answers):
    (found,) = tabulate_choices(answers, "why", cuts=[("unit",)])
    chosen = answers.answers["why"][(answers.answers["unit"] == 1) & answers.answers["why"].any(1)]

    verify_tables([found])
    assert found.rows[1].cells[1:] == pytest.approx((len(chosen), *chosen.mean(0)), abs=1e-10)
    assert "至少选一项者" in found.methods.zh


def test_weighted_choices_are_weighted(answers):
    weights = rake(answers, Frame({"unit": {"a": 80, "b": 40, "c": 40}}))
    (found,) = tabulate_choices(answers, "met", cuts=[("unit",)], weights=weights)

    assert found.rows[-1].cells[2] == pytest.approx(
        np.average(answers.answers["met"] == 0, weights=weights.values), abs=1e-10
    )


def test_choices_of_too_few_make_no_table(make_answers):
    answers = make_answers(60)
    answers.answers["met"][9:] = -1

    assert tabulate_choices(answers, "met", cuts=[("unit",)]) == ()
