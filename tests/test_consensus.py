from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.consensus import (
    STANDINGS,
    Side,
    Vote,
    find_consensus,
    find_contrast_z,
    find_group_consensus,
    find_jurisdiction_consensus,
    find_share_z,
    read_votes,
)
from jinghe.errors import DataError, RuleError


def cast(statement, jurisdiction, agree, disagree, passed=0):
    kinds = ["agree"] * agree + ["disagree"] * disagree + ["pass"] * passed
    return [Vote(statement, jurisdiction, f"{jurisdiction}{k}", kind) for k, kind in enumerate(kinds)]


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ([(8, 10), (3, 4)], ".5000"),
        ([(80, 100), (3, 4)], ".5294"),
        ([(99, 100), (0, 4)], ".1634"),
        ([(0, 5), (0, 3), (0, 6)], ".0036"),
        ([(4, 5), (1, 3), (0, 6)], ".0357"),
    ],
)
def test_group_aware_consensus_gives_the_published_figures(groups, expected):
    assert expected == f"{find_group_consensus(groups):.4f}"[1:]


def test_jurisdiction_informed_consensus_gives_the_published_figure():
    sides = [Side("甲", 8, 1, 1, 10), Side("乙", 3, 0, 1, 4)]

    assert 0.648409 == round(find_jurisdiction_consensus(sides), 6)


def test_the_share_test_gives_the_published_figures():
    assert 3.6380 == round(find_share_z(15, 16), 4)
    assert 0.8889 == round((15 + 1) / (16 + 2), 4)


def test_equal_shares_have_no_contrast_and_opposite_ones_mirror():
    assert 0 == find_contrast_z(5, 10, other=5, other_seen=10)
    assert 0 == find_contrast_z(3, 3, other=4, other_seen=4)
    assert find_contrast_z(9, 10, other=2, other_seen=12) == -find_contrast_z(2, 12, other=9, other_seen=10)


def test_every_statement_gets_its_standing():
    votes = [
        *cast("都赞成", "渝", 18, 2),
        *cast("都赞成", "黔", 15, 3),
        *cast("都反对", "渝", 1, 19),
        *cast("都反对", "黔", 2, 16),
        *cast("有分歧", "渝", 18, 2),
        *cast("有分歧", "黔", 2, 16),
        *cast("说不清", "渝", 10, 10),
        *cast("说不清", "黔", 15, 3),
        *cast("票太少", "渝", 18, 2),
        *cast("票太少", "黔", 3, 0),
    ]

    found = find_consensus(votes)

    expected = {
        "都赞成": "agreed",
        "都反对": "rejected",
        "有分歧": "divisive",
        "说不清": "undecided",
        "票太少": "too_few",
    }
    assert expected == {opinion.statement: opinion.standing for opinion in found.opinions}
    assert set(STANDINGS) == set(expected.values())
    assert "都赞成" == found.opinions[0].statement
    assert "票太少" == found.opinions[-1].statement
    assert ("黔",) == found.opinions[-1].lacking
    assert ["有分歧"] == [opinion.statement for opinion in found.select("divisive")]
    assert found.assumed


def test_enough_votes_depend_on_the_members_of_each_jurisdiction():
    votes = [*cast("s", "渝", 12, 0), *cast("s", "黔", 12, 0)]

    def standing(**words):
        return find_consensus(votes, **words).opinions[0].standing

    assert "agreed" == standing(members={"渝": 60, "黔": 60})
    assert "too_few" == standing(members={"渝": 61, "黔": 60})
    assert "too_few" == standing(least=(13, 0.0))
    assert "too_few" == standing(members={"渝": 60, "黔": 60, "川": 5})


def test_a_jurisdiction_that_differs_stands_out():
    votes = [*cast("s", "渝", 18, 2), *cast("s", "黔", 2, 16)]

    (opinion,) = find_consensus(votes).opinions
    contrasts = dict(opinion.contrasts)

    assert contrasts["渝"] > 1.2816
    assert contrasts["黔"] == -contrasts["渝"]
    assert pytest.approx(opinion.sides[0].support - opinion.sides[1].support) in (opinion.gap, -opinion.gap)


counts = st.tuples(*[st.integers(0, 30)] * 3)


@given(st.lists(counts, min_size=1, max_size=5), st.integers(2, 4))
def test_consensus_lies_between_0_and_1_and_does_not_fall_with_the_number_of_like_groups(rows, times):
    sides = [Side(str(k), *row, 100) for k, row in enumerate(rows)]

    found = find_jurisdiction_consensus(sides)

    assert 0 < found < 1
    assert pytest.approx(found) == find_jurisdiction_consensus(sides * times)
    assert min(s.support for s in sides) - 1e-12 <= found <= max(s.support for s in sides) + 1e-12


@given(counts)
def test_one_more_agreement_never_lowers_the_support(row):
    agree, disagree, passed = row

    assert Side("a", agree + 1, disagree, passed, 99).support >= Side("a", agree, disagree, passed, 99).support


def test_one_jurisdiction_alone_and_too_few_members_are_refused():
    with pytest.raises(RuleError, match="two jurisdictions or more"):
        find_consensus(cast("s", "渝", 3, 0))
    with pytest.raises(RuleError, match="two jurisdictions or more"):
        find_consensus([])
    with pytest.raises(RuleError) as caught:
        find_consensus([*cast("s", "渝", 3, 0), *cast("s", "黔", 3, 0)], members={"渝": 2})
    assert ["votes-members"] * 2 == [fault.code for fault in caught.value.problems]
    assert "成员数为 2，而投票的有 3 人" in caught.value.problems[0].text("zh") + caught.value.problems[1].text("zh")


def test_votes_are_read_and_every_fault_is_named(tmp_path):
    good, bad = tmp_path / "g.csv", tmp_path / "b.csv"
    good.write_text("statement,jurisdiction,member,vote\ns,渝,m1,agree\n", encoding="utf-8")
    rows = "s,渝,m1,yes\ns,渝,m1,agree\nt,黔,m1,pass\nt,,m2,pass\n"
    bad.write_text("statement,jurisdiction,member,vote\n" + rows, encoding="utf-8")

    assert (Vote("s", "渝", "m1", "agree"),) == read_votes(good)
    with pytest.raises(DataError) as caught:
        read_votes(bad)
    found = [(fault.place.line, fault.code) for fault in caught.value.problems]
    assert [(2, "choice-unknown"), (3, "votes-repeated"), (4, "votes-home"), (5, "cell-empty")] == found
