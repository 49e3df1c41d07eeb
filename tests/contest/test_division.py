"""Which rule keeps which property: each cell of the table in docs/methods.md is a test here."""

import re
from collections.abc import Mapping
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinghe.contest.credit import share_item
from jinghe.contest.credit_rule import RULES, CreditRule
from jinghe.contest.division import Stake, divide
from jinghe.contest.register import JointItem
from jinghe.errors import DataError
from jinghe.games import make_additive, read_game, shapley, tabulate
from jinghe.labels import Text

PAGE = Path(__file__).parents[2] / "docs" / "methods.md"
PROPERTIES = (
    *("efficiency", "symmetry", "dummy", "additivity", "slicing"),
    *("nominal partner", "monotone", "merging", "non-negative"),
)
FAILS = {
    "equal": {"dummy", "nominal partner", "merging"},
    "contribution": {"additivity"},
    "negotiated": {"symmetry", "dummy"},
    "lead": {"symmetry", "dummy", "nominal partner", "merging"},
    "shapley": {"merging", "non-negative"},
    "both": {"efficiency", "dummy", "nominal partner", "merging"},
    "marginal": {"efficiency", "merging", "non-negative"},
}
PARTIES = ("A", "B", "C")
_ALWAYS = date.min
Table = Mapping[tuple[str, ...], float]


def joint(parties, gifts: Mapping[str, float], work: str = "") -> JointItem:
    lead, *partners = parties
    given = tuple(gifts.items())
    return JointItem("x", None, "unknown", lead, tuple(partners), work, Text.of("x"), "", "", "", given, "")


def groups(parties):
    return [group for size in range(1, len(parties) + 1) for group in combinations(parties, size)]


def credit(kind: str, gifts: Mapping[str, float], *, table: Table | None = None, contract=None, worth: float = 1.0):
    """Credit of each party; under a table of worths the item is worth what all earn together."""
    parties = tuple(gifts)
    contract = contract or {code: (k + 1) / sum(range(1, len(parties) + 1)) for k, code in enumerate(parties)}
    schedule = {"x": {code: ((_ALWAYS, share),) for code, share in contract.items()}}
    worths = {"x": read_game(table, parties=parties)} if table else {}
    rule = CreditRule(kind, 0.5, 0.8, schedule, worths)
    shares = divide(Stake.of(joint(parties, gifts), codes=parties), rule=rule)
    assert shares is not None, "the rule was given all that it asks for"
    total = worths["x"].total if table and kind in ("shapley", "marginal") else worth
    return {code: share * total for code, share in shares.items()}


def add_up(gifts: Mapping[str, float]) -> Table:
    """Worths that grow with contributions, and more so together."""
    return {group: sum(gifts[code] for code in group) * (1 + 0.1 * len(group)) for group in groups(tuple(gifts))}


GIFTS = st.tuples(*[st.integers(1, 9).map(float)] * 3).map(lambda gifts: dict(zip(PARTIES, gifts, strict=True)))


# What each property says, for a rule that keeps it.


def efficiency(kind, data):
    gifts = data.draw(GIFTS)
    total = add_up(gifts)[PARTIES] if kind == "shapley" else 1
    assert sum(credit(kind, gifts, table=add_up(gifts)).values()) == pytest.approx(total)


def symmetry(kind, data):
    gifts = data.draw(GIFTS) | {"B": 2.0, "C": 2.0}
    found = credit(kind, gifts, table=add_up(gifts))
    assert found["B"] == pytest.approx(found["C"])


def dummy(kind, data):
    gifts = data.draw(GIFTS) | {"C": 0.0}
    table = {group: sum(gifts[code] for code in group) ** 2 for group in groups(PARTIES)}
    assert credit(kind, gifts, table=table)["C"] == pytest.approx(0)


def additivity(kind, data):
    first, second = data.draw(GIFTS), data.draw(GIFTS)
    tables = add_up(first), {group: worth**1.5 for group, worth in add_up(second).items()}
    both = {group: tables[0][group] + tables[1][group] for group in tables[0]}
    apart = [credit(kind, gifts, table=table) for gifts, table in zip((first, second), tables, strict=True)]
    merged = {code: first[code] + second[code] for code in PARTIES}
    together = credit(kind, merged, table=both, worth=2.0)
    for code in PARTIES:
        assert together[code] == pytest.approx(apart[0][code] + apart[1][code])


def slicing(kind, data):
    gifts, k = data.draw(GIFTS), data.draw(st.integers(2, 5))
    whole = credit(kind, gifts, table=add_up(gifts))
    cut = {group: worth / k for group, worth in add_up(gifts).items()}
    slice_ = credit(kind, {code: gift / k for code, gift in gifts.items()}, table=cut, worth=1 / k)
    for code in PARTIES:
        assert k * slice_[code] == pytest.approx(whole[code])


