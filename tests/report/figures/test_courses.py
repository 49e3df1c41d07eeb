"""Courses of the region."""

from xml.etree import ElementTree

import pytest

from jinghe.report.figures import draw_courses


def figure(mark=None):
    def run(name):
        one = {"label": {"zh": "努力", "en": "Effort"}, "mean": [0.1, 0.2, 0.3], "low": [0, 0, 0], "high": [1, 1, 1]}
        return {
            "label": {"zh": name, "en": name},
            "periods": ["2021", "2022", "2023"],
            "variables": {"effort": one, "trust": one},
        }

    return {"title": {"zh": "图", "en": "Figure"}, "runs": [run("one"), run("two")]} | ({"mark": mark} if mark else {})


@pytest.mark.parametrize("lang, said", [("zh", "撤除"), ("en", "withdrawn")])
def test_every_variable_has_a_panel_every_run_a_line_and_the_year_a_mark(lang, said):
    root = ElementTree.fromstring(draw_courses(figure({"at": 1, "label": {"zh": "撤除", "en": "withdrawn"}}), lang))

    words = "".join(root.itertext())
    paths = [e for e in root.iter() if e.tag.endswith("path")]
    assert 2 + 2 * 2 * 2 == len(paths)  # legend; band and line a run and panel
    assert 2 == words.count(f"2022 {said}")
    assert "one" in words


def test_without_a_mark_there_is_none():
    assert 'stroke-dasharray="3 3"' not in draw_courses(figure(), "en")
