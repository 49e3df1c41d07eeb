from __future__ import annotations

import pytest

from jinghe.errors import DataError
from jinghe.games import Game, Proposal, Weighting, apply_rules, list_game
from jinghe.labels import Text

INVESTMENT = Weighting("investment", Text("投资", "investment"), (50, 40, 30))


def test_ten_rules_need_nothing_more(park: Game) -> None:
    outcomes = apply_rules(park)

    assert [
        "equal-split",
        "equal-surplus",
        "equal-nonseparable",
        "proportional",
        "shapley",
        "nucleolus",
        "prenucleolus",
        "per-capita-nucleolus",
        "tau",
        "gately",
    ] == [one.rule for one in outcomes]
    assert all(one.reason is None and pytest.approx(180) == one.shares.sum() for one in outcomes)


def test_weightings_unions_and_an_order_add_rules(park: Game) -> None:
    outcomes = apply_rules(park, weightings=[INVESTMENT], unions=[["T", "J"], ["X"]], order=("X", "T", "J"))

    added = {one.rule: tuple(one.shares.round(3)) for one in outcomes[10:]}
    assert (75, 60, 45) == added["proportional:investment"]
    assert (89.167, 43.333, 47.5) == added["nash:investment"]
    assert (100, 20, 60) == added["downstream-incremental"]
    assert {"weighted-shapley:investment", "owen"} < set(added)
    assert Text("以投资加权的纳什谈判解", "Nash bargaining weighted by investment") in [one.label for one in outcomes]


def test_a_proposal_stands_beside_the_rules(park: Game) -> None:
    offer = Proposal("offer", Text("草案", "Draft"), (100, 40, 40))

    assert ("offer", [100, 40, 40]) == (apply_rules(park, proposals=[offer])[-1].rule, [100, 40, 40])


def test_a_rule_that_does_not_apply_says_why() -> None:
    game = list_game([0, 0, 0, 10, 10, 10, 10], parties="ABC")

    silent = {one.rule: one.reason for one in apply_rules(game) if one.shares is None}

    assert {"proportional", "tau", "gately"} == set(silent)
    assert "there is no compromise" in silent["tau"].en
    assert "其间没有折中" in silent["tau"].zh


def test_a_wrong_weighting_silences_its_own_rules_only(park: Game) -> None:
    wrong = Weighting("gdp", Text("产值", "GDP"), (70, 0, 12))

    silent = [one.rule for one in apply_rules(park, weightings=[wrong]) if one.shares is None]

    assert ["weighted-shapley:gdp"] == silent


def test_a_proposal_of_the_wrong_length_is_refused(park: Game) -> None:
    with pytest.raises(DataError) as caught:
        apply_rules(park, proposals=[Proposal("offer", Text.of("Draft"), (100, 80))])

    assert "proposals[offer]" == caught.value.problems[0].place.path
