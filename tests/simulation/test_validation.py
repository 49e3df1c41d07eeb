from __future__ import annotations

import pytest

from jinghe.simulation.validation import validate

ROWS = (
    "LR2 LRn ZHOU TUL TULh CS TEAM SHARE SPLIT HM BAKER HOLM HELP SAB NEUT JOIN PGG REP TRUST STD BASS TEN TIP BAL "
    "PERM SCALE SEED"
)


@pytest.mark.slow
def test_every_row_of_the_acceptance_table_is_there_and_passes() -> None:
    checks = validate()

    assert [check.setting.en for check in checks if not check.passed] == []
    assert {check.name for check in checks} == set(ROWS.split())
    assert all(check.setting.zh for check in checks)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_does_not_pass_by_luck_of_the_seed(seed) -> None:
    checks = validate(seed=seed, replications=100)

    assert [check.setting.en for check in checks if not check.passed] == []
