"""The picture of a section or table."""

from jinghe.report.figures.pictures import draw_figure

LIKERT = {
    "kind": "likert",
    "title": {"zh": "互信", "en": "Trust"},
    "options": [{"zh": "低", "en": "low"}, {"zh": "高", "en": "high"}],
    "rows": [{"label": {"zh": "一", "en": "one"}, "n": 20, "shares": [0.25, 0.75]}],
}
NETWORK = {"kind": "network", "actors": [], "groups": [], "ties": [], "left_out": 0}


def test_each_kind_is_drawn_as_what_it_is():
    assert 'aria-label="互信"' in draw_figure(LIKERT, "zh")
    assert "75%" in draw_figure(LIKERT, "en")
    assert 'aria-label="协作网络"' in draw_figure(NETWORK, "zh")
