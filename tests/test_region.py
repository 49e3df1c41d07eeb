from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from jinghe.errors import DataError
from jinghe.labels import Text
from jinghe.region import Group, Jurisdiction, Membership, Region, check_region, read_region

UNITS = "code,name_zh,name_en,level,parent,valid_from,valid_to,column,row,source\n"
GROUPS = "group,name_zh,name_en,kind,jurisdiction,share,valid_from,valid_to,source,note\n"
THREE = (
    "990000,试验省,Testland,province,,,,,,t\n"
    "990100,甲市,A,prefecture,990000,,,1,1,t\n"
    "990200,乙市,B,prefecture,990000,,2023-01-01,2,1,t\n"
)


def write(folder: Path, *, units: str = THREE, groups: str = "", borders: str = "") -> None:
    tables = {"j.csv": UNITS + units, "g.csv": GROUPS + groups, "a.csv": "a,b,source\n" + borders}
    for name, text in tables.items():
        (folder / name).write_text(text, encoding="utf-8")


def read(folder: Path) -> Region:
    return read_region(folder, jurisdictions="j.csv", groups="g.csv", adjacency="a.csv")


def faults(folder: Path) -> list[str]:
    with pytest.raises(DataError) as caught:
        read(folder)
    return [f"{p.place} {p.code}" for p in caught.value.problems]


@pytest.fixture
def region(tmp_path: Path) -> Region:
    groups = "zone,试验区,Zone,zone,990100,1/3,2021-12-29,,t,part\nzone,试验区,Zone,zone,990200,,,,t,\n"
    write(tmp_path, groups=groups, borders="990100,990200,t\n")
    return read(tmp_path)


def test_region_is_read_with_shares_and_dates(region: Region) -> None:
    assert region.jurisdiction("990200") == Jurisdiction(
        "990200", Text("乙市", "B"), "prefecture", "990000", None, date(2023, 1, 1), 2, 1, "t"
    )
    assert region.groups == (
        Group(
            "zone",
            Text("试验区", "Zone"),
            "zone",
            (
                Membership("990100", Fraction(1, 3), date(2021, 12, 29), None, "t", "part"),
                Membership("990200", None, None, None, "t", ""),
            ),
        ),
    )
    assert region.borders == (("990100", "990200"),)


def test_contestants_are_those_of_the_level_that_stand(region: Region) -> None:
    assert region.contestants() == ("990100", "990200")
    assert region.contestants(on=date(2023, 1, 1)) == ("990100",)
    assert region.contestants("province") == ("990000",)


def test_members_are_those_of_the_day(region: Region) -> None:
    assert region.group("zone").codes(date(2021, 12, 28)) == ("990200",)
    assert region.group("zone").codes(date(2021, 12, 29)) == ("990100", "990200")


def test_neighbours_share_a_border(region: Region) -> None:
    assert region.neighbours("990200") == ("990100",)
    assert region.neighbours("990000") == ()


def test_names_are_joined_as_the_language_joins(region: Region) -> None:
    assert region.names(["990100", "990200"], "zh") == "甲市、乙市"
    assert region.names(["990100", "省财政"], "en") == "A, 省财政"


def test_unknown_code_names_the_nearest(region: Region) -> None:
    with pytest.raises(DataError, match=r"the nearest is 990100\."):
        region.jurisdiction("990101")

    assert dict(region.unknown("甲市").values)["nearest"] == "990100"
    assert dict(Region(()).unknown("x").values)["nearest"] == "—"


def test_unknown_group_lists_the_groups(region: Region) -> None:
    with pytest.raises(DataError, match=r"The groups are zone\."):
        region.group("circle")


def test_groups_and_borders_may_be_left_out(tmp_path: Path) -> None:
    write(tmp_path)

    region = read_region(tmp_path, jurisdictions="j.csv")

    assert (len(region.jurisdictions), region.groups, region.borders) == (3, (), ())


