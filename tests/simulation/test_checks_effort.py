from __future__ import annotations

import pytest

from jinghe.simulation.checks_effort import check_efforts


@pytest.mark.slow
def test_pay_and_choices_agree_with_their_closed_forms() -> None:
    checks = list(check_efforts(seed=3, replications=20))

    assert [check.setting.en for check in checks if not check.passed] == []
    assert {check.name for check in checks} == {"SHARE", "SPLIT", "HM", "BAKER", "HOLM", "PGG", "TEN"}
