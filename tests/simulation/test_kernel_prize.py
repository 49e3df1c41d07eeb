from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from jinghe.simulation.kernel_prize import fewer_than


@pytest.mark.parametrize("slots", [1, 2, 4])
def test_the_count_without_each_is_that_of_all_cases_listed(slots) -> None:
    ahead = np.random.default_rng(7).uniform(size=(5, 3))

    found = fewer_than(ahead, slots)

    for i in range(5):
        rest = np.delete(ahead, i, axis=0)
        chances = np.zeros(3)
        for case in product((0, 1), repeat=4):
            if sum(case) < slots:
                chances += np.prod(np.where(np.array(case)[:, None] == 1, rest, 1 - rest), axis=0)
        assert found[i] == pytest.approx(chances, abs=1e-15)


def test_events_that_are_sure_or_impossible_lose_nothing() -> None:
    ahead = np.array([[1.0], [0.0], [1.0]])

    assert fewer_than(ahead, 2)[:, 0].tolist() == [1.0, 0.0, 1.0]
