from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.contest.prize import award, read_prize
from jinghe.errors import CompactError, RuleError
from jinghe.units import Money

BANDS = [{"to": 2, "share": "50%"}, {"to": 4, "share": "1/2"}]
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
        ({"rule": "raffle"}, "contest-choice", "contest.prizes[fund].rule"),
        ({"rule": "bands"}, "contest-key-missing", "contest.prizes[fund]"),
        ({"bands": [{"to": 3, "share": 1}]}, "prize-bands", "contest.prizes[fund].bands"),
        ({"rule": "bands", "bands": []}, "prize-bands", "contest.prizes[fund].bands"),
        ({"rule": "bands", "bands": BANDS[:1]}, "prize-bands", "contest.prizes[fund].bands"),
        ({"rule": "bands", "bands": BANDS[::-1]}, "prize-bands", "contest.prizes[fund].bands"),
        ({"rule": "bands", "bands": [{"to": 3}]}, "contest-key-missing", "contest.prizes[fund].bands[0]"),
        (
            {"rule": "bands", "bands": [{"to": 3, "share": "much"}]},
            "share-unreadable",
            "contest.prizes[fund].bands[0].share",
        ),
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


def uncertain(ranks, *, probability=None, above=None, low=None, codes="ABCDEFGH"):
    n = len(ranks)
    sure = np.array([[float(rank == k + 1) for k in range(n)] for rank in ranks])
    beats = np.array([[float(0 < one < two) for two in ranks] for one in ranks])
    return SimpleNamespace(
        codes=tuple(codes[:n]),
        rank=np.array(ranks),
        low=np.array(ranks if low is None else low),
        probability=sure if probability is None else np.array(probability),
        above=beats if above is None else np.array(above),
        coverage=0.9,
    )


def give_by(rule, ranking, *, amount="300 元", top=2, **parts):
    prize = read_prize(FUND | {"rule": rule, "amount": amount, "top": top} | parts.pop("prize", {}))
    return {item.jurisdiction: item.amount.fen for item in award([prize], ranking=ranking, **parts)}


def test_bands_give_the_same_to_everyone_inside():
    ranking = uncertain([1, 2, 3, 4, 5])

    assert give_by("bands", ranking, prize={"bands": BANDS}) == {"A": 7500, "B": 7500, "C": 7500, "D": 7500}
    tie = uncertain([1, 2, 2, 4])
    assert give_by("bands", tie, prize={"bands": BANDS}) == {"A": 5000, "B": 5000, "C": 5000, "D": 15000}


def test_what_an_empty_band_would_get_goes_to_the_others():
    assert give_by("bands", uncertain([1, 2]), prize={"bands": BANDS}) == {"A": 15000, "B": 15000}


def test_all_that_may_be_among_the_best_share_alike():
    ranking = uncertain([1, 2, 3, 4, 0], low=[1, 1, 2, 3, 0])

    assert give_by("tau_best", ranking) == {"A": 10000, "B": 10000, "C": 10000}
    sets = SimpleNamespace(low=np.array([1, 2, 3, 3, 0]), coverage=0.95)
    assert give_by("tau_best", ranking, sets=sets) == {"A": 15000, "B": 15000}


def test_chances_of_a_place_are_paid_in_proportion():
    ranking = uncertain([1, 2, 3], probability=[[0.75, 0.25, 0], [0.25, 0.5, 0.25], [0, 0.25, 0.75]])

    assert give_by("proportional", ranking, top=1) == {"A": 22500, "B": 7500}
    assert give_by("proportional", ranking, top=2) == {"A": 15000, "B": 11250, "C": 3750}


def test_a_lottery_is_drawn_only_among_those_who_cannot_be_told_apart():
    above = [[0, 1, 1, 1], [0, 0, 0.6, 1], [0, 0.4, 0, 1], [0, 0, 0, 0]]
    ranking = uncertain([1, 2, 3, 4], above=above)

    drawn = [give_by("lottery", ranking, seed=seed) for seed in range(200)]

    assert all(set(one.values()) == {15000} and "A" in one for one in drawn)
    second = [next(code for code in one if code != "A") for one in drawn]
    assert set(second) == {"B", "C"}
    assert 70 <= second.count("B") <= 130  # 4 standard errors
    assert drawn[3] == give_by("lottery", ranking, seed=3)


def test_the_ground_of_every_award_is_told():
    ranking = uncertain([1, 2, 3], above=[[0, 0.5, 1], [0.5, 0, 1], [0, 0, 0]])
    rules = ("top", "tau_best", "proportional", "lottery")

    grounds = [
        award([read_prize(FUND | {"rule": rule, "top": 1})], ranking=ranking, seed=4)[0].ground for rule in rules
    ]

    assert [ground.en.split(":")[0] for ground in grounds[:3]] == [
        "rank 1", "lower bound rank 1 at 90%", "P(among the first 1) = 100.0%"
    ]  # fmt: skip
    assert grounds[3].zh == "在难分高下的 2 个中抽出 1 个，第 1 个抽中（种子 4）"


@given(
    st.integers(1, 6),
    st.integers(1, 10**9),
    st.integers(1, 7),
    st.sampled_from(("tau_best", "proportional", "lottery", "bands")),
    st.integers(0, 500),
)
def test_every_rule_spends_its_fund_to_the_fen(n, fen, top, rule, seed):
    rng = np.random.default_rng(seed)
    order = rng.permutation(n) + 1
    chances, beats = rng.dirichlet(np.ones(n), n), rng.random((n, n))
    ranking = uncertain(order.tolist(), probability=chances, above=beats, low=rng.integers(1, order + 1))
    extra = {"bands": [{"to": top, "share": 0.7}, {"to": top + 2, "share": 0.3}]} if rule == "bands" else {}

    found = give_by(rule, ranking, amount=f"{fen} 分", top=top, prize=extra, seed=seed)

    assert sum(found.values()) == fen
    if rule == "lottery":
        assert len(found) == min(top, n)


def test_a_prize_of_a_pool_goes_to_its_members():
    pools = {"north": uncertain([2, 1], codes="CD"), "lone": uncertain([1], codes="E")}
    prizes = [read_prize(FUND | {"amount": "300 元", "pool": name, "top": 1}) for name in ("north", "lone")]

    found = award(prizes, ranking=uncertain([1, 2, 3, 4, 5]), pools=pools)

    assert [(item.jurisdiction, item.amount.fen) for item in found] == [("D", 30000)]
    with pytest.raises(RuleError) as error:
        award(prizes, ranking=uncertain([1, 2]), pools={"north": pools["north"]})
    assert [p.code for p in error.value.problems] == ["prize-pool"]
