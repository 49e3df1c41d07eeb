from __future__ import annotations

import numpy as np
import pytest

from jinghe.simulation.equilibrium import prepare
from jinghe.simulation.measures import MEASURES, RECORDS, correlate, find_stage, measure, mid_ranks
from jinghe.simulation.model import start_state
from jinghe.simulation.parameters import Parameters
from jinghe.simulation.setting import make_setting

SETTING = make_setting(Parameters(promotion_slots=1, prize=0.0), n=3, years=2)
DESIGN = prepare(SETTING).design


def told(design=DESIGN, **series) -> dict[str, float]:
    """Measures of one replication of two years and three cities; what is not given is zero."""
    blank = {name: np.zeros((1, 2, 3)) for name in RECORDS} | {"pairs": np.zeros((1, 6))}
    blank |= {name: np.zeros((1, 2)) for name in ("standards", "stage", "balance")}
    given = {name: np.asarray(values, dtype=float)[None] for name, values in series.items()}
    return dict(zip(MEASURES, measure(design, blank | given)[0], strict=True))


def test_an_indicator_that_is_the_truth_leaves_no_gap_and_noise_opens_it() -> None:
    joint = np.array([[1.0, 2.0, 3.0], [2.0, 3.0, 4.0]])

    assert told(joint=joint, measured=joint)["goodhart_gap"] == pytest.approx(0)
    assert told(joint=joint, measured=joint + 5)["goodhart_gap"] == pytest.approx(0)
    assert told(joint=joint, measured=2 * joint)["goodhart_gap"] == pytest.approx(0.5)
    assert np.isnan(told()["goodhart_gap"])


def test_ranks_are_valid_when_score_and_contribution_agree() -> None:
    score = [[0, 0, 0], [1, 2, 3]]

    assert told(score=score, contribution=score)["rank_validity"] == pytest.approx(1)
    assert told(score=score, contribution=[[0, 0, 0], [9, 4, 1]])["rank_validity"] == pytest.approx(-1)


def test_equal_values_share_their_mean_rank() -> None:
    assert mid_ranks(np.array([[2.0, 5.0, 2.0]])).tolist() == [[1.5, 3.0, 1.5]]
    assert np.isnan(correlate(np.ones((1, 3)), np.arange(3.0)[None]))[0]


def test_falls_back_and_first_advances_are_counted() -> None:
    found = told(stage=[2, 1], cooperation=np.full((2, 3), 1.0))

    assert (found["regress_events"], found["years_to_advance"], found["stage"]) == (1, 1, 1)
    assert np.isnan(told(stage=[0, 1])["years_to_advance"])


def test_the_wrong_one_wins_when_a_larger_contributor_is_passed_over() -> None:
    promoted = [[0, 0, 0], [1, 0, 0]]

    assert told(promoted=promoted, contribution=[[0, 0, 0], [1, 2, 3]])["wrong_winner"] == 1
    assert told(promoted=promoted, contribution=[[0, 0, 0], [4, 2, 3]])["wrong_winner"] == 0


def test_equal_cities_have_no_inequality_and_one_that_has_all_has_the_most() -> None:
    assert told(contribution=np.ones((2, 3)))["theil"] == pytest.approx(0)
    assert told(contribution=np.tile([1e-9, 1e-9, 1.0], (2, 1)))["theil"] == pytest.approx(np.log(3), abs=1e-6)


def test_selectivity_is_undefined_where_cities_are_alike() -> None:
    unequal = DESIGN._replace(theta=np.array([0.5, 1.0, 1.5]))
    share = unequal.theta[unequal.giver] / (unequal.theta[unequal.giver] + unequal.theta[unequal.partner])

    assert np.isnan(told()["selectivity"])
    assert told(unequal, pairs=share)["selectivity"] == pytest.approx(1)


@pytest.mark.parametrize(
    "trust, standards, effort, stage",
    [(0.7, 0.7, 0.6, 2), (0.7, 0.5, 0.6, 1), (0.7, 0.7, 0.3, 1), (0.2, 0.9, 0.9, 0), (0.5, 0.1, 0.1, 0)],
)
def test_stages_follow_from_trust_standards_and_effort(trust, standards, effort, stage) -> None:
    state = start_state(DESIGN, seed=7, replications=range(1))
    state = state._replace(trust=np.full((1, 6), trust), standards=np.full((1, 1), standards))

    assert find_stage(DESIGN, state, np.full((1, 3), effort * DESIGN.unit)).tolist() == [stage]


def test_share_of_dressing_survival_and_losers_by_hand() -> None:
    found = told(cooperation=np.full((2, 3), 3.0), dressing=np.ones((2, 3)), gain=[[1, -1, 2], [-2, -1, 0]])

    assert found["window_dressing_share"] == pytest.approx(0.25)
    assert found["survival"] == 1
    assert found["participation_violations"] == 2
