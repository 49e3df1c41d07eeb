from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinghe.simulation.checking import run
from jinghe.simulation.checks_laws import check_laws, make_full, relabel, rescale

FULL, SEEDS = make_full(years=4), st.integers(0, 2**64 - 1)


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow), pytest.param(3, marks=pytest.mark.slow)])
def test_laws_hold_for_every_seed(seed) -> None:
    checks = list(check_laws(seed=seed, replications=20))

    assert [check.setting.en for check in checks if not check.passed] == []
    assert [check.name for check in checks] == ["BAL", "PERM", "SCALE", "SEED"]


def test_the_full_setting_has_every_part_on() -> None:
    full = make_full()

    assert full.floors.any()
    assert full.special.any()
    assert full.authority.any()
    assert full.funds
    p = full.parameters
    on = (p.dispute_rate, p.diffusion, p.protection, p.innovation, p.team_prize, p.absolute_prize, p.compensation)
    assert all(number > 0 for number in on)


@settings(max_examples=6, deadline=None)
@given(SEEDS, st.permutations(range(5)))
def test_cities_in_any_order_do_the_same(seed, order) -> None:
    assert relabel(seed, np.array(order)) < 1e-9


@settings(max_examples=6, deadline=None)
@given(SEEDS, st.floats(0.1, 30))
def test_money_in_any_unit_moves_no_choice(seed, factor) -> None:
    assert rescale(FULL, seed, factor) < 1e-9


MONEY = ("subsidy", "milestone", "compensation", "penalty", "inspection", "audit_penalty", "audit", "spillover")


@settings(max_examples=6, deadline=None)
@given(SEEDS, st.lists(st.floats(0, 1), min_size=8, max_size=8), st.floats(-1, 1))
def test_no_money_comes_from_nowhere(seed, values, rate) -> None:
    """Tasks, compensation, penalties, fines, funds and agreements, whatever their size."""
    full = FULL.with_parameters(**dict(zip(MONEY, values, strict=True)))
    agreed = replace(full, passed=rate * np.ones_like(full.passed))

    assert run(agreed, seed=seed, replications=3).measured("imbalance").max() < 1e-9
