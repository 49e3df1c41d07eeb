from __future__ import annotations

import random
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.compact import check, find_case, load_compact, load_panel
from jinghe.compact.document import parse_document
from jinghe.compact.edit import replace_value
from jinghe.compact.path import walk_steps
from jinghe.errors import CompactError

CASES = Path(__file__).parents[2] / "cases"


def test_a_case_is_found_by_its_name_its_folder_or_its_file(folder):
    assert find_case("toy") == CASES / "toy"
    assert find_case(folder) == folder
    assert find_case(str(folder / "compact.yaml")) == folder


@pytest.mark.parametrize("name", ["../toy", "toy/..", "", "nowhere/toy"])
def test_a_name_is_no_way_out_of_the_folder_of_cases(name, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    assert [p.code for p in check(name or "none")] in (["case-missing"], ["file-missing", "file-missing"])


def test_an_unknown_case_names_those_at_hand():
    with pytest.raises(CompactError) as caught:
        find_case("shansi")

    assert dict(caught.value.problems[0].values)["known"] == "chuanyu, shanxi, toy, yuqian"


@pytest.mark.parametrize("name", ["toy", "shanxi", "chuanyu", "yuqian"])
def test_the_cases_have_no_error_and_no_warning(name):
    assert [p.text("en") for p in check(name) if p.level != "note"] == []


def test_errors_come_first_and_the_rules_before_the_figures(write):
    write("data/observations.csv", "990200,gdp,2021,240,亿元", "990200,gdp,2021,240,%")
    folder = write("compact.yaml", "    green: 0.2\n", "    green: 0.1\n")

    found = [(p.level, p.place.file) for p in check(folder)]

    assert found[:2] == [("error", "compact.yaml"), ("error", "data/observations.csv")]
    assert {level for level, _ in found[2:]} == {"note"}


def test_a_compact_with_an_error_is_not_loaded_and_all_errors_are_told(write):
    write("compact.yaml", "    green: 0.2\n", "    green: 0.1\n")
    folder = write("data/observations.csv", "990200,gdp,2021,240,亿元", "990200,gdp,2021,240,%")

    with pytest.raises(CompactError) as caught:
        load_compact(folder)

    assert [p.code for p in caught.value.problems] == ["weights-sum", "unit-mismatch"]


def test_faulty_figures_do_not_stop_the_rules_from_being_read(write):
    compact = load_compact(write("data/observations.csv", "990200,gdp,2021,240,亿元", "990200,gdp,2021,240,%"))

    reading = load_panel(compact)

    assert [p.code for p in reading.problems] == ["unit-mismatch"]
    assert reading.panel.find("990200", "gdp", "2021") is None
    assert reading.panel.find("990100", "gdp", "2021").value == 400


def test_a_series_without_a_declared_unit_takes_that_of_its_first_figure(write):
    folder = write("data/observations.csv", "990200,gdp,2021,240,亿元", "990200,gdp,2021,2400000,万元")

    reading = load_panel(load_compact(folder))

    assert reading.panel.find("990200", "gdp", "2021").value == 240
    assert [c.rule for c in reading.coercions] == ["unit-converted"]


def test_the_unit_of_an_indicator_or_of_an_agreement_holds(write):
    write("data/observations.csv", "990200,park_tax,2021,1000,万元", "990200,park_tax,2021,10000000,元")
    write("data/observations.csv", "990200,park_tax,2022,1200,万元", "990200,park_tax,2022,12000000,元")

    reading = load_panel(load_compact(write("compact.yaml", "horizon: 5", "horizon: 6")))

    assert reading.panel.find("990200", "park_tax", "2021").unit == "万元"
    assert reading.panel.find("990200", "park_tax", "2022").value == 1200


def test_figures_from_outside_the_region_are_told_and_left_out(folder):
    with (folder / "data" / "observations.csv").open("a", encoding="utf-8") as file:
        file.write("140100,gdp,2021,5121.61,亿元,2022-03-14,reported,toy,toy,\n")

    reading = load_panel(load_compact(folder))

    assert [(p.code, p.place.line) for p in reading.problems] == [("jurisdiction-unknown", 34)]
    assert reading.panel.find("140100", "gdp", "2021") is None


def test_parquet_is_read_like_csv(folder, write):
    from jinghe.panel import dump_panel

    panel = load_panel(load_compact(folder)).panel
    dump_panel(panel, folder / "data" / "observations.parquet")
    write("compact.yaml", "data/observations.csv", "data/observations.parquet")

    reading = load_panel(load_compact(folder))

    assert reading.problems == ()
    assert reading.panel.digest == panel.digest


JUNK = [
    None,
    0,
    -1,
    5,
    1.5,
    "x",
    "",
    [],
    {},
    [1],
    {"a": 1},
    {"zh": "好"},
    True,
    date(2021, 1, 1),
    "140100",
    "1/2",
    [None],
]
JUNK += [{date(2021, 1, 1): 0.5}, {"a": None}, [[1]]]


@pytest.mark.slow
@given(st.integers(0, 10**6))
def test_no_spoilt_value_makes_the_check_fail(tmp_path_factory, seed):
    chance = random.Random(seed)
    folder = Path(shutil.copytree(CASES / "toy", tmp_path_factory.mktemp("case") / "toy"))
    path = folder / chance.choice(["compact.yaml", "compact.yaml", "sources.yaml", "agreements/toy-park.yaml"])
    document, _ = parse_document(path.read_text(encoding="utf-8"), file=path.name)
    text = replace_value(document, chance.choice(list(walk_steps(document.tree))), chance.choice(JUNK))
    path.write_text(text, encoding="utf-8")

    found = check(folder)

    assert all(p.text("zh") and p.text("en") for p in found)
    if any(p.level == "error" for p in found):
        assert is_stopped(folder)


def is_stopped(folder: Path) -> bool:
    """Does an error stop the compact, or else its panel?"""
    try:
        return any(p.level == "error" for p in load_panel(load_compact(folder)).problems)
    except CompactError:
        return True


def test_a_folder_of_results_does_not_hide_the_case_of_its_name(tmp_path, monkeypatch):
    (tmp_path / "toy").mkdir()
    monkeypatch.chdir(tmp_path)

    assert find_case("toy") == CASES / "toy"


def test_a_series_without_any_figure_is_a_warning(folder, write):
    write("compact.yaml", "ratio: {of: gdp, over: population,", "ratio: {of: gdpp, over: population,")

    found = [item for item in check(folder) if item.level == "warning"]

    assert ["series-missing"] == [item.code for item in found]
    assert "the panel has no series “gdpp”" in found[0].text("en")
    assert "compact.yaml" == found[0].place.file
