from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinghe.errors import DataError
from jinghe.games import Game, sample_shapley, shapley


def test_thirty_parties_share_an_airport_within_the_errors() -> None:
    """Airport costs 1…30 have a closed form: the k-th length is shared by those who need it."""
    parties = [f"p{k:02d}" for k in range(1, 31)]
    exact = np.cumsum([1 / (30 - k) for k in range(30)])

    found = sample_shapley(lambda group: float(max(int(p[1:]) for p in group)), parties=parties, orders=100, seed=1)

    assert pytest.approx(30) == found.shares.sum()
    assert (np.abs(found.shares - exact) < 4.5 * found.errors + 1e-12).all()
    assert found.errors.max() < 0.6


def test_the_same_seed_gives_the_same_shares() -> None:
    def ask(seed: int) -> list[float]:
        return sample_shapley(lambda group: len(group) ** 2.5, parties="ABCDE", orders=5, seed=seed).shares.tolist()

    assert ask(3) == ask(3)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(-20, 20), min_size=7, max_size=7), st.integers(0, 1000))
def test_the_estimate_shares_out_everything_and_is_near_the_exact_value(worths: list[int], seed: int) -> None:
    game = Game("ABC", [0, *worths])

    found = sample_shapley(lambda group: game.worth(*group), parties="ABC", orders=400, seed=seed)

    assert pytest.approx(game.total, abs=1e-9) == found.shares.sum()
    assert (np.abs(found.shares - shapley(game)) < 6 * found.errors + 1e-9).all()


def test_what_cannot_be_sampled_is_refused() -> None:
    with pytest.raises(DataError):
        sample_shapley(len, parties=["A"], orders=9, seed=1)
    with pytest.raises(DataError):
        sample_shapley(len, parties=["A", "A"], orders=9, seed=1)
    with pytest.raises(DataError, match="≥ 2"):
        sample_shapley(len, parties=["A", "B"], orders=1, seed=1)
    with pytest.raises(DataError, match="no finite number"):
        sample_shapley(lambda group: float("nan"), parties=["A", "B"], orders=2, seed=1)
