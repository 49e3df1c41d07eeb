from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.compact import Compact, load_compact, replace_values
from jinghe.errors import CompactError
from jinghe.exploration.revise import complete_weights, revise, switch_weight
from jinghe.exploration.space import rules_mark


def test_a_quick_change_is_what_the_slow_one_is(toy, panel) -> None:
    changes = {
        "contest.weights.collaboration": 0.1,
        "simulate.parameters.audit": 0.9,
        "simulate.horizon": 7,
        f"contracts[{toy.contracts[0].id}].due": date(2022, 6, 30),
        "contest.credit.rule": "equal",
        "platform.disputes.reply_days": 20,
    }

    quick, slow = revise(toy, changes), replace_values(toy, complete_weights(toy, changes))

    assert rules_mark(slow, panel) == rules_mark(quick, panel)
    assert slow.contest == quick.contest
    assert (slow.contracts, slow.platform, slow.simulate) == (quick.contracts, quick.platform, quick.simulate)


def test_siblings_make_room_for_a_weight_in_proportion(toy) -> None:
    contest = revise(toy, {"contest.weights.collaboration": 0.7}).contest

    # toy: growth 0.4, collaboration 0.4, green 0.2; 0.3 is left to share 2:1
    assert {"growth": 0.2, "collaboration": 0.7, "green": 0.1} == pytest.approx(
        {name: contest.weight(name, date(2022, 12, 31)) for name in ("growth", "collaboration", "green")}
    )


def test_siblings_keep_their_dates(shanxi) -> None:
    changed = complete_weights(shanxi, {"contest.weights.collaboration": 0.2})

    # growth .6 then .5 beside green .1: 0.8 is shared 6:1, then 5:1
    growth = changed["contest.weights.growth"]
    assert {date(2021, 1, 1): 0.8 * 6 / 7, date(2023, 1, 1): 0.8 * 5 / 6} == pytest.approx(growth)


def test_a_weight_switched_off_stays_off(shanxi) -> None:
    off = switch_weight(shanxi, "collaboration", value=0.0, on=date(2022, 1, 1))

    contest = revise(shanxi, {"contest.weights.collaboration": off}).contest
    dated = revise(shanxi, {"contest.weights.collaboration@2022-01-01": 0.0}).contest

    weights = [
        [one.weight("collaboration", date(year, 12, 31)) for year in (2021, 2022, 2024)] for one in (contest, dated)
    ]
    assert [[0.3, 0.0, 0.0]] * 2 == weights
    assert contest.weight("growth", date(2024, 12, 31)) == pytest.approx(5 / 6)


@given(st.floats(0, 1), st.floats(0, 1))
def test_completed_weights_sum_to_one(a, b) -> None:
    compact, total = load_toy(), a + b
    changes = {"contest.weights.growth": a / max(total, 1), "contest.weights.green": b / max(total, 1)}

    contest = revise(compact, changes).contest

    assert sum(contest.weight(n.id, date(2022, 12, 31)) for n in contest.root.children) == pytest.approx(1, abs=1e-9)


def test_what_cannot_be_changed_quickly_goes_the_long_way_whole(toy) -> None:
    changed = revise(toy, {"version": "9", "simulate.parameters.audit": 0.9})

    assert ("9", 0.9) == (changed.version, changed.simulate.parameters["audit"])


def test_an_unknown_path_is_refused(toy) -> None:
    for path in ("contest.weights.grwoth", "contracts[none].due", "contest.nothing", "nothing"):
        with pytest.raises(CompactError):
            revise(toy, {path: 0.5})


@cache
def load_toy() -> Compact:
    return load_compact(Path(__file__).parents[2] / "cases" / "toy")
