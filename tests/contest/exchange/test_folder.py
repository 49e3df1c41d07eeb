"""A case folder from exchanged tables."""

from datetime import date

import pytest

from jinghe.contest.exchange.folder import write_case
from jinghe.contest.exchange.framework import Entry, Framework, Row

ENTRIES = (
    Entry("gdp", "Output", parent="growth", weight=3.0, unit="%"),
    Entry("rd", "Research", parent="growth", weight=1.0, unit="%"),
    Entry("air", "Air", parent="index", direction=-1, weight=1.0, posts=(0.0, 10.0)),
    Entry("growth", "Growth", "Aggregate", "index", weight=1.0),
    Entry("index", "Index", "Aggregate"),
    Entry("zone", "Zone", "Group"),
)
ROWS = (
    Row("A", "Aton", "2021", {"gdp": 4.0, "rd": 1.0, "air": 9.0}, {"zone": "north"}),
    Row("B", "Bton", "2021", {"gdp": 8.0, "rd": 3.0, "air": 1.0}, {"zone": "north"}),
    Row("C", "Cton", "2021", {"gdp": 6.0, "air": 5.0}, {"zone": "south"}),
)


def test_the_case_is_sound_and_scores(tmp_path):
    from jinghe.compact import check, load_compact, load_panel  # the rooms above read what is written here
    from jinghe.contest import score
    from jinghe.units import Period

    write_case(Framework(ENTRIES, ROWS), tmp_path / "case", vintage=date(2022, 3, 1), title="Three towns")

    assert [] == [item for item in check(tmp_path / "case") if item.level == "error"]
    compact = load_compact(tmp_path / "case")
    scores = score(
        compact.contest, panel=load_panel(compact).panel, items=(), region=compact.region, period=Period.of(2021)
    )
    assert ("A", "B", "C") == scores.codes
    assert {"growth": 0.5, "gdp": 0.75, "rd": 0.25, "air": 0.5} == {
        k: v for k, v in scores.weights.items() if k != "index"
    }
    assert [2, 1, 3] != scores.rank.tolist() == [3, 1, 2]
    assert {"zone:north", "zone:south"} == {group.id for group in compact.region.groups}


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "data").mkdir()

    with pytest.raises(FileExistsError):
        write_case(Framework(ENTRIES, ROWS), tmp_path, vintage=date(2022, 3, 1), title="x")

    assert not (tmp_path / "compact.yaml").exists()
