from __future__ import annotations

import numpy as np
import pytest

from jinghe.errors import DataError
from jinghe.games import Game, Proposal, Weighting, compare, judge, list_game
from jinghe.labels import Text

UNIT = Text("百万元", "million CNY")
WEIGHTINGS = (
    Weighting("investment", Text("投资", "investment"), (50, 40, 30)),
    Weighting("population", Text("人口", "population"), (530, 265, 338)),
    Weighting("gdp", Text("地区生产总值", "GDP"), (70, 18, 12)),
)
# Reference fixture 5.4: the park of three under eleven rules.
FIXTURE = {
    "equal-split": ((60, 60, 60), 0),
    "equal-surplus": ((83.333, 43.333, 53.333), -6.667),
    "proportional": ((98.182, 32.727, 49.091), -10.909),
    "proportional:investment": ((75, 60, 45), -10),
    "shapley": ((91.667, 44.167, 44.167), -14.167),
    "weighted-shapley:population": ((101.218, 36.700, 42.082), -12.082),
    "nucleolus": ((90, 45, 45), -15),
    "per-capita-nucleolus": ((97.5, 42.5, 40), -10),
    "tau": ((91.379, 44.138, 44.483), -14.483),
    "gately": ((91.379, 44.138, 44.483), -14.483),
    "nash:investment": ((89.167, 43.333, 47.5), -12.5),
    "proportional:gdp": ((126, 32.4, 21.6), 8.4),
}


def test_the_park_under_every_rule_to_the_printed_digits(park: Game) -> None:
    found = compare(park, weightings=WEIGHTINGS, unit=UNIT)

    rows = {one.rule: (tuple(one.shares.round(3)), round(verdict.max_excess, 3)) for one, verdict in found.rows}
    assert FIXTURE == {rule: rows[rule] for rule in FIXTURE}
    assert 19 == len(found.rows)
    assert (-15, 0, False) == (pytest.approx(found.least_core), found.stability_cost, found.is_core_empty)
    assert () == found.problems


def test_who_quits_is_said_in_words(park: Game) -> None:
    verdicts = {one.rule: verdict for one, verdict in compare(park, weightings=WEIGHTINGS, unit=UNIT).rows}

    assert [("J",), ("X", "J")] == [one.parties for one in verdicts["proportional:gdp"].blocking]
    assert (
        Text(
            "晋中若单独行动，可多得 8.4 百万元。忻州、晋中若另组联盟，可多得 1 百万元。",
            "Alone, Jinzhong would gain 8.4 million CNY. On their own, Xinzhou and Jinzhong would gain 1 million CNY.",
        )
        == verdicts["proportional:gdp"].text
    )
    assert (("T",), ("T", "X")) == verdicts["equal-split"].indifferent
    assert (
        Text("退出与否无差别：太原；太原、忻州。", "Would lose nothing by leaving: Taiyuan; Taiyuan and Xinzhou.")
        == verdicts["equal-split"].text
    )
    assert Text("没有任何一方或联盟愿意退出。", "Nobody would gain by leaving.") == verdicts["nucleolus"].text


def test_a_core_is_told_with_its_margin(park: Game) -> None:
    text = compare(park, unit=UNIT).text

    assert text.zh.endswith("最稳妥的分法使任何一方或联盟比单干至少多得 15 百万元。")
    assert text.en.startswith("The core is not empty: some split keeps everybody in.")


def test_without_a_core_the_prize_that_keeps_everybody_in_is_named() -> None:
    found = compare(list_game([0, 0, 0, 10, 10, 10, 10], parties="ABC"), unit=UNIT)

    assert found.is_core_empty
    assert pytest.approx(5) == found.stability_cost
    assert "上级至少追加 5 百万元，才能留住各方。" in found.text.zh
    assert "It takes a prize of at least 5 million CNY to keep everybody in." in found.text.en
    rows = {one.rule: verdict for one, verdict in found.rows}
    assert rows["tau"] is None
    assert not rows["shapley"].is_stable


def test_doubts_about_the_game_travel_along() -> None:
    found = compare(list_game([10, 20, 30, 25, 40, 45, 70], parties="ABC"))

    assert ["game-not-superadditive"] == [doubt.code for doubt in found.problems]


def test_a_split_that_does_not_add_up_is_told_first(park: Game) -> None:
    short, more = judge(park, shares=(90, 45, 40), unit=UNIT), judge(park, shares=(90, 45, 46))

    assert (-5, False, False) == (short.gap, short.is_balanced, short.is_stable)
    assert short.text.zh.startswith("分配额少于总收益 5 百万元。")
    assert short.text.en.startswith("The shares sum to 5 million CNY less than the total.")
    assert more.text.zh.startswith("分配额超出总收益 1。")


def test_rationality_and_propensity_are_kept(park: Game) -> None:
    verdict = judge(park, shares=(126, 32.4, 21.6))

    assert pytest.approx((66, 12.4, -8.4)) == verdict.rationality
    assert not verdict.is_rational
    assert ("J",) == verdict.worst
    assert 2 == verdict.blocking_count
    assert pytest.approx(8.4, abs=1e-8) == verdict.core_distance
    assert np.isnan(verdict.propensity[2])


def test_rounding_makes_no_dispute() -> None:
    game = Game(("A", "B"), [0, 0.1, 0.2, 0.3])

    verdict = judge(game, shares=(0.1, 0.2))

    assert verdict.is_stable
    assert verdict.is_rational


def test_many_blocking_coalitions_are_counted_and_few_named() -> None:
    sizes = np.bitwise_count(np.arange(32)).astype(float)

    verdict = judge(Game("ABCDE", sizes**2), shares=(0, 0, 0, 0, 0), most=3)

    assert (3, 30) == (len(verdict.blocking), verdict.blocking_count)


def test_a_proposal_with_a_gap_is_judged_as_it_is(park: Game) -> None:
    found = compare(park, proposals=[Proposal("draft", Text("草案", "Draft"), (100, 50, 20))])

    outcome, verdict = found.rows[-1]
    assert ("draft", -10) == (outcome.rule, verdict.gap)


def test_shares_of_the_wrong_length_are_refused(park: Game) -> None:
    with pytest.raises(DataError):
        judge(park, shares=(1, 2))