def nominal_partner(kind, data):
    gifts = data.draw(GIFTS)
    contract = {"A": 0.5, "B": 0.3, "C": 0.2}  # nobody writes the nominal partner into it
    table = add_up(gifts)
    more = table | {(*group, "D"): worth for group, worth in table.items()} | {("D",): 0.0}
    before = credit(kind, gifts, table=table, contract=contract)
    after = credit(kind, gifts | {"D": 0.0}, table=more, contract=contract)
    assert after == pytest.approx(before | {"D": 0.0})


def monotone(kind, data):
    gifts, more = data.draw(GIFTS), data.draw(st.integers(1, 9))
    table = add_up(gifts)
    raised = {group: worth + more * ("A" in group) for group, worth in table.items()}
    before, after = (credit(kind, g, table=t) for g, t in ((gifts, table), (gifts | {"A": gifts["A"] + more}, raised)))
    assert after["A"] >= before["A"] - 1e-12


def merging(kind, data):
    gifts = data.draw(GIFTS)
    contract = {"A": 0.5, "B": 0.3, "C": 0.2}
    before = credit(kind, gifts, contract=contract)
    after = credit(kind, {"A": gifts["A"], "B": gifts["B"] + gifts["C"]}, contract={"A": 0.5, "B": 0.5})
    assert after == pytest.approx({"A": before["A"], "B": before["B"] + before["C"]})


def non_negative(kind, data):
    gifts = data.draw(GIFTS)
    assert min(credit(kind, gifts, table=add_up(gifts)).values()) >= 0


CHECKS = {name: globals()[name.replace(" ", "_").replace("-", "_")] for name in PROPERTIES}


@pytest.mark.parametrize(
    "kind,name", [(kind, name) for kind in RULES for name in PROPERTIES if name not in FAILS[kind]]
)
def test_a_rule_keeps_the_properties_that_the_table_says(kind, name):
    @settings(max_examples=8, deadline=None, database=None, derandomize=True)
    @given(st.data())
    def check(data):
        CHECKS[name](kind, data)

    check()


# Counter-examples: what a rule that lacks a property does, by hand.
FULL = {"A": 3.0, "B": 1.0}
IDLE = {"A": 1.0, "B": 1.0, "C": 0.0}
HARM: Table = {("A",): 2.0, ("B",): 0.0, ("A", "B"): 1.0}  # B's joining spoils what A can do alone
MAJORITY: Table = {("A",): 0, ("B",): 0, ("C",): 0, ("A", "B"): 1, ("A", "C"): 1, ("B", "C"): 1, PARTIES: 1}
UNANIMITY: Table = dict.fromkeys(groups(PARTIES), 0.0) | {PARTIES: 1.0}
JOINED: Table = {("A",): 0, ("B",): 1, ("A", "B"): 1}  # B and C as one party decide alone
JOINED_UNANIMITY: Table = {("A",): 0, ("B",): 0, ("A", "B"): 1}


def near(found, expected):
    return found == pytest.approx(expected)


@pytest.mark.parametrize("kind,pays", [("equal", 1 / 3), ("lead", 0.25), ("negotiated", 0.5), ("both", 0.8)])
def test_who_gives_nothing_is_paid(kind, pays):
    assert "dummy" in FAILS[kind]
    assert credit(kind, IDLE)["C"] == pytest.approx(pays)


@pytest.mark.parametrize("kind,before,after", [("equal", 0.5, 1 / 3), ("lead", 0.5, 0.25), ("both", 0.8, 0.8)])
def test_a_nominal_partner_is_paid_by_the_others_or_by_nobody(kind, before, after):
    assert "nominal partner" in FAILS[kind]
    assert credit(kind, {"A": 1, "B": 1})["B"] == pytest.approx(before)
    assert credit(kind, IDLE)["B"] == pytest.approx(after)
    assert credit(kind, IDLE)["C"] > 0


@pytest.mark.parametrize("kind", ["lead", "negotiated"])
def test_equal_partners_are_paid_unequally(kind):
    assert "symmetry" in FAILS[kind]
    found = credit(kind, {"A": 1, "B": 1, "C": 1})
    assert found["A"] != pytest.approx(found["B"])


def test_two_projects_in_one_are_paid_otherwise_by_contribution():
    assert FAILS["contribution"] == {"additivity"}
    assert near(credit("contribution", {"A": 1, "B": 0}), {"A": 1, "B": 0})
    assert near(credit("contribution", {"A": 0, "B": 3}), {"A": 0, "B": 1})
    assert near(credit("contribution", {"A": 1, "B": 3}, worth=2), {"A": 0.5, "B": 1.5})


@pytest.mark.parametrize(
    "kind,apart,merged",
    [("equal", 2 / 3, 1 / 2), ("lead", 0.5, 0.5), ("both", 1.6, 0.8), ("shapley", 2 / 3, 1), ("marginal", 0, 1)],
)
def test_two_partners_that_merge_change_the_sum_or_the_others(kind, apart, merged):
    assert "merging" in FAILS[kind]
    three = credit(kind, dict.fromkeys(PARTIES, 1.0), table=MAJORITY)
    two = credit(kind, {"A": 1.0, "B": 2.0}, table=JOINED)
    assert (three["B"] + three["C"], two["B"]) == pytest.approx((apart, merged))


