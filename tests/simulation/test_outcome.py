from __future__ import annotations

import numpy as np
import pytest

from jinghe.simulation.engine import play
from jinghe.simulation.equilibrium import prepare
from jinghe.simulation.outcome import SUMMARY, VARIABLES, average, find_losers, make_bands, summarise
from jinghe.simulation.parameters import Parameters
from jinghe.simulation.setting import make_setting

SETTING = make_setting(Parameters(promotion_slots=1), n=3, years=2, growth_weight=0.5, collaboration_weight=0.4)
PLAYED = play(prepare(SETTING).design, seed=7, replications=range(40), keep=40)


def test_mean_and_error_leave_undefined_replications_out() -> None:
    assert average(np.array([1.0, 3.0, np.nan])) == (2.0, 1.0)
    assert all(np.isnan(average(np.array([np.nan, np.nan]))))


def test_bands_run_from_the_fifth_to_the_ninety_fifth_percentile() -> None:
    cities, region = make_bands(PLAYED)

    assert set(cities) == set(region) == set(VARIABLES)
    made = PLAYED.recorded("output")
    assert cities["output"].mean == pytest.approx(made.mean(axis=0))
    assert cities["output"].low == pytest.approx(np.quantile(made, 0.05, axis=0))
    assert region["output"].high == pytest.approx(np.quantile(made.mean(axis=2), 0.95, axis=0))


def test_summary_has_a_label_in_both_languages_for_every_entry() -> None:
    found = summarise(SETTING, PLAYED, PLAYED)

    assert list(found) == list(SUMMARY)
    assert all(one.label.zh and one.label.en for one in found.values())
    assert found["cooperation"].value == found["cooperation_without_promotion"].value
    assert found["cooperation"].value == pytest.approx(PLAYED.recorded("cooperation")[:, -1].mean())


def test_a_city_loses_when_its_gain_is_below_nothing_by_two_errors() -> None:
    from dataclasses import replace

    clear, close = np.array([-1.0, 0.1, -0.5]), np.array([0.1, 0.1, 0.3])

    assert find_losers(SETTING, replace(PLAYED, gain=clear, gain_error=close)) == ("1",)
