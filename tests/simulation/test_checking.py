from __future__ import annotations

import numpy as np
import pytest

from jinghe.labels import Text
from jinghe.simulation.checking import hold, hold_exactly, run
from jinghe.simulation.parameters import Parameters
from jinghe.simulation.setting import make_setting

WORDS = Text("例", "example")


def test_distance_is_counted_in_errors() -> None:
    check = hold("X", WORDS, 1.0, np.array([0.0, 1.0, 2.0, 3.0]))

    assert check.error == pytest.approx(np.std([0, 1, 2, 3], ddof=1) / 2)
    assert check.standard_errors == pytest.approx(0.5 / check.error)
    assert check.passed


def test_what_is_five_errors_off_fails() -> None:
    assert not hold("X", WORDS, 9.0, np.array([0.0, 1.0, 2.0, 3.0])).passed


def test_where_nothing_is_random_only_equality_will_do() -> None:
    assert hold("X", WORDS, 1.0, np.ones(9)).passed
    assert not hold("X", WORDS, 1.0 + 1e-7, np.ones(9)).passed
    assert not hold_exactly("X", WORDS, 1.0, float("nan")).passed
    assert hold_exactly("X", WORDS, 1.0, 1.01, within=0.02).passed


def test_checks_run_the_engine_of_the_product() -> None:
    played = run(make_setting(Parameters(promotion_slots=1), n=3, years=2), seed=7, replications=5)

    assert played.kept.shape[0] == len(played.rows) == 5
