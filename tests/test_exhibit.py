"""Titled tables."""

import math

import pytest

from jinghe.exhibit import Column, Section, Table
from jinghe.labels import Text

NAME, VALUE = Column(Text("名称", "Name")), Column(Text("值", "Value"), "number", 3)


def table(*rows):
    return Table("t", Text("表", "Table"), (NAME, VALUE), rows, method=Text("均值。", "Means."))


def test_cells_keep_full_precision_and_both_languages():
    found = table((Text("甲", "A"), 1 / 3)).as_dict()

    assert [[{"zh": "甲", "en": "A"}, 1 / 3]] == found["rows"]
    assert {"label": {"zh": "值", "en": "Value"}, "kind": "number", "digits": 3} == found["columns"][1]
    assert {"zh": "均值。", "en": "Means."} == found["method"]


def test_what_is_undefined_is_null_and_never_a_number():
    assert [["x", None], ["y", None]] == table(("x", math.nan), ("y", None)).as_dict()["rows"]


def test_a_row_of_another_length_is_a_fault_of_the_programmer():
    with pytest.raises(AssertionError, match="too short or too long"):
        table(("x",))


def test_a_kind_that_nobody_can_show_is_a_fault_of_the_programmer():
    with pytest.raises(AssertionError):
        Column(Text("值", "Value"), "colour")


def test_a_section_carries_its_tables_and_notes():
    found = Section("s", Text("章", "Part"), Text("说明。", "Lead."), (table(),), (Text("注。", "Note."),)).as_dict()

    assert {"id", "title", "lead", "tables", "notes"} == set(found)
    with_figure = Section("s", Text("章", "Part"), Text("说明。", "Lead."), (), figure={"ties": [[0, 1]]}).as_dict()
    assert {"ties": [[0, 1]]} == with_figure["figure"]
    assert "t" == found["tables"][0]["id"]
