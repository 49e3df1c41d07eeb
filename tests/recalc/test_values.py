from __future__ import annotations

import pytest

from jinghe.errors import DataError
from jinghe.recalc.values import (
    read_alpha,
    read_df,
    read_flag,
    read_levels,
    read_p,
    read_scale,
    read_stars,
    read_tails,
    read_texts,
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [("0.003", "0.003"), ("p < .001", "<.001"), ("n.s.", ">0.05"), ("P=0.14", "0.14"), ("不显著", ">0.05")],
)
def test_p_values_are_read_as_papers_print_them(text, shown):
    assert shown == read_p(text).text


@pytest.mark.parametrize(
    ("read", "value", "code"),
    [
        (read_p, "O.003", "claim-p-unreadable"),
        (read_p, "1.2", "claim-p-range"),
        (read_p, "-0.1", "claim-p-range"),
        (read_p, 0.05, "claim-number-unquoted"),
        (read_alpha, "0", "claim-p-range"),
        (read_stars, "†", "claim-stars-unreadable"),
        (read_df, "0", "claim-df-unreadable"),
        (read_df, "1,2,3", "claim-df-unreadable"),
        (read_scale, [5, 1], "claim-range-unreadable"),
        (read_scale, "1-5", "claim-range-unreadable"),
        (read_scale, ["a", "b"], "claim-range-unreadable"),
        (read_tails, "3", "claim-choice-unknown"),
        (read_flag, "yes", "claim-choice-unknown"),
    ],
)
def test_what_cannot_be_read_is_told_in_both_languages(read, value, code):
    with pytest.raises(DataError) as refusal:
        read(value)

    [found] = refusal.value.problems
    assert code == found.code
    assert found.text("zh") != found.text("en")


def test_other_values_are_read_plainly():
    assert ["2", "4810"] == [part.text for part in read_df("2, 4810")]
    assert ["28"] == [part.text for part in read_df(28)]
    assert {"**": "1/100"} == {stars: str(level) for stars, level in read_levels({"**": "0.01"}).items()}
    assert ((1, 5), 2, "***", True) == (read_scale(["1", 5]), read_tails("2"), read_stars("＊＊＊"), read_flag(True))
    assert ["甲", "乙"] == [text.zh for text in read_texts(["甲", "乙"])]
    assert ["甲"] == [text.zh for text in read_texts("甲")]
