from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from jinghe.simulation.model import Paths
from jinghe.simulation.outcome import SUMMARY, VARIABLES, average, find_losers, make_bands, summarise
from jinghe.simulation.parameters import Parameters
from jinghe.simulation.setting import make_setting

SETTING = make_setting(Parameters(promotion_slots=1), n=3, years=2)


def make_paths(**series: object) -> Paths:
    """Two replications, two years, three cities; what is not given is zero."""
    blank = {field.name: np.zeros((2, 2, 3)) for field in fields(Paths)} | {"pairs": np.zeros((2, 1, 6))}
    return Paths(**(blank | {name: np.asarray(values, dtype=float) for name, values in series.items()}))


def test_mean_and_error_leave_undefined_replications_out() -> None:
    assert average(np.array([1.0, 3.0, np.nan])) == (2.0, 1.0)
    assert all(np.isnan(average(np.array([np.nan, np.nan]))))


def test_bands_run_from_the_fifth_to_the_ninety_fifth_percentile() -> None:
    cooperation = np.zeros((2, 2, 3))
    cooperation[1] = 10.0

    cities, region = make_bands(make_paths(cooperation=cooperation))

    assert set(cities) == set(region) == set(VARIABLES)
    band = cities["cooperation"]
    assert (band.mean[1, 2], band.low[1, 2], band.high[1, 2]) == pytest.approx((5.0, 0.5, 9.5))
    assert region["cooperation"].mean == pytest.approx([5.0, 5.0])


def test_summary_has_a_label_in_both_languages_for_every_entry() -> None:
    found = summarise(SETTING, make_paths(), make_paths())

    assert list(found) == list(SUMMARY)
    assert all(one.label.zh and one.label.en for one in found.values())


def test_last_year_counts_and_the_first_is_compared_with() -> None:
    cooperation = np.zeros((2, 2, 3))
    cooperation[:, 0], cooperation[:, 1] = 1.0, [[2.0, 2.0, 2.0], [4.0, 4.0, 4.0]]

    found = summarise(SETTING, make_paths(cooperation=cooperation), make_paths(cooperation=cooperation / 2))

    assert (found["cooperation"].value, found["cooperation"].error) == (3.0, 1.0)
    assert found["cooperation_without_promotion"].value == 1.5


def test_window_dressing_share_is_undefined_where_nobody_does_anything() -> None:
    idle = summarise(SETTING, make_paths(), make_paths())["window_dressing_share"]
    busy = summarise(
        SETTING, make_paths(cooperation=np.full((2, 2, 3), 3.0), dressing=np.ones((2, 2, 3))), make_paths()
    )

    assert np.isnan(idle.value)
    assert busy["window_dressing_share"].value == 0.25


def test_an_indicator_that_measures_what_it_should_has_no_goodhart_gap() -> None:
    joint = np.arange(12.0).reshape(2, 2, 3)

    faithful = summarise(SETTING, make_paths(joint=joint, measured=joint), make_paths())
    doubled = summarise(SETTING, make_paths(joint=joint, measured=2 * joint), make_paths())

    assert faithful["goodhart_gap"].value == pytest.approx(0.0)
    assert doubled["goodhart_gap"].value == pytest.approx(0.5)


def test_rank_validity_is_spearmans_correlation_with_mid_ranks() -> None:
    """Ranks of the contribution 1, 2.5, 2.5 against 1, 2, 3: r = 1.5/√(2 · 1.5) = 0.8660; reversed −0.8660."""
    contribution, score = np.zeros((2, 2, 3)), np.zeros((2, 2, 3))
    contribution[:, 1], score[0, 1], score[1, 1] = [1.0, 7.0, 7.0], [1.0, 2.0, 3.0], [3.0, 2.0, 1.0]

    found = summarise(SETTING, make_paths(contribution=contribution, score=score), make_paths())

    assert found["rank_validity"].value == pytest.approx(0.0)
    assert found["rank_validity"].error == pytest.approx(0.8660254)


def test_selectivity_is_undefined_when_both_sides_gain_the_same() -> None:
    assert np.isnan(summarise(SETTING, make_paths(), make_paths())["selectivity"].value)


def test_a_city_loses_when_its_gain_is_surely_negative() -> None:
    gain = np.zeros((2, 2, 3))
    gain[:, :, 0] = [[-1.0, -1.0], [-1.1, -1.1]]  # mean −1.05, error 0.05
    gain[:, :, 1] = [[-2.0, -2.0], [1.0, 1.0]]  # mean −0.5, error 1.5
    paths = make_paths(gain=gain)

    assert find_losers(SETTING, paths) == ("1",)
    assert summarise(SETTING, paths, paths)["losing_cities"].value == 1.0


def test_goodhart_gap_does_not_depend_on_the_unit_of_the_indicator() -> None:
    joint = np.arange(12.0).reshape(2, 2, 3)
    in_tens = replace(SETTING, parameters=replace(SETTING.parameters, joint_measure=10.0))

    found = summarise(in_tens, make_paths(joint=joint, measured=10 * joint), make_paths())

    assert found["goodhart_gap"].value == pytest.approx(0.0)
