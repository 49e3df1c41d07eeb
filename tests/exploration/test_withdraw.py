from __future__ import annotations

from datetime import date

import pytest
from scipy import stats

from jinghe.errors import RuleError
from jinghe.exploration.withdraw import share_interval, show_withdrawal, switch_off, withdraw


@pytest.fixture(scope="module")
def levers(toy) -> list[str]:
    return [f"contracts[{contract.id}]" for contract in toy.contracts if contract.form == "special"][:1]


def test_survival_is_counted_by_replication_from_both_starts(model) -> None:
    found = withdraw(model, levers=["contest.weights.collaboration"], on=date(2023, 1, 1), replications=40)

    assert [(s, a) for s in ("low", "high") for a in ("kept", "withdrawn", "never")] == [
        (x.start, x.arm) for x in found.arms
    ]
    assert all(arm.low <= arm.share <= arm.high and arm.replications == 40 for arm in found.arms)
    assert 2032 == found.until
    section = show_withdrawal(found)
    assert 6 == len(section.tables[0].rows)
    assert "自 2023-01-01 起撤除：“协同”的权重" in section.lead.zh
    assert any("start" in note.en for note in section.notes)


def test_a_lever_that_alone_keeps_cooperation_alive_is_seen_to(model, toy) -> None:
    """Where joint work is worth nothing, nobody cooperates without a contract."""
    hold = {
        "simulate.parameters.joint_value": 0.0,
        "simulate.parameters.special_floor": 1.0,
        "simulate.parameters.packaged_floor": 1.0,
        "simulate.parameters.inspection": 1.0,
        "simulate.parameters.penalty": 50.0,
    }
    forms = [form for form in ("packaged", "special") if any(c.form == form for c in toy.contracts)]

    found = withdraw(model, levers=forms, on=date(2024, 1, 1), changes=hold, replications=20, horizon=8)

    shares = {(arm.start, arm.arm): arm.share for arm in found.arms}
    assert {0.0} == {shares[start, arm] for start in ("low", "high") for arm in ("withdrawn", "never")}
    assert found.survival["high"] is None or found.survival["high"][0] == 0.0


def test_switching_off_is_said_as_changes_of_the_compact(toy, levers) -> None:
    day = date(2022, 1, 1)

    assert {f"{levers[0]}.due": date(2021, 12, 31)} == switch_off(toy, levers[0], on=day)
    weights = switch_off(toy, "contest.weights.growth", on=day)["contest.weights.growth"]
    assert 0.0 == weights[day]
    assert {"platform.coordination": {toy.in_force[0]: 0.0, day: 0.0}} == switch_off(
        toy, "platform.coordination", on=day
    )


def test_what_the_model_cannot_withdraw_on_a_date_is_refused(model) -> None:
    for lever in ("simulate.parameters.audit", "contracts[none]", "contest.weights.none", "agreements"):
        with pytest.raises(RuleError) as caught:
            withdraw(model, levers=[lever], on=date(2022, 1, 1), replications=5)
        assert ["withdraw-undated"] == [p.code for p in caught.value.problems]
    with pytest.raises(RuleError) as caught:
        withdraw(model, levers=["platform.coordination"], on=date(2022, 1, 1), replications=5)  # it was never there
    assert "withdraw-unfelt" in [p.code for p in caught.value.problems]


def test_a_day_outside_the_years_is_refused(model) -> None:
    with pytest.raises(RuleError) as caught:
        withdraw(model, levers=["special"], on=date(2021, 6, 1), replications=5)
    assert "withdraw-date" == caught.value.problems[0].code


@pytest.mark.parametrize("hits, of", [(0, 20), (5, 20), (20, 20), (137, 1000)])
def test_the_interval_of_a_share_is_wilsons(hits, of) -> None:
    exact = stats.binomtest(hits, of).proportion_ci(method="wilson")

    assert (exact.low, exact.high) == pytest.approx(share_interval(hits, of), abs=1e-12)
