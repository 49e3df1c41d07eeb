"""Pages of Markdown."""

from jinghe.exhibit import Column, Section, Table
from jinghe.labels import Text
from jinghe.report.page import write_page

TABLE = Table(
    "t",
    Text("表", "Table"),
    (Column(Text("名", "Name")), Column(Text("份额", "Share"), "share", 0)),
    ((Text("甲|乙", "A|B"), 0.5), ("x", None)),
    Text("算法", "How"),
)
SECTION = Section("s", Text("节", "Section"), Text("导语", "Lead"), (TABLE,), (Text("结论", "Finding"),))


def test_conclusions_come_first_then_the_figure_then_the_tables():
    page = write_page(
        Text("题", "Title"), (Text("由", "By"),), [SECTION.as_dict()], figures={"s": "s.en.svg"}, lang="en"
    )

    assert page.startswith("# Title\n\nBy\n\n## Section\n\nLead\n\n- Finding\n\n![Section](s.en.svg)\n\n**Table**")
    assert "| A\\|B | 50% |" in page
    assert "| x | — |" in page
    assert page.endswith("Note: How\n")


def test_the_page_speaks_the_language_it_is_asked_for():
    page = write_page(Text("题", "Title"), (), [SECTION.as_dict()], figures={}, lang="zh")

    assert page.startswith("# 题\n\n## 节")
    assert "![" not in page
