from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from jinghe.simulation.design import make_design, numbers_of
from jinghe.simulation.parameters import Parameters
from jinghe.simulation.setting import make_setting, splice

SETTING = make_setting(Parameters(promotion_slots=1), n=4, years=5, growth_weight=0.6, pairs=[(0, 1), (1, 2)])


def test_edges_of_a_city_are_those_between_its_marks() -> None:
    design = make_design(SETTING)

    edges = [design.giver[design.first[i] : design.first[i + 1]].tolist() for i in range(4)]
    assert edges == [[0], [1, 1], [2], []]
    assert design.partners.tolist() == [1, 2, 1, 1]


def test_years_with_the_same_rules_are_one_regime() -> None:
    other = SETTING.with_parameters(audit=0.9)

    assert make_design(SETTING).regime.tolist() == [0] * 5
    assert make_design(splice(SETTING, other, at=2)).regime.tolist() == [0, 0, 1, 1, 1]
    again = replace(splice(SETTING, other, at=2), yearly=(*SETTING.yearly[:2], *other.yearly[:2], SETTING.yearly[0]))
    assert make_design(again).regime.tolist() == [0, 0, 1, 1, 0]


def test_floors_are_efforts_and_hope_is_spread_over_the_partners() -> None:
    design = make_design(replace(SETTING, floors=np.full((5, 4), 0.5)))

    assert design.floors == pytest.approx(0.5 * SETTING.attention / design.degree)
    assert design.joint == pytest.approx(0.5 * SETTING.attention / design.degree)


def test_numbers_have_their_names() -> None:
    assert numbers_of(make_design(SETTING), 3).measure_noise == 1.5


def test_rivals_are_those_of_the_own_pool_and_mates_those_of_the_own_circle() -> None:
    grouped = replace(SETTING, pools=np.array([0, 0, 0, 1]), circles=np.array([0, 0, -1, -1]))

    design = make_design(grouped)

    assert design.rivals.tolist() == [2, 2, 2, 1]
    assert design.sizes.tolist() == [2, 2, 0, 0]
    assert design.same.tolist() == [1, 1, 0, 0]
