from __future__ import annotations

import numpy as np

from jinghe.simulation.kernel_year import _rank


def test_the_first_of_every_pool_are_those_with_few_rivals_ahead() -> None:
    drawn = np.random.default_rng(7)
    for slots in (1, 2, 3):
        pools, score = drawn.integers(0, 3, 20), drawn.normal(size=20)
        out, bars = np.zeros(20), np.zeros(3 * slots)

        _rank(pools, score, bars, slots, out)

        ahead = ((score[None, :] > score[:, None]) & (pools[:, None] == pools)).sum(axis=1)
        assert np.array_equal(out, (ahead < slots).astype(float))
