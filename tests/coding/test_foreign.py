from __future__ import annotations

import pytest

from jinghe.coding import read_qualcoder, read_taguette
from jinghe.errors import DataError

TAGUETTE = "id,document,tag,content\n"
QUALCODER = "owner,codename,filename,pos0,pos1,seltext\n"


def write(path, head, *rows):
    path.write_text(head + "\n".join(rows) + "\n", encoding="utf-8-sig")
    return path


def faults(read, path, **words):
    with pytest.raises(DataError) as caught:
        read(path, **words)
    return [fault.code for fault in caught.value.problems]


def test_highlights_of_taguette_are_found_again(tmp_path, codebook, documents):
    rows = [
        "1,访谈d1,C1,落实国家规划",
        "1,访谈d1,A1 横向平等协调,落实国家规划",
        "2,d1,,平等协商",
        '3,d1,O4,"规划。 为此建立"',
    ]
    file = write(tmp_path / "t.csv", TAGUETTE, *rows)

    found = read_taguette(file, coder="甲", codebook=codebook, documents=documents)

    assert [("甲", 4, 10, "C1"), ("甲", 4, 10, "A1"), ("甲", 8, 17, "O4")] == [
        (span.coder, span.start, span.end, span.code) for span in found
    ]


def test_faults_of_a_taguette_file_are_named(tmp_path, codebook, documents):
    rows = ["1,访谈d9,C1,甲", "2,d1,C99,落实", "3,d1,C1,没有这句", "4,d1,C1,。", "5,d1,C1,"]
    file = write(tmp_path / "t.csv", TAGUETTE, *rows)

    found = faults(read_taguette, file, coder="甲", codebook=codebook, documents=documents)

    assert ["document-unknown", "coding-undeclared", "span-lost", "span-lost", "span-lost"] == found


def test_codings_of_qualcoder_are_read_at_their_places(tmp_path, codebook, documents):
    file = write(tmp_path / "q.csv", QUALCODER, "ann,国家战略政策要求,d1.txt,4,10,落实国家规划")

    (span,) = read_qualcoder(file, codebook=codebook, documents=documents)

    assert ("ann", "d1", 4, 10, "C1") == (span.coder, span.document, span.start, span.end, span.code)


def test_a_passage_that_moved_is_named_with_its_new_place(tmp_path, codebook, documents):
    rows = ["ann,C1,d1,5,11,落实国家规划", "ann,C1,d1,x,9,甲", "ann,C,d1,4,10,落实国家规划"]
    file = write(tmp_path / "q.csv", QUALCODER, *rows)

    with pytest.raises(DataError) as caught:
        read_qualcoder(file, codebook=codebook, documents=documents)

    assert ["segment-moved", "count-unreadable", "coding-undeclared"] == [f.code for f in caught.value.problems]
    assert "now stand at: 4" in caught.value.problems[0].text("en")
