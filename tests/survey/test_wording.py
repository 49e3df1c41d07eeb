"""Words that tables share."""

from __future__ import annotations

from dataclasses import replace

from jinghe.labels import Text
from jinghe.survey.wording import join_labels, say_method, say_origin, say_small


def test_the_method_names_the_base_and_that_answers_are_synthetic(answers):
    found = say_method(replace(answers, synthetic=True), Text("频数", "Counts"))

    assert found.zh == "方法：频数；基数 90 份答卷；合成数据，非真实作答。"
    assert found.en == "Method: Counts. Base: 90 responses; synthetic data, not real answers."


def test_words_that_are_not_the_printed_ones_are_marked(case):
    assert say_origin(case.responses, ["necessity", "initiative_score"]) == ()
    assert [note.en for note in say_origin(case.responses, ["reason"])] == [
        "Wording: rebuilt from a description, not the printed words."
    ]


def test_cuts_and_the_threshold_are_named(answers):
    assert join_labels(answers, ["unit", "met"]).en == "单位 × Met?"
    assert "10" in say_small(10).zh
