import pytest

from jinghe.contest.register import read_items
from jinghe.errors import DataError
from jinghe.units import Period

HEAD = "id,on,date_kind,lead,partners,field,title_zh,title_en,quantity,unit,status,contributions,source,note\n"


@pytest.mark.parametrize(
    "on,inside",
    [
        ("2021", True),
        ("2021-08", True),
        ("2021-08-23", True),
        ("2020-12-31", False),
        ("2020-07..2021-06", False),
        ("", False),
    ],
)
def test_an_item_counts_when_its_whole_date_is_inside(make_item, on, inside):
    assert make_item("x", "A", on=on).is_inside(Period.of(2021)) is inside


def test_items_are_read_as_printed(tmp_path):
    path = tmp_path / "joint_items.csv"
    path.write_text(
        HEAD + "r1,2022-08,as_of,A,B;C,roads,路,Road,43.3,km,completed,A:3;B:1.5,s1,n\nr2,,,A,,f,事,,,,planned,,s1,\n",
        "utf-8",
    )

    road, other = read_items(path)

    assert (road.on.name, road.parties, road.contributions) == ("2022-08", ("A", "B", "C"), (("A", 3.0), ("B", 1.5)))
    assert (other.on, other.date_kind, other.title.en, other.contributions) == (None, "unknown", "事", ())


def test_every_fault_of_a_register_is_told(tmp_path):
    path = tmp_path / "joint_items.csv"
    rows = [
        "r1,2022-13,event,A,B,f,路,Road,,,completed,A:1;D:1,s,",
        "r1,2022,sometime,A,,f,路,Road,,,done,A:-1,s,",
        "r3,2022,event,A,B,f,路,Road,,,started,A:0.5;A:0.5,s,",
    ]
    path.write_text(HEAD + "\n".join(rows) + "\n", "utf-8")

    with pytest.raises(DataError) as error:
        read_items(path, name="data/joint_items.csv")

    assert [(p.place.line, p.code) for p in error.value.problems] == [
        (2, "period-unreadable"),
        (2, "item-contribution"),
        (3, "contest-choice"),
        (3, "contest-choice"),
        (3, "item-contribution"),
        (3, "item-duplicate"),
        (4, "item-contribution"),
    ]
    assert error.value.problems[1].text("en") == (
        "data/joint_items.csv:2 r1: the contribution is written “D:1”. It is written code:number, separated by "
        "semicolons; codes are the lead and the partners (A, B), numbers are not negative, each party once. Correct it."
    )