def test_two_followers_that_merge_take_from_the_third():
    assert "merging" in FAILS["lead"]
    four, three = credit("lead", dict.fromkeys("ABCD", 1.0)), credit("lead", dict.fromkeys("ABC", 1.0))
    assert (four["B"], three["B"]) == pytest.approx((1 / 6, 1 / 4))


@pytest.mark.parametrize("kind,total", [("both", 2.4), ("marginal", 3)])
def test_more_or_less_than_the_item_is_paid(kind, total):
    assert "efficiency" in FAILS[kind]
    assert sum(credit(kind, dict.fromkeys(PARTIES, 1.0), table=UNANIMITY).values()) == pytest.approx(total)


def test_where_a_majority_is_enough_a_marginal_bonus_pays_nobody():
    assert near(credit("marginal", dict.fromkeys(PARTIES, 1.0), table=MAJORITY), dict.fromkeys(PARTIES, 0))


@pytest.mark.parametrize("kind,pays", [("shapley", -0.5), ("marginal", -1)])
def test_who_spoils_a_project_is_charged(kind, pays):
    assert "non-negative" in FAILS[kind]
    assert credit(kind, {"A": 1, "B": 1}, table=HARM)["B"] == pytest.approx(pays)


def test_the_page_shows_the_same_table():
    rows = re.findall(r"^\| `(\w+)` \|(.+)\|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    shown = {kind: [cell.strip()[:3].strip() for cell in cells.split("|")] for kind, cells in rows if kind in RULES}

    assert shown == {kind: ["no" if name in FAILS[kind] else "yes" for name in PROPERTIES] for kind in RULES}


# Closed forms and what the register lacks.


SOME = st.dictionaries(st.sampled_from("ABCDE"), st.integers(0, 9).map(float), min_size=2).filter(
    lambda gifts: any(gifts.values())
)


@settings(max_examples=30)
@given(SOME)
def test_closed_forms_are_the_shapley_value_of_their_games(gifts):
    parties = tuple(gifts)
    games = {
        "unanimity": tabulate(lambda group: float(len(group) == len(parties)), parties=parties),
        "additive": make_additive(list(gifts.values()), parties=parties),
        "largest": tabulate(lambda group: max(gifts[code] for code in group), parties=parties),
    }
    for form, game in games.items():
        rule = CreditRule("shapley", forms={"roads": form})
        found = divide(Stake.of(joint(parties, gifts, "roads"), codes=parties), rule=rule)
        assert found == pytest.approx(dict(zip(parties, shapley(game) / game.total, strict=True)))


def test_a_road_that_needs_all_is_split_equally():
    rule = CreditRule("shapley", forms={"default": "unanimity"})

    applied, shares = share_item(joint("ABC", {}), rule=rule, codes="ABC")

    assert (applied, shares) == ("shapley", pytest.approx(dict.fromkeys("ABC", 1 / 3)))


def test_two_partners_split_the_surplus_equally():
    found = credit("shapley", {"A": 1, "B": 1}, table={("A",): 10, ("B",): 20, ("A", "B"): 50})

    assert near(found, {"A": 20, "B": 30})  # v(i) + ½ [v(12) − v(1) − v(2)]


@pytest.mark.parametrize("kind", ["contribution", "negotiated", "shapley", "marginal"])
def test_without_what_a_rule_asks_for_there_is_no_division(kind):
    assert divide(Stake.of(joint("AB", {}), codes="AB"), rule=CreditRule(kind)) is None


def test_without_its_lead_among_the_contestants_there_is_no_lead_share():
    assert divide(Stake.of(joint("PAB", {}), codes="AB"), rule=CreditRule("lead")) is None


@pytest.mark.parametrize("kind", RULES)
def test_a_single_contestant_gets_all(kind):
    assert share_item(joint("AP", {}), rule=kind, codes="A")[1] == {"A": 1.0}


def test_counting_less_than_an_equal_share_is_no_less_than_equal():
    rule = CreditRule("both", count_share=0.1)

    assert divide(Stake.of(joint("AB", {}), codes="AB"), rule=rule) == {"A": 0.5, "B": 0.5}


def test_a_contract_that_pays_an_outsider_leaves_the_rest():
    contract = {code: ((_ALWAYS, share),) for code, share in (("A", 0.5), ("B", 0.3), ("P", 0.2))}
    rule = CreditRule("negotiated", schedule={"x": contract})

    assert share_item(joint("ABP", {}), rule=rule, codes="AB") == ("negotiated", {"A": 0.5, "B": 0.3})


def test_a_table_for_other_parties_is_refused():
    rule = CreditRule("shapley", worths={"x": read_game({"A": 0, "D": 0, ("A", "D"): 1}, parties=("A", "D"))})

    with pytest.raises(DataError) as error:
        divide(Stake.of(joint("AB", {}), codes="AB"), rule=rule)

    assert [(p.code, p.place.path) for p in error.value.problems] == [("credit-parties", "contest.credit.worths.x")]
