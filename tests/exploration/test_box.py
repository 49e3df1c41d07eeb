from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from jinghe.exploration.box import Side, bootstrap, choose_box, find_boxes, inside

RNG = np.random.default_rng(3)
X = RNG.random((1000, 4))
HITS = (X[:, 0] < 0.4) & (X[:, 2] > 0.7)


def test_a_planted_box_is_found_and_nothing_else_is_restricted() -> None:
    box = choose_box(X, HITS, ordered=[True] * 4)

    assert [0, 2] == [side.column for side in box.sides]
    assert box.sides[0].high == pytest.approx(0.4, abs=0.03)
    assert box.sides[1].low == pytest.approx(0.7, abs=0.03)
    assert min(box.density, box.coverage) > 0.9
    assert max(box.quasi_p) < 1e-9


def test_noise_in_the_outcome_leaves_the_box_where_it_is() -> None:
    noisy = np.where(RNG.random(1000) < 0.1, ~HITS, HITS)

    box = choose_box(X, noisy, ordered=[True] * 4)

    assert {0, 2} <= {side.column for side in box.sides}
    assert box.density > 0.6
    assert (bootstrap(X, noisy, ordered=[True] * 4, resamples=10, seed=1)[[0, 2]] >= 0.8).all()


def test_categories_are_peeled_one_at_a_time() -> None:
    kinds = RNG.integers(4, size=600).astype(float)
    x = np.column_stack([kinds, RNG.random(600)])

    box = choose_box(x, np.isin(kinds, [1, 3]), ordered=[False, True])

    assert [((1.0, 3.0), 1.0, 1.0)] == [(side.among, box.density, box.coverage) for side in box.sides]


def test_quasi_p_is_the_binomial_tail() -> None:
    box = choose_box(X, HITS, ordered=[True] * 4)
    without = inside([box.sides[1]], X)

    assert box.quasi_p[0] == pytest.approx(stats.binom.sf(box.hits - 1, box.points, HITS[without].mean()), rel=1e-6)


def test_pure_chance_is_not_restricted() -> None:
    chance = np.random.default_rng(5).random(1000) < 0.3

    box = choose_box(X, chance, ordered=[True] * 4)

    assert len(box.sides) <= 1
    assert box.density < 0.45


def test_a_wished_density_is_met_where_it_can_be() -> None:
    soft = np.random.default_rng(1).random(1000) < X[:, 1]

    wide, tight = (choose_box(X, soft, ordered=[True] * 4, density=wished) for wished in (0.6, 0.85))

    assert wide.density >= 0.6
    assert tight.density > max(wide.density, 0.7)  # dropping restrictions that chance explains costs some of it
    assert wide.coverage > tight.coverage


@given(st.integers(0, 10_000), st.integers(20, 60))
def test_a_trajectory_is_nested_and_ever_denser(seed, n) -> None:
    rng = np.random.default_rng(seed)
    x, hits = np.round(rng.random((n, 3)), 1), rng.random(n) < 0.4

    boxes = find_boxes(x, hits, ordered=[True, True, False])

    counts = [inside(box.sides, x) for box in boxes]
    assert all((later <= earlier).all() for earlier, later in pairwise(counts))
    assert all(a.density < b.density for a, b in pairwise(boxes))
    assert all(box.points >= max(1, int(0.05 * n)) for box in boxes)


def test_sides_bound_both_ends_inclusively() -> None:
    x = np.array([[1.0], [2.0], [3.0]])

    assert [False, True, True] == inside([Side(0, low=2.0)], x).tolist()
    assert [True, True, False] == inside([Side(0, high=2.0)], x).tolist()
