from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinghe.contest import JointItem
from jinghe.contest.mirror import Claim, check_claims, find_discrepancy, gather_claims, read_claims
from jinghe.errors import DataError
from jinghe.labels import Text

HEAD = "item,reporter,kind,value,unit,vintage,source,note\n"


def test_the_discrepancy_is_relative_to_the_middle():
    assert find_discrepancy([90, 110]) == 0.2
    assert find_discrepancy([5, 0]) == 2
    assert find_discrepancy([0, 0]) == 0


@settings(max_examples=30)
@given(st.lists(st.floats(0.01, 1e6), min_size=1, max_size=5), st.floats(0.1, 1e4))
def test_the_discrepancy_lies_between_0_and_2_and_knows_no_unit(values, factor):
    assert 0 <= find_discrepancy(values) <= 2
    assert find_discrepancy([factor * x for x in values]) == pytest.approx(find_discrepancy(values))


def test_the_latest_claim_of_each_reporter_counts_in_one_unit():
    days = date(2022, 1, 1), date(2023, 1, 1)
    claims = [
        Claim("p", "A", 3.0, "亿元", days[0]),
        Claim("p", "A", 2.0, "亿元", days[1]),
        Claim("p", "B", 20000.0, "万元", days[1]),
        Claim("p", "C", 5.0, "人", days[1]),
        Claim("p", "P", 9.0, "亿元", days[1], "ruling"),
    ]

    found, strange = gather_claims(claims)

    assert found == {"p": {"A": 2.0, "B": 2.0}}
    assert [claim.reporter for claim in strange] == ["C"]


def test_claims_are_read(tmp_path):
    path = tmp_path / "claims.csv"
    path.write_text(
        HEAD + "p1,A,,3.2,亿元,2023-03-01,s1,\np1,P,ruling,3,亿元,2023-06-01,s2,按审计 / by audit\n", "utf-8"
    )

    first, ruling = read_claims(path)

    assert (first.kind, first.value, first.vintage) == ("claim", 3.2, date(2023, 3, 1))
    assert (ruling.kind, ruling.reporter, ruling.note) == ("ruling", "P", "按审计 / by audit")


def test_every_fault_of_the_claims_is_told(tmp_path):
    path = tmp_path / "claims.csv"
    path.write_text(
        HEAD + ",A,claim,3,亿元,2023-03-01,s,\np1,A,vote,-3,亿元,someday,s,\np1,B,claim,—,亿元,2023,s,\n", "utf-8"
    )

    with pytest.raises(DataError) as error:
        read_claims(path, name="data/claims.csv")

    assert [(p.place.line, p.code) for p in error.value.problems] == [
        (2, "cell-empty"),
        (3, "contest-choice"),
        (3, "date-unreadable"),
        (3, "claim-value"),
        (4, "date-unreadable"),
        (4, "claim-value"),
    ]
    assert error.value.problems[3].text("en") == (
        "data/claims.csv:3 p1: the value reported is “-3”. It is a number of 0 or more. Correct it."
    )


def test_a_report_that_confirms_nothing_is_told():
    road = JointItem("r1", None, "unknown", "A", ("B",), "", Text.of("r"), "", "", "started", (), "s")
    day = date(2022, 1, 1)
    good = [Claim("r1", "A", 1.0, "公里", day), Claim("r1", "P", 1.0, "", day, "ruling")]
    odd = [
        Claim("r2", "A", 1.0, "公里", day),
        Claim("r1", "C", 1.0, "公里", day),
        Claim("r1", "B", 1.0, "人", date(2022, 2, 1)),
    ]

    found = check_claims([*good, *odd], items=[road])

    assert odd == [claim for claim, _ in found]
    assert ["claim-item", "claim-reporter", "claim-unit"] == [fault.code for _, fault in found]
    assert "最接近的是“r1”" in found[0][1].text("zh")
    assert "they are A, B" in found[1][1].text("en")
    assert "“人” of the report does not convert to “公里”" in found[2][1].text("en")
