from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jinghe.errors import DataError
from jinghe.labels import Text
from jinghe.standards import read_catalogue, read_headings
from jinghe.standards.catalogue import COLUMNS

OWNER = Text("甲", "A")
HEAD = ",".join(COLUMNS)


def write(path: Path, *rows: str, head: str = HEAD, encoding: str = "utf-8") -> Path:
    path.write_text("\n".join((head, *rows)) + "\n", encoding=encoding)
    return path


def faults(path: Path) -> list[str]:
    with pytest.raises(DataError) as caught:
        read_catalogue(path, prefix="a", owner=OWNER)
    return [fault.code for fault in caught.value.problems]


def test_both_catalogues_of_the_paper_are_there_in_full(printed):
    sichuan, chongqing = printed

    assert (22, 11) == (len(sichuan.items), len(chongqing.items))
    assert [4, 12, 6] == [sum(i.subsystem == h.id for i in sichuan.items) for h in sichuan.list_headings("subsystem")]
    assert [2, 2, 7] == [
        sum(i.subsystem == h.id for i in chongqing.items) for h in chongqing.list_headings("subsystem")
    ]
    assert (7, 6) == tuple(len(c.list_headings("function")) for c in printed)


def test_every_title_stands_in_the_paper(printed, root):
    paper = root.parent / "shared" / "sources" / "chuanyu-full.txt"
    if not paper.is_file():
        pytest.skip("the paper is not at hand")
    text = paper.read_text(encoding="utf-8")

    assert [] == [item.title.zh for c in printed for item in c.items if item.title.zh not in text]
    assert [] == [item.code for item in printed[1].items if f"{item.code} {item.title.zh}" not in text]


def test_dates_and_clauses_are_read_where_they_are_given(tmp_path):
    head = f"{HEAD},in_force_on,ended_on,clauses"
    file = write(tmp_path / "a.csv", "1,甲,,,,f;g,replaced,s,2021-01-01,2023-01-01,4.2;4.1", head=head)

    item = read_catalogue(file, prefix="a", owner=OWNER).items[0]

    assert ("f", "g") == item.functions
    assert ("4.1", "4.2") == item.clauses
    assert (date(2021, 1, 1), date(2023, 1, 1)) == (item.in_force_on, item.ended_on)


def test_drafts_and_abolished_standards_are_not_live(tmp_path):
    rows = [f"{code},甲,,,,,{status},s" for code, status in enumerate(["", "draft", "in_force", "abolished"])]

    found = read_catalogue(write(tmp_path / "a.csv", *rows), prefix="a", owner=OWNER).keep_live()

    assert ["0", "2"] == [item.code for item in found.items]


@pytest.mark.parametrize(("encoding", "named"), [("gb18030", "GB18030"), ("utf-16", "UTF-16"), ("big5", "GB18030")])
def test_a_catalogue_in_another_encoding_is_refused_and_its_encoding_named(tmp_path, encoding, named):
    rows = [f"{k},術語標準與縮略語,,,,,,s" for k in range(4)]
    file = write(tmp_path / "a.csv", *rows, encoding=encoding)  # Big5 bytes are valid GB18030, too: “seems to be”

    with pytest.raises(DataError) as caught:
        read_catalogue(file, prefix="a", owner=OWNER)

    assert "standard-encoding" == caught.value.problems[0].code
    assert named in caught.value.problems[0].text("zh")
    assert "seems to be" in caught.value.problems[0].text("en")


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        (["1,甲,,2,,,,s", "2,乙,,1,,,,s"], ["standard-ring", "standard-ring"]),
        (["1,甲,,1,,,,s"], ["standard-ring"]),
        (["1,甲,,9,,,,s"], ["standard-parent"]),
        (["1,甲,,,,,,s", "1,乙,,,,,,s"], ["standard-repeated"]),
        (["a b,甲,,,,,,s"], ["standard-code"]),
        (["1,甲,,,,,current,s"], ["choice-unknown"]),
        (["1,,,,,,,s"], ["text-empty"]),
    ],
)
def test_faults_of_a_catalogue_are_named(tmp_path, rows, codes):
    assert codes == faults(write(tmp_path / "a.csv", *rows))


def test_reversed_and_unreadable_dates_are_named(tmp_path):
    rows = ["1,甲,,,,,,s,2023-01-01,2021-01-01", "2,乙,,,,,,s,soon,"]

    file = write(tmp_path / "a.csv", *rows, head=f"{HEAD},in_force_on,ended_on")

    assert ["dates-reversed", "date-unreadable"] == faults(file)


def test_an_item_under_an_undeclared_function_is_refused(tmp_path, printed):
    file = write(tmp_path / "a.csv", "1,甲,,,nowhere,canteen,,s")

    with pytest.raises(DataError) as caught:
        read_catalogue(file, prefix="a", owner=OWNER, headings=printed[0].headings)

    assert ["canteen", "nowhere"] == [dict(fault.values)["found"] for fault in caught.value.problems]


def test_faults_of_the_headings_are_named(tmp_path):
    head = "catalogue,kind,id,name_zh,name_en,tier,need,source,note"
    rows = ["a,function,f,甲,,,-1,,", "a,function,f,甲,,,,,", "a,role,g,,,later,,,"]

    with pytest.raises(DataError) as caught:
        read_headings(write(tmp_path / "h.csv", *rows, head=head))

    expected = ["standard-need", "standard-repeated", "choice-unknown", "choice-unknown", "text-empty"]
    assert expected == [fault.code for fault in caught.value.problems]
