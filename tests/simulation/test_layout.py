from __future__ import annotations

import numpy as np

from jinghe.simulation.checks_laws import make_full
from jinghe.simulation.equilibrium import prepare
from jinghe.simulation.layout import City, Edge, count_copies, make_work, pack
from jinghe.simulation.measures import RECORDS


def test_a_plan_says_what_the_design_says_and_shares_no_array_with_it() -> None:
    design = prepare(make_full(years=3)).design

    plan = pack(design)

    assert np.array_equal(plan.edge_years[0], design.floors)
    assert np.array_equal(plan.links[2], design.reverse)
    assert np.array_equal(plan.tables[1], design.worth)
    arrays = [value for value in plan if isinstance(value, np.ndarray)]
    assert not any(np.shares_memory(a, b) for a in arrays for b in design if isinstance(b, np.ndarray))


def test_memory_of_a_thread_grows_with_cities_times_years() -> None:
    short, long = (make_work(prepare(make_full(years=years)).design) for years in (3, 6))

    assert short.city.shape == (len(City), 5)
    assert short.edge.shape == (len(Edge), 10)
    assert short.records.shape == (1, len(RECORDS), 3, 5)
    assert sum(a.nbytes for a in long) - sum(a.nbytes for a in short) == 3 * (5 * len(RECORDS) + 3) * 8


def test_small_regions_stand_side_by_side_and_keep_their_numbers_apart() -> None:
    design = prepare(make_full(years=2)).design

    plan = pack(design, 3)

    assert (count_copies(design, 1000), count_copies(design, 2)) == (60, 2)
    assert plan.groups[0].tolist() == [0] * 5 + [1] * 5 + [2] * 5
    assert plan.circles.tolist() == [0, 0, 1, 1, -1, 5, 5, 6, 6, -1, 10, 10, 11, 11, -1]
    assert np.array_equal(plan.groups[1:], [np.tile(np.arange(5), 3), np.repeat(np.arange(3), 5)])
    edges = len(design.giver)
    for copy in range(3):
        own = slice(copy * edges, (copy + 1) * edges)
        assert np.array_equal(plan.links[:2, own] - 5 * copy, [design.giver, design.partner])
        assert np.array_equal(plan.links[2, own] - edges * copy, design.reverse)
        assert np.array_equal(plan.first[5 * copy : 5 * copy + 6] - edges * copy, design.first)
    assert np.array_equal(plan.agreed, [[1, 3, 6, 8, 11, 13], [0, 1, 5, 6, 10, 11]])
    assert np.array_equal(plan.passed, np.tile(design.passed, 3))
