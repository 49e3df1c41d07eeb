from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.coding import Document, check_segments, dump_segments, read_documents, read_segments, split
from jinghe.errors import DataError, RuleError
from jinghe.labels import Text

HEAD = "id,file,title_zh,title_en,source,stage\n"


def make(text):
    return Document("d", Text("题", "T"), text)


def words(document, unit):
    return [document.text[segment.start : segment.end] for segment in split(document, unit=unit)]


def test_paragraphs_are_lines_with_words():
    assert ["甲。乙。", "丙"] == words(make("甲。乙。\n  \n丙\n"), "paragraph")


def test_sentences_end_with_their_stops_and_quotes():
    assert ["他说：“好。”", "真的？！", "末尾"] == words(make("他说：“好。”真的？！\n末尾"), "sentence")


def test_an_unknown_unit_is_refused():
    with pytest.raises(RuleError, match="paragraph, sentence"):
        split(make("甲"), unit="page")


@given(st.text("甲乙。！\n ”", max_size=40), st.sampled_from(["paragraph", "sentence"]))
def test_segments_hold_every_letter_once_and_are_sound(text, unit):
    document = make(text)
    segments = split(document, unit=unit)

    covered = [k for segment in segments for k in range(segment.start, segment.end)]

    assert len(set(covered)) == len(covered)
    assert {k for k, sign in enumerate(text) if sign in "甲乙"} <= set(covered)
    assert [] == check_segments(segments, documents=[document])


def test_a_segment_moved_after_coding_is_an_error_that_says_where_it_stands_now(documents, segments):
    edited = replace(documents[0], text="新加一段。\n" + documents[0].text)

    found = check_segments(segments, documents=[edited, documents[1]])

    assert ["segment-moved"] * 3 == [fault.code for fault in found]
    assert "原文现位于：6" in found[0].text("zh")
    assert "now stand at: 6" in found[0].text("en")


def test_words_that_are_gone_or_stand_twice_have_no_new_place(documents, segments):
    gone = replace(documents[0], text="别的话。")
    twice = replace(documents[0], text="前言。\n" + documents[0].text * 2)

    for edited in (gone, twice):
        found = check_segments(segments[:1], documents=[edited])
        assert ["—"] == [dict(fault.values)["now"] for fault in found]


def test_overlapping_and_homeless_segments_are_named(documents, segments):
    inner = replace(segments[1], id="x", start=segments[1].start)

    assert ["segment-overlaps"] == [f.code for f in check_segments([*segments, inner], documents=documents)]
    assert ["segment-homeless"] * 2 == [f.code for f in check_segments(segments, documents=documents[:1])]


def test_segments_come_back_from_their_file(segments, tmp_path):
    file = tmp_path / "s.csv"
    file.write_text(dump_segments(segments), encoding="utf-8")

    assert segments == read_segments(file)


def test_faulty_segments_are_named(tmp_path):
    file = tmp_path / "s.csv"
    file.write_text("segment,document,start,end,digest\na,d,0,x,1\na,d,1,2,1\n", encoding="utf-8")

    with pytest.raises(DataError) as caught:
        read_segments(file)

    assert ["count-unreadable", "segment-repeated"] == [fault.code for fault in caught.value.problems]


def test_documents_are_read_with_their_texts_and_attributes(tmp_path, codebook):
    (tmp_path / "a.txt").write_bytes("甲\r\n乙\r丙".encode("utf-8-sig"))
    (tmp_path / "i.csv").write_text(HEAD + "a,a.txt,访谈甲,,s,initial\n", encoding="utf-8")

    (document,) = read_documents(tmp_path / "i.csv", codebook=codebook)

    assert ("甲\n乙\n丙", {"stage": "initial"}) == (document.text, document.attributes)


def test_faults_of_the_index_and_of_the_texts_come_together(tmp_path, codebook):
    (tmp_path / "a.txt").write_bytes("甲乙".encode("gb18030"))
    rows = "a,a.txt,访谈甲,,s,initial\na,none.txt,访谈乙,,s,late\n"
    (tmp_path / "i.csv").write_text(HEAD + rows, encoding="utf-8")

    with pytest.raises(DataError) as caught:
        read_documents(tmp_path / "i.csv", codebook=codebook)

    expected = ["file-encoding", "document-repeated", "file-missing", "choice-unknown"]
    assert expected == [fault.code for fault in caught.value.problems]
