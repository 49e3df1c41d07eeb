from __future__ import annotations

from datetime import date

import pytest

from jinghe.errors import RuleError
from jinghe.exploration.plan import read_plan

KNOWN = ("survival", "surplus", "stage", "late_share")


def test_shanxi_says_what_is_to_be_explored(shanxi) -> None:
    plan = read_plan(shanxi, known=(*KNOWN, "participation_violations", "goodhart_gap"))

    assert ["compact", "contest", "weight", "floor", "coordination"] == [step.id for step in plan.steps]
    assert {} == plan.steps[0].changes
    assert {date(2020, 12, 31)} == set(plan.steps[1].changes.values())  # contracts that are never there
    assert (("packaged",), date(2031, 1, 1)) == (plan.ending.levers, plan.ending.on)
    assert plan.horizon > plan.ending.on.year - shanxi.in_force[0].year, "the withdrawal lies inside the years"
    assert {"levers", "uncertain", "outcomes"} == set(plan.space)


def test_the_figures_to_be_matched_are_those_of_the_register(shanxi) -> None:
    codes = set(shanxi.region.contestants(shanxi.need_contest().level))
    years = [
        item.on.start.year
        for item in shanxi.items
        if item.on and item.date_kind in ("event", "year") and item.status != "restated"
        and len(codes & set(item.parties)) > 1
    ]  # fmt: skip
    within = [year for year in years if 2021 <= year <= 2025]
    late = sum(year >= 2024 for year in within) / len(within)

    plan = read_plan(shanxi, known=(*KNOWN, "participation_violations", "goodhart_gap"))

    target = next(one.target for one in plan.observed if one.target.outcome == "late_share")
    assert 5 == plan.observed_years
    assert target.observed == pytest.approx(late, abs=5e-4)
    assert target.error == pytest.approx((late * (1 - late) / len(within)) ** 0.5, abs=5e-4)


def test_keys_of_a_file_replace_those_of_the_compact_and_the_rest_has_defaults(toy) -> None:
    plan = read_plan(toy, known=KNOWN, tree={"points": 7, "when": "survival<0.5"})

    assert (7, "survival<0.5", toy.simulate.horizon) == (plan.points, plan.when, plan.horizon)
    assert ((), None, {}) == (plan.steps, plan.ending, plan.space)


def test_every_fault_comes_at_once(toy) -> None:
    tree = {
        "pionts": 3,
        "when": "survival maybe",
        "objectives": {"surplas": "max"},
        "steps": [
            {"id": "a", "label": "a", "without": ["contracts[none]"]},
            {"id": "b", "label": "b", "set": {"contest.weights.none": 0.5}},
        ],
    }

    with pytest.raises(RuleError) as caught:
        read_plan(toy, known=KNOWN, tree=tree)

    assert ["condition-unreadable", "explore-key", "node-unknown", "outcome-unknown", "withdraw-undated"] == sorted(
        found.code for found in caught.value.problems
    )
