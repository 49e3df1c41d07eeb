from dataclasses import replace

import pytest

from jinghe.contest.exchange.cells import open_book, save_book
from jinghe.contest.exchange.coin_tool import read_coin_tool, write_coin_tool
from jinghe.contest.exchange.coinr import read_coinr_tables
from jinghe.contest.exchange.framework import Entry
from jinghe.errors import DataError


def tree(framework):
    return {(one.code, one.name, one.parent, one.direction, one.weight) for one in framework.entries
            if one.kind in ("Indicator", "Aggregate")}  # fmt: skip


def test_the_tools_lay_out_gives_tree_weights_posts_and_figures_back(framework, tmp_path):
    write_coin_tool(framework, tmp_path / "tool.xlsx", period="2021")

    found = read_coin_tool(tmp_path / "tool.xlsx", period="2021")

    assert tree(found) == tree(framework)
    assert {one.code: one.posts for one in found.of_kind("Indicator")}["jobs"] == (0.0, 10.0)
    leaves = [one.code for one in framework.of_kind("Indicator")]
    assert [row.figures for row in found.rows] == [
        {name: value for name, value in row.figures.items() if name in leaves} for row in framework.rows
    ]
    assert [row.code for row in found.rows] == ["A", "NA", "C"]


def test_cells_stand_where_the_tool_has_them(framework, tmp_path):
    write_coin_tool(framework, tmp_path / "tool.xlsx", period="2021")

    sheet = open_book(tmp_path / "tool.xlsx")["Database"]

    assert [sheet.cell(line, 6).value for line in range(7, 19)] == [
        1, -1, None, None, "Index.whole", "Index.whole", "Index.whole", "si.links", "Dust", "dust", 30.5, "n/a"
    ]  # fmt: skip
    assert (sheet["B17"].value, sheet["C17"].value) == ("City A", "A")


def test_asem_goes_through_the_tools_lay_out(oracle, tmp_path):
    asem = read_coinr_tables(oracle / "ASEM_iData.csv", oracle / "ASEM_iMeta.csv")
    write_coin_tool(asem, tmp_path / "asem.xlsx", period="2018")

    assert tree(read_coin_tool(tmp_path / "asem.xlsx", period="2018")) == tree(asem)


def test_a_tree_of_uneven_depth_has_no_place_in_the_tool(framework, tmp_path):
    uneven = replace(framework, entries=(*framework.entries, Entry("rent", "Rent", "Indicator", "whole", weight=1.0)))

    with pytest.raises(DataError) as caught:
        write_coin_tool(uneven, tmp_path / "tool.xlsx", period="2021")

    assert [p.code for p in caught.value.problems] == ["exchange-levels"]


def test_faults_in_the_tools_sheet_are_told_with_their_line(framework, tmp_path):
    write_coin_tool(framework, tmp_path / "tool.xlsx", period="2021")
    book = open_book(tmp_path / "tool.xlsx")
    book["Database"]["E8"], book["Database"]["F17"] = 3, "much"
    book.save(tmp_path / "tool.xlsx")

    with pytest.raises(DataError) as caught:
        read_coin_tool(tmp_path / "tool.xlsx", period="2021")

    assert {(p.code, p.place.line) for p in caught.value.problems} == {
        ("choice-unknown", None),
        ("number-unreadable", 17),
    }


def test_an_empty_sheet_is_told(tmp_path):
    save_book(tmp_path / "tool.xlsx", {"Database": [["nothing"]]})

    with pytest.raises(DataError, match="holds no figures"):
        read_coin_tool(tmp_path / "tool.xlsx", period="2021")
