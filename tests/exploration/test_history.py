from __future__ import annotations

import numpy as np
import pytest

from jinghe.errors import RuleError
from jinghe.exploration.history import Target, fit_emulator, match_history


def test_a_quadratic_surface_is_found_exactly() -> None:
    unit = np.random.default_rng(1).random((40, 2))
    surface = 1 + 2 * unit[:, 0] - 3 * unit[:, 1] + 4 * unit[:, 0] * unit[:, 1] + unit[:, 1] ** 2

    emulator = fit_emulator(unit, np.column_stack([surface, surface]))

    np.testing.assert_allclose(emulator.predict(unit)[0], surface, atol=1e-10)
    assert emulator.residual < 1e-20


def test_waves_close_in_on_the_truth_and_never_rule_it_out(analytic, between) -> None:
    factors = (between("a", 0, 10), between("b", 0, 10))
    model = analytic(lambda c: {"p": c["a"] + c["b"], "q": c["a"] * c["b"]}, outcomes=("p", "q"), noise=0.3)
    targets = [Target("p", 7.0, 0.1), Target("q", 10.0, 0.1)]  # a, b = 2, 5 or 5, 2

    match = match_history(model, factors, targets=targets, waves=3, replications=10)

    left = [wave.left for wave in match.waves]
    assert left == sorted(left, reverse=True)
    assert match.left < 0.03
    assert match.plausible(np.array([[0.2, 0.5], [0.5, 0.2], [0.9, 0.9], [0.35, 0.35]])).tolist() == [
        True,
        True,
        False,
        False,
    ]
    low, high = match.ranges["a"]
    assert low < 0.2
    assert high > 0.5


def test_figures_the_model_cannot_give_leave_nothing(analytic, between) -> None:
    model = analytic(lambda c: {"y": c["a"]}, noise=0.1)

    match = match_history(model, [between("a")], targets=[Target("y", 50.0, 0.1)], replications=5)

    assert (0.0, {}) == (match.left, match.ranges)


def test_a_stated_discrepancy_keeps_more(analytic, between) -> None:
    model = analytic(lambda c: {"y": c["a"]}, noise=0.02)

    strict, loose = (
        match_history(model, [between("a")], targets=[Target("y", 0.5, 0.01, own)], replications=5).left
        for own in (0, 0.1)
    )

    assert strict < loose
    assert loose == pytest.approx(6 * 0.1, abs=0.05)  # ± three standard deviations


def test_nothing_to_match_is_refused(analytic, between) -> None:
    with pytest.raises(RuleError) as caught:
        match_history(analytic(lambda c: {"y": 0.0}), [between("a")], targets=[])
    assert "targets-none" == caught.value.problems[0].code
    with pytest.raises(RuleError) as caught:
        match_history(analytic(lambda c: {"y": np.nan}), [between("a")], targets=[Target("y", 0, 1)], replications=2)
    assert "target-undefined" == caught.value.problems[0].code
