from __future__ import annotations

import pytest

from jinghe.simulation.checks_laws import check_laws, make_full


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
