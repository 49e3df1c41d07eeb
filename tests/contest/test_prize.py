from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.contest.prize import award, read_prize
from jinghe.errors import CompactError
from jinghe.units import Money

FUND = {"id": "fund", "kind": "special_fund", "amount": "20000000 CNY", "rule": "top", "top": 3}


def give(prize, ranks):
    ranking = SimpleNamespace(codes=tuple("ABCDEFGH"[: len(ranks)]), rank=ranks)
    return {item.jurisdiction: item.amount.fen for item in award([read_prize(prize)], ranking=ranking)}


def test_a_fund_is_split_over_the_first_places_to_the_fen():
    assert give(FUND, [2, 4, 1, 3]) == {"C": 666_666_667, "A": 666_666_667, "D": 666_666_666}


def test_a_tie_inside_the_places_is_a_tie_in_money():
    assert give(FUND | {"amount": "300 元"}, [1, 1, 3, 4]) == {"A": 10_000, "B": 10_000, "C": 10_000}


def test_a_tie_across_the_last_place_splits_that_place():
    assert give(FUND | {"amount": "300 元"}, [1, 2, 3, 3]) == {"A": 10_000, "B": 10_000, "C": 5_000, "D": 5_000}


def test_fewer_cities_than_places_share_the_whole_fund():
    assert give(FUND | {"amount": "300 元"}, [1, 0, 2]) == {"A": 15_000, "C": 15_000}
    assert give(FUND, [0, 0]) == {}


def test_a_commendation_carries_no_money():
    assert give({"id": "praise", "kind": "commendation", "top": 1}, [2, 1]) == {"B": 0}


@given(st.lists(st.integers(0, 90), min_size=1, max_size=8), st.integers(1, 10), st.integers(1, 10**9))
def test_the_budget_is_met_to_the_fen_and_equals_get_the_same(scores, top, fen):
    ranks = [1 + sum(other > own for other in scores) for own in scores]

    found = give(FUND | {"amount": f"{fen} 分", "top": top}, ranks)

    assert sum(found.values()) == fen
    by_rank: dict[int, list[int]] = {}
    for code, amount in found.items():
        by_rank.setdefault(ranks["ABCDEFGH".index(code)], []).append(amount)
    assert all(max(amounts) - min(amounts) <= 1 for amounts in by_rank.values())


def test_a_prize_is_named_by_its_kind_or_its_label():
    assert read_prize(FUND).label.zh == "专项资金"
    assert read_prize(FUND | {"label": "协同奖"}).label.zh == "协同奖"
    assert read_prize(FUND).amount == Money.yuan(20_000_000)


@pytest.mark.parametrize(
    "change,code,path",
    [
        ({"amount": None}, "prize-budget", "contest.prizes[fund]"),
        ({"amount": "0 元"}, "prize-budget", "contest.prizes[fund]"),
        ({"amount": 20000000}, "money-unreadable", "contest.prizes[fund].amount"),
        ({"kind": "commendation"}, "prize-money", "contest.prizes[fund].amount"),
        ({"kind": "preference", "amount": "-1 元"}, "prize-money", "contest.prizes[fund].amount"),
        ({"top": 10**400}, "contest-range", "contest.prizes[fund].top"),
        ({"kind": "medal"}, "contest-choice", "contest.prizes[fund].kind"),
        ({"rule": "tau_best"}, "contest-choice", "contest.prizes[fund].rule"),
        ({"top": 0}, "contest-range", "contest.prizes[fund].top"),
        ({"top": None}, "contest-key-missing", "contest.prizes[fund]"),
        ({"winners": 3}, "contest-choice", "contest.prizes[fund].winners"),
    ],
)
def test_faults_of_a_prize_are_told(change, code, path):
    with pytest.raises(CompactError) as error:
        read_prize(FUND | change)

    assert (error.value.problems[0].code, error.value.problems[0].place.path) == (code, path)


def test_a_prize_that_is_no_mapping_is_told():
    with pytest.raises(CompactError):
        read_prize("fund")
