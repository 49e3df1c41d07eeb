from __future__ import annotations

import numpy as np
import pytest

from jinghe.coding import Coding, check_codings, rate, read_codings, see
from jinghe.coding.record import MISSING
from jinghe.errors import DataError, RuleError

HEAD = "coder,segment,code,confidence,memo,on\n"


def test_ratings_are_one_zero_or_missing(ratings):
    codes = ratings.codes

    assert (5, 2, 16) == ratings.values.shape
    assert [1, 1] == ratings.values[0, :, codes.index("C1")].tolist()
    assert [0, 1] == ratings.values[2, :, codes.index("A1")].tolist()  # coders in the order of their names: 乙, 甲
    assert MISSING not in ratings.values


def test_a_document_that_a_coder_did_not_read_is_missing(codings, segments):
    own = [coding for coding in codings if coding.coder == "甲" or coding.segment.startswith("d1")]

    found = rate(own, segments=segments, codes=["A2"])

    assert [MISSING, 1] == found.values[3, :, 0].tolist()
    assert [0, 1] == rate(own, segments=segments, codes=["A2"], assigned={"甲": ["d1", "d2"], "乙": ["d2"]}).values[
        3, :, 0
    ].tolist()


def test_one_coder_only_is_refused(codings, segments):
    alone = [coding for coding in codings if coding.coder == "甲"]

    with pytest.raises(RuleError) as caught:
        rate(alone, segments=segments, codes=["A1"])

    assert "编码者只有“甲”" in caught.value.problems[0].text("zh")
    assert "the only coder is “甲”" in caught.value.problems[0].text("en")


def test_coders_are_blind_until_all_have_finished(codings):
    coders = ("甲", "乙")

    assert {"甲"} == {c.coder for c in see(codings, coder="甲", coders=coders, finished=["甲"])}
    assert set(coders) == {c.coder for c in see(codings, coder="甲", coders=coders, finished=coders)}


def test_codings_are_read_with_their_confidence(tmp_path, codebook, segments):
    file = tmp_path / "c.csv"
    file.write_text(HEAD + "甲,d1-0001,C1,0.8,想一想,2024-05-01\n", encoding="utf-8")

    (coding,) = read_codings(file, codebook=codebook, segments=segments)

    assert (0.8, "想一想", "2024-05-01") == (coding.confidence, coding.memo, str(coding.on))


def test_every_fault_of_the_codings_has_its_line(tmp_path, codebook, segments):
    file = tmp_path / "c.csv"
    rows = [
        "甲,d1-0001,C9,,,",
        "甲,d1-0001,C,2,,",
        "甲,d9,C1,,,",
        ",d1-0001,C1,,,",
        "甲,d1-0002,C1,,,",
        "甲,d1-0002,C1,,,",
    ]
    file.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")

    with pytest.raises(DataError) as caught:
        read_codings(file, codebook=codebook, segments=segments)

    found = {(fault.place.line, fault.code) for fault in caught.value.problems}
    expected = {(2, "coding-undeclared"), (3, "coding-heading"), (3, "coding-confidence"), (4, "coding-segment")}
    assert expected | {(5, "cell-empty"), (7, "coding-repeated")} == found


def test_an_undeclared_code_is_named_with_the_nearest(codebook, segments):
    (fault,) = check_codings([Coding("甲", "d1-0001", "C11")], codebook=codebook, segments=segments)

    assert "编码“C11”没有声明" in fault.text("zh")
    assert "the nearest is “C1”" in fault.text("en")


def test_no_segments_give_an_empty_matrix(codings):
    assert (0, 2, 1) == rate(codings, segments=[], codes=["A1"]).values.shape
    assert np.int8 == rate(codings, segments=[], codes=["A1"]).values.dtype
