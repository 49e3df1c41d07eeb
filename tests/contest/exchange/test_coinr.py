import csv

import pytest

from jinghe.contest.exchange.coinr import (
    read_coinr_tables,
    read_coinr_workbook,
    write_coinr_tables,
    write_coinr_workbook,
)
from jinghe.errors import DataError


def same(one, two):
    plain = {entry.code: (entry.name, entry.kind, entry.parent, entry.direction, entry.weight, entry.unit, entry.target,
                          entry.denominator) for entry in one.entries}  # fmt: skip
    other = {entry.code: (entry.name, entry.kind, entry.parent, entry.direction, entry.weight, entry.unit, entry.target,
                          entry.denominator) for entry in two.entries}  # fmt: skip
    return plain == other and one.rows == two.rows


def test_a_workbook_gives_the_framework_back(framework, tmp_path):
    write_coinr_workbook(framework, tmp_path / "f.xlsx", extra={"More": [["a", 1]]})

    assert same(read_coinr_workbook(tmp_path / "f.xlsx"), framework)


def test_two_tables_give_the_framework_back(framework, tmp_path):
    write_coinr_tables(framework, data=tmp_path / "iData.csv", meta=tmp_path / "iMeta.csv")

    assert same(read_coinr_tables(tmp_path / "iData.csv", tmp_path / "iMeta.csv"), framework)
    with (tmp_path / "iMeta.csv").open(encoding="utf-8", newline="") as file:
        assert [row["Level"] for row in csv.DictReader(file)] == ["1", "1", "1", "2", "2", "3", "", ""]


def test_the_tables_of_asem_are_read_whole(oracle, tmp_path):
    found = read_coinr_tables(oracle / "ASEM_iData.csv", oracle / "ASEM_iMeta.csv")
    write_coinr_workbook(found, tmp_path / "asem.xlsx")

    assert (len(found.of_kind("Indicator")), len(found.of_kind("Aggregate")), len(found.rows)) == (49, 11, 51)
    assert found.periods == ("2018",)
    assert sum(one.code not in row.figures for row in found.rows for one in found.of_kind("Indicator")) == 63
    assert read_coinr_workbook(tmp_path / "asem.xlsx").rows == found.rows


def write(tmp_path, meta, data):
    for name, text in (("iMeta.csv", meta), ("iData.csv", data)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / "iData.csv", tmp_path / "iMeta.csv"


META = "iCode,Direction,Weight,Parent,Type\ngdp,1,1,top,Indicator\ntop,1,1,,Aggregate\n"


def test_the_period_may_be_given_where_there_is_no_column_for_it(tmp_path):
    data, meta = write(tmp_path, META, "uCode,gdp\nA,1\nB,2\n")

    assert read_coinr_tables(data, meta, period="2020").periods == ("2020",)
    with pytest.raises(DataError, match="“Time” is empty"):
        read_coinr_tables(data, meta)


def test_every_fault_of_both_tables_is_told_with_its_line(tmp_path):
    meta = META.replace("gdp,1,1,top,Indicator", "gdp,2,-1,top,Indicator\nrd,1,1,top,Indicator\n,1,1,top,Indicater")
    data, meta_path = write(tmp_path, meta, "uCode,Time,gdp\nA,2020,many\n,2020,2\n")

    with pytest.raises(DataError) as caught:
        read_coinr_tables(data, meta_path)

    assert {(p.code, p.place.file, p.place.line) for p in caught.value.problems} == {
        ("choice-unknown", "iMeta.csv", 2), ("contest-range", "iMeta.csv", 2), ("cell-empty", "iMeta.csv", 4),
        ("choice-unknown", "iMeta.csv", 4), ("exchange-series", "iData.csv", None), ("cell-empty", "iData.csv", 3),
    }  # fmt: skip


def test_missing_columns_are_told_before_anything_else(tmp_path):
    data, meta = write(tmp_path, "iCode,Type\ngdp,Indicator\n", "uCode,gdp\nA,1\n")

    with pytest.raises(DataError) as caught:
        read_coinr_tables(data, meta)

    assert [p.code for p in caught.value.problems] == ["column-missing"] * 3
