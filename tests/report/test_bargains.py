"""Joint projects under many rules, as sections."""

import pytest

from jinghe.compact import read_tree
from jinghe.games import compare_rules, read_project
from jinghe.report import show_comparison


@pytest.fixture
def section(root):
    project = read_project(read_tree(root / "cases/toy/projects/park.yaml"))
    return show_comparison(project, compare_rules(project))


def test_the_park_of_three_has_its_known_shares_and_says_who_would_leave(section):
    rows = {row[0].en: row for row in section.tables[0].rows}

    nucleolus = next(row for name, row in rows.items() if name.lower() == "nucleolus")
    assert [90.0, 45.0, 45.0] == pytest.approx(nucleolus[1:4])
    assert "nobody" == nucleolus[-1].en
    by_gdp = next(row for name, row in rows.items() if "GDP" in name and row[-1].en != "nobody")
    assert 8.4 == pytest.approx(by_gdp[6])
    assert "单独行动" in by_gdp[-1].zh


def test_the_kind_of_data_is_the_first_thing_said(section):
    assert "illustrative" in section.notes[0].en
