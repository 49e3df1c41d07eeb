from __future__ import annotations

import pytest

from jinghe.simulation.validation import validate


@pytest.fixture(scope="module")
def checks():
    return validate()


def test_every_special_case_passes(checks) -> None:
    assert [check.setting.en for check in checks if not check.passed] == []


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_does_not_pass_by_luck_of_the_seed(seed) -> None:
    checks = validate(seed=seed, replications=100)

    assert [check.setting.en for check in checks if not check.passed] == []


def test_the_special_cases_of_the_first_cut_are_there(checks) -> None:
    names = [check.name for check in checks]

    assert names.count("LRn") == 4
    assert names.count("ZHOU") == 5
    assert names.count("NEUT") == 6
    assert names.count("SHARE") == 2


def test_efforts_are_estimates_with_an_error_and_not_the_formula(checks) -> None:
    efforts = [check for check in checks if check.name in ("LRn", "ZHOU")]

    assert all(check.error > 0 and check.simulated != check.expected for check in efforts)
    assert all(abs(check.simulated / check.expected - 1) < 0.01 for check in efforts if check.error < 0.002)


def test_neutrality_of_two_is_exact(checks) -> None:
    pairs = [check for check in checks if check.name == "NEUT" and "n=2" in check.setting.en]

    assert [(check.simulated, check.error) for check in pairs] == [(0.0, 0.0)] * 2


def test_distance_is_counted_in_errors(checks) -> None:
    for check in checks:
        if check.error:
            assert check.standard_errors == pytest.approx(abs(check.simulated - check.expected) / check.error)
