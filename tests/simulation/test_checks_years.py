from __future__ import annotations

import pytest

from jinghe.simulation.checks_years import check_years


@pytest.mark.slow
def test_what_moves_from_year_to_year_agrees_with_its_closed_forms() -> None:
    checks = list(check_years(seed=3, replications=40))

    assert [check.setting.en for check in checks if not check.passed] == []
    assert {check.name for check in checks} == {"REP", "TRUST", "STD", "BASS", "TIP"}
