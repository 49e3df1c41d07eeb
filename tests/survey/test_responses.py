"""Answers: scores, groups, waves, and what is left out of them."""

from __future__ import annotations

import numpy as np
import pytest

from jinghe.errors import DataError
from jinghe.survey import find_asked, join_waves, read_instrument, seal, take_scores
from jinghe.survey.responses import group_respondents, take_items


def test_a_score_adds_the_items_with_reversed_ones_turned(answers):
    scores, items = take_scores(answers, "trust_score"), take_items(answers, "trust_score")

    assert np.array_equal(items[:, 2], 6 - answers.values("t3"))
    assert np.array_equal(scores, items.sum(1))


def test_a_score_needs_every_item(make_answers):
    answers = make_answers(20)
    answers.answers["t2"][3] = -1

    assert np.isnan(take_scores(answers, "trust_score")).tolist() == [at == 3 for at in range(20)]


def test_words_are_no_numbers(answers):
    with pytest.raises(DataError) as found:
        answers.values("met")

    assert [item.code for item in found.value.problems] == ["survey-not-number"]


def test_those_who_left_the_group_blank_are_a_group(make_answers):
    answers = make_answers(30)
    answers.answers["unit"][:4] = -1

    grouping = group_respondents(answers, ("unit",))

    assert np.bincount(grouping.labels)[-1] == 4
    assert grouping.names[-1].zh == "未填"


def test_only_background_questions_cut(answers):
    with pytest.raises(DataError) as found:
        group_respondents(answers, ("t1",))

    assert [item.code for item in found.value.problems] == ["survey-cut-kind"]


def test_an_item_is_put_to_those_to_whom_it_applies(answers):
    item = answers.instrument.item("times")

    assert np.array_equal(find_asked(answers, item), answers.answers["met"] == 0)
    assert np.array_equal(answers.answered("times"), answers.answers["met"] == 0)


def test_sealing_shuffles_and_forgets_times(answers):
    sealed = seal(answers, rng=np.random.default_rng(3))

    assert np.isnan(sealed.seconds).all()
    assert not np.array_equal(sealed.answers["t1"], answers.answers["t1"])
    assert np.array_equal(np.sort(take_scores(sealed, "trust_score")), np.sort(take_scores(answers, "trust_score")))


def test_an_item_missing_in_one_wave_is_blank_there_and_named(tree, make_answers):
    older = {**tree, "version": "0", "items": [item for item in tree["items"] if item["id"] != "met"]}
    older["items"] = [{key: word for key, word in item.items() if key != "relevant"} for item in older["items"]]
    first = make_answers(10)
    lacking = {name: column for name, column in first.answers.items() if name != "met"}
    from dataclasses import replace

    first = replace(first, instrument=read_instrument(older), answers=lacking)

    joined, notes = join_waves([first, make_answers(12)])

    assert [(note.code, note.level, note.place.path) for note in notes] == [("survey-item-wave", "note", "met")]
    assert joined.n == 22
    assert joined.answered("met").sum() == 12
    assert joined.wave_names == ("0", "1")
    assert np.bincount(joined.waves).tolist() == [10, 12]


def test_an_item_with_other_options_is_no_longer_the_same(tree, make_answers):
    from dataclasses import replace

    tree["choices"]["yn"] = {"no": "否", "yes": "是"}
    first = replace(make_answers(10), instrument=read_instrument(tree))

    _, notes = join_waves([first, make_answers(10)])

    assert [note.place.path for note in notes] == ["met"]
