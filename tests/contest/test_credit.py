import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.contest.credit import JointItem, credit_items, read_items, share_item
from jinghe.errors import DataError
from jinghe.labels import Text
from jinghe.units import Period

HEAD = "id,on,date_kind,lead,partners,field,title_zh,title_en,quantity,unit,status,contributions,source,note\n"
SHARES = st.dictionaries(st.sampled_from("ABCDE"), st.integers(0, 9).map(float), min_size=1, max_size=5)


def joint(given: dict[str, float], *, name: str = "road", status: str = "completed") -> JointItem:
    lead, *partners = given
    shares = tuple(given.items())
    return JointItem(name, None, "unknown", lead, tuple(partners), "", Text.of(name), "", "", status, shares, "s")


def total(items, *, rule, codes="ABCDE", points=None):
    return credit_items(items, rule=rule, codes=tuple(codes), points=points).totals


def test_equal_shares_do_not_ask_who_did_what():
    assert total([joint({"A": 9, "B": 1})], rule="equal", codes="AB").tolist() == [0.5, 0.5]


def test_contributions_are_paid_in_proportion():
    assert total([joint({"A": 3, "B": 1})], rule="contribution", codes="AB").tolist() == [0.75, 0.25]


def test_without_printed_contributions_the_split_is_equal_and_told(make_item):
    found = credit_items([make_item("T2", "B", "C")], rule="contribution", codes=("A", "B", "C"))

    assert found.totals.tolist() == [0, 0.5, 0.5]
    assert found.fallback == ("T2",)
    assert [line.rule for line in found.items] == ["equal", "equal"]


def test_points_follow_the_status():
    found = total([joint({"A": 1}, status="started")], rule="equal", codes="A", points={"started": 0.5})

    assert found.tolist() == [0.5]
    assert total([joint({"A": 1}, status="planned")], rule="equal", codes="A", points={"started": 0.5}).tolist() == [0]


@pytest.mark.parametrize("rule", ["equal", "contribution"])
@pytest.mark.parametrize("other", ["P", "610000"])
def test_the_province_and_outsiders_neither_get_nor_take_credit(make_item, rule, other):
    alone = total([make_item("x", "A", "B", A=3, B=1)], rule=rule)

    assert total([make_item("x", "A", "B", other, A=3, B=1, **{other: 96})], rule=rule).tolist() == alone.tolist()
    assert total([make_item("x", other, "A", "B", A=3, B=1)], rule=rule).tolist() == alone.tolist()


def test_an_item_without_a_contestant_is_told(make_item):
    found = credit_items([make_item("x", "P", "610000")], rule="equal", codes=("A",))

    assert (found.totals.tolist(), found.unclaimed, found.items) == ([0], ("x",), ())


def test_a_party_named_twice_counts_once(make_item):
    assert share_item(make_item("x", "A", "B", "A"), rule="equal", codes="AB") == ("equal", {"A": 0.5, "B": 0.5})


@given(SHARES, st.sampled_from(["equal", "contribution"]))
def test_all_of_an_item_is_credited_and_nothing_more(shares, rule):
    assert total([joint(shares)], rule=rule).sum() == pytest.approx(1)


@given(SHARES, st.sampled_from(["equal", "contribution"]))
def test_equal_contributors_get_the_same(shares, rule):
    level = dict.fromkeys(shares, 2.0)

    found = total([joint(level)], rule=rule, codes=tuple(shares))

    assert found == pytest.approx(np.full(len(shares), 1 / len(shares)))


@given(SHARES.filter(lambda shares: any(shares.values())))
def test_who_contributes_nothing_gets_nothing(shares):
    found = credit_items([joint(shares)], rule="contribution", codes=tuple(shares))

    for code, credit in zip(found.codes, found.totals, strict=True):
        assert (credit == 0) == (shares[code] == 0)


@given(SHARES, st.sampled_from(["equal", "contribution"]), st.integers(2, 6))
def test_slicing_an_item_gains_nothing(shares, rule, slices):
    whole = total([joint(shares)], rule=rule)
    parts = [joint(shares, name=f"slice {k}", status="started") for k in range(slices)]

    assert total(parts, rule=rule, points={"started": 1 / slices}) == pytest.approx(whole)


@given(SHARES.filter(lambda shares: "E" not in shares and any(shares.values())))
def test_a_nominal_partner_changes_nothing_under_contribution(shares):
    before = total([joint(shares)], rule="contribution")

    assert total([joint(shares | {"E": 0.0})], rule="contribution") == pytest.approx(before)


@given(SHARES.filter(lambda shares: "A" in shares), st.integers(1, 9))
def test_contributing_more_never_earns_less(shares, more):
    before = total([joint(shares)], rule="contribution", codes="ABCDE")[0] if any(shares.values()) else 0

    assert total([joint(shares | {"A": shares["A"] + more})], rule="contribution")[0] >= before - 1e-12


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
