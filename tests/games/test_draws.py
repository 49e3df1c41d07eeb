from __future__ import annotations

import numpy as np
import pytest

from jinghe.errors import DataError
from jinghe.games import Game, draw_game, equal_split, judge_draws, nucleolus, shapley, spread_rule, tau
from jinghe.labels import Text

R = 400
NOISE = np.random.default_rng(7).normal(size=(8, R))


def park(group: tuple[str, ...]) -> np.ndarray:
    """The park of three; the common shock of a replication moves every coalition alike, its own one only itself."""
    table = {"T": 60, "X": 20, "J": 30, "TX": 120, "TJ": 110, "XJ": 55, "TXJ": 180}
    return table["".join(group)] + NOISE[sum("TXJ".index(p) + 1 for p in group)] * len(group)


def test_every_coalition_is_run_and_the_mean_game_follows() -> None:
    found = draw_game(park, parties=("T", "X", "J"))

    assert (R, 8) == found.values.shape
    assert np.abs(found.game.worth("T", "X", "J") - 180) < 0.5
    assert 0 == found.errors[0]
    assert pytest.approx(3 * NOISE[6].std(ddof=1) / np.sqrt(R)) == found.errors[-1]


def test_a_rule_has_an_interval_that_holds_its_share() -> None:
    draws = draw_game(park, parties=("T", "X", "J"))

    found = spread_rule(draws, rule=shapley)

    assert pytest.approx(shapley(draws.game)) == found.mean
    assert (found.low < found.mean).all()
    assert (found.mean < found.high).all()
    assert 0 == found.failed


def test_replications_to_which_a_rule_does_not_apply_are_counted() -> None:
    draws = draw_game(lambda group: [len(group) ** 2, len(group) ** 2, -float(len(group) ** 2)], parties="ABC")

    assert 1 == spread_rule(draws, rule=nucleolus).failed
    with pytest.raises(DataError):
        spread_rule(draw_game(lambda group: [-(len(group) ** 2.0)] * 2, parties="ABC"), rule=nucleolus)


def test_how_often_somebody_would_leave_is_told() -> None:
    draws = draw_game(
        lambda group: [0, 0, 0, 30] if group == ("A",) else [len(group) * 10 - 10] * 4,
        parties=("A", "B"),
        labels=(Text("甲市", "City A"), Text("乙市", "City B")),
    )

    found = judge_draws(draws, shares=(5, 5))

    assert (0.75, [0.25, 0.0]) == (found.stable, found.loss.tolist())
    assert ((("A",), 0.25),) == found.blocking
    assert "4 次推演中，75% 无人愿意退出；最可能退出：甲市（25%）。" == found.text.zh
    assert "Nobody would leave in 100% of 4 runs." == judge_draws(draws, shares=(30, 0)).text.en


def test_without_noise_the_verdict_is_that_of_the_game() -> None:
    draws = draw_game(lambda group: [len(group) ** 2] * 3, parties="ABC")

    assert 1.0 == judge_draws(draws, shares=equal_split(draws.game)).stable
    assert pytest.approx(tau(draws.game)) == spread_rule(draws, rule=tau).low
    assert isinstance(draws.replication(0), Game)


def test_runs_of_different_length_or_one_run_are_refused() -> None:
    with pytest.raises(DataError, match="There must be 2"):
        draw_game(lambda group: [1.0] * (2 if len(group) == 1 else 3), parties="AB")
    with pytest.raises(DataError, match="≥ 2"):
        draw_game(lambda group: [1.0], parties="AB")
    with pytest.raises(DataError, match="no finite number"):
        draw_game(lambda group: [1.0, np.inf], parties="AB")
