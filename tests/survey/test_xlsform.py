"""XLSForm workbooks in and out."""

from __future__ import annotations

import pytest
from openpyxl import Workbook, load_workbook

from jinghe.compact import read_tree
from jinghe.errors import DataError
from jinghe.survey import read_instrument, read_xlsform, write_xlsform

HEAD = ["type", "name", "label", "label::English (en)", "relevant", "appearance"]


def save(path, survey, choices=()):
    book = Workbook()
    sheet = book.active
    sheet.title = "survey"
    for row in [HEAD, *survey]:
        sheet.append(list(row))
    sheet = book.create_sheet("choices")
    for row in [["list_name", "name", "label"], *choices]:
        sheet.append(list(row))
    book.save(path)
    return path


def test_what_is_written_reads_back_the_same(small, tmp_path):
    write_xlsform(small, tmp_path / "small.xlsx")

    assert read_xlsform(tmp_path / "small.xlsx") == small


def test_the_sheet_is_what_other_programs_expect(small, tmp_path):
    write_xlsform(small, tmp_path / "small.xlsx")
    sheet = load_workbook(tmp_path / "small.xlsx")["survey"]
    rows = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]

    settings = [cell.value for cell in load_workbook(tmp_path / "small.xlsx")["settings"][1]]
    assert settings[:2] == ["form_title", "title_en"]  # pyxform ends in a fault where a title has two languages
    assert rows[0][:4] == ["type", "name", "label::中文 (zh)", "label::English (en)"]
    assert [row[0] for row in rows[4:9]] == ["begin_group", *["select_one five"] * 3, "end_group"]
    assert rows[4][rows[0].index("appearance")] == "table-list"


@pytest.mark.parametrize("name", ["cooperation", "usage"])
def test_workbook_and_yaml_of_the_case_say_the_same(case_folder, name):
    folder = case_folder / "instruments"

    assert read_xlsform(folder / f"{name}.xlsx") == read_instrument(read_tree(folder / f"{name}.yaml"))


def test_a_workbook_made_elsewhere_is_read(tmp_path):
    survey = [
        ["start", "start", "", "", "", ""],
        ["begin group", "g", "组", "Group", "", ""],
        ["select_one yn", "met", "见过吗", "Met?", "", ""],
        ["end group", "", "", "", "", ""],
        ["integer", "times", "几次", "How often?", "${met} = '1'", ""],
    ]

    found = read_xlsform(save(tmp_path / "kobo.xlsx", survey, [["yn", 1, "是"], ["yn", 0, "否"]]))

    assert [item.id for item in found.items] == ["met", "times"]
    assert [choice.code for choice in found.options("met")] == ["1", "0"]
    assert found.item("met").label.as_dict() == {"zh": "见过吗", "en": "Met?"}
    assert found.id == "kobo"


@pytest.mark.parametrize(
    ("survey", "choices", "code", "line"),
    [
        ([["select_one yn", "a", "x", "", "", ""]], [], "survey-choices-missing", 2),
        ([["geopoint", "a", "x", "", "", ""]], [], "survey-kind-unknown", 2),
        ([["begin group", "g", "x", "", "", ""], ["integer", "a", "x", "", "", ""]], [], "survey-group-open", None),
        ([["integer", "a", "x", "", "", ""], ["end group", "", "", "", "", ""]], [], "survey-group-open", 3),
        ([["select_one yn", "a", "x", "", "", ""]], [["yn", 1, "x"], ["yn", 1, "y"]], "survey-name-repeated", 3),
    ],
)
def test_a_fault_names_its_line(tmp_path, survey, choices, code, line):
    path = save(tmp_path / "form.xlsx", survey, choices)

    with pytest.raises(DataError) as found:
        read_xlsform(path)

    assert (code, line, "form.xlsx") in [(f.code, f.place.line, f.place.file) for f in found.value.problems]