def test_a_code_may_change_its_name_but_not_stand_twice(tmp_path: Path) -> None:
    renamed = "990100,甲县,A county,county,,,2018-01-01,,,t\n990100,甲区,A district,county,,2018-01-01,,,,t\n"
    write(tmp_path, units=renamed)
    assert read(tmp_path).contestants("county") == ("990100",)

    write(tmp_path, units=renamed.replace("2018-01-01,,,t", ",,,t"))
    assert faults(tmp_path) == ["j.csv region jurisdiction-repeated"]


def test_faults_of_all_tables_come_together(tmp_path: Path) -> None:
    write(
        tmp_path,
        units=THREE + ",无,None,town,,2022-01-01,2021-01-01,x,,t\n",
        groups=(
            "zone,试验区,Zone,zone,990300,2,,,t,\n"
            "zone,试验区,Zone,circle,990100,,someday,,t,\n"
            "zone,别名,Other,zone,990100,,,,t,\n"
        ),
        borders="990100,990200,t\n990200,990100,t\n990100,990100,t\n990100,990900,t\n",
    )

    assert faults(tmp_path) == [
        "j.csv:5 code cell-empty",
        "j.csv:5 level choice-unknown",
        "j.csv:5 valid_to dates-reversed",
        "j.csv:5 column count-unreadable",
        "g.csv:2 share share-range",
        "g.csv:3 valid_from date-unreadable",
        "g.csv:2 jurisdiction jurisdiction-unknown",
        "a.csv:5 b jurisdiction-unknown",
        "a.csv:3 a border-repeated",
        "a.csv:4 a border-repeated",
    ]


def test_a_missing_table_does_not_make_every_code_unknown(tmp_path: Path) -> None:
    write(tmp_path, borders="990100,990200,t\n")
    (tmp_path / "j.csv").unlink()

    assert faults(tmp_path) == ["j.csv file-missing"]


def test_rows_of_one_group_agree_on_its_name(tmp_path: Path) -> None:
    write(tmp_path, groups="zone,试验区,Zone,zone,990100,,,,t,\nzone,别名,Other,zone,990200,,,,t,\n")

    assert faults(tmp_path) == ["g.csv:3 group group-differs"]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("a,甲,A,circle,990100,0.6,,,t,\n", "b,乙,B,circle,990100,0.4,,,t,\n", []),
        ("a,甲,A,circle,990100,0.6,,,t,\n", "b,乙,B,circle,990100,0.5,,,t,\n", ["g.csv a shares-exceed"]),
        ("a,甲,A,circle,990100,1,,,t,\n", "b,乙,B,zone,990100,1,,,t,\n", []),
        ("a,甲,A,circle,990100,1,,2021-01-01,t,\n", "b,乙,B,circle,990100,1,2021-01-01,,t,\n", []),
        (
            "a,甲,A,circle,990100,1,,2021-01-02,t,\n",
            "b,乙,B,circle,990100,1,2021-01-01,,t,\n",
            ["g.csv b shares-exceed"],
        ),
        ("a,甲,A,circle,990100,1,,,t,\n", "b,乙,B,circle,990100,,,,t,\n", []),
        ("a,甲,A,circle,990100,,,,t,\n", "a,甲,A,circle,990100,,,,t,\n", ["g.csv a member-repeated"]),
    ],
)
def test_shares_in_groups_of_one_kind_fit_into_one(
    tmp_path: Path, first: str, second: str, expected: list[str]
) -> None:
    write(tmp_path, groups=first + second)

    assert (faults(tmp_path) if expected else check_region(read(tmp_path))) == expected


def test_excess_names_code_kind_sum_and_day(tmp_path: Path) -> None:
    write(tmp_path, groups="a,甲,A,circle,990100,0.6,,,t,\nb,乙,B,circle,990100,1/2,2021-01-01,,t,\n")

    with pytest.raises(DataError) as caught:
        read(tmp_path)

    assert caught.value.problems[0].text("zh") == (
        "g.csv b：2021-01-01 起，990100 在各“circle”类分组中的份额合计为 11/10。"
        "同一地区在同类分组中的份额合计不得超过 1。请改正份额或起止日期。"
    )
