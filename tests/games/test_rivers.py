from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.errors import DataError
from jinghe.games import (
    downstream_equal,
    is_in_core,
    local_responsibility,
    make_savings,
    shapley,
    tabulate,
    upstream_equal,
)


@st.composite
def rivers(draw: st.DrawFn) -> tuple[list[float], list[int]]:
    """A river with branches: each reach flows into a later one or out."""
    n = draw(st.integers(2, 6))
    costs = draw(st.lists(st.integers(0, 20).map(float), min_size=n, max_size=n))
    return costs, [draw(st.sampled_from([*range(i + 1, n), -1])) for i in range(n)]


def find_course(below: list[int], start: int) -> set[int]:
    return {start} | (find_course(below, below[start]) if below[start] >= 0 else set())


@pytest.mark.parametrize(
    ("rule", "expected"),
    [(local_responsibility, (6, 4, 3)), (upstream_equal, (9, 3, 1)), (downstream_equal, (2, 4, 7))],
)
def test_the_river_of_ni_and_wang(rule, expected: tuple[float, ...]) -> None:
    """G20: c = (6, 4, 3)."""
    assert pytest.approx(expected, abs=1e-9) == rule((6, 4, 3))


def test_two_branches_meet() -> None:
    """Reaches 0 and 1 flow into 2."""
    assert pytest.approx((7, 5, 1)) == upstream_equal((6, 4, 3), below=(2, 2, -1))
    assert pytest.approx((3, 2, 8)) == downstream_equal((6, 4, 3), below=(2, 2, -1))


@given(rivers())
def test_upstream_sharing_is_the_shapley_value_and_in_the_core(river: tuple[list[float], list[int]]) -> None:
    costs, below = river
    above = [{i for i in range(len(costs)) if j in find_course(below, i)} for j in range(len(costs))]
    game = tabulate(
        lambda group: sum(cost for cost, who in zip(costs, above, strict=True) if who & set(map(int, group))),
        parties=[str(i) for i in range(len(costs))],
    )

    found = upstream_equal(costs, below=below)

    assert pytest.approx(shapley(game), abs=1e-9) == found
    assert is_in_core(make_savings(game), shares=game.alone - found)


@given(rivers())
def test_downstream_sharing_is_the_shapley_value_and_in_the_core(river: tuple[list[float], list[int]]) -> None:
    costs, below = river
    game = tabulate(
        lambda group: sum(c for j, c in enumerate(costs) if find_course(below, j) & set(map(int, group))),
        parties=[str(i) for i in range(len(costs))],
    )

    found = downstream_equal(costs, below=below)

    assert pytest.approx(shapley(game), abs=1e-9) == found
    assert is_in_core(make_savings(game), shares=game.alone - found)


@given(rivers())
def test_every_rule_pays_exactly_the_costs(river: tuple[list[float], list[int]]) -> None:
    costs, below = river

    for payments in (
        local_responsibility(costs),
        upstream_equal(costs, below=below),
        downstream_equal(costs, below=below),
    ):
        assert pytest.approx(sum(costs), abs=1e-9) == np.sum(payments)


@pytest.mark.parametrize(
    ("costs", "below", "code", "path"),
    [
        ((), (), "game-length", "river.costs"),
        ((1, -2), (), "river-cost-negative", "river.costs[1]"),
        ((1, 2), (1,), "game-length", "river.below"),
        ((1, 2), (1, 2), "river-reach-unknown", "river.below[1]"),
        ((1, 2), (1, 0), "river-ring", "river.below[0]"),
        ((1, 2, 3), (1, 1, -1), "river-ring", "river.below[0]"),
    ],
)
def test_faulty_rivers_are_refused(costs: tuple[float, ...], below: tuple[int, ...], code: str, path: str) -> None:
    for rule in (upstream_equal, downstream_equal):
        with pytest.raises(DataError) as caught:
            rule(costs, below=below)
        assert [(code, path)] == [(fault.code, fault.place.path) for fault in caught.value.problems]


def test_a_ring_is_told_in_words() -> None:
    with pytest.raises(DataError) as caught:
        upstream_equal((1, 2), below=(1, 0))

    (fault,) = caught.value.problems
    assert "from reach 0 the water comes back to itself. A river runs down and makes no ring." in fault.text("en")
    assert "从第 0 个河段出发会流回自身。河水只向下游流，不成环。" in fault.text("zh")
