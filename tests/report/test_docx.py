"""Tables as a Word document."""

from __future__ import annotations

import zipfile

from docx import Document

from jinghe.report.docx import write_docx
from jinghe.report.titled import TitledTable

FIGURE = {
    "title": {"zh": "互信", "en": "Trust"},
    "options": [{"zh": "否", "en": "no"}, {"zh": "中", "en": "so"}, {"zh": "是", "en": "yes"}],
    "rows": [{"label": {"zh": "一", "en": "one"}, "n": 9, "shares": [0.2, 0.3, 0.5]}],
}
ROWS = (("甲局", "40"), ("乙局", "隐去"))
TABLE = TitledTable("样本", ("组别", "人数"), ROWS, (False, True), "方法：频数。", ("注一",))


def made(tmp_path, *tables, lang="zh"):
    write_docx(tmp_path / "r.docx", tables, title="报告", lead=["合成数据"], lang=lang)
    return Document(str(tmp_path / "r.docx"))


def test_title_captions_cells_methods_and_notes_stand_in_order(tmp_path):
    document = made(tmp_path, TABLE)

    assert [p.text for p in document.paragraphs] == ["报告", "合成数据", "表 1　样本", "方法：频数。", "注一"]
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["组别", "人数"],
        ["甲局", "40"],
        ["乙局", "隐去"],
    ]


def test_chinese_fonts_are_set_on_every_run(tmp_path):
    made(tmp_path, TABLE)
    xml = zipfile.ZipFile(tmp_path / "r.docx").read("word/document.xml").decode("utf-8")

    assert xml.count("<w:r>") == xml.count("w:eastAsia=")
    assert 'w:eastAsia="宋体"' in xml
    assert 'w:eastAsia="黑体"' in xml


def test_header_rows_repeat_and_rows_do_not_break(tmp_path):
    made(tmp_path, TABLE)
    xml = zipfile.ZipFile(tmp_path / "r.docx").read("word/document.xml").decode("utf-8")

    assert xml.count("<w:tblHeader/>") == 1
    assert xml.count("<w:cantSplit/>") == 3


def test_columns_fill_the_page_and_leave_words_the_room(tmp_path):
    row = (*("很长的一个题项名称在此",) * 2, *("1.00",) * 11)
    wide = TitledTable("宽", (*("题项",) * 2, *("数",) * 11), (row,), (*(False,) * 2, *(True,) * 11), "方法")
    grid = made(tmp_path, wide).tables[0]
    widths = [column.width.cm for column in grid.columns]

    assert abs(sum(widths) - 17) < 0.05
    assert min(widths[:2]) > max(widths[2:])


def test_numbers_and_words_are_never_broken_by_long_headers(tmp_path):
    head = ("Group", "n", *(f"a long option number {k} of this question" for k in range(5)))
    rows = (("Chongqing circle", "2122", *("67.3%",) * 5),)
    grid = made(tmp_path, TitledTable("长", head, rows, (False, *(True,) * 6), "方法"), lang="en").tables[0]
    widths = [column.width.cm for column in grid.columns]

    assert widths[0] > 0.165 * len("Chongqing circle")
    assert widths[1] > 0.165 * len("2122") + 0.38  # the padding of a cell


def test_ratings_are_shown_as_bars_below_the_table(tmp_path):
    from dataclasses import replace

    document = made(tmp_path, replace(TABLE, figure=FIGURE), lang="en")
    names = zipfile.ZipFile(tmp_path / "r.docx").namelist()

    assert document.tables[1].rows[0].cells[0].text == "one"
    assert document.paragraphs[-1].text == "■ no　■ so　■ yes　"
    assert [name for name in names if name.endswith(".png")] == ["word/media/image1.png"]


def test_a_figure_without_answers_is_left_out(tmp_path):
    from dataclasses import replace

    empty = FIGURE | {"rows": [FIGURE["rows"][0] | {"n": 0}]}

    assert len(made(tmp_path, replace(TABLE, figure=empty)).tables) == 1
