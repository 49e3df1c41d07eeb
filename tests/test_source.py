from __future__ import annotations

from pathlib import Path

import pytest

from jinghe.errors import DataError
from jinghe.source import KINDS, Source, check_columns, read_rows, read_source


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "t.csv"


def codes(caught: pytest.ExceptionInfo[DataError]) -> list[str]:
    return [p.code for p in caught.value.problems]


def test_source_is_cited_in_both_languages() -> None:
    source = read_source("s1", {"title": "山西日报", "kind": "press", "published": "2022-08-12", "address": None})

    assert source == Source("s1", "山西日报", "press", "2022-08-12")
    assert source.cite("zh") == "山西日报，2022-08-12［报刊］"
    assert source.cite("en") == "山西日报, 2022-08-12 [press]"


def test_source_without_title_and_of_unknown_kind_has_two_faults() -> None:
    with pytest.raises(DataError) as caught:
        read_source("s1", {"kind": "rumour"})

    assert codes(caught) == ["text-empty", "choice-unknown"]
    assert caught.value.problems[1].text("en") == (
        f"sources.s1.kind: “rumour” is not one of the choices. The choices are {', '.join(KINDS)}. Use one of them."
    )


@pytest.mark.parametrize("tree", [None, "press", []])
def test_source_that_is_no_mapping_is_a_fault(tree: object) -> None:
    with pytest.raises(DataError):
        read_source("s1", tree)


def test_rows_come_with_their_lines(table: Path) -> None:
    table.write_text("a,b\n1,2\n3,4\n", encoding="utf-8")

    assert read_rows(table, ("a", "b")) == [(2, {"a": "1", "b": "2"}), (3, {"a": "3", "b": "4"})]


def test_a_byte_order_mark_blanks_and_blank_rows_do_not_matter(table: Path) -> None:
    table.write_bytes('\ufeffa,b\r\n 1 ,"x\ny"\r\n\r\n,\r\n3\r\n5,6,,\r\n'.encode())

    assert [row for _, row in read_rows(table, ("a",))] == [
        {"a": "1", "b": "x\ny"},
        {"a": "3", "b": ""},
        {"a": "5", "b": "6"},
    ]


def test_missing_file_is_named_as_the_user_knows_it(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read_rows(tmp_path / "t.csv", ("a",), name="data/t.csv")

    assert caught.value.problems[0].text("en").startswith("data/t.csv: the file “data/t.csv” does not exist.")


def test_every_missing_column_is_reported(table: Path) -> None:
    table.write_text("a\n1\n", encoding="utf-8")

    with pytest.raises(DataError) as caught:
        read_rows(table, ("a", "b", "c"))

    assert [p.text("en")[:35] for p in caught.value.problems] == [
        "t.csv:1: the column “b” is missing.",
        "t.csv:1: the column “c” is missing.",
    ]


def test_an_empty_file_has_no_columns(table: Path) -> None:
    table.write_bytes(b"")

    with pytest.raises(DataError) as caught:
        read_rows(table, ("a",))

    assert codes(caught) == ["column-missing"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("a,b\n太原市,1\n".encode("gbk"), "file-encoding"),
        ("a,b\n1,2\n".encode("utf-16"), "file-encoding"),
        (b'a,b\n1,"2\n3,4\n', "table-broken"),
        (b"a,b\n1,2,3\n", "row-long"),
    ],
)
def test_a_table_that_spreadsheets_spoil_is_a_fault(table: Path, content: bytes, code: str) -> None:
    table.write_bytes(content)

    with pytest.raises(DataError) as caught:
        read_rows(table, ("a", "b"))

    assert codes(caught) == [code]


def test_check_columns_is_silent_when_all_are_there() -> None:
    check_columns(["a", "b", "more"], ("a", "b"), file="t.csv")


def test_a_column_that_stands_twice_is_a_fault(table: Path) -> None:
    table.write_text("code,value,value\n1,2,3\n", encoding="utf-8")

    with pytest.raises(DataError) as caught:
        read_rows(table, ("code", "value"))

    assert ["column-repeated"] == [item.code for item in caught.value.problems]
