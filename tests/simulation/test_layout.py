from __future__ import annotations

import numpy as np

from jinghe.simulation.checks_laws import make_full
from jinghe.simulation.equilibrium import prepare
from jinghe.simulation.layout import City, Edge, make_work, pack
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
