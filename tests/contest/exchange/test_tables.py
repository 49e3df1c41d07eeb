import csv
from datetime import date

import pytest

from jinghe.contest.exchange.tables import (
    LONG_COLUMNS,
    Origin,
    read_wide,
    tabulate_long,
    tabulate_wide,
    write_long,
    write_wide,
)
from jinghe.errors import DataError
from jinghe.panel import dump_panel, read_panel

ORIGIN = Origin("s1", date(2022, 3, 1))
FIGURES = {"gdp": [4, 8, None], "rd": [1, 2, 3]}


@pytest.fixture
def scores(make_scores):
    return make_scores(FIGURES, tree={"index": {"growth": ["gdp", "rd"]}}, steps=[{"impute": {"method": "median"}}])


def test_a_long_table_has_a_row_per_city_and_node(scores, make_region):
    rows = tabulate_long(scores, region=make_region("ABC"), lang="en")

    assert len(rows) == 3 * 4
    assert tuple(rows[0]) == LONG_COLUMNS
    assert [row["node"] for row in rows[::3]] == ["index", "growth", "rd", "gdp"]
    last = rows[-1]
    assert (last["name"], last["parent"], last["level"], last["raw"], last["imputed"]) == ("City C", "growth", 3, 6, 1)
    assert (rows[0]["parent"], rows[0]["raw"], rows[0]["score"]) == ("", None, scores.total[0])


def test_a_wide_table_has_a_row_per_city(scores, make_region):
    rows = tabulate_wide(scores, region=make_region("ABC"), lang="zh")

    assert [row["rank"] for row in rows] == scores.rank.tolist()
    assert rows[1]["growth"] == scores.nodes["growth"][1]
    assert rows[2]["name"] == "C市"


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_tables_are_written_with_every_digit(scores, make_region, tmp_path, suffix):
    long, wide = tmp_path / f"long.{suffix}", tmp_path / f"wide.{suffix}"
    write_long(scores, long, region=make_region("ABC"), lang="en")
    write_wide(scores, wide, region=make_region("ABC"), lang="en")

    if suffix == "csv":
        with long.open(encoding="utf-8", newline="") as file:
            found = [float(row["score"]) for row in csv.DictReader(file)]
    else:
        import polars as pl

        found = pl.read_parquet(long)["score"].to_list()
        assert pl.read_parquet(wide).columns == [
            "jurisdiction",
            "name",
            "period",
            "rank",
            "index",
            "growth",
            "rd",
            "gdp",
        ]
    assert found == [row["score"] for row in tabulate_long(scores, region=make_region("ABC"), lang="en")]


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_wide_figures_come_in_as_the_same_panel_as_long_ones(make_panel, tmp_path, suffix):
    wide, panel = tmp_path / f"wide.{suffix}", make_panel({"gdp": [4.5, 8, None]}, unit="亿元", source="s1")
    if suffix == "csv":
        wide.write_text("jurisdiction,period,gdp,other\nA,2021,4.5,x\nB,2021,8,x\nC,2021,,x\n", encoding="utf-8")
    else:
        import polars as pl

        pl.DataFrame({"jurisdiction": list("ABC"), "period": ["2021"] * 3, "gdp": [4.5, 8, None]}).write_parquet(wide)
    dump_panel(panel, tmp_path / "long.csv")

    found = read_wide(wide, units={"gdp": "亿元"}, origin=ORIGIN)
    long = read_panel(tmp_path / "long.csv").panel

    def plain(one):
        return [(o.jurisdiction, o.indicator, o.period, o.value, o.unit, o.vintage, o.source) for o in one.observations]

    assert plain(found) == plain(long)


def test_faults_of_a_wide_table_are_told_at_once(tmp_path):
    path = tmp_path / "wide.csv"
    path.write_text("jurisdiction,period,gdp\nA,2021,much\nA,2021,1\n,soon,2\n", encoding="utf-8")

    with pytest.raises(DataError) as caught:
        read_wide(path, units={"gdp": "亿元"}, origin=ORIGIN)

    assert [(p.code, p.place.line) for p in caught.value.problems] == [
        ("number-unreadable", 2), ("exchange-unit-repeated", 3), ("cell-empty", 4), ("period-unreadable", 4)
    ]  # fmt: skip


def test_a_missing_column_or_file_is_told(tmp_path):
    path = tmp_path / "wide.csv"
    path.write_text("jurisdiction,gdp\nA,1\n", encoding="utf-8")

    with pytest.raises(DataError, match="“rd” is missing"):
        read_wide(path, units={"rd": "%"}, origin=ORIGIN, period="2021")
    with pytest.raises(DataError, match="does not exist"):
        read_wide(tmp_path / "none.parquet", units={"rd": "%"}, origin=ORIGIN, period="2021")
