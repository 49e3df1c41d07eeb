from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from jinghe.simulation.checks_laws import make_full
from jinghe.simulation.engine import play
from jinghe.simulation.equilibrium import prepare
from jinghe.simulation.kernel import REGIONAL, play_block
from jinghe.simulation.layout import make_work, pack
from jinghe.simulation.measures import MEASURES, RECORDS, measure
from jinghe.simulation.model import play_model
from jinghe.simulation.parameters import CES, CHOICES, FORMS, LOGIT, NASH, PRODUCT, QRE
from jinghe.simulation.setting import Setting, splice

CLOSE = 1e-12
FULL = make_full(years=4)


def hold(setting: Setting, *, count: int = 3) -> None:
    """The compiled engine gives what the specification gives: records, measures, course of the region."""
    design = prepare(setting).design
    told = play_model(design, seed=7, replications=range(count))
    made = play(design, seed=7, replications=range(count), keep=count)
    for name in RECORDS:
        assert made.recorded(name) == pytest.approx(told[name], abs=CLOSE), name
    assert made.pairs == pytest.approx(told["pairs"], abs=CLOSE)
    assert made.rows == pytest.approx(measure(design, told), abs=CLOSE, nan_ok=True)
    assert made.regional[:, :, REGIONAL.index("standards")] == pytest.approx(told["standards"], abs=CLOSE)
    assert np.array_equal(made.regional[:, :, REGIONAL.index("stage")], told["stage"])


def every_pair() -> list[Any]:
    """Every way to choose with every form of joint work; the product form, and all forms of best response, at once."""
    return [
        pytest.param(
            choice, form, marks=[] if PRODUCT == form or (choice == NASH and form != CES) else [pytest.mark.slow]
        )
        for choice in range(len(CHOICES))
        for form in range(len(FORMS))
    ]


@pytest.mark.parametrize("choice, form", every_pair())
def test_both_engines_give_the_same_numbers(choice, form) -> None:
    hold(FULL.with_parameters(choice=choice, joint_form=form, lag=2, spillover_neighbours=0.5, envy=0.1))


@pytest.mark.parametrize("choice", [LOGIT, QRE])
@pytest.mark.parametrize("structured", [0, 1])
@pytest.mark.parametrize("reduced", [0, 1])
def test_short_cuts_draw_what_the_long_way_draws(choice, structured, reduced) -> None:
    numbers = {"choice": choice, "structured": structured, "reduced": reduced, "levels": 7}

    hold(replace(FULL, floors=0 * FULL.floors).with_parameters(**numbers))
    hold(FULL.with_parameters(**numbers, tau=1e-4))


def test_both_engines_follow_a_change_of_rules() -> None:
    hold(splice(FULL, FULL.with_parameters(prize=0.0, coordination=0.5, levels=9), at=3))


def test_both_engines_rank_pools_apart() -> None:
    pools = replace(FULL, pools=np.array([0, 0, 0, 1, 1])).with_parameters(promotion_slots=1)

    hold(pools)


def test_both_engines_hold_circle_against_circle() -> None:
    numbers = {"decisiveness": 1.0, "linear_cost": 0.2, "promotion_slots": 1, "sharing": 0.1}

    hold(FULL.with_parameters(**numbers))


def test_nothing_is_left_of_the_replications_before() -> None:
    """Five replications in rounds of two with the same work arrays: the same bits as each on its own."""
    design = prepare(FULL).design
    rows, years, n = np.zeros((5, len(MEASURES))), len(design.regime), len(design.theta)
    regional, kept, pairs = np.zeros((5, years, len(REGIONAL))), np.zeros((0, 1, 1, 1)), np.zeros((0, 1))
    sums, gains = np.zeros((5, years, n)), np.zeros((2, n))

    play_block(pack(design, 2), make_work(design, 2), np.uint64(7), 0, rows, regional, kept, pairs, sums, gains)

    for k in range(5):
        alone = play(design, seed=7, replications=range(k, k + 1), threads=1)
        assert np.array_equal(rows[k : k + 1], alone.rows, equal_nan=True)
        assert np.array_equal(regional[k : k + 1], alone.regional)
