from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from jinghe.errors import RuleError
from jinghe.exploration.design import cross, sample
from jinghe.exploration.factor import Factor
from jinghe.exploration.robust import check_choice, choose, find_front, show_choice
from jinghe.exploration.sweep import sweep
from jinghe.labels import Text

POLICY = Factor("p", True, Text("方案", "policy"), choices=("risky", "steady", "bad"))
STATE = Factor("s", False, Text("情景", "state"), choices=("good", "poor"))
PAYOFF = {
    ("risky", "good"): 10,
    ("risky", "poor"): 0,
    ("steady", "good"): 7,
    ("steady", "poor"): 5,
    ("bad", "good"): 1,
    ("bad", "poor"): 1,
}


def pay(changes):
    prize = changes.get("simulate.parameters.prize", 1.0)
    base = PAYOFF[changes.get("p", "bad"), changes["s"]]
    return {"y": base * (prize if changes.get("p") == "risky" else 1), "cost": 1.0, "goodhart_gap": 0.2}


@pytest.fixture
def crossed():
    return cross(sample([POLICY], method="factorial", n=2, seed=1), sample([STATE], method="factorial", n=2, seed=1))


@pytest.fixture
def model(analytic):
    return analytic(pay, outcomes=("cost", "goodhart_gap", "y"), noise=0.5)


def test_least_greatest_regret_takes_the_steady_policy(crossed, model) -> None:
    # regrets over the spread 10: risky (0, 5)/10, steady (3, 0)/10, bad (9, 4)/10: Savage's table by hand
    found = choose(sweep(model, designs=crossed, replications=4), objectives={"y": "max"}, satisfy=["y>=4"])

    np.testing.assert_allclose(found.regret, [0.5, 0.3, 0.9])
    assert ({"p": "steady"}, 1) == (found.changes(found.chosen), found.chosen)
    np.testing.assert_allclose(found.satisfied, [0.5, 1.0, 0.0])
    assert (1,) == found.front  # 6 on average against 5 and 1


def test_the_front_holds_what_nothing_beats() -> None:
    gains = np.array([[1.0, 3.0], [2.0, 2.0], [1.0, 2.0], [2.0, 2.0], [0.0, 9.0]])

    assert (0, 1, 3, 4) == find_front(gains)


@given(arrays(float, (12, 3), elements=st.floats(-5, 5)))
def test_every_row_off_the_front_is_beaten_by_one_on_it(gains) -> None:
    front = find_front(gains)

    for row in set(range(12)) - set(front):
        assert any((gains[f] >= gains[row]).all() and (gains[f] > gains[row]).any() for f in front)


def test_a_recommendation_says_whether_it_survives_without_promotion_and_who_loses(crossed, model) -> None:
    swept = sweep(model, designs=crossed, replications=4)
    steady = choose(swept, objectives={"y": "max"})

    verdict = check_choice(model, steady, replications=10, name_losers=lambda changes: Text("甲市", "City A"))

    # steady earns 6 on average, the compact as it is (bad) 1, with promotion and without
    assert verdict.survives
    assert verdict.gain[0] == pytest.approx(5)
    assert verdict.gain_without[0] == pytest.approx(5)
    section = show_choice(steady, verdict)
    said = "".join(note.zh for note in section.notes)
    assert "取消晋升激励（λ = 0）后仍成立" in said
    assert "古德哈特缺口：本契约" in said
    assert "谁受损（按契约的参数）：甲市" in said
    assert section.tables[0].rows[0][0] == steady.chosen


def test_what_rests_on_promotion_alone_is_said_to_fall(model) -> None:
    good = Factor("s", False, Text("情景", "state"), choices=("good", "fine"))
    lucky = cross(sample([POLICY], method="factorial", n=2, seed=1), sample([STATE], method="factorial", n=2, seed=1))
    keep = np.flatnonzero([lucky.changes(k)["s"] == "good" for k in range(len(lucky))])
    only = type(lucky)(lucky.factors, lucky.unit[keep], "crossed", np.arange(3), np.zeros(3, dtype=int))
    assert good.choices

    risky = choose(sweep(model, designs=only, replications=4), objectives={"y": "max"})
    verdict = check_choice(model, risky, replications=10)

    assert "risky" == risky.changes(risky.chosen)["p"]
    assert not verdict.survives
    said = "".join(note.en for note in show_choice(risky, verdict).notes)
    assert "does not survive λ = 0" in said
    assert "parameters): not named" in said


def test_policies_that_cannot_be_run_somewhere_are_left_out_and_counted(crossed, analytic) -> None:
    model = analytic(lambda c: None if (c["p"], c["s"]) == ("steady", "poor") else {"y": float(PAYOFF[c["p"], c["s"]])})

    found = choose(sweep(model, designs=crossed, replications=3), objectives={"y": "max"})

    assert ("risky", 1, np.inf) == (found.changes(found.chosen)["p"], found.left_out, found.regret[1])


@pytest.mark.parametrize("objectives", [{}, {"y": "more"}])
def test_objectives_that_cannot_be_read_are_refused(crossed, model, objectives) -> None:
    with pytest.raises(RuleError) as caught:
        choose(sweep(model, designs=crossed, replications=3), objectives=objectives)
    assert "objective-side" == caught.value.problems[0].code


def test_a_design_that_is_not_crossed_is_refused(model) -> None:
    plain = sample([POLICY, STATE], n=4, seed=1)
    with pytest.raises(RuleError) as caught:
        choose(sweep(model, designs=plain, replications=3), objectives={"y": "max"})
    assert "design-other" == caught.value.problems[0].code
