from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from jinghe.simulation.checks_laws import make_full
from jinghe.simulation.design import numbers_of
from jinghe.simulation.equilibrium import prepare
from jinghe.simulation.model import start_state
from jinghe.simulation.parameters import Parameters
from jinghe.simulation.setting import Fund, make_setting
from jinghe.simulation.year import move_on, score_year, settle_year, turn_over

ONE = range(1)


def begin(setting, *, gone: float = 0.99):
    design = prepare(setting).design
    n, edges = setting.n, setting.network.edges
    half = {"official": np.full((1, 4, n), 0.5), "edge": np.full((1, 4, edges), 0.5), "year": np.full((1, 4, n), 0.5)}
    state = start_state(design, seed=7, replications=ONE)
    return design, state, numbers_of(design, 0), half, np.full((1, n), gone)


def test_a_newcomer_has_no_past_and_less_trust() -> None:
    design, state, p, half, _ = begin(make_setting(Parameters(promotion_slots=1), n=3, years=2))
    settled = turn_over(design, 0, state, p, gone=np.full((1, 3), 0.3), official=half["official"])

    after = turn_over(design, 1, settled, p, gone=np.array([[0.0, 0.9, 0.9]]), official=half["official"])

    assert settled.tenure.tolist() == [[2, 2, 2]]
    assert after.tenure.tolist() == [[1, 3, 3]]
    touched = (design.giver == 0) | (design.partner == 0)
    kept = 0.5 + 0.5 * p.standards
    assert after.trust[0, touched] == pytest.approx(kept * settled.trust[0, touched])
    assert after.trust[0, ~touched] == pytest.approx(settled.trust[0, ~touched])


def test_money_moves_and_none_is_made() -> None:
    design, state, p, half, gone = begin(make_full(years=1))
    state = turn_over(design, 0, state, p, gone=gone, official=half["official"])

    made = settle_year(design, 0, state, state.efforts, p, edge=half["edge"], official=half["official"])

    assert made["transfer"].any()
    assert made["transfer"].sum() + made["paid_in"][0] == pytest.approx(0, abs=1e-12)


def test_who_gives_less_than_the_contract_asks_pays_when_inspected() -> None:
    setting = make_setting(Parameters(promotion_slots=1, inspection=0.4, penalty=2.0), n=3)
    design, state, p, half, _ = begin(replace(setting, floors=np.full((1, 6), 1.0)))
    state = state._replace(tenure=state.tenure + 1)
    seen, missed = ({**half, "edge": np.full((1, 4, 6), u)} for u in (0.3, 0.5))

    paid = settle_year(design, 0, state, state.efforts, p, edge=seen["edge"], official=half["official"])
    spared = settle_year(design, 0, state, state.efforts, p, edge=missed["edge"], official=half["official"])

    short = 0.5 * setting.attention  # two partners, half of the floor hoped for
    assert paid["transfer"] == pytest.approx(-2.0 * setting.attention * short)
    assert not spared["transfer"].any()


def test_dressing_that_is_found_counts_for_nothing() -> None:
    design, state, p, half, _ = begin(make_setting(Parameters(promotion_slots=1, audit=0.2), n=3))
    dressed = state.efforts._replace(dressing=np.ones((1, 3)), joint=0 * state.efforts.joint)
    official = half["official"].copy()
    official[:, 2] = [0.1, 0.3, 0.9]

    made = settle_year(design, 0, state, dressed, p, edge=half["edge"], official=official)

    assert made["quality"] == pytest.approx(np.array([[0.0, 0.6, 0.6]]))


def test_the_best_scores_are_promoted_and_the_fund_goes_by_rank() -> None:
    setting = replace(make_setting(Parameters(promotion_slots=1, prize=0.5), n=4), funds=(Fund(2, 0.6),))
    design, state, p, half, gone = begin(setting)
    state = turn_over(design, 0, state, p, gone=gone, official=half["official"])
    made = settle_year(design, 0, state, state.efforts, p, edge=half["edge"], official=half["official"])
    year = half["year"].copy()
    year[0, 0] = [0.2, 0.9, 0.6, 0.3]

    scored = score_year(design, 0, state, p, made, state.efforts, year=year, official=half["official"])

    assert scored["promoted"].tolist() == [[0, 1, 0, 0]]
    bonus = scored["earned"] - scored["earned"].min()
    assert bonus == pytest.approx(np.array([[0, 0.8, 0.3, 0]]), abs=1e-3)  # trust differs by chance


def test_the_platform_clears_what_it_can() -> None:
    numbers = {"dispute_rate": 5.0, "trust": 0.2, "standards": 0.0, "capacity": 0.0}
    setting = make_setting(Parameters(promotion_slots=1, **numbers), n=3)

    def backlog(capacity: float) -> np.ndarray:
        design, state, p, half, gone = begin(setting.with_parameters(capacity=capacity))
        state = turn_over(design, 0, state, p, gone=gone, official=half["official"])
        made = settle_year(design, 0, state, state.efforts, p, edge=half["edge"], official=half["official"])
        return move_on(
            design, 0, state, state.efforts, p, made, made["joint"], made["joint"], edge=half["edge"]
        ).backlog

    none = backlog(0.0)
    assert none.sum() / 2 > 1
    assert backlog(1.0).sum() / 2 == pytest.approx(none.sum() / 2 - 1)
    assert not backlog(1e6).any()
