"""Sheets as rows of words."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from jinghe.errors import DataError
from jinghe.survey.sheet import open_workbook, read_sheet, save_sheets


def test_what_excel_made_of_codes_is_undone(tmp_path):
    book = Workbook()
    book.active.append(["a", "b", "c", "d", "e"])
    book.active.append([1, 1.0, True, date(2024, 3, 1), " x "])
    book.active.append([None] * 5)
    book.save(tmp_path / "b.xlsx")

    rows = read_sheet(open_workbook(tmp_path / "b.xlsx"), "", ("a",), file="b.xlsx")

    assert rows == [(2, {"a": "1", "b": "1", "c": "true", "d": "2024-03-01T00:00:00", "e": "x"})]


def test_a_formula_stays_words(tmp_path):
    save_sheets(tmp_path / "b.xlsx", {"s": (("a",), [{"a": "=1+1"}])})

    assert load_workbook(tmp_path / "b.xlsx")["s"]["A2"].data_type == "s"


def test_what_is_no_workbook_has_its_message(tmp_path):
    (tmp_path / "b.xlsx").write_text("no", encoding="utf-8")

    for name, code in (("b.xlsx", "survey-workbook"), ("c.xlsx", "file-missing")):
        with pytest.raises(DataError) as found:
            open_workbook(tmp_path / name)
        assert [item.code for item in found.value.problems] == [code]


def test_a_missing_sheet_and_a_missing_column_have_their_messages(tmp_path):
    save_sheets(tmp_path / "b.xlsx", {"s": (("a",), [{"a": "1"}])})
    book = open_workbook(tmp_path / "b.xlsx")

    for name, columns, code in (("t", (), "survey-sheet-missing"), ("s", ("b",), "column-missing")):
        with pytest.raises(DataError) as found:
            read_sheet(book, name, columns, file="b.xlsx")
        assert [item.code for item in found.value.problems] == [code]
    assert read_sheet(book, "t", (), file="b.xlsx", optional=True) == []
