"""Tables ready for paper."""

from __future__ import annotations

from jinghe.exhibit import Column, Table
from jinghe.labels import Text
from jinghe.report.titled import TitledTable, title_exhibit


def test_a_caption_is_numbered_in_its_language():
    table = TitledTable("样本", ("组",), (), (False,), "方法")

    assert table.caption(3, "zh") == "表 3　样本"
    assert table.caption(3, "en") == "Table 3. 样本"


def test_a_table_of_the_report_is_put_into_one_language():
    columns = (Column(Text("市", "City")), Column(Text("份额", "Share"), "share", 1))
    rows = ((Text("太原", "Taiyuan"), 0.256), (Text("大同", "Datong"), None))
    table = Table("t", Text("表", "Table"), columns, rows, Text("方法", "Method")).as_dict()

    found = title_exhibit(table, "en")

    assert found.rows == (("Taiyuan", "25.6%"), ("Datong", "—"))
    assert found.numeric == (False, True)
    assert found.methods == "Method"
