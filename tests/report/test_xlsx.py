"""Tables as a workbook."""

from __future__ import annotations

from openpyxl import load_workbook

from jinghe.report.titled import TitledTable
from jinghe.report.xlsx import write_xlsx

ROWS = (("甲局", "1,234", "10.5%", "−0.03", "<0.001"), ("=1+1", "隐去", "—", "", "2404"))
HEAD = ("组别", "人数", "占比", "t", "p")
TABLE = TitledTable("样本", HEAD, ROWS, (False, *(True,) * 4), "方法：频数。", ("注",))


def made(tmp_path, lang="zh"):
    write_xlsx(tmp_path / "r.xlsx", [TABLE, TABLE], title="报告", lead=["合成数据"], lang=lang)
    return load_workbook(tmp_path / "r.xlsx")


def test_the_first_sheet_lists_the_others(tmp_path):
    book = made(tmp_path)
    cells = [row for row in book["目录"].iter_rows(values_only=True) if any(row)]

    assert book.sheetnames == ["目录", "表1", "表2"]
    assert cells == [("报告", None), ("合成数据", None), ("表", "标题"), ("表1", "样本"), ("表2", "样本")]
    assert made(tmp_path, "en").sheetnames == ["Contents", "Table 1", "Table 2"]


def test_numbers_are_numbers_as_printed_and_words_stay_words(tmp_path):
    sheet = made(tmp_path)["表1"]
    row = [(cell.value, cell.number_format) for cell in sheet[3]]

    assert row[1:4] == [(1234, "0"), (0.105, "0.0%"), (-0.03, "0.00")]
    assert row[4][0] == "<0.001"
    assert [cell.value for cell in sheet[4]][:3] == ["=1+1", "隐去", "—"]
    assert sheet["A4"].data_type == "s"


def test_long_words_below_a_table_are_seen_whole_and_printed_on_one_page(tmp_path):
    from dataclasses import replace

    write_xlsx(tmp_path / "r.xlsx", [replace(TABLE, methods="方法" * 100)], title="报告", lead=["合成数据" * 30])
    book = load_workbook(tmp_path / "r.xlsx")
    sheet, contents = book["表1"], book["目录"]

    assert sheet.row_dimensions[5].height >= 9 * 1.4 * 400 / 60
    assert sheet["A5"].alignment.wrap_text
    assert contents.row_dimensions[2].height >= 11 * 1.4 * 3
    assert sheet.page_setup.fitToWidth == 1


def test_the_method_stands_below(tmp_path):
    sheet = made(tmp_path)["表1"]

    assert (sheet["A1"].value, sheet["A5"].value, sheet["A6"].value) == ("表 1　样本", "方法：频数。", "注")
