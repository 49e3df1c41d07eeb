from __future__ import annotations

import numpy as np
import pytest

from jinghe.errors import RuleError
from jinghe.exploration.plan import read_plan
from jinghe.exploration.space import read_space
from jinghe.exploration.study import COURSES, study

TREE = {
    "horizon": 4,
    "scenarios": 2,
    "uncertain": {"simulate.parameters.turnover": [0.15, 0.45]},
    "steps": [
        {"id": "bare", "label": {"zh": "无契约", "en": "No contracts"}, "without": ["packaged", "special"]},
        {"id": "as-is", "label": {"zh": "现状", "en": "As it stands"}},
    ],
    "withdrawal": {
        "levers": ["special"],
        "on": None,
        "cases": [{"id": "case", "label": {"zh": "情形", "en": "The case"}}],
    },
}


@pytest.fixture(scope="session")
def plan(toy, model):
    day = toy.in_force[0].replace(year=toy.in_force[0].year + 2)
    return read_plan(
        toy,
        known=model.outcomes,
        tree={**TREE, "withdrawal": {**TREE["withdrawal"], "levers": ["packaged"], "on": day}},
    )


@pytest.fixture(scope="session")
def found(model, plan, panel):
    uncertain = read_space(model.compact, plan.space, panel=panel).uncertain
    return study(model, plan, uncertain=uncertain, replications=20)


def test_every_step_is_what_the_model_gives_under_its_rules(found, model, plan) -> None:
    for trial, step in zip(found.trials, plan.steps, strict=True):
        changes = {**step.changes, "simulate.horizon": 4}
        expected = model(changes, 0, 20)
        bare = model({**changes, "simulate.parameters.prize": 0.0}, 0, 20)
        for name in ("cooperation", "survival", "goodhart_gap"):
            np.testing.assert_array_equal(expected[name], trial.values[name])
            np.testing.assert_array_equal(bare[name], trial.without[name])
        assert set(COURSES) == set(trial.courses)
        assert trial.courses["cooperation"][0, -1] == pytest.approx(expected["cooperation"].mean())


def test_gaps_are_paired_and_between_neighbours(found) -> None:
    new, old = (trial.values["cooperation"] for trial in (found.trials[1], found.trials[0]))

    assert 1 == len(found.gaps) == len(found.gaps_without)
    assert found.gaps[0].mean == pytest.approx((new - old).mean())
    assert 2 == len(found.trials[0].futures["survival"])


def test_a_withdrawal_at_no_promotion_keeps_the_technology_of_the_compact(found, model, plan) -> None:
    """The attention unit stays when the prize is withdrawn: technology does not follow incentives."""
    case = found.withdrawn[0]
    start = {"simulate.parameters.willingness": 0.5, "simulate.parameters.trust": 0.9}
    expected = model({**start, "simulate.parameters.prize": 0.0, "simulate.horizon": 4}, 0, 20)["cooperation"]

    kept = next(arm for arm in case.without.arms if (arm.start, arm.arm) == ("high", "kept"))

    assert kept.mean == pytest.approx(expected.mean(), rel=1e-12)
    assert plan.ending is not None


def test_without_steps_there_is_nothing_to_compare(toy, model) -> None:
    with pytest.raises(RuleError) as caught:
        study(model, read_plan(toy, known=model.outcomes), replications=5)

    assert ["explore-lacks"] == [one.code for one in caught.value.problems]
