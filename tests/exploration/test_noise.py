from __future__ import annotations

import numpy as np
import pytest

from jinghe.errors import RuleError
from jinghe.exploration.noise import difference, separate_noise


def test_the_two_way_table_of_a_textbook_is_split_by_hand() -> None:
    # y = μ + D + R + E with E = ±1 in a 2 × 2 table: MS_E = 4, MS_D = 100, MS_R = 4
    values = np.array([[0.0, 4.0], [12.0, 12.0]])

    spread = separate_noise(values)

    assert 4.0 == spread.noise  # (0 − 2 + 6 − 8 …)² summed over one degree of freedom
    assert (100 - 4) / 2 == spread.between
    assert 0.0 == spread.shared
    assert spread.reliability == pytest.approx(48 / 50)


def test_variances_come_back_and_what_designs_share_is_no_noise() -> None:
    rng = np.random.default_rng(1)
    n, r = 400, 50
    values = 2 * rng.standard_normal((n, 1)) + 3 * rng.standard_normal((1, r)) + 1.5 * rng.standard_normal((n, r))

    spread = separate_noise(values)

    assert spread.between == pytest.approx(4, rel=0.2)  # sampling error of a variance of 400: 7 %
    assert spread.noise == pytest.approx(2.25, rel=0.05)
    assert spread.shared == pytest.approx(9, rel=0.6)  # 50 draws: 20 %
    assert spread.reliability > 0.98


def test_one_design_cannot_be_split() -> None:
    with pytest.raises(RuleError) as caught:
        separate_noise(np.ones((1, 5)))
    assert "noise-few" == caught.value.problems[0].code


def test_a_large_difference_is_sure_at_the_first_look(analytic) -> None:
    model = analytic(lambda c: {"y": c["x"]}, noise=5.0, own=0.5)

    found = difference(model, {"x": 1.0}, {"x": 0.0}, outcome="y")

    assert ("more", 100, 1) == (found.verdict, found.replications, found.looks)
    assert found.low < 1 < found.high


def test_a_small_difference_takes_more_replications_and_a_tiny_one_is_alike(analytic) -> None:
    model = analytic(lambda c: {"y": c["x"]}, own=1.0)

    small = difference(model, {"x": -0.15}, {"x": 0.0}, outcome="y")
    tiny = difference(model, {"x": 0.001}, {"x": 0.0}, outcome="y", margin=0.3)
    unsure = difference(model, {"x": 0.001}, {"x": 0.0}, outcome="y", most=400)

    assert "less" == small.verdict
    assert small.replications > 100
    assert "alike" == tiny.verdict
    assert ("undecided", 400, 3) == (unsure.verdict, unsure.replications, unsure.looks)


def test_common_draws_make_the_same_design_exactly_alike(analytic) -> None:
    found = difference(analytic(lambda c: {"y": 0.0}, noise=9.0), {"x": 1}, {"x": 2}, outcome="y")

    assert (0.0, 0.0) == (found.low, found.high)
    assert "alike" == found.verdict


@pytest.mark.slow
def test_looking_often_does_not_make_chance_look_sure() -> None:
    class Luck:
        """Fresh noise in each trial: no difference at all."""

        outcomes, identity = ("y",), "luck"

        def __init__(self, trial):
            self.trial = trial

        def __call__(self, changes, first, count):
            rng = np.random.Generator(np.random.Philox(key=[self.trial * 2 + changes["x"], first]))
            return {"y": rng.standard_normal(count)}

    verdicts = [difference(Luck(t), {"x": 0}, {"x": 1}, outcome="y", first=50, most=3200).verdict for t in range(600)]

    false = sum(verdict in ("more", "less") for verdict in verdicts)
    assert false <= 0.05 * 600 + 3 * np.sqrt(600 * 0.05 * 0.95)  # the level, and three standard errors of 600 trials


def test_an_outcome_nobody_defines_is_refused(analytic) -> None:
    with pytest.raises(RuleError) as caught:
        difference(analytic(lambda c: {"y": np.nan}), {}, {}, outcome="y")
    assert "outcome-undefined" == caught.value.problems[0].code
