from __future__ import annotations

import pytest

from jinghe.simulation.checks_contest import check_contests


@pytest.mark.slow
def test_contests_agree_with_their_closed_forms() -> None:
    checks = list(check_contests(seed=3, replications=30))

    assert [check.setting.en for check in checks if not check.passed] == []
    names = {check.name for check in checks}
    assert names == {"LR2", "LRn", "ZHOU", "TUL", "TULh", "CS", "TEAM", "SAB", "HELP", "NEUT", "JOIN"}


@pytest.mark.slow
def test_equilibria_hold_to_1e_8_and_played_contests_have_an_error() -> None:
    efforts = [check for check in check_contests(seed=3, replications=10) if check.name in ("LR2", "LRn", "ZHOU")]

    assert sum(check.error == 0 for check in efforts) == 8
    assert sum(check.error > 0 for check in efforts) == 3
